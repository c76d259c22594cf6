#include "crowds/margins.h"

#include "base/check.h"

namespace parcours::crowds {
namespace {

std::size_t counted_places(const tables::Dimension& dimension) {
  return dimension.categories.size() + (dimension.additive ? 0 : 1);
}

// Calls copy(to, from) for every counted cell: its place among all cells, and among the counted
// ones.
template <class Copy>
void lay_out(std::span<const tables::Dimension> dimensions, Copy copy) {
  std::vector<std::size_t> places(dimensions.size(), 0);
  const std::size_t cells = counted_cells(dimensions);
  for (std::size_t from = 0; from < cells; ++from) {
    std::size_t to = 0;
    for (std::size_t d = 0; d < dimensions.size(); ++d) {
      to = to * dimensions[d].places() + places[d];
    }
    copy(to, from);
    for (std::size_t d = dimensions.size(); d-- > 0;) {
      if (++places[d] < counted_places(dimensions[d])) {
        break;
      }
      places[d] = 0;
    }
  }
}

// Calls merge(total, part) so that after it every total along every additive dimension is whole:
// one dimension after another, the totals of the earlier ones being parts of the later ones'
// totals.
template <class Merge>
void add_up(std::span<const tables::Dimension> dimensions, Merge merge) {
  const std::size_t cells = all_cells(dimensions);
  std::size_t after = cells;
  for (const tables::Dimension& dimension : dimensions) {
    const std::size_t block = after;  // cells that share the places of the dimensions before
    after /= dimension.places();
    if (!dimension.additive) {
      continue;
    }
    for (std::size_t begin = 0; begin < cells; begin += block) {
      const std::size_t total = begin + dimension.total() * after;
      for (std::size_t part = begin; part < total; ++part) {
        merge(total + (part - begin) % after, part);
      }
    }
  }
}

}  // namespace

std::size_t counted_cells(std::span<const tables::Dimension> dimensions) {
  std::size_t cells = 1;
  for (const tables::Dimension& dimension : dimensions) {
    cells *= counted_places(dimension);
  }
  return cells;
}

std::size_t all_cells(std::span<const tables::Dimension> dimensions) {
  std::size_t cells = 1;
  for (const tables::Dimension& dimension : dimensions) {
    cells *= dimension.places();
  }
  return cells;
}

Result<Counters> with_margins(const Counters& counted, std::size_t first,
                              std::span<const tables::Dimension> dimensions) {
  ASSIGN_OR_RETURN(Counters all, Counters::make(all_cells(dimensions), counted.layout().kept()));
  lay_out(dimensions,
          [&](std::size_t to, std::size_t from) { all.merge(to, counted, first + from); });
  add_up(dimensions, [&](std::size_t total, std::size_t part) { all.merge(total, all, part); });
  return all;
}

std::vector<ValueCrowd> with_margins(std::span<const ValueCrowd> counted,
                                     std::span<const tables::Dimension> dimensions) {
  PARCOURS_CHECK(counted.size() == counted_cells(dimensions));
  std::vector<ValueCrowd> all(all_cells(dimensions));
  lay_out(dimensions, [&](std::size_t to, std::size_t from) { all[to] = counted[from]; });
  add_up(dimensions, [&](std::size_t total, std::size_t part) { all[total].merge(all[part]); });
  return all;
}

}  // namespace parcours::crowds
