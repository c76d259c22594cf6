// Figures about the tables of a release. They use only what the tables publish, so that anyone who
// has the release can compute them again.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "page/numbers.h"
#include "tables/needs.h"
#include "tables/table.h"

namespace parcours {

// A mean, with as many decimals as make sense for its size.
Label mean_text(double mean);

struct CellCount {
  std::uint64_t cells = 0;
  std::uint64_t published = 0;
  std::uint64_t means = 0;  // shown
};

CellCount count_cells(std::span<const Table> tables);

// Of the margins that a study needs (`kept`, by table): the number of cells with patients, and of
// those that are published with all figures (patients, and in a table of means the mean). A
// published 0 has no patients; a hidden cell always has some.
struct NeededCount {
  std::uint64_t cells = 0;
  std::uint64_t published = 0;
  friend bool operator==(const NeededCount&, const NeededCount&) = default;
};
NeededCount count_needed(std::span<const Table> tables, std::span<const std::vector<Margin>> kept);

// The share of the patients in a table's total that its published inner cells count. Empty if the
// total is hidden, or if a patient may be counted in several cells.
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
