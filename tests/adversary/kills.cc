#include <array>
#include <chrono>

#include "adversary/aftermath.h"
#include "adversary/parts.h"
#include "adversary/shimmed.h"

namespace parcours::adversary {
namespace {

constexpr std::array<const char*, 5> families = {"rename", "fsync", "unlink", "write", "open"};

// Whether it was killed.
bool kill_at_a_moment(const Trial& trial, double after) {
  const auto begun = std::chrono::steady_clock::now();
  const Ran ran = trial.run({.kill_when = [&] {
    return std::chrono::steady_clock::now() - begun >= std::chrono::duration<double>(after);
  }});
  return ran.exit == -9;
}

bool kill_at_a_call(const Trial& trial, const Share& share, const Call& call, Random& random,
                    Tally& tally) {
  const std::string family = families[random.below(families.size())];
  const long calls = calls_of(share.world, call, family, tally);
  if (calls == 0) {
    return false;
  }
  const long nth = 1 + random.below(static_cast<std::uint32_t>(calls));
  return run_shimmed(trial, family, nth, random.below(2) == 0 ? "kill-before" : "kill-after").fired;
}

}  // namespace

bool kill_it(const Share& share) {
  Tally tally("kills", share.found);
  const Aftermath aftermath(share.world, share.found);
  until_over(share, [&](Random& random, std::uint64_t seed) {
    const Call& call = aftermath.calls()[seed % aftermath.calls().size()];
    Trial trial(share.world, call, seed, tally);
    const bool killed = random.below(4) == 0
                            ? kill_at_a_moment(trial, random.unit() * aftermath.seconds(call))
                            : kill_at_a_call(trial, share, call, random, tally);
    if (killed) {
      tally.tried();
      aftermath.judge(trial, call, false);
    }
  });
  return tally.tell();
}

}  // namespace parcours::adversary
