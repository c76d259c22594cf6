#include "attacks/contradiction.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

#include "tables/relations.h"

namespace parcours::attacks {
namespace {

constexpr std::int64_t endless = std::numeric_limits<std::int64_t>::max();

// What a count can be.
struct Reached {
  std::int64_t least = 0;
  std::int64_t most = 0;

  static Reached of(const tables::Cell& cell) {
    return cell.status == tables::CellStatus::published ? Reached{cell.patients, cell.patients}
                                                        : Reached{1, endless};
  }
  void add(const Reached& other) {
    least += std::min(other.least, endless - least);
    most = other.most == endless || most > endless - other.most ? endless : most + other.most;
  }
};

std::string words_of_reach(const Reached& reached) {
  return reached.least == reached.most ? fmt::format("{}", reached.least)
         : reached.most == endless     ? fmt::format("{} or more", reached.least)
                                       : fmt::format("{} to {}", reached.least, reached.most);
}

std::string cell_name(const tables::Table& table, std::size_t cell) {
  const std::vector<std::size_t> places = table.places(cell);
  std::vector<std::string> parts;
  for (std::size_t d = 0; d < places.size(); ++d) {
    parts.push_back(
        fmt::format("{} {}", table.dimensions[d].id, table.dimensions[d].code(places[d])));
  }
  return fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace

std::optional<std::string> contradiction(const tables::Table& table) {
  std::vector<tables::SummedDimension> summed;
  for (const tables::Dimension& dimension : table.dimensions) {
    tables::SummedDimension& made =
        summed.emplace_back(tables::SummedDimension{dimension.places(), {}});
    const auto children = dimension.children();
    for (std::uint32_t place = 0; place < children.size(); ++place) {
      if (!children[place].empty()) {
        made.sums.push_back({place, children[place]});
      }
    }
  }
  std::optional<std::string> found;
  tables::for_each_sum(
      summed, [&](std::size_t d, std::uint32_t whole, std::span<const std::uint32_t> parts) {
        if (found) {
          return;
        }
        const tables::Dimension& dimension = table.dimensions[d];
        const Reached is = Reached::of(table.cells[whole]);
        Reached make;
        std::int64_t largest = 0;
        for (const std::uint32_t part : parts) {
          const Reached one = Reached::of(table.cells[part]);
          make.add(one);
          largest = std::max(largest, one.least);
        }
        const std::int64_t least = dimension.additive ? make.least : largest;
        if (is.most < least || is.least > make.most) {
          found = fmt::format("{} is {}, but its parts along {} {} {}", cell_name(table, whole),
                              words_of_reach(is), dimension.id,
                              dimension.additive ? "make" : "allow only",
                              words_of_reach({least, make.most}));
        }
      });
  return found;
}

}  // namespace parcours::attacks
