#include "microdata/advice.h"

#include <algorithm>
#include <tuple>

#include "base/threads.h"

namespace parcours::microdata {
namespace {

Exposure exposure_of(const ClassSizes& sizes) {
  const std::uint64_t records = sizes.records();
  return {sizes.uniques(),
          records == 0 ? 0 : static_cast<double>(sizes.classes()) / static_cast<double>(records)};
}

auto worth(const Exposure& exposure) {
  return std::tuple(exposure.uniques, exposure.average_risk);
}

// Each of `left` dropped alone.
std::vector<DropAdvice> drop_each(const Microdata& data, std::span<const std::size_t> left,
                                  int threads) {
  const auto without = count_classes_without_each(code_columns(data, left), data.records, threads);
  std::vector<DropAdvice> drops;
  for (std::size_t i = 0; i < left.size(); ++i) {
    drops.push_back({left[i], exposure_of(without[i])});
  }
  std::ranges::stable_sort(drops, {}, [](const DropAdvice& drop) { return worth(drop.without); });
  return drops;
}

std::vector<CoarsenAdvice> coarsen_one(const Microdata& data, std::span<const std::size_t> chosen,
                                       std::size_t place, const AdviceQuestion& question) {
  const MicrodataColumn& column = data.columns[chosen[place]];
  const bool names = std::ranges::find(question.names, chosen[place]) != question.names.end();
  std::vector<CodeColumn> columns = code_columns(data, chosen);
  std::vector<std::uint32_t> codes(data.records);
  std::vector<CoarsenAdvice> result;
  for (const Coarsening& coarsening : coarsenings_for(column.dictionary, names)) {
    const CoarseCodes coarse = coarsen(column.dictionary, coarsening);
    std::ranges::transform(column.codes, codes.begin(),
                           [&](std::uint32_t code) { return coarse.of[code]; });
    columns[place] = {codes, coarse.values};
    result.push_back({chosen[place], coarsening, coarse.values,
                      exposure_of(count_classes(columns, data.records, question.threads))});
  }
  return result;
}

}  // namespace

Result<Advice> advise(const Microdata& data, std::span<const std::size_t> chosen,
                      const AdviceQuestion& question, Progress& progress, const Stop& stop) {
  Advice advice{.now = exposure_of(count_classes(data, chosen, question.threads))};
  progress.begin("trying what would help",
                 chosen.size() + std::min(question.most_steps, chosen.size()));
  advice.drops = drop_each(data, chosen, question.threads);
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    if (stop.requested()) {
      return stopped();
    }
    const auto coarser = coarsen_one(data, chosen, i, question);
    advice.coarser.insert(advice.coarser.end(), coarser.begin(), coarser.end());
    progress.add(1);
  }
  std::ranges::stable_sort(advice.coarser, {},
                           [](const CoarsenAdvice& one) { return worth(one.with); });

  ColumnChoice left(chosen.begin(), chosen.end());
  std::vector<DropAdvice> drops = advice.drops;
  std::uint64_t uniques = advice.now.uniques;
  while (uniques > 0 && !left.empty() && advice.greedy.size() < question.most_steps) {
    if (stop.requested()) {
      return stopped();
    }
    if (!advice.greedy.empty()) {
      drops = drop_each(data, left, question.threads);
    }
    advice.greedy.push_back(drops.front());
    std::erase(left, drops.front().column);
    uniques = drops.front().without.uniques;
    progress.add(1);
  }
  progress.end();
  return advice;
}

}  // namespace parcours::microdata
