#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <new>

#include "cli/command.h"
#include "cli/verbs.h"

namespace parcours {
namespace {

int report(const Error& error) {
  fmt::print(stderr, "parcours: {}\n", error.sentence());
  return static_cast<int>(error.fault);
}

// What CLI11 says of a wrong command line, as one line, with where help is.
int report_usage(const CLI::App& app, const CLI::ParseError& error) {
  std::string verb = "parcours";
  const CLI::App* at = &app;
  while (!at->get_subcommands().empty()) {
    at = at->get_subcommands().front();
    verb += " " + at->get_name();
  }
  std::string what = error.what();
  for (char& c : what) {
    c = c == '\n' ? ' ' : c;
  }
  fmt::print(stderr, "parcours: {}; see {} --help\n", what, verb);
  return static_cast<int>(Fault::input);
}

int run(int argc, char** argv) {
  Stop stop;
  stop_on_signal(stop);
  Session session{stop};

  CLI::App app("Parcours: statistics from care records that identify no patient, and the proof");
  app.set_version_flag("--version", PARCOURS_VERSION);
  app.require_subcommand(1);
  app.get_formatter()->column_width(34);
  add_verbs(app, session);

  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& asked) {
    return app.exit(asked);  // --help, --version
  } catch (const CLI::ParseError& error) {
    return report_usage(app, error);
  }
  const Status status = session.work(session);
  return status ? 0 : report(status.error());
}

}  // namespace
}  // namespace parcours

int main(int argc, char** argv) {
  try {
    return parcours::run(argc, argv);
  } catch (const std::bad_alloc&) {
    std::fputs("parcours: not enough memory; nothing was changed\n", stderr);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "parcours: a fault of the program: %s\n", error.what());
  }
  return static_cast<int>(parcours::Fault::machine);
}
