// The Asker's slow twin, for tests. It evaluates the study file directly, event by event, and
// shares nothing with the Plan except the names of the categories.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "records/record.h"
#include "study/plan.h"

namespace parcours::study {

struct TwinEvent {
  vocabulary::CodeId code;
  Day day;
  double value;
};

// A small world: one patient and their events, in the words of a code book.
struct TwinWorld {
  const vocabulary::CodeBook& codes;
  std::vector<std::string> practices;
  Calendar calendar;
  records::Patient patient;
  std::vector<TwinEvent> events;
};

// Where the patient stands, in words: by table, the categories' codes.
struct TwinAnswer {
  Day index;
  struct Place {
    std::vector<std::string> categories;  // of `by` and `of`
    std::set<std::string> codes;          // of `each`
    double value = records::no_value;     // of `mean`
  };
  std::vector<Place> tables;
};

// Nothing when the patient is not of the population.
std::optional<TwinAnswer> slow_answer(const Study& study, const TwinWorld& world);

// What differs between the Asker and the twin; empty when nothing does. The Asker is given the
// columns that the plan asks for and no others; `each` is read as the counting reads it.
std::string difference(const Study& study, const TwinWorld& world, const Plan& plan, Asker& asker);

// Two asthmas, a lab and three departments: 69 (1) and 42 (5) of region 84, 75 (4) of region 11.
// Not in alphabetic order, so that numbers and names cannot be mistaken for each other.
vocabulary::CodeBook small_book();

// The plan of a study that fits its world.
Plan plan_of(const Study& study, const TwinWorld& world, std::optional<std::pair<Day, Day>> period);

}  // namespace parcours::study
