// Care paths, laid out for the attack by known dated events.
//
// A patient's record is here a set of distinct (code, day) pairs. Every pair that occurs anywhere
// gets a number, in order of code, rarest code first, then day; so the pairs of one code within
// some days of each other have neighbouring numbers, and what many patients have lies close
// together. A record is an ascending list of pair numbers, and the index is its transpose: for
// every pair, the patients who have it.
//
//   pair      0          1          2              record of patient 0:  0 1
//             (R03, 3)   (J45, 3)   (J45, 9)       record of patient 1:  2
//   index     0          0          1
//
// Memory: 8 bytes for every (patient, pair), 12 for every distinct pair, 4 for every patient; while
// it is built, 12 bytes for every event, where one that came a short while before counts once: a
// file that repeats itself, as one that is packed very tightly must, takes no more. Personal data:
// none of it can be printed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "base/error.h"
#include "base/page_allocator.h"
#include "base/stop.h"

namespace parcours::paths {

struct Paths {
  std::vector<std::uint32_t> record_starts;   // one longer than patients
  std::vector<std::uint32_t> record_pairs;    // ascending within a patient, without repeats
  std::vector<std::uint32_t> index_starts;    // one longer than pairs
  std::vector<std::uint32_t> index_patients;  // ascending within a pair
  std::vector<std::uint32_t> pair_codes;      // one after another, the rarest first
  std::vector<std::int32_t> pair_days;        // ascending within a code
  // Beside record_pairs, where the order of a patient's pairs is known but not their days: 0 for
  // the first that came. Else empty.
  std::vector<std::uint32_t> record_places;

  std::size_t patients() const { return record_starts.size() - 1; }
  std::size_t pairs() const { return pair_codes.size(); }
  std::span<const std::uint32_t> record(std::size_t patient) const {
    return std::span(record_pairs)
        .subspan(record_starts[patient], record_starts[patient + 1] - record_starts[patient]);
  }
  // The place of a pair that the patient has; of paths with an order.
  std::uint32_t place(std::size_t patient, std::uint32_t pair) const;
};

// The days of a code's events.
struct CodeDays {
  std::int32_t first = std::numeric_limits<std::int32_t>::max();
  std::int32_t last = std::numeric_limits<std::int32_t>::min();
};

// Takes events in any order and lays them out. Patients and codes come as numbers from 0; a patient
// has at least one event, so leave no number out.
class PathsBuilder {
 public:
  void add(std::uint32_t patient, std::uint32_t code, std::int32_t day);
  // Frees what adding needs; build() does it as well.
  void settle() { recent_ = {}; }
  // Adds all that another builder has. Its patients get the numbers after those that are here. Add
  // no single event after that.
  void append(PathsBuilder other);
  std::uint64_t events() const { return events_; }
  // Of them, those that are kept until build().
  std::uint64_t held() const { return held_; }

  // The ranks say what number a patient or a code has in the end (a permutation; empty: the number
  // it came with). An error when the events are more than 2^32 - 2, or on request. The threads
  // change nothing in what is built.
  Result<Paths> build(std::span<const std::uint32_t> patient_ranks,
                      std::span<const std::uint32_t> code_ranks, const Stop& stop,
                      int threads = 1) &&;

 private:
  struct Event {
    std::uint32_t patient;
    std::uint32_t code;
    std::int32_t day;
    friend bool operator==(const Event&, const Event&) = default;
  };
  struct Numbered {
    std::uint32_t patient;
    std::uint32_t pair;
  };
  // Of many, so that each can go as soon as its events are numbered, and then in the records.
  struct Block {
    std::vector<Event, PageAllocator<Event>> events;
    std::vector<Numbered, PageAllocator<Numbered>> numbered;  // in their place
    std::uint32_t first_patient = 0;                          // to add to the events' patients
  };
  static constexpr std::size_t block_size = 1 << 16;
  static constexpr unsigned recent_bits = 16;

  std::vector<std::uint32_t> rare_codes_first(std::span<const std::uint32_t> code_ranks) const;
  std::vector<CodeDays> renumber(std::span<const std::uint32_t> patient_ranks,
                                 std::span<const std::uint32_t> code_ranks,
                                 std::span<const std::uint32_t> codes, int threads);
  void number_pairs(std::span<const CodeDays> spans, int threads, Paths& paths);
  void sort_into_records(int threads, Paths& paths);

  std::vector<Block> blocks_;
  std::vector<Event> recent_;             // by hash, those that came last
  std::vector<std::uint64_t> with_code_;  // by code as it came: events, repeats too
  std::uint64_t events_ = 0;
  std::uint64_t held_ = 0;
  std::uint32_t patients_ = 0;
  std::uint32_t codes_ = 0;
};

}  // namespace parcours::paths
