// Runs a command and takes the secret that it prints.
#pragma once

#include <string>

#include "base/error.h"
#include "records/secret.h"

namespace parcours::records {

// Runs `command` by /bin/sh -c and takes its standard output. Its standard input and error are this
// program's. An error says how the command ended, never what it printed.
Result<Secret> output_of(const std::string& command);

}  // namespace parcours::records
