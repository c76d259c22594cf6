// The cells of all tables, and the groups of all overlaps, as unknowns of one linear system.
//
// Cells that count the same people (equal fingerprints) are one unknown, in any tables and margins:
// an attacker who knows one knows all. A cell without patients is not an unknown: it is published,
// and adds nothing to any sum. A group of an overlap that no cell counts is an unknown that is
// never published.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "crowds/crowd_table.h"
#include "tables/relations.h"

namespace parcours::protect {

inline constexpr std::uint32_t nobody = tables::no_number;

class Unknowns {
 public:
  explicit Unknowns(const crowds::Counted& counted);

  std::uint32_t count() const { return count_; }
  // The unknown of a cell, or `nobody`.
  std::uint32_t of(std::size_t table, std::size_t cell) const { return of_[table][cell]; }
  std::uint32_t of_group(std::size_t overlap, std::size_t group) const {
    return of_group_[overlap][group];
  }
  // Whether it is an unknown of overlaps alone. They come after those of tables.
  bool unseen(std::uint32_t unknown) const { return unknown >= seen_; }
  // The unknown that is the whole population, where a cell is.
  std::optional<std::uint32_t> population() const { return population_; }

  // What sums hold in the given tables and in what they tell together, in unknowns; those that say
  // nothing are left out.
  std::vector<tables::Relation> relations(const crowds::Counted& counted,
                                          std::span<const std::size_t> tables) const;
  // What sums of a value hold in the tables that average it. Releases before add none unless they
  // published a mean of it: whatever sums fit these tables, there are values of people that have
  // them, and so sums of any other groups too.
  std::vector<tables::Relation> relations_of_value(const crowds::Counted& counted,
                                                   std::span<const std::size_t> tables) const;

 private:
  template <class Counts>
  std::vector<tables::Relation> relations_of(const crowds::Counted& counted,
                                             std::span<const std::size_t> tables,
                                             const Counts& counts) const;

  std::vector<std::vector<std::uint32_t>> of_;        // by table, by cell
  std::vector<std::vector<std::uint32_t>> of_group_;  // by overlap, by group
  std::uint32_t count_ = 0;
  std::uint32_t seen_ = 0;
  std::optional<std::uint32_t> population_;
};

}  // namespace parcours::protect
