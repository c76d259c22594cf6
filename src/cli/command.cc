#include "cli/command.h"

namespace parcours {

CLI::App* group(CLI::App& root, const std::string& name, const std::string& description) {
  const auto known =
      root.get_subcommands([&](const CLI::App* verb) { return verb->get_name() == name; });
  if (!known.empty()) {
    return known.front();
  }
  CLI::App* made = root.add_subcommand(name, description);
  made->require_subcommand(1);
  return made;
}

namespace {

// CLI11 reads "-1" as the largest number there is.
std::string no_sign(const std::string& number) {
  return number.starts_with('-') ? "'" + number + "' is below 0" : std::string();
}

}  // namespace

void finish(CLI::App* verb, Session& session, const std::string& example,
            std::function<Status(Session&)> work) {
  verb->add_flag("--json", session.json, "Print the answer as JSON, for programs");
  verb->add_flag("--quiet,-q", session.quiet, "Show no progress");
  verb->add_option("--memory", session.memory,
                   "The most memory that the command may take, such as 4GB. Set it where other "
                   "programs need the machine too. Without it the command takes what it needs")
      ->type_name("SIZE");
  for (CLI::Option* option : verb->get_options()) {
    if (option->get_type_name() == "UINT") {
      option->check(no_sign);
    }
  }
  verb->footer("Example:\n  " + example);
  verb->callback([&session, work = std::move(work)] { session.work = work; });
}

}  // namespace parcours
