#include "cli/verbs.h"

namespace parcours {

// Each verb has one line here.
void add_verbs([[maybe_unused]] CLI::App& root, [[maybe_unused]] Session& session) {}

}  // namespace parcours
