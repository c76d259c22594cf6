#include "audit/prefix_tree.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "audit/axis.h"
#include "audit/hierarchy.h"
#include "base/int128.h"

namespace parcours::audit {
namespace {

using Children = std::map<std::string, std::vector<std::string>>;  // by a code that has several

Children children_of(std::span<const std::string> codes) {
  Children children;
  for (const Hierarchy::Edge& edge : prefix_hierarchy(codes).edges) {
    if (!edge.parent.empty()) {
      children[edge.parent].push_back(edge.child);
    }
  }
  std::erase_if(children, [](const auto& of) { return of.second.size() < 2; });
  return children;
}

// What the lines of a table that differ in this dimension alone say.
struct Lines {
  std::unordered_map<std::string_view, std::size_t> rows;  // by code
};

class Evidence {
 public:
  void add(const PublishedTable& table, const Lines& lines, const Children& children) {
    for (const auto& [parent, parts] : children) {
      const auto whole = exact(table, lines, parent);
      Int128 sum = 0;
      std::size_t known = 0;
      for (const std::string& part : parts) {
        const auto value = exact(table, lines, part);
        sum += value.value_or(0);
        known += value ? 1 : 0;
      }
      if (!whole || known == 0) {
        continue;
      }
      const bool all = known == parts.size();
      confirmed_ = confirmed_ || (all && sum == *whole && sum != 0);
      refuted_ = refuted_ || (all && sum != *whole) || (!table.below_zero && sum > *whole);
    }
  }

  PrefixTree answer() const {
    return refuted_ ? PrefixTree::none : confirmed_ ? PrefixTree::adds_up : PrefixTree::unclear;
  }

 private:
  static std::optional<std::int64_t> exact(const PublishedTable& table, const Lines& lines,
                                           const std::string& code) {
    const auto row = lines.rows.find(code);
    return row != lines.rows.end() && table.listings[row->second] == Listing::exact
               ? std::optional(table.ranges[row->second].low)
               : std::nullopt;
  }

  bool confirmed_ = false;
  bool refuted_ = false;
};

}  // namespace

PrefixTree prefix_tree(std::span<const PublishedTable> tables, const std::string& dimension,
                       std::span<const std::string> codes) {
  const Children children = children_of(codes);
  if (children.empty()) {
    return PrefixTree::none;
  }
  Evidence evidence;
  for (const PublishedTable& table : tables) {
    const auto d = dimension_called(table, dimension);
    if (!d) {
      continue;
    }
    std::map<std::vector<std::uint32_t>, Lines> groups;  // by the codes of the other dimensions
    for (std::size_t row = 0; row < table.ranges.size(); ++row) {
      groups[table.other_codes(row, *d)].rows.emplace(table.dimension(*d).at(row), row);
    }
    for (const auto& [others, lines] : groups) {
      evidence.add(table, lines, children);
    }
  }
  return evidence.answer();
}

}  // namespace parcours::audit
