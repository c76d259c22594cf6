#include "sums/table_system.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "tables/cell_numbers.h"
#include "tables/relations.h"

namespace parcours::sums {
namespace {

// Numbers the groups of all tables.
class GroupNumbers {
 public:
  // By cell of the table.
  std::vector<std::uint32_t> of(const tables::Table& table) {
    const auto coordinates = coordinates_of_places(table.dimensions);
    std::vector<std::uint32_t> groups;
    groups.reserve(table.cells.size());
    std::vector<std::size_t> places(table.dimensions.size(), 0);
    std::vector<std::uint32_t> at;
    for (std::size_t cell = 0; cell < table.cells.size(); ++cell) {
      at.clear();
      for (std::size_t d = 0; d < places.size(); ++d) {
        if (const std::uint32_t coordinate = coordinates[d][places[d]];
            coordinate != tables::no_number) {
          at.push_back(coordinate);
        }
      }
      std::ranges::sort(at);  // the order in which a table has its dimensions does not matter
      groups.push_back(numbers_.number(at));
      for (std::size_t d = places.size(); d-- > 0;) {
        if (++places[d] < table.dimensions[d].places()) {
          break;
        }
        places[d] = 0;
      }
    }
    return groups;
  }

 private:
  // By dimension and place; no_number of a total that sums.
  std::vector<std::vector<std::uint32_t>> coordinates_of_places(
      const std::vector<tables::Dimension>& dimensions) {
    std::vector<std::vector<std::uint32_t>> coordinates;
    for (const tables::Dimension& dimension : dimensions) {
      std::vector<std::uint32_t>& of_places = coordinates.emplace_back();
      for (std::size_t place = 0; place < dimension.places(); ++place) {
        if (place == dimension.total() && dimension.additive) {
          of_places.push_back(tables::no_number);
        } else {
          const auto next = static_cast<std::uint32_t>(coordinates_.size());
          const std::pair named(dimension.id, dimension.code(place));
          of_places.push_back(coordinates_.try_emplace(named, next).first->second);
        }
      }
    }
    return coordinates;
  }

  std::map<std::pair<std::string, std::string>, std::uint32_t> coordinates_;
  tables::CellNumbers numbers_;
};

// Tables about the same people, as far as an outsider can tell.
class People {
 public:
  // Whether the table's published counts agree with all before it.
  bool agrees(const tables::Table& table, const std::vector<std::uint32_t>& groups) const {
    for (std::size_t cell = 0; cell < groups.size(); ++cell) {
      if (groups[cell] < counts_.size() &&
          table.cells[cell].status == tables::CellStatus::published) {
        const std::optional<std::int64_t>& known = counts_[groups[cell]];
        if (known && *known != table.cells[cell].patients) {
          return false;
        }
      }
    }
    return true;
  }

  // Makes its groups cells of the system; by cell of the table, their numbers.
  std::vector<std::uint32_t> add(const tables::Table& table,
                                 const std::vector<std::uint32_t>& groups,
                                 std::vector<Range>& ranges) {
    std::vector<std::uint32_t> cells;
    cells.reserve(groups.size());
    for (std::size_t cell = 0; cell < groups.size(); ++cell) {
      const std::uint32_t group = groups[cell];
      if (group >= cells_.size()) {
        cells_.resize(group + 1, tables::no_number);
        counts_.resize(group + 1);
      }
      if (cells_[group] == tables::no_number) {
        cells_[group] = static_cast<std::uint32_t>(ranges.size());
        ranges.push_back({1, no_limit});
      }
      if (table.cells[cell].status == tables::CellStatus::published) {
        const std::int64_t patients = table.cells[cell].patients;
        counts_[group] = counts_[group].value_or(patients);
        ranges[cells_[group]] = {patients, patients};
      }
      cells.push_back(cells_[group]);
    }
    return cells;
  }

 private:
  std::vector<std::optional<std::int64_t>> counts_;  // by group: published
  std::vector<std::uint32_t> cells_;                 // by group: of the system
};

}  // namespace

TableSystem table_system(std::span<const tables::Table> tables) {
  TableSystem made;
  GroupNumbers groups;
  std::vector<People> all;
  for (const tables::Table& table : tables) {
    const std::vector<std::uint32_t>& group_of = made.group_of.emplace_back(groups.of(table));
    const auto agrees = [&](const People& people) { return people.agrees(table, group_of); };
    auto people = std::ranges::find_if(all, agrees);
    if (people == all.end()) {
      people = all.emplace(all.end());
    }
    made.people_of.push_back(static_cast<std::uint32_t>(people - all.begin()));
    made.cell_of.push_back(people->add(table, group_of, made.system.ranges));
    for (tables::Relation& relation : tables::relations_of(table, made.cell_of.back())) {
      made.system.relations.push_back(std::move(relation));
    }
  }
  return made;
}

}  // namespace parcours::sums
