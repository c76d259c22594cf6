// The patients of two rolls, side by side.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "study/plan.h"

namespace parcours::past {

// Where somebody stands in the two rolls; no_cell: not in this one.
struct InTwoRolls {
  std::uint32_t past = study::no_cell;
  std::uint32_t now = study::no_cell;
};

// Of all people of either, in the order of their numbers. Both lists ascend.
inline std::vector<InTwoRolls> side_by_side(std::span<const std::uint32_t> past,
                                            std::span<const std::uint32_t> now) {
  std::vector<InTwoRolls> people;
  std::uint32_t i = 0;
  std::uint32_t j = 0;
  while (i < past.size() || j < now.size()) {
    const bool of_past = i < past.size() && (j == now.size() || past[i] <= now[j]);
    const bool of_now = j < now.size() && (i == past.size() || now[j] <= past[i]);
    people.push_back({of_past ? i++ : study::no_cell, of_now ? j++ : study::no_cell});
  }
  return people;
}

}  // namespace parcours::past
