// parcours risk --find: the exercise of the case, and what it says.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "assessment/inputs.h"
#include "cli/command.h"
#include "vault/vault.h"

namespace parcours::cli {

struct FindOptions {
  std::optional<std::string> facts;
  std::string file;  // to read them from; "-": standard input
  bool show_path = false;
};

void add_find_flags(CLI::App& verb, FindOptions& options);

// Reads the facts where a file of them is named. In it a line's end stands for a comma.
Status read_facts(FindOptions& options);

// The facts can be read, and nothing asks for a path without them.
Status check(const FindOptions& options);

Status find_and_tell(assessment::Inputs& inputs, const FindOptions& options,
                     const Session& session);

// On a vault the exercise is logged, before its answer is told: a line in VAULT/exercises.log says
// when, who, how many facts, and how many fit; not what the facts were.
Status find_and_tell(const vault::Vault& vault, const FindOptions& options, const Session& session);

Status find_and_tell(const std::filesystem::path& release, const FindOptions& options,
                     const Session& session);

}  // namespace parcours::cli
