// The rules of disclosure control in their plain words, for tests: people written down one by one,
// three kinds of tables over them, and which rules a figure breaks. Slow, and with no code of
// `crowds`, `protect` or the gate but the rules themselves.
#pragma once

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <set>
#include <vector>

#include "protect/rule.h"
#include "protect/rules.h"

namespace parcours::plain {

enum class Kind { of, each, mean };
inline constexpr std::array all_kinds = {Kind::of, Kind::each, Kind::mean};

struct Somebody {
  int sex = 0;
  int practice = 0;
  std::array<bool, 2> takes{};
  int value = 0;  // 0: none
};
using Somebodies = std::vector<Somebody>;
using Condition = std::function<bool(const Somebody&)>;

bool anybody(const Somebody&);
Condition takes(int drug);
bool has_value(const Somebody& who);

// What a cell says of its people, a condition a dimension; and whom they are then picked from.
struct Said {
  Condition what;
  bool stated;     // false: this dimension is at its total
  bool sensitive;  // to meet it is to have something sensitive
};
struct Place {
  std::vector<Said> said;
  // In a table of `each` and of means: what makes somebody stand in the table at all. Everyone who
  // meets the other conditions is a group, and being all of it may be sensitive.
  bool of_some = false;
};

// Tables: of sex x whether drug 0 is taken; each sex x drug; the mean of the value by whether
// drug 0 is taken. Three places a dimension, the total last; drugs and their taking are sensitive.
std::vector<Place> places_of(Kind kind);

Somebodies picked(const Somebodies& people, const Place& place, const Said* but = nullptr,
                  const Condition& instead = anybody);

// The groups that the people of a cell are a part of, and what being all of one would tell.
struct WiderGroup {
  std::size_t people;
  bool telling;
};
std::vector<WiderGroup> wider(const Somebodies& people, Kind kind, const Place& place);

// The rules in plain words, one after the other; which of them a cell breaks.
std::set<protect::Rule> broken(const Somebodies& people, Kind kind, const Place& place,
                               const protect::Rules& rules);

std::set<protect::Rule> broken_by_mean(const Somebodies& people, const Place& place,
                                       const protect::Rules& rules);

}  // namespace parcours::plain
