#include "command.h"

#include <fcntl.h>
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <cstdlib>
#include <mutex>
#include <thread>

namespace parcours {
namespace {

struct Pipe {
  std::array<int, 2> ends{-1, -1};
  Pipe() {
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
      std::abort();
    }
  }
};

// Reads until the writer has closed its end.
std::string drain(int descriptor) {
  std::string text;
  std::array<char, 4096> block;
  ssize_t got = 0;
  while ((got = ::read(descriptor, block.data(), block.size())) > 0) {
    text.append(block.data(), static_cast<std::size_t>(got));
  }
  ::close(descriptor);
  return text;
}

// What the command said, without what a build that counts lines says of its counts.
std::string without_counts(const std::string& said) {
  std::string kept;
  for (std::size_t at = 0; at < said.size();) {
    const std::size_t next = std::min(said.find('\n', at), said.size() - 1) + 1;
    const std::string_view line = std::string_view(said).substr(at, next - at);
    if (!line.starts_with("profiling:") && !line.starts_with("libgcov profiling error:")) {
      kept += line;
    }
    at = next;
  }
  return kept;
}

[[noreturn]] void become_parcours(const std::vector<std::string>& arguments,
                                  const RunOptions& options, const Pipe& in, const Pipe& out,
                                  const Pipe& err) {
  ::dup2(in.ends[0], STDIN_FILENO);
  ::dup2(out.ends[options.no_output ? 0 : 1], STDOUT_FILENO);  // a reader's end takes nothing
  ::dup2(err.ends[options.no_errors ? 0 : 1], STDERR_FILENO);
  if (!options.folder.empty() && ::chdir(options.folder.c_str()) != 0) {
    ::_exit(126);
  }
  if (options.largest_file > 0) {
    const rlimit limit{options.largest_file, options.largest_file};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    std::signal(SIGXFSZ, SIG_IGN);  // writes fail instead, as on a full disk
    // A build that counts lines would write half of its counts: it may not write them at all.
    ::setenv("GCOV_PREFIX", "/dev/null", 1);
  }
  for (const int power : {CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH}) {
    if (options.bound_by_permissions && ::geteuid() == 0 && ::prctl(PR_CAPBSET_DROP, power) != 0) {
      ::_exit(126);
    }
  }
  if (options.mask) {
    ::umask(*options.mask);
  }
  for (const std::string& entry : options.environment) {
    const std::size_t equals = entry.find('=');
    ::setenv(entry.substr(0, equals).c_str(), entry.c_str() + equals + 1, 1);
  }
  if (options.address_space > 0) {
    const rlimit limit{options.address_space, options.address_space};
    ::setrlimit(RLIMIT_AS, &limit);
  }
  std::vector<char*> words;
  std::string name = PARCOURS_COMMAND;
  words.push_back(name.data());
  std::vector<std::string> copies = arguments;
  for (std::string& word : copies) {
    words.push_back(word.data());
  }
  words.push_back(nullptr);
  ::execv(PARCOURS_COMMAND, words.data());
  ::_exit(127);
}

}  // namespace

std::vector<std::string> create_vault(const std::string& vault,
                                      const std::vector<std::string>& more) {
  std::vector<std::string> words = {"vault", "create", vault};
  words.insert(words.end(), more.begin(), more.end());
  const bool numbered = std::ranges::find(more, "--calendar") != more.end() &&
                        std::ranges::find(more, "dates") == more.end();
  words.insert(words.end(), {"--keeper", vault + ".keeper", "--permit",
                             std::string(PARCOURS_SOURCE_DIR) + "/tests/permits/" +
                                 (numbered ? "days.toml" : "dates.toml")});
  return words;
}

Ran run_parcours(const std::vector<std::string>& arguments, const RunOptions& options) {
  const Pipe in;
  const Pipe out;
  const Pipe err;
  if (::write(in.ends[1], options.input.data(), options.input.size()) !=
      static_cast<ssize_t>(options.input.size())) {
    std::abort();
  }
  ::close(in.ends[1]);
  const auto began = std::chrono::steady_clock::now();
  const pid_t child = ::fork();
  if (child == 0) {
    become_parcours(arguments, options, in, out, err);
  }
  ::close(in.ends[0]);
  ::close(out.ends[1]);
  ::close(err.ends[1]);
  Ran ran;
  std::jthread errors([&] { ran.err = drain(err.ends[0]); });
  std::jthread interrupt([&] {
    if (options.interrupt_after >= 0) {
      std::this_thread::sleep_for(std::chrono::duration<double>(options.interrupt_after));
      ::kill(child, SIGINT);
    }
  });
  std::jthread kill([&](const std::stop_token& ended) {
    while (options.kill_when && !ended.stop_requested()) {
      if (options.kill_when()) {
        ::kill(child, SIGKILL);
        return;
      }
      std::this_thread::yield();
    }
  });
  std::mutex ending;
  std::condition_variable ended;
  bool over = false;
  std::jthread clock([&] {
    std::unique_lock lock(ending);
    if (options.most_seconds > 0 &&
        !ended.wait_for(lock, std::chrono::duration<double>(options.most_seconds),
                        [&] { return over; })) {
      ran.late = true;
      ::kill(child, SIGKILL);
    }
  });
  ran.out = drain(out.ends[0]);
  errors.join();
  ran.err = without_counts(ran.err);
  interrupt.join();
  kill.request_stop();
  kill.join();
  int status = 0;
  siginfo_t seen{};
  ::waitid(P_PID, static_cast<id_t>(child), &seen, WEXITED | WNOWAIT);  // its number stays taken
  {
    const std::lock_guard lock(ending);
    over = true;
  }
  ended.notify_one();
  clock.join();
  ::waitpid(child, &status, 0);
  ran.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  ran.exit = WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  return ran;
}

}  // namespace parcours
