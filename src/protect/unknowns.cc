#include "protect/unknowns.h"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <utility>

namespace parcours::protect {
namespace {

// A cell of a table or a group of an overlap, and whom it counts.
struct CountedCell {
  Uint128 fingerprint;
  std::uint32_t* unknown;
};

std::vector<CountedCell> all_cells(const crowds::Counted& counted,
                                   std::vector<std::vector<std::uint32_t>>& of,
                                   std::vector<std::vector<std::uint32_t>>& of_group) {
  std::vector<CountedCell> all;
  const auto add = [&](const std::vector<crowds::Crowd>& crowds,
                       std::vector<std::uint32_t>& unknowns) {
    unknowns.assign(crowds.size(), nobody);
    for (std::size_t c = 0; c < crowds.size(); ++c) {
      if (crowds[c].patients > 0) {
        all.push_back({crowds[c].fingerprint, &unknowns[c]});
      }
    }
  };
  of.resize(counted.tables.size());
  of_group.resize(counted.overlaps.size());
  for (std::size_t t = 0; t < of.size(); ++t) {
    add(counted.tables[t].cells, of[t]);
  }
  for (std::size_t o = 0; o < of_group.size(); ++o) {
    add(counted.overlaps[o].groups, of_group[o]);
  }
  return all;
}

std::pair<std::uint32_t, std::int32_t> number_of(const tables::Relation::Term& term) {
  return {term.cell, term.coefficient};
}

}  // namespace

// Unknowns are numbered in the order of the tables and cells in which each is met first, so that
// nothing that is decided by their numbers depends on the fingerprints, which no two runs share.
Unknowns::Unknowns(const crowds::Counted& counted) {
  const std::vector<CountedCell> all = all_cells(counted, of_, of_group_);
  std::vector<std::size_t> order(all.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto fingerprint = [&](std::size_t i) { return all[i].fingerprint; };
  std::ranges::stable_sort(order, {}, fingerprint);
  std::vector<std::size_t> first(all.size());  // by cell: the first one of the same people
  for (std::size_t i = 0; i < order.size(); ++i) {
    const bool again = i > 0 && fingerprint(order[i]) == fingerprint(order[i - 1]);
    first[order[i]] = again ? first[order[i - 1]] : order[i];
  }
  std::size_t of_tables = 0;
  for (const crowds::CrowdTable& table : counted.tables) {
    of_tables += static_cast<std::size_t>(std::ranges::count_if(
        table.cells, [](const crowds::Crowd& crowd) { return crowd.patients > 0; }));
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (i == of_tables) {
      seen_ = count_;
    }
    if (first[i] == i) {
      if (all[i].fingerprint == counted.population.fingerprint) {
        population_ = count_;
      }
      *all[i].unknown = count_++;
    } else {
      *all[i].unknown = *all[first[i]].unknown;
    }
  }
  if (all.size() == of_tables) {
    seen_ = count_;
  }
}

std::vector<tables::Relation> Unknowns::relations(const crowds::Counted& counted,
                                                  std::span<const std::size_t> tables) const {
  return relations_of(counted, tables, [](const crowds::CrowdOverlap&) { return true; });
}

std::vector<tables::Relation> Unknowns::relations_of_value(
    const crowds::Counted& counted, std::span<const std::size_t> tables) const {
  const std::optional<tables::Label>& value = counted.tables[tables.front()].mean_of;
  const bool published_before =
      std::ranges::any_of(counted.overlaps, [&](const crowds::CrowdOverlap& overlap) {
        return overlap.mean_of == value &&
               std::ranges::find(overlap.known_means, true) != overlap.known_means.end();
      });
  return relations_of(counted, tables, [&](const crowds::CrowdOverlap& overlap) {
    return published_before || !overlap.with_past;
  });
}

// Of the overlaps that count.
template <class Counts>
std::vector<tables::Relation> Unknowns::relations_of(const crowds::Counted& counted,
                                                     std::span<const std::size_t> tables,
                                                     const Counts& counts) const {
  std::vector<tables::Relation> relations;
  const auto take = [&](std::vector<tables::Relation> found) {
    std::ranges::move(found, std::back_inserter(relations));
  };
  for (const std::size_t t : tables) {
    take(tables::relations_of(tables::Table{"", {}, counted.tables[t].dimensions, {}, {}}, of_[t]));
  }
  for (std::size_t o = 0; o < counted.overlaps.size(); ++o) {
    if (counted.overlaps[o].among(tables) && counts(counted.overlaps[o])) {
      take(tables::in_numbers(counted.overlaps[o].relations, of_group_[o]));
    }
  }
  // Two tables may say the same sum, of the same people.
  relations = tables::distinct(std::move(relations));
  const auto by_terms = [](const tables::Relation& a, const tables::Relation& b) {
    return std::ranges::lexicographical_compare(a.terms, b.terms, {}, number_of, number_of);
  };
  std::ranges::sort(relations, by_terms);
  return relations;
}

}  // namespace parcours::protect
