// All that several tables say together, as one system of cells and sums for the audit.
//
// Cells with the same coordinates are one cell, whatever table lists them; a dimension that a table
// does not have is at its total. Two lines of one cell that cannot both be true are a clash.
// A total `_ANY` is a code of its own: it counts the people who stand in some code, and not
// everyone. Tables of a Parcours release may be about different people, and then share no cell.
//
// What holds among cells: along each dimension of each table, and for every place of the others, a
// code that is split up is the sum of its parts. If a person may be counted in several parts, no
// sum holds. But the total is at least the largest part and at most the sum of the parts.
// Such a bound is a sum with one more cell, 0 or more, that makes up for what is missing.
//
// A combination of codes that has no line, while its table lists others of the same kind of margin,
// is missing: hidden or zero, as the reading says. A kind of margin that a table does not list at
// all is not hidden, only unlisted.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "audit/layout.h"
#include "sums/system.h"
#include "tables/coordinates.h"

namespace parcours::audit {

// One table's view of the cells.
struct Drawing {
  Layout layout;
  std::vector<std::uint32_t> cells;  // by place in the layout
  std::vector<Listing> listings;     // by place in the layout: what this table says of it
};

// Where a cell is listed best: as exactly as anywhere.
struct Listed {
  std::uint32_t table = 0;
  std::uint32_t at = 0;  // in the table's layout
};

struct Origin {
  enum class Kind : std::uint8_t { sum, at_least_a_part, at_most_the_sum };
  std::uint32_t table = 0;
  std::uint32_t dimension = 0;  // of the table
  Kind kind = Kind::sum;
};

// Two lines of one cell that disagree.
struct Clash {
  Listed one;
  Listed other;
};

struct PublishedSystem {
  std::vector<PublishedTable> tables;
  std::vector<CodeAxis> axes;
  std::vector<Drawing> drawings;  // by table

  sums::System system;
  std::vector<Listing> listings;  // by cell
  std::vector<Listed> listed_at;  // by cell; of the bounds' own cells the table's that they are of
  std::vector<Origin> origins;    // by relation
  std::size_t proper_cells = 0;   // cells from here on belong to bounds, and stand in no table
  int decimals = 0;               // a unit of the ranges is 10^-decimals
  std::size_t missing = 0;        // combinations without a line
  bool missing_are_zero = false;
  std::vector<Clash> clashes;
  std::vector<tables::Label> doubts;   // sentences that a reader must see first (assumed.h)
  std::vector<tables::Label> assumed;  // sentences (assumed.h)

  // The dimensions of the table that lists it, and its code in each; "total" for a total, "any" for
  // `_ANY`.
  tables::Coordinates coordinates(std::uint32_t cell) const;
  tables::Label label(const LayoutAxis& along, std::uint32_t place) const;  // "F"; "total"; "any"
  tables::Label name_in_words(std::uint32_t cell) const;  // "age 30-39, sex F"; "total"
  std::string name(std::uint32_t cell) const;             // the same in English
  std::string where(std::uint32_t cell) const;            // "deaths.csv:12"; "deaths.csv, no line"
  std::string where(const Listed& listed) const;
  // "12"; "10 to 14"; "hidden"
  std::string value(std::uint32_t cell) const;
};

// What a reader must check before the answer: values that were taken for hidden, or may be, in
// sentences (assumed.h).
std::vector<tables::Label> doubts(const PublishedSystem& published);

// What was guessed of columns and totals, in sentences (assumed.h).
std::vector<tables::Label> assumptions(const PublishedSystem& published);

// Errors: those of axes_of() and layout_of(); combinations without a line, where the reading does
// not say what they are.
Result<PublishedSystem> system_of(std::vector<PublishedTable> tables, const Reading& reading);

}  // namespace parcours::audit
