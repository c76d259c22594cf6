#include "cli/exercise_log.h"

#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include <array>
#include <string>

#include "base/day.h"
#include "base/files.h"

namespace parcours::cli {
namespace {

// The user that the system knows; not what the environment claims.
std::string who() {
  const uid_t user = ::getuid();
  passwd entry{};
  passwd* found = nullptr;
  std::array<char, 4096> space{};
  ::getpwuid_r(user, &entry, space.data(), space.size(), &found);
  return found == nullptr ? fmt::format("uid {}", user)
                          : fmt::format("uid {} ({})", user, found->pw_name);
}

}  // namespace

Status log_exercise(const std::filesystem::path& vault, std::size_t facts, std::uint64_t fit,
                    bool path_shown) {
  const std::filesystem::path file = vault / "exercises.log";
  const std::string line =
      fmt::format("{}  {}  {} fact{}  {} fit{}{}\n", utc_now(), who(), facts, facts == 1 ? "" : "s",
                  fit, fit == 1 ? "s" : "", path_shown ? "  path shown" : "");
  if (!append_to_file(file, line)) {
    return machine_fault("the search cannot be logged, so its answer is not shown", file.string(),
                         "run it as a user who can write to the vault");
  }
  return {};
}

}  // namespace parcours::cli
