#include <cerrno>
#include <csignal>
#include <cstdio>
#include <system_error>

#include "base/printable.h"
#include "base/private_memory.h"
#include "practice/verbs.h"
#include "program/last_resort.h"

namespace {

std::unexpected<parcours::Error> unwritten(int number) {
  return parcours::machine_fault(
      number == 0 ? "cannot write" : "cannot write: " + parcours::errno_text(number),
      "standard output", "the answer is incomplete");
}

// An answer that did not arrive whole is no success.
parcours::Status run(const std::vector<std::string>& words, parcours::Stop& stop) {
  try {
    RETURN_IF_ERROR(parcours::practice::run(words, stop));
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

int main(int argc, char** argv) {
  parcours::prepare_last_words();
  try {
    parcours::keep_memory_private();
    parcours::Stop stop;
    parcours::stop_on_signal(stop);
    std::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow is a failed write, with its error
    const parcours::Status status = run(std::vector<std::string>(argv + 1, argv + argc), stop);
    if (status) {
      return 0;
    }
    parcours::note("parcours-practice: " + parcours::printable(status.error().sentence()) + "\n");
    return static_cast<int>(status.error().fault);
  } catch (...) {
    return parcours::last_words();
  }
}
