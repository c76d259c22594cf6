#include <array>

#include "adversary/aftermath.h"
#include "adversary/parts.h"
#include "adversary/shimmed.h"
#include "adversary/verdict.h"

namespace parcours::adversary {
namespace {

struct Fault {
  const char* family;
  const char* deed;
};

constexpr std::array<Fault, 11> faults = {{{"write", "EIO"},
                                           {"write", "ENOSPC"},
                                           {"write", "short"},
                                           {"fsync", "EIO"},
                                           {"rename", "EIO"},
                                           {"unlink", "EIO"},
                                           {"open", "EIO"},
                                           {"open", "ENOSPC"},
                                           {"mkdir", "ENOSPC"},
                                           {"ftruncate", "EIO"},
                                           {"ftruncate", "ENOSPC"}}};

void attempt(const Share& share, const Aftermath& aftermath, Random& random, std::uint64_t seed,
             Tally& tally) {
  const Call& call = aftermath.calls()[seed % aftermath.calls().size()];
  const Fault& fault = faults[random.below(faults.size())];
  const long calls = calls_of(share.world, call, fault.family, tally);
  if (calls == 0) {
    return;
  }
  Trial trial(share.world, call, seed, tally);
  const long nth = 1 + random.below(static_cast<std::uint32_t>(calls));
  const Shimmed shimmed = run_shimmed(trial, fault.family, nth, fault.deed);
  if (!shimmed.fired) {
    return;
  }
  tally.tried();
  const std::string what =
      std::string(fault.deed) + " at " + fault.family + " " + std::to_string(nth);
  const Ran& ran = shimmed.ran;
  if (const std::string wrong = complaint(ran); !wrong.empty()) {
    trial.fail(what + ": " + wrong + ": " + ran.err);
  } else if (ran.exit == 2) {
    trial.fail(what + " is told as wrong input: " + ran.err);
  } else {
    aftermath.judge(trial, call, ran.exit <= 1);
  }
}

}  // namespace

bool break_the_disk(const Share& share) {
  Tally tally("faults", share.found);
  const Aftermath aftermath(share.world, share.found);
  until_over(share, [&](Random& random, std::uint64_t seed) {
    attempt(share, aftermath, random, seed, tally);
  });
  return tally.tell();
}

}  // namespace parcours::adversary
