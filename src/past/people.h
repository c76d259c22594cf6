// Everybody who stands in any release of a vault, once: their pseudonym, and the practice that held
// them when they came first. A release says by number who of them stand in it. Personal data.
//
// People are numbered in the order of the first release that has them, then of the pseudonym.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "crowds/roll.h"
#include "records/patient.h"

namespace parcours::past {

class People {
 public:
  std::size_t count() const { return ids_.size(); }

  // By patient of the roll, whose pseudonyms ascend: their number. Whoever has none gets the next.
  std::vector<std::uint32_t> number(const crowds::Roll& roll);

  // The people from this number on, as bytes.
  std::string to_bytes(std::size_t first) const;
  // Adds those that to_bytes() wrote; false where it wrote no such thing. After the last, sort().
  bool add(std::string_view bytes);
  void sort();

  // Which people stand in a roll, and who holds those that another practice held first, as bytes.
  // `numbers` is what number() gave for the roll, in its order.
  std::string roll_to_bytes(std::span<const std::uint32_t> numbers, const crowds::Roll& roll) const;
  // The roll that roll_to_bytes() wrote about. Its tables are given in the order of the people's
  // numbers, and come in that of the pseudonyms. False where it wrote no such thing.
  bool complete(std::string_view bytes, crowds::Roll& roll) const;

 private:
  std::vector<records::PatientId> ids_;
  std::vector<records::PracticeId> practices_;
  std::vector<std::uint32_t> in_order_;  // all numbers, in order of the pseudonyms
};

// The numbers of the roll's patients in ascending order; the roll is put in the same order.
std::vector<std::uint32_t> in_order_of_numbers(std::vector<std::uint32_t> numbers,
                                               crowds::Roll& roll);

}  // namespace parcours::past
