#include "past/comparison.h"

#include <algorithm>

#include "base/random.h"
#include "past/two_rolls.h"

namespace parcours::past {
namespace {

bool same_cells(const tables::Table& a, const tables::Table& b) {
  const auto same = [](const tables::Dimension& x, const tables::Dimension& y) {
    return x.id == y.id && std::ranges::equal(x.categories, y.categories, {},
                                              &tables::Category::code, &tables::Category::code);
  };
  return a.id == b.id && a.mean_of.has_value() == b.mean_of.has_value() &&
         std::ranges::equal(a.dimensions, b.dimensions, same);
}

// A mean that only one of them shows is no other figure.
bool same_figures(const tables::Cell& a, const tables::Cell& b) {
  return a.patients == b.patients && (!a.mean || !b.mean || *a.mean == *b.mean);
}

TableComparison compared(const tables::Table& a, const tables::Table& b) {
  TableComparison made{.table = a.id};
  for (std::size_t cell = 0; cell < a.cells.size(); ++cell) {
    const bool first = a.cells[cell].status == tables::CellStatus::published;
    const bool second = b.cells[cell].status == tables::CellStatus::published;
    if (first && second) {
      ++(same_figures(a.cells[cell], b.cells[cell]) ? made.same : made.different);
    } else {
      ++(first ? made.first_only : second ? made.second_only : made.neither);
    }
  }
  return made;
}

}  // namespace

Comparison compare(const PastRelease& first, const PastRelease& second) {
  Comparison made{.same_population = first.told.population == second.told.population,
                  .editions = of_one_study(first.entry, second.entry)};
  for (const InTwoRolls& person : side_by_side(first.roll.people, second.roll.people)) {
    ++(person.now == study::no_cell    ? made.first_only
       : person.past == study::no_cell ? made.second_only
                                       : made.in_both);
  }
  for (const tables::Table& a : first.tables) {
    for (const tables::Table& b : second.tables) {
      if (same_cells(a, b)) {
        made.tables.push_back(compared(a, b));
      }
    }
  }
  return made;
}

void RoomLeft::take(const PastRelease& release) {
  auto at = std::ranges::find_if(populations_, [&](const Population& population) {
    return population.room.definition == release.told.population;
  });
  if (at == populations_.end()) {
    at = populations_.insert(at, Population{{.definition = release.told.population}, {}});
  }
  RoomOfPopulation& room = at->room;
  room.study = release.entry.study;
  ++room.releases;
  room.tables += release.tables.size();
  for (std::size_t t = 0; t < release.tables.size(); ++t) {
    const tables::Table& table = release.tables[t];
    const crowds::Roll::OfTable& roll = release.roll.tables[t];
    room.figures +=
        static_cast<std::uint64_t>(std::ranges::count_if(table.cells, [](const tables::Cell& cell) {
          return cell.status == tables::CellStatus::published && cell.patients > 0;
        }));
    const bool each = release.told.tables[t].what == study::StudyTable::What::each;
    const std::size_t columns = each ? table.dimensions.back().places() : 1;
    // By inner row and column: the cell, row-major over places.
    const std::span<const tables::Dimension> rows =
        std::span(table.dimensions).first(table.dimensions.size() - (each ? 1 : 0));
    std::vector<std::uint32_t> categories;
    const auto cell_of = [&](std::uint32_t place, std::size_t column) {
      crowds::categories_at(rows, place, categories);
      std::size_t row = 0;
      for (std::size_t d = 0; d < rows.size(); ++d) {
        row = row * rows[d].places() + categories[d];
      }
      return row * columns + column;
    };
    for (std::size_t i = 0; i < release.roll.patients(); ++i) {
      std::uint64_t& stands = at->stands[release.roll.people[i]];
      const auto stand = [&](std::size_t column) {
        const std::size_t cell =
            roll.places[i] == study::no_cell ? table.cells.size() : cell_of(roll.places[i], column);
        const bool shown =
            cell < table.cells.size() && table.cells[cell].status == tables::CellStatus::published;
        stands = mixed(stands ^ (shown ? cell + 1 : 0));
      };
      stand(columns - 1);
      if (each) {
        for (const std::uint32_t column : roll.columns_of(i)) {
          stand(column);
        }
      }
    }
  }
}

std::vector<RoomOfPopulation> RoomLeft::populations() const {
  std::vector<RoomOfPopulation> made;
  for (const Population& population : populations_) {
    RoomOfPopulation& room = made.emplace_back(population.room);
    std::unordered_map<std::uint64_t, std::uint64_t> alike;
    for (const auto& [id, stands] : population.stands) {
      ++alike[stands];
    }
    room.patients = population.stands.size();
    for (const auto& [stands, patients] : alike) {
      room.alone += patients < few_ ? patients : 0;
    }
  }
  return made;
}

}  // namespace parcours::past
