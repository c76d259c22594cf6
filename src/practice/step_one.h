// The keys of the first step of pseudonyms: what leaves the practice carries the pseudonyms that
// one of them makes, and the vault's own key makes others of those. A permit says how often they
// begin anew (covers.new_keys), and each key has the label of its time: "all", "2026", "2026-11".
//
// G1: without the key of a label nobody tells which patient a pseudonym of that label is; but of
// the
//     patients who object, whose pseudonyms are kept to be told to the vault (objections.h).
// G2: a destroyed key is overwritten and its file is gone, also if the machine stopped meanwhile: a
//     label that the log says destroyed has no file once the folder is open (office.h).
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/day.h"
#include "base/error.h"
#include "formalities/permit.h"
#include "records/keys.h"

namespace parcours::practice {

// Of a key that is in use on a day.
std::string label_of(formalities::NewKeys new_keys, Day day);

// "all", a year or a month.
bool is_label(std::string_view text);

std::filesystem::path key_file(const std::filesystem::path& folder, std::string_view label);

Result<records::ProgrammeKey> read_key(const std::filesystem::path& file);
Status write_key(const std::filesystem::path& file, const records::ProgrammeKey& key);

}  // namespace parcours::practice
