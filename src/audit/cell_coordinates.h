// Cells of several tables by their coordinates: every code of every dimension is a coordinate of
// its own, and cells with the same coordinates are one cell.
//
// A total is no coordinate: cells with and without the dimension are the same. But `_ANY` is one:
// it counts the people who stand in some code of the dimension.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "audit/layout.h"

namespace parcours::audit {

using CellCoordinates = std::vector<std::uint32_t>;  // ascending

class CoordinateNumbers {
 public:
  explicit CoordinateNumbers(std::span<const CodeAxis> axes);

  // Of the dimensions that the table does not have: where all of the total are one code, it is
  // that.
  CellCoordinates without(const Layout& layout) const;

  // Of the cell at these places of the table, with what without() says of it.
  CellCoordinates of(const Layout& layout, const std::vector<std::uint32_t>& places,
                     const CellCoordinates& without) const;

  // Of the people whom a table is about, where these are others than those of the first.
  std::uint32_t of_people(std::uint32_t people) const { return first_people_ + people; }

 private:
  std::optional<std::uint32_t> coordinate(std::size_t axis, std::uint32_t node, bool any) const;

  std::span<const CodeAxis> axes_;
  std::vector<std::uint32_t> first_;  // by axis, of its codes
  std::uint32_t first_people_ = 0;
};

}  // namespace parcours::audit
