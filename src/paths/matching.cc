#include "paths/matching.h"

#include <algorithm>
#include <array>

#include "base/check.h"
#include "base/huge_pages.h"
#include "base/threads.h"

namespace parcours::paths {
namespace {

std::vector<std::uint64_t> signatures(const Neighbourhood& near, int threads) {
  constexpr std::size_t piece = 1 << 14;  // patients
  const Paths& paths = near.paths();
  auto result = in_huge_pages<std::uint64_t>(paths.patients(), threads);
  each_on_threads((paths.patients() + piece - 1) / piece, threads, [&](std::size_t number) {
    const std::size_t end = std::min(paths.patients(), (number + 1) * piece);
    for (std::size_t patient = number * piece; patient < end; ++patient) {
      std::uint64_t signature = 0;
      for (const std::uint32_t pair : paths.record(patient)) {
        signature |= near.bit(pair);
      }
      result[patient] = signature;
    }
  });
  return result;
}

// gcc takes a function that does nothing but fetch for one that does nothing, unless it is inlined.
[[gnu::always_inline]] inline void fetch_record(const Paths& paths, std::uint32_t patient) {
  constexpr std::uint32_t line = 64 / sizeof(std::uint32_t);
  const std::uint32_t end = paths.record_starts.data()[patient + std::size_t{1}];
  for (std::uint32_t i = paths.record_starts.data()[patient]; i < end; i += line) {
    __builtin_prefetch(paths.record_pairs.data() + i);
  }
}

}  // namespace

Neighbourhood::Neighbourhood(const Paths& paths, std::int32_t within_days, int threads)
    : paths_(paths), within_days_(within_days) {
  PARCOURS_CHECK(within_days >= 0);
  PARCOURS_CHECK(within_days == 0 || paths.record_places.empty());
  if (within_days > 0) {
    const auto& codes = paths.pair_codes;
    const auto& days = paths.pair_days;
    const auto near = [&](std::size_t a, std::size_t b) {
      return codes[a] == codes[b] && std::int64_t{days[b]} - days[a] <= within_days;
    };
    reaches_.resize(paths.pairs());
    for (std::size_t pair = 0, first = 0, last = 0; pair < paths.pairs(); ++pair) {
      while (!near(first, pair)) {
        ++first;
      }
      last = std::max(last, pair);
      while (last + 1 < paths.pairs() && near(pair, last + 1)) {
        ++last;
      }
      reaches_[pair] = {static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(last)};
    }
  }
  signatures_ = signatures(*this, threads);
}

std::uint64_t Neighbourhood::bit(std::uint32_t pair) const {
  // Matching pairs must share their bit: with a tolerance they share their code alone.
  const std::uint64_t what = within_days_ == 0 ? pair : paths_.pair_codes[pair];
  return std::uint64_t{1} << ((what * 0x9e3779b97f4a7c15u) >> 58);
}

bool Matcher::unique(std::uint32_t patient, std::span<const std::uint32_t> known) {
  PARCOURS_CHECK(!known.empty());
  wanted_.clear();
  std::uint64_t needed = 0;
  for (const std::uint32_t pair : known) {
    const Neighbourhood::Reach reach = near_.reach(pair);
    wanted_.push_back({reach, near_.weight(reach), pair});
    needed |= near_.bit(pair);
  }
  std::ranges::sort(wanted_, {}, &Wanted::weight);

  const Paths& paths = near_.paths();
  if (!paths.record_places.empty()) {
    sort_by_place(patient, known);
  }
  const auto candidates =
      std::span(paths.index_patients)
          .subspan(paths.index_starts[wanted_[0].reach.first], wanted_[0].weight);
  constexpr std::size_t soon = 16;
  constexpr std::size_t waiting = 8;  // a power of two
  std::array<std::uint32_t, waiting> left{};
  std::size_t found = 0;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (i + soon < candidates.size()) {
      near_.fetch_signature(candidates[i + soon]);
    }
    const std::uint32_t candidate = candidates[i];
    if ((needed & ~near_.signature(candidate)) != 0 || candidate == patient) {
      continue;
    }
    if (found >= waiting && matches(left[found % waiting])) {
      return false;
    }
    left[found % waiting] = candidate;
    __builtin_prefetch(paths.record_starts.data() + candidate);
    if (found >= waiting / 2) {
      fetch_record(paths, left[(found - waiting / 2) % waiting]);
    }
    ++found;
  }
  const std::size_t few = std::min(found, waiting);
  return std::none_of(left.begin(), left.begin() + static_cast<std::ptrdiff_t>(few),
                      [&](std::uint32_t candidate) { return matches(candidate); });
}

bool Matcher::matches(std::uint32_t candidate) const {
  return has_the_rest(candidate) && (by_place_.empty() || in_the_same_order(candidate));
}

bool Matcher::has_the_rest(std::uint32_t patient) const {
  const auto record = near_.paths().record(patient);
  return std::all_of(wanted_.begin() + 1, wanted_.end(), [&](const Wanted& wanted) {
    const auto found = std::ranges::lower_bound(record, wanted.reach.first);
    return found != record.end() && *found <= wanted.reach.last;
  });
}

void Matcher::sort_by_place(std::uint32_t patient, std::span<const std::uint32_t> known) {
  by_place_.assign(known.begin(), known.end());
  std::ranges::sort(by_place_, {},
                    [&](std::uint32_t pair) { return near_.paths().place(patient, pair); });
}

bool Matcher::in_the_same_order(std::uint32_t patient) const {
  return std::ranges::is_sorted(
      by_place_, {}, [&](std::uint32_t pair) { return near_.paths().place(patient, pair); });
}

}  // namespace parcours::paths
