#include "adversary/verdict.h"

#include <algorithm>

namespace parcours::adversary {

std::string complaint(const Ran& ran) {
  if (ran.late) {
    return "it did not end";
  }
  if (ran.exit < 0) {
    return "ended by signal " + std::to_string(-ran.exit);
  }
  if (ran.exit > 3) {
    return "exit code " + std::to_string(ran.exit);
  }
  if (ran.out.find(planted) != std::string::npos || ran.err.find(planted) != std::string::npos) {
    return "a planted name is told";
  }
  const auto lines = std::ranges::count(ran.err, '\n');
  if (ran.exit == 0 ? lines > 0 : lines != 1) {
    return std::to_string(lines) + " lines of error with exit code " + std::to_string(ran.exit);
  }
  return ran.err.find("a fault of the program") == std::string::npos ? ""
                                                                     : "an exception came through";
}

}  // namespace parcours::adversary
