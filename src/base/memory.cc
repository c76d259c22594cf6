#include "base/memory.h"

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <fstream>
#include <limits>
#include <string>

#include "base/letters.h"

namespace parcours {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool sanitized = true;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif
#else
constexpr bool sanitized = false;
#endif

constexpr std::uint64_t none = std::numeric_limits<std::uint64_t>::max();
constexpr std::uint64_t megabyte = std::uint64_t{1} << 20;

std::uint64_t physical_memory() {
  const long pages = ::sysconf(_SC_PHYS_PAGES);
  const long bytes = ::sysconf(_SC_PAGESIZE);
  return pages > 0 && bytes > 0
             ? static_cast<std::uint64_t>(pages) * static_cast<std::uint64_t>(bytes)
             : none;
}

std::uint64_t soft_limit(int of_what) {
  rlimit limit{};
  return ::getrlimit(static_cast<__rlimit_resource_t>(of_what), &limit) == 0 &&
                 limit.rlim_cur != RLIM_INFINITY
             ? limit.rlim_cur
             : none;
}

// The number that a file of the kernel holds; none where it says "max" or is not there.
std::uint64_t number_in(const std::string& path) {
  std::ifstream file(path);
  std::uint64_t number = 0;
  return file >> number ? number : none;
}

// Of the control group that we are in and of all above it. /proc/self/cgroup has a line for each
// hierarchy: "0::/user.slice" of version 2, "4:memory:/docker/1a2b" of version 1.
std::uint64_t group_limit() {
  std::uint64_t least = none;
  std::ifstream groups("/proc/self/cgroup");
  for (std::string line; std::getline(groups, line);) {
    const std::size_t first = line.find(':');
    const std::size_t second = line.find(':', first + 1);
    if (first == std::string::npos || second == std::string::npos) {
      continue;
    }
    const std::string kinds = line.substr(first + 1, second - first - 1);
    const bool old = ("," + kinds + ",").find(",memory,") != std::string::npos;
    if (!old && !kinds.empty()) {
      continue;
    }
    const std::string root = old ? "/sys/fs/cgroup/memory" : "/sys/fs/cgroup";
    const std::string name = old ? "/memory.limit_in_bytes" : "/memory.max";
    std::string folder = line.substr(second + 1);
    folder = folder == "/" ? "" : folder;
    while (true) {
      least = std::min(least, number_in(root + folder + name));
      if (folder.empty()) {
        break;
      }
      folder.resize(std::min(folder.rfind('/'), folder.size() - 1));
    }
  }
  return least;
}

// The whole line, kept where it can be had when no memory is left.
std::array<char, 256> line{"parcours: not enough memory; nothing was changed\n"};

const char* remedy() {
  const std::uint64_t limit = memory_limit();
  return soft_limit(RLIMIT_AS) <= limit
             ? "raise the shell's limit (ulimit -v), or give fewer columns or lines"
             : "raise --memory, or give fewer columns or lines";
}

// "4,096"
std::string with_commas(std::uint64_t number) {
  std::string text = std::to_string(number);
  for (std::size_t at = text.size(); at > 3; at -= 3) {
    text.insert(at - 3, ",");
  }
  return text;
}

std::string found() {
  return "needs more than " + with_commas(std::max<std::uint64_t>(memory_limit() / megabyte, 1)) +
         " MB of memory";
}

}  // namespace

std::uint64_t machine_memory() {
  return std::min(
      {physical_memory(), group_limit(), soft_limit(RLIMIT_AS), soft_limit(RLIMIT_DATA)});
}

Result<std::uint64_t> parse_memory(std::string_view text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  std::string unit = lower(text.substr(static_cast<std::size_t>(end - text.data())));
  unit.erase(0, unit.find_first_not_of(' '));
  static constexpr std::array<std::string_view, 5> units = {"", "k", "m", "g", "t"};
  for (std::size_t i = 0; i < units.size(); ++i) {
    const std::string letter(units[i]);
    if (unit == letter || unit == letter + "b" || (i > 0 && unit == letter + "ib")) {
      const double bytes = number * static_cast<double>(std::uint64_t{1} << (10 * i));
      if (error == std::errc() && bytes >= 1 && bytes < 1e18) {
        return static_cast<std::uint64_t>(bytes);
      }
    }
  }
  return bad_input("'" + std::string(text.substr(0, 40)) + "' is not a size", "--memory",
                   "write a number with KB, MB, GB or TB: --memory 4GB");
}

void limit_memory(std::uint64_t bytes) {
  const std::uint64_t machine = machine_memory();
  rlimit limit{};
  if (!sanitized && ::getrlimit(RLIMIT_DATA, &limit) == 0) {
    limit.rlim_cur = bytes == 0 ? machine : std::min(bytes, machine);
    ::setrlimit(RLIMIT_DATA, &limit);
  }
  std::snprintf(line.data(), line.size(), "parcours: %s; %s\n", found().c_str(), remedy());
}

std::uint64_t memory_limit() {
  const std::uint64_t set = soft_limit(RLIMIT_DATA);
  return set == none ? machine_memory() : std::min(set, soft_limit(RLIMIT_AS));
}

Error out_of_memory() {
  return {Fault::machine, found(), {}, remedy()};
}

std::string_view out_of_memory_line() {
  return line.data();
}

}  // namespace parcours
