// A dimension that tables share: its codes, which of them is the total, and which code is part of
// which.
//
// Tables that name a dimension alike mean the same by it, and by its codes. Node 0 is the total,
// whether a table lists it or not. With a tree every code has a parent; without one, every code
// that a table lists is a part of the total, in this table.
//
// A node with one child alone is its child: the same people, one cell.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "audit/published_table.h"
#include "base/error.h"

namespace parcours::audit {

inline constexpr std::uint32_t total_node = 0;

struct CodeAxis {
  std::string name;
  std::vector<std::string>
      codes;  // by node; of the total as a table writes it, empty where none does
  std::vector<std::uint32_t> parts;  // by node: what it is part of; of the total itself
  std::vector<std::uint32_t> same;   // by node: the lowest node that is the same cell
  bool tree = false;
  bool multi = false;         // the user says: somebody may be counted in several parts
  bool total_listed = false;  // in some table
  std::unordered_map<std::string, std::uint32_t> nodes;  // by code; of all codes of the total

  Text label(std::uint32_t node) const;  // for readers: "F"; "total"; "(empty)"
};

struct Axes {
  std::vector<CodeAxis> axes;
  std::vector<tables::Label> assumed;  // sentences (assumed.h)
};

// Errors: two readings that are possible of a dimension (two totals, a tree of prefixes that
// nothing confirms), with what the user can say; a dimension that the reading names and no table
// has, a total that no table lists, a code that the hierarchy does not know (with file and line),
// and what read_hierarchy() finds.
Result<Axes> axes_of(std::span<const PublishedTable> tables, const Reading& reading);

// The column of a table that is this axis, by its place among the table's dimensions.
std::optional<std::size_t> dimension_called(const PublishedTable& table, std::string_view name);

}  // namespace parcours::audit
