// How the cells of a published table lie, and which of its codes are sums of which.
//
// A table has its places along every dimension: the codes that it lists, and those between them
// that it does not list. Cells lie row-major over places, the last dimension fastest. A node of the
// tree is split up in a table where something below it is listed; then its parts are all the
// tree's: listed ones, ones that are split up themselves, and ones that the table is silent about.
// Without a tree the total is split up into all the codes that are listed.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "audit/axis.h"
#include "base/error.h"

namespace parcours::audit {

enum class PlaceKind : std::uint8_t {
  listed,
  between,  // not listed, and split up into others
  silent,   // not listed, though others of its kind are
};

struct LayoutAxis {
  std::size_t axis = 0;
  bool any = false;  // its total is `_ANY`: the people who stand in some code, and not everyone
  std::vector<std::uint32_t> nodes;               // by place; the total last
  std::vector<PlaceKind> kinds;                   // by place
  std::vector<std::vector<std::uint32_t>> parts;  // by place: the places that it is split up into
  std::vector<std::uint32_t> depths;              // by place: below the total, for drawing
  // 0 an end, 1 split up, 2 the total: lines of one kind of margin have the same of each dimension.
  std::uint32_t level(std::size_t place) const {
    return nodes[place] == total_node ? 2 : parts[place].empty() ? 0 : 1;
  }
};

struct Layout {
  std::vector<LayoutAxis> axes;
  std::vector<std::uint32_t> lines;  // by cell: the table's row + 1; 0 where no line lists it

  std::size_t cells() const { return lines.size(); }
  std::vector<std::uint32_t> places(std::size_t cell) const;
};

// Errors: a cell that two lines list; more cells than fit.
Result<Layout> layout_of(const PublishedTable& table, std::span<const CodeAxis> axes);

}  // namespace parcours::audit
