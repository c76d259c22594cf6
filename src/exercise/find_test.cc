#include "exercise/find.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/files.h"
#include "base/random.h"
#include "exports/testing/roles.h"
#include "vault/testing/worlds.h"
#include "vocabulary/kinds.h"

namespace parcours::exercise {
namespace {

namespace fs = std::filesystem;

constexpr const char* header = "patient,birth_year,sex,department,kind,code,date\n";

class Find : public testing::Test {
 protected:
  Result<Funnel> in_export(const std::string& text, const std::string& sentence,
                           bool show = false) {
    const fs::path path = folder_.path() / "export.csv";
    EXPECT_TRUE(write_file(path, text));
    ASSIGN_OR_RETURN(exports::ExportFile file, exports::ExportFile::open(path, 1));
    ASSIGN_OR_RETURN(const exports::Roles roles, exports::plain_roles(file));
    ASSIGN_OR_RETURN(const auto facts, parse_facts(sentence));
    const Stop stop;
    return find_in(file, roles, facts, show, stop);
  }
  std::string error(const std::string& text, const std::string& sentence) {
    const auto funnel = in_export(text, sentence);
    return funnel ? "" : funnel.error().found + "; " + funnel.error().right;
  }
  static std::vector<std::uint64_t> counts(const Funnel& funnel) {
    std::vector<std::uint64_t> list = {funnel.patients};
    for (const FunnelStep& step : funnel.steps) {
      list.push_back(step.patients);
    }
    return list;
  }

  const ScratchFolder folder_ = *ScratchFolder::make(fs::temp_directory_path(), "parcours-test-");
};

const std::string family = std::string(header) +
                           "a,2010,F,69,consultation,C,2023-03-07\n"
                           "a,2010,F,69,diagnosis,J45.0,2023-03-07\n"
                           "a,2010,F,69,prescription,R03BA02,2023-03-09\n"
                           "b,2011,F,69,consultation,C,2023-03-13\n"
                           "b,2011,F,69,diagnosis,J45.9,2022-01-01\n"
                           "c,2010,M,69,diagnosis,J45.0,2023-03-07\n"
                           "d,2012,F,01,diagnosis,E10,2023-03-07\n";

using Counts = std::vector<std::uint64_t>;

TEST_F(Find, TheFunnelNarrowsFactByFactToThePath) {
  const Funnel funnel = *in_export(
      family, "age 12, F, department 69, diagnosis J45*, visit in the week of 2023-03-06", true);
  EXPECT_EQ(counts(funnel), (Counts{4, 3, 2, 2, 2, 1}));
  EXPECT_EQ(funnel.steps[3].fact, "diagnosis J45*");
  ASSERT_TRUE(funnel.path);
  EXPECT_EQ(funnel.path->events, 3);
  EXPECT_EQ(to_string(funnel.path->first, Calendar::dates), "2023-03-07");
  EXPECT_EQ(to_string(funnel.path->last, Calendar::dates), "2023-03-09");
  EXPECT_EQ(funnel.path->events_by_kind.at("prescription"), 1);
  ASSERT_EQ(funnel.path->lines.size(), 3);
  EXPECT_EQ(funnel.path->lines[2].code, "R03BA02");
}

TEST_F(Find, ThePathIsNotShownUnlessAskedFor) {
  EXPECT_TRUE(in_export(family, "M")->path->lines.empty());
}

TEST_F(Find, SeveralPatientsHaveNoPath) {
  EXPECT_FALSE(in_export(family, "F")->path);
}

TEST_F(Find, AKindACodeAndATimeMustBeOnOneLine) {
  EXPECT_EQ(counts(*in_export(family, "diagnosis J45* in 2023-03")), (Counts{4, 2}));
  EXPECT_EQ(counts(*in_export(family, "diagnosis J45*, event in 2023-03")), (Counts{4, 3, 3}));
}

TEST_F(Find, AnAgeWithoutATimeIsThatAtTheLastDay) {
  EXPECT_EQ(counts(*in_export(family, "age 13")), (Counts{4, 2}));
}

TEST_F(Find, WhatCannotBeAskedIsSaid) {
  EXPECT_THAT(error(family, "departement 69"), testing::EndsWith("did you mean 'department'?"));
  EXPECT_THAT(error(family, "event on day 4"), testing::HasSubstr("the days are dates"));
  EXPECT_THAT(error("id,day,code\n1,4,x\n", "F"),
              testing::HasSubstr("no column looks like the sex"));
  EXPECT_THAT(error("id,day,code\n1,4,x\n", "visit on day 4"),
              testing::HasSubstr("kind of an event"));
  EXPECT_THAT(error("id,day,code\n1,2023-01-01,x\n1,soon,x\n", "event x"),
              testing::HasSubstr("1 days in column 'day' cannot be read"));
}

TEST_F(Find, NumberedDaysAreAskedByNumber) {
  const std::string text = "id,days,event\n1,4,x\n1,9,y\n2,5,x\n";
  EXPECT_EQ(counts(*in_export(text, "event x, event between day 3 and 4")), (Counts{2, 2, 1}));
}

// The export and the vault are two engines for one question: each is the other's slow twin.
TEST_F(Find, AVaultAnswersAsTheExportOfTheSameRecords) {
  const std::vector<std::string> codes = {"J45.0", "J45.9", "E10", "I10"};
  const std::vector<std::string> departments = {"69", "01", "75"};
  for (std::uint64_t seed = 0; seed < 2; ++seed) {
    Random random(seed);
    const auto one_of = [&](const auto& list) {
      return list[random.below(static_cast<std::uint32_t>(list.size()))];
    };
    vault::SmallPackage package{"P1", "2023", {}, {}};
    std::string text = header;
    for (std::uint64_t patient = 1; patient <= 40; ++patient) {
      const records::PatientId id{patient << 40, patient};
      const vault::SmallPatient person{
          id, static_cast<std::int16_t>(2008 + random.below(5)),
          random.below(2) == 0 ? records::Sex::female : records::Sex::male, one_of(departments)};
      package.patients.push_back(person);
      for (std::uint32_t event = 0; event < 1 + random.below(4); ++event) {
        const vault::SmallEvent made{
            id, day_of(2023, 3, 1)->number + static_cast<std::int32_t>(random.below(30)),
            random.below(2) == 0 ? "diagnosis" : "consultation", one_of(codes)};
        package.events.push_back(made);
        text += fmt::format("{},{},{},{},{},{},{}\n", patient, person.birth_year,
                            person.sex == records::Sex::female ? "F" : "M", person.place, made.kind,
                            made.code, to_string(Day{made.day}, Calendar::dates));
      }
    }
    const vault::SmallVault small = *vault::SmallVault::make({.buckets = 2});
    ASSERT_TRUE(small.import({package}));
    const vault::Vault vault = *small.open();
    Progress progress(Progress::Manner::none);
    const Stop stop;
    for (const std::string sentence :
         {"age 12, F, department 69, diagnosis J45*, visit in the week of 2023-03-06",
          "diagnosis E10 between 2023-03-05 and 2023-03-20, M, born 2010",
          "region 84, event j45.0, event on 2023-03-10", "place 75, visit, age 13, boy"}) {
      const bool region = sentence.starts_with("region");
      const Funnel by_vault = *find_in(vault, *parse_facts(sentence), true, progress, stop);
      const Funnel by_export =
          *in_export(text,
                     region                          ? "department 69" + sentence.substr(9)
                     : sentence.starts_with("place") ? "department" + sentence.substr(5)
                                                     : sentence,
                     true);
      if (!region) {
        EXPECT_EQ(counts(by_vault), counts(by_export)) << sentence;
      } else {
        EXPECT_GE(by_vault.steps[0].patients, by_export.steps[0].patients);
      }
      if (!region && by_export.path) {
        ASSERT_TRUE(by_vault.path);
        EXPECT_EQ(by_vault.path->events, by_export.path->events);
        EXPECT_EQ(by_vault.path->lines.back().code, by_export.path->lines.back().code);
      }
    }
    EXPECT_FALSE(find_in(vault, *parse_facts("regoin 84"), false, progress, stop));
    EXPECT_FALSE(find_in(vault, *parse_facts("visit on day 3"), false, progress, stop));
  }
}

}  // namespace
}  // namespace parcours::exercise
