// Handles Ctrl-C. Long work asks `stop.requested()` between pieces and returns `stopped()`; the
// destructors then undo what it had begun.
#pragma once

#include <atomic>

namespace parcours {

class Stop {
 public:
  bool requested() const { return requested_.load(std::memory_order_relaxed); }
  void request() { requested_.store(true, std::memory_order_relaxed); }

 private:
  std::atomic<bool> requested_{false};
};

// From now on the first SIGINT, SIGTERM or SIGHUP (the terminal is gone; not where nohup has it
// ignored) sets `stop` instead of ending the process; a second one
// ends it at once. `stop` must outlive the process's work. Call it once, from main.
// From then on, writing to a pipe without a reader (SIGPIPE) is an error of the write.
void stop_on_signal(Stop& stop);

}  // namespace parcours
