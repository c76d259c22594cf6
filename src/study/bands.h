// Makes the categories of a number from its bands: for an age, [6, 12, 18] gives "under 6", "6 to
// 11", "12 to 17" and "18 and over".
//
// A band that no patient can fall into is left out. A band that only partly applies is named by
// that part: if the population is 6 to 15 years old, [6, 12, 18] gives "6 to 11" and "12 to 15".
// Counts and ages begin at 0, so [0, 1, 3] has no "under 0".
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "tables/table.h"

namespace parcours::study {

class Bands {
 public:
  enum class Unit { years, birth_year, count, value };

  Bands() = default;
  // `limits`: the numbers that can be, both ends included (of whole numbers). `may_miss`: there is
  // a last category, "not recorded".
  Bands(std::span<const double> lower_ends, Unit unit, std::optional<std::pair<int, int>> limits,
        bool may_miss);

  const std::vector<tables::Category>& categories() const { return categories_; }

  // The numbers of a category: from the first on and below the second, which may be infinite.
  // Nothing of "not recorded".
  std::optional<std::pair<double, double>> ends(std::size_t category) const {
    return category < ends_.size() ? std::optional(ends_[category]) : std::nullopt;
  }

  // The category of a number; of no number (NaN) the last one.
  std::uint32_t of(double number) const;

 private:
  std::vector<double> lower_ends_;
  std::vector<std::uint32_t> category_;  // by how many lower ends a number has reached
  std::vector<tables::Category> categories_;
  std::vector<std::pair<double, double>> ends_;  // by category but the one of no number
};

}  // namespace parcours::study
