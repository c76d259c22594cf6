#include <fmt/format.h>

#include <csignal>
#include <cstdio>
#include <exception>
#include <new>

#include "cli/run.h"

int main(int argc, char** argv) {
  using parcours::Fault;
  try {
    parcours::Stop stop;
    parcours::stop_on_signal(stop);
    std::signal(SIGXFSZ, SIG_IGN);  // a file that may not grow is a failed write, with its error
    const parcours::Status status =
        parcours::run_command(std::vector<std::string>(argv + 1, argv + argc), stop);
    if (status) {
      return 0;
    }
    fmt::print(stderr, "parcours: {}\n", status.error().sentence());
    return static_cast<int>(status.error().fault);
  } catch (const std::bad_alloc&) {
    std::fputs("parcours: not enough memory; nothing was changed\n", stderr);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "parcours: a fault of the program: %s\n", error.what());
  }
  return static_cast<int>(Fault::machine);
}
