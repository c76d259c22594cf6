// A homogeneous linear system A x = 0 brought to echelon form: one unknown for each hidden cell,
// one row for each relation, restricted to hidden cells. (The published cells only move the
// right-hand side, which what is determined does not depend on.)
//
// Rows that are empty or say the same are dropped. An unknown that one row alone has becomes its
// pivot at no cost. Else the shortest row is taken, its rarest unknown becomes its pivot and leaves
// all others; tables are sparse, and this keeps them so (Markowitz, "The elimination form of the
// inverse", Management Science 3, 1957). Afterwards row k reads
//
//   x[pivot of k] + sum of a * x[free unknown or pivot of a later row] = 0,
//
// so that any values of the free unknowns give one solution, last row first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/random.h"
#include "sums/field.h"
#include "tables/relations.h"

namespace parcours::sums {

// A combination of relations, by their number.
struct Weight {
  std::uint32_t relation;
  Element coefficient;
  friend bool operator==(const Weight&, const Weight&) = default;
};
using Combination = std::vector<Weight>;

class Echelon {
 public:
  Echelon(std::span<const tables::Relation> relations, const std::vector<bool>& hidden);

  // The hidden cells, ascending; below, an unknown is its index in this list.
  std::span<const std::uint32_t> cells() const { return cells_; }

  // How many field operations the elimination took.
  std::uint64_t work() const { return work_; }

  // By unknown, the first one that is linked with it: what is not linked takes any values together.
  std::vector<std::uint32_t> parts() const;

  // A solution drawn evenly from all of them. What is determined is 0 in each; what is not is 0
  // with chance 2^-61.
  std::vector<Element> draw(Random& random) const;

  // So many, at these unknowns alone: the rows that say nothing of them are not looked at.
  std::vector<std::vector<Element>> draw(Random& random, std::size_t draws,
                                         std::span<const std::uint32_t> unknowns) const;

  // The unknowns whose unit vector lies in the row space, ascending. Exact: draws only say where to
  // look.
  std::vector<std::uint32_t> determined() const;

  // The relations whose combination leaves `unknown` alone; nothing when there is none.
  std::optional<Combination> reason(std::uint32_t unknown) const;

 private:
  struct Entry {
    std::uint32_t unknown;
    Element value;
    friend bool operator==(const Entry&, const Entry&) = default;
    friend auto operator<=>(const Entry&, const Entry&) = default;
  };
  // `times` a row was taken from this one.
  struct Step {
    std::uint32_t row;
    Element times;
  };
  struct Row {
    std::vector<Entry> entries;  // by unknown, ascending
    std::uint32_t relation = 0;
    std::vector<Step> steps;
    std::uint32_t pivot = 0;  // its entry is 1, and not among `entries`, once the row is done
    Element scale = 1;        // done = scale * (relation - sum of steps)
  };
  class Work;
  class Draws;

  // The multiples of rows that add up to `unknown` and free unknowns; and whether the free ones
  // cancel out.
  struct Expansion {
    std::vector<Step> rows;
    bool alone = false;
  };
  static std::vector<Row> distinct(std::vector<Row> rows);
  Expansion expand(std::uint32_t unknown, const std::vector<bool>& known) const;

  std::vector<std::uint32_t> cells_;
  std::vector<Row> rows_;              // in the order of elimination
  std::vector<std::uint32_t> row_of_;  // by unknown; no_row when free
  std::uint64_t work_ = 0;
};

}  // namespace parcours::sums
