// --patient-file and --pseudonym-file: which patients a verb is about. Personal data: the file is
// one that its owner alone can read, and nothing of it is printed.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "records/keys.h"

namespace parcours::cli {

struct PatientList {
  std::optional<std::string> patients;    // a file of identifiers at the source
  std::optional<std::string> pseudonyms;  // a file of pseudonyms in the vault
};

// `note`: for which patients the identifiers serve.
void add_patient_list(CLI::App* verb, PatientList& list, const std::string& note);

// Whether exactly one of them was given. `who`: what it says ("who objects").
Status check(const PatientList& list, const std::string& who, const std::string& verb);

// Of each line the pseudonym. Errors name no line's text.
Result<std::vector<records::PatientId>> patients_in(const PatientList& list,
                                                    const records::ProgrammeKey& key);

}  // namespace parcours::cli
