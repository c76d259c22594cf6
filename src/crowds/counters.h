// Counters: the crowds of many cells in one block of memory, while they are counted.
//
// A crowd fills whole cache lines of 32-bit words: one line (16 words) if practices are counted
// exactly up to 3. So adding a patient to a cell costs at most one cache miss:
//
//   words 0-3    fingerprint
//   word  4      patients
//   word  5      turn: the last arrival that was counted here; see Arrival
//   n words      the n highest practice keys met, highest first; 0 where there is none
//   n words      their patients
//   the rest     classes: the patients of every practice, spread by a hash of its key; at least
//                `least_classes`
//
// An empty crowd is all zeros: new pages need no initialisation, and an empty cell costs no memory.
// crowd.h states the guarantees of a crowd and proves them. A crowd counts to 2^32 - 1.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "base/error.h"
#include "crowds/crowd.h"
#include "records/patient.h"

namespace parcours::crowds {

inline constexpr std::uint32_t most_practices_exact = 20;

// How a crowd lies in memory, in words.
class CrowdLayout {
 public:
  // `practices_exact`: 1 to 20.
  explicit CrowdLayout(std::uint32_t practices_exact);

  std::uint32_t kept() const { return kept_; }
  std::uint32_t classes() const { return stride_ - classes_at(); }
  std::uint32_t stride() const { return stride_; }

  static constexpr std::uint32_t patients_at = 4;
  static constexpr std::uint32_t turn_at = 5;
  static constexpr std::uint32_t keys_at = 6;
  std::uint32_t counts_at() const { return keys_at + kept_; }
  std::uint32_t classes_at() const { return keys_at + 2 * kept_; }

  // A practice's word among the classes, counted from the crowd's first word.
  std::uint32_t class_word(std::uint32_t key) const {
    const std::uint32_t mixed = (key ^ (key >> 15)) * 0x9e3779b1u;
    const std::uint64_t scaled = std::uint64_t{mixed} * classes();
    return classes_at() + static_cast<std::uint32_t>(scaled >> 32);
  }

 private:
  std::uint32_t kept_;
  std::uint32_t stride_;
};

// A patient, seen in one practice, on the way into cells.
//
// `turn` numbers the pairs of patient and practice in the order in which they come, from 1 on;
// `first` is the turn of the patient's first practice. A cell that remembers its last turn knows
// without sorting whether it has this patient (turn >= first) and this practice of theirs (turn
// equal): each (patient, practice) must come as one turn, a patient's turns one after another.
struct Arrival {
  Uint128 hash;              // of the patient
  std::uint32_t key;         // practice + 1
  std::uint32_t class_word;  // CrowdLayout::class_word(key)
  std::uint32_t turn;
  std::uint32_t first;
};

class Counters {
 public:
  // `cells` empty crowds. Errors: the machine has not the memory.
  static Result<Counters> make(std::size_t cells, std::uint32_t practices_exact);

  std::size_t cells() const { return cells_; }
  const CrowdLayout& layout() const { return layout_; }

  std::uint32_t patients(std::size_t cell) const { return at(cell)[CrowdLayout::patients_at]; }
  bool empty(std::size_t cell) const { return patients(cell) == 0; }
  void prefetch(std::size_t cell) const { __builtin_prefetch(at(cell), 1); }

  // Counts an arrival in each of the cells, unless the cell has it already.
  void add(std::span<const std::uint32_t> cells, const Arrival& arrival);

  // Counts so many patients of one practice in a cell that has none of them yet: the sum of their
  // hashes, and the practice + 1.
  void add(std::size_t cell, Uint128 hashes, std::uint32_t key, std::uint32_t patients);

  // Adds other's crowd `from` to crowd `cell`; they are of different people, and of the same
  // layout.
  void merge(std::size_t cell, const Counters& other, std::size_t from);
  void merge(const Counters& other);

  // From now on turns may begin at 1 again: no cell remembers any.
  void forget_turns();

  Crowd crowd(std::size_t cell) const;

  // Whether two crowds are the same in every word but the turn.
  friend bool same(const Counters& a, std::size_t cell, const Counters& b, std::size_t other);

 private:
  struct Unmap {
    std::size_t bytes;
    void operator()(std::uint32_t* words) const;
  };
  using Words = std::unique_ptr<std::uint32_t[], Unmap>;

  Counters(CrowdLayout layout, std::size_t cells, Words words)
      : layout_(layout), cells_(cells), words_(std::move(words)) {}

  std::uint32_t* at(std::size_t cell) const { return words_.get() + cell * layout_.stride(); }

  CrowdLayout layout_;
  std::size_t cells_;
  Words words_;
};

}  // namespace parcours::crowds
