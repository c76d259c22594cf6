// The sums that hold among the cells of a table: along each additive dimension, the total and every
// category with children are the sums of their parts.
//
// Whoever takes several tables together gives their cells numbers, one number to cells that are the
// same, and reads the relations of each table in these numbers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "tables/table.h"

namespace parcours::tables {

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

// Every relation of one table: a sum minus its parts, for every additive dimension, every place in
// it that has parts, and every place of the others.
std::vector<Relation> relations_of(const Table& table);

// A cell that is left out of all relations: it is known to be 0.
inline constexpr std::uint32_t no_number = std::numeric_limits<std::uint32_t>::max();

// The same in other numbers, by cell, each relation added up. One of which nothing is left stays,
// as a sum that says nothing.
std::vector<Relation> relations_of(const Table& table, std::span<const std::uint32_t> numbers);

// The same for any relations, whose cells the numbers are of.
std::vector<Relation> in_numbers(std::vector<Relation> relations,
                                 std::span<const std::uint32_t> numbers);

// The relation by cell, ascending, each once, without those that cancel out.
Relation added_up(Relation relation);

// Each of these once, in the order in which they are met first, without those of which nothing is
// left. One and its negative say the same. All are added up.
std::vector<Relation> distinct(std::vector<Relation> relations);

// One dimension of cells that lie row-major: how many places it has, and which of them are sums of
// others.
struct SummedDimension {
  struct Sum {
    std::uint32_t whole;
    std::vector<std::uint32_t> parts;
  };
  std::size_t places = 0;
  std::vector<Sum> sums;
};

// Calls visit(dimension, whole, parts) of every sum along every dimension, for every place of the
// others: the cell of the whole and a span of those of its parts.
template <class Visit>
void for_each_sum(std::span<const SummedDimension> dimensions, Visit visit) {
  std::size_t cells = 1;
  for (const SummedDimension& dimension : dimensions) {
    cells *= dimension.places;
  }
  std::vector<std::uint32_t> parts;
  std::size_t stride = cells;
  for (std::size_t d = 0; d < dimensions.size(); ++d) {
    const std::size_t block = stride;  // cells that share the places of the dimensions before
    stride /= dimensions[d].places;
    for (std::size_t begin = 0; begin < cells; begin += block) {
      for (std::size_t rest = 0; rest < stride; ++rest) {
        for (const SummedDimension::Sum& sum : dimensions[d].sums) {
          parts.clear();
          for (const std::uint32_t part : sum.parts) {
            parts.push_back(static_cast<std::uint32_t>(begin + rest + part * stride));
          }
          visit(d, static_cast<std::uint32_t>(begin + rest + sum.whole * stride),
                std::span<const std::uint32_t>(parts));
        }
      }
    }
  }
}

}  // namespace parcours::tables
