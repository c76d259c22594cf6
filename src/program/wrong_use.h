// What is wrong with a command line, in the project's own words: the library that reads it has its
// own for each mistake, and shows words of the user that may be about a person.
#pragma once

#include <CLI/CLI.hpp>

#include "base/error.h"

namespace parcours::program {

// `app` has read the command line as far as it could, and ended with `error`. The answer names the
// nearest verb or option, and where help is.
Error wrong_use(const CLI::App& app, const CLI::ParseError& error);

}  // namespace parcours::program
