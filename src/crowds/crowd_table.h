// The result of counting a study: the crowd of its population, its tables of crowds, and what the
// tables tell together, with each other and with the releases before (past/together.h).
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "crowds/crowd.h"
#include "study/plan.h"
#include "tables/relations.h"
#include "tables/table.h"

namespace parcours::crowds {

// A table of crowds, shaped as tables::Table: every combination of categories and totals,
// row-major, the last dimension fastest, the total at the last place of each dimension.
struct CrowdTable {
  std::string id;
  tables::Label title;
  std::vector<tables::Dimension> dimensions;
  std::vector<bool> sensitive;  // by dimension
  std::optional<tables::Label> mean_of;
  std::vector<Crowd> cells;
  // Of a table of `each` or of means: everyone of the population at the same places, whether or not
  // they stand in the table (they may have no such event, no value). Shaped as `cells`, for `each`
  // without the last dimension. Empty for `of`, whose cells are everyone.
  std::vector<Crowd> groups;
  // By cell: since a release published the same figure, some people came or left, and fewer than
  // the rules allow to be told apart; or some changed the value that is averaged. Empty: nowhere.
  std::vector<bool> moved{};
  std::vector<bool> moved_means{};
  // By cell: it stays hidden, or its mean, whatever else is: a release of the same question hid it,
  // or it must be hidden from who has no release before. Empty: none.
  std::vector<bool> withheld{};
  std::vector<bool> withheld_means{};
};

// What two tables tell together (study/overlaps.h): groups of people, none of them empty, and the
// sums that hold among them. A group may be of the same people as a cell of a table.
struct CrowdOverlap {
  std::vector<std::array<std::size_t, 2>> of;  // pairs of tables; of one table alone, it twice
  // Its groups are differences of two figures: one who has both has them by subtracting.
  bool differences = false;
  // Its groups are cells of a table, in which nobody is published: a hidden one is not empty.
  bool peopled = false;
  // It is known only to who has a release before as well.
  bool with_past = false;
  std::vector<Crowd> groups;
  std::vector<tables::Relation> relations;  // by group
  std::vector<std::vector<bool>>
      present{};  // by trait and part of the plan: whether somebody is there
  // By group: whether a release before published its number, and the mean of `mean_of`. Empty: of
  // none.
  std::vector<bool> known{};
  std::vector<bool> known_means{};
  std::optional<tables::Label> mean_of{};

  bool knows(std::size_t group) const { return !known.empty() && known[group]; }
  bool knows_mean(std::size_t group) const { return !known_means.empty() && known_means[group]; }

  // Whether it is of tables that are all among these.
  bool among(std::span<const std::size_t> tables) const {
    const auto in = [&](std::size_t table) {
      return std::ranges::find(tables, table) != tables.end();
    };
    return std::ranges::any_of(of, [&](const auto& pair) { return in(pair[0]) && in(pair[1]); });
  }
};

// People whose number the releases before leave narrower than the rules ask, whatever a new one
// shows: so many numbers wide at most.
struct NarrowBefore {
  Uint128 people;  // their fingerprint
  std::int64_t width = 0;
  friend bool operator==(const NarrowBefore&, const NarrowBefore&) = default;
};

struct Counted {
  Crowd population;  // everyone whom the study is about
  std::vector<CrowdTable> tables;
  std::vector<CrowdOverlap> overlaps{};  // counted, and not published here
  // What the means say of each other, and the cells of means; by table.
  std::vector<study::PlanMeanTie> mean_ties{};
  std::vector<study::PlanMeanOrder> mean_orders{};
  // The population's size must not be said: since a release said it, a few came or left, or with
  // what releases have told already it would give others away.
  bool population_withheld = false;
  std::vector<NarrowBefore> narrow_before{};  // as far as it is remembered; ascending, each once

  // The width that may be asked of a figure of these people.
  std::int64_t width_left(Uint128 people, std::int64_t asked) const {
    const auto found = std::ranges::lower_bound(narrow_before, people, {}, &NarrowBefore::people);
    return found == narrow_before.end() || found->people != people ? asked
                                                                   : std::min(asked, found->width);
  }

  // What somebody sees of it who has no release before.
  Counted alone() const {
    Counted made = *this;
    std::erase_if(made.overlaps, [](const CrowdOverlap& overlap) { return overlap.with_past; });
    made.narrow_before.clear();
    return made;
  }
};

}  // namespace parcours::crowds
