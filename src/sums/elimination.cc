#include "sums/elimination.h"

#include "base/check.h"

namespace parcours::sums {
namespace {

Elimination determined_cells(const Echelon& echelon) {
  Elimination elimination;
  for (const std::uint32_t unknown : echelon.determined()) {
    elimination.determined.push_back(echelon.cells()[unknown]);
  }
  return elimination;
}

// The combination adds up to: the hidden cell + everything known in it = 0.
Element value_by(const Combination& reason, std::span<const tables::Relation> relations,
                 std::span<const Range> ranges) {
  Element sum = 0;
  for (const Weight& weight : reason) {
    Element known = 0;
    for (const tables::Relation::Term& term : relations[weight.relation].terms) {
      if (const Range& range = ranges[term.cell]; range.known()) {
        known = plus(known, times(element_of(term.coefficient), element_of(range.low)));
      }
    }
    sum = plus(sum, times(weight.coefficient, known));
  }
  return minus(sum);
}

std::vector<WorkedOut> worked_out(std::span<const tables::Relation> relations,
                                  std::span<const Range> ranges) {
  const Elimination found = eliminate_and_explain(relations, unknown_cells(ranges));
  std::vector<WorkedOut> result;
  for (std::size_t i = 0; i < found.determined.size(); ++i) {
    result.push_back({found.determined[i], value_by(found.reasons[i], relations, ranges)});
  }
  return result;
}

}  // namespace

Elimination eliminate(std::span<const tables::Relation> relations,
                      const std::vector<bool>& hidden) {
  return determined_cells(Echelon(relations, hidden));
}

Elimination eliminate_and_explain(std::span<const tables::Relation> relations,
                                  const std::vector<bool>& hidden) {
  const Echelon echelon(relations, hidden);
  Elimination elimination = determined_cells(echelon);
  for (const std::uint32_t unknown : echelon.determined()) {
    std::optional<Combination> reason = echelon.reason(unknown);
    PARCOURS_CHECK(reason.has_value());
    elimination.reasons.push_back(*std::move(reason));
  }
  return elimination;
}

std::vector<WorkedOut> work_out(const System& system) {
  return worked_out(system.relations, system.ranges);
}

std::vector<WorkedOut> work_out(const System& system, std::uint32_t cell, std::int64_t value) {
  std::vector<Range> ranges = system.ranges;
  ranges[cell] = {value, value};
  return worked_out(system.relations, ranges);
}

}  // namespace parcours::sums
