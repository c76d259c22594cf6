// Makes the script with which bash completes the command, from the descriptions of verbs and
// options.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace parcours::cli {

// Sourced, it completes verbs, options and files of `parcours`.
std::string bash_completion(const CLI::App& root);

}  // namespace parcours::cli
