#include "synth/panel.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "base/files.h"
#include "synth/model.h"
#include "synth/practice_text.h"
#include "synth/tables.h"
#include "vocabulary/levels.h"
#include "vocabulary/text_table.h"
#include "vocabulary/vocabulary.h"

namespace parcours::synth {
namespace {

namespace fs = std::filesystem;

class PanelTest : public testing::Test {
 protected:
  static PanelOptions options(std::uint64_t patients) {
    return {.patients = patients,
            .events = std::nullopt,
            .practices = std::nullopt,
            .seed = 5,
            .threads = 2,
            .first = *day_of(2023, 1, 1),
            .last = *day_of(2025, 12, 31),
            .flat = false,
            .detail = 1};
  }

  Result<PanelSummary> write(const std::string& name, const PanelOptions& options) {
    Progress progress(Progress::Manner::none);
    return write_panel(folder_.path() / name, options, progress, stop_);
  }

  std::string text(const std::string& name) { return *read_file(folder_.path() / name); }

  std::vector<std::vector<std::string>> rows(const std::string& name) {
    std::vector<std::vector<std::string>> rows;
    vocabulary::TextTable table = *vocabulary::parse_text_table(text(name), name);
    for (vocabulary::TextTable::Row& row : table.rows) {
      rows.push_back(std::move(row.fields));
    }
    return rows;
  }

  ScratchFolder folder_ = *ScratchFolder::make(fs::temp_directory_path(), "parcours-test-");
  Stop stop_;
};

TEST_F(PanelTest, G1TheBytesAreTheSameWhateverTheNumberOfThreads) {
  PanelOptions options = this->options(4000);
  options.flat = true;
  options.detail = 3;
  for (const int threads : {1, 2, 3}) {
    options.threads = threads;
    ASSERT_TRUE(write(std::to_string(threads), options));
  }
  for (const std::string file : {"patients.csv", "events.csv", "export.csv", "mapping.toml"}) {
    EXPECT_TRUE(text("1/" + file) == text("2/" + file)) << file;
    EXPECT_TRUE(text("1/" + file) == text("3/" + file)) << file;
  }
}

TEST_F(PanelTest, AnotherSeedGivesOtherPeople) {
  PanelOptions options = this->options(500);
  ASSERT_TRUE(write("a", options));
  options.seed = 6;
  ASSERT_TRUE(write("b", options));
  EXPECT_FALSE(text("a/patients.csv") == text("b/patients.csv"));
}

TEST_F(PanelTest, G2AStopLeavesNothing) {
  stop_.request();
  const auto summary = write("a", options(2000));
  ASSERT_FALSE(summary);
  EXPECT_EQ(summary.error().fault, Fault::stopped);
  EXPECT_TRUE(fs::is_empty(folder_.path()));
}

TEST_F(PanelTest, G2AFolderThatHoldsSomethingIsLeftAlone) {
  fs::create_directory(folder_.path() / "a");
  ASSERT_TRUE(write_file(folder_.path() / "a" / "mine", "mine"));
  const auto summary = write("a", options(100));
  ASSERT_FALSE(summary);
  EXPECT_EQ(summary.error().fault, Fault::input);
  EXPECT_EQ(text("a/mine"), "mine");
}

TEST_F(PanelTest, AFolderMayBeNamedWithASlashAtTheEnd) {
  ASSERT_TRUE(write("a/", options(50)));
  EXPECT_TRUE(fs::exists(folder_.path() / "a" / "events.csv"));
}

TEST_F(PanelTest, AFolderInsideOneThatIsNotThereIsRefused) {
  const auto summary = write("none/a", options(50));
  ASSERT_FALSE(summary);
  EXPECT_EQ(summary.error().fault, Fault::input);
  EXPECT_EQ(summary.error().where, folder_.path() / "none");
}

TEST_F(PanelTest, G3TheEventsAreAsManyAsAskedForWithinTwoPercent) {
  int number = 0;
  for (const std::uint64_t patients : {300U, 2000U}) {
    for (const std::uint64_t each : {2U, 15U, 50U}) {
      PanelOptions options = this->options(patients);
      options.events = patients * each;
      const auto summary = write(std::to_string(number++), options);
      ASSERT_TRUE(summary);
      EXPECT_EQ(summary->patients, patients);
      EXPECT_NEAR(static_cast<double>(summary->events), static_cast<double>(*options.events),
                  0.02 * static_cast<double>(*options.events) + 100);
    }
  }
}

TEST_F(PanelTest, SizesThatDoNotFitTogetherAreRefused) {
  PanelOptions options = this->options(0);
  EXPECT_FALSE(write("a", options));
  options = this->options(100);
  options.events = 50;
  EXPECT_FALSE(write("a", options));
  options = this->options(100);
  options.practices = 101;
  EXPECT_FALSE(write("a", options));
  options = this->options(100);
  options.detail = 0;
  EXPECT_FALSE(write("a", options));
  options = this->options(100);
  std::swap(options.first, options.last);
  EXPECT_FALSE(write("a", options));
  EXPECT_TRUE(fs::is_empty(folder_.path()));
}

TEST_F(PanelTest, VerySmallPanelsWork) {
  for (const std::uint64_t patients : {1U, 2U, 30U}) {
    const auto summary = write(std::to_string(patients), options(patients));
    ASSERT_TRUE(summary) << summary.error().sentence();
    EXPECT_EQ(summary->patients, patients);
    EXPECT_GE(summary->events, patients);
  }
}

TEST_F(PanelTest, APeriodOfADayWorks) {
  PanelOptions options = this->options(200);
  options.first = options.last;
  const auto summary = write("a", options);
  ASSERT_TRUE(summary) << summary.error().sentence();
  for (const auto& row : rows("a/events.csv")) {
    EXPECT_EQ(row[2], "2025-12-31");
  }
}

TEST_F(PanelTest, WhatIsWrittenIsWhatTheSummarySays) {
  const auto summary = write("a", options(3000));
  ASSERT_TRUE(summary);
  std::map<std::string, std::vector<std::string>> patients;
  for (auto& row : rows("a/patients.csv")) {
    ASSERT_EQ(row.size(), 5u);
    const std::string code = row[0];
    EXPECT_TRUE(patients.emplace(code, std::move(row)).second) << "twice: " << code;
  }
  EXPECT_EQ(patients.size(), summary->patients);
  const vocabulary::Vocabulary vocabulary = vocabulary::Vocabulary::built_in();
  std::uint64_t events = 0;
  std::set<std::string> practices;
  std::set<std::string> seen;
  for (const auto& row : rows("a/events.csv")) {
    ASSERT_EQ(row.size(), 6u);
    ++events;
    const auto patient = patients.find(row[0]);
    ASSERT_NE(patient, patients.end());
    EXPECT_EQ(patient->second[1], row[1]);
    EXPECT_LE(patient->second[2], row[2].substr(0, 4)) << "an event before birth";
    EXPECT_TRUE(parse_iso_day(row[2]));
    EXPECT_TRUE(vocabulary::find_kind(row[3])) << row[3];
    practices.insert(row[1]);
    seen.insert(row[0]);
  }
  EXPECT_EQ(events, summary->events);
  EXPECT_EQ(practices.size(), summary->practices);
  EXPECT_GT(seen.size(), summary->patients * 98 / 100);
}

TEST_F(PanelTest, TheExportSaysTheSameAsTheEventsButForThePractice) {
  PanelOptions options = this->options(400);
  options.flat = true;
  ASSERT_TRUE(write("a", options));
  std::map<std::string, std::vector<std::string>> patients;
  for (auto& row : rows("a/patients.csv")) {
    patients[row[0]] = row;
  }
  const auto events = rows("a/events.csv");
  const auto lines = rows("a/export.csv");
  ASSERT_EQ(events.size(), lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto& patient = patients[events[i][0]];
    const std::vector<std::string> expected = {
        events[i][0], patient[2],
        patient[3],   *vocabulary::at_level("fr-department", patient[4], "region"),
        events[i][2], events[i][3],
        events[i][4], events[i][5]};
    EXPECT_EQ(lines[i], expected);
  }
}

TEST_F(PanelTest, SexesAndAgesAreThoseOfFrance) {
  const auto summary = write("a", options(40000));
  ASSERT_TRUE(summary);
  std::map<int, double> share;
  double women = 0;
  for (const auto& row : rows("a/patients.csv")) {
    women += row[3] == "F" ? 1 : 0;
    share[std::min(95, (2025 - std::stoi(row[2])) / 5 * 5)] += 1.0 / 40000;
  }
  EXPECT_NEAR(women / 40000, 0.516, 0.01);
  std::map<int, double> france;
  double people = 0;
  for (const vocabulary::TextTable::Row& row : synth::table("ages").rows) {
    const double band = synth::number(row.fields[1]) + synth::number(row.fields[2]);
    france[static_cast<int>(synth::number(row.fields[0]))] = band;
    people += band;
  }
  for (const auto& [age, count] : france) {
    EXPECT_NEAR(share[age], count / people, 0.008) << age;
  }
}

TEST_F(PanelTest, FluComesInWinterAndBronchiolitisToInfants) {
  ASSERT_TRUE(write("a", options(20000)));
  std::map<std::string, int> born;
  for (const auto& row : rows("a/patients.csv")) {
    born[row[0]] = std::stoi(row[2]);
  }
  int winter = 0;
  int summer = 0;
  int infants = 0;
  int others = 0;
  for (const auto& row : rows("a/events.csv")) {
    const int month = std::stoi(row[2].substr(5, 2));
    if (row[4] == "J11.1") {
      winter += month == 12 || month <= 3 ? 1 : 0;
      summer += month >= 6 && month <= 9 ? 1 : 0;
    } else if (row[4] == "J21.9") {
      ++(std::stoi(row[2].substr(0, 4)) - born[row[0]] <= 5 ? infants : others);
    }
  }
  EXPECT_GT(winter, 10 * summer);
  EXPECT_GT(infants, 10 * others);
}

TEST_F(PanelTest, DetailGivesTheSourceItsOwnCodesThatBeginWithTheKnownOnes) {
  PanelOptions options = this->options(3000);
  options.detail = 5;
  options.events = 90000;
  ASSERT_TRUE(write("a", options));
  std::set<std::string> prescribed;
  for (const auto& row : rows("a/events.csv")) {
    if (row[3] == "prescription") {
      prescribed.insert(row[4]);
      EXPECT_EQ(row[4].size(), 10u);
    } else if (row[3] == "diagnosis") {
      EXPECT_TRUE(vocabulary::Vocabulary::built_in().label(
          "icd10", *vocabulary::at_level("icd10", row[4], "icd3")))
          << row[4];
    }
    if (prescribed.size() > 450) {
      break;
    }
  }
  EXPECT_GT(prescribed.size(), 450u);
  // They do not have the form of the known systems' codes, so the mapping names systems of its own.
  EXPECT_THAT(text("a/mapping.toml"), testing::HasSubstr("diagnosis    = \"detailed-icd10\""));
}

TEST_F(PanelTest, AFewKnownFactsSingleTheChildOfTheStoryOut) {
  PanelOptions options = this->options(20000);
  options.flat = true;
  const auto summary = write("a", options);
  ASSERT_TRUE(summary);
  ASSERT_TRUE(summary->story);
  const PanelStory& story = *summary->story;
  EXPECT_EQ(2025 - story.birth_year, 12);
  EXPECT_GT(story.events, 5u);
  // Known: the year of birth, the sex, the region, the diagnosis, and the week of one visit.
  std::set<std::string> diagnosed;
  std::set<std::string> seen_that_week;
  for (const auto& row : rows("a/export.csv")) {
    if (row[1] != std::to_string(story.birth_year) ||
        row[2] != (story.sex == records::Sex::male ? "M" : "F") || row[3] != story.region) {
      continue;
    }
    if (row[6].starts_with("J45")) {
      diagnosed.insert(row[0]);
    }
    if (std::abs(*parse_iso_day(row[4]) - story.visit) <= 3) {
      seen_that_week.insert(row[0]);
    }
  }
  std::vector<std::string> found;
  std::ranges::set_intersection(diagnosed, seen_that_week, std::back_inserter(found));
  EXPECT_EQ(found, std::vector{story.patient});
}

TEST_F(PanelTest, DrugGroupsAreMixedMuchAsInFrance) {
  const fs::path file =
      fs::path(PARCOURS_SOURCE_DIR) / "../shared/data/france/openmedic_2025_by_atc1.csv";
  if (!fs::exists(file)) {
    GTEST_SKIP() << "no " << file;
  }
  ASSERT_TRUE(write("a", options(20000)));
  std::map<std::string, double> ours;
  for (const auto& row : rows("a/events.csv")) {
    if (row[3] == "prescription") {
      ours[row[4].substr(0, 1)] += 1;
    }
  }
  // Boxes are counted there and prescriptions here, so the order is compared: Spearman's
  // correlation of the ranks.
  const auto rank = [](const std::map<std::string, double>& groups, const std::string& group) {
    double above = 0;
    for (const auto& [other, count] : groups) {
      above += count > groups.at(group) ? 1 : 0;
    }
    return above;
  };
  std::map<std::string, double> france;
  const vocabulary::TextTable openmedic =
      *vocabulary::parse_text_table(*read_file(file), "openmedic");
  for (const vocabulary::TextTable::Row& row : openmedic.rows) {
    if (ours.contains(row.fields[0])) {
      france[row.fields[0]] = synth::number(row.fields[4]);
    }
  }
  ASSERT_EQ(france.size(), ours.size());
  double squares = 0;
  for (const auto& [group, count] : ours) {
    const double apart = rank(ours, group) - rank(france, group);
    squares += apart * apart;
  }
  const auto n = static_cast<double>(ours.size());
  EXPECT_GT(1 - 6 * squares / (n * (n * n - 1)), 0.8);
}

TEST(PatientCode, NoTwoPatientsShareOne) {
  std::set<std::array<char, 8>> codes;
  for (std::uint64_t i = 0; i < 50000; ++i) {
    EXPECT_TRUE(codes.insert(synth::patient_code(9, i * 1001)).second);
  }
}

}  // namespace
}  // namespace parcours::synth
