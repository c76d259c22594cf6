// Runs one command line.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "base/stop.h"

namespace parcours::cli {

// Does what the words ask ("vault", "status", "panel.vault"); the answer goes to standard output. A
// command line that cannot be understood is an error of Fault::input that says where help is.
Status run_command(const std::vector<std::string>& words, Stop& stop);

}  // namespace parcours::cli
