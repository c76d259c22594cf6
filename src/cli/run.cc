#include "cli/run.h"

#include "base/memory.h"
#include "cli/command.h"
#include "cli/verbs.h"
#include "program/entry_point.h"

namespace parcours::cli {
Status run_command(const std::vector<std::string>& words, Stop& stop) {
  Session session{.stop = stop};
  CLI::App app("Parcours: statistics from care records that identify no patient, and the proof",
               "parcours");
  app.set_version_flag("--version", PARCOURS_VERSION);
  app.require_subcommand(1);
  app.get_formatter()->column_width(34);
  add_verbs(app, session);

  ASSIGN_OR_RETURN(const bool asked, program::read_words(app, words));
  if (!asked) {
    return {};
  }
  std::uint64_t memory = 0;  // the machine's
  if (session.memory) {
    ASSIGN_OR_RETURN(memory, parse_memory(*session.memory));
  }
  limit_memory(memory);
  return session.work(session);
}

}  // namespace parcours::cli
