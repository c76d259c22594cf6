// Numbers the sets of people that the cells of a release count, and those that its tables tell
// apart together. Cells that count the same people, in any tables, get the same number and are one
// unknown. The gate knows who is counted; an outsider sees coordinates alone (sums/table_system.h).
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <vector>

#include "crowds/crowd_table.h"

namespace parcours::release {

class PeopleNumbers {
 public:
  explicit PeopleNumbers(const crowds::Counted& counted) {
    for (const crowds::CrowdTable& table : counted.tables) {
      std::vector<std::uint32_t>& numbers = numbers_.emplace_back();
      for (const crowds::Crowd& crowd : table.cells) {
        // Nobody is everywhere the same, but a zero here says nothing of a zero there.
        numbers.push_back(crowd.patients == 0 ? count_++ : number(crowd.fingerprint));
      }
    }
    for (const crowds::CrowdOverlap& overlap : counted.overlaps) {
      std::vector<std::uint32_t>& numbers = of_groups_.emplace_back();
      for (const crowds::Crowd& crowd : overlap.groups) {
        numbers.push_back(number(crowd.fingerprint));
      }
    }
  }

  std::span<const std::uint32_t> of(std::size_t table) const { return numbers_[table]; }
  std::uint32_t of(std::size_t table, std::size_t cell) const { return numbers_[table][cell]; }
  std::span<const std::uint32_t> of_overlap(std::size_t overlap) const {
    return of_groups_[overlap];
  }
  std::uint32_t count() const { return count_; }
  // The number of the cells that count exactly these people, if there are any.
  std::optional<std::uint32_t> find(Uint128 fingerprint) const {
    const auto place = by_people_.find(fingerprint);
    return place == by_people_.end() ? std::nullopt : std::optional(place->second);
  }

 private:
  std::uint32_t number(Uint128 fingerprint) {
    const auto [place, fresh] = by_people_.try_emplace(fingerprint, count_);
    count_ += fresh ? 1 : 0;
    return place->second;
  }

  std::vector<std::vector<std::uint32_t>> numbers_;    // by table, by cell
  std::vector<std::vector<std::uint32_t>> of_groups_;  // by overlap, by group
  std::map<Uint128, std::uint32_t> by_people_;
  std::uint32_t count_ = 0;
};

}  // namespace parcours::release
