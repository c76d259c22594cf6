#include "synth/practice.h"

#include <algorithm>
#include <cstdlib>
#include <numeric>
#include <tuple>

#include "synth/draw.h"

namespace parcours::synth {
namespace {

// Invented.
constexpr double there_from_the_start = 0.7;  // practices
constexpr int story_age = 12;

// The day from which the practice sends records.
Day opening(const Model& model, bool tells_story, Random& random) {
  const double share = random.unit();
  if (chance(random, there_from_the_start) || tells_story) {
    return model.first;
  }
  return model.first + static_cast<std::int32_t>(share * 0.7 * (model.last - model.first));
}

// The one of about twelve, made twelve on the last day and a patient of all the period.
std::optional<std::uint32_t> choose_child(const Model& model, std::vector<Person>& people) {
  const auto away = [&](const Person& person) {
    return std::abs(age_at(person, model.last) - story_age);
  };
  const auto child = std::ranges::min_element(people, {}, away);
  if (child == people.end()) {
    return std::nullopt;
  }
  constexpr int past_birthday = 100;  // days
  child->born = model.last + -static_cast<std::int32_t>(story_age * 365.25 + past_birthday);
  child->from = std::max(model.first, child->born);
  child->until = model.last;
  child->need = std::max(child->need, 1.0);
  return static_cast<std::uint32_t>(child - people.begin());
}

std::uint64_t count(const std::vector<Visit>& visits) {
  return std::accumulate(visits.begin(), visits.end(), std::uint64_t{0},
                         [](std::uint64_t sum, const Visit& visit) { return sum + visit.events; });
}

// Takes visits out until no more than `events` are left: ones that nothing builds on, drawn; then,
// if it must be, the latest of the others.
std::vector<Visit> thinned(const std::vector<Visit>& visits, std::uint64_t events, Random& random) {
  std::uint64_t left = count(visits);
  std::vector<bool> out(visits.size(), false);
  std::vector<std::uint32_t> order;
  for (std::uint32_t i = 0; i < visits.size(); ++i) {
    if (!visits[i].essential) {
      order.push_back(i);
    }
  }
  for (std::uint32_t i = 0; i < order.size() && left > events; ++i) {
    std::swap(order[i], order[i + random.below(static_cast<std::uint32_t>(order.size()) - i)]);
    out[order[i]] = true;
    left -= visits[order[i]].events;
  }
  for (std::size_t i = visits.size(); i-- > 0 && left > events;) {
    if (!out[i]) {
      out[i] = true;
      left -= visits[i].events;
    }
  }
  std::vector<Visit> kept;
  for (std::size_t i = 0; i < visits.size(); ++i) {
    if (!out[i]) {
      kept.push_back(visits[i]);
    }
  }
  return kept;
}

// Streams of the panel's seed.
constexpr std::uint64_t practices = 1ULL << 32;
constexpr std::uint64_t pilots = 1ULL << 33;

Families draw_people(const Model& model, const PracticePlan& plan, Random& random) {
  const Day opened = opening(model, plan.tells_story, random);
  return make_families(model, plan.home, opened, plan.patients, random);
}

}  // namespace

Practice make_practice(const Model& model, const PracticePlan& plan, const Manner& manner) {
  Random random(model.seed, practices + plan.number);
  Practice practice{draw_people(model, plan, random), {}, 0, std::nullopt};
  std::vector<Person>& people = practice.families.people;
  if (plan.tells_story) {
    practice.child = choose_child(model, people);
  }
  CarePaths paths(model, manner, random);
  for (const Family& family : practice.families.families) {
    const bool told = practice.child && *practice.child - family.first < family.size;
    paths.add_family(std::span(people).subspan(family.first, family.size), family.first,
                     told ? std::optional(*practice.child - family.first) : std::nullopt);
  }
  while (paths.visits().events() < plan.events && !people.empty()) {
    const std::uint32_t anybody = random.below(static_cast<std::uint32_t>(people.size()));
    paths.add_episode(people[anybody], anybody);
  }
  practice.visits = paths.take();
  std::vector<Visit> visits = practice.visits.all();
  std::ranges::sort(visits, [](const Visit& a, const Visit& b) {
    return std::tie(a.day, a.person, a.first) < std::tie(b.day, b.person, b.first);
  });
  visits = thinned(visits, plan.events, random);
  practice.events = count(visits);
  practice.visits.replace(std::move(visits));
  return practice;
}

double events_a_patient(const Model& model, const Manner& manner) {
  constexpr int practices_drawn = 12;
  constexpr std::uint32_t patients = 250;
  std::uint64_t events = 0;
  for (std::uint64_t i = 0; i < practices_drawn; ++i) {
    Random random(model.seed, pilots + i);
    const Families families = draw_people(model, {.patients = patients, .home = 0}, random);
    CarePaths paths(model, manner, random);
    for (const Family& family : families.families) {
      paths.add_family(std::span(families.people).subspan(family.first, family.size), family.first);
    }
    events += paths.visits().events();
  }
  return static_cast<double>(events) / (practices_drawn * patients);
}

}  // namespace parcours::synth
