#include "past/together.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "base/check.h"
#include "past/moved.h"
#include "past/slices.h"
#include "past/tied_means.h"
#include "past/within.h"

namespace parcours::past {
namespace {

using Places = std::vector<std::uint32_t>;

using Of = std::vector<std::array<std::size_t, 2>>;

Of with_every_table(const crowds::Counted& counted) {
  Of all;
  for (std::size_t n = 0; n < counted.tables.size(); ++n) {
    all.push_back({n, n});
  }
  return all;
}

std::unexpected<Error> too_many(const std::string& now, const std::string& past,
                                std::uint32_t release) {
  return bad_input(fmt::format("{} and table '{}' of release {} together tell more than {} groups "
                               "of people apart, too many to protect",
                               now, past, release, most_together),
                   {}, "use the bands, levels and windows of that release, or coarser ones");
}

struct TableCells {
  std::size_t table;
  const std::vector<crowds::Crowd>& cells;
};

RolledTable rolled_table(const RolledStudy& study, const TableCells& of_table) {
  return {study.dimensions[of_table.table], of_table.cells, study.roll.tables[of_table.table],
          study.each(of_table.table)};
}

void add_if_any(crowds::CrowdOverlap found, Of of, crowds::Counted& counted) {
  if (!found.groups.empty()) {
    found.of = std::move(of);
    counted.overlaps.push_back(std::move(found));
  }
}

void add_within(const TwoStudies& two, const TableCells& past, const TableCells& now,
                const PlacePairs& places, std::uint32_t few, Of of, crowds::Counted& counted) {
  add_if_any(cells_within(rolled_table(two.past(), past), rolled_table(two.now(), now),
                          two.people(), people_at(places), few),
             std::move(of), counted);
}

// The cells of one table and the population of the other study; and those who are in its own alone,
// of a table of `each` by its rows: who had the code and left is told by who left.
Status add_within_populations(const TwoStudies& two, const TableCells& cells, Side side,
                              const std::vector<crowds::Crowd>& populations,
                              const PeopleOfCells& all, const PlacePairs& places, std::uint32_t few,
                              const Of& of, crowds::Counted& counted) {
  const bool past = side == Side::past;
  const RolledStudy& study = past ? two.past() : two.now();
  const RolledTable table = rolled_table(study, cells);
  const auto add = [&](const PeopleSet& set) {
    add_if_any(cells_within(table, side, set, all, two.people(), places, few), of, counted);
  };
  const crowds::Crowd& other = populations[past ? TwoStudies::after : TwoStudies::before];
  const crowds::Crowd& alone = populations[past ? TwoStudies::left : TwoStudies::came];
  add({{}, {&other, 1}, !past, past, true});
  if (!table.each) {
    add({{}, {&alone, 1}, past, !past, false});
    return {};
  }
  ASSIGN_OR_RETURN(const std::vector<crowds::Crowd> by_rows,
                   two.alone_by_rows(past, cells.table, places));
  add({study.rows(cells.table), by_rows, past, !past, false});
  return {};
}

// What the people of each cell had of the value that the table averages.
void add_values(const tables::Table& table, const crowds::Roll::OfTable& stand,
                std::vector<crowds::Crowd>& cells) {
  for (crowds::Crowd& cell : cells) {
    cell.value.emplace();
  }
  Places categories;
  for (std::size_t person = 0; person < stand.places.size(); ++person) {
    if (stand.places[person] == study::no_cell) {
      continue;
    }
    crowds::categories_at(table.dimensions, stand.places[person], categories);
    std::vector<std::size_t> places(categories.size());
    for (std::size_t margin = 0; margin < std::size_t{1} << places.size(); ++margin) {
      for (std::size_t d = 0; d < places.size(); ++d) {
        places[d] = (margin >> d & 1) == 0 ? categories[d] : table.dimensions[d].total();
      }
      cells[table.index(places)].value->add(stand.values[person]);
    }
  }
}

class Together {
 public:
  Together(const PastRelease& past, const RolledStudy& study, const Everybody& everybody,
           const TogetherOptions& options, crowds::Counted& counted)
      : past_(past),
        told_(study.told),
        roll_(study.roll),
        everybody_(everybody),
        options_(options),
        counted_(counted),
        past_study_(rolled(past, everybody)),
        two_(past_study_, study, everybody, options.practices_exact),
        rule_{options.few, past.told.population == told_.population} {}

  // Of a release that tells nothing new: what it published.
  Status add(bool news) {
    PeopleOfCells all;
    for (const crowds::CrowdTable& table : counted_.tables) {
      all.add(table.cells);
    }
    std::vector<std::vector<crowds::Crowd>> of_past(past_.tables.size());
    std::vector<PlacePairs> with_first;  // of each table before, and the first one now
    for (std::size_t p = 0; p < of_past.size(); ++p) {
      ASSIGN_OR_RETURN(PlacePairs places, two_.places(p, 0));
      if (p == 0) {
        RETURN_IF_ERROR(add_populations(places));
      }
      ASSIGN_OR_RETURN(of_past[p], two_.cells_of_past(p, places));
      all.add(of_past[p]);
      with_first.push_back(std::move(places));
    }
    for (std::size_t p = 0; p < of_past.size(); ++p) {
      const std::vector<crowds::Crowd>& cells = of_past[p];
      add_table(p, cells);
      for (std::size_t n = 0; n < counted_.tables.size(); ++n) {
        ASSIGN_OR_RETURN(const PlacePairs places,
                         n == 0 ? Result<PlacePairs>(std::move(with_first[p])) : two_.places(p, n));
        if (n == 0 && news) {
          RETURN_IF_ERROR(add_within_populations(two_, {p, cells}, Side::past, populations_, all,
                                                 places, options_.few, with_every_table(counted_),
                                                 counted_));
        }
        if (p == 0 && news) {
          RETURN_IF_ERROR(add_within_populations(two_, {n, counted_.tables[n].cells}, Side::now,
                                                 populations_, all, places, options_.few, {{n, n}},
                                                 counted_));
        }
        RETURN_IF_ERROR(add_two(p, cells, n, places, news));
      }
    }
    return news ? add_slices(two_.past(), two_.now(), everybody_, options_,
                             with_every_table(counted_), counted_)
                : Status();
  }

 private:
  Status add_two(std::size_t p, const std::vector<crowds::Crowd>& cells, std::size_t n,
                 const PlacePairs& places, bool news) {
    const PastTable past{past_.tables[p], past_.told.tables[p], past_.roll.tables[p]};
    if (news) {
      RETURN_IF_ERROR(add_overlaps(p, n, places));
      add_within(two_, {p, cells}, {n, counted_.tables[n].cells}, places, options_.few, {{n, n}},
                 counted_);
    }
    mark_moved(past, told_.tables[n], roll_.tables[n], two_.people(), places, rule_,
               counted_.tables[n]);
    if (rule_.same_population) {
      keep_back_tied(past, told_.tables[n], options_.few, counted_.tables[n]);
    }
    return {};
  }

  Status add_populations(const PlacePairs& places) {
    ASSIGN_OR_RETURN(crowds::CrowdOverlap made, two_.populations(places));
    made.of = with_every_table(counted_);
    made.known = {false, false, false, past_.entry.population_shown, false};
    if (past_.entry.population_shown && rule_.kept_back(made.groups[TwoStudies::came].patients,
                                                        made.groups[TwoStudies::left].patients,
                                                        made.groups[TwoStudies::both].patients)) {
      counted_.population_withheld = true;
    }
    populations_ = made.groups;
    drop_empty(made);
    counted_.overlaps.push_back(std::move(made));
    return {};
  }

  // The cells of a table of the release before, and which of them it published.
  void add_table(std::size_t p, const std::vector<crowds::Crowd>& cells) {
    const tables::Table& table = past_.tables[p];
    crowds::CrowdOverlap made{.of = with_every_table(counted_),
                              .differences = true,
                              .peopled = true,
                              .groups = cells,
                              .relations = tables::relations_of(table)};
    for (const tables::Cell& cell : table.cells) {
      made.known.push_back(cell.status == tables::CellStatus::published);
      made.known_means.push_back(cell.mean.has_value());
    }
    for (std::size_t n = 0; table.mean_of && n < counted_.tables.size(); ++n) {
      if (told_.tables[n].what == study::StudyTable::What::mean &&
          told_.tables[n].counts == past_.told.tables[p].counts) {
        made.mean_of = counted_.tables[n].mean_of;
      }
    }
    if (made.mean_of) {
      add_values(table, past_.roll.tables[p], made.groups);
    } else {
      made.known_means.clear();
    }
    drop_empty(made);
    counted_.overlaps.push_back(std::move(made));
  }

  Status add_overlaps(std::size_t p, std::size_t n, const PlacePairs& places) {
    ASSIGN_OR_RETURN(TwoStudies::Apart found, two_.apart(p, n, places));
    if (found.too_many) {
      return too_many(fmt::format("table '{}'", counted_.tables[n].id), past_.tables[p].id,
                      past_.entry.number);
    }
    for (crowds::CrowdOverlap& overlap : found.overlaps) {
      overlap.of = {{n, n}};
      counted_.overlaps.push_back(std::move(overlap));
    }
    return {};
  }

  const PastRelease& past_;
  const ToldStudy& told_;
  const PastRoll& roll_;
  const Everybody& everybody_;
  const TogetherOptions& options_;
  crowds::Counted& counted_;
  std::vector<crowds::Crowd> populations_;  // by TwoStudies::Population
  const RolledStudy past_study_;
  const TwoStudies two_;
  const MoveRule rule_;
};

void mark_with_past(std::size_t from, crowds::Counted& counted) {
  for (std::size_t o = from; o < counted.overlaps.size(); ++o) {
    counted.overlaps[o].with_past = true;
  }
}

Status add_one(const PastRelease& past, const RolledStudy& study, const Everybody& everybody,
               const TogetherOptions& options, bool news, crowds::Counted& counted) {
  PARCOURS_CHECK(study.told.tables.size() == counted.tables.size());
  const std::size_t before = counted.overlaps.size();
  RETURN_IF_ERROR(Together(past, study, everybody, options, counted).add(news));
  mark_with_past(before, counted);
  for (const crowds::CrowdTable& table : counted.tables) {
    for (std::size_t cell = 0; cell < table.moved.size(); ++cell) {
      counted.population_withheld =
          counted.population_withheld ||
          (table.moved[cell] && table.cells[cell].fingerprint == counted.population.fingerprint);
    }
  }
  return {};
}

}  // namespace

Status add_past(const PastRelease& past, const RolledStudy& study, const Everybody& everybody,
                const TogetherOptions& options, crowds::Counted& counted) {
  return add_one(past, study, everybody, options, true, counted);
}

Status add_again(const PastRelease& past, const RolledStudy& study, const Everybody& everybody,
                 const TogetherOptions& options, crowds::Counted& counted) {
  return add_one(past, study, everybody, options, false, counted);
}

Status add_both(const PastRelease& first, const PastRelease& second, const Everybody& everybody,
                const TogetherOptions& options, crowds::Counted& counted) {
  const std::size_t before = counted.overlaps.size();
  const RolledStudy one = rolled(first, everybody);
  const RolledStudy other = rolled(second, everybody);
  const TwoStudies two(one, other, everybody, options.practices_exact);
  const auto add = [&](crowds::CrowdOverlap overlap) {
    overlap.of = with_every_table(counted);
    counted.overlaps.push_back(std::move(overlap));
  };
  std::vector<crowds::Crowd> populations;
  PeopleOfCells all;
  std::vector<std::vector<crowds::Crowd>> of_firsts(first.tables.size());
  std::vector<std::vector<crowds::Crowd>> of_second(second.tables.size());
  std::vector<PlacePairs> with_first;  // of each table of the first, and the first of the second
  for (std::size_t p = 0; p < first.tables.size(); ++p) {
    ASSIGN_OR_RETURN(PlacePairs places, two.places(p, 0));
    if (p == 0) {
      ASSIGN_OR_RETURN(crowds::CrowdOverlap found, two.populations(places));
      populations = found.groups;
      drop_empty(found);
      add(std::move(found));
    }
    ASSIGN_OR_RETURN(of_firsts[p], two.cells_of_past(p, places));
    all.add(of_firsts[p]);
    with_first.push_back(std::move(places));
  }
  for (std::size_t n = 0; n < second.tables.size(); ++n) {
    ASSIGN_OR_RETURN(const PlacePairs places, two.places(0, n));
    ASSIGN_OR_RETURN(of_second[n], two.cells_of_now(n, places));
    all.add(of_second[n]);
  }
  for (std::size_t p = 0; p < first.tables.size(); ++p) {
    const std::vector<crowds::Crowd>& of_first = of_firsts[p];
    for (std::size_t n = 0; n < second.tables.size(); ++n) {
      ASSIGN_OR_RETURN(const PlacePairs places,
                       n == 0 ? Result<PlacePairs>(std::move(with_first[p])) : two.places(p, n));
      if (p == 0) {
        RETURN_IF_ERROR(add_within_populations(two, {n, of_second[n]}, Side::now, populations, all,
                                               places, options.few, with_every_table(counted),
                                               counted));
      }
      if (n == 0) {
        RETURN_IF_ERROR(add_within_populations(two, {p, of_first}, Side::past, populations, all,
                                               places, options.few, with_every_table(counted),
                                               counted));
      }
      ASSIGN_OR_RETURN(TwoStudies::Apart found, two.apart(p, n, places));
      if (found.too_many) {
        return too_many(
            fmt::format("table '{}' of release {}", second.tables[n].id, second.entry.number),
            first.tables[p].id, first.entry.number);
      }
      for (crowds::CrowdOverlap& overlap : found.overlaps) {
        add(std::move(overlap));
      }
      add_within(two, {p, of_first}, {n, of_second[n]}, places, options.few,
                 with_every_table(counted), counted);
    }
  }
  RETURN_IF_ERROR(add_slices(one, other, everybody, options, with_every_table(counted), counted));
  mark_with_past(before, counted);
  return {};
}

bool tell_the_same(const PastRelease& first, const PastRelease& second) {
  const auto alike = [](const tables::Table& a, const tables::Table& b) {
    return a.dimensions == b.dimensions;
  };
  return first.entry.state == second.entry.state && first.told == second.told &&
         std::ranges::equal(first.tables, second.tables, alike) && first.roll == second.roll;
}

}  // namespace parcours::past
