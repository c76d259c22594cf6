// Chooses the chart of a table: which dimension runs across, which is beside it, and how many
// categories a reader can distinguish.
#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "release/figures.h"
#include "tables/table.h"

namespace parcours::release {

// A dimension that is drawn, and which of its categories, in the table's order.
struct DrawnAxis {
  std::size_t dimension;
  std::vector<std::size_t> places;
  bool all = true;
};

enum class Manner { bars, groups, shades };

struct Picture {
  Manner manner;
  DrawnAxis across;                // bars: the categories; shades: the columns
  std::optional<DrawnAxis> other;  // groups: the colours; shades: the rows
  std::optional<DrawnAxis> facet;
};

// An axis of the picture has no place if nobody stands in any of its categories; a facet always has
// one.
Picture picture(const tables::Table& table);

// The cell of a table with the given places in the given dimensions and the totals in all others.
std::size_t cell_at(const tables::Table& table,
                    std::span<const std::pair<std::size_t, std::size_t>> fixed);

// The categories of a dimension that may have patients: all except those with a published 0.
std::vector<std::size_t> places_with_people(const tables::Table& table, std::size_t dimension);

// What the categories of a dimension are called; two of the same name keep their codes.
class Names {
 public:
  Names(const tables::Dimension& dimension, page::Language language);
  std::string operator()(std::size_t place) const;

 private:
  const tables::Dimension& dimension_;
  page::Language language_;
  std::set<std::string> twice_;
};

}  // namespace parcours::release
