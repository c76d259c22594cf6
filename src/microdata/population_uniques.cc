#include "microdata/population_uniques.h"

#include <algorithm>

#include "base/check.h"
#include "microdata/pitman.h"
#include "microdata/slide_negative_binomial.h"

namespace parcours::microdata {
namespace {

double zayatz(const ClassSizes& sizes, double people) {
  const auto records = static_cast<double>(sizes.records());
  const auto ones = static_cast<double>(sizes.uniques());
  // h_i over h_1: i times the chance that of the i people the others than one are left out.
  double sum = 0;
  double left_out = 1;
  double i = 1;
  for (const ClassSize& size : sizes.sizes) {
    for (; i < size.records; ++i) {
      left_out *= std::max(0.0, people - records - i + 1) / (people - i);
    }
    sum += static_cast<double>(size.classes) * size.records * left_out;
  }
  return ones / records * (ones / sum);
}

std::optional<double> share(double uniques, double people) {
  return uniques >= 0 && uniques <= people ? std::optional(uniques / people) : std::nullopt;
}

}  // namespace

PopulationUniques population_uniques(const ClassSizes& sizes, double fraction) {
  PARCOURS_CHECK(fraction > 0 && fraction <= 1);
  const auto records = static_cast<double>(sizes.records());
  const double people = records / fraction;
  PopulationUniques result;
  if (sizes.uniques() == 0) {
    return {.zayatz = 0, .pitman = 0, .snb = 0};
  }
  if (fraction == 1 || sizes.classes() == sizes.records()) {
    // The file is the population; or all are unique, and nothing says how many would not be.
    result.zayatz = result.dankar = static_cast<double>(sizes.uniques()) / records;
    if (fraction == 1) {
      result.pitman = result.snb = result.zayatz;
    }
    return result;
  }
  result.zayatz = zayatz(sizes, people);
  if (const auto fit = fit_pitman(sizes)) {
    result.pitman = share(fit->uniques(people), people);
  }
  if (const auto fit = fit_slide_negative_binomial(sizes, fraction)) {
    result.snb = share(fit->uniques(), people);
  }
  result.dankar = result.zayatz;
  if (fraction <= 0.1 && result.pitman) {
    result.dankar = *result.pitman;
    result.dankar_took = PopulationModel::pitman;
  } else if (fraction > 0.1 && result.snb && *result.snb <= result.zayatz) {
    result.dankar = *result.snb;
    result.dankar_took = PopulationModel::snb;
  }
  return result;
}

}  // namespace parcours::microdata
