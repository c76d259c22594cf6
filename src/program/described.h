// Describes the command's verbs and options, for help, manual pages and completion.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace parcours::program {

std::vector<const CLI::App*> verbs_of(const CLI::App& app);
std::vector<const CLI::Option*> options_of(const CLI::App& app);  // that help shows
std::string words_to(const CLI::App& app);                        // "parcours vault import"

}  // namespace parcours::program
