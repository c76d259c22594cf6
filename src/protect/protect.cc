#include "protect/protect.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <span>

#include "base/check.h"
#include "protect/left_before.h"
#include "protect/mean.h"
#include "protect/mean_sums.h"
#include "protect/primary.h"
#include "protect/secondary.h"
#include "protect/unknowns.h"

namespace parcours::protect {
namespace {

// Among their like those of fewer patients are hidden first.
constexpr std::uint64_t one_cell = std::uint64_t{1} << 36;

std::uint64_t margins_at(const crowds::CrowdTable& table, std::size_t cell) {
  std::uint64_t margins = 0;
  std::size_t rest = cell;
  for (std::size_t d = table.dimensions.size(); d-- > 0;) {
    const tables::Dimension& dimension = table.dimensions[d];
    margins += rest % dimension.places() == dimension.total() ? 1 : 0;
    rest /= dimension.places();
  }
  return margins;
}

// Of an unknown that is one more cell of the table and cost `so_far`.
std::uint64_t cost_with(std::uint64_t so_far, const crowds::CrowdTable& table, std::size_t cell,
                        tables::HidingCost by) {
  const std::uint64_t patients = table.cells[cell].patients;
  switch (by) {
    case tables::HidingCost::margins:
      return std::max(so_far, margins_at(table, cell) * one_cell + patients);
    case tables::HidingCost::cells:
      return (so_far == 0 ? patients : so_far) + one_cell;
    case tables::HidingCost::patients:
      return patients;
  }
  return patients;
}

// Everything about one run of protection.
class Protection {
 public:
  Protection(const crowds::Counted& counted, const Rules& rules, const tables::Needs& needs)
      : counted_(counted), rules_(rules), needs_(needs), unknowns_(counted) {}

  Result<Protected> run() && {
    RETURN_IF_ERROR(find_primary());
    RETURN_IF_ERROR(hide_cells());
    find_unsafe_means();
    while (true) {
      RETURN_IF_ERROR(hide_means());
      Protected made = result();
      ASSIGN_OR_RETURN(const NarrowedByMeans found,
                       narrowed_by_means(counted_, made.tables, rules_));
      if (found.to_hide.empty()) {
        return made;
      }
      for (const MeanPlace& mean : found.to_hide) {
        unsafe_means_[mean.table][mean.cell] = true;
      }
    }
  }

  // Decides nothing: counts what these tables show.
  Result<Protected> as_before(std::vector<tables::Table> tables) && {
    RETURN_IF_ERROR(find_primary());
    Protected made{std::move(tables), {}, {}};
    for (std::size_t t = 0; t < counted_.tables.size(); ++t) {
      for (std::size_t c = 0; c < counted_.tables[t].cells.size(); ++c) {
        count(t, c, made.tables[t].cells[c], made.summary);
      }
    }
    return made;
  }

 private:
  template <class Visit>
  void each_cell(Visit visit) const {
    for (std::size_t t = 0; t < counted_.tables.size(); ++t) {
      for (std::size_t c = 0; c < counted_.tables[t].cells.size(); ++c) {
        if (const std::uint32_t unknown = unknowns_.of(t, c); unknown != nobody) {
          visit(t, c, unknown);
        }
      }
    }
  }

  template <class Visit>
  void each_group(Visit visit) const {
    for (std::size_t o = 0; o < counted_.overlaps.size(); ++o) {
      for (std::size_t g = 0; g < counted_.overlaps[o].groups.size(); ++g) {
        visit(counted_.overlaps[o].groups[g], unknowns_.of_group(o, g), counted_.overlaps[o]);
      }
    }
  }

  void find_needed() {
    needed_.resize(counted_.tables.size());
    for (std::size_t t = 0; t < std::min(needs_.kept.size(), needed_.size()); ++t) {
      const crowds::CrowdTable& crowds = counted_.tables[t];
      const tables::Table shape{{}, {}, crowds.dimensions, {}, {}};
      const std::vector<tables::Margin>& kept = needs_.kept[t];
      for (std::size_t c = 0; !kept.empty() && c < crowds.cells.size(); ++c) {
        const std::vector<std::size_t> places = shape.places(c);
        needed_[t].push_back(std::ranges::any_of(kept, [&](const tables::Margin& margin) {
          return tables::of_margin(crowds.dimensions, places, margin);
        }));
      }
    }
  }

  // By unknown, those that are a needed cell of one of these tables; nothing where none is.
  std::vector<bool> needed_of(std::span<const std::size_t> tables) const {
    std::vector<bool> needed;
    for (const std::size_t t : tables) {
      for (std::size_t c = 0; c < needed_[t].size(); ++c) {
        if (needed_[t][c] && unknowns_.of(t, c) != nobody) {
          needed.resize(unknowns_.count());
          needed[unknowns_.of(t, c)] = true;
        }
      }
    }
    return needed;
  }

  // An unknown is unsafe when any of its cells is; the first reason counts.
  Status find_primary() {
    if (const std::optional<Rule> broken = broken_by_crowd(counted_.population, rules_)) {
      return refused(
          fmt::format("the study's population breaks the rule '{}' by itself", name_of(*broken)),
          {}, "use a larger population");
    }
    find_needed();
    find_known();
    unsafe_.assign(unknowns_.count(), std::nullopt);
    for (std::size_t t = 0; t < counted_.tables.size(); ++t) {
      primary_.push_back(primary(counted_.tables[t], counted_.population, rules_));
      for (std::size_t c = 0; c < counted_.tables[t].cells.size(); ++c) {
        const std::optional<Rule> found = primary_[t].cells[c];
        if (!found) {
          continue;
        }
        const std::uint32_t unknown = unknowns_.of(t, c);
        if (unknown == unknowns_.population() && !counted_.population_withheld) {
          return refused(fmt::format("a cell of table '{}' counts the whole population, which is "
                                     "published, and breaks the rule '{}'",
                                     counted_.tables[t].id, name_of(*found)),
                         {}, "remove this table, or use a larger population");
        }
        unsafe_[unknown] = std::min(unsafe_[unknown].value_or(*found), *found);
      }
    }
    if (counted_.population_withheld && unknowns_.population()) {
      unsafe_[*unknowns_.population()] = Rule::patients_min;
    }
    find_small_groups();
    return {};
  }

  // What a release before published stays known, whatever is decided here.
  void find_known() {
    known_.assign(unknowns_.count(), false);
    for (std::size_t o = 0; o < counted_.overlaps.size(); ++o) {
      for (std::size_t g = 0; g < counted_.overlaps[o].known.size(); ++g) {
        if (counted_.overlaps[o].knows(g)) {
          known_[unknowns_.of_group(o, g)] = true;
        }
      }
    }
  }

  // A group that the tables tell apart together is unsafe where a cell of it would be: whoever
  // works its figure out has what no cell may show.
  void find_small_groups() {
    each_group([&](const crowds::Crowd& crowd, std::uint32_t unknown, const crowds::CrowdOverlap&) {
      if (unknowns_.unseen(unknown) && unknown != unknowns_.population()) {
        unsafe_[unknown] = broken_by_crowd(crowd, rules_);
      }
    });
  }

  Status hide_cells() {
    std::vector<std::size_t> all(counted_.tables.size());
    std::iota(all.begin(), all.end(), 0);
    Sums sums;
    sums.relations = unknowns_.relations(counted_, all);
    sums.fixed = known_;
    sums.before = known_;
    if (unknowns_.population() && !counted_.population_withheld) {
      sums.fixed[*unknowns_.population()] = true;
    }
    for (std::uint32_t u = 0; u < unknowns_.count(); ++u) {
      sums.unsafe.push_back(unsafe_[u].has_value() && !sums.fixed[u]);
    }
    for (std::uint32_t u = 0; u < unknowns_.count(); ++u) {
      sums.unseen.push_back(unknowns_.unseen(u) && !sums.fixed[u]);
    }
    each_cell([&](std::size_t t, std::size_t c, std::uint32_t unknown) {
      const std::vector<bool>& withheld = counted_.tables[t].withheld;
      if (!withheld.empty() && withheld[c] && !sums.fixed[unknown]) {
        sums.unseen[unknown] = true;
      }
    });
    sums.costs.assign(unknowns_.count(), 0);
    each_cell([&](std::size_t t, std::size_t c, std::uint32_t unknown) {
      sums.costs[unknown] = cost_with(sums.costs[unknown], counted_.tables[t], c, needs_.cost);
    });
    sums.needed = needed_of(all);
    sums.told_before =
        counted_.population_withheld && std::ranges::find(known_, true) != known_.end();
    ask_for_widths(sums);
    std::optional<LeftBefore> left;  // made where a figure asks for it
    const auto left_before = [&]() -> const LeftBefore& {
      return left ? *left : left.emplace(counted_, unknowns_, known_);
    };
    if (sums.told_before) {
      sums.left_before = [&](std::uint32_t sum) {
        return left_before().width(sum, rules_.width_min);
      };
    }
    sums.place = [&](std::uint32_t sum) { return tables_beside(sum, sums.relations); };
    ASSIGN_OR_RETURN(HiddenWithWitnesses made, hide_with_witnesses(sums));
    hidden_ = std::move(made.hidden);
    witnesses_ = std::move(made.witnesses);
    costs_ = std::move(sums.costs);
    return {};
  }

  // The tables with a cell that is this unknown or stands in a sum with it, as users call them.
  std::string tables_beside(std::uint32_t unknown,
                            const std::vector<tables::Relation>& relations) const {
    std::vector<bool> near(unknowns_.count(), false);
    for (const tables::Relation& relation : relations) {
      if (std::ranges::find(relation.terms, unknown, &tables::Relation::Term::cell) !=
          relation.terms.end()) {
        for (const tables::Relation::Term& term : relation.terms) {
          near[term.cell] = true;
        }
      }
    }
    std::string names;
    for (const bool itself : {true, false}) {
      std::size_t last = counted_.tables.size();
      each_cell([&](std::size_t t, std::size_t, std::uint32_t of_cell) {
        if (t != last && (itself ? of_cell == unknown : near[of_cell])) {
          names += fmt::format("{}table '{}'", names.empty() ? "" : ", ", counted_.tables[t].id);
          last = t;
        }
      });
      if (!names.empty()) {
        break;
      }
    }
    return names;
  }

  // Of cells, and of groups that are the difference of two. Another group, such as those who are
  // alike in two tables, must not be determined; its width nobody is promised, as no table's cell
  // that leaves it open has fewer people.
  void ask_for_widths_of_differences(Sums& sums) const {
    for (std::uint32_t u = 0; u < unknowns_.count(); ++u) {
      sums.asked.push_back(!unknowns_.unseen(u));
    }
    sums.peopled.assign(unknowns_.count(), false);
    each_cell(
        [&](std::size_t, std::size_t, std::uint32_t unknown) { sums.peopled[unknown] = true; });
    each_group(
        [&](const crowds::Crowd&, std::uint32_t unknown, const crowds::CrowdOverlap& overlap) {
          sums.asked[unknown] = sums.asked[unknown] || overlap.differences;
          sums.peopled[unknown] = sums.peopled[unknown] || overlap.peopled;
        });
  }

  // How wide, and who is alone: a patient by themselves, a practice whose patients they all are.
  void ask_for_widths(Sums& sums) const {
    sums.width = rules_.width_min;
    sums.least = 1;
    sums.counts.assign(unknowns_.count(), 0);
    std::vector<bool> alone(unknowns_.count(), false);
    std::vector<bool> exposed(unknowns_.count(), false);
    std::vector<std::uint32_t> practice(unknowns_.count(), 0);
    if (!counted_.narrow_before.empty()) {
      sums.widths.assign(unknowns_.count(), sums.width);
    }
    const auto look = [&](const crowds::Crowd& crowd, std::uint32_t unknown) {
      sums.counts[unknown] = crowd.patients;
      if (!sums.widths.empty()) {
        sums.widths[unknown] = counted_.width_left(crowd.fingerprint, sums.width);
      }
      practice[unknown] = std::max(practice[unknown], crowd.only_practice);
      alone[unknown] =
          alone[unknown] || crowd.patients == 1 || (rules_.has_practices && crowd.practices == 1);
      exposed[unknown] = exposed[unknown] || broken_by_crowd(crowd, rules_);
    };
    each_cell([&](std::size_t t, std::size_t c, std::uint32_t unknown) {
      look(counted_.tables[t].cells[c], unknown);
    });
    each_group([&](const crowds::Crowd& crowd, std::uint32_t unknown, const crowds::CrowdOverlap&) {
      look(crowd, unknown);
    });
    ask_for_widths_of_differences(sums);
    if (rules_.cover_insiders) {
      sums.alone = std::move(alone);
      sums.exposed = std::move(exposed);
      if (rules_.has_practices) {
        sums.practice = std::move(practice);
      }
    }
  }

  void find_unsafe_means() {
    for (const Primary& found : primary_) {
      unsafe_means_.push_back(found.means);
    }
  }

  // Tables that average the same value form one system of sums: what is averaged over the same
  // people has the same sum.
  Status hide_means() {
    mean_hidden_.resize(counted_.tables.size());
    std::map<std::pair<std::string, std::string>, std::vector<std::size_t>> by_value;
    for (std::size_t t = 0; t < counted_.tables.size(); ++t) {
      if (const std::optional<tables::Label>& value = counted_.tables[t].mean_of) {
        by_value[{value->en, value->fr}].push_back(t);
      }
    }
    for (const auto& [value, tables] : by_value) {
      Sums sums;
      sums.relations = unknowns_.relations_of_value(counted_, tables);
      sums.fixed = known_means(counted_.tables[tables.front()]);
      sums.before = sums.fixed;
      sums.told_before = std::ranges::find(sums.fixed, true) != sums.fixed.end();
      for (std::uint32_t u = 0; u < unknowns_.count(); ++u) {
        sums.unseen.push_back(unknowns_.unseen(u) && !sums.fixed[u]);
        sums.unsafe.push_back(unknowns_.unseen(u) ? unsafe_[u].has_value() && !known_[u]
                                                  : hidden_[u]);
      }
      sums.costs = costs_;
      sums.needed = needed_of(tables);
      for (const std::size_t t : tables) {
        for (std::size_t c = 0; c < unsafe_means_[t].size(); ++c) {
          const std::uint32_t unknown = unknowns_.of(t, c);
          if (unsafe_means_[t][c]) {
            sums.unsafe[unknown] = true;
          } else if (unknown != nobody && !sums.fixed[unknown] &&
                     !counted_.tables[t].withheld_means.empty() &&
                     counted_.tables[t].withheld_means[c]) {
            sums.unseen[unknown] = true;
          }
        }
      }
      for (std::uint32_t u = 0; u < unknowns_.count(); ++u) {
        sums.unsafe[u] = sums.unsafe[u] && !sums.fixed[u];
      }
      ASSIGN_OR_RETURN(const std::vector<bool> hidden, hide(sums));
      for (const std::size_t t : tables) {
        mean_hidden_[t] = hidden;
      }
    }
    return {};
  }

  // By unknown: whether a release before published the mean of this table's value.
  std::vector<bool> known_means(const crowds::CrowdTable& table) const {
    std::vector<bool> known(unknowns_.count(), false);
    for (std::size_t o = 0; o < counted_.overlaps.size(); ++o) {
      const crowds::CrowdOverlap& overlap = counted_.overlaps[o];
      for (std::size_t g = 0; overlap.mean_of == table.mean_of && g < overlap.groups.size(); ++g) {
        if (overlap.knows_mean(g)) {
          known[unknowns_.of_group(o, g)] = true;
        }
      }
    }
    return known;
  }

  // A figure that is known already is not shown anew where a rule forbids to show it, or where who
  // has this release alone must not see it.
  bool shows(std::size_t t, std::size_t c) const {
    const std::uint32_t unknown = unknowns_.of(t, c);
    const std::vector<bool>& withheld = counted_.tables[t].withheld;
    return !hidden_[unknown] && !(known_[unknown] && unsafe_[unknown]) &&
           (withheld.empty() || !withheld[c]);
  }

  bool shows_mean(std::size_t t, std::size_t c) const {
    const std::vector<bool>& withheld = counted_.tables[t].withheld_means;
    return !mean_hidden_[t][unknowns_.of(t, c)] && !unsafe_means_[t][c] &&
           (withheld.empty() || !withheld[c]);
  }

  Protected result() {
    Protected made;
    for (std::size_t t = 0; t < counted_.tables.size(); ++t) {
      const crowds::CrowdTable& crowds = counted_.tables[t];
      tables::Table table{crowds.id, crowds.title, crowds.dimensions, {}, crowds.mean_of};
      table.cells.reserve(crowds.cells.size());
      for (std::size_t c = 0; c < crowds.cells.size(); ++c) {
        table.cells.push_back(cell_of(t, c));
        count(t, c, table.cells.back(), made.summary);
      }
      made.tables.push_back(std::move(table));
    }
    made.witnesses = witnesses();
    return made;
  }

  // The same by the people whom the sums count.
  std::vector<Witness> witnesses() const {
    std::vector<Uint128> people(unknowns_.count());
    each_cell([&](std::size_t t, std::size_t c, std::uint32_t unknown) {
      people[unknown] = counted_.tables[t].cells[c].fingerprint;
    });
    each_group([&](const crowds::Crowd& crowd, std::uint32_t unknown, const crowds::CrowdOverlap&) {
      people[unknown] = crowd.fingerprint;
    });
    std::vector<Witness> made;
    for (const SumWitness& witness : witnesses_) {
      Witness& of_people = made.emplace_back(people[witness.figure]);
      for (const std::vector<ChangeOf<std::uint32_t>>& move : witness.moves) {
        std::vector<ChangeOf<Uint128>>& changes = of_people.moves.emplace_back();
        for (const auto& [sum, by] : move) {
          changes.push_back({people[sum], by});
        }
      }
    }
    return made;
  }

  tables::Cell cell_of(std::size_t t, std::size_t c) const {
    const crowds::Crowd& crowd = counted_.tables[t].cells[c];
    const std::uint32_t unknown = unknowns_.of(t, c);
    if (unknown == nobody) {
      return {tables::CellStatus::published, 0, {}};
    }
    if (!shows(t, c)) {
      return {tables::CellStatus::confidential, 0, {}};
    }
    tables::Cell cell{tables::CellStatus::published, crowd.patients, {}};
    if (counted_.tables[t].mean_of && shows_mean(t, c)) {
      cell.mean = published_mean(*crowd.value, rules_);
    }
    return cell;
  }

  void count(std::size_t t, std::size_t c, const tables::Cell& cell,
             ProtectionSummary& summary) const {
    ++summary.cells;
    const std::uint32_t unknown = unknowns_.of(t, c);
    if (counted_.tables[t].mean_of && unknown != nobody) {
      ++summary.means;
      summary.means_published += cell.mean ? 1 : 0;
      const bool alone = cell.status == tables::CellStatus::published && !cell.mean;
      summary.means_secondary += alone && !primary_[t].means[c] ? 1 : 0;
    }
    if (!needed_[t].empty() && needed_[t][c] && unknown != nobody) {
      ++summary.needed;
      const bool whole = cell.status == tables::CellStatus::published &&
                         (!counted_.tables[t].mean_of || cell.mean.has_value());
      summary.needed_published += whole ? 1 : 0;
    }
    if (cell.status == tables::CellStatus::published) {
      ++summary.published;
      return;
    }
    if (const std::optional<Rule>& broken = unsafe_[unknown]) {
      ++summary.hidden_by(*broken);
    } else {
      ++summary.secondary;
    }
  }

  const crowds::Counted& counted_;
  const Rules& rules_;
  const tables::Needs& needs_;
  const Unknowns unknowns_;
  std::vector<std::vector<bool>> needed_;    // by table, by cell; empty where none is
  std::vector<Primary> primary_;             // by table
  std::vector<bool> known_;                  // by unknown: a release before published it
  std::vector<std::optional<Rule>> unsafe_;  // by unknown: the first rule that it breaks
  std::vector<std::uint64_t> costs_;         // by unknown
  std::vector<bool> hidden_;                 // by unknown
  std::vector<SumWitness> witnesses_;
  std::vector<std::vector<bool>> unsafe_means_;  // by table, by cell; empty but for means
  std::vector<std::vector<bool>> mean_hidden_;   // by table of means, by unknown
};

// What must be hidden from who has no release before stays hidden from who has them.
Result<Protected> protect_from_both(const crowds::Counted& counted, const Rules& rules,
                                    const tables::Needs& needs) {
  ASSIGN_OR_RETURN(const Protected alone, Protection(counted.alone(), rules, needs).run());
  crowds::Counted both = counted;
  for (std::size_t t = 0; t < both.tables.size(); ++t) {
    crowds::CrowdTable& table = both.tables[t];
    table.withheld.resize(table.cells.size());
    table.withheld_means.resize(table.cells.size());
    for (std::size_t c = 0; c < table.cells.size(); ++c) {
      const tables::Cell& cell = alone.tables[t].cells[c];
      table.withheld[c] = table.withheld[c] || cell.status != tables::CellStatus::published;
      table.withheld_means[c] = table.withheld_means[c] || !cell.mean;
    }
  }
  return Protection(both, rules, needs).run();
}

}  // namespace

Result<Protected> protected_as_before(const crowds::Counted& counted, const Rules& rules,
                                      std::vector<tables::Table> tables,
                                      const tables::Needs& needs) {
  PARCOURS_CHECK(std::ranges::equal(
      counted.tables, tables, {}, [](const auto& table) { return table.cells.size(); },
      [](const auto& table) { return table.cells.size(); }));
  return Protection(counted, rules, needs).as_before(std::move(tables));
}

Result<Protected> protect(const crowds::Counted& counted, const Rules& rules,
                          const tables::Needs& needs) {
  for (const crowds::CrowdTable& table : counted.tables) {
    PARCOURS_CHECK(table.sensitive.size() == table.dimensions.size());
  }
  const bool with_past = std::ranges::any_of(
      counted.overlaps, [](const crowds::CrowdOverlap& overlap) { return overlap.with_past; });
  return with_past ? protect_from_both(counted, rules, needs)
                   : Protection(counted, rules, needs).run();
}

}  // namespace parcours::protect
