#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <set>

#include "base/files.h"
#include "base/random.h"
#include "exercise/find.h"

namespace parcours::exercise {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using Counts = std::vector<std::uint64_t>;

class FindPeople : public testing::Test {
 protected:
  Result<Funnel> found(const std::string& text, const std::string& sentence, bool show = false,
                       const std::vector<exports::Correction>& corrections = {}) {
    const fs::path path = folder_.path() / "people.csv";
    EXPECT_TRUE(write_file(path, text));
    const Stop stop;
    ASSIGN_OR_RETURN(exports::ExportFile file, exports::ExportFile::open(path, 1));
    ASSIGN_OR_RETURN(exports::FileGuess guess, exports::guess_columns(file, stop));
    std::vector<exports::FileGuess> guesses = {std::move(guess)};
    RETURN_IF_ERROR(correct(guesses, corrections));
    EXPECT_EQ(guesses[0].form, exports::FileForm::people);
    ASSIGN_OR_RETURN(const auto facts, parse_facts(sentence));
    return find_in(file, guesses[0], "", facts, show, stop);
  }
  Counts counts(const std::string& text, const std::string& sentence) {
    const auto funnel = found(text, sentence);
    return funnel ? counts(*funnel) : (ADD_FAILURE() << funnel.error().sentence(), Counts{});
  }
  static Counts counts(const Funnel& funnel) {
    Counts list = {funnel.patients};
    for (const FunnelStep& step : funnel.steps) {
      list.push_back(step.patients);
    }
    return list;
  }
  std::string error(const std::string& text, const std::string& sentence) {
    const auto funnel = found(text, sentence);
    return funnel ? "" : funnel.error().found + "; " + funnel.error().right;
  }

  const ScratchFolder folder_ = *ScratchFolder::make(fs::temp_directory_path(), "parcours-test-");
};

const std::string school =
    "age,sex,region,diagnosis,visit,income,club\n"
    "12,F,84,J45.0,2023-03-07,low,x\n"
    "12,F,84,J45.9,2023-05-01,high,\n"
    "12,M,84,J45.0,2023-03-07,low,x\n"
    "13,F,84,E10,2023-03-08,low,\n"
    "12,F,11,J45.0,2023-03-09,high,x\n";

TEST_F(FindPeople, TheFunnelNarrowsFactByFactToTheLine) {
  const Funnel funnel =
      *found(school, "age 12, F, region 84, diagnosis J45*, visit in the week of 2023-03-06", true);
  EXPECT_EQ(counts(funnel), (Counts{5, 4, 3, 2, 2, 1}));
  EXPECT_FALSE(funnel.path);
  ASSERT_TRUE(funnel.fields);
  EXPECT_EQ(funnel.fields->columns, 2);
  EXPECT_EQ(funnel.fields->sensitive, 1);
  ASSERT_EQ(funnel.fields->values.size(), 2);
  EXPECT_EQ(funnel.fields->values[0].column, "income");
  EXPECT_EQ(funnel.fields->values[0].value, "low");
}

TEST_F(FindPeople, ValuesAreNotShownUnlessAskedFor) {
  const Funnel funnel = *found(school, "M");
  ASSERT_TRUE(funnel.fields);
  EXPECT_EQ(funnel.fields->columns, 6);
  EXPECT_TRUE(funnel.fields->values.empty());
}

TEST_F(FindPeople, SeveralPeopleAreToldNothingOf) {
  EXPECT_FALSE(found(school, "F")->fields);
  EXPECT_FALSE(found(school, "age 40")->fields);
}

TEST_F(FindPeople, AgesMayBeBandsOrTheYearOfBirth) {
  EXPECT_EQ(counts("age,town\n10-14,x\n15-19,x\n10-14,y\n\"[15,20)\",y\n", "age 12, town x"),
            (Counts{4, 2, 1}));
  const std::string births =
      "birth_year,town,visit\n2010,x,2023-01-01\n2011,y,2023-02-01\n"
      "2013,y,2023-01-01\n";
  EXPECT_EQ(counts(births, "born 2011"), (Counts{3, 1}));
  EXPECT_EQ(counts(births, "age 12, visit in 2023-01"), (Counts{3, 2, 1}));
  EXPECT_THAT(error(births, "age 12"), HasSubstr("say the year of birth"));
}

TEST_F(FindPeople, ASexMayBeANumberOrAYes) {
  EXPECT_EQ(counts("age,sex\n3,1\n4,2\n5,2\n", "girl, boy"), (Counts{3, 2, 0}));
  EXPECT_EQ(counts("age,male\n3,1\n4,0\n5,0\n", "girl, boy"), (Counts{3, 2, 0}));
  EXPECT_EQ(counts("age,female\n3,1\n4,0\n5,0\n", "girl, boy"), (Counts{3, 1, 0}));
}

TEST_F(FindPeople, PatientsAreCountedAndNotTheirLines) {
  const std::string text =
      "patient_id,age,town,drug\na,12,x,R03\na,12,x,C01\nb,12,x,C01\n,12,x,C01\n,13,y,D\n";
  EXPECT_EQ(counts(text, "age 12, drug R03, drug C01"), (Counts{4, 3, 1, 1}));
  const Funnel funnel = *found(text, "drug R03", true);
  ASSERT_TRUE(funnel.fields);
  EXPECT_EQ(funnel.fields->columns, 2);  // age and town, once each; not the pseudonym
  ASSERT_EQ(funnel.fields->values.size(), 2);
  EXPECT_EQ(funnel.fields->values[1].value, "x");
  EXPECT_EQ(found(text, "age 13", true)->fields->values.size(), 2);  // who has no pseudonym
}

TEST_F(FindPeople, EventsOfPatientsWithOneLineAreAskedByKindAndCode) {
  const std::string text =
      "patient,sex,kind,code,date\na,F,diagnosis,J45.0,2023-03-07\n"
      "b,F,diagnosis,E10,2023-03-07\nc,F,visit,J45.0,2023-03-07\n"
      "d,F,diagnosis,J45.9,2023-06-01\n";
  EXPECT_EQ(counts(text, "F, diagnosis J45* in 2023-03"), (Counts{4, 4, 1}));
  EXPECT_EQ(counts(text, "visit, event J45*"), (Counts{4, 1, 1}));
}

TEST_F(FindPeople, WhatCannotBeAskedIsSaidWithTheColumnsThatAreThere) {
  EXPECT_THAT(error(school, "lab HBA1C"),
              HasSubstr("'lab HBA1C' cannot be asked: no column is called 'lab'; the columns are "
                        "age, sex, region, diagnosis"));
  EXPECT_THAT(error(school, "regoin 84"), HasSubstr("did you mean 'region'?"));
  EXPECT_THAT(error(school, "shoes 84"), HasSubstr("the columns are age, sex"));
  EXPECT_THAT(error(school, "born 2011"), HasSubstr("no column looks like the birth year"));
  EXPECT_THAT(error(school, "diagnosis"), HasSubstr("does not say what column 'diagnosis' holds"));
  EXPECT_THAT(error(school, "visit on day 4"), HasSubstr("the days are dates"));
  EXPECT_THAT(error("town,age\nx,3\ny,4\n", "F"), HasSubstr("no column looks like the sex"));
  EXPECT_THAT(error("town,drug\nx,R03\ny,C01\n", "drug R03 in 2023"), HasSubstr("says when"));
}

TEST_F(FindPeople, WhatNobodyOutsideKnowsIsNotAsked) {
  const std::string text = "patient_id,name,age,club\na,Ann,3,k\nb,Bob,4,k\nc,Cy,4,m\n";
  EXPECT_THAT(error(text, "name Ann"), HasSubstr("what is to be dropped"));
  EXPECT_THAT(error(text, "name Ann"), HasSubstr("--column name=quasi"));
  EXPECT_THAT(error(text, "patient_id a"), HasSubstr("the patient's pseudonym"));
  const std::vector<exports::Correction> unknown = {
      {.file = "", .column = "club", .role = exports::ColumnRole::unknown, .where = ""}};
  EXPECT_FALSE(found(text, "club k", false, unknown));
  // Neither the name nor the pseudonym is told; what nobody knows yet is.
  const Funnel funnel = *found(text, "age 3", true, unknown);
  ASSERT_EQ(funnel.fields->values.size(), 1);
  EXPECT_EQ(funnel.fields->values[0].column, "club");
  const std::vector<exports::Correction> named = {
      {.file = "", .column = "name", .role = exports::ColumnRole::quasi, .where = ""}};
  EXPECT_EQ(counts(*found(text, "name ann", false, named)), (Counts{3, 1}));
}

TEST_F(FindPeople, NamesOfColumnsMayHaveSpacesAndValuesMayHaveThemAround) {
  EXPECT_EQ(counts("age,marital status,work\n3, Never married,a\n4,Married,a\n",
                   "marital status never married"),
            (Counts{2, 1}));
}

// The slow twin: every line of every patient, looked at in plain C++.
TEST_F(FindPeople, CountsAreThoseOfGoingThroughAllLines) {
  struct Line {
    std::string patient, sex, region, diagnosis;
    int age;
  };
  Random random(11);
  const auto one_of = [&](const std::vector<std::string>& list) {
    return list[random.below(static_cast<std::uint32_t>(list.size()))];
  };
  for (int round = 0; round < 6; ++round) {
    const bool with_patients = round % 2 == 0;
    std::vector<Line> lines;
    std::string text =
        with_patients ? "patient_id,age,sex,region,diagnosis\n" : "age,sex,region,diagnosis\n";
    for (int i = 0; i < 30; ++i) {
      lines.push_back({with_patients ? fmt::format("p{}", random.below(20)) : std::to_string(i),
                       one_of({"F", "M"}), one_of({"84", "11", "75"}),
                       one_of({"J45.0", "J45.9", "J4", "E10", ""}),
                       static_cast<int>(10 + random.below(4))});
      const Line& line = lines.back();
      text += fmt::format("{}{},{},{},{}\n", with_patients ? line.patient + "," : "", line.age,
                          line.sex, line.region, line.diagnosis);
    }
    const std::vector<std::pair<std::string, std::function<bool(const Line&)>>> all = {
        {"age 12", [](const Line& line) { return line.age == 12; }},
        {"girl", [](const Line& line) { return line.sex == "F"; }},
        {"diagnosis j45*", [](const Line& line) { return line.diagnosis.starts_with("J45"); }},
        {"region 84", [](const Line& line) { return line.region == "84"; }},
        {"diagnosis E10", [](const Line& line) { return line.diagnosis == "E10"; }}};
    std::string sentence;
    std::set<std::string> left;
    for (const Line& line : lines) {
      left.insert(line.patient);
    }
    Counts expected = {left.size()};
    for (std::size_t i = 0; i < 4; ++i) {
      const auto& [said, fits] = all[(i + static_cast<std::size_t>(round)) % all.size()];
      sentence += (sentence.empty() ? "" : ", ") + said;
      std::erase_if(left, [&, &fits = fits](const std::string& patient) {
        return std::ranges::none_of(
            lines, [&](const Line& line) { return line.patient == patient && fits(line); });
      });
      expected.push_back(left.size());
    }
    EXPECT_EQ(counts(text, sentence), expected) << sentence;
    EXPECT_EQ(found(text, sentence)->fields.has_value(), left.size() == 1);
  }
}

}  // namespace
}  // namespace parcours::exercise
