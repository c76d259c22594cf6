#include "study/bands.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "study/labels.h"

namespace parcours::study {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

// 5.7 is "5,7" in French.
std::string with_comma(double number) {
  std::string text = fmt::format("{}", number);
  std::ranges::replace(text, '.', ',');
  return text;
}

// What is below `end`, which is not in it.
tables::Category below(double end, Bands::Unit unit) {
  tables::Category category{fmt::format("under{}", end),
                            {fmt::format("under {}", end), "moins de " + with_comma(end)}};
  if (unit == Bands::Unit::birth_year) {
    category.label = {fmt::format("before {}", end), fmt::format("avant {}", end)};
  } else if (unit == Bands::Unit::years) {
    category.label.en += end == 1 ? " year" : " years";
    category.label.fr += end == 1 ? " an" : " ans";
  }
  return category;
}

tables::Category from(double start, Bands::Unit unit) {
  const std::string code = fmt::format("{}plus", start);
  switch (unit) {
    case Bands::Unit::years:
      return {code,
              {fmt::format("{} and over", start),
               fmt::format("{} {} et plus", start, start <= 1 ? "an" : "ans")}};
    case Bands::Unit::birth_year:
      return {code, {fmt::format("{} and after", start), fmt::format("{} et après", start)}};
    case Bands::Unit::count:
    case Bands::Unit::value:
      break;
  }
  return {code, {fmt::format("{} and over", start), with_comma(start) + " et plus"}};
}

// Values from `start` on and below `end`.
tables::Category half_open(double start, double end) {
  return {fmt::format("{}to{}", start, end),
          {fmt::format("{} to under {}", start, end),
           fmt::format("{} à moins de {}", with_comma(start), with_comma(end))}};
}

// Whole numbers from `first` to `last`.
tables::Category closed(double first, double last, Bands::Unit unit) {
  tables::Category category;
  if (first == last) {
    const std::string number = fmt::format("{}", first);
    category = {number, {number, number}};
  } else {
    category = {fmt::format("{}to{}", first, last),
                {fmt::format("{} to {}", first, last), fmt::format("{} à {}", first, last)}};
  }
  if (unit == Bands::Unit::years) {
    category.label.en += last == 1 && first == 1 ? " year" : " years";
    category.label.fr += last <= 1 ? " an" : " ans";
  }
  return category;
}

tables::Category named(double start, double end, Bands::Unit unit) {
  if (start == -infinity) {
    return below(end, unit);
  }
  if (end == infinity) {
    return from(start, unit);
  }
  return unit == Bands::Unit::value ? half_open(start, end) : closed(start, end - 1, unit);
}

}  // namespace

Bands::Bands(std::span<const double> lower_ends, Unit unit,
             std::optional<std::pair<int, int>> limits, bool may_miss)
    : lower_ends_(lower_ends.begin(), lower_ends.end()) {
  const bool from_zero = unit == Unit::years || unit == Unit::count;
  const double least = limits ? limits->first : from_zero ? 0 : -infinity;
  const double beyond = limits ? limits->second + 1 : infinity;
  for (std::size_t reached = 0; reached <= lower_ends_.size(); ++reached) {
    const double band_start = reached == 0 ? -infinity : lower_ends_[reached - 1];
    double band_end = infinity;
    if (reached < lower_ends_.size()) {
      band_end = lower_ends_[reached];
    }
    const double start = std::max(band_start, least);
    const double end = std::min(band_end, beyond);
    category_.push_back(static_cast<std::uint32_t>(categories_.size()));
    if (start < end) {
      const bool below_first = reached == 0 && !limits && start > -infinity;
      categories_.push_back(below_first && unit == Unit::years ? below(end, unit)
                                                               : named(start, end, unit));
      ends_.emplace_back(start, end);
    }
  }
  if (may_miss) {
    categories_.push_back(not_recorded());
  }
}

std::uint32_t Bands::of(double number) const {
  if (std::isnan(number)) {
    return static_cast<std::uint32_t>(categories_.size()) - 1;
  }
  const auto reached = std::ranges::upper_bound(lower_ends_, number) - lower_ends_.begin();
  return category_[static_cast<std::size_t>(reached)];
}

}  // namespace parcours::study
