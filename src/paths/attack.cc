#include "paths/attack.h"

#include <algorithm>
#include <numeric>
#include <optional>
#include <unordered_map>
#include <utility>

#include "base/check.h"
#include "paths/choices.h"
#include "paths/counting.h"
#include "paths/matching.h"
#include "paths/pieces.h"
#include "paths/uniqueness.h"
#include "vocabulary/kinds.h"

namespace parcours::paths {
namespace {

constexpr std::uint32_t unseen = ~std::uint32_t{0};

// How events look to the attacker: a number for each look, under which entry it counts.
struct Looks {
  std::vector<std::uint32_t> of_code;  // by code; `unseen` where they do not see it
  std::vector<std::uint32_t> entry;    // by look
};

Looks looks_of(const PathsRead& read, const Attackers& attackers, const Attacker& attacker) {
  Looks looks;
  std::unordered_map<std::uint64_t, std::uint32_t> numbers;
  for (std::uint32_t code = 0; code < read.codes.size(); ++code) {
    const std::string kind = kind_of(attackers, read.codes[code]);
    const auto seen = std::ranges::find_if(attacker.knows, [&](const Sight& sight) {
      return std::ranges::any_of(sight.events, [&](const EventPattern& pattern) {
        return fits(pattern, kind, read.codes[code].code);
      });
    });
    if (seen == attacker.knows.end()) {
      looks.of_code.push_back(unseen);
      continue;
    }
    const auto entry = static_cast<std::uint32_t>(seen - attacker.knows.begin());
    std::uint32_t detail = 0;
    if (attacker.detail == Detail::code) {
      detail = code;
    } else if (attacker.detail == Detail::kind) {
      const std::optional<vocabulary::KindId> id = vocabulary::find_kind(kind);
      detail = id ? *id : static_cast<std::uint32_t>(vocabulary::kinds().size());
    }
    const auto next = static_cast<std::uint32_t>(looks.entry.size());
    const auto [found, fresh] = numbers.try_emplace((std::uint64_t{entry} << 32) | detail, next);
    if (fresh) {
      looks.entry.push_back(entry);
    }
    looks.of_code.push_back(found->second);
  }
  return looks;
}

// By patient: a number for what the attacker knows of the person.
std::vector<std::uint32_t> persons(std::size_t patients, const People& people,
                                   const Attacker& attacker, std::vector<std::string>& not_there) {
  std::vector<std::uint32_t> person(patients, 0);
  for (const std::string& name : attacker.person) {
    const PersonField* field = find_field(people, name);
    if (field == nullptr) {
      not_there.push_back(name);
      continue;
    }
    std::unordered_map<std::uint64_t, std::uint32_t> numbers;
    for (std::size_t patient = 0; patient < patients; ++patient) {
      const auto next = static_cast<std::uint32_t>(numbers.size());
      person[patient] =
          numbers.try_emplace((std::uint64_t{person[patient]} << 32) | field->values[patient], next)
              .first->second;
    }
  }
  return person;
}

// The export as the attacker sees it: who is another person, and what is another event to them, is
// another code.
struct Seen {
  Paths paths;
  std::vector<std::uint32_t> entry_of_code;
};

Result<Seen> seen_by(const PathsRead& read, const Looks& looks,
                     std::span<const std::uint32_t> persons, const Attacker& attacker,
                     const Stop& stop) {
  const Paths& all = read.paths;
  Seen seen;
  PathsBuilder builder;
  std::unordered_map<std::uint64_t, std::uint32_t> codes;  // by person and look
  std::vector<std::uint64_t> keys;                         // of each
  for (std::uint32_t patient = 0; patient < all.patients(); ++patient) {
    for (const std::uint32_t pair : all.record(patient)) {
      const std::uint32_t look = looks.of_code[all.pair_codes[pair]];
      if (look == unseen) {
        continue;
      }
      const std::uint64_t key = (std::uint64_t{persons[patient]} << 32) | look;
      const auto next = static_cast<std::uint32_t>(keys.size());
      const auto [code, fresh] = codes.try_emplace(key, next);
      if (fresh) {
        keys.push_back(key);
      }
      builder.add(patient, code->second, all.pair_days[pair]);
    }
  }
  // What happened on one day stands in order of code (knowledge.h), and looks are numbered in that
  // order.
  std::vector<std::uint32_t> order(keys.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::sort(order, {}, [&](std::uint32_t code) { return keys[code]; });
  std::vector<std::uint32_t> ranks(keys.size());
  for (std::uint32_t rank = 0; rank < order.size(); ++rank) {
    ranks[order[rank]] = rank;
    seen.entry_of_code.push_back(looks.entry[static_cast<std::uint32_t>(keys[order[rank]])]);
  }
  ASSIGN_OR_RETURN(seen.paths, std::move(builder).build({}, ranks, stop));
  if (attacker.timing != Timing::days && seen.paths.patients() > 0) {
    ASSIGN_OR_RETURN(seen.paths,
                     known_paths(seen.paths, attacker.timing, read.calendar, read.precision, stop));
  }
  return seen;
}

// The attack on one patient at a time; one a thread.
class Trial {
 public:
  Trial(const Seen& seen, const Attacker& attacker, const Neighbourhood& near)
      : seen_(seen), attacker_(attacker), matcher_(near), shown_(attacker.knows.size()) {}

  // How many choices of known events there are, at most `most`; 0 where the attacker does not
  // apply.
  std::uint64_t choices_of(std::uint32_t patient, std::uint64_t most) {
    show(patient);
    std::uint64_t product = 1;
    for (std::size_t entry = 0; entry < shown_.size(); ++entry) {
      const std::size_t events = shown_[entry].size();
      if (events < attacker_.knows[entry].how_many.value_or(1)) {
        return 0;
      }
      const std::uint64_t ways = choices(events, known(entry), most);
      product = product > most / ways ? most : product * ways;
    }
    return product;
  }

  double of_every_choice(std::uint32_t patient) {
    show(patient);
    std::vector<std::vector<std::size_t>> places;
    for (std::size_t entry = 0; entry < shown_.size(); ++entry) {
      places.push_back(first_choice(known(entry)));
    }
    std::uint64_t tried = 0;
    std::uint64_t unique = 0;
    for (std::size_t entry = 0; entry < places.size();) {
      ++tried;
      unique += alone(patient, places) ? 1 : 0;
      // The next choice of the first entry that has one; those before it start again.
      for (entry = 0; entry < places.size(); ++entry) {
        places[entry] = next_choice(std::move(places[entry]), shown_[entry].size());
        if (!places[entry].empty()) {
          break;
        }
        places[entry] = first_choice(known(entry));
      }
    }
    return static_cast<double>(unique) / static_cast<double>(tried);
  }

  double of_drawn(std::uint32_t patient, std::uint64_t draws, std::uint64_t seed) {
    show(patient);
    Random random(seed, patient + std::uint64_t{1});
    std::uint64_t unique = 0;
    for (std::uint64_t draw = 0; draw < draws; ++draw) {
      std::vector<std::vector<std::size_t>> places;
      for (std::size_t entry = 0; entry < shown_.size(); ++entry) {
        places.push_back(drawn_choice(shown_[entry].size(), known(entry), random));
      }
      unique += alone(patient, places) ? 1 : 0;
    }
    return static_cast<double>(unique) / static_cast<double>(draws);
  }

 private:
  std::size_t known(std::size_t entry) const {
    return attacker_.knows[entry].how_many.value_or(
        static_cast<std::uint32_t>(shown_[entry].size()));
  }

  // The patient's pairs by the entry that they count under.
  void show(std::uint32_t patient) {
    std::ranges::for_each(shown_, [](auto& pairs) { pairs.clear(); });
    for (const std::uint32_t pair : seen_.paths.record(patient)) {
      shown_[seen_.entry_of_code[seen_.paths.pair_codes[pair]]].push_back(pair);
    }
  }

  bool alone(std::uint32_t patient, const std::vector<std::vector<std::size_t>>& places) {
    chosen_.clear();
    for (std::size_t entry = 0; entry < places.size(); ++entry) {
      for (const std::size_t place : places[entry]) {
        chosen_.push_back(shown_[entry][place]);
      }
    }
    return matcher_.unique(patient, chosen_);
  }

  const Seen& seen_;
  const Attacker& attacker_;
  Matcher matcher_;
  std::vector<std::vector<std::uint32_t>> shown_;  // by entry
  std::vector<std::uint32_t> chosen_;
};

// Whom the attacker applies to, and whether all their choices can be tried.
struct Targets {
  std::vector<std::uint32_t> patients;
  bool few_choices = true;
};

Targets targets_of(Trial& trial, std::size_t patients, std::uint64_t draws) {
  Targets targets;
  std::uint64_t total = 0;
  for (std::uint32_t patient = 0; patient < patients; ++patient) {
    const std::uint64_t ways = trial.choices_of(patient, draws + 1);
    if (ways > 0) {
      targets.patients.push_back(patient);
      total = std::min(draws + 1, total + ways);
    }
  }
  targets.few_choices = total <= draws;
  return targets;
}

bool all_of_everything(const Attacker& attacker) {
  return std::ranges::none_of(attacker.knows,
                              [](const Sight& sight) { return sight.how_many.has_value(); });
}

// One event of one entry: by looking up which pairs one patient alone fits.
Share share_of_lone(const Paths& paths, const Neighbourhood& near, const Targets& targets) {
  const std::vector<std::uint8_t> lone = lone_pairs(near);
  double sum = 0;
  for (const std::uint32_t patient : targets.patients) {
    const auto record = paths.record(patient);
    const auto alone = std::ranges::count_if(record, [&](auto pair) { return lone[pair] != 0; });
    sum += static_cast<double>(alone) / static_cast<double>(record.size());
  }
  return Share::exact(sum, static_cast<double>(targets.patients.size()));
}

Result<Share> try_choices(const Seen& seen, const Neighbourhood& near, const Attacker& attacker,
                          Targets targets, const AttackQuestion& question, Progress& progress,
                          const Stop& stop) {
  const bool exact = targets.few_choices || all_of_everything(attacker);
  std::uint64_t draws_each = 1;
  if (!exact && question.draws < targets.patients.size()) {
    Random random(question.seed);
    std::vector<std::uint32_t> some = sample(targets.patients.size(), question.draws, random);
    for (std::uint32_t& place : some) {
      place = targets.patients[place];
    }
    targets.patients = std::move(some);
  } else if (!exact) {
    draws_each = question.draws / targets.patients.size();
  }
  std::vector<double> shares(targets.patients.size());
  progress.begin("attacking: " + attacker.id, shares.size());
  constexpr std::size_t piece = 4096;
  const bool whole = in_pieces(shares.size(), piece, question.threads, progress, stop, [&] {
    return [&, trial = Trial(seen, attacker, near)](std::size_t first, std::size_t end) mutable {
      for (std::size_t i = first; i < end && !stop.requested(); ++i) {
        const std::uint32_t patient = targets.patients[i];
        shares[i] = exact ? trial.of_every_choice(patient)
                          : trial.of_drawn(patient, draws_each, question.seed);
      }
    };
  });
  if (!whole) {
    return stopped();
  }
  progress.end();
  const auto tried = static_cast<double>(shares.size());
  const double sum = std::accumulate(shares.begin(), shares.end(), 0.0);
  return exact ? Share::exact(sum, tried)
               : Share::drawn(sum, tried, tried * static_cast<double>(draws_each));
}

Result<AttackFigure> attack_by(const Attacker& attacker, const PathsRead& read,
                               const People& people, const Attackers& attackers,
                               const AttackQuestion& question, Progress& progress,
                               const Stop& stop) {
  AttackFigure figure;
  const bool has_kinds = std::ranges::any_of(
      read.codes, [&](const PathCode& code) { return !kind_of(attackers, code).empty(); });
  const std::vector<std::uint32_t> person =
      persons(read.paths.patients(), people, attacker, figure.not_there);
  if (!has_kinds) {
    figure.not_there.push_back("kind");
  }
  ASSIGN_OR_RETURN(const Seen seen,
                   seen_by(read, looks_of(read, attackers, attacker), person, attacker, stop));
  if (seen.paths.patients() == 0) {
    return figure;
  }
  const Neighbourhood near(seen.paths, attacker.within);
  Trial trial(seen, attacker, near);
  Targets targets = targets_of(trial, seen.paths.patients(), question.draws);
  figure.applies = targets.patients.size();
  if (targets.patients.empty()) {
    return figure;
  }
  if (attacker.knows.size() == 1 && attacker.knows[0].how_many == 1) {
    figure.singled_out = share_of_lone(seen.paths, near, targets);
  } else {
    ASSIGN_OR_RETURN(figure.singled_out, try_choices(seen, near, attacker, std::move(targets),
                                                     question, progress, stop));
  }
  return figure;
}

}  // namespace

Result<std::vector<AttackFigure>> attack(const PathsRead& read, const People& people,
                                         const Attackers& attackers, const AttackQuestion& question,
                                         Progress& progress, const Stop& stop) {
  PARCOURS_CHECK(question.draws > 0);
  std::vector<AttackFigure> figures;
  for (const Attacker& attacker : attackers.attackers) {
    ASSIGN_OR_RETURN(AttackFigure figure,
                     attack_by(attacker, read, people, attackers, question, progress, stop));
    figures.push_back(std::move(figure));
  }
  return figures;
}

}  // namespace parcours::paths
