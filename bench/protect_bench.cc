// Protecting tables and auditing them: by elimination alone, with the width of every unsafe cell,
// and with what two tables tell together; beside the time that is allowed for it, and beside the
// peers' figures on three tables of Adult.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

#include "base/random.h"
#include "bench/adult.h"
#include "bench/bench.h"
#include "bench/measure.h"
#include "protect/secondary.h"
#include "sums/elimination.h"
#include "sums/intervals.h"
#include "tables/table.h"

namespace parcours::bench {
namespace {

// A dimension of so many leaves, in so many groups.
struct Shape {
  std::uint32_t leaves;
  std::uint32_t groups;
};

tables::Dimension dimension_of(Shape shape) {
  tables::Dimension made;
  made.categories.resize(shape.leaves + shape.groups);
  for (std::uint32_t leaf = 0; leaf < shape.leaves; ++leaf) {
    made.parents.push_back(shape.leaves + leaf * shape.groups / shape.leaves);
  }
  for (std::uint32_t group = 0; group < shape.groups; ++group) {
    made.parents.push_back(shape.leaves + shape.groups);
  }
  return made;
}

// Adds every cell to its parent along one dimension after another: leaves stand before their
// groups.
void add_up(CountedTable& made) {
  const std::size_t cells = made.counts.size();
  std::size_t stride = cells;
  for (const tables::Dimension& dimension : made.table.dimensions) {
    const std::size_t block = stride;
    stride /= dimension.places();
    for (std::size_t begin = 0; begin < cells; begin += block) {
      for (std::size_t rest = 0; rest < stride; ++rest) {
        for (std::size_t c = 0; c < dimension.categories.size(); ++c) {
          made.counts[begin + rest + dimension.parent(c) * stride] +=
              made.counts[begin + rest + c * stride];
        }
      }
    }
  }
}

// Counts that fall off as populations do: each category has a weight (log-normal), a cell's mean is
// their product.
CountedTable table_of(const std::vector<Shape>& shapes, double mean) {
  CountedTable made;
  Random random(1);
  std::vector<std::vector<double>> weights;
  for (const Shape shape : shapes) {
    made.table.dimensions.push_back(dimension_of(shape));
    weights.emplace_back();
    for (std::uint32_t leaf = 0; leaf < shape.leaves; ++leaf) {
      const double angle = 2 * 3.141592653589793 * random.unit();
      const double normal = std::sqrt(-2 * std::log(1 - random.unit())) * std::cos(angle);
      weights.back().push_back(std::exp(0.8 * normal));
    }
  }
  made.counts.assign(made.table.cell_count(), 0);
  for (std::size_t cell = 0; cell < made.counts.size(); ++cell) {
    if (!made.table.inner(cell)) {
      continue;
    }
    double expected = mean;
    const auto places = made.table.places(cell);
    for (std::size_t d = 0; d < places.size(); ++d) {
      expected *= weights[d][places[d]];
    }
    made.counts[cell] = std::llround(expected * (0.5 + random.unit()));
  }
  add_up(made);
  return made;
}

// A sum with a single part that is not 0 counts the same people as that part: one unknown.
std::vector<std::uint32_t> same_people(const CountedTable& made,
                                       const std::vector<tables::Relation>& relations) {
  std::vector<std::uint32_t> same(made.counts.size());
  std::iota(same.begin(), same.end(), 0);
  const auto find = [&](std::uint32_t cell) {
    while (same[cell] != cell) {
      cell = same[cell] = same[same[cell]];
    }
    return cell;
  };
  for (const tables::Relation& relation : relations) {
    std::vector<std::uint32_t> parts;
    for (const tables::Relation::Term& term : relation.terms) {
      if (term.coefficient < 0 && made.counts[term.cell] > 0) {
        parts.push_back(term.cell);
      }
    }
    if (parts.size() == 1) {
      same[find(parts.front())] = find(relation.terms.front().cell);
    }
  }
  for (std::uint32_t cell = 0; cell < same.size(); ++cell) {
    same[cell] = find(cell);
  }
  return same;
}

// By cell, whether it is a leaf of the first two dimensions: of two tables, one by the leaves of
// the first and the groups of the second, one the other way round, only both together tell it.
std::vector<bool> told_by_two(const CountedTable& made) {
  std::vector<bool> told;
  for (std::size_t cell = 0; cell < made.counts.size(); ++cell) {
    const auto places = made.table.places(cell);
    told.push_back(true);
    for (std::size_t d = 0; d < 2; ++d) {
      const std::vector<std::uint32_t>& parents = made.table.dimensions[d].parents;
      const bool leaf =
          places[d] < parents.size() && std::ranges::find(parents, places[d]) == parents.end();
      told.back() = told.back() && leaf;
    }
  }
  return told;
}

// Counts of 1 to below `threshold` are unsafe, cells of nobody published.
protect::Sums sums_of(const CountedTable& made, const std::vector<std::uint32_t>& same,
                      const std::vector<bool>& unseen, std::int64_t threshold, std::int64_t width) {
  protect::Sums sums;
  for (const tables::Relation& relation : tables::relations_of(made.table)) {
    std::map<std::uint32_t, std::int32_t> terms;
    for (const tables::Relation::Term& term : relation.terms) {
      terms[same[term.cell]] += made.counts[term.cell] == 0 ? 0 : term.coefficient;
    }
    std::erase_if(terms, [](const auto& term) { return term.second == 0; });
    if (!terms.empty()) {
      sums.relations.emplace_back();
      for (const auto& [cell, coefficient] : terms) {
        sums.relations.back().terms.push_back({cell, coefficient});
      }
    }
  }
  sums.costs.assign(made.counts.size(), 0);
  for (std::uint32_t cell = 0; cell < made.counts.size(); ++cell) {
    const std::int64_t count = made.counts[cell];
    const bool inner = made.table.inner(cell);
    sums.unsafe.push_back(same[cell] == cell && count > 0 && count < threshold);
    sums.fixed.push_back(count == 0 || same[cell] == same.back());
    std::uint64_t& cost = sums.costs[same[cell]];
    cost = std::max(cost, static_cast<std::uint64_t>(count) + (inner ? 0 : std::uint64_t{1} << 36));
  }
  sums.counts = made.counts;
  sums.width = width;
  sums.least = 1;
  if (!unseen.empty()) {
    sums.unseen.assign(made.counts.size(), true);
    for (std::uint32_t cell = 0; cell < made.counts.size(); ++cell) {
      if (!unseen[cell] || sums.fixed[cell]) {
        sums.unseen[same[cell]] = false;
      }
    }
    sums.asked = sums.unseen;
    sums.asked.flip();
  }
  return sums;
}

struct Outcome {
  std::size_t cells = 0;
  std::size_t unsafe = 0;
  std::size_t more = 0;    // hidden for the sake of the unsafe ones
  std::size_t narrow = 0;  // unsafe, and known more narrowly than `looked_for`
};

// Hides, then looks at it as an outsider does.
// `unseen` are cells of no table; empty: none.
Result<Outcome> protect_and_audit(const CountedTable& made, const std::vector<bool>& unseen,
                                  std::int64_t threshold, std::int64_t width,
                                  std::int64_t looked_for) {
  sums::System system{tables::relations_of(made.table), {}};
  const std::vector<std::uint32_t> same = same_people(made, system.relations);
  const protect::Sums sums = sums_of(made, same, unseen, threshold, width);
  ASSIGN_OR_RETURN(const protect::Hidden hidden, hide(sums));
  Outcome outcome;
  sums::IntervalQuestion question;
  question.enough = looked_for;
  question.solution = made.counts;
  question.programs = 2'000;
  std::vector<bool> hidden_cells;
  for (std::uint32_t cell = 0; cell < hidden.size(); ++cell) {
    const std::int64_t count = made.counts[cell];
    const bool told = sums.is_unseen(same[cell]);
    const bool unsafe = count > 0 && count < threshold && !told;
    hidden_cells.push_back(hidden[same[cell]]);
    outcome.unsafe += unsafe ? 1 : 0;
    outcome.more += hidden_cells.back() && !unsafe && !told ? 1 : 0;
    outcome.cells += told ? 0 : 1;
    system.ranges.push_back(hidden_cells.back() ? sums::Range{told ? 0 : 1, sums::no_limit}
                                                : sums::Range{count, count});
    if (unsafe) {
      question.cells.push_back(cell);
    }
  }
  const auto given_away = [&](std::uint32_t cell) {
    return sums.unsafe[same[cell]] || !sums.is_unseen(same[cell]);
  };
  if (std::ranges::any_of(sums::eliminate(system.relations, hidden_cells).determined, given_away)) {
    return machine_fault("the audit finds a hidden cell that is given away");
  }
  if (looked_for > 0) {
    Progress progress(Progress::Manner::none);
    ASSIGN_OR_RETURN(const auto found, sums::intervals(system, question, progress, Stop()));
    for (const sums::Interval& interval : found) {
      outcome.narrow += interval.width() < looked_for ? 1 : 0;
    }
  }
  return outcome;
}

Result<std::string> described(const Result<Outcome>& outcome) {
  if (!outcome) {
    return std::unexpected(outcome.error());
  }
  return fmt::format("{} cells, {} unsafe, {} more hidden, {} unsafe ones too narrow",
                     outcome->cells, outcome->unsafe, outcome->more, outcome->narrow);
}

// Adult, beside GaussSuppression 1.2.3 on the same tables (counts 1 to 9 unsafe; idle machine of
// two cores): what it hides beside the unsafe cells, and its seconds.
struct Peer {
  const char* name;
  std::vector<std::string> columns;
  double more;
  double seconds;
};

Status adult_bench(Figures& figures) {
  const std::vector<Peer> peers = {
      {"education-country", {"education", "native-country"}, 58, 0.64},
      {"education-occupation-marital", {"education", "occupation", "marital-status"}, 573, 7.7},
      {"workclass-marital", {"workclass", "marital-status"}, 19, 0.05}};
  for (const Peer& peer : peers) {
    const auto made = adult_table("../shared/data/arx_adult", peer.columns);
    if (!made) {
      fmt::print("protect.adult: skipped, the data is not beside the checkout\n");
      return {};
    }
    const std::string name = fmt::format("protect.adult.{}", peer.name);
    ASSIGN_OR_RETURN(const Measured measured,
                     in_child([&] { return described(protect_and_audit(*made, {}, 10, 0, 0)); }));
    ASSIGN_OR_RETURN(const Outcome exact, protect_and_audit(*made, {}, 10, 0, 11));
    ASSIGN_OR_RETURN(const Outcome wide, protect_and_audit(*made, {}, 10, 11, 11));
    fmt::print(
        "{}: {} cells, {} unsafe; {} more hidden, {} unsafe ones narrower than 11; "
        "asked to be 11 wide, {} more hidden, {} narrower\n",
        name, exact.cells, exact.unsafe, exact.more, exact.narrow, wide.more, wide.narrow);
    figures.add(name + ".more_hidden", static_cast<double>(exact.more), "cells",
                "GaussSuppression 1.2.3", peer.more, 1);
    figures.add(name + ".time", measured.seconds, "s", "GaussSuppression 1.2.3", peer.seconds,
                0.05);
  }
  return {};
}

struct Case {
  const char* name;
  std::vector<Shape> shapes;
  double mean;
  std::int64_t width;
  double allowed;  // seconds
  double megabytes;
  bool two_tables = false;  // of which cells by leaves of the first two dimensions are in none
};

}  // namespace

Status protect_bench(const Setting& setting, Figures& figures) {
  RETURN_IF_ERROR(adult_bench(figures));
  const std::vector<Case> cases = {
      {"protect.10k", {{17, 3}, {18, 3}, {19, 3}}, 30, 0, 2, 4'000},
      {"protect.100k", {{38, 6}, {39, 6}, {40, 6}}, 30, 0, 2, 4'000},
      {"protect.1m", {{84, 10}, {90, 10}, {90, 10}}, 38, 0, 60, 4'000},
      {"protect.widths.10k", {{17, 3}, {18, 3}, {19, 3}}, 30, 11, 120, 4'000},
      {"protect.widths.100k", {{38, 6}, {39, 6}, {40, 6}}, 30, 11, 120, 4'000},
      {"protect.overlaps.5k", {{19, 10}, {96, 13}, {2, 0}}, 8, 11, 5, 4'000, true},
  };
  for (const Case& one : cases) {
    if (!setting.full && one.allowed > 5 && std::string_view(one.name) != "protect.widths.10k") {
      continue;
    }
    const CountedTable made = table_of(one.shapes, one.mean);
    const std::vector<bool> unseen = one.two_tables ? told_by_two(made) : std::vector<bool>();
    ASSIGN_OR_RETURN(const Measured measured, in_child([&] {
                       return described(protect_and_audit(made, unseen, 11, one.width, one.width));
                     }));
    fmt::print("{}: {}\n", one.name, measured.answer);
    figures.add(fmt::format("{}.time", one.name), measured.seconds, "s", "what is allowed",
                one.allowed, 1);
    figures.add(fmt::format("{}.memory", one.name), measured.megabytes, "MB", "what is allowed",
                one.megabytes, 1);
  }
  return {};
}

}  // namespace parcours::bench
