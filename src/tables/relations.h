// The sums that hold among the cells of a table: along each additive dimension, the total and every
// category with children are the sums of their parts.
#pragma once

#include <cstdint>
#include <vector>

#include "tables/table.h"

namespace parcours {

// sum of coefficient * cell = 0. Cells are numbers that the caller gave; for one table its cell
// indices.
struct Relation {
  struct Term {
    std::uint32_t cell;
    std::int32_t coefficient;
    friend bool operator==(const Term&, const Term&) = default;
  };
  std::vector<Term> terms;
  friend bool operator==(const Relation&, const Relation&) = default;
};

// Every relation of one table: a sum minus its parts, for every additive dimension, every place in it
// that has parts, and every place of the others.
std::vector<Relation> relations_of(const Table& table);

}  // namespace parcours
