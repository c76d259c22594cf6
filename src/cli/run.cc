#include "cli/run.h"

#include <algorithm>

#include "base/memory.h"
#include "base/nearest.h"
#include "cli/command.h"
#include "cli/verbs.h"

namespace parcours {
namespace {

// The word that stands in the place of a verb and is none; empty when there is no such word.
std::string unknown_verb(const CLI::App& at, const std::vector<std::string>& verbs) {
  const std::vector<std::string> words = at.remaining();
  return verbs.empty() || words.empty() || words.front().starts_with('-') ? "" : words.front();
}

// What CLI11 says of a wrong command line, as one line, with where help is.
std::unexpected<Error> wrong_use(const CLI::App& app, const CLI::ParseError& error) {
  std::string verb = "parcours";
  const CLI::App* at = &app;
  while (!at->get_subcommands().empty()) {
    at = at->get_subcommands().front();
    verb += " " + at->get_name();
  }
  std::vector<std::string> verbs;
  for (const CLI::App* known : at->get_subcommands([](const CLI::App*) { return true; })) {
    verbs.push_back(known->get_name());
  }
  const std::string help = "see " + verb + " --help";
  if (const std::string unknown = unknown_verb(*at, verbs); !unknown.empty()) {
    return bad_input("there is no verb '" + unknown + "'", {},
                     nearest_hint(unknown, verbs) + "; " + help);
  }
  std::string what = error.what();
  std::ranges::replace(what, '\n', ' ');
  return bad_input(what, {}, help);
}

}  // namespace

Status run_command(const std::vector<std::string>& words, Stop& stop) {
  Session session{.stop = stop};
  CLI::App app("Parcours: statistics from care records that identify no patient, and the proof",
               "parcours");
  app.set_version_flag("--version", PARCOURS_VERSION);
  app.require_subcommand(1);
  app.get_formatter()->column_width(34);
  add_verbs(app, session);

  try {
    app.parse(
        std::vector<std::string>(words.rbegin(), words.rend()));  // CLI11 takes them last first
  } catch (const CLI::Success& asked) {
    app.exit(asked);  // prints what --help and --version ask for
    return {};
  } catch (const CLI::ParseError& error) {
    return wrong_use(app, error);
  }
  std::uint64_t memory = 0;  // the machine's
  if (session.memory) {
    ASSIGN_OR_RETURN(memory, parse_memory(*session.memory));
  }
  limit_memory(memory);
  return session.work(session);
}

}  // namespace parcours
