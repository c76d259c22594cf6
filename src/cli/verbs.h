// Every verb of the command, in the order in which help shows them.
#pragma once

#include "cli/command.h"

namespace parcours::cli {

void add_verbs(CLI::App& root, Session& session);

}  // namespace parcours::cli
