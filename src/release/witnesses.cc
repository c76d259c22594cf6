#include "release/witnesses.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <unordered_map>

#include "sums/real_move.h"

namespace parcours::release {
namespace {

// What linear programs in floating point are off by, for each step of a sum.
constexpr double nearly = 1e-6;

class Adding {
 public:
  Adding(const PeopleNumbers& numbers, const sums::System& system,
         std::span<const std::int64_t> counts)
      : numbers_(numbers), system_(system), counts_(counts), relations_of_(counts.size()) {
    for (std::uint32_t r = 0; r < system.relations.size(); ++r) {
      for (const tables::Relation::Term& term : system.relations[r].terms) {
        relations_of_[term.cell].push_back({r, term.coefficient});
      }
    }
  }

  std::optional<Witnessed> of(const protect::Witness& witness) const {
    const auto figure = numbers_.find(witness.figure);
    if (!figure) {
      return std::nullopt;
    }
    double up = 0;
    double down = 0;
    bool whole = true;
    for (const std::vector<protect::ChangeOf<Uint128>>& move : witness.moves) {
      if (!holds(move)) {
        return std::nullopt;
      }
      for (const auto& [people, by] : move) {
        whole = whole && by == std::nearbyint(by);
        if (people == witness.figure) {
          up = std::max(up, by);
          down = std::max(down, -by);
        }
      }
    }
    return Witnessed{*figure, sums::whole_numbers_between(down, up), whole};
  }

 private:
  struct In {
    std::uint32_t relation;
    std::int32_t coefficient;
  };
  struct Sum {
    double sum = 0;
    double steps = 0;
  };

  bool holds(const std::vector<protect::ChangeOf<Uint128>>& move) const {
    std::unordered_map<std::uint32_t, Sum> sums;
    for (const auto& [people, by] : move) {
      const auto unknown = numbers_.find(people);
      if (!unknown) {
        continue;  // in no sum of this system
      }
      if (system_.ranges[*unknown].known()) {
        return false;
      }
      const sums::Range& range = system_.ranges[*unknown];
      const double moved = static_cast<double>(counts_[*unknown]) + by;
      if (moved < static_cast<double>(range.low) - nearly ||
          (range.high != sums::no_limit && moved > static_cast<double>(range.high) + nearly)) {
        return false;
      }
      for (const auto& [relation, coefficient] : relations_of_[*unknown]) {
        Sum& sum = sums[relation];
        sum.sum += coefficient * by;
        sum.steps += std::abs(coefficient * by);
      }
    }
    return std::ranges::all_of(sums, [](const auto& entry) {
      return std::abs(entry.second.sum) <= nearly * (1 + entry.second.steps);
    });
  }

  const PeopleNumbers& numbers_;
  const sums::System& system_;
  std::span<const std::int64_t> counts_;
  std::vector<std::vector<In>> relations_of_;  // by unknown
};

}  // namespace

std::vector<Witnessed> checked(std::span<const protect::Witness> witnesses,
                               const PeopleNumbers& numbers, const sums::System& system,
                               std::span<const std::int64_t> counts) {
  std::vector<Witnessed> found;
  if (witnesses.empty()) {
    return found;
  }
  const Adding adding(numbers, system, counts);
  for (const protect::Witness& witness : witnesses) {
    if (const std::optional<Witnessed> one = adding.of(witness)) {
      found.push_back(*one);
    }
  }
  return found;
}

}  // namespace parcours::release
