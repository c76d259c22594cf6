// One trait, such as age, as two tables tell it apart, each with categories of its own.
//
// Worked example: the one has ages under 18 and from 18, the other under 30 and from 30. People are
// of three kinds: (under 18, under 30), (from 18, under 30), (from 18, from 30). Neither tells all
// three apart; the two together do.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "study/plan.h"
#include "tables/table.h"

namespace parcours::past {

// What the place in a table is in some of its dimensions, as one number; the last is fastest.
class Projection {
 public:
  Projection(std::span<const tables::Dimension> all, std::span<const std::size_t> some);

  std::uint32_t values() const { return values_; }
  std::uint32_t of(std::uint32_t place) const {
    return place == study::no_cell ? study::no_cell : of_place_[place];
  }

 private:
  std::uint32_t values_ = 1;
  std::vector<std::uint32_t> of_place_;
};

// A kind is a value of the one table or none, and a value of the other or none.
class TwoTellings {
 public:
  TwoTellings(std::uint32_t past_values, std::uint32_t now_values)
      : past_(past_values), now_(now_values), met_(std::size_t{past_ + 1} * (now_ + 1), false) {}

  // Somebody is of this kind.
  void meet(std::uint32_t past, std::uint32_t now) { met_[kind(past, now)] = true; }
  std::size_t kind(std::uint32_t past, std::uint32_t now) const {
    return std::size_t{past == study::no_cell ? past_ : past} * (now_ + 1) +
           (now == study::no_cell ? now_ : now);
  }

  // By kind: what it is as the one, the other, or both tell it; no_cell for kinds that nobody is
  // of.
  struct Telling {
    std::vector<std::uint32_t> part;
    std::uint32_t parts = 0;
    std::vector<std::vector<std::uint32_t>> sets;
  };

  // As each of the two tells the people of both apart (study/overlaps.h, what it calls a side).
  std::array<Telling, 2> sides() const;

 private:
  std::uint32_t past_of(std::size_t kind) const;
  std::uint32_t now_of(std::size_t kind) const;
  std::uint32_t goes_with(bool of_past, std::uint32_t value) const;
  bool determines(bool of_past) const;
  std::size_t class_by_past(std::size_t kind) const;
  std::size_t class_by_now(std::size_t kind) const;
  template <class ClassOf>
  std::vector<std::uint32_t> classes(ClassOf class_of) const;
  static Telling telling(const std::vector<std::uint32_t>& parts,
                         const std::vector<std::uint32_t>& sets);

  std::uint32_t past_;
  std::uint32_t now_;
  std::vector<bool> met_;  // by kind
};

}  // namespace parcours::past
