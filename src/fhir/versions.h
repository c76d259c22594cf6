// A source may say the same resource several times: one event is made of it, by its latest version.
//
//   versions.note(name);                       the survey: which names stand twice
//   versions.noted();
//   versions.add(name, version, place);        the first reading: which of those counts
//   versions.counts(name, place)               the second reading
//
// G1: memory grows with the names that stand twice. Of the others a filter keeps some bits, which
//     takes one name of several hundred for one that stands twice; that costs time, no more.
#pragma once

#include <compare>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "fhir/json.h"
#include "records/keys.h"

namespace parcours::fhir {

// In order of time: by `meta.versionId`, where it is a number, then by `meta.lastUpdated`. Of what
// no version tells apart, that which is entered in error is the latest.
struct Version {
  std::uint64_t number = 0;
  std::int64_t updated = 0;  // microseconds; 0: not said
  bool error = false;
  friend auto operator<=>(const Version&, const Version&) = default;
};

Version version_of(const JsonObject& resource);

// "2024-01-02T03:04:05.678+01:00" in microseconds of 1970 in UTC; 0 for what is no such time.
std::int64_t instant_of(std::string_view text);

class Versions {
 public:
  // Where a resource stands: the first of those that say the same counts.
  struct Place {
    std::uint32_t file = 0;
    std::uint64_t line = 0;
    std::uint32_t entry = 0;  // of those of a line
    friend auto operator<=>(const Place&, const Place&) = default;
  };

  // Before the survey: how long the text of all resources is, about.
  void expect(std::uint64_t bytes);
  void note(std::string_view name);
  void noted();

  bool stands_twice(std::string_view name) const;
  void add(std::string_view name, const Version& version, const Place& place);
  // Safe to call from several threads.
  bool counts(std::string_view name, const Place& place) const;
  bool any() const { return !latest_.empty(); }

 private:
  struct Hash {
    std::size_t operator()(Uint128 value) const noexcept { return static_cast<std::size_t>(value); }
  };
  struct Latest {
    bool known = false;
    Version version;
    Place place;
  };
  struct Line {  // of the processor's cache
    std::uint64_t words[8] = {};
  };

  records::KeyedHash hash_ = records::KeyedHash::of_this_run();
  std::vector<Line> filter_;  // a power of two of them
  std::unordered_map<Uint128, Latest, Hash> latest_;
};

}  // namespace parcours::fhir
