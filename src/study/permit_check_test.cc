#include "study/permit_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "base/files.h"
#include "formalities/testing/permit_text.h"

namespace parcours::study {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

const fs::path panel = fs::path(PARCOURS_SOURCE_DIR) / "examples/panel";
const Day in_2026 = *day_of(2026, 11, 23);

Study panel_study(const std::string& from = {}, const std::string& to = {}) {
  std::string text = *read_file(panel / "study.toml");
  if (!from.empty()) {
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
  }
  Result<Study> study = parse_study(text, "study.toml", Calendar::dates);
  EXPECT_TRUE(study) << study.error().sentence();
  return study ? *std::move(study) : Study{};
}

formalities::KnownPermit panel_permit(const std::string& from = {}, const std::string& to = {}) {
  std::string text = *read_file(panel / "permit.toml");
  if (!from.empty()) {
    const std::size_t at = text.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    text.replace(at, from.size(), to);
  }
  const Result<formalities::Permit> permit = formalities::parse_permit(text, "permit.toml");
  EXPECT_TRUE(permit) << permit.error().sentence();
  formalities::KnownPermit known;
  known.permit = permit ? *permit : formalities::Permit{};
  return known;
}

// What is not covered, in English.
std::string uncovered(const Study& study, const formalities::KnownPermit& permit,
                      const std::vector<std::string>& practices = {}) {
  std::string found;
  for (const PermitFinding& finding : check_permit(study, practices, permit, in_2026)) {
    EXPECT_TRUE(finding.sentence.en.ends_with('.') && finding.sentence.fr.ends_with('.'));
    EXPECT_EQ(finding.covered, finding.remedy.en.empty());
    EXPECT_EQ(finding.covered, finding.remedy.fr.empty());
    found += finding.covered ? "" : finding.sentence.en + " " + finding.remedy.en + "\n";
  }
  return found;
}

TEST(PermitCheck, TheMadeUpPanelsPermitAllowsItsStudy) {
  EXPECT_EQ(uncovered(panel_study(), panel_permit(), {"cabinet-012"}), "");
  EXPECT_TRUE(permit_allows(panel_study(), {}, panel_permit(), in_2026));
  EXPECT_GT(check_permit(panel_study(), {}, panel_permit(), in_2026).size(), 12u);
}

TEST(PermitCheck, APermitThatIsNotInForceAllowsNothing) {
  formalities::KnownPermit permit = panel_permit();
  const Status late = permit_allows(panel_study(), {}, permit, *day_of(2036, 1, 1));
  ASSERT_FALSE(late);
  EXPECT_EQ(late.error().fault, Fault::rule);
  EXPECT_THAT(late.error().found, HasSubstr("permit 2026-DR-014 ended on 2035-12-31"));
  permit.status = formalities::PermitStatus::suspended;
  permit.why = "a doubt";
  EXPECT_THAT(uncovered(panel_study(), permit), HasSubstr("is suspended: a doubt"));
  EXPECT_THAT(
      uncovered(panel_study(), panel_permit("\"collection\", \"studies\"", "\"collection\"")),
      HasSubstr("allows no studies"));
}

TEST(PermitCheck, ThePurposeAndWhoAsksMustBeThePermits) {
  const auto purpose = [](const std::string& line) {
    return uncovered(panel_study("purpose  = \"public-health-research\"\n", line), panel_permit());
  };
  EXPECT_THAT(purpose(""), HasSubstr("names no purpose"));
  EXPECT_THAT(
      purpose("purpose = \"statistics\"\n"),
      HasSubstr("The purpose statistics is not among the permit's. 'purpose' in [study] must "
                "be one of: public-health-research, teaching"));
  Study study = panel_study();
  study.asked_by = "Somebody Else";
  EXPECT_THAT(uncovered(study, panel_permit()),
              HasSubstr("must be one of: Observatoire des soins de ville"));
  study.asked_by.clear();
  EXPECT_THAT(uncovered(study, panel_permit()), HasSubstr("does not say who asks it"));
}

TEST(PermitCheck, EveryPatternOfTheStudyMustLieWithinOneOfThePermits) {
  const std::string codes = "codes      = [\"*\"]";
  const std::string all =
      "\"consultation:*\", \"lab:*\", \"vital:*\", \"vaccination:*\", \"sick_leave:*\", "
      "\"allergy:*\", \"history:*\", \"procedure:*\", "
      "\"device:*\", ";
  const auto with = [&](const std::string& some) {
    return uncovered(panel_study(), panel_permit(codes, "codes = [" + all + some + "]"));
  };
  EXPECT_EQ(with("\"diagnosis:J*\", \"diagnosis:E84*\", \"prescription:R03*\""), "");
  EXPECT_THAT(with("\"diagnosis:J45*\", \"prescription:R03*\""), HasSubstr("diagnosis:E84*"));
  EXPECT_THAT(with("\"diagnosis:*\", \"prescription:R03BA*\""), HasSubstr("prescription:R03*"));
  // The whole and its parts are not the same: R03BZ may come.
  EXPECT_THAT(with("\"diagnosis:*\", \"prescription:R03A*\", \"prescription:R03B*\""),
              HasSubstr("all of the codes prescription:R03*"));
  EXPECT_THAT(uncovered(panel_study(), panel_permit("\"prescription\", ", "")),
              HasSubstr("no events of the kind prescription"));
}

TEST(PermitCheck, FieldsDaysAndWhatLeavesMustBeThePermits) {
  EXPECT_THAT(
      uncovered(panel_study(), panel_permit("\"birth_year\", ", "")),
      HasSubstr("the patients' birth_year. leave birth_year out of the study, and the age"));
  EXPECT_THAT(uncovered(panel_study(), panel_permit(", \"place\"]", "]")), HasSubstr("place"));
  const std::string days = uncovered(
      panel_study(), panel_permit("days       = [2000-01-01", "days       = [2022-01-02"));
  EXPECT_THAT(days, HasSubstr("reaches from 2022-01-01 to"));
  EXPECT_EQ(std::ranges::count(days, '\n'), 1);
  EXPECT_THAT(uncovered(panel_study(), panel_permit("days       = [2000-01-01, 2035-12-31]",
                                                    "days       = [-3650, 3650]")),
              HasSubstr("same calendar"));
  EXPECT_THAT(uncovered(panel_study(), panel_permit("[\"counts\", \"means\"]", "[\"counts\"]")),
              HasSubstr("lets no means leave"));
  EXPECT_THAT(uncovered(panel_study("period   = [2023-01-01, 2025-12-31]\n", ""), panel_permit()),
              HasSubstr("has no period"));
}

TEST(PermitCheck, EveryPracticeMustBeThePermits) {
  const formalities::KnownPermit permit =
      panel_permit("practices  = \"all\"", "practices = [\"cabinet-001\"]");
  EXPECT_EQ(uncovered(panel_study(), permit, {"cabinet-001"}), "");
  EXPECT_THAT(uncovered(panel_study(), permit, {"cabinet-001", "cabinet-002"}),
              HasSubstr("does not cover the practice cabinet-002"));
}

TEST(PermitCheck, ARefusalSaysTheFirstAndHowManyMore) {
  Study study = panel_study();
  study.purpose.clear();
  study.asked_by.clear();
  const Status refused = permit_allows(study, {}, panel_permit(), in_2026);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().found, "The study names no purpose");
  EXPECT_THAT(refused.error().right, HasSubstr("(and 1 more)"));
  EXPECT_EQ(refused.error().where, "study.toml");
}

// Small worlds, judged fact by fact.

constexpr int farthest = 40;  // days of the world
const std::vector<std::string> world_codes = {"A", "AB", "Az", "ABz", "B", "Bz", "z"};
const std::vector<std::string> world_patterns = {"A", "A*", "AB", "AB*", "B*", "*"};

// Of the whole range, however large a case is.
int drawn(int first, int last) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(first, last + 1));
}

template <class T>
T one_of(const std::vector<T>& list) {
  return list[static_cast<std::size_t>(drawn(0, static_cast<int>(list.size()) - 1))];
}

vocabulary::Pattern any_pattern(bool also_all) {
  if (also_all && drawn(0, 7) == 0) {
    return *vocabulary::parse_pattern("*", "", 0);
  }
  const std::string kind = one_of<std::string>({"consultation", "diagnosis", "lab"});
  return *vocabulary::parse_pattern(kind + ":" + one_of(world_patterns), "", 0);
}

EventTest any_test() {
  EventTest test;
  test.pattern = any_pattern(true);
  if (drawn(0, 5) != 0) {
    const int first = drawn(-10, 10);
    test.within = Window{first, drawn(first, 10)};
  }
  return test;
}

Study any_study() {
  Study study;
  study.calendar = Calendar::days;
  study.purpose = drawn(0, 9) != 0 ? "teaching" : one_of<std::string>({"statistics", ""});
  study.asked_by = drawn(0, 9) != 0 ? "A" : one_of<std::string>({"B", ""});
  if (drawn(0, 6) != 0) {
    const int first = drawn(-12, 12);
    study.period = {Day{first}, Day{drawn(first, 12)}};
  }
  if (drawn(0, 1) == 0) {
    study.population.index = any_pattern(false);
  } else {
    study.population.index = study.period ? study.period->first : Day{drawn(-12, 12)};
  }
  if (drawn(0, 5) == 0) {
    study.population.age = {0, 90};
  }
  if (drawn(0, 5) == 0) {
    study.population.fields.push_back({one_of<std::string>({"sex", "place"}), {"x"}, "", 0});
  }
  for (int many = drawn(0, 1); many > 0; --many) {
    study.population.require.push_back(any_test());
  }
  if (drawn(0, 2) == 0) {
    study.population.exclude.push_back(any_test());
  }
  for (int many = drawn(0, 2); many > 0; --many) {
    Variable variable;
    if (drawn(0, 1) == 0) {
      variable.source = any_test();
    } else {
      variable.source =
          FieldTest{one_of<std::string>({"sex", "age", "birth_year", "place", "practice"})};
    }
    study.variables.push_back(variable);
  }
  for (int many = drawn(1, 2); many > 0; --many) {
    StudyTable table;
    table.what = static_cast<StudyTable::What>(drawn(0, 2));
    if (table.what == StudyTable::What::each) {
      const EventTest test = any_test();
      table.each = test.pattern;
      table.within = test.within;
    }
    study.tables.push_back(table);
  }
  return study;
}

formalities::KnownPermit any_permit() {
  formalities::KnownPermit known;
  formalities::Permit& permit = known.permit;
  permit.reference = "P";
  permit.purposes = {"teaching"};
  permit.askers = {"A"};
  permit.valid = {{0}, {10}};
  permit.studies = drawn(0, 15) != 0;
  permit.leaves = one_of<std::vector<std::string>>(
      {{"counts", "means"}, {"counts", "means"}, {"counts", "means"}, {"counts"}, {"means"}});
  formalities::Covers& covers = permit.covers;
  covers.calendar = drawn(0, 15) == 0 ? Calendar::dates : Calendar::days;
  const bool broad = drawn(0, 2) != 0;
  covers.kinds.assign(vocabulary::kinds().size(), broad);
  for (const char* kind : {"consultation", "diagnosis", "lab"}) {
    covers.kinds[*vocabulary::find_kind(kind)] = broad || drawn(0, 3) != 0;
  }
  if (broad) {
    covers.codes = {*vocabulary::parse_pattern("*", "", 0)};
  }
  for (int many = drawn(0, 6); many > 0; --many) {
    covers.codes.push_back(any_pattern(true));
  }
  covers.fields = one_of<std::vector<std::string>>(
      {{"sex", "birth_year", "place"}, {"place", "birth_year", "sex"}, {"sex"}, {}});
  covers.days =
      broad ? formalities::Days{{-30}, {30}} : formalities::Days{{drawn(-22, 0)}, {drawn(0, 22)}};
  return known;
}

bool looks_like(const vocabulary::Pattern& pattern, vocabulary::KindId kind,
                const std::string& code) {
  return vocabulary::matches(pattern, vocabulary::Code{kind, "any", code});
}

// Every fact that a test can look at, by asking of each day whether some index day leads to it.
bool slow_test_allowed(const EventTest& test, const Study& study,
                       const formalities::Covers& covers) {
  const int first = study.period ? study.period->first.number : -farthest;
  const int last = study.period ? study.period->second.number : farthest;
  const auto* fixed = std::get_if<Day>(&study.population.index);
  const auto looked_at = [&](int day) {
    if (!test.within) {
      return first <= day && day <= last;
    }
    for (int index = first; index <= last; ++index) {
      const int begin = fixed != nullptr ? fixed->number : index;
      if (begin + test.within->first <= day && day <= begin + test.within->last) {
        return true;
      }
    }
    return false;
  };
  for (int day = -farthest; day <= farthest; ++day) {
    if (!looked_at(day)) {
      continue;
    }
    for (std::size_t kind = 0; kind < vocabulary::kinds().size(); ++kind) {
      for (const std::string& code : world_codes) {
        const auto id = static_cast<vocabulary::KindId>(kind);
        const bool allowed =
            covers.kinds[kind] && covers.days.first.number <= day &&
            day <= covers.days.last.number &&
            std::ranges::any_of(covers.codes, [&](const vocabulary::Pattern& pattern) {
              return looks_like(pattern, id, code);
            });
        if (looks_like(test.pattern, id, code) && !allowed) {
          return false;
        }
      }
    }
  }
  return true;
}

bool slow_allowed(const Study& study, const formalities::KnownPermit& known, int today) {
  const formalities::Permit& permit = known.permit;
  const formalities::Covers& covers = permit.covers;
  std::vector<EventTest> tests = study.population.require;
  tests.insert(tests.end(), study.population.exclude.begin(), study.population.exclude.end());
  std::vector<std::string> fields;
  if (const auto* index = std::get_if<vocabulary::Pattern>(&study.population.index)) {
    tests.push_back({EventTest::Measure::any, *index, {}});
  }
  if (study.population.age) {
    fields.emplace_back("birth_year");
  }
  for (const FieldCondition& condition : study.population.fields) {
    fields.push_back(condition.field);
  }
  for (const Variable& variable : study.variables) {
    if (const auto* test = std::get_if<EventTest>(&variable.source)) {
      tests.push_back(*test);
    } else if (const std::string field = std::get<FieldTest>(variable.source).field;
               field != "practice") {
      fields.push_back(field == "age" ? "birth_year" : field);
    }
  }
  for (const StudyTable& table : study.tables) {
    if (table.what == StudyTable::What::each) {
      tests.push_back({EventTest::Measure::any, table.each, table.within});
    }
    const std::string leaves = table.what == StudyTable::What::mean ? "means" : "counts";
    if (std::ranges::count(permit.leaves, leaves) == 0) {
      return false;
    }
  }
  const bool period = !study.period || (covers.days.first <= study.period->first &&
                                        study.period->second <= covers.days.last);
  return period && permit.studies && permit.valid.first.number <= today &&
         today <= permit.valid.last.number && study.purpose == "teaching" &&
         study.asked_by == "A" && covers.calendar == Calendar::days &&
         std::ranges::all_of(fields,
                             [&](const std::string& field) {
                               return std::ranges::count(covers.fields, field) > 0;
                             }) &&
         std::ranges::all_of(
             tests, [&](const EventTest& test) { return slow_test_allowed(test, study, covers); });
}

RC_GTEST_PROP(PermitCheckOfSmallWorlds, G1AllowsWhatThePermitsOwnWordsAllowFactByFact, ()) {
  int many_allowed = 0;
  for (int world = 0; world < 20; ++world) {
    const Study study = any_study();
    const formalities::KnownPermit permit = any_permit();
    const int today = drawn(0, 9) != 0 ? drawn(0, 10) : drawn(11, 12);
    const bool allowed = permit_allows(study, {}, permit, Day{today}).has_value();
    many_allowed += allowed ? 1 : 0;
    RC_ASSERT(allowed == slow_allowed(study, permit, today));
  }
  RC_CLASSIFY(many_allowed > 0, "some are allowed");
}

RC_GTEST_PROP(PermitCheckOfSmallWorlds, G1JudgesOnePatternCodeByCode, ()) {
  for (int world = 0; world < 50; ++world) {
    Study study;
    study.calendar = Calendar::days;
    study.purpose = "teaching";
    study.asked_by = "A";
    study.population.index = Day{0};
    study.population.require = {{EventTest::Measure::any, any_pattern(true), Window{0, 0}}};
    formalities::KnownPermit known;
    known.permit.valid = {{0}, {0}};
    known.permit.studies = true;
    known.permit.purposes = {"teaching"};
    known.permit.askers = {"A"};
    formalities::Covers& covers = known.permit.covers;
    covers.calendar = Calendar::days;
    covers.kinds.assign(vocabulary::kinds().size(), drawn(0, 3) != 0);
    for (int many = drawn(1, 4); many > 0; --many) {
      covers.codes.push_back(any_pattern(true));
    }
    RC_ASSERT(permit_allows(study, {}, known, Day{0}).has_value() == slow_allowed(study, known, 0));
  }
}

}  // namespace
}  // namespace parcours::study
