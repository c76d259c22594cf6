#include "microdata/singling_out.h"

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/check.h"
#include "base/threads.h"
#include "microdata/draws.h"
#include "microdata/order.h"
#include "microdata/scan.h"

namespace parcours::microdata {
namespace {

// The chosen columns, numbers in their order.
struct OrderedColumns {
  std::vector<std::vector<std::uint32_t>> codes;
  std::vector<CodeColumn> columns;
  std::vector<std::optional<std::uint32_t>> last;  // the highest number's code; nothing: no numbers
};

OrderedColumns ordered(const Microdata& data, std::span<const std::size_t> chosen) {
  OrderedColumns result;
  result.codes.reserve(chosen.size());
  for (const std::size_t place : chosen) {
    const MicrodataColumn& column = data.columns[place];
    result.codes.push_back(column.codes);
    const auto order = order_of(column.dictionary);
    if (order) {
      for (std::uint32_t& code : result.codes.back()) {
        code = (*order)[code];
      }
    }
    const std::uint32_t values = column.dictionary.size();
    result.columns.push_back({result.codes.back(), values});
    result.last.push_back(order ? std::optional(values - (column.dictionary.missing() ? 2 : 1))
                                : std::nullopt);
  }
  return result;
}

std::vector<CodeRange> describe(const OrderedColumns& ordered, std::uint32_t record,
                                std::size_t columns_each, Random& random) {
  std::vector<std::size_t> places(ordered.columns.size());
  std::iota(places.begin(), places.end(), 0);
  std::vector<CodeRange> description;
  for (std::size_t i = 0; i < columns_each; ++i) {
    const std::size_t drawn = i + random.below(static_cast<std::uint32_t>(places.size() - i));
    std::swap(places[i], places[drawn]);
    const std::size_t place = places[i];
    const std::uint32_t code = ordered.codes[place][record];
    CodeRange range{place, code, code};
    if (ordered.last[place] && code <= *ordered.last[place]) {
      const std::uint32_t kind = random.below(3);
      range.least = kind == 1 ? 0 : range.least;
      range.most = kind == 2 ? *ordered.last[place] : range.most;
    }
    description.push_back(range);
  }
  return description;
}

}  // namespace

Result<SinglingOut> single_out(const Microdata& data, std::span<const std::size_t> chosen,
                               std::size_t columns_each, const AttackDraws& draws,
                               Progress& progress, const Stop& stop) {
  PARCOURS_CHECK(data.records > 1);
  columns_each = std::min(columns_each, chosen.size());
  Halves halves = halves_of(data.records, draws.seed);
  halves.held_out.resize(halves.exported.size());
  const OrderedColumns columns = ordered(data, chosen);
  const Scan exported(columns.columns, halves.exported);
  const Scan held_out(columns.columns, halves.held_out);

  struct Fits {
    std::uint64_t exported = 0;
    std::uint64_t held_out = 0;
  };
  std::vector<Fits> fits(draws.attacks);
  progress.begin("singling out", draws.attacks);
  each_on_threads(draws.attacks, draws.threads, [&](std::size_t i) {
    if (!stop.requested()) {
      Random random(draws.seed, i + 1);
      const std::uint32_t record =
          halves.exported[random.below(static_cast<std::uint32_t>(halves.exported.size()))];
      const auto description = describe(columns, record, columns_each, random);
      fits[i] = {exported.count(description), held_out.count(description)};
      progress.add(1);
    }
  });
  progress.end();
  if (stop.requested()) {
    return stopped();
  }
  const auto drawn = static_cast<double>(fits.size());
  const auto fit_one = [&](std::uint64_t Fits::*where) {
    return Share::drawn(static_cast<double>(std::ranges::count(fits, std::uint64_t{1}, where)),
                        drawn);
  };
  SinglingOut result{.exported = fit_one(&Fits::exported), .held_out = fit_one(&Fits::held_out)};
  const auto people = static_cast<double>(halves.exported.size());
  for (const Fits& fit : fits) {
    const auto fitting = static_cast<double>(fit.held_out);
    result.by_weight += fitting * std::pow(1 - fitting / people, people - 1) / drawn;
  }
  return result;
}

}  // namespace parcours::microdata
