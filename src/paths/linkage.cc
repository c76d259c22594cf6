#include "paths/linkage.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

#include "base/check.h"
#include "paths/choices.h"
#include "paths/matching.h"
#include "paths/pieces.h"

namespace parcours::paths {
namespace {

// The second export, ready to be asked.
class Scoreboard {
 public:
  Scoreboard(const Paths& second, std::int32_t within)
      : paths_(second), within_(within), near_(second, within) {
    for (std::uint32_t pair = 0; pair < paths_.pairs(); ++pair) {
      const std::uint32_t code = paths_.pair_codes[pair];
      if (code >= codes_.size()) {
        codes_.resize(code + std::size_t{1}, {0, 0});
      }
      if (codes_[code].first == codes_[code].second) {
        codes_[code].first = pair;
      }
      codes_[code].second = pair + 1;
    }
    roots_.resize(paths_.patients());
    for (std::size_t patient = 0; patient < paths_.patients(); ++patient) {
      double weights = 0;
      for (const std::uint32_t pair : paths_.record(patient)) {
        weights += weight(near_.weight(near_.reach(pair)));
      }
      roots_[patient] = weights > 0 ? std::sqrt(weights) : 1;
    }
  }

  const Paths& paths() const { return paths_; }
  double root(std::size_t patient) const { return roots_[patient]; }
  double weight(std::uint64_t entries) const {
    return std::max(
        0.0, std::log(static_cast<double>(paths_.patients()) / static_cast<double>(entries)));
  }

  // The patients of the entries that match a pair; some come more than once.
  std::span<const std::uint32_t> matching(std::uint32_t code, std::int32_t day) const {
    if (code >= codes_.size() || codes_[code].first == codes_[code].second) {
      return {};
    }
    const auto begin = paths_.pair_days.begin() + codes_[code].first;
    const auto end = paths_.pair_days.begin() + codes_[code].second;
    const auto first = std::lower_bound(begin, end, std::int64_t{day} - within_);
    const auto last = std::upper_bound(first, end, std::int64_t{day} + within_);
    const std::uint32_t from =
        paths_.index_starts[static_cast<std::size_t>(first - paths_.pair_days.begin())];
    const std::uint32_t until =
        paths_.index_starts[static_cast<std::size_t>(last - paths_.pair_days.begin())];
    return std::span(paths_.index_patients).subspan(from, until - from);
  }

 private:
  const Paths& paths_;
  const std::int32_t within_;
  const Neighbourhood near_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> codes_;  // first pair, one after the last
  std::vector<double> roots_;
};

struct Outcome {
  bool joined = false;
  bool correct = false;
  bool best = false;
  bool by_chance = false;
};

// One a thread.
class Scorer {
 public:
  Scorer(const TwoExports& exports, const Scoreboard& board, const LinkQuestion& question)
      : exports_(exports),
        board_(board),
        question_(question),
        scores_(board.paths().patients(), 0),
        last_pair_(board.paths().patients(), no_partner) {}

  // `stranger` is a patient of the second export, for where it is not known who is who.
  Outcome of(std::uint32_t patient, std::uint32_t stranger) {
    score(exports_.first, patient);
    const Standing all = standing(no_partner);
    Outcome outcome;
    outcome.joined = stands_out(all);
    if (exports_.partners.empty()) {
      score(exports_.second, stranger);
      outcome.by_chance = stands_out(standing(stranger));
      return outcome;
    }
    const std::uint32_t partner = exports_.partners[patient];
    outcome.best = partner != no_partner && all.best > all.second && all.who == partner;
    outcome.correct = outcome.joined && all.who == partner;
    outcome.by_chance = stands_out(standing(partner));
    return outcome;
  }

 private:
  struct Standing {
    double best = 0;
    double second = 0;
    double deviation = 0;
    std::uint32_t who = no_partner;
  };

  // Of a patient of either export against everybody in the second.
  void score(const Paths& from, std::uint32_t patient) {
    for (const std::uint32_t other : touched_) {
      scores_[other] = 0;
      last_pair_[other] = no_partner;
    }
    touched_.clear();
    for (const std::uint32_t pair : from.record(patient)) {
      const auto matching = board_.matching(from.pair_codes[pair], from.pair_days[pair]);
      const double weight = matching.empty() ? 0 : board_.weight(matching.size());
      for (const std::uint32_t other : matching) {
        if (last_pair_[other] == no_partner) {
          touched_.push_back(other);
        }
        if (last_pair_[other] != pair) {
          last_pair_[other] = pair;
          scores_[other] += weight;
        }
      }
    }
    for (const std::uint32_t other : touched_) {
      scores_[other] /= board_.root(other);
    }
  }

  // Among the patients of the second export but for `without`; those not touched score 0.
  Standing standing(std::uint32_t without) const {
    Standing result;
    double sum = 0;
    double squares = 0;
    for (const std::uint32_t other : touched_) {
      if (other == without) {
        continue;
      }
      const double score = scores_[other];
      sum += score;
      squares += score * score;
      if (score > result.best) {
        result.second = result.best;
        result.best = score;
        result.who = other;
      } else {
        result.second = std::max(result.second, score);
      }
    }
    const double patients = static_cast<double>(scores_.size()) - (without == no_partner ? 0 : 1);
    const double mean = patients > 0 ? sum / patients : 0;
    result.deviation =
        patients > 0 ? std::sqrt(std::max(0.0, squares / patients - mean * mean)) : 0;
    return result;
  }

  bool stands_out(const Standing& standing) const {
    return standing.best > standing.second &&
           standing.best - standing.second >= question_.eccentricity * standing.deviation;
  }

  const TwoExports& exports_;
  const Scoreboard& board_;
  const LinkQuestion& question_;
  std::vector<double> scores_;            // by patient of the second export
  std::vector<std::uint32_t> last_pair_;  // that counted for them
  std::vector<std::uint32_t> touched_;
};

// How many entries of the second export a patient of the first is compared with, on average.
double entries_a_patient(const Paths& first, const Scoreboard& board) {
  double entries = 0;
  for (std::uint32_t pair = 0; pair < first.pairs(); ++pair) {
    const std::uint32_t patients =
        first.index_starts[pair + std::size_t{1}] - first.index_starts[pair];
    const auto matching = board.matching(first.pair_codes[pair], first.pair_days[pair]);
    entries += static_cast<double>(patients) * static_cast<double>(matching.size());
  }
  return entries / static_cast<double>(first.patients());
}

// How many patients are tried.
std::uint64_t affordable(const TwoExports& exports, const Scoreboard& board,
                         const LinkQuestion& question) {
  const double each = std::max(1.0, entries_a_patient(exports.first, board));
  const double most = std::min(static_cast<double>(question.sample),
                               std::max(1.0, static_cast<double>(question.steps) / each));
  return std::min<std::uint64_t>(static_cast<std::uint64_t>(most), exports.first.patients());
}

using Events = std::vector<std::pair<std::uint32_t, std::int32_t>>;  // code, day

// What two exports number differently: pairs as they are, in order.
Events events_of(const Paths& paths, std::size_t patient) {
  Events events;
  for (const std::uint32_t pair : paths.record(patient)) {
    events.emplace_back(paths.pair_codes[pair], paths.pair_days[pair]);
  }
  std::ranges::sort(events);
  return events;
}

std::uint64_t hash_of(const Events& events) {
  std::uint64_t hash = 0;
  for (const auto& [code, day] : events) {
    hash = (hash ^ ((std::uint64_t{code} << 32) | static_cast<std::uint32_t>(day))) *
           0x9e3779b97f4a7c15u;
    hash ^= hash >> 32;
  }
  return hash;
}

// Whom it is worth trying: those in both, or everybody where that is not known.
std::vector<std::uint32_t> targets_of(const TwoExports& exports) {
  std::vector<std::uint32_t> targets;
  for (std::uint32_t patient = 0; patient < exports.first.patients(); ++patient) {
    if (exports.partners.empty() || exports.partners[patient] != no_partner) {
      targets.push_back(patient);
    }
  }
  return targets;
}

}  // namespace

Result<LinkFigures> link(const TwoExports& exports, const LinkQuestion& question,
                         Progress& progress, const Stop& stop) {
  PARCOURS_CHECK(exports.first.patients() > 0 && exports.second.patients() > 0);
  PARCOURS_CHECK(question.sample > 0 && question.eccentricity >= 0);
  const Scoreboard board(exports.second, question.within_days);
  Random random(question.seed);
  const std::vector<std::uint32_t> targets = targets_of(exports);
  std::vector<std::uint32_t> patients;
  const std::uint64_t tried =
      std::min<std::uint64_t>(affordable(exports, board, question), targets.size());
  for (const std::uint32_t i : sample(targets.size(), tried, random)) {
    patients.push_back(targets[i]);
  }
  std::vector<std::uint32_t> strangers(patients.size(), no_partner);
  for (std::uint32_t& stranger : strangers) {
    stranger = random.below(static_cast<std::uint32_t>(exports.second.patients()));
  }
  std::vector<Outcome> outcomes(patients.size());
  progress.begin("joining two exports", patients.size());
  constexpr std::size_t piece = 64;
  const bool whole = in_pieces(patients.size(), piece, question.threads, progress, stop, [&] {
    return
        [&, scorer = Scorer(exports, board, question)](std::size_t first, std::size_t end) mutable {
          for (std::size_t i = first; i < end && !stop.requested(); ++i) {
            outcomes[i] = scorer.of(patients[i], strangers[i]);
          }
        };
  });
  if (!whole) {
    return stopped();
  }
  progress.end();
  LinkFigures figures{.first = exports.first.patients(),
                      .in_both = exports.partners.empty() ? 0 : targets.size(),
                      .tried = patients.size()};
  const auto share_with = [&](bool Outcome::*what, bool exact) {
    const auto some = static_cast<double>(std::ranges::count(outcomes, true, what));
    const auto of = static_cast<double>(figures.tried);
    return exact ? Share::exact(some, of) : Share::drawn(some, of);
  };
  const bool all = !targets.empty() && patients.size() == targets.size();
  figures.joined = share_with(&Outcome::joined, all);
  figures.correct = share_with(&Outcome::correct, all);
  figures.best = share_with(&Outcome::best, all);
  // Strangers are always drawn.
  figures.by_chance = share_with(&Outcome::by_chance, all && !exports.partners.empty());
  return figures;
}

ExactJoins exact_joins(const TwoExports& exports) {
  struct Side {
    std::uint64_t hash;
    std::uint32_t patient;
    bool first;
  };
  std::vector<Side> sides;
  const auto add = [&](const Paths& paths, bool first) {
    for (std::uint32_t patient = 0; patient < paths.patients(); ++patient) {
      sides.push_back({hash_of(events_of(paths, patient)), patient, first});
    }
  };
  add(exports.first, true);
  add(exports.second, false);
  std::ranges::sort(sides, {}, &Side::hash);
  ExactJoins joins;
  for (std::size_t begin = 0, end = 0; begin < sides.size(); begin = end) {
    while (end < sides.size() && sides[end].hash == sides[begin].hash) {
      ++end;
    }
    // Nearly always one path; two of one hash are told apart by themselves.
    std::map<Events, std::pair<std::vector<std::uint32_t>, std::vector<std::uint32_t>>> same;
    for (std::size_t i = begin; i < end; ++i) {
      auto& [in_first, in_second] =
          same[events_of(sides[i].first ? exports.first : exports.second, sides[i].patient)];
      (sides[i].first ? in_first : in_second).push_back(sides[i].patient);
    }
    for (const auto& [events, found] : same) {
      if (found.first.size() == 1 && found.second.size() == 1) {
        ++joins.joined;
        joins.correct +=
            !exports.partners.empty() && exports.partners[found.first[0]] == found.second[0] ? 1
                                                                                             : 0;
      }
    }
  }
  return joins;
}

}  // namespace parcours::paths
