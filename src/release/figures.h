// Figures about the tables of a release. They use only what the tables publish, so that anyone who has
// the release can compute them again.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "page/numbers.h"
#include "tables/needs.h"
#include "tables/table.h"

namespace parcours {

// A mean, to as many decimals as its size makes sense of.
Label mean_text(double mean);

struct CellCount {
  std::uint64_t cells = 0;
  std::uint64_t published = 0;
  std::uint64_t means = 0;  // shown
};

CellCount count_cells(std::span<const Table> tables);

// Of the margins that a study needs (`kept`, by table), the cells that hold anybody, and those of them that are shown with all that
// they have: their patients, and in a table of means their mean. A published 0 holds nobody; a hidden cell always somebody.
struct NeededCount {
  std::uint64_t cells = 0;
  std::uint64_t published = 0;
  friend bool operator==(const NeededCount&, const NeededCount&) = default;
};
NeededCount count_needed(std::span<const Table> tables, std::span<const std::vector<Margin>> kept);

// Of the patients in a table's total, the part whom its published inner cells count. Nothing where
// the total itself is hidden, and nothing of a table in which a patient may stand in several cells.
struct Shown {
  std::uint64_t patients = 0;
  std::uint64_t of = 0;
  friend bool operator==(const Shown&, const Shown&) = default;
  double part() const {
    return of == 0 ? 1.0 : static_cast<double>(patients) / static_cast<double>(of);
  }
};
std::optional<Shown> shown(const Table& table);

// The sum over all tables that say so.
Shown shown(std::span<const Table> tables);

}  // namespace parcours
