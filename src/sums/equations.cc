#include "sums/equations.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "base/check.h"
#include "base/int128.h"

namespace parcours::sums {
namespace {

struct Row {
  std::vector<Equations::Term> terms;
  std::int64_t sum = 0;
  std::uint32_t relation = 0;
};

// Terms by unknown, each once, without those that cancel out; the first coefficient positive.
void tidy(Row& row) {
  std::ranges::sort(row.terms);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < row.terms.size(); ++i) {
    if (kept > 0 && row.terms[kept - 1].index == row.terms[i].index) {
      row.terms[kept - 1].coefficient += row.terms[i].coefficient;
    } else {
      row.terms[kept++] = row.terms[i];
    }
  }
  row.terms.resize(kept);
  std::erase_if(row.terms, [](const Equations::Term& term) { return term.coefficient == 0; });
  if (!row.terms.empty() && row.terms.front().coefficient < 0) {
    row.sum = -row.sum;
    for (Equations::Term& term : row.terms) {
      term.coefficient = -term.coefficient;
    }
  }
}

Result<Row> row_of(const tables::Relation& relation, std::uint32_t number, const System& system,
                   const std::vector<std::uint32_t>& unknown_of) {
  Row row;
  row.relation = number;
  Int128 known = 0;
  for (const tables::Relation::Term& term : relation.terms) {
    if (unknown_of[term.cell] == no_unknown) {
      known += static_cast<Int128>(term.coefficient) * system.ranges[term.cell].low;
    } else {
      row.terms.push_back({unknown_of[term.cell], term.coefficient});
    }
  }
  if (known > no_limit || known < -no_limit) {
    return bad_input("a sum that is too large to be added up exactly", fmt::format("{}", number));
  }
  row.sum = -static_cast<std::int64_t>(known);
  tidy(row);
  if (row.terms.empty() && row.sum != 0) {
    return bad_input("a sum that does not come out", fmt::format("{}", number));
  }
  return row;
}

}  // namespace

Result<Equations> Equations::of(const System& system) {
  Equations made;
  made.unknown_of_.assign(system.ranges.size(), no_unknown);
  for (std::uint32_t cell = 0; cell < system.ranges.size(); ++cell) {
    PARCOURS_CHECK(system.ranges[cell].low <= system.ranges[cell].high);
    if (!system.ranges[cell].known()) {
      made.unknown_of_[cell] = static_cast<std::uint32_t>(made.cells_.size());
      made.cells_.push_back(cell);
      made.ranges_.push_back(system.ranges[cell]);
    }
  }
  std::vector<Row> rows;
  for (std::uint32_t r = 0; r < system.relations.size(); ++r) {
    ASSIGN_OR_RETURN(Row row, row_of(system.relations[r], r, system, made.unknown_of_));
    if (!row.terms.empty()) {
      rows.push_back(std::move(row));
    }
  }
  std::ranges::stable_sort(rows, {}, &Row::terms);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i > 0 && rows[i].terms == rows[i - 1].terms) {
      if (rows[i].sum != rows[i - 1].sum) {
        return bad_input("two sums that contradict each other",
                         fmt::format("{}", rows[i].relation));
      }
      continue;
    }
    made.rows_.insert(made.rows_.end(), rows[i].terms.begin(), rows[i].terms.end());
    made.row_starts_.push_back(static_cast<std::uint32_t>(made.rows_.size()));
    made.sums_.push_back(rows[i].sum);
    made.relations_.push_back(rows[i].relation);
  }
  made.fill_columns();
  return made;
}

void Equations::fill_columns() {
  column_starts_.assign(unknowns() + 1, 0);
  for (const Term& term : rows_) {
    ++column_starts_[term.index + 1];
  }
  std::partial_sum(column_starts_.begin(), column_starts_.end(), column_starts_.begin());
  columns_.resize(rows_.size());
  std::vector<std::uint32_t> next(column_starts_.begin(), column_starts_.end() - 1);
  for (std::uint32_t r = 0; r < rows(); ++r) {
    for (const Term& term : row(r)) {
      columns_[next[term.index]++] = {r, term.coefficient};
    }
  }
}

std::vector<Equations::Part> Equations::parts() const {
  std::vector<std::uint32_t> part_of(unknowns(), no_unknown);
  std::vector<Part> parts;
  std::vector<bool> row_seen(rows(), false);
  std::vector<std::uint32_t> waiting;
  for (std::uint32_t first = 0; first < unknowns(); ++first) {
    if (part_of[first] != no_unknown) {
      continue;
    }
    const auto number = static_cast<std::uint32_t>(parts.size());
    Part part;
    part_of[first] = number;
    waiting.push_back(first);
    while (!waiting.empty()) {
      const std::uint32_t u = waiting.back();
      waiting.pop_back();
      part.unknowns.push_back(u);
      for (const Term& in : column(u)) {
        if (row_seen[in.index]) {
          continue;
        }
        row_seen[in.index] = true;
        part.rows.push_back(in.index);
        for (const Term& term : row(in.index)) {
          if (part_of[term.index] == no_unknown) {
            part_of[term.index] = number;
            waiting.push_back(term.index);
          }
        }
      }
    }
    std::ranges::sort(part.unknowns);
    std::ranges::sort(part.rows);
    parts.push_back(std::move(part));
  }
  return parts;
}

bool Equations::solves(const Part& part, std::span<const std::int64_t> values,
                       std::int64_t below) const {
  for (const std::uint32_t u : part.unknowns) {
    const Int128 value = values[u];
    if (value < static_cast<Int128>(ranges_[u].low) * below ||
        (ranges_[u].high != no_limit && value > static_cast<Int128>(ranges_[u].high) * below)) {
      return false;
    }
  }
  return std::ranges::all_of(part.rows, [&](std::uint32_t r) {
    Int128 sum = 0;
    for (const Term& term : row(r)) {
      sum += static_cast<Int128>(term.coefficient) * values[term.index];
    }
    return sum == static_cast<Int128>(sums_[r]) * below;
  });
}

}  // namespace parcours::sums
