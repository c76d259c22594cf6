#include "tables/coordinates.h"

namespace parcours::tables {

Coordinates coordinates_of(const Table& table, std::size_t cell) {
  Coordinates coordinates;
  const std::vector<std::size_t> places = table.places(cell);
  for (std::size_t d = 0; d < places.size(); ++d) {
    const Dimension& dimension = table.dimensions[d];
    if (places[d] != dimension.total() || !dimension.additive) {
      coordinates.emplace_back(dimension.id, dimension.code(places[d]));
    }
  }
  return coordinates;
}

}  // namespace parcours::tables
