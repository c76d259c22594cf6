#include "base/lies_in.h"

#include <algorithm>
#include <system_error>

namespace parcours {
namespace {

namespace fs = std::filesystem;

// With no link in it, and no slash at its end.
fs::path whole(const fs::path& path, std::error_code& failed) {
  const fs::path there = fs::absolute(path, failed);
  fs::path found = failed ? there : fs::weakly_canonical(there, failed);
  return found.has_filename() ? found : found.parent_path();
}

}  // namespace

bool lies_in(const fs::path& path, const fs::path& folder) {
  std::error_code failed;
  const fs::path outer = whole(folder, failed);
  if (failed) {
    return false;
  }
  const fs::path inner = whole(path, failed);
  return !failed && std::ranges::mismatch(outer, inner).in1 == outer.end();
}

}  // namespace parcours
