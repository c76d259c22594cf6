// Runs the parcours command as a user does, and keeps what it said.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace parcours {

struct Ran {
  int exit = -1;       // the exit code; minus the signal where one ended it
  std::string out;     // standard output
  std::string err;     // standard error
  bool late = false;   // it had not ended after `most_seconds`, and was killed
  double seconds = 0;  // that it took
};

struct RunOptions {
  std::filesystem::path folder;     // to run in; empty: here
  double interrupt_after = -1;      // seconds after which it gets Ctrl-C; negative: never
  std::function<bool()> kill_when;  // once it says so, the command is killed (SIGKILL)
  std::uint64_t largest_file = 0;   // bytes that a file may grow to, as on a full disk; 0: no limit
  std::vector<std::string> environment;  // NAME=VALUE, besides what is there already
  std::string input;                     // on standard input, some kilobytes at most
  double most_seconds = 0;               // after which it is killed; 0: never
  bool no_output = false;                // nothing can be written to standard output
  bool no_errors = false;                // nor to standard error
  std::uint64_t address_space = 0;       // bytes that it may map, as by ulimit -v; 0: no limit
  bool bound_by_permissions =
      false;                   // even for root, a file that may not be read or written is not
  std::optional<mode_t> mask;  // its umask; nothing: that of the tests
};

// The words that create a vault whose permit (tests/permits) covers everything; the keeper's key
// lies beside it.
std::vector<std::string> create_vault(const std::string& vault,
                                      const std::vector<std::string>& more);

Ran run_parcours(const std::vector<std::string>& arguments, const RunOptions& options = {});

}  // namespace parcours
