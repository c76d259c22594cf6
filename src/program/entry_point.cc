#include "program/entry_point.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <system_error>

#include "base/printable.h"
#include "base/private_memory.h"
#include "program/last_resort.h"
#include "program/wrong_use.h"

namespace parcours::program {
namespace {

std::unexpected<Error> unwritten(int number) {
  return machine_fault(number == 0 ? "cannot write" : "cannot write: " + errno_text(number),
                       "standard output", "the answer is incomplete");
}

Status run_whole(RunWords run, const std::vector<std::string>& words, Stop& stop) {
  try {
    RETURN_IF_ERROR(run(words, stop));
  } catch (const std::system_error& error) {  // of fmt::print
    if (std::ferror(stdout) == 0) {
      throw;
    }
    return unwritten(error.code().value());
  }
  const bool before = std::ferror(stdout) != 0;
  errno = 0;
  if (std::fflush(stdout) != 0 || before) {
    return unwritten(errno);
  }
  return {};
}

}  // namespace

int run_main(const std::string& name, int argc, char** argv, RunWords run) {
  prepare_last_words();
  try {
    keep_memory_private();
    Stop stop;
    stop_on_signal(stop);
    std::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow is a failed write, with its error
    const Status status = run_whole(run, std::vector<std::string>(argv + 1, argv + argc), stop);
    if (status) {
      return 0;
    }
    note(name + ": " + printable(status.error().sentence()) + "\n");
    return static_cast<int>(status.error().fault);
  } catch (...) {
    return last_words();
  }
}

Result<bool> read_words(CLI::App& app, const std::vector<std::string>& words) {
  try {
    app.parse(
        std::vector<std::string>(words.rbegin(), words.rend()));  // CLI11 takes them last first
  } catch (const CLI::Success& asked) {
    app.exit(asked);  // prints what --help and --version ask for
    return false;
  } catch (const CLI::ParseError& error) {
    return std::unexpected(wrong_use(app, error));
  }
  return true;
}

}  // namespace parcours::program
