#include "paths/knowledge.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <compare>
#include <limits>
#include <numeric>
#include <vector>

namespace parcours::paths {
namespace {

std::int32_t floor_of(std::int64_t number, std::int64_t by) {
  return static_cast<std::int32_t>(number / by - (number % by < 0 ? 1 : 0));
}

std::int32_t first_day(const Paths& paths, std::size_t patient) {
  std::int32_t first = std::numeric_limits<std::int32_t>::max();
  for (const std::uint32_t pair : paths.record(patient)) {
    first = std::min(first, paths.pair_days[pair]);
  }
  return first;
}

// The distinct codes of a record with their first days. Pairs of one code stand together.
struct FirstDay {
  std::int32_t day;
  std::uint32_t code;
  friend auto operator<=>(const FirstDay&, const FirstDay&) = default;
};

std::vector<FirstDay> first_days(const Paths& paths, std::size_t patient) {
  std::vector<FirstDay> result;
  for (const std::uint32_t pair : paths.record(patient)) {
    const std::uint32_t code = paths.pair_codes[pair];
    if (result.empty() || result.back().code != code) {
      result.push_back({paths.pair_days[pair], code});
    }
  }
  return result;
}

// The places of a record's codes in order of their first day, beside codes that lie rarest first.
void add_places(const Paths& from, Paths& to) {
  std::vector<std::uint32_t> place_of_code(
      to.pair_codes.empty() ? 0 : std::ranges::max(to.pair_codes) + std::size_t{1});
  to.record_places.resize(to.record_pairs.size());
  for (std::size_t patient = 0; patient < to.patients(); ++patient) {
    std::vector<FirstDay> codes = first_days(from, patient);
    std::ranges::sort(codes);
    for (std::uint32_t place = 0; place < codes.size(); ++place) {
      place_of_code[codes[place].code] = place;
    }
    for (std::uint32_t i = to.record_starts[patient]; i < to.record_starts[patient + 1]; ++i) {
      to.record_places[i] = place_of_code[to.pair_codes[to.record_pairs[i]]];
    }
  }
}

std::uint64_t hash_of(const Paths& paths, std::size_t patient) {
  std::uint64_t hash = 0;
  const auto mix = [&](std::uint64_t value) {
    hash = (hash ^ value) * 0x9e3779b97f4a7c15u;
    hash ^= hash >> 32;
  };
  for (std::uint32_t i = paths.record_starts[patient]; i < paths.record_starts[patient + 1]; ++i) {
    mix(paths.record_pairs[i] + 1);
    if (!paths.record_places.empty()) {
      mix(paths.record_places[i]);
    }
  }
  return hash;
}

std::span<const std::uint32_t> places(const Paths& paths, std::size_t patient) {
  return paths.record_places.empty()
             ? std::span<const std::uint32_t>()
             : std::span(paths.record_places)
                   .subspan(paths.record_starts[patient], paths.record(patient).size());
}

std::strong_ordering compare(const Paths& paths, std::uint32_t a, std::uint32_t b) {
  const auto order = [](std::span<const std::uint32_t> x, std::span<const std::uint32_t> y) {
    return std::lexicographical_compare_three_way(x.begin(), x.end(), y.begin(), y.end());
  };
  const auto by_pairs = order(paths.record(a), paths.record(b));
  return std::is_neq(by_pairs) ? by_pairs : order(places(paths, a), places(paths, b));
}

constexpr std::int64_t months_a_quarter = 3;

// Days, or the months, quarters or years since year 0 of a date that is known no better.
std::int32_t periods_until(std::int32_t day, Precision precision) {
  switch (precision) {
    case Precision::months:
      return timed(day, Timing::months, Calendar::dates);
    case Precision::quarters:
      return floor_of(timed(day, Timing::months, Calendar::dates), months_a_quarter);
    case Precision::years:
      return year_of(Day{day});
    case Precision::weeks:
    case Precision::days:
      break;
  }
  return day;
}

}  // namespace

std::span<const std::string> timings() {
  static const std::array<std::string, 6> names = {"days",        "weeks", "months",
                                                   "since_first", "order", "none"};
  return names;
}

std::int32_t timed(std::int32_t day, Timing timing, Calendar calendar) {
  constexpr std::int64_t days_a_week = 7;
  constexpr std::int64_t days_a_month = 30;
  constexpr std::int32_t months_a_year = 12;
  if (timing == Timing::weeks) {
    constexpr std::int64_t monday = 4;  // 1970-01-05; 1970-01-01, day 0, was a Thursday
    return calendar == Calendar::dates ? floor_of(day - monday, days_a_week) + 1
                                       : floor_of(day, days_a_week);
  }
  if (timing == Timing::months) {
    if (calendar != Calendar::dates) {
      return floor_of(day, days_a_month);
    }
    const std::chrono::year_month_day date{std::chrono::sys_days{std::chrono::days{day}}};
    return static_cast<int>(date.year()) * months_a_year +
           static_cast<std::int32_t>(static_cast<unsigned>(date.month())) - 1;
  }
  return day;
}

Result<Paths> known_paths(const Paths& paths, Timing timing, Calendar calendar, Precision precision,
                          const Stop& stop) {
  if (calendar == Calendar::order && timing != Timing::days && timing != Timing::order &&
      timing != Timing::none) {
    return bad_input("weeks, months or days since the first event of days that are only an order",
                     {}, "ask for days, order or none");
  }
  std::vector<std::int32_t> days;
  days.reserve(paths.pairs());
  for (const std::int32_t day : paths.pair_days) {
    const bool timeless = timing == Timing::order || timing == Timing::none;
    days.push_back(timeless                        ? 0
                   : timing == Timing::since_first ? periods_until(day, precision)
                                                   : timed(day, timing, calendar));
  }
  PathsBuilder builder;
  for (std::uint32_t patient = 0; patient < paths.patients(); ++patient) {
    const std::int64_t from =
        timing == Timing::since_first ? periods_until(first_day(paths, patient), precision) : 0;
    for (const std::uint32_t pair : paths.record(patient)) {
      constexpr std::int64_t most = std::numeric_limits<std::int32_t>::max();
      builder.add(patient, paths.pair_codes[pair],
                  static_cast<std::int32_t>(std::min(most, days[pair] - from)));
    }
    if (stop.requested()) {
      return stopped();
    }
  }
  ASSIGN_OR_RETURN(Paths known, std::move(builder).build({}, {}, stop));
  if (timing == Timing::order) {
    add_places(paths, known);
  }
  return known;
}

WholePaths whole_paths(const Paths& paths) {
  std::vector<std::uint64_t> hashes(paths.patients());
  std::vector<std::uint32_t> order(paths.patients());
  std::iota(order.begin(), order.end(), 0);
  for (const std::uint32_t patient : order) {
    hashes[patient] = hash_of(paths, patient);
  }
  std::ranges::sort(order, [&](std::uint32_t a, std::uint32_t b) {
    return hashes[a] != hashes[b] ? hashes[a] < hashes[b] : std::is_lt(compare(paths, a, b));
  });
  std::uint64_t unique = 0;
  std::uint64_t different = 0;
  for (std::size_t first = 0, end = 0; first < order.size(); first = end) {
    for (end = first + 1; end < order.size() && hashes[order[first]] == hashes[order[end]] &&
                          std::is_eq(compare(paths, order[first], order[end]));) {
      ++end;
    }
    ++different;
    unique += end - first == 1 ? 1 : 0;
  }
  return {Share::exact(static_cast<double>(unique), static_cast<double>(paths.patients())),
          different};
}

}  // namespace parcours::paths
