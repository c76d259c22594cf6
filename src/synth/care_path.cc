#include "synth/care_path.h"

#include <algorithm>
#include <cmath>

#include "synth/draw.h"

namespace parcours::synth {
namespace {

// All invented.
constexpr double background_known = 0.5;  // of histories and allergies
constexpr double diagnosis_again = 0.35;  // noted again at a later visit
constexpr double at_home_from_80 = 0.4;
constexpr double remote = 0.06;
constexpr double at_work = 0.7;  // of those of working age
constexpr int first_working_age = 18;
constexpr int last_working_age = 64;
constexpr int together = 25;   // days: illnesses due so soon are seen at one visit
constexpr int most_again = 8;  // visits for one episode

}  // namespace

CarePaths::CarePaths(const Model& model, const Manner& manner, Random& random)
    : model_(model),
      manner_(manner),
      random_(random),
      office_(model.codes.number_of("consultation", "OFFICE")),
      home_(model.codes.number_of("consultation", "HOME")),
      remote_(model.codes.number_of("consultation", "REMOTE")),
      penicillin_(model.codes.number_of("allergy", "PENICILLIN")),
      weight_(model.measures.number_of("WEIGHT")),
      height_(model.measures.number_of("HEIGHT")) {
  for (std::size_t i = 0; i < model.codes.size(); ++i) {
    const vocabulary::Code& code = model.codes.at(static_cast<CodeNumber>(i));
    const std::string& kind = vocabulary::kinds()[*code.kind];
    detailed_.push_back(kind == "diagnosis" || kind == "prescription" || kind == "lab");
    of_penicillin_.push_back(code.system == "atc" && code.code.starts_with("J01C"));
  }
}

void CarePaths::add_family(std::span<const Person> family, std::uint32_t first,
                           std::optional<std::uint32_t> told) {
  std::vector<Episode> episodes = draw_episodes(model_, family, manner_.pace, random_);
  std::ranges::stable_sort(episodes, {}, &Episode::member);
  auto begin = episodes.begin();
  for (std::uint32_t member = 0; member < family.size(); ++member) {
    const auto end =
        std::find_if(begin, episodes.end(), [&](const Episode& e) { return e.member != member; });
    add_person(family[member], first + member, {begin, end}, told == member);
    begin = end;
  }
}

void CarePaths::add_episode(const Person& person, std::uint32_t number) {
  illnesses_.clear();
  diagnoses_.clear();
  planned_.clear();
  allergic_to_penicillin_ = true;  // not known here: better none
  plan_episode(person, draw_episode(model_, person, 0, random_));
  for (const Planned& visit : planned_) {
    visits_.open(visit.day, number, false);
    write(kind_of_visit(person, visit.day));
    write_episode(person, visit.day, model_.illnesses.at(static_cast<IllnessNumber>(visit.what)));
  }
}

void CarePaths::add_person(const Person& person, std::uint32_t number,
                           std::span<const Episode> episodes, bool told) {
  planned_.clear();
  illnesses_ = draw_long_illnesses(model_, person, random_);
  if (told) {
    const CodeNumber asthma = model_.codes.number_of("diagnosis", "J45.0");
    illnesses_.clear();
    illnesses_.emplace_back(model_, model_.illnesses.number_of(asthma), person.from, false,
                            random_);
    illnesses_.front().grant_long_term();
  }
  recorded_.assign(illnesses_.size(), false);
  diagnoses_.clear();
  for (const LongIllness& illness : illnesses_) {
    diagnoses_.push_back(model_.illnesses.at(illness.number()).diagnosis);
  }
  plan_check_ups(person);
  plan_illnesses(person);
  for (const Episode& episode : episodes) {
    plan_episode(person, episode);
  }
  if (planned_.empty()) {
    plan_episode(person, draw_episode(model_, person, 0, random_));
  }
  std::ranges::stable_sort(planned_, {}, &Planned::day);

  bool first = true;
  for (const Planned& visit : planned_) {
    visits_.open(visit.day, number, first || told);
    write(kind_of_visit(person, visit.day));
    if (first) {
      write_first(person);
      first = false;
    }
    switch (visit.reason) {
      case Reason::check_up:
        write_check_up(person, visit.day, model_.check_ups[visit.what]);
        break;
      case Reason::illnesses:
        write_illnesses(person, visit.day, visit.what);
        break;
      case Reason::episode:
        write_episode(person, visit.day,
                      model_.illnesses.at(static_cast<IllnessNumber>(visit.what)));
        break;
    }
  }
}

void CarePaths::plan_check_ups(const Person& person) {
  const double often = std::min(1.0, manner_.pace);
  for (std::size_t i = 0; i < model_.check_ups.size(); ++i) {
    const CheckUpAge& age = model_.check_ups[i];
    const Day begin = person.born + static_cast<std::int32_t>(age.months * days_a_month);
    constexpr int slack = 25;
    const Day end = begin + (age.year_round ? slack : 365);
    const Day from = std::max(begin, person.from);
    const Day until = std::min(end, person.until);
    // Who comes for their flu shot does so in autumn or not at all: draw the day first, then look
    // whether the practice still sees them.
    if (from > until || !chance(random_, often)) {
      continue;
    }
    const SeasonNumber season = age.due.front().season;
    const double share = age.year_round ? 1 : model_.seasons.weight(season, from, until);
    if (share > 0 && chance(random_, share)) {
      planned_.push_back({model_.seasons.draw(season, from, until, random_), Reason::check_up,
                          static_cast<std::uint16_t>(i)});
    }
  }
}

void CarePaths::plan_illnesses(const Person& person) {
  while (!illnesses_.empty()) {
    const Day due = std::ranges::min(illnesses_, {}, &LongIllness::due).due();
    if (due > person.until) {
      return;
    }
    const Day day = working_day(due, person);
    std::uint16_t set = 0;
    for (std::size_t i = 0; i < illnesses_.size(); ++i) {
      if (illnesses_[i].due() <= due + (illnesses_[i].begun() ? together : 0)) {
        set = static_cast<std::uint16_t>(set | (1U << i));
        illnesses_[i].seen(day, std::clamp(manner_.pace, 0.3, 3.0), person, random_);
      }
    }
    planned_.push_back({day, Reason::illnesses, set});
  }
}

void CarePaths::plan_episode(const Person& person, const Episode& episode) {
  const Illness& illness = model_.illnesses.at(episode.illness);
  Day day = episode.day;
  int visits = 0;
  do {
    planned_.push_back({day, Reason::episode, episode.illness});
    day = working_day(day + std::max(1, illness.again_days + between(random_, -1, 2)), person);
  } while (++visits < most_again && day > planned_.back().day && day <= person.until &&
           chance(random_, illness.again_chance));
}

// The next day that is no Sunday; never one out of the person's time with the practice.
Day CarePaths::working_day(Day day, const Person& person) const {
  if (weekday(day) != 0) {
    return day;
  }
  if (day < person.until) {
    return day + 1;
  }
  return day > person.from ? day + -1 : day;
}

void CarePaths::write_first(const Person& person) {
  const int band = rate_band(age_at(person, person.from));
  allergic_to_penicillin_ = false;
  for (const Background& background : model_.backgrounds) {
    if (chance(random_, background.rates.at(person.sex, band) * background_known)) {
      write(background.code);
      allergic_to_penicillin_ = allergic_to_penicillin_ || background.code == penicillin_;
    }
  }
}

void CarePaths::write_check_up(const Person& person, Day day, const CheckUpAge& age) {
  constexpr int child = 18;
  bool nothing = true;
  for (const CheckUp& check_up : age.due) {
    if (chance(random_, check_up.chance)) {
      write(check_up.code);
      nothing = false;
    }
  }
  if (!nothing && age_at(person, day) < child) {
    for (const MeasureNumber measure : {weight_, height_}) {
      write(model_.measures.code(measure),
            model_.measures.draw(measure, person, day, diagnoses_, random_));
    }
  }
}

void CarePaths::write_illnesses(const Person& person, Day day, std::uint16_t set) {
  for (std::size_t i = 0; i < illnesses_.size(); ++i) {
    if ((set >> i & 1U) == 0) {
      continue;
    }
    LongIllness& illness = illnesses_[i];
    const Illness& what = model_.illnesses.at(illness.number());
    const bool first = !recorded_[i];
    if (first) {
      write_diagnosis(illness);
      recorded_[i] = true;
      visits_.make_essential();
    } else if (chance(random_, diagnosis_again)) {
      write(what.diagnosis);
    }
    for (const CodeNumber drug : illness.prescribe(first, random_)) {
      write_drug(drug, illness.days());
    }
    write_tests(person, day, what);
    write_leave(person, day, what);
  }
}

void CarePaths::write_episode(const Person& person, Day day, const Illness& illness) {
  write(illness.diagnosis);
  for (const Drug& drug : illness.drugs) {
    if (chance(random_, drug.chance)) {
      constexpr int least = 3;
      constexpr int most = 10;
      const auto which = random_.below(static_cast<std::uint32_t>(drug.drugs.size()));
      write_drug(drug.drugs[which], between(random_, least, most));
    }
  }
  diagnoses_.push_back(illness.diagnosis);
  write_tests(person, day, illness);
  diagnoses_.pop_back();
  write_leave(person, day, illness);
}

void CarePaths::write_tests(const Person& person, Day day, const Illness& illness) {
  for (const Test& test : illness.tests) {
    if (chance(random_, test.chance)) {
      write(model_.measures.code(test.measure),
            model_.measures.draw(test.measure, person, day, diagnoses_, random_));
    }
  }
}

void CarePaths::write_leave(const Person& person, Day day, const Illness& illness) {
  const int age = age_at(person, day);
  const bool works = age >= first_working_age && age <= last_working_age &&
                     static_cast<double>(person.traits >> 32) < at_work * 0x1.0p32;
  if (works && illness.leave && chance(random_, illness.leave->chance)) {
    const double days = 1 + exponential(random_, illness.leave->days);
    write(illness.leave->reason, static_cast<std::int32_t>(std::min(days, 180.0)));
  }
}

void CarePaths::write_diagnosis(LongIllness& illness) {
  const Illness& what = model_.illnesses.at(illness.number());
  write(what.diagnosis);
  if (illness.long_term()) {
    write(what.long_term->status);
  }
}

// Nobody is given what their file says they are allergic to.
void CarePaths::write_drug(CodeNumber drug, int days) {
  if (!allergic_to_penicillin_ || !of_penicillin_[drug]) {
    write(drug, days);
  }
}

void CarePaths::write(CodeNumber code) {
  visits_.add({code, detail_of(code), false, 0});
}

void CarePaths::write(CodeNumber code, std::int32_t value) {
  visits_.add({code, detail_of(code), true, value});
}

// Some of the source's own codes are used much more than others.
std::uint8_t CarePaths::detail_of(CodeNumber code) {
  if (manner_.detail == 1 || !detailed_[code]) {
    return 0;
  }
  const auto detail = static_cast<std::uint32_t>(manner_.detail);
  return static_cast<std::uint8_t>(std::min(random_.below(detail), random_.below(detail)));
}

CodeNumber CarePaths::kind_of_visit(const Person& person, Day day) {
  constexpr int old = 80;
  if (age_at(person, day) >= old && chance(random_, at_home_from_80)) {
    return home_;
  }
  return chance(random_, remote) ? remote_ : office_;
}

}  // namespace parcours::synth
