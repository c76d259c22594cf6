// The texts of one column, each with a number (its code): 0, 1, 2, ... in the order in which they
// came.
//
//   Dictionary sex;
//   sex.add("F");   // 0
//   sex.add("M");   // 1
//   sex.add("F");   // 0
//
// The texts are personal data. A dictionary cannot be printed; what needs the texts themselves says
// `reveal`, and must not let them into a message, a report or a test's output.
#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parcours::microdata {

class Dictionary {
 public:
  // The code of the text, a new one if it has none. At most 2^32 - 2 texts.
  std::uint32_t add(std::string_view text);

  std::uint32_t size() const { return static_cast<std::uint32_t>(entries_.size()); }
  std::optional<std::uint32_t> find(std::string_view text) const;
  std::string_view reveal(std::uint32_t code) const;

  // The code of the empty text, which stands for a missing value.
  std::optional<std::uint32_t> missing() const { return find({}); }

  // For each code of this dictionary, the code of the same text in `other`, or nothing.
  std::vector<std::optional<std::uint32_t>> codes_in(const Dictionary& other) const;

  friend std::ostream& operator<<(std::ostream&, const Dictionary&) = delete;

 private:
  struct Entry {
    std::uint64_t hash;
    std::size_t begin;  // in texts_
    std::size_t length;
  };
  std::size_t slot_of(std::uint64_t hash, std::string_view text) const;
  void grow();

  std::string texts_;  // one after another
  std::vector<Entry> entries_;
  std::vector<std::uint32_t> slots_;  // code + 1; 0: free; a power of two of them
};

}  // namespace parcours::microdata
