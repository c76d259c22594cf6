// Manual pages, made from the command's own descriptions, so that they say what --help says.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace parcours {

struct ManPage {
  std::string file;  // "parcours-vault-import.1"
  std::string text;  // roff, for man(1)
};

// The command's page, and one for each verb.
std::vector<ManPage> man_pages(const CLI::App& root);

}  // namespace parcours
