#include "release/closeness.h"

#include <algorithm>
#include <map>
#include <span>

#include "release/looked.h"
#include "release/taught.h"
#include "release/witnesses.h"
#include "sums/intervals.h"

namespace parcours::release {
namespace {

// How wide the releases before leave these, as far as `width`: nothing of this release is known,
// not even where its tables have nobody.
Result<std::vector<sums::Interval>> left_by_releases_before(const Looked& looked,
                                                            std::int64_t width,
                                                            std::vector<std::uint32_t> cells) {
  sums::System system = looked.system;
  for (std::size_t u = 0; u < looked.counts.size(); ++u) {
    const std::int64_t count = looked.counts[u];
    system.ranges[u] = looked.before[u]
                           ? sums::Range{count, count}
                           : sums::Range{looked.peopled_before[u] ? 1 : 0, sums::no_limit};
  }
  sums::IntervalQuestion question;
  question.enough = width;
  question.over_reals = true;
  question.cells = std::move(cells);
  question.solution = looked.counts;
  Progress progress(Progress::Manner::none);
  return sums::intervals(system, question, progress, Stop());
}

// The tables that these figures stand in, or else share a sum with.
std::vector<std::string> tables_beside(const Looked& looked, const crowds::Counted& counted,
                                       const std::vector<std::uint32_t>& figures) {
  std::vector<bool> near(looked.counts.size(), false);
  const auto is_narrow = [&](std::uint32_t u) { return std::ranges::binary_search(figures, u); };
  for (const tables::Relation& relation : looked.system.relations) {
    const auto meets = [&](const tables::Relation::Term& term) { return is_narrow(term.cell); };
    if (std::ranges::any_of(relation.terms, meets)) {
      for (const tables::Relation::Term& term : relation.terms) {
        near[term.cell] = true;
      }
    }
  }
  std::vector<std::string> in;
  std::vector<std::string> beside;
  for (std::size_t t = 0; t < counted.tables.size(); ++t) {
    const std::span<const std::uint32_t> cells = looked.numbers.of(t);
    if (std::ranges::any_of(cells, is_narrow)) {
      in.push_back(counted.tables[t].id);
    }
    if (std::ranges::any_of(cells, [&](std::uint32_t u) { return near[u]; })) {
      beside.push_back(counted.tables[t].id);
    }
  }
  return in.empty() ? beside : in;
}

Status look_at_widths(const Looked& looked, const crowds::Counted& counted, std::int64_t width,
                      std::span<const protect::Witness> witnesses, Closeness& found) {
  // Where releases before left less, no more than that is asked.
  const auto asked_of = [&](std::uint32_t u) {
    return counted.width_left(looked.people[u], width);
  };
  std::vector<bool> wide(looked.counts.size(), false);
  std::vector<bool> wide_in_whole_tables = wide;
  for (const Witnessed& one : checked(witnesses, looked.numbers, looked.system, looked.counts)) {
    wide[one.figure] = one.width >= asked_of(one.figure);
    wide_in_whole_tables[one.figure] = one.whole && one.width >= width;
  }
  sums::IntervalQuestion question;
  question.enough = width;
  question.over_reals = true;
  question.solution = looked.counts;
  for (std::uint32_t u = 0; u < looked.counts.size(); ++u) {
    if (looked.hidden[u] && looked.unsafe[u] && (looked.in_tables[u] || looked.difference[u])) {
      ++found.asked;
      found.proved += wide_in_whole_tables[u] ? 1 : 0;
      if (!wide[u] && asked_of(u) > 0) {
        question.cells.push_back(u);
        question.enough_of.push_back(asked_of(u));
      }
    }
  }
  if (question.cells.empty()) {
    return {};
  }
  Progress progress(Progress::Manner::none);
  ASSIGN_OR_RETURN(const std::vector<sums::Interval> intervals_found,
                   sums::intervals(looked.system, question, progress, Stop()));
  std::vector<std::uint32_t> narrow;
  std::map<std::uint32_t, std::int64_t> width_of;
  for (const sums::Interval& interval : intervals_found) {
    const std::int64_t carried = interval.carried_width.value_or(0);
    if (interval.width() < width && carried < asked_of(interval.cell)) {
      narrow.push_back(interval.cell);
      width_of[interval.cell] = interval.width();
    }
    found.proved += interval.reached_width() >= width ? 1 : 0;
  }
  if (!narrow.empty() && std::ranges::find(looked.before, true) != looked.before.end()) {
    ASSIGN_OR_RETURN(const std::vector<sums::Interval> before,
                     left_by_releases_before(looked, width, narrow));
    for (const sums::Interval& interval : before) {
      const std::int64_t left = interval.carried_width.value_or(interval.width());
      if (left <= width_of.at(interval.cell)) {
        std::erase(narrow, interval.cell);
        found.narrow_before.push_back({looked.people[interval.cell], left});
      }
    }
  }
  std::ranges::sort(narrow);
  found.narrow = narrow.size();
  found.tables = tables_beside(looked, counted, narrow);
  return {};
}

}  // namespace

Result<Closeness> closeness(const crowds::Counted& counted,
                            const std::vector<tables::Table>& tables, const protect::Rules& rules,
                            std::span<const protect::Witness> witnesses) {
  Closeness found;
  if (rules.width_min == 0 && !rules.cover_insiders) {
    return found;
  }
  const Looked looked = look(counted, tables, rules);
  if (rules.width_min > 0) {
    RETURN_IF_ERROR(look_at_widths(looked, counted, rules.width_min, witnesses, found));
  }
  if (rules.cover_insiders) {
    found.taught = taught(looked);
  }
  return found;
}

}  // namespace parcours::release
