// What a release says of each check of its gate. The sentences and numbers come from the published
// tables, the rules and the attacks on what leaves alone. A check's own words (release/verdict.h)
// count unsafe cells, so they stay inside.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "release/permitted.h"
#include "release/verdict.h"

namespace parcours::release {

struct SaidCheck {
  std::string id;
  tables::Label what;
  // How many figures, names or trials were looked at; none where the number would say how many
  // hidden cells are unsafe.
  std::optional<std::uint64_t> looked_at;
};

// In the order of the gate's checks, the permit first.
std::vector<SaidCheck> said_checks(const Verdict& verdict, const Permitted& permitted);

}  // namespace parcours::release
