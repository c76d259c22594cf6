// Makes manual pages from the descriptions of verbs and options, so that they agree with --help.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace parcours::cli {

struct ManPage {
  std::string file;  // "parcours-vault-import.1"
  std::string text;  // roff, for man(1)
};

// The command's page, and one for each verb.
std::vector<ManPage> man_pages(const CLI::App& root);

}  // namespace parcours::cli
