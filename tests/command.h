// Runs the parcours command as a user does, and keeps what it said.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace parcours {

struct Ran {
  int exit = -1;    // the exit code; minus the signal where one ended it
  std::string out;  // standard output
  std::string err;  // standard error
};

struct RunOptions {
  std::filesystem::path folder;    // to run in; empty: here
  double interrupt_after = -1;     // seconds after which it gets Ctrl-C; negative: never
  std::function<bool()> kill_when;  // once it says so, the command is killed (SIGKILL)
  std::uint64_t largest_file = 0;  // bytes that a file may grow to, as on a full disk; 0: no limit
  std::uint64_t address_space = 0;  // bytes that it may map, as by ulimit -v; 0: no limit
  bool no_output = false;          // nothing can be written to standard output
  bool bound_by_permissions =
      false;  // even for root, a file that may not be written is not written
};

Ran run_parcours(const std::vector<std::string>& arguments, const RunOptions& options = {});

}  // namespace parcours
