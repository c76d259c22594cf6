// Combinations of relations as whole numbers. For derive()'s own use.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "audit/derivation.h"
#include "sums/field.h"

namespace parcours::audit {

// By relation, a weight in the field.
using FieldWeights = std::map<std::uint32_t, sums::Element>;

// An element as the fraction it most likely was: |above| below 2^39, below at most 2^20. Two such
// fractions are never the same element. Nothing where there is none.
struct SmallFraction {
  std::int64_t above;
  std::int64_t below;
};
std::optional<SmallFraction> fraction_of(sums::Element element);

// The derivation of a cell by these weights, whose combination leaves of the cells of unknown range
// this one alone, with coefficient 1. Nothing where the weights are no small fractions, or where
// the integers do not confirm it.
std::optional<Derivation> in_whole_numbers(const sums::System& system, const FieldWeights& weights,
                                           std::uint32_t cell);

}  // namespace parcours::audit
