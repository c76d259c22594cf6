#include "microdata/flat_risk.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/check.h"
#include "microdata/joined.h"

namespace parcours::microdata {
namespace {

KMap k_map_of(std::span<const std::uint64_t> in_file,
              std::span<const std::uint64_t> in_population) {
  KMap result;
  std::map<std::pair<std::uint32_t, std::uint64_t>, std::uint64_t> cells;
  for (std::size_t i = 0; i < in_file.size(); ++i) {
    if (in_file[i] == 0) {
      continue;
    }
    result.not_covered += in_population[i] < in_file[i] ? in_file[i] : 0;
    ++cells[{static_cast<std::uint32_t>(in_file[i]), std::max(in_population[i], in_file[i])}];
  }
  for (const auto& [sizes, classes] : cells) {
    result.cells.push_back({sizes.first, sizes.second, classes});
  }
  return result;
}

}  // namespace

MatchRisk prosecutor_risk(const ClassSizes& sizes) {
  MatchRisk risk;
  if (sizes.sizes.empty()) {
    return risk;
  }
  risk.highest = 1.0 / sizes.sizes.front().records;
  risk.average = static_cast<double>(sizes.classes()) / static_cast<double>(sizes.records());
  return risk;
}

std::uint64_t KMap::records_below(std::uint64_t k) const {
  std::uint64_t sum = 0;
  for (const KMapCell& cell : cells) {
    sum += cell.in_population < k ? cell.in_file * cell.classes : 0;
  }
  return sum;
}

MatchRisk KMap::journalist_risk() const {
  MatchRisk risk;
  double sum = 0;
  std::uint64_t records = 0;
  for (const KMapCell& cell : cells) {
    const double chance = 1.0 / static_cast<double>(cell.in_population);
    const std::uint64_t alike = cell.in_file * cell.classes;
    risk.highest = std::max(risk.highest, chance);
    sum += chance * static_cast<double>(alike);
    records += alike;
  }
  risk.average = records == 0 ? 0 : sum / static_cast<double>(records);
  return risk;
}

Result<KMap> k_map(const Microdata& file, std::span<const std::size_t> chosen,
                   const Microdata& population, int threads) {
  ASSIGN_OR_RETURN(const JoinedClasses joined, join_classes(file, chosen, population, threads));
  return k_map_of(joined.in_first, joined.in_second);
}

KMap k_map_by_weights(const Microdata& data, std::span<const std::size_t> chosen, int threads) {
  PARCOURS_CHECK(data.weights.size() == data.records);
  const Classes grouping = group(data, chosen, threads);
  std::vector<double> people(grouping.sizes.size(), 0);
  for (std::size_t record = 0; record < data.records; ++record) {
    people[grouping.class_of[record]] += data.weights[record];
  }
  std::vector<std::uint64_t> in_file(grouping.sizes.begin(), grouping.sizes.end());
  std::vector<std::uint64_t> in_population(people.size());
  for (std::size_t i = 0; i < people.size(); ++i) {
    in_population[i] = std::max(in_file[i], static_cast<std::uint64_t>(std::llround(people[i])));
  }
  return k_map_of(in_file, in_population);
}

}  // namespace parcours::microdata
