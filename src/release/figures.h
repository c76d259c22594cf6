// Figures about the tables of a release. They use only what the tables publish, so that anyone who
// has the release can compute them again.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "page/numbers.h"
#include "tables/needs.h"
#include "tables/table.h"

namespace parcours::release {

// A mean, with as many decimals as make sense for its size.
tables::Label mean_text(double mean);

struct CellCount {
  std::uint64_t cells = 0;
  std::uint64_t published = 0;
  std::uint64_t empty = 0;         // of the published ones: they count nobody
  std::uint64_t means = 0;         // shown
  std::uint64_t means_hidden = 0;  // of cells with patients; a hidden cell always has some

  std::uint64_t hidden() const { return cells - published; }
  std::uint64_t with_patients() const { return cells - empty; }
  std::uint64_t published_with_patients() const { return published - empty; }
  std::uint64_t figures_hidden() const { return hidden() + means_hidden; }
  // Of the cells with patients those that are published, as a part of one; 1 where there are none.
  double published_part() const;
};

CellCount count_cells(std::span<const tables::Table> tables);

// Of the margins that a study needs (`kept`, by table): the number of cells with patients, and of
// those that are published with all figures (patients, and in a table of means the mean). A
// published 0 has no patients; a hidden cell always has some.
struct NeededCount {
  std::uint64_t cells = 0;
  std::uint64_t published = 0;
  friend bool operator==(const NeededCount&, const NeededCount&) = default;
};
NeededCount count_needed(std::span<const tables::Table> tables,
                         std::span<const std::vector<tables::Margin>> kept);

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
std::optional<Shown> shown(const tables::Table& table);

// The sum over all tables that say so; empty if none does.
std::optional<Shown> shown(std::span<const tables::Table> tables);

// Whether the tables show so few of the patients that a reader must be told first: under a tenth.
// If no table says how many it shows, it is the cells with patients that count.
bool shows_little(std::span<const tables::Table> tables);

// Hidden groups of which the tables say what all members have. A published 0 is a true zero; so if
// all categories of a dimension but one are published as 0, everyone of the group is in the one
// that is left, also if the size of the group is hidden.
//
//   under 65    vaccinated 0    not vaccinated hidden    total hidden
//
// We look along the dimensions that sum and are called `sensitive`, in each table by itself.
struct SharedByHidden {
  std::uint64_t groups = 0;   // hidden groups that were looked at
  std::uint64_t sharing = 0;  // of them: all members are in one category
  friend bool operator==(const SharedByHidden&, const SharedByHidden&) = default;
};
SharedByHidden shared_by_hidden(std::span<const tables::Table> tables,
                                std::span<const std::string> sensitive);

}  // namespace parcours::release
