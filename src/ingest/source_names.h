// The names of a source's patients, as keyed hashes of their words. The key is of this run, and
// nothing here can be printed.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_set>

#include "records/keys.h"

namespace parcours::ingest {

class SourceNames {
 public:
  // "Jean-Pierre Le Goff". A word of one or two letters says nothing and is passed over.
  void note(std::string_view name);
  bool has(std::string_view folded_word) const { return hashes_.contains(hash(folded_word)); }
  bool empty() const { return hashes_.empty(); }

 private:
  std::uint64_t hash(std::string_view word) const { return static_cast<std::uint64_t>(key_(word)); }

  records::KeyedHash key_ = records::KeyedHash::of_this_run();
  std::unordered_set<std::uint64_t> hashes_;
};

}  // namespace parcours::ingest
