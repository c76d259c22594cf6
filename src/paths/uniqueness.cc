#include "paths/uniqueness.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <limits>
#include <numeric>
#include <thread>

#include "base/check.h"
#include "base/random.h"
#include "paths/matching.h"

namespace parcours {
namespace {

// How one point of the curve is worked out: for each of `patients` (empty: every one) all choices,
// or some drawn.
struct Plan {
  bool exact = false;
  std::uint64_t draws_each = 0;
  std::vector<std::uint32_t> patients;
};

// n choose m, at most `most`.
std::uint64_t choices(std::uint64_t n, std::uint64_t m, std::uint64_t most) {
  m = std::min(m, n - std::min(m, n));
  std::uint64_t result = 1;
  for (std::uint64_t i = 1; i <= m; ++i) {
    if (result > std::numeric_limits<std::uint64_t>::max() / n) {
      return most;
    }
    result = result * (n - m + i) / i;
    if (result >= most) {
      return most;
    }
  }
  return result;
}

bool few_choices(const Paths& paths, std::uint32_t known, std::uint64_t draws) {
  std::uint64_t total = 0;
  for (std::size_t patient = 0; patient < paths.patients() && total <= draws; ++patient) {
    const std::size_t pairs = paths.record(patient).size();
    total += choices(pairs, std::min<std::size_t>(known, pairs), draws + 1);
  }
  return total <= draws;
}

// `wanted` of `of` numbers, ascending, every set of them as likely (Knuth, TAOCP 2, 3.4.2,
// algorithm S).
std::vector<std::uint32_t> sample(std::size_t of, std::uint64_t wanted, Random& random) {
  std::vector<std::uint32_t> result;
  result.reserve(wanted);
  for (std::size_t i = 0; i < of && result.size() < wanted; ++i) {
    if (random.below(static_cast<std::uint32_t>(of - i)) < wanted - result.size()) {
      result.push_back(static_cast<std::uint32_t>(i));
    }
  }
  return result;
}

Plan plan_for(const Paths& paths, std::optional<std::uint32_t> known,
              const CurveQuestion& question) {
  if (!known || *known == 1 || few_choices(paths, *known, question.draws)) {
    return {.exact = true};
  }
  if (question.draws >= paths.patients()) {
    return {.draws_each = question.draws / paths.patients()};
  }
  Random random(question.seed, std::uint64_t{*known} << 32);
  return {.draws_each = 1, .patients = sample(paths.patients(), question.draws, random)};
}

// The share of the choices of `known` pairs that make one patient unique.
class Share {
 public:
  Share(const Neighbourhood& near, std::optional<std::uint32_t> known, const Plan& plan,
        std::uint64_t seed)
      : paths_(near.paths()), known_(known), plan_(plan), seed_(seed), matcher_(near) {}

  double of(std::uint32_t patient) {
    const auto record = paths_.record(patient);
    if (!known_ || *known_ >= record.size()) {
      return matcher_.unique(patient, record) ? 1 : 0;
    }
    return plan_.exact ? of_every_choice(patient, record) : of_drawn(patient, record);
  }

 private:
  double of_every_choice(std::uint32_t patient, std::span<const std::uint32_t> record) {
    places_.resize(*known_);
    std::iota(places_.begin(), places_.end(), 0);
    std::uint64_t tried = 0;
    std::uint64_t unique = 0;
    do {
      chosen_.clear();
      for (const std::size_t place : places_) {
        chosen_.push_back(record[place]);
      }
      ++tried;
      unique += matcher_.unique(patient, chosen_) ? 1 : 0;
    } while (next_choice(record.size()));
    return static_cast<double>(unique) / static_cast<double>(tried);
  }

  // Moves `places_` on to the next ascending choice of numbers below `n`; false after the last.
  bool next_choice(std::size_t n) {
    const std::size_t m = places_.size();
    std::size_t i = m;
    while (i > 0 && places_[i - 1] == n - m + i - 1) {
      --i;
    }
    if (i == 0) {
      return false;
    }
    ++places_[i - 1];
    std::iota(places_.begin() + static_cast<std::ptrdiff_t>(i), places_.end(), places_[i - 1] + 1);
    return true;
  }

  double of_drawn(std::uint32_t patient, std::span<const std::uint32_t> record) {
    Random random(seed_, (std::uint64_t{*known_} << 32) + patient + 1);
    std::uint64_t unique = 0;
    for (std::uint64_t draw = 0; draw < plan_.draws_each; ++draw) {
      chosen_.clear();
      // Floyd's way to choose m of n (Bentley, Floyd, "A sample of brilliance", CACM 30, 1987).
      for (std::size_t i = record.size() - *known_; i < record.size(); ++i) {
        const std::uint32_t pair = record[random.below(static_cast<std::uint32_t>(i + 1))];
        chosen_.push_back(std::ranges::find(chosen_, pair) == chosen_.end() ? pair : record[i]);
      }
      unique += matcher_.unique(patient, chosen_) ? 1 : 0;
    }
    return static_cast<double>(unique) / static_cast<double>(plan_.draws_each);
  }

  const Paths& paths_;
  const std::optional<std::uint32_t> known_;
  const Plan& plan_;
  const std::uint64_t seed_;
  Matcher matcher_;
  std::vector<std::size_t> places_;
  std::vector<std::uint32_t> chosen_;
};

// Work is cut into pieces of this many patients whatever the threads, and the pieces' sums are
// added in order: so the last bit of a figure does not depend on who did what.
constexpr std::size_t piece_size = 4096;

Result<double> mean_share(const Neighbourhood& near, std::optional<std::uint32_t> known,
                          const Plan& plan, const CurveQuestion& question, Progress& progress,
                          const Stop& stop) {
  const std::size_t total = plan.patients.empty() ? near.paths().patients() : plan.patients.size();
  std::vector<double> sums((total + piece_size - 1) / piece_size, 0);
  std::atomic<std::size_t> next{0};
  const auto work = [&] {
    Share share(near, known, plan, question.seed);
    for (std::size_t piece; (piece = next.fetch_add(1)) < sums.size() && !stop.requested();) {
      const std::size_t end = std::min(total, (piece + 1) * piece_size);
      for (std::size_t i = piece * piece_size; i < end && !stop.requested(); ++i) {
        const auto patient =
            plan.patients.empty() ? static_cast<std::uint32_t>(i) : plan.patients[i];
        sums[piece] += share.of(patient);
      }
      progress.add(end - piece * piece_size);
    }
  };
  {
    std::vector<std::jthread> helpers;
    for (int thread = 1; thread < question.threads; ++thread) {
      helpers.emplace_back(work);
    }
    work();
  }
  if (stop.requested()) {
    return stopped();
  }
  return std::accumulate(sums.begin(), sums.end(), 0.0) / static_cast<double>(total);
}

}  // namespace

Interval wilson_interval(double share, double draws) {
  constexpr double z = 1.959963984540054;  // the normal distribution's 97.5 % point
  const double scale = 1 + z * z / draws;
  const double middle = (share + z * z / (2 * draws)) / scale;
  const double half =
      z * std::sqrt(share * (1 - share) / draws + z * z / (4 * draws * draws)) / scale;
  return {std::max(0.0, middle - half), std::min(1.0, middle + half)};
}

Result<std::vector<CurvePoint>> uniqueness_curve(const Paths& paths, const CurveQuestion& question,
                                                 Progress& progress, const Stop& stop) {
  PARCOURS_CHECK(paths.patients() > 0 && question.draws > 0);
  std::vector<CurvePoint> curve;
  for (const std::int32_t within : question.within_days) {
    const Neighbourhood near(paths, within);
    for (const auto& known : question.known) {
      const Plan plan = plan_for(paths, known, question);
      const std::size_t asked = plan.patients.empty() ? paths.patients() : plan.patients.size();
      progress.begin(
          fmt::format("{} known, within {} days", known ? std::to_string(*known) : "all", within),
          asked);
      ASSIGN_OR_RETURN(const double share, mean_share(near, known, plan, question, progress, stop));
      progress.end();
      const Interval interval =
          plan.exact ? Interval{share, share}
                     : wilson_interval(share, static_cast<double>(asked) *
                                                  static_cast<double>(plan.draws_each));
      curve.push_back({known, within, share, plan.exact, interval.low, interval.high});
    }
  }
  return curve;
}

}  // namespace parcours
