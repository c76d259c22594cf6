// The script with which bash completes the command, made from the command's own descriptions.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace parcours {

// Sourced, it completes verbs, options and files of `parcours`.
std::string bash_completion(const CLI::App& root);

}  // namespace parcours
