#include "cli/command.h"

#include <algorithm>
#include <thread>

namespace parcours::cli {

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

CLI::App* vault_group(CLI::App& root) {
  return group(root, "vault", "Create, fill and maintain a vault of pseudonymised records");
}

namespace {

// CLI11 reads "-1" as the largest number there is.
std::string no_sign(const std::string& number) {
  return number.starts_with('-') ? "'" + number + "' is below 0" : std::string();
}

// 0 as the number that it stands for.
std::string named_threads(std::string& text) {
  text = text == "0" ? std::to_string(threads_here()) : text;
  return {};
}

}  // namespace

int threads_here() {
  constexpr int most = 1024;
  return std::clamp(static_cast<int>(std::thread::hardware_concurrency()), 1, most);
}

void add_threads(CLI::App& verb, int& threads) {
  verb.add_option("--threads", threads,
                  "Number of threads, up to 1024; 0, or no such option: one per processor")
      ->transform(CLI::Validator(named_threads, ""))
      ->check(CLI::Range(1, 1024));
}

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

}  // namespace parcours::cli
