#include "past/slices.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <optional>
#include <utility>

#include "past/two_tellings.h"
#include "past/within.h"

namespace parcours::past {
namespace {

// Of a table of `each` the category is a column, the last one: any of them.
struct Slice {
  std::size_t table;
  std::size_t dimension;
  std::uint32_t category;
  bool of_each;
};

using Slices = std::multimap<Uint128, Slice>;  // by fingerprint

class SlicesOf {
 public:
  SlicesOf(const RolledStudy& study, const Everybody& everybody, std::uint32_t few)
      : study_(study), everybody_(everybody), few_(few) {
    for (std::size_t table = 0; table < study.dimensions.size(); ++table) {
      if (study.each(table)) {
        add_columns(table);
        continue;
      }
      for (std::size_t d = 0; d < study.dimensions[table].size(); ++d) {
        if (study.told.tables[table].dimensions[d].trait == Trait::events) {
          add_categories(table, d);
        }
      }
    }
  }

  Slices take() && { return std::move(found_); }

 private:
  struct People {
    Uint128 hashes = 0;
    std::uint32_t patients = 0;
  };

  void add(const std::vector<People>& people, std::size_t table, std::size_t dimension) {
    for (std::uint32_t category = 0; category < people.size(); ++category) {
      if (people[category].patients >= few_) {
        found_.emplace(people[category].hashes,
                       Slice{table, dimension, category, study_.each(table)});
      }
    }
  }

  void add_columns(std::size_t table) {
    const std::size_t last = study_.dimensions[table].size() - 1;
    std::vector<People> people(study_.dimensions[table][last].places());
    const crowds::Roll::OfTable& stand = study_.roll.tables[table];
    for (std::size_t i = 0; i < study_.roll.patients(); ++i) {
      if (stand.places[i] == study::no_cell || stand.columns_of(i).empty()) {
        continue;
      }
      const Uint128 hash = everybody_.hashes()[everybody_.turn(study_.roll.people[i])];
      const auto count = [&](std::size_t column) {
        people[column].hashes += hash;
        ++people[column].patients;
      };
      std::ranges::for_each(stand.columns_of(i), count);
      count(people.size() - 1);
    }
    add(people, table, last);
  }

  void add_categories(std::size_t table, std::size_t dimension) {
    const Projection category(study_.dimensions[table], std::array{dimension});
    std::vector<People> people(study_.dimensions[table][dimension].categories.size());
    const crowds::Roll::OfTable& stand = study_.roll.tables[table];
    for (std::size_t i = 0; i < study_.roll.patients(); ++i) {
      if (stand.places[i] != study::no_cell) {
        People& of = people[category.of(stand.places[i])];
        of.hashes += everybody_.hashes()[everybody_.turn(study_.roll.people[i])];
        ++of.patients;
      }
    }
    add(people, table, dimension);
  }

  const RolledStudy& study_;
  const Everybody& everybody_;
  const std::uint32_t few_;
  Slices found_;
};

// A study of one table: the slice, by the dimensions that are left.
struct Sliced {
  Sliced(const RolledStudy& study, const Slice& slice, const Everybody& everybody)
      : told{study.told.population, {study.told.tables[slice.table]}},
        dimensions(study.dimensions[slice.table].begin(), study.dimensions[slice.table].end()),
        roll(study.roll) {
    std::vector<std::size_t> rest;
    for (std::size_t d = 0; d < dimensions.size(); ++d) {
      if (d != slice.dimension) {
        rest.push_back(d);
      }
    }
    const std::span<const tables::Dimension> rows = study.rows(slice.table);
    const Projection place(rows, rest);
    standing.places = place.values();
    standing.of.assign(everybody.count(), standing.places + 1);
    const crowds::Roll::OfTable& stand = roll.tables[slice.table];
    const Projection category(rows, slice.of_each ? std::vector<std::size_t>{}
                                                  : std::vector<std::size_t>{slice.dimension});
    for (std::size_t i = 0; i < roll.patients(); ++i) {
      const bool in =
          stand.places[i] != study::no_cell &&
          (slice.of_each ? has(stand, i, slice.category, dimensions.back().categories.size())
                         : category.of(stand.places[i]) == slice.category);
      standing.of[everybody.turn(roll.people[i])] =
          in ? place.of(stand.places[i]) : standing.places;
    }
    told.tables[0].what = study::StudyTable::What::of;
    dimensions.erase(dimensions.begin() + static_cast<std::ptrdiff_t>(slice.dimension));
    if (!slice.of_each) {
      std::vector<Told>& left = told.tables[0].dimensions;
      left.erase(left.begin() + static_cast<std::ptrdiff_t>(slice.dimension));
    }
  }

  RolledStudy study() const { return {told, roll, {dimensions}, {standing}}; }

  static bool has(const crowds::Roll::OfTable& stand, std::size_t patient, std::uint32_t column,
                  std::size_t any) {
    const auto columns = stand.columns_of(patient);
    return column == any ? !columns.empty() : std::ranges::binary_search(columns, column);
  }

  ToldStudy told;
  std::vector<tables::Dimension> dimensions;
  const PastRoll& roll;
  Standing standing;
};

Status add_two(const Sliced& past, const Sliced& now, const Everybody& everybody,
               const TogetherOptions& options, const std::vector<std::array<std::size_t, 2>>& of,
               crowds::Counted& counted) {
  if (past.told.tables == now.told.tables && past.dimensions == now.dimensions) {
    return {};  // they tell the same
  }
  const RolledStudy one = past.study();
  const RolledStudy other = now.study();
  const TwoStudies two(one, other, everybody, options.practices_exact);
  ASSIGN_OR_RETURN(const PlacePairs places, two.places(0, 0));
  ASSIGN_OR_RETURN(TwoStudies::Apart found, two.apart(0, 0, places));
  if (found.too_many) {
    return bad_input(fmt::format("two tables of the same codes tell more than {} groups of people "
                                 "apart together, too many to protect",
                                 most_together),
                     {}, "use the same bands, levels and windows in both, or coarser ones");
  }
  ASSIGN_OR_RETURN(const std::vector<crowds::Crowd> of_past, two.cells_of_past(0, places));
  ASSIGN_OR_RETURN(const std::vector<crowds::Crowd> of_now, two.cells_of_now(0, places));
  const crowds::Roll::OfTable nowhere;  // places say all of it
  found.overlaps.push_back(cells_within({past.dimensions, of_past, nowhere, false},
                                        {now.dimensions, of_now, nowhere, false}, {},
                                        people_at(places), options.few));
  for (crowds::CrowdOverlap& overlap : found.overlaps) {
    if (!overlap.groups.empty()) {
      overlap.of = of;
      counted.overlaps.push_back(std::move(overlap));
    }
  }
  return {};
}

}  // namespace

Status add_slices(const RolledStudy& past, const RolledStudy& now, const Everybody& everybody,
                  const TogetherOptions& options, const std::vector<std::array<std::size_t, 2>>& of,
                  crowds::Counted& counted) {
  const auto each = [](const ToldTable& table) {
    return table.what == study::StudyTable::What::each;
  };
  if (std::ranges::none_of(past.told.tables, each) && std::ranges::none_of(now.told.tables, each)) {
    return {};
  }
  const Slices before = SlicesOf(past, everybody, options.few).take();
  for (const auto& [people, slice] : SlicesOf(now, everybody, options.few).take()) {
    std::optional<Sliced> sliced;
    for (auto at = before.lower_bound(people); at != before.end() && at->first == people; ++at) {
      if (slice.of_each || at->second.of_each) {
        if (!sliced) {
          sliced.emplace(now, slice, everybody);
        }
        RETURN_IF_ERROR(
            add_two(Sliced(past, at->second, everybody), *sliced, everybody, options, of, counted));
      }
    }
  }
  return {};
}

Status add_own_slices(const RolledStudy& study, const Everybody& everybody,
                      const TogetherOptions& options, crowds::Counted& counted) {
  const Slices all = SlicesOf(study, everybody, options.few).take();
  for (auto one = all.begin(); one != all.end(); ++one) {
    for (auto other = std::next(one); other != all.end() && other->first == one->first; ++other) {
      const Slice& a = one->second;
      const Slice& b = other->second;
      if (a.table != b.table && (a.of_each || b.of_each)) {
        RETURN_IF_ERROR(add_two(Sliced(study, a, everybody), Sliced(study, b, everybody), everybody,
                                options, {{a.table, b.table}}, counted));
      }
    }
  }
  return {};
}

}  // namespace parcours::past
