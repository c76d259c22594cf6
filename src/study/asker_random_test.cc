// Holds the Asker against its slow twin on random studies, built as a tree, and random records of
// up to sixty events.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "study/plan.h"
#include "study/testing/slow_twin.h"

namespace parcours::study {
namespace {

vocabulary::CodeBook large_book() {
  const auto diagnosis = vocabulary::find_kind("diagnosis");
  const auto prescription = vocabulary::find_kind("prescription");
  vocabulary::CodeBook book = small_book();
  for (const char* code : {"E11.9", "E10", "J44.1", "J20.9"}) {
    book.intern({diagnosis, "icd10", code});
  }
  for (const char* code : {"R03BA02", "R03BA01", "R03AC02", "A10BA02"}) {
    book.intern({prescription, "atc", code});
  }
  book.intern({vocabulary::find_kind("lab"), "lab", "GLUCOSE"});
  return book;
}

template <class T>
T one_of(std::initializer_list<T> values) {
  return *rc::gen::elementOf(std::vector<T>(values));
}

int within_range(int first, int last) {
  return *rc::gen::inRange(first, last + 1);
}

vocabulary::Pattern any_pattern() {
  const std::string text = one_of<std::string>(
      {"*", "diagnosis:*", "diagnosis:J45*", "diagnosis:J45.0", "diagnosis:E1*",
       "prescription:R03*", "prescription:R03BA0*", "lab:*", "lab:HBA1C", "prescription:*"});
  return *vocabulary::parse_pattern(text, "", 1);
}

std::optional<Window> any_window(Calendar calendar) {
  if (calendar == Calendar::order || within_range(0, 1) == 0) {
    return {};
  }
  const int first = within_range(-40, 40);
  return Window{first, first + within_range(0, 50)};
}

std::vector<double> any_bands(bool whole, double first) {
  std::vector<double> bands;
  const int many = within_range(1, 4);
  for (int i = 0; i < many; ++i) {
    first += whole ? within_range(1, 6) : within_range(1, 6) / 4.0;
    bands.push_back(first - 1);
  }
  return bands;
}

Variable event_variable(const std::string& id, Calendar calendar) {
  using Measure = EventTest::Measure;
  EventTest test{one_of({Measure::any, Measure::count, Measure::first, Measure::last}),
                 any_pattern(), any_window(calendar)};
  Variable variable{id, {}, test, {}, {}, 1};
  if (test.measure == Measure::count) {
    variable.bands = any_bands(true, 0);
  } else if (test.measure != Measure::any) {
    const int manner = within_range(0, 2);
    variable.bands = manner == 0 ? any_bands(false, 0.5) : std::vector<double>{};
    const std::string code = vocabulary::to_string(test.pattern);
    if (manner == 1) {
      variable.level = code.starts_with("diag")    ? "icd3"
                       : code.starts_with("presc") ? "atc4"
                                                   : "code";
    }
  }
  return variable;
}

Population any_population(Calendar calendar, Day start) {
  Population population;
  if (within_range(0, 1) == 0) {
    population.index = start + within_range(0, 60);
  } else {
    population.index = any_pattern();
  }
  if (within_range(0, 2) == 0) {
    const int first = within_range(0, 20);
    population.age = {first, first + within_range(0, 30)};
  }
  if (within_range(0, 3) == 0) {
    population.fields.push_back(
        {"sex", {one_of<std::string>({"female", "male", "unknown"})}, "", 1});
  }
  if (within_range(0, 3) == 0) {
    population.fields.push_back({"place", {one_of<std::string>({"84", "11"})}, "region", 1});
  }
  if (within_range(0, 2) == 0) {
    population.require.push_back({EventTest::Measure::any, any_pattern(), any_window(calendar)});
  }
  if (within_range(0, 2) == 0) {
    population.exclude.push_back({EventTest::Measure::any, any_pattern(), any_window(calendar)});
  }
  return population;
}

Study any_study(Calendar calendar, Day start) {
  Study study;
  study.id = "s";
  if (within_range(0, 1) == 0) {
    const Day first = start + within_range(0, 30);
    study.period = {first, first + within_range(0, 40)};
  }
  study.population = any_population(calendar, start);
  study.variables = {{"sex", {}, FieldTest{"sex"}, {}, {}, 1},
                     {"age", {}, FieldTest{"age"}, any_bands(true, within_range(0, 10)), {}, 1},
                     {"place", {}, FieldTest{"place"}, {}, one_of<std::string>({"", "region"}), 1},
                     {"practice", {}, FieldTest{"practice"}, {}, {}, 1}};
  for (const char* id : {"v1", "v2", "v3"}) {
    study.variables.push_back(event_variable(id, calendar));
  }
  const auto table = [&](const char* id, std::vector<std::string> by) {
    StudyTable made;
    made.id = id;
    made.by = std::move(by);
    return made;
  };
  study.tables = {table("of", {"v2", "age", "v3"}), table("mean", {"v1", "place"}),
                  table("each", {"sex"})};
  study.tables[0].of = "v1";
  const auto* test = std::get_if<EventTest>(&study.variables.back().source);
  const bool numbered =
      test->measure != EventTest::Measure::any && study.variables.back().level.empty();
  study.tables[1].what = StudyTable::What::mean;
  study.tables[1].mean = numbered ? "v3" : "age";
  study.tables[2].what = StudyTable::What::each;
  study.tables[2].each = any_pattern();
  study.tables[2].within = any_window(calendar);
  return study;
}

TwinEvent any_event(const vocabulary::CodeBook& book, Day start) {
  vocabulary::CodeId code = 1;
  while (!book.at(code).kind) {
    code = static_cast<vocabulary::CodeId>(within_range(0, static_cast<int>(book.size()) - 1));
  }
  const bool valued = within_range(0, 3) > 0;
  return {code, start + within_range(0, 70),
          valued ? within_range(0, 12) / 4.0 : records::no_value};
}

RC_GTEST_PROP(AskerOnRandomWorlds, AgreesWithTheSlowTwin, ()) {
  const vocabulary::CodeBook book = large_book();
  const Calendar calendar = one_of({Calendar::dates, Calendar::days, Calendar::order});
  const Day start = calendar == Calendar::dates ? *day_of(2023, 12, 1) : Day{-30};
  const Study study = any_study(calendar, start);
  TwinWorld world{book, {"P1", "P2", "P3"}, calendar, {}, {}};
  const Plan plan = plan_of(study, world, std::pair(start, start + 70));
  Asker asker(plan);
  for (int patient = 0; patient < 40; ++patient) {
    const int years = within_range(-3, 40);
    world.patient = {
        .id = {},
        .practice = static_cast<records::PracticeId>(within_range(0, 2)),
        .birth_year = static_cast<std::int16_t>(
            years == 40 ? records::no_birth_year
                        : (calendar == Calendar::dates ? 2023 - years : -years)),
        .sex = one_of({records::Sex::unknown, records::Sex::female, records::Sex::male}),
        .place = one_of<vocabulary::CodeId>({1, 4, 5, vocabulary::no_code})};
    world.events.clear();
    const int events = within_range(0, 60);
    for (int i = 0; i < events; ++i) {
      world.events.push_back(any_event(book, start));
    }
    RC_ASSERT(difference(study, world, plan, asker) == std::string());
  }
}

}  // namespace
}  // namespace parcours::study
