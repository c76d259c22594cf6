#include "paths/uniqueness.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <span>

#include "base/check.h"
#include "base/random.h"
#include "base/threads.h"
#include "paths/choices.h"
#include "paths/counting.h"
#include "paths/later_pairs.h"
#include "paths/matching.h"
#include "paths/pieces.h"

namespace parcours::paths {
namespace {

// How one point of the curve is worked out: for each of `patients` (empty: every one) all choices,
// or some drawn.
struct Plan {
  bool exact = false;
  std::uint64_t draws_each = 0;
  std::vector<std::uint32_t> patients;
};

bool few_choices(const Paths& paths, std::uint32_t known, std::uint64_t draws) {
  std::uint64_t total = 0;
  for (std::size_t patient = 0; patient < paths.patients() && total <= draws; ++patient) {
    const std::size_t pairs = paths.record(patient).size();
    total += choices(pairs, std::min<std::size_t>(known, pairs), draws + 1);
  }
  return total <= draws;
}

Plan plan_for(const Paths& paths, std::optional<std::uint32_t> known,
              const CurveQuestion& question) {
  if (!known || few_choices(paths, *known, question.draws)) {
    return {.exact = true};
  }
  if (question.draws >= paths.patients()) {
    return {.draws_each = question.draws / paths.patients()};
  }
  Random random(question.seed, std::uint64_t{*known} << 32);
  return {.draws_each = 1, .patients = sample(paths.patients(), question.draws, random)};
}

// The share of the choices of `known` pairs that make one patient unique.
class PatientShare {
 public:
  PatientShare(const Neighbourhood& near, std::optional<std::uint32_t> known, const Plan& plan,
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
    std::uint64_t tried = 0;
    std::uint64_t unique = 0;
    for (auto places = first_choice(*known_); !places.empty();
         places = next_choice(std::move(places), record.size())) {
      ++tried;
      unique += unique_by(patient, record, places) ? 1 : 0;
    }
    return static_cast<double>(unique) / static_cast<double>(tried);
  }

  double of_drawn(std::uint32_t patient, std::span<const std::uint32_t> record) {
    Random random(seed_, (std::uint64_t{*known_} << 32) + patient + 1);
    std::uint64_t unique = 0;
    for (std::uint64_t draw = 0; draw < plan_.draws_each; ++draw) {
      unique += unique_by(patient, record, drawn_choice(record.size(), *known_, random)) ? 1 : 0;
    }
    return static_cast<double>(unique) / static_cast<double>(plan_.draws_each);
  }

  bool unique_by(std::uint32_t patient, std::span<const std::uint32_t> record,
                 std::span<const std::size_t> places) {
    chosen_.clear();
    for (const std::size_t place : places) {
      chosen_.push_back(record[place]);
    }
    return matcher_.unique(patient, chosen_);
  }

  const Paths& paths_;
  const std::optional<std::uint32_t> known_;
  const Plan& plan_;
  const std::uint64_t seed_;
  Matcher matcher_;
  std::vector<std::uint32_t> chosen_;
};

// The points of one tolerance. What was counted for one of them is kept for the next, and the pairs
// that come later, once they were looked for, for the next tolerance.
class ToleranceCurve {
 public:
  ToleranceCurve(const Paths& paths, std::int32_t within, std::optional<LaterPairs>& later,
                 const CurveQuestion& question, Progress& progress, const Stop& stop)
      : paths_(paths),
        within_(within),
        later_(later),
        question_(question),
        progress_(progress),
        stop_(stop),
        near_(paths, within, question.threads),
        lone_(lone_pairs(near_)) {}

  Result<PatientShares> point(std::optional<std::uint32_t> known) {
    if (known == 1) {
      return exact(known, [&](std::uint32_t patient) { return share_of_lone(patient); });
    }
    if (known == 2 && within_ <= most_days_counted && pair_steps(paths_) <= question_.pair_steps) {
      if (twos_.empty()) {
        if (!later_) {
          later_.emplace(paths_, question_.threads);
        }
        ASSIGN_OR_RETURN(twos_,
                         lone_twos(near_, *later_, lone_, question_.threads, progress_, stop_));
      }
      return exact(known, [&](std::uint32_t patient) { return share_of_twos(patient); });
    }
    return asked(known);
  }

 private:
  double share_of_lone(std::uint32_t patient) const {
    const auto record = paths_.record(patient);
    const auto lone = std::ranges::count_if(record, [&](auto pair) { return lone_[pair] != 0; });
    return static_cast<double>(lone) / static_cast<double>(record.size());
  }

  double share_of_twos(std::uint32_t patient) const {
    const double pairs = static_cast<double>(paths_.record(patient).size());
    return pairs < 2 ? share_of_lone(patient) : twos_[patient] / (pairs * (pairs - 1) / 2);
  }

  // What counting says of every choice of `known` pairs of a patient's; nothing: it does not say.
  // Whoever is alone with a part of what is known is alone with all of it.
  std::optional<bool> unique_by_counting(std::uint32_t patient,
                                         std::optional<std::uint32_t> known) const {
    const auto record = paths_.record(patient);
    const std::uint64_t pairs = record.size();
    const std::uint64_t chosen = std::min<std::uint64_t>(known.value_or(pairs), pairs);
    const auto twos_of = [](std::uint64_t size) { return size * (size - 1) / 2; };
    // If fewer twos than a choice has are not alone, one of its twos is.
    if (!twos_.empty() && twos_[patient] + twos_of(chosen) > twos_of(pairs)) {
      return true;
    }
    if (chosen < pairs) {
      return {};
    }
    if (std::ranges::any_of(record, [&](auto pair) { return lone_[pair] != 0; })) {
      return true;
    }
    if (pairs == 1 || (pairs == 2 && !twos_.empty())) {
      return false;
    }
    return {};
  }

  template <class ShareOf>
  PatientShares exact(std::optional<std::uint32_t> known, const ShareOf& share_of) const {
    constexpr std::size_t piece = 1 << 14;  // patients
    PatientShares result{.shares = std::vector<double>(paths_.patients())};
    each_on_threads((paths_.patients() + piece - 1) / piece, question_.threads,
                    [&](std::size_t number) {
                      const std::size_t end = std::min(paths_.patients(), (number + 1) * piece);
                      for (std::size_t patient = number * piece; patient < end; ++patient) {
                        result.shares[patient] = share_of(static_cast<std::uint32_t>(patient));
                      }
                    });
    result.point = {known, within_, Share::exact(sum(result.shares), patients())};
    return result;
  }

  // Choices tried one by one, all of them or drawn.
  Result<PatientShares> asked(std::optional<std::uint32_t> known) {
    Plan plan = plan_for(paths_, known, question_);
    const std::size_t total = plan.patients.empty() ? paths_.patients() : plan.patients.size();
    std::vector<double> shares(total, 0);
    progress_.begin(
        fmt::format("{} known, within {} days", known ? std::to_string(*known) : "all", within_),
        total);
    constexpr std::size_t piece = 4096;
    const bool whole = in_pieces(total, piece, question_.threads, progress_, stop_, [&] {
      return [&, share = PatientShare(near_, known, plan, question_.seed)](
                 std::size_t first, std::size_t end) mutable {
        for (std::size_t i = first; i < end && !stop_.requested(); ++i) {
          const std::uint32_t patient =
              plan.patients.empty() ? static_cast<std::uint32_t>(i) : plan.patients[i];
          const std::optional<bool> unique = unique_by_counting(patient, known);
          shares[i] = unique ? static_cast<double>(*unique) : share.of(patient);
        }
      };
    });
    if (!whole) {
      return stopped();
    }
    progress_.end();
    const auto asked = static_cast<double>(total);
    const double draws = asked * static_cast<double>(plan.draws_each);
    return PatientShares{
        {known, within_,
         plan.exact ? Share::exact(sum(shares), asked) : Share::drawn(sum(shares), asked, draws)},
        plan.draws_each,
        std::move(plan.patients),
        std::move(shares)};
  }

  static double sum(std::span<const double> shares) {
    return std::accumulate(shares.begin(), shares.end(), 0.0);
  }
  double patients() const { return static_cast<double>(paths_.patients()); }

  const Paths& paths_;
  const std::int32_t within_;
  std::optional<LaterPairs>& later_;
  const CurveQuestion& question_;
  Progress& progress_;
  const Stop& stop_;
  const Neighbourhood near_;
  const std::vector<std::uint8_t> lone_;
  std::vector<std::uint32_t> twos_;  // empty until they are counted
};

}  // namespace

Status visit_shares(const Paths& paths, const CurveQuestion& question, const VisitShares& visit,
                    Progress& progress, const Stop& stop) {
  PARCOURS_CHECK(paths.patients() > 0 && question.draws > 0);
  std::optional<LaterPairs> later;
  for (const std::int32_t within : question.within_days) {
    ToleranceCurve curve(paths, within, later, question, progress, stop);
    for (const auto& known : question.known) {
      if (stop.requested()) {
        return stopped();
      }
      ASSIGN_OR_RETURN(const PatientShares shares, curve.point(known));
      RETURN_IF_ERROR(visit(shares));
    }
  }
  return {};
}

Result<std::vector<CurvePoint>> uniqueness_curve(const Paths& paths, const CurveQuestion& question,
                                                 Progress& progress, const Stop& stop) {
  std::vector<CurvePoint> curve;
  const auto keep = [&](const PatientShares& shares) -> Status {
    curve.push_back(shares.point);
    return {};
  };
  RETURN_IF_ERROR(visit_shares(paths, question, keep, progress, stop));
  return curve;
}

}  // namespace parcours::paths
