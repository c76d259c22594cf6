// A tally: the crowds that one thread has counted so far, for the population and all tables of a
// study.
//
//   Tally tally = ...;                                       // one a worker
//   if (const Standing* standing = asker.ask(record)) tally.add(record, *standing);
//   tally.merge(std::move(other_workers));
//   Counted counted = std::move(tally).counted();
//
// In a table of `of` or `mean`, and in the population, a patient counts for the practice that holds
// them. In a table of `each` they count once in every cell that an event of theirs falls into, for
// every practice that recorded one there. In a table of means only patients with a value count: its
// crowds are the people behind the mean.
//
// The cells of one patient are far apart in memory. A tally first collects the cells of a few
// patients and prefetches their cache lines, then counts them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "base/error.h"
#include "crowds/counters.h"
#include "crowds/crowd_table.h"
#include "crowds/roll.h"
#include "records/keys.h"
#include "records/record.h"
#include "study/plan.h"

namespace parcours::crowds {

class Tally {
 public:
  // `tables` and `overlaps` must outlive the tally. Errors: the machine has not the memory.
  static Result<Tally> make(std::span<const study::PlanTable> tables,
                            std::span<const study::PlanOverlap> overlaps,
                            std::uint32_t practices_exact, const records::KeyedHash& hash);

  // Counts a patient of the population, who must not come twice. The record needs its practices
  // when there is a table of `each`, its days when one is windowed.
  void add(const records::Record& record, const study::Standing& standing);

  // Adds what another tally of the same tables has counted, of other patients.
  void merge(Tally&& other);

  // From now on keeps who is counted where.
  void keep_roll();
  // Of all patients, in order; before counted() is asked.
  Roll take_roll() { return in_order(*std::exchange(roll_, std::nullopt)); }

  // The tables with their margins. Errors: a value that is too large to sum; no memory.
  Result<Counted> counted() &&;

 private:
  // Noted cells of one arrival: from the end of the run before to `end`.
  struct Run {
    Arrival arrival;
    std::size_t end;
  };

  Tally(std::span<const study::PlanTable> tables, std::span<const study::PlanOverlap> overlaps,
        const records::KeyedHash& hash, Counters counters);

  Arrival arrive(records::PracticeId practice, Uint128 hash, std::uint32_t first);
  void note_home(const study::Standing& standing);
  void note_events(const records::Record& record, const study::Standing& standing,
                   const Arrival& home);
  void note_events_of(std::optional<records::PracticeId> practice, const records::Record& record,
                      const study::Standing& standing);
  template <class Counts>
  void note_row(std::size_t table, std::uint32_t row, std::span<const vocabulary::CodeId> codes,
                Counts counts);
  void note(std::size_t cell);
  void enrol(const records::Record& record, const study::Standing& standing,
             std::span<const std::uint32_t> noted);
  void close_run(const Arrival& arrival);
  void settle();

  std::span<const study::PlanTable> tables_;
  std::span<const study::PlanOverlap> overlaps_;
  records::KeyedHash hash_;
  Counters counters_;  // of all tables one after the other, of all overlaps, the population last
  std::vector<std::size_t> first_cell_;        // by table
  std::vector<std::size_t> first_of_overlap_;  // by overlap
  std::size_t population_;
  std::vector<std::vector<ValueCrowd>> sums_;  // by table, by cell; empty but for means
  std::vector<bool> too_large_;                // by table: a value did not fit
  bool has_each_ = false;
  std::optional<Roll> roll_;
  std::uint32_t turn_ = 0;

  std::vector<std::uint32_t> noted_;  // the first `noted_end_`: cells not yet counted
  std::size_t noted_end_ = 0;
  std::vector<Run> runs_;
  std::vector<records::PracticeId> practices_;  // of one record
};

}  // namespace parcours::crowds
