// Measuring: each piece of work runs in a process of its own, so that its peak of memory is its own
// and nothing that ran before is warm in it but the system's cache of files.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/error.h"

namespace parcours::bench {

struct Measured {
  double seconds = 0;    // wall
  double processor = 0;  // seconds of all its threads: the same beside other work of the machine
  double megabytes = 0;  // peak resident memory
  std::string answer;    // what the work gave back, so that two ways can be held to the same answer
};

// Runs `work` in a child process. The caller must have no threads. Errors: what the work said, or
// that it died.
Result<Measured> in_child(const std::function<Result<std::string>()>& work);

// The quickest of `times` runs; the most memory of any.
Result<Measured> best_of(int times, const std::function<Result<std::string>()>& work);

// Seconds until `work`, in a child process, says `words` on standard error. It is stopped then. If
// it ends before, the seconds until its end.
Result<double> seconds_until(const std::string& words,
                             const std::function<Result<std::string>()>& work);

}  // namespace parcours::bench
