// Numbers for texts that repeat: patients' identifiers, codes. Only a 128-bit hash of each is kept
// (SipHash; a collision among 10^9 texts has a chance below 10^-20), so the memory does not depend
// on their length.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/int128.h"
#include "records/keys.h"

namespace parcours::paths {

class TextNumbers {
 public:
  TextNumbers();

  // The number of `text`: its place in the order of first appearance.
  std::uint32_t number(std::string_view text);
  // The same, of a text that may never have come.
  std::optional<std::uint32_t> find(std::string_view text) const;
  // The same, of a text that other numbers know: their hash of it.
  std::optional<std::uint32_t> find(Uint128 hash) const;
  Uint128 hash(std::uint32_t number) const { return hashes_[number]; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(hashes_.size()); }

  // For each number, its place in the order of the hashes: the same texts get the same ranks in
  // whatever order they came.
  std::vector<std::uint32_t> ranks() const;

 private:
  std::size_t slot_of(Uint128 hash) const;  // where it is, or the free one where it would be
  void grow();

  records::KeyedHash hash_;
  std::vector<Uint128> hashes_;       // by number
  std::vector<std::uint32_t> slots_;  // number + 1; 0: free
};

}  // namespace parcours::paths
