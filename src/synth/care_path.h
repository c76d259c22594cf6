// Makes care paths: the events that a practice's software records for a family, visit by visit.
//
// G1: every event's day lies in the person's time with the practice, so in the period and not
//     before birth.
// G2: a prescription follows a diagnosis of the same person that it is for, on the same day or
//     before; this stays so when visits that are not essential are taken out.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "synth/episode.h"
#include "synth/long_illness.h"
#include "synth/model.h"
#include "synth/person.h"
#include "synth/visit.h"

namespace parcours::synth {

struct Manner {
  double pace;  // visits compared to the usual; 1 is the usual
  int detail;   // codes of the source's own for each diagnosis, prescription and lab
};

class CarePaths {
 public:
  CarePaths(const Model& model, const Manner& manner, Random& random);

  // `first`: the place of its first member in the practice. `told`: the member whose story is told,
  // who has allergic asthma under long-term status and whose every visit is kept.
  void add_family(std::span<const Person> family, std::uint32_t first,
                  std::optional<std::uint32_t> told = std::nullopt);

  // One more episode of a person.
  void add_episode(const Person& person, std::uint32_t number);

  Visits take() { return std::move(visits_); }
  const Visits& visits() const { return visits_; }

 private:
  enum class Reason : std::uint8_t { check_up, illnesses, episode };
  struct Planned {
    Day day;
    Reason reason;
    std::uint16_t what;  // a check-up's age, a set of long illnesses, an acute illness
  };

  void add_person(const Person& person, std::uint32_t number, std::span<const Episode> episodes,
                  bool told);
  void plan_check_ups(const Person& person);
  void plan_illnesses(const Person& person);
  void plan_episode(const Person& person, const Episode& episode);
  Day working_day(Day day, const Person& person) const;

  void write_first(const Person& person);
  void write_check_up(const Person& person, Day day, const CheckUpAge& age);
  void write_illnesses(const Person& person, Day day, std::uint16_t set);
  void write_episode(const Person& person, Day day, const Illness& illness);
  void write_tests(const Person& person, Day day, const Illness& illness);
  void write_leave(const Person& person, Day day, const Illness& illness);
  void write_diagnosis(LongIllness& illness);
  void write_drug(CodeNumber drug, int days);
  void write(CodeNumber code);
  void write(CodeNumber code, std::int32_t value);
  std::uint8_t detail_of(CodeNumber code);
  CodeNumber kind_of_visit(const Person& person, Day day);

  const Model& model_;
  const Manner manner_;
  Random& random_;
  std::vector<bool> detailed_;       // by code
  std::vector<bool> of_penicillin_;  // by code
  CodeNumber office_, home_, remote_, penicillin_;
  MeasureNumber weight_, height_;
  Visits visits_;

  // Of the person at hand.
  std::vector<Planned> planned_;
  std::vector<LongIllness> illnesses_;
  std::vector<bool> recorded_;         // by place in illnesses_
  std::vector<CodeNumber> diagnoses_;  // what they have: long illnesses, then the episode's
  bool allergic_to_penicillin_ = false;
};

}  // namespace parcours::synth
