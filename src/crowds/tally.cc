#include "crowds/tally.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "base/check.h"
#include "crowds/margins.h"
#include "crowds/overlap_groups.h"

namespace parcours::crowds {
namespace {

// Cells noted before they are counted: enough to have their lines come side by side, few enough to
// stay in the nearest cache.
constexpr std::size_t noted_at_once = 256;

// The days that a windowed table counts, both ends included.
struct DaysSeen {
  std::int64_t first;
  std::int64_t last;
  bool has(Day day) const { return first <= day.number && day.number <= last; }
};

// The dimensions of a table's groups, as many as they have cells; none for `of`.
std::span<const tables::Dimension> group_dimensions(const study::PlanTable& table) {
  const std::span<const tables::Dimension> all = table.dimensions;
  return table.what == study::StudyTable::What::each ? all.first(all.size() - 1) : all;
}

std::size_t group_cells(const study::PlanTable& table) {
  return table.what == study::StudyTable::What::of ? 0 : counted_cells(group_dimensions(table));
}

std::vector<Crowd> crowds_of(const Counters& counters) {
  std::vector<Crowd> crowds;
  crowds.reserve(counters.cells());
  for (std::size_t cell = 0; cell < counters.cells(); ++cell) {
    crowds.push_back(counters.crowd(cell));
  }
  return crowds;
}

DaysSeen days_of(const study::PlanTable& table, Day index) {
  DaysSeen days{table.first.number, table.last.number};
  if (table.within) {
    days.first = std::max(days.first, std::int64_t{index.number} + table.within->first);
    days.last = std::min(days.last, std::int64_t{index.number} + table.within->last);
  }
  return days;
}

}  // namespace

Tally::Tally(std::span<const study::PlanTable> tables, std::span<const study::PlanOverlap> overlaps,
             const records::KeyedHash& hash, Counters counters)
    : tables_(tables),
      overlaps_(overlaps),
      hash_(hash),
      counters_(std::move(counters)),
      too_large_(tables.size()) {
  std::size_t cells = 0;
  for (const study::PlanTable& table : tables) {
    PARCOURS_CHECK(table.cells == counted_cells(table.dimensions));
    first_cell_.push_back(cells);
    cells += table.cells + group_cells(table);
    const bool mean = table.what == study::StudyTable::What::mean;
    sums_.emplace_back(mean ? table.cells : 0);
    has_each_ = has_each_ || table.what == study::StudyTable::What::each;
  }
  for (const study::PlanOverlap& overlap : overlaps) {
    first_of_overlap_.push_back(cells);
    cells += overlap.cells;
  }
  population_ = cells;
}

Result<Tally> Tally::make(std::span<const study::PlanTable> tables,
                          std::span<const study::PlanOverlap> overlaps,
                          std::uint32_t practices_exact, const records::KeyedHash& hash) {
  std::size_t cells = 1;  // the population
  for (const study::PlanTable& table : tables) {
    cells += table.cells + group_cells(table);
  }
  for (const study::PlanOverlap& overlap : overlaps) {
    cells += overlap.cells;
  }
  if (cells > std::numeric_limits<std::uint32_t>::max()) {
    return bad_input(fmt::format("the study's tables have {} cells in total", cells), {},
                     "use fewer categories: at most 4294967295 cells");
  }
  ASSIGN_OR_RETURN(Counters counters, Counters::make(cells, practices_exact));
  return Tally(tables, overlaps, hash, std::move(counters));
}

void Tally::add(const records::Record& record, const study::Standing& standing) {
  // Turns are numbered anew before they run out; a patient has one for home and at most one for
  // each event.
  if (std::numeric_limits<std::uint32_t>::max() - turn_ < record.size() + 2) {
    settle();
    counters_.forget_turns();
    turn_ = 0;
  }
  // The population; a cell of each overlap; in each table the group, and a cell for home, or for
  // each event and, once a practice, the total.
  const std::size_t most =
      noted_end_ + 1 + overlaps_.size() + tables_.size() * (2 * record.size() + 2);
  if (noted_.size() < most) {
    noted_.resize(most);
  }
  const Arrival home = arrive(record.patient.practice, hash_(record.patient.id), turn_ + 1);
  const std::size_t first_noted = noted_end_;
  note_home(standing);
  close_run(home);
  if (has_each_ && record.size() > 0) {
    note_events(record, standing, home);
  }
  if (roll_) {
    enrol(record, standing, std::span(noted_).subspan(first_noted, noted_end_ - first_noted));
  }
  if (noted_end_ >= noted_at_once) {
    settle();
  }
}

void Tally::keep_roll() {
  roll_.emplace();
  for (const study::PlanTable& table : tables_) {
    Roll::OfTable& kept = roll_->tables.emplace_back();
    if (table.what == study::StudyTable::What::each) {
      kept.starts.push_back(0);
    }
  }
}

// `noted`: the cells in which the patient was just counted.
void Tally::enrol(const records::Record& record, const study::Standing& standing,
                  std::span<const std::uint32_t> noted) {
  roll_->ids.push_back(record.patient.id);
  roll_->practices.push_back(record.patient.practice);
  for (std::size_t t = 0; t < tables_.size(); ++t) {
    const study::PlanTable& table = tables_[t];
    Roll::OfTable& kept = roll_->tables[t];
    std::uint32_t place = standing.cell[t];
    if (table.what == study::StudyTable::What::mean) {
      const bool counts = place != study::no_cell && records::has_value(standing.value[t]);
      place = counts ? place : study::no_cell;
      kept.values.push_back(counts ? micro(standing.value[t]).value_or(0) : 0);
    } else if (table.what == study::StudyTable::What::each) {
      const std::size_t before = kept.columns.size();
      for (const std::uint32_t cell : noted) {
        const std::size_t column = (cell - first_cell_[t]) % table.columns;
        if (cell >= first_cell_[t] && cell - first_cell_[t] < table.cells &&
            column + 1 < table.columns) {
          kept.columns.push_back(static_cast<std::uint32_t>(column));
        }
      }
      const auto fresh = kept.columns.begin() + static_cast<std::ptrdiff_t>(before);
      std::sort(fresh, kept.columns.end());
      kept.columns.erase(std::unique(fresh, kept.columns.end()), kept.columns.end());
      kept.starts.push_back(static_cast<std::uint32_t>(kept.columns.size()));
      place = place == study::no_cell ? study::no_cell : place / table.columns;
    }
    kept.places.push_back(place);
  }
}

Arrival Tally::arrive(records::PracticeId practice, Uint128 hash, std::uint32_t first) {
  const std::uint32_t key = practice + 1;
  return {.hash = hash,
          .key = key,
          .class_word = counters_.layout().class_word(key),
          .turn = ++turn_,
          .first = first};
}

void Tally::note(std::size_t cell) {
  counters_.prefetch(cell);
  noted_[noted_end_++] = static_cast<std::uint32_t>(cell);
}

void Tally::close_run(const Arrival& arrival) {
  if (noted_end_ > (runs_.empty() ? 0 : runs_.back().end)) {
    runs_.push_back({arrival, noted_end_});
  }
}

void Tally::settle() {
  const std::span<const std::uint32_t> noted = noted_;
  std::size_t begin = 0;
  for (const Run& run : runs_) {
    counters_.add(noted.subspan(begin, run.end - begin), run.arrival);
    begin = run.end;
  }
  runs_.clear();
  noted_end_ = 0;
}

void Tally::note_home(const study::Standing& standing) {
  note(population_);
  for (std::size_t o = 0; o < overlaps_.size(); ++o) {
    note(first_of_overlap_[o] + standing.overlap[o]);
  }
  for (std::size_t t = 0; t < tables_.size(); ++t) {
    const study::PlanTable& table = tables_[t];
    const std::uint32_t cell = standing.cell[t];
    if (cell == study::no_cell) {
      continue;
    }
    const std::size_t first_group = first_cell_[t] + table.cells;
    if (table.what == study::StudyTable::What::each) {
      note(first_group + cell / table.columns);
      continue;
    }
    if (table.what == study::StudyTable::What::mean) {
      note(first_group + cell);
      const double value = standing.value[t];
      if (!records::has_value(value)) {
        continue;
      }
      const std::optional<Micro> fixed = micro(value);
      too_large_[t] = too_large_[t] || !fixed;
      sums_[t][cell].add(fixed.value_or(0));
    }
    note(first_cell_[t] + cell);
  }
}

void Tally::note_events(const records::Record& record, const study::Standing& standing,
                        const Arrival& home) {
  const records::PracticeId one = record.practices.front();
  records::PracticeId different = 0;
  for (const records::PracticeId practice : record.practices) {
    different |= practice ^ one;
  }
  practices_.assign(1, one);
  if (different != 0) {
    practices_.assign(record.practices.begin(), record.practices.end());
    std::sort(practices_.begin(), practices_.end());
    practices_.erase(std::unique(practices_.begin(), practices_.end()), practices_.end());
  }
  for (const records::PracticeId practice : practices_) {
    const Arrival arrival =
        practice == record.patient.practice ? home : arrive(practice, home.hash, home.first);
    note_events_of(different != 0 ? std::optional(practice) : std::nullopt, record, standing);
    close_run(arrival);
  }
}

// Where the events lead that `practice` recorded; without one, all events.
void Tally::note_events_of(std::optional<records::PracticeId> practice,
                           const records::Record& record, const study::Standing& standing) {
  for (std::size_t t = 0; t < tables_.size(); ++t) {
    const study::PlanTable& table = tables_[t];
    const std::uint32_t row = standing.cell[t];
    if (table.what != study::StudyTable::What::each || row == study::no_cell) {
      continue;
    }
    if (!practice && !table.windowed) {
      note_row(t, row, record.codes, [](std::size_t) { return true; });
      continue;
    }
    const DaysSeen days = days_of(table, standing.index);
    note_row(t, row, record.codes, [&](std::size_t i) {
      return (!practice || record.practices[i] == *practice) &&
             (!table.windowed || days.has(record.days[i]));
    });
  }
}

template <class Counts>
void Tally::note_row(std::size_t table, std::uint32_t row,
                     std::span<const vocabulary::CodeId> codes, Counts counts) {
  const std::span<const std::uint32_t> column_of_code = tables_[table].column_of_code;
  const std::size_t first = first_cell_[table] + row;
  const std::uint32_t* const begin = noted_.data() + noted_end_;
  std::uint32_t* end = noted_.data() + noted_end_;
  const auto note_cell = [&](std::size_t cell) {
    counters_.prefetch(cell);
    *end++ = static_cast<std::uint32_t>(cell);
  };
  for (std::size_t i = 0; i < codes.size(); ++i) {
    const vocabulary::CodeId code = codes[i];
    const std::uint32_t column =
        code < column_of_code.size() ? column_of_code[code] : study::no_column;
    if (column != study::no_column && counts(i)) {
      note_cell(first + column);
    }
  }
  if (end != begin) {
    note_cell(first + tables_[table].columns - 1);  // any of them
  }
  noted_end_ += static_cast<std::size_t>(end - begin);
}

void Tally::merge(Tally&& other) {
  settle();
  other.settle();
  counters_.merge(other.counters_);
  if (roll_) {
    append(*roll_, *std::exchange(other.roll_, std::nullopt));
  }
  for (std::size_t t = 0; t < tables_.size(); ++t) {
    for (std::size_t cell = 0; cell < sums_[t].size(); ++cell) {
      sums_[t][cell].merge(other.sums_[t][cell]);
    }
    too_large_[t] = too_large_[t] || other.too_large_[t];
  }
}

Result<Counted> Tally::counted() && {
  settle();
  Counted counted{.population = counters_.crowd(population_)};
  for (std::size_t t = 0; t < tables_.size(); ++t) {
    const study::PlanTable& table = tables_[t];
    if (too_large_[t]) {
      return bad_input(fmt::format("table '{}' averages a value that is too large", table.id), {},
                       "use values between -9.2e12 and 9.2e12");
    }
    ASSIGN_OR_RETURN(const Counters all, with_margins(counters_, first_cell_[t], table.dimensions));
    CrowdTable result{.id = table.id,
                      .title = table.title,
                      .dimensions = table.dimensions,
                      .sensitive = table.sensitive,
                      .mean_of = table.mean_of};
    result.cells = crowds_of(all);
    if (table.what != study::StudyTable::What::of) {
      ASSIGN_OR_RETURN(const Counters groups, with_margins(counters_, first_cell_[t] + table.cells,
                                                           group_dimensions(table)));
      result.groups = crowds_of(groups);
    }
    if (table.what == study::StudyTable::What::mean) {
      const std::vector<ValueCrowd> sums = with_margins(sums_[t], table.dimensions);
      for (std::size_t cell = 0; cell < sums.size(); ++cell) {
        result.cells[cell].value = sums[cell];
      }
    }
    counted.tables.push_back(std::move(result));
  }
  for (std::size_t o = 0; o < overlaps_.size(); ++o) {
    ASSIGN_OR_RETURN(CrowdOverlap overlap,
                     overlap_groups(counters_, first_of_overlap_[o], overlaps_[o]));
    counted.overlaps.push_back(std::move(overlap));
  }
  return counted;
}

}  // namespace parcours::crowds
