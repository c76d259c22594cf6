#include "paths/matching.h"

#include <algorithm>

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
  const bool ordered = !paths.record_places.empty();
  if (ordered) {
    sort_by_place(patient, known);
  }
  const auto candidates =
      std::span(paths.index_patients)
          .subspan(paths.index_starts[wanted_[0].reach.first], wanted_[0].weight);
  constexpr std::size_t soon = 16;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (i + soon < candidates.size()) {
      near_.fetch_signature(candidates[i + soon]);
    }
    const std::uint32_t candidate = candidates[i];
    if ((needed & ~near_.signature(candidate)) == 0 && candidate != patient &&
        has_the_rest(candidate) && (!ordered || in_the_same_order(candidate))) {
      return false;
    }
  }
  return true;
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
