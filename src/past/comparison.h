// What two releases show of the same cells, and how much room is left for the next question.
#pragma once

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "past/past_release.h"

namespace parcours::past {

// Of the cells of a table that both releases have, under the same id and of the same categories.
struct TableComparison {
  std::string table;
  std::uint64_t same = 0;       // both publish the figure, and it is the same
  std::uint64_t different = 0;  // both publish one
  std::uint64_t first_only = 0;
  std::uint64_t second_only = 0;
  std::uint64_t neither = 0;
};

struct Comparison {
  bool same_population = false;  // by its definition
  bool editions = false;         // of one study: they ask the same, but for its days
  std::uint64_t in_both = 0;     // patients
  std::uint64_t first_only = 0;
  std::uint64_t second_only = 0;
  std::vector<TableComparison> tables;
};

Comparison compare(const PastRelease& first, const PastRelease& second);

// How finely all releases about one population together tell its patients apart. Patients are alike
// if they stand in the same published cells of all tables of all these releases.
struct RoomOfPopulation {
  std::string definition;
  std::string study;  // of the last release about it
  std::uint64_t releases = 0;
  std::uint64_t tables = 0;
  std::uint64_t figures = 0;   // published cells that count somebody
  std::uint64_t patients = 0;  // of any of these releases
  std::uint64_t alone = 0;     // of them, those in groups of fewer than `few` alike
};

// Takes one release after the other, so that one at a time is in memory.
class RoomLeft {
 public:
  explicit RoomLeft(std::uint32_t few) : few_(few) {}

  void take(const PastRelease& release);
  // In the order of the populations' first releases.
  std::vector<RoomOfPopulation> populations() const;

 private:
  struct Population {
    RoomOfPopulation room;
    std::unordered_map<std::uint32_t, std::uint64_t> stands;  // a hash of where they stand
  };
  std::uint32_t few_;
  std::vector<Population> populations_;
};

}  // namespace parcours::past
