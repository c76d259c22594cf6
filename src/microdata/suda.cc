#include "microdata/suda.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/check.h"

namespace parcours {

std::uint64_t Suda::uniques() const {
  return std::accumulate(by_size.begin(), by_size.end(), std::uint64_t{0});
}

Suda suda_scores(std::span<const MinimalUnique> found, std::size_t columns, std::size_t records) {
  std::vector<double> factorials(columns + 1, 1);
  for (std::size_t i = 1; i <= columns; ++i) {
    factorials[i] = factorials[i - 1] * static_cast<double>(i);
  }
  Suda suda{.by_size = std::vector<std::uint64_t>(columns, 0),
            .scores = std::vector<double>(records, 0),
            .shares = std::vector<double>(columns, 0)};
  for (const MinimalUnique& unique : found) {
    const std::size_t size = unique.columns.size();
    const double score = factorials[columns - size];
    ++suda.by_size[size - 1];
    suda.scores[unique.record] += score;
    for (std::size_t i = 0; i < columns; ++i) {
      suda.shares[i] += unique.columns.has(i) ? score : 0;
    }
  }
  for (const double score : suda.scores) {
    suda.score_sum += score;
    suda.score_highest = std::max(suda.score_highest, score);
    suda.records_with_score += score > 0 ? 1 : 0;
  }
  for (double& share : suda.shares) {
    share = suda.score_sum > 0 ? share / suda.score_sum : 0;
  }
  return suda;
}

std::vector<double> dis_suda(const Suda& suda, const ClassSizes& sizes, std::size_t columns,
                             double fraction) {
  PARCOURS_CHECK(fraction > 0 && fraction <= 1);
  const auto uniques = static_cast<double>(sizes.uniques());
  const auto in_pairs = 2 * static_cast<double>(sizes.of_size(2));
  const double dis = uniques * fraction / (uniques * fraction + in_pairs * (1 - fraction));
  const double q = 1 + (8 - static_cast<double>(columns)) / 20;
  double sum = 0;
  for (const double score : suda.scores) {
    sum += score > 0 ? std::pow(score, -q) : 0;
  }
  std::vector<double> result;
  result.reserve(suda.scores.size());
  for (const double score : suda.scores) {
    result.push_back(score > 0 ? 1 / (1 + (uniques / dis - uniques) / (std::pow(score, q) * sum))
                               : 0);
  }
  return result;
}

}  // namespace parcours
