#include "protect/left_before.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "base/progress.h"
#include "base/stop.h"
#include "sums/intervals.h"
#include "tables/table.h"

namespace parcours::protect {

LeftBefore::LeftBefore(const crowds::Counted& counted, const Unknowns& unknowns,
                       const std::vector<bool>& known)
    : counts_(unknowns.count(), 0) {
  for (std::size_t t = 0; t < counted.tables.size(); ++t) {
    std::vector<std::uint32_t> numbers;
    for (std::size_t c = 0; c < counted.tables[t].cells.size(); ++c) {
      numbers.push_back(unknowns.of(t, c));
      if (numbers.back() == nobody) {
        numbers.back() = static_cast<std::uint32_t>(counts_.size());
        counts_.push_back(0);
      } else {
        counts_[numbers.back()] = counted.tables[t].cells[c].patients;
      }
    }
    const tables::Table shape{"", {}, counted.tables[t].dimensions, {}, {}};
    for (tables::Relation& relation : tables::relations_of(shape, numbers)) {
      system_.relations.push_back(std::move(relation));
    }
  }
  std::vector<bool> peopled(counts_.size(), false);
  for (std::size_t o = 0; o < counted.overlaps.size(); ++o) {
    const crowds::CrowdOverlap& overlap = counted.overlaps[o];
    std::vector<std::uint32_t> numbers;
    for (std::size_t g = 0; g < overlap.groups.size(); ++g) {
      numbers.push_back(unknowns.of_group(o, g));
      counts_[numbers.back()] = overlap.groups[g].patients;
      peopled[numbers.back()] = peopled[numbers.back()] || overlap.peopled;
    }
    for (tables::Relation& relation : tables::in_numbers(overlap.relations, numbers)) {
      system_.relations.push_back(std::move(relation));
    }
  }
  system_.relations = tables::distinct(std::move(system_.relations));
  for (std::size_t u = 0; u < counts_.size(); ++u) {
    system_.ranges.push_back(u < known.size() && known[u]
                                 ? sums::Range{counts_[u], counts_[u]}
                                 : sums::Range{peopled[u] ? 1 : 0, sums::no_limit});
  }
}

std::int64_t LeftBefore::width(std::uint32_t unknown, std::int64_t enough) const {
  sums::IntervalQuestion question;
  question.cells = {unknown};
  question.enough = enough;
  question.over_reals = true;
  question.solution = counts_;
  Progress progress(Progress::Manner::none);
  const auto found = sums::intervals(system_, question, progress, Stop());
  PARCOURS_CHECK(found.has_value());  // counts of people add up
  if (found->empty()) {
    return 0;  // it is known
  }
  return std::min(enough, found->front().carried_width.value_or(found->front().width()));
}

}  // namespace parcours::protect
