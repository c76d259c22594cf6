// The roll of a count: where each patient of the population stands in each table. Personal data.
//
// A count adds people up and forgets them. The memory of releases (memory/past_release.h) must know
// them, so a count that leads to a release keeps its roll.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "crowds/crowd.h"
#include "records/patient.h"
#include "tables/table.h"

namespace parcours::crowds {

struct Roll {
  struct OfTable {
    // By patient: the inner cell, of a table of `each` its row; no_cell (study/plan.h) for who has
    // no place in the table, or no value to average.
    std::vector<std::uint32_t> places;
    // Of a table of `each`: the columns of patient i, ascending, are columns[starts[i]] to
    // columns[starts[i + 1]]; the column "any of them" is not among them. Empty for the others.
    std::vector<std::uint32_t> starts{};
    std::vector<std::uint32_t> columns{};
    // Of a table of means: by patient; 0 for who has none. Empty for the others.
    std::vector<Micro> values{};

    std::span<const std::uint32_t> columns_of(std::size_t patient) const {
      return std::span(columns).subspan(starts[patient], starts[patient + 1] - starts[patient]);
    }
    friend bool operator==(const OfTable&, const OfTable&) = default;
  };

  std::vector<records::PatientId> ids;         // ascending
  std::vector<records::PracticeId> practices;  // that hold them
  std::vector<OfTable> tables;

  std::size_t patients() const { return ids.size(); }
  friend bool operator==(const Roll&, const Roll&) = default;
};

// The same patients in another order: first the one who stands at order[0].
Roll::OfTable reordered(const Roll::OfTable& table, std::span<const std::uint32_t> order);
// In order of their pseudonyms.
Roll in_order(const Roll& roll);

// How many places there are: one for each choice of a category in each of the dimensions.
std::uint64_t inner_cells(std::span<const tables::Dimension> dimensions);

// The category of a place along each of the dimensions by which the places are numbered; in the
// place of what `categories` held.
void categories_at(std::span<const tables::Dimension> dimensions, std::uint32_t place,
                   std::vector<std::uint32_t>& categories);

// Adds the patients of another roll of the same tables after those of this one.
void append(Roll& roll, Roll&& other);

}  // namespace parcours::crowds
