#include "records/key_command.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <system_error>

#include "records/private_file.h"

extern char** environ;  // NOLINT(readability-redundant-declaration)

namespace parcours::records {
namespace {

constexpr const char* option = "--key-command";

std::unexpected<Error> failed(std::string_view what, int number) {
  return machine_fault(fmt::format("{}: {}", what, errno_text(number)), option);
}

// Starts the command with `out` as its standard output.
Result<pid_t> start(const std::string& command, int out) {
  posix_spawn_file_actions_t actions;
  if (const int number = ::posix_spawn_file_actions_init(&actions); number != 0) {
    return failed("cannot run the command", number);
  }
  pid_t child = 0;
  int number = ::posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
  if (number == 0) {
    std::string shell = "sh";
    std::string flag = "-c";
    std::string text = command;
    char* const words[] = {shell.data(), flag.data(), text.data(), nullptr};
    number = ::posix_spawn(&child, "/bin/sh", &actions, nullptr, words, environ);
  }
  ::posix_spawn_file_actions_destroy(&actions);
  return number == 0 ? Result<pid_t>(child) : failed("cannot run the command", number);
}

Status ended_well(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) {
      return failed("cannot wait for the command", errno);
    }
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) {
    return {};
  }
  return bad_input(WIFEXITED(status)
                       ? fmt::format("the command ended with exit code {}", WEXITSTATUS(status))
                       : fmt::format("signal {} ended the command", WTERMSIG(status)),
                   option, "the command must print the key and exit with 0");
}

}  // namespace

Result<Secret> output_of(const std::string& command) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) {
    return failed("cannot run the command", errno);
  }
  const Result<pid_t> child = start(command, ends[1]);
  ::close(ends[1]);
  if (!child) {
    ::close(ends[0]);
    return std::unexpected(child.error());
  }
  Result<Secret> output = read_secret(ends[0], option);
  ::close(ends[0]);
  const Status ended = ended_well(*child);
  if (output) {
    RETURN_IF_ERROR(ended);
  }
  return output;
}

}  // namespace parcours::records
