#include "past/within.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "crowds/nested_groups.h"

namespace parcours::past {
namespace {

// One table: which cells somebody stands in.
class CellsOfPeople {
 public:
  explicit CellsOfPeople(const RolledTable& table)
      : table_(table),
        rows_(table.each ? table.dimensions.size() - 1 : table.dimensions.size()),
        columns_(table.each ? table.dimensions.back().places() : 1) {
    std::size_t stride = columns_;
    strides_.resize(rows_);
    for (std::size_t d = rows_; d-- > 0;) {
      strides_[d] = stride;
      stride *= table.dimensions[d].places();
    }
  }

  std::size_t columns() const { return columns_; }

  // The cells of a row that count whoever has the place in it: the inner one and all margins.
  std::vector<std::uint32_t> cells_at(std::uint32_t place) const {
    std::vector<std::uint32_t> categories;
    crowds::categories_at(table_.dimensions.first(rows_), place, categories);
    std::vector<std::uint32_t> cells{0};
    for (std::size_t d = 0; d < rows_; ++d) {
      const std::size_t total = table_.dimensions[d].total();
      const std::size_t found = cells.size();
      for (std::size_t i = 0; i < found; ++i) {
        cells.push_back(cells[i] + static_cast<std::uint32_t>(total * strides_[d]));
        cells[i] += static_cast<std::uint32_t>(categories[d] * strides_[d]);
      }
    }
    return cells;
  }

  // The columns that count somebody; of a table that is not of `each`, its only one.
  void columns_of(std::uint32_t patient, std::vector<std::uint32_t>& columns) const {
    columns.clear();
    if (!table_.each) {
      columns.push_back(0);
      return;
    }
    const auto has = table_.roll.columns_of(patient);
    columns.assign(has.begin(), has.end());
    if (!has.empty()) {
      columns.push_back(static_cast<std::uint32_t>(columns_ - 1));  // any
    }
  }

 private:
  const RolledTable& table_;
  std::size_t rows_;     // dimensions
  std::size_t columns_;  // of the last one, where it is codes of `each`
  std::vector<std::size_t> strides_;
};

class CellsWithin {
 public:
  CellsWithin(const RolledTable& past, const RolledTable& now, std::uint32_t few)
      : past_(past), now_(now), few_(few), past_places_(past), now_places_(now) {
    find_candidates();
  }

  bool any() const { return !both_.empty(); }

  // Counts who stands in both cells of each candidate.
  void count(std::span<const InTwoRolls> people, std::span<const PeopleAt> places) {
    if (past_.each || now_.each) {
      count_columns(people);
      return;
    }
    for (const auto& [past, now, patients] : places) {
      if (past != study::no_cell && now != study::no_cell) {
        add(std::uint64_t{past} << 32 | now, patients);
      }
    }
  }

  crowds::CrowdOverlap found() const {
    crowds::CrowdOverlap made{.of = {}, .differences = true, .groups = {}, .relations = {}};
    std::vector<std::uint64_t> pairs;
    for (const auto& [pair, people] : both_) {
      const crowds::Crowd& a = past_.cells[pair >> 32];
      const crowds::Crowd& b = now_.cells[pair & 0xffffffff];
      if (people == std::min(a.patients, b.patients)) {
        pairs.push_back(pair);
      }
    }
    std::ranges::sort(pairs);
    for (const std::uint64_t pair : pairs) {
      const crowds::Crowd& a = past_.cells[pair >> 32];
      const crowds::Crowd& b = now_.cells[pair & 0xffffffff];
      const bool wider = a.patients > b.patients;
      crowds::add_nested(made, wider ? a : b, wider ? b : a);
    }
    return made;
  }

 private:
  // Where somebody may stand in several columns.
  void count_columns(std::span<const InTwoRolls> people) {
    std::vector<std::uint64_t> met;  // two places and two columns, one for each patient and pair
    std::vector<std::uint32_t> had;
    std::vector<std::uint32_t> has;
    for (const InTwoRolls& person : people) {
      const std::uint32_t before = place(past_, person.past);
      const std::uint32_t now = place(now_, person.now);
      if (before == study::no_cell || now == study::no_cell) {
        continue;
      }
      past_places_.columns_of(person.past, had);
      now_places_.columns_of(person.now, has);
      for (const std::uint32_t a : had) {
        for (const std::uint32_t b : has) {
          if (columns_met_[a * now_places_.columns() + b]) {
            met.push_back((std::uint64_t{before} * past_places_.columns() + a) << 32 |
                          (std::uint64_t{now} * now_places_.columns() + b));
          }
        }
      }
    }
    std::ranges::sort(met);
    for (std::size_t i = 0; i < met.size();) {
      const std::uint64_t same = met[i];
      std::uint32_t people_there = 0;
      for (; i < met.size() && met[i] == same; ++i) {
        ++people_there;
      }
      add(same, people_there);
    }
  }

  static std::uint32_t place(const RolledTable& table, std::uint32_t patient) {
    return patient == study::no_cell ? study::no_cell : table.roll.places[patient];
  }

  // Pairs of cells that differ by a few in their numbers.
  void find_candidates() {
    columns_met_.assign(past_places_.columns() * now_places_.columns(), false);
    has_candidates_.assign(past_.cells.size(), false);
    std::vector<std::uint32_t> by_size;
    for (std::uint32_t cell = 0; cell < now_.cells.size(); ++cell) {
      if (now_.cells[cell].patients >= few_) {
        by_size.push_back(cell);
      }
    }
    const auto size = [&](std::uint32_t cell) { return now_.cells[cell].patients; };
    std::ranges::sort(by_size, {}, size);
    for (std::uint32_t cell = 0; cell < past_.cells.size(); ++cell) {
      const std::uint32_t patients = past_.cells[cell].patients;
      if (patients < few_) {
        continue;
      }
      auto at = std::ranges::upper_bound(by_size, patients - few_, {}, size);
      for (; at != by_size.end() && size(*at) < patients + few_; ++at) {
        if (size(*at) != patients) {
          both_.emplace(std::uint64_t{cell} << 32 | *at, 0);
          has_candidates_[cell] = true;
          columns_met_[cell % past_places_.columns() * now_places_.columns() +
                       *at % now_places_.columns()] = true;
        }
      }
    }
  }

  void add(std::uint64_t met, std::uint32_t people) {
    const auto a = static_cast<std::uint32_t>(met >> 32);
    const auto b = static_cast<std::uint32_t>(met);
    const auto a_columns = static_cast<std::uint32_t>(past_places_.columns());
    const auto b_columns = static_cast<std::uint32_t>(now_places_.columns());
    const std::vector<std::uint32_t> outer = past_places_.cells_at(a / a_columns);
    const std::vector<std::uint32_t> inner = now_places_.cells_at(b / b_columns);
    for (const std::uint32_t past : outer) {
      const std::uint32_t cell = past + a % a_columns;
      if (!has_candidates_[cell]) {
        continue;
      }
      for (const std::uint32_t now : inner) {
        const auto found = both_.find(std::uint64_t{cell} << 32 | (now + b % b_columns));
        if (found != both_.end()) {
          found->second += people;
        }
      }
    }
  }

  const RolledTable& past_;
  const RolledTable& now_;
  const std::uint32_t few_;
  const CellsOfPeople past_places_;
  const CellsOfPeople now_places_;
  std::vector<bool> has_candidates_;  // by cell of the table before
  std::vector<bool> columns_met_;     // by column of the one and of the other
  // By cell of the table before and cell of the one now: how many stand in both.
  std::unordered_map<std::uint64_t, std::uint32_t> both_;
};

}  // namespace

std::vector<PeopleAt> people_at(const PlacePairs& places) {
  std::vector<PeopleAt> made;
  for (std::size_t i = 0; i < places.size(); ++i) {
    made.push_back({places.pairs[i].past, places.pairs[i].now, places.people.patients(i)});
  }
  return made;
}

crowds::CrowdOverlap cells_within(const RolledTable& past, const RolledTable& now,
                                  std::span<const InTwoRolls> people,
                                  std::span<const PeopleAt> places, std::uint32_t few) {
  CellsWithin within(past, now, few);
  if (within.any()) {
    within.count(people, places);
  }
  return within.found();
}

void PeopleOfCells::add(std::span<const crowds::Crowd> cells) {
  for (const crowds::Crowd& cell : cells) {
    if (cell.patients > 0) {
      people_.insert(cell.fingerprint);
    }
  }
}

namespace {

// Each cell of the table and the set at its row, or the other way round, where the rest is a cell.
void add_rests(const RolledTable& table, const PeopleSet& set, const PeopleOfCells& cells,
               std::uint32_t few, crowds::CrowdOverlap& made) {
  const std::size_t columns = table.each ? table.dimensions.back().places() : 1;
  for (std::size_t cell = 0; cell < table.cells.size(); ++cell) {
    const crowds::Crowd& one = table.cells[cell];
    const crowds::Crowd& other = set.cells[set.rows.empty() ? 0 : cell / columns];
    const bool wider = one.patients > other.patients;
    const crowds::Crowd& outer = wider ? one : other;
    const crowds::Crowd& inner = wider ? other : one;
    if (inner.patients > 0 && outer.patients >= inner.patients + few &&
        cells.contains(outer.fingerprint - inner.fingerprint)) {
      crowds::add_nested(made, outer, inner);
    }
  }
}

}  // namespace

crowds::CrowdOverlap cells_within(const RolledTable& table, Side side, const PeopleSet& set,
                                  const PeopleOfCells& cells, std::span<const InTwoRolls> people,
                                  const PlacePairs& places, std::uint32_t few) {
  const crowds::Roll::OfTable one_place{.places = {0}};
  const RolledTable as_table{set.rows, set.cells, set.rows.empty() ? one_place : table.roll, false};
  // The place in the set of who has this one in the table.
  const auto place_in_set = [&](bool has, std::uint32_t place) {
    return !has ? study::no_cell : set.rows.empty() ? 0 : place;
  };
  const bool past = side == Side::past;
  std::vector<PeopleAt> at = people_at(places);
  for (std::size_t i = 0; i < at.size(); ++i) {
    const bool has = set.has(places.pairs[i].in_past, places.pairs[i].in_now);
    (past ? at[i].now : at[i].past) = place_in_set(has, past ? at[i].past : at[i].now);
  }
  std::vector<InTwoRolls> standing;
  for (InTwoRolls person : table.each ? people : std::span<const InTwoRolls>()) {
    const bool has = set.has(person.past != study::no_cell, person.now != study::no_cell);
    (past ? person.now : person.past) = place_in_set(has, past ? person.past : person.now);
    standing.push_back(person);
  }
  crowds::CrowdOverlap made = past ? cells_within(table, as_table, standing, at, few)
                                   : cells_within(as_table, table, standing, at, few);
  add_rests(table, set, cells, few, made);
  return made;
}

}  // namespace parcours::past
