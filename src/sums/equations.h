// The equations of a system after the known cells are put in: A x = b in the unknown cells, row by
// row and column by column.
//
// Rows that are empty or say the same are left out. Unknowns that no chain of rows links have
// nothing to do with each other: they form parts, and every question is about one part alone.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "base/error.h"
#include "sums/system.h"

namespace parcours::sums {

inline constexpr std::uint32_t no_unknown = std::numeric_limits<std::uint32_t>::max();

class Equations {
 public:
  // `index` is an unknown in a row, a row in a column.
  struct Term {
    std::uint32_t index;
    std::int32_t coefficient;
    friend auto operator<=>(const Term&, const Term&) = default;
  };

  // Of a system: its cells of a range of one number are known. Errors: a sum of known cells that
  // does not come out; the error's place is the relation's number.
  static Result<Equations> of(const System& system);

  std::size_t unknowns() const { return cells_.size(); }
  std::size_t rows() const { return sums_.size(); }

  std::uint32_t cell(std::uint32_t unknown) const { return cells_[unknown]; }
  std::uint32_t unknown(std::uint32_t cell) const { return unknown_of_[cell]; }  // or no_unknown
  std::span<const Term> row(std::uint32_t row) const { return terms(rows_, row_starts_, row); }
  std::span<const Term> column(std::uint32_t unknown) const {
    return terms(columns_, column_starts_, unknown);
  }
  std::int64_t sum(std::uint32_t row) const { return sums_[row]; }  // the right-hand side
  std::uint32_t relation(std::uint32_t row) const { return relations_[row]; }
  const Range& range(std::uint32_t unknown) const { return ranges_[unknown]; }

  struct Part {
    std::vector<std::uint32_t> unknowns;  // ascending
    std::vector<std::uint32_t> rows;      // ascending
  };
  std::vector<Part> parts() const;

  // Whether these values of the unknowns, each divided by `below`, are a solution within the ranges
  // of all rows and unknowns of `part`. Exact.
  bool solves(const Part& part, std::span<const std::int64_t> values, std::int64_t below) const;

 private:
  static std::span<const Term> terms(const std::vector<Term>& all,
                                     const std::vector<std::uint32_t>& starts, std::uint32_t at) {
    return std::span(all).subspan(starts[at], starts[at + 1] - starts[at]);
  }
  void fill_columns();

  std::vector<std::uint32_t> cells_;
  std::vector<std::uint32_t> unknown_of_;
  std::vector<Range> ranges_;
  std::vector<Term> rows_;
  std::vector<std::uint32_t> row_starts_{0};
  std::vector<std::int64_t> sums_;
  std::vector<std::uint32_t> relations_;
  std::vector<Term> columns_;
  std::vector<std::uint32_t> column_starts_;
};

}  // namespace parcours::sums
