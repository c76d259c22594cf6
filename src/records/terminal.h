// Asks for a secret on the terminal.
#pragma once

#include <string>

#include "base/error.h"
#include "records/secret.h"

namespace parcours::records {

// Asks on the terminal that this program was started from, and shows nothing of what is typed.
// Errors: there is no terminal; Ctrl-C; the end of input.
Result<Secret> ask_secret(const std::string& question);

}  // namespace parcours::records
