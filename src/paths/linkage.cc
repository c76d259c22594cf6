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

namespace parcours {
namespace {

// Some of the events, their patients numbered anew.
class Part {
 public:
  explicit Part(std::size_t patients) : numbers_(patients, no_partner) {}

  void add(std::uint32_t patient, std::uint32_t code, std::int32_t day) {
    if (numbers_[patient] == no_partner) {
      numbers_[patient] = next_++;
    }
    builder_.add(numbers_[patient], code, day);
  }
  const std::vector<std::uint32_t>& numbers() const { return numbers_; }
  Result<Paths> build(const Stop& stop) && { return std::move(builder_).build({}, {}, stop); }

 private:
  std::vector<std::uint32_t> numbers_;  // by patient of the whole
  std::uint32_t next_ = 0;
  PathsBuilder builder_;
};

template <class Wanted>
Part part_of(const Paths& paths, const Wanted& wanted) {
  Part part(paths.patients());
  for (std::uint32_t patient = 0; patient < paths.patients(); ++patient) {
    for (const std::uint32_t pair : paths.record(patient)) {
      if (wanted(paths.pair_days[pair])) {
        part.add(patient, paths.pair_codes[pair], paths.pair_days[pair]);
      }
    }
  }
  return part;
}

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
  Scorer(const TwoExports& exports, const Scoreboard& board, double eccentricity)
      : exports_(exports),
        board_(board),
        eccentricity_(eccentricity),
        scores_(board.paths().patients(), 0),
        last_pair_(board.paths().patients(), no_partner) {}

  Outcome of(std::uint32_t patient) {
    score(patient);
    const std::uint32_t partner = exports_.partners[patient];
    const Standing all = standing(no_partner);
    Outcome outcome;
    outcome.joined = stands_out(all);
    outcome.best = partner != no_partner && all.best > all.second && all.who == partner;
    outcome.correct = outcome.joined && all.who == partner;
    outcome.by_chance = stands_out(standing(partner));
    for (const std::uint32_t other : touched_) {
      scores_[other] = 0;
      last_pair_[other] = no_partner;
    }
    touched_.clear();
    return outcome;
  }

 private:
  struct Standing {
    double best = 0;
    double second = 0;
    double deviation = 0;
    std::uint32_t who = no_partner;
  };

  void score(std::uint32_t patient) {
    for (const std::uint32_t pair : exports_.first.record(patient)) {
      const auto matching =
          board_.matching(exports_.first.pair_codes[pair], exports_.first.pair_days[pair]);
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
    // In order of number, so that sums come out the same whoever was met first.
    std::ranges::sort(touched_);
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
           standing.best - standing.second >= eccentricity_ * standing.deviation;
  }

  const TwoExports& exports_;
  const Scoreboard& board_;
  const double eccentricity_;
  std::vector<double> scores_;            // by patient of the second export
  std::vector<std::uint32_t> last_pair_;  // that counted for them
  std::vector<std::uint32_t> touched_;
};

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

}  // namespace

Result<TwoExports> split_by_day(const Paths& paths, std::int32_t day, const Stop& stop) {
  Part before = part_of(paths, [&](std::int32_t d) { return d < day; });
  Part after = part_of(paths, [&](std::int32_t d) { return d >= day; });
  TwoExports result;
  for (std::size_t patient = 0; patient < paths.patients(); ++patient) {
    if (before.numbers()[patient] != no_partner) {
      result.partners.push_back(after.numbers()[patient]);
    }
  }
  ASSIGN_OR_RETURN(result.first, std::move(before).build(stop));
  ASSIGN_OR_RETURN(result.second, std::move(after).build(stop));
  if (result.first.patients() == 0 || result.second.patients() == 0) {
    return bad_input("no event on one side of the day", {}, "take a day between the events");
  }
  return result;
}

Result<TwoExports> align(const PathsRead& first, const PathsRead& second, const Stop& stop) {
  std::map<std::pair<std::string, std::string>, std::uint32_t> codes;
  const auto numbers_of = [&](const PathsRead& read) {
    std::vector<std::uint32_t> numbers;
    for (const PathCode& code : read.codes) {
      const auto next = static_cast<std::uint32_t>(codes.size());
      numbers.push_back(codes.try_emplace({code.code, code.kind}, next).first->second);
    }
    return numbers;
  };
  const auto recoded = [&](const PathsRead& read) {
    const std::vector<std::uint32_t> numbers = numbers_of(read);
    PathsBuilder builder;
    for (std::uint32_t patient = 0; patient < read.paths.patients(); ++patient) {
      for (const std::uint32_t pair : read.paths.record(patient)) {
        builder.add(patient, numbers[read.paths.pair_codes[pair]], read.paths.pair_days[pair]);
      }
    }
    return std::move(builder).build({}, {}, stop);
  };
  TwoExports result;
  ASSIGN_OR_RETURN(result.first, recoded(first));
  ASSIGN_OR_RETURN(result.second, recoded(second));
  result.partners.assign(result.first.patients(), no_partner);
  const auto& ranks = first.patients.ranks;
  for (std::uint32_t number = 0; number < ranks.size(); ++number) {
    if (const auto other = second.patients.numbers.find(first.patients.numbers.hash(number))) {
      result.partners[ranks[number]] = second.patients.ranks[*other];
    }
  }
  return result;
}

Result<LinkFigures> link(const TwoExports& exports, const LinkQuestion& question,
                         Progress& progress, const Stop& stop) {
  PARCOURS_CHECK(exports.first.patients() > 0 && exports.second.patients() > 0);
  PARCOURS_CHECK(question.sample > 0 && question.eccentricity >= 0);
  const Scoreboard board(exports.second, question.within_days);
  Random random(question.seed);
  const std::vector<std::uint32_t> patients =
      sample(exports.first.patients(),
             std::min<std::uint64_t>(question.sample, exports.first.patients()), random);
  std::vector<Outcome> outcomes(patients.size());
  progress.begin("joining two exports", patients.size());
  constexpr std::size_t piece = 64;
  const bool whole = in_pieces(patients.size(), piece, question.threads, progress, stop, [&] {
    return [&, scorer = Scorer(exports, board, question.eccentricity)](std::size_t first,
                                                                       std::size_t end) mutable {
      for (std::size_t i = first; i < end && !stop.requested(); ++i) {
        outcomes[i] = scorer.of(patients[i]);
      }
    };
  });
  if (!whole) {
    return stopped();
  }
  progress.end();
  LinkFigures figures{.first = exports.first.patients(),
                      .second = exports.second.patients(),
                      .tried = patients.size()};
  for (std::size_t i = 0; i < patients.size(); ++i) {
    figures.with_partner += exports.partners[patients[i]] != no_partner ? 1 : 0;
    figures.joined += outcomes[i].joined ? 1 : 0;
    figures.correct += outcomes[i].correct ? 1 : 0;
    figures.best += outcomes[i].best ? 1 : 0;
    figures.by_chance += outcomes[i].by_chance ? 1 : 0;
  }
  const auto interval = [](std::uint64_t some, std::uint64_t of) {
    const auto all = static_cast<double>(of);
    return of == 0 ? ShareInterval{0, 1} : wilson_interval(static_cast<double>(some) / all, all);
  };
  figures.correct_share = interval(figures.correct, figures.with_partner);
  figures.chance_share = interval(figures.by_chance, figures.tried);
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
        joins.correct += exports.partners[found.first[0]] == found.second[0] ? 1 : 0;
      }
    }
  }
  return joins;
}

Result<std::vector<PeriodGain>> stable_code(const Paths& paths,
                                            const std::vector<std::int32_t>& starts,
                                            std::int32_t within_days, int threads,
                                            Progress& progress, const Stop& stop) {
  PARCOURS_CHECK(!starts.empty() && std::ranges::is_sorted(starts));
  CurveQuestion question{{std::nullopt}, {within_days}, 1, 1, threads};
  std::vector<PeriodGain> gains;
  for (std::size_t period = 0; period < starts.size(); ++period) {
    const auto ends = [&](std::int32_t day) {
      return period + 1 == starts.size() || day < starts[period + 1];
    };
    const auto unique = [&](std::int32_t from) -> Result<std::pair<std::uint64_t, double>> {
      ASSIGN_OR_RETURN(const Paths part, part_of(paths, [&](std::int32_t d) {
                                           return d >= from && ends(d);
                                         }).build(stop));
      if (part.patients() == 0) {
        return bad_input(fmt::format("no event in period {}", period + 1), {},
                         "let periods begin where events do");
      }
      ASSIGN_OR_RETURN(const auto curve, uniqueness_curve(part, question, progress, stop));
      return std::pair(std::uint64_t{part.patients()}, curve[0].unique_share);
    };
    ASSIGN_OR_RETURN(const auto alone, unique(starts[period]));
    ASSIGN_OR_RETURN(const auto so_far, unique(starts[0]));
    gains.push_back({alone.first, alone.second, so_far.first, so_far.second});
  }
  return gains;
}

}  // namespace parcours
