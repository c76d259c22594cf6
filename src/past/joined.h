// What many pairs of studies tell apart, each group and each sum once.
//
// Pairs of studies mostly tell the same groups apart, and the same sums hold of them: between 27
// releases of two tables each, 345,000 groups are 33,000 groups of people.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "crowds/crowd_table.h"

namespace parcours::past {

// The same overlaps in fewer: those of the same tables and of one kind are one. Groups and sums
// stand in the order in which they are met first.
class Joined {
 public:
  void add(crowds::CrowdOverlap overlap);
  std::vector<crowds::CrowdOverlap> take() &&;

 private:
  using Kind = std::tuple<std::vector<std::array<std::size_t, 2>>, bool, bool, bool>;
  // Of the same people who are held by the same practices.
  struct Group {
    Uint128 people;
    std::uint32_t practices;
    std::uint32_t largest_practice;
    std::uint32_t only_practice;
    friend bool operator==(const Group&, const Group&) = default;
  };
  struct HashOfGroup {
    std::size_t operator()(const Group& group) const {
      return static_cast<std::size_t>(group.people);
    }
  };
  struct One {
    crowds::CrowdOverlap overlap;
    std::unordered_map<Group, std::uint32_t, HashOfGroup> numbers;
    std::size_t distinct = 0;  // so many of its relations are
  };
  static void join(One& into, crowds::CrowdOverlap overlap);

  std::vector<One> all_;
  std::map<Kind, std::size_t> place_;
};

}  // namespace parcours::past
