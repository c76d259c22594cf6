// What the main function of each of our programs does: runs a command line, says its error in one
// line, and gives the exit code.
//
//   int main(int argc, char** argv) {
//     return parcours::program::run_main("parcours", argc, argv, parcours::cli::run_command);
//   }
//
// G1: an answer that did not reach standard output whole is no success.
#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/stop.h"

namespace parcours::program {

using RunWords = Status (*)(const std::vector<std::string>& words, Stop& stop);

// `name` begins the line of an error. Never throws.
int run_main(const std::string& name, int argc, char** argv, RunWords run);

// Reads the words into the app's options. False where they ask for help or the version, which is
// printed then. An error of Fault::input says where help is.
Result<bool> read_words(CLI::App& app, const std::vector<std::string>& words);

}  // namespace parcours::program
