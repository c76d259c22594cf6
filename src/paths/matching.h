// Does another patient fit what the attacker knows? Every uniqueness figure asks this question many
// million times.
//
// The pairs that match a known pair have neighbouring numbers (a Reach), so the patients who have
// one of them lie side by side in the index. We walk those of the rarest known pair, and look for
// the other known pairs in each one's record by binary search. A signature of 64 bits a patient
// (which codes, or for tolerance 0 which pairs, by hash) turns nearly all of them away before their
// record is touched. Those who are left wait until a few more are found: meanwhile the processor
// fetches their records, as nearly every one is a trip to memory.
//
// Of paths with an order (record_places), the attacker also knows in which order the known pairs
// came, and another patient matches only if theirs came in the same order.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "paths/paths.h"

namespace parcours::paths {

// Everything about one tolerance that all threads share. `paths` must outlive it. The tolerance of
// paths with an order is 0. The threads change nothing in what it says.
class Neighbourhood {
 public:
  Neighbourhood(const Paths& paths, std::int32_t within_days, int threads = 1);

  struct Reach {
    std::uint32_t first;  // pair numbers, both included
    std::uint32_t last;
  };
  Reach reach(std::uint32_t pair) const {
    return reaches_.empty() ? Reach{pair, pair} : reaches_[pair];
  }
  std::int32_t within_days() const { return within_days_; }
  // Whether a pair reaches itself alone.
  bool same_day() const { return reaches_.empty(); }
  // Entries of the index.
  std::uint32_t weight(const Reach& reach) const {
    return paths_.index_starts[reach.last + std::size_t{1}] - paths_.index_starts[reach.first];
  }
  std::uint64_t bit(std::uint32_t pair) const;
  std::uint64_t signature(std::uint32_t patient) const { return signatures_[patient]; }
  // For a signature that is asked for soon.
  [[gnu::always_inline]] void fetch_signature(std::uint32_t patient) const {
    __builtin_prefetch(signatures_.data() + patient);
  }
  const Paths& paths() const { return paths_; }

 private:
  const Paths& paths_;
  const std::int32_t within_days_;
  std::vector<Reach> reaches_;  // empty when within_days is 0: a pair reaches itself alone
  std::vector<std::uint64_t> signatures_;
};

// One a thread.
class Matcher {
 public:
  explicit Matcher(const Neighbourhood& neighbourhood) : near_(neighbourhood) {}

  // Whether no other patient matches the pairs `known` of `patient`; at least one pair, each of
  // them in the patient's record.
  bool unique(std::uint32_t patient, std::span<const std::uint32_t> known);

 private:
  struct Wanted {
    Neighbourhood::Reach reach;
    std::uint32_t weight;
    std::uint32_t pair;
  };

  bool matches(std::uint32_t candidate) const;
  bool has_the_rest(std::uint32_t patient) const;
  void sort_by_place(std::uint32_t patient, std::span<const std::uint32_t> known);
  bool in_the_same_order(std::uint32_t patient) const;

  const Neighbourhood& near_;
  std::vector<Wanted> wanted_;           // the known pairs, rarest first
  std::vector<std::uint32_t> by_place_;  // the known pairs, first that came first
};

}  // namespace parcours::paths
