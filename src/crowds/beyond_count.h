// For how many patients and practices each window of a study reaches beyond what the patient's
// practice sent. It stays inside: these are counts of patients, and nothing protects them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/progress.h"
#include "base/stop.h"
#include "study/plan.h"
#include "study/windows.h"
#include "vault/vault.h"

namespace parcours::crowds {

struct BeyondCount {
  struct End {
    std::uint64_t patients = 0;
    std::uint64_t practices = 0;
  };
  struct OfWindow {
    End before;  // it begins before the practice's first event
    End after;   // it ends after its last
  };
  std::uint64_t patients = 0;  // of the population
  std::uint64_t practices = 0;
  std::vector<OfWindow> windows;  // as given
};

Result<BeyondCount> count_beyond(const vault::Vault& vault, const study::Plan& plan,
                                 std::span<const study::StudyWindow> windows, Progress& progress,
                                 const Stop& stop);

}  // namespace parcours::crowds
