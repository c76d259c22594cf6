#include "audit/cell_coordinates.h"

#include <algorithm>

namespace parcours::audit {

CoordinateNumbers::CoordinateNumbers(std::span<const CodeAxis> axes) : axes_(axes) {
  std::uint32_t next = 0;
  for (const CodeAxis& axis : axes_) {
    first_.push_back(next);
    next += static_cast<std::uint32_t>(axis.codes.size());
  }
  first_people_ = next;
}

std::optional<std::uint32_t> CoordinateNumbers::coordinate(std::size_t axis, std::uint32_t node,
                                                           bool any) const {
  const std::uint32_t same = any ? node : axes_[axis].same[node];
  return same == total_node && !any ? std::nullopt : std::optional(first_[axis] + same);
}

CellCoordinates CoordinateNumbers::without(const Layout& layout) const {
  CellCoordinates coordinates;
  for (std::size_t a = 0; a < axes_.size(); ++a) {
    const auto has = [&](const LayoutAxis& along) { return along.axis == a; };
    if (const auto at = coordinate(a, total_node, false);
        at && std::ranges::none_of(layout.axes, has)) {
      coordinates.push_back(*at);
    }
  }
  return coordinates;
}

CellCoordinates CoordinateNumbers::of(const Layout& layout,
                                      const std::vector<std::uint32_t>& places,
                                      const CellCoordinates& without) const {
  CellCoordinates coordinates = without;
  for (std::size_t d = 0; d < places.size(); ++d) {
    const LayoutAxis& along = layout.axes[d];
    if (const auto at = coordinate(along.axis, along.nodes[places[d]], along.any)) {
      coordinates.push_back(*at);
    }
  }
  std::ranges::sort(coordinates);
  return coordinates;
}

}  // namespace parcours::audit
