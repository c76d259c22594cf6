#include "protect/testing/any_sums.h"

#include <algorithm>
#include <utility>

namespace parcours::example {

protect::Sums sums_of(std::vector<std::size_t> categories) {
  tables::Table table;
  for (const std::size_t count : categories) {
    table.dimensions.push_back({"d", {}, std::vector<tables::Category>(count), true});
  }
  const std::size_t cells = table.cell_count();
  return {tables::relations_of(table), std::vector<bool>(cells), std::vector<bool>(cells),
          std::vector<std::uint64_t>(cells, 1)};
}

Counts any_counts(std::int64_t min, std::int64_t width, bool with_insiders) {
  const auto shape = *rc::gen::elementOf(
      std::vector<std::vector<std::size_t>>{{5}, {3, 3}, {4, 4}, {2, 2, 3}, {3, 3, 2}});
  protect::Sums sums = sums_of(shape);
  const std::vector<tables::Relation> relations = sums.relations;
  tables::Table table;
  for (const std::size_t count : shape) {
    table.dimensions.push_back({"d", {}, std::vector<tables::Category>(count), true});
  }
  sums.counts.assign(sums.unsafe.size(), 0);
  for (std::size_t c = 0; c < sums.counts.size(); ++c) {
    sums.counts[c] = table.inner(c) ? *rc::gen::inRange<std::int64_t>(0, 25) : 0;
  }
  for (std::size_t again = 0; again < shape.size(); ++again) {
    for (const tables::Relation& relation : relations) {
      std::int64_t sum = 0;
      for (const tables::Relation::Term& term : relation.terms) {
        sum += term.coefficient == 1 ? 0 : sums.counts[term.cell];
      }
      sums.counts[relation.terms.front().cell] = sum;
    }
  }
  for (std::size_t c = 0; c < sums.counts.size(); ++c) {
    const std::int64_t count = sums.counts[c];
    sums.unsafe[c] = count > 0 && count < min;
    sums.fixed[c] = count == 0 || c + 1 == sums.counts.size();
    sums.costs[c] = static_cast<std::uint64_t>(count);
    if (with_insiders) {
      sums.alone.push_back(count == 1);
      sums.exposed.push_back(sums.unsafe[c]);
    }
  }
  sums.width = width;
  sums.least = 1;
  return {std::move(sums), relations};
}

std::vector<sums::Interval> audited(const Counts& counts, const std::vector<bool>& hidden) {
  sums::System system;
  system.relations = counts.relations;
  sums::IntervalQuestion question;
  question.solution = counts.sums.counts;
  for (std::uint32_t c = 0; c < hidden.size(); ++c) {
    const std::int64_t count = counts.sums.counts[c];
    system.ranges.push_back(hidden[c] ? sums::Range{1, sums::no_limit} : sums::Range{count, count});
    if (counts.sums.unsafe[c]) {
      question.cells.push_back(c);
    }
  }
  if (question.cells.empty()) {
    return {};
  }
  Progress progress(Progress::Manner::none);
  return sums::intervals(system, question, progress, Stop()).value();
}

bool narrow(const sums::Interval& interval, std::int64_t width) {
  return interval.width() < width;
}

bool teaches(const protect::Sums& sums, const std::vector<bool>& hidden) {
  if (sums.alone.empty()) {
    return false;
  }
  const auto before = sums::eliminate(sums.relations, hidden).determined;
  for (std::size_t who = 0; who < hidden.size(); ++who) {
    if (!hidden[who] || !sums.alone[who]) {
      continue;
    }
    std::vector<bool> known = hidden;
    known[who] = false;
    for (const std::uint32_t learnt : sums::eliminate(sums.relations, known).determined) {
      if (sums.exposed[learnt] && !std::ranges::binary_search(before, learnt)) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace parcours::example
