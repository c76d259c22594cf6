#include "audit/layout.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"
#include "tables/table.h"

namespace parcours::audit {
namespace {

constexpr std::size_t most_cells = 20'000'000;
constexpr std::uint32_t no_place = std::numeric_limits<std::uint32_t>::max();

class AxisLayout {
 public:
  AxisLayout(const TextColumn& column, const CodeAxis& axis, std::size_t number) : axis_(axis) {
    layout_.axis = number;
    layout_.any = std::ranges::find(column.words, tables::any_code) != column.words.end();
    listed_.assign(axis.codes.size(), false);
    split_.assign(axis.codes.size(), false);
    for (const std::string& word : column.words) {
      const std::uint32_t node = axis.nodes.at(word);
      listed_[node] = true;
      for (std::uint32_t above = node; above != total_node;) {
        above = axis.parts[above];
        split_[above] = true;
      }
      if (!axis.tree && node != total_node) {
        order_.push_back(node);
      }
    }
  }

  LayoutAxis run() && {
    if (axis_.tree) {
      return tree();
    }
    // One code alone, and no total: a slice, which says nothing of the whole.
    const bool slice = order_.size() == 1 && !listed_[total_node];
    for (const std::uint32_t node : order_) {
      add(node, slice ? 0 : 1);
    }
    if (!slice) {
      add(total_node, 0);
      for (std::uint32_t place = 0; place < order_.size(); ++place) {
        layout_.parts.back().push_back(place);
      }
    }
    return std::move(layout_);
  }

 private:
  LayoutAxis tree() {
    children_.resize(axis_.codes.size());
    for (std::uint32_t node = 1; node < axis_.codes.size(); ++node) {
      children_[axis_.parts[node]].push_back(node);
    }
    // Depth first, each node after its parts are known to be wanted; the total comes last.
    std::vector<std::uint32_t> place_of(axis_.codes.size(), no_place);
    std::vector<std::pair<std::uint32_t, std::uint32_t>> waiting;  // node, depth
    const auto add_parts = [&](std::uint32_t node, std::uint32_t depth) {
      if (split_[node]) {
        for (auto child = children_[node].rbegin(); child != children_[node].rend(); ++child) {
          waiting.emplace_back(*child, depth);
        }
      }
    };
    add_parts(total_node, 1);
    while (!waiting.empty()) {
      const auto [node, depth] = waiting.back();
      waiting.pop_back();
      place_of[node] = add(node, depth);
      add_parts(node, depth + 1);
    }
    place_of[total_node] = add(total_node, 0);
    for (std::uint32_t node = 1; node < axis_.codes.size(); ++node) {
      if (place_of[node] != no_place) {
        layout_.parts[place_of[axis_.parts[node]]].push_back(place_of[node]);
      }
    }
    return std::move(layout_);
  }

  std::uint32_t add(std::uint32_t node, std::uint32_t depth) {
    layout_.nodes.push_back(node);
    layout_.kinds.push_back(listed_[node]  ? PlaceKind::listed
                            : split_[node] ? PlaceKind::between
                                           : PlaceKind::silent);
    layout_.parts.emplace_back();
    layout_.depths.push_back(depth);
    return static_cast<std::uint32_t>(layout_.nodes.size() - 1);
  }

  const CodeAxis& axis_;
  LayoutAxis layout_;
  std::vector<bool> listed_;
  std::vector<bool> split_;                           // something below is listed
  std::vector<std::uint32_t> order_;                  // without a tree: as they are listed
  std::vector<std::vector<std::uint32_t>> children_;  // of the tree
};

}  // namespace

std::vector<std::uint32_t> Layout::places(std::size_t cell) const {
  std::vector<std::uint32_t> places(axes.size());
  for (std::size_t d = axes.size(); d-- > 0;) {
    places[d] = static_cast<std::uint32_t>(cell % axes[d].nodes.size());
    cell /= axes[d].nodes.size();
  }
  return places;
}

Result<Layout> layout_of(const PublishedTable& table, std::span<const CodeAxis> axes) {
  Layout layout;
  std::size_t cells = 1;
  std::vector<std::vector<std::uint32_t>> place_of;  // by dimension, by word
  for (std::size_t d = 0; d < table.dimensions.size(); ++d) {
    const TextColumn& column = table.dimension(d);
    const auto axis = std::ranges::find(axes, column.name, &CodeAxis::name);
    PARCOURS_CHECK(axis != axes.end());
    layout.axes.push_back(
        AxisLayout(column, *axis, static_cast<std::size_t>(axis - axes.begin())).run());
    const std::vector<std::uint32_t>& nodes = layout.axes.back().nodes;
    if (cells > most_cells / nodes.size()) {
      return bad_input(fmt::format("the codes of its dimensions make more than {} million cells",
                                   most_cells / 1'000'000),
                       table.text.file, "name the columns that are dimensions: --by sex,age");
    }
    cells *= nodes.size();
    std::vector<std::uint32_t> places_by_node(axis->codes.size(), no_place);
    for (std::uint32_t place = 0; place < nodes.size(); ++place) {
      places_by_node[nodes[place]] = place;
    }
    place_of.emplace_back();
    for (const std::string& word : column.words) {
      place_of.back().push_back(places_by_node[axis->nodes.at(word)]);
    }
  }
  layout.lines.assign(cells, 0);
  for (std::size_t row = 0; row < table.text.rows(); ++row) {
    std::size_t cell = 0;
    for (std::size_t d = 0; d < table.dimensions.size(); ++d) {
      cell = cell * layout.axes[d].nodes.size() + place_of[d][table.dimension(d).rows[row]];
    }
    if (layout.lines[cell] != 0) {
      return bad_input("a cell twice", table.text.where(row),
                       fmt::format("{} lists it already; if another column tells them apart, name "
                                   "it as well: --by",
                                   table.text.where(layout.lines[cell] - 1)));
    }
    layout.lines[cell] = static_cast<std::uint32_t>(row + 1);
  }
  return layout;
}

}  // namespace parcours::audit
