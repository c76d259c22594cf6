#include "bench/measure.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdlib>

namespace parcours::bench {
namespace {

[[noreturn]] void be_child(int to_parent, const std::function<Result<std::string>()>& work) {
  const Result<std::string> result = work();
  const std::string& said = result ? *result : result.error().sentence();
  std::size_t written = 0;
  while (written < said.size()) {
    const ssize_t wrote = ::write(to_parent, said.data() + written, said.size() - written);
    if (wrote <= 0) {
      break;
    }
    written += static_cast<std::size_t>(wrote);
  }
  ::_exit(result ? 0 : 1);
}

std::string all_from(int descriptor) {
  std::string text;
  std::array<char, 4096> block;
  while (true) {
    const ssize_t got = ::read(descriptor, block.data(), block.size());
    if (got < 0 && errno == EINTR) {
      continue;
    }
    if (got <= 0) {
      return text;
    }
    text.append(block.data(), static_cast<std::size_t>(got));
  }
}

struct Child {
  pid_t process;
  int says;  // what it writes can be read here
};

// `be` ends the process that it is called in; it writes to the descriptor that it is given.
Result<Child> begin_child(const std::function<void(int to_parent)>& be) {
  std::array<int, 2> pipe;
  if (::pipe(pipe.data()) != 0) {
    return machine_fault("no pipe to measure through");
  }
  const pid_t process = ::fork();
  if (process < 0) {
    return machine_fault("no process to measure in");
  }
  if (process == 0) {
    ::close(pipe[0]);
    be(pipe[1]);
    std::abort();
  }
  ::close(pipe[1]);
  return Child{process, pipe[0]};
}

}  // namespace

Result<Measured> in_child(const std::function<Result<std::string>()>& work) {
  const auto began = std::chrono::steady_clock::now();
  ASSIGN_OR_RETURN(const Child child,
                   begin_child([&](int to_parent) { be_child(to_parent, work); }));
  Measured measured{.answer = all_from(child.says)};
  ::close(child.says);
  int status = 0;
  rusage usage{};
  while (::wait4(child.process, &status, 0, &usage) < 0 && errno == EINTR) {
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  if (!WIFEXITED(status)) {
    return machine_fault("the measured process died by signal " + std::to_string(WTERMSIG(status)));
  }
  if (WEXITSTATUS(status) != 0) {
    return machine_fault(measured.answer);
  }
  const auto seconds_of = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  measured.seconds = took.count();
  measured.processor = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
  measured.megabytes = static_cast<double>(usage.ru_maxrss) / 1024;
  return measured;
}

Result<double> seconds_until(const std::string& words,
                             const std::function<Result<std::string>()>& work) {
  const auto began = std::chrono::steady_clock::now();
  ASSIGN_OR_RETURN(const Child child, begin_child([&](int to_parent) {
                     ::dup2(to_parent, STDERR_FILENO);
                     ::_exit(work() ? 0 : 1);
                   }));
  std::string text;
  std::array<char, 4096> block;
  while (text.find(words) == std::string::npos) {
    const ssize_t got = ::read(child.says, block.data(), block.size());
    if (got <= 0) {
      break;
    }
    text.append(block.data(), static_cast<std::size_t>(got));
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  const bool said = text.find(words) != std::string::npos;
  if (said) {
    ::kill(child.process, SIGKILL);
  }
  ::close(child.says);
  int status = 0;
  while (::waitpid(child.process, &status, 0) < 0 && errno == EINTR) {
  }
  if (!said && (!WIFEXITED(status) || WEXITSTATUS(status) != 0)) {
    return machine_fault("the measured process failed");
  }
  return took.count();
}

Result<Measured> best_of(int times, const std::function<Result<std::string>()>& work) {
  ASSIGN_OR_RETURN(Measured best, in_child(work));
  for (int i = 1; i < times; ++i) {
    ASSIGN_OR_RETURN(const Measured again, in_child(work));
    best.seconds = std::min(best.seconds, again.seconds);
    best.megabytes = std::max(best.megabytes, again.megabytes);
  }
  return best;
}

}  // namespace parcours::bench
