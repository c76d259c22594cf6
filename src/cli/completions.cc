#include <fmt/format.h>

#include "cli/bash_completion.h"
#include "cli/command.h"

namespace parcours::cli {

void add_completions(CLI::App& root, Session& session) {
  CLI::App* verb = root.add_subcommand(
      "completions", "Print the script that lets bash complete commands and options");
  finish(verb, session, "source <(parcours completions)", [&root](Session& s) -> Status {
    if (s.json) {
      return bad_input("the script is not JSON", {}, "remove --json");
    }
    fmt::print("{}", bash_completion(root));
    return {};
  });
}

}  // namespace parcours::cli
