#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <mutex>

#include "adversary/aftermath.h"
#include "adversary/parts.h"
#include "adversary/verdict.h"

namespace parcours::adversary {
namespace {

constexpr double most_seconds = 2;

// The longest that each call took to end, once it was asked to.
class Delays {
 public:
  void take(const std::string& call, double seconds) {
    const std::lock_guard lock(mutex_);
    double& longest = longest_[call];
    longest = std::max(longest, seconds);
  }
  void tell() const {
    for (const auto& [call, seconds] : longest_) {
      fmt::print("adversary: stops      {:<22} ended {:.2f} s after Ctrl-C at most\n", call,
                 seconds);
    }
  }

 private:
  std::mutex mutex_;
  std::map<std::string, double> longest_;
};

void attempt(const Share& share, const Aftermath& aftermath, Random& random, std::uint64_t seed,
             Tally& tally, Delays& delays) {
  const Call& call = aftermath.calls()[seed % aftermath.calls().size()];
  Trial trial(share.world, call, seed, tally);
  const double after = random.unit() * aftermath.seconds(call);
  const Ran ran = trial.run({.interrupt_after = after});
  if (ran.seconds < after || ran.exit == -2) {
    return;  // it had ended, or had not begun to listen
  }
  tally.tried();
  delays.take(call.name, ran.seconds - after);
  if (ran.seconds - after > most_seconds) {
    trial.fail(fmt::format("it went on for {:.1f} s after Ctrl-C", ran.seconds - after));
  } else if (ran.exit != 130 && !complaint(ran).empty()) {
    trial.fail(complaint(ran) + ": " + ran.err);
  } else {
    aftermath.judge(trial, call, ran.exit <= 1);
  }
}

}  // namespace

bool stop_it(const Share& share) {
  Tally tally("stops", share.found);
  Delays delays;
  const Aftermath aftermath(share.world, share.found);
  until_over(share, [&](Random& random, std::uint64_t seed) {
    attempt(share, aftermath, random, seed, tally, delays);
  });
  delays.tell();
  return tally.tell();
}

}  // namespace parcours::adversary
