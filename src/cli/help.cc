// parcours help: the help of a verb, as --help shows it.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "base/nearest.h"
#include "cli/command.h"
#include "program/described.h"

namespace parcours::cli {
namespace {

Result<const CLI::App*> verb_called(const CLI::App& root, const std::vector<std::string>& words) {
  const CLI::App* at = &root;
  for (const std::string& word : words) {
    const std::vector<const CLI::App*> verbs = program::verbs_of(*at);
    const auto found =
        std::ranges::find(verbs, word, [](const CLI::App* v) { return v->get_name(); });
    if (found == verbs.end()) {
      std::vector<std::string> names;
      std::ranges::transform(verbs, std::back_inserter(names),
                             [](const CLI::App* v) { return v->get_name(); });
      return bad_input(fmt::format("there is no verb '{}'", word), {}, nearest_hint(word, names));
    }
    at = *found;
  }
  return at;
}

}  // namespace

void add_help(CLI::App& root, Session& session) {
  auto words = std::make_shared<std::vector<std::string>>();
  CLI::App* verb = root.add_subcommand("help", "Show the help of a verb");
  verb->add_option("verb", *words, "The verb, such as: vault import. Without it, all verbs");
  finish(verb, session, "parcours help vault import", [&root, words](Session& s) -> Status {
    if (s.json) {
      return bad_input("help is not JSON", {}, "remove --json");
    }
    ASSIGN_OR_RETURN(const CLI::App* found, verb_called(root, *words));
    // Not help(): of the root it is the help of the verb that was named, this one.
    fmt::print("{}", found->get_formatter()->make_help(found, program::words_to(*found),
                                                       CLI::AppFormatMode::Normal));
    return {};
  });
}

}  // namespace parcours::cli
