#include "microdata/diversity.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "base/check.h"
#include "base/threads.h"
#include "microdata/order.h"

namespace parcours::microdata {
namespace {

// How many records have each place of the sensitive column, and their running sums.
struct Whole {
  std::vector<double> share;  // by place
  std::vector<double> up_to;  // the shares of the places before it; one more than there are places
  std::vector<double> sum_up_to;  // the sums of up_to[1..place]
  bool ordered = false;
};

struct Held {
  std::uint32_t place;
  std::uint32_t records;
};

// Sum over the places from `begin` to before `end` of |level - up_to[place + 1]|: the shares grow,
// so that one crossing parts those below the level from those above.
double between(const Whole& whole, double level, std::size_t begin, std::size_t end) {
  const auto first = whole.up_to.begin() + static_cast<std::ptrdiff_t>(begin) + 1;
  const auto last = whole.up_to.begin() + static_cast<std::ptrdiff_t>(end) + 1;
  const auto cross =
      static_cast<std::size_t>(std::lower_bound(first, last, level) - whole.up_to.begin()) - 1;
  const double below = static_cast<double>(cross - begin) * level -
                       (whole.sum_up_to[cross] - whole.sum_up_to[begin]);
  const double above =
      (whole.sum_up_to[end] - whole.sum_up_to[cross]) - static_cast<double>(end - cross) * level;
  return below + above;
}

// The farther of a class and the whole, in both distances; `held` in order of places.
struct Distances {
  double equal = 0;
  double ordered = 0;
};

Distances distances(const Whole& whole, std::span<const Held> held, double records) {
  Distances result;
  double level = 0;
  std::size_t from = 0;
  double moved = 0;
  for (const Held& value : held) {
    const double share = value.records / records;
    result.equal += std::max(0.0, share - whole.share[value.place]);
    if (whole.ordered) {
      moved += between(whole, level, from, value.place);
      level += share;
      from = value.place;
    }
  }
  if (whole.ordered && whole.share.size() > 1) {
    moved += between(whole, level, from, whole.share.size());
    result.ordered = moved / static_cast<double>(whole.share.size() - 1);
  }
  return result;
}

// What a stretch of classes adds up to.
struct Sums {
  std::uint32_t fewest_values = std::numeric_limits<std::uint32_t>::max();
  double least_entropy = std::numeric_limits<double>::infinity();
  double farthest_equal = 0;
  double farthest_ordered = 0;
  std::uint64_t same_records = 0;
};

void add_class(Sums& sums, const Whole& whole, std::vector<std::uint32_t>& places,
               std::vector<Held>& held) {
  std::ranges::sort(places);
  held.clear();
  for (const std::uint32_t place : places) {
    if (held.empty() || held.back().place != place) {
      held.push_back({place, 0});
    }
    ++held.back().records;
  }
  const auto records = static_cast<double>(places.size());
  sums.fewest_values = std::min(sums.fewest_values, static_cast<std::uint32_t>(held.size()));
  if (held.size() == 1 && places.size() > 1) {
    sums.same_records += places.size();
  }
  const Distances far = distances(whole, held, records);
  sums.farthest_equal = std::max(sums.farthest_equal, far.equal);
  sums.farthest_ordered = std::max(sums.farthest_ordered, far.ordered);
  double entropy = 0;
  for (const Held& value : held) {
    entropy -= value.records / records * std::log(value.records / records);
  }
  sums.least_entropy = std::min(sums.least_entropy, entropy);
}

Whole whole_of(std::span<const std::uint32_t> places, std::size_t values, bool ordered) {
  Whole whole{.share = std::vector<double>(values, 0), .ordered = ordered};
  for (const std::uint32_t place : places) {
    ++whole.share[place];
  }
  for (double& share : whole.share) {
    share /= static_cast<double>(places.size());
  }
  whole.up_to.push_back(0);
  whole.sum_up_to.push_back(0);
  for (const double share : whole.share) {
    whole.up_to.push_back(whole.up_to.back() + share);
    whole.sum_up_to.push_back(whole.sum_up_to.back() + whole.up_to.back());
  }
  return whole;
}

// The records of each class beside each other: where each class begins, and their places.
struct ByClass {
  std::vector<std::size_t> begins;
  std::vector<std::uint32_t> places;
};

ByClass by_class(const Classes& grouping, std::span<const std::uint32_t> places) {
  ByClass result{.begins = {0}, .places = std::vector<std::uint32_t>(places.size())};
  for (const std::uint32_t size : grouping.sizes) {
    result.begins.push_back(result.begins.back() + size);
  }
  std::vector<std::size_t> next(result.begins.begin(), result.begins.end() - 1);
  for (std::size_t record = 0; record < places.size(); ++record) {
    result.places[next[grouping.class_of[record]]++] = places[record];
  }
  return result;
}

Diversity result_of(const std::vector<Sums>& stretches, bool ordered) {
  Sums all = stretches.front();
  for (const Sums& sums : std::span(stretches).subspan(1)) {
    all.fewest_values = std::min(all.fewest_values, sums.fewest_values);
    all.least_entropy = std::min(all.least_entropy, sums.least_entropy);
    all.farthest_equal = std::max(all.farthest_equal, sums.farthest_equal);
    all.farthest_ordered = std::max(all.farthest_ordered, sums.farthest_ordered);
    all.same_records += sums.same_records;
  }
  Diversity result{.fewest_values = all.fewest_values,
                   .least_effective_values = std::exp(all.least_entropy),
                   .farthest_equal = all.farthest_equal,
                   .same_value_records = all.same_records};
  if (ordered) {
    result.farthest_ordered = all.farthest_ordered;
  }
  return result;
}

}  // namespace

Diversity diversity(const Microdata& data, std::span<const std::size_t> chosen,
                    std::size_t sensitive, int threads) {
  PARCOURS_CHECK(data.records > 0);
  const MicrodataColumn& column = data.columns[sensitive];
  std::vector<std::uint32_t> places = column.codes;
  const auto order = order_of(column.dictionary);
  if (order) {
    for (std::uint32_t& place : places) {
      place = (*order)[place];
    }
  }
  const Whole whole = whole_of(places, column.dictionary.size(), order.has_value());
  const ByClass classes = by_class(group(data, chosen, threads), places);

  constexpr std::size_t at_once = 4096;
  const std::size_t count = classes.begins.size() - 1;
  std::vector<Sums> stretches((count + at_once - 1) / at_once);
  each_on_threads(stretches.size(), threads, [&](std::size_t stretch) {
    std::vector<std::uint32_t> of_class;
    std::vector<Held> held;
    const std::size_t end = std::min(count, (stretch + 1) * at_once);
    for (std::size_t i = stretch * at_once; i < end; ++i) {
      of_class.assign(classes.places.begin() + static_cast<std::ptrdiff_t>(classes.begins[i]),
                      classes.places.begin() + static_cast<std::ptrdiff_t>(classes.begins[i + 1]));
      add_class(stretches[stretch], whole, of_class, held);
    }
  });
  return result_of(stretches, order.has_value());
}

}  // namespace parcours::microdata
