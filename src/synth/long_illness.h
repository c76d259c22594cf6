// A chronic illness of one person: the visits for it and the drugs.
//
// A person begins with some of the illness's drugs. At each visit a drug may be replaced by another
// of its kind, stopped or added, and now and then visits are missed for months. So the records show
// lines of treatment, and gaps.
#pragma once

#include <cstdint>
#include <vector>

#include "synth/model.h"
#include "synth/person.h"

namespace parcours::synth {

class LongIllness {
 public:
  // `fresh`: it began within the period, on `onset`; else the person had it when they came.
  LongIllness(const Model& model, IllnessNumber number, Day onset, bool fresh, Random& random);

  IllnessNumber number() const { return number_; }
  Day due() const { return due_; }
  bool fresh() const { return fresh_; }
  bool begun() const { return begun_; }
  bool long_term() const { return long_term_; }
  void grant_long_term() { long_term_ = true; }

  // Sets the day of the next visit, after one on `day`. `pace`: visits compared to the usual.
  void seen(Day day, double pace, const Person& person, Random& random);

  // What is prescribed at a visit.
  std::vector<CodeNumber> prescribe(bool first, Random& random);
  // For so many days.
  int days() const { return days_; }

 private:
  const Model* model_;
  IllnessNumber number_;
  bool fresh_;
  bool begun_;
  bool long_term_ = false;
  Day due_;
  int days_ = 30;
  std::vector<std::int8_t> taken_;  // by drug of the illness: which of its alternatives, or none
};

// Those that a person has or will have, drawn by their age in the middle of their time with the
// practice.
std::vector<LongIllness> draw_long_illnesses(const Model& model, const Person& person,
                                             Random& random);

}  // namespace parcours::synth
