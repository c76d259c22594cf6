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
// it is built, 12 bytes for every event and 4 more, where one that came a short while before counts
// once: a file that repeats itself, as one that is packed very tightly must, takes no more.
// Personal data: none of it can be printed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "base/error.h"
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

// Takes events in any order and lays them out. Patients and codes come as numbers from 0; a patient
// has at least one event, so leave no number out.
class PathsBuilder {
 public:
  void add(std::uint32_t patient, std::uint32_t code, std::int32_t day);
  std::uint64_t events() const { return events_; }
  // Of them, those that are kept until build().
  std::uint64_t held() const { return held_; }

  // The ranks say what number a patient or a code has in the end (a permutation; empty: the number
  // it came with). An error when the events are more than 2^32 - 2, or on request.
  Result<Paths> build(std::span<const std::uint32_t> patient_ranks,
                      std::span<const std::uint32_t> code_ranks, const Stop& stop) &&;

 private:
  struct Event {
    std::uint32_t patient;
    std::uint32_t code;  // after numbering: the pair
    std::int32_t day;
    friend bool operator==(const Event&, const Event&) = default;
  };
  static constexpr std::size_t block_size = 1 << 16;
  static constexpr unsigned recent_bits = 16;

  void renumber(std::span<const std::uint32_t> patient_ranks,
                std::span<const std::uint32_t> code_ranks);
  std::vector<std::uint32_t> put_rare_codes_first(std::span<const std::uint32_t> code_ranks);
  void number_pairs(Paths& paths);
  void sort_into_records(Paths& paths);

  std::vector<std::vector<Event>> blocks_;
  std::vector<Event> recent_;             // by hash, those that came last
  std::vector<std::uint64_t> with_code_;  // by code as it came: events, repeats too
  std::uint64_t events_ = 0;
  std::uint64_t held_ = 0;
  std::uint32_t patients_ = 0;
  std::uint32_t codes_ = 0;
};

}  // namespace parcours::paths
