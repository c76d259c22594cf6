#include "release/make.h"

#include <gtest/gtest.h>

#include "base/random.h"
#include "release/earlier.h"
#include "release/testing/example.h"
#include "release/writer.h"
#include "vault/catalog.h"
#include "vault/testing/worlds.h"

namespace parcours::release {
namespace {

namespace fs = std::filesystem;

// 400 patients of 8 practices, some of whom have asthma; one of them has a disease that nobody else
// has.
std::vector<vault::SmallPackage> packages() {
  Random random(5);
  std::vector<vault::SmallPackage> packages;
  for (std::uint64_t practice = 0; practice < 8; ++practice) {
    vault::SmallPackage package{"P" + std::to_string(practice), "2024", {}, {}};
    for (std::uint64_t i = 0; i < 50; ++i) {
      const records::PatientId id{practice + 1, i};
      package.patients.push_back({id, static_cast<std::int16_t>(1950 + random.below(50)),
                                  random.below(2) == 0 ? records::Sex::female : records::Sex::male,
                                  ""});
      package.events.push_back({id, 19700, "consultation", "C"});
      if (random.below(3) == 0) {
        package.events.push_back({id, 19710, "diagnosis", "J45"});
      }
    }
    packages.push_back(std::move(package));
  }
  packages[0].events.push_back({{1, 0}, 19711, "diagnosis", "E84"});
  return packages;
}

constexpr const char* study_text = R"(
[study]
id     = "asthma"
title  = { en = "Asthma", fr = "Asthme" }
permit = "2026-DR-014"
purpose = "public-health-research"
asked_by = "Observatoire des soins de ville"
period = [2023-01-01, 2024-12-31]
rules  = "france-2026"

[population]
index = 2024-01-01

[variables]
sex    = { field = "sex" }
asthma = { any = "diagnosis:J45" }

[[table]]
id    = "asthma"
title = { en = "Asthma by sex", fr = "Asthme selon le sexe" }
by    = ["sex"]
of    = "asthma"

[[table]]
id    = "diagnoses"
title = { en = "Diagnoses by sex", fr = "Diagnostics selon le sexe" }
by    = ["sex"]
each  = { code = "diagnosis:*", level = "code" }
)";

class Make : public testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(small.import(packages())); }

  Result<Release> made() {
    Result<MadeRelease> with_memory = made_with_memory();
    if (!with_memory) {
      return std::unexpected(with_memory.error());
    }
    return std::move(with_memory->release);
  }

  Result<MadeRelease> made_with_memory() {
    Progress progress(Progress::Manner::none);
    const vault::Vault vault = *small.open();
    const records::ProgrammeKey key =
        *records::known_key(small.key(), vault.catalog().key, vault.path());
    const past::PastReleases past = *past::PastReleases::open(vault.path(), key, Stop());
    return make_release(vault, question, past, progress, stop);
  }

  const vault::SmallVault small = *vault::SmallVault::make({.buckets = 4});
  Question question{"study.toml", study_text, example::rules(), "rules.toml", 1, 2, "2026-11-23"};
  Stop stop;
};

TEST_F(Make, GoesTheWholeWayFromAVaultToAFolder) {
  const Result<Release> release = made();
  ASSERT_TRUE(release) << release.error().sentence();
  EXPECT_EQ(release->verdict().population(), 400);
  EXPECT_EQ(release->verdict().tables().size(), 2);
  EXPECT_EQ(release->verdict().attacks().size(), 6);
  EXPECT_LT(release->verdict().hidden().published, release->verdict().hidden().cells);
  EXPECT_EQ(release->asked().period, (tables::Label{"1 January 2023 to 31 December 2024",
                                                    "du 1er janvier 2023 au 31 décembre 2024"}));
  ASSERT_FALSE(release->asked().sentences.empty());
  for (const tables::Label& sentence : release->asked().sentences) {
    EXPECT_FALSE(sentence.fr.empty());
    EXPECT_NE(sentence.fr, sentence.en);
  }
  const ScratchFolder outer = *ScratchFolder::make(fs::temp_directory_path(), "parcours-test-");
  const Status written = write(*release, outer.path() / "release", stop);
  EXPECT_TRUE(written) << written.error().sentence();
}

TEST_F(Make, CarriesWhatTheStudyNeedsToTheRelease) {
  question.study_text += "keep = [[\"sex\"], []]\n[protection]\ncost = \"cells\"\n";
  const Result<Release> release = made();
  ASSERT_TRUE(release) << release.error().sentence();
  EXPECT_GT(release->verdict().hidden().needed, 0u);
  EXPECT_LE(release->verdict().hidden().needed_published, release->verdict().hidden().needed);
}

// The mean of a count, then a table of it that hides a category: the mean again is the same.
TEST_F(Make, AnswersTheSameQuestionAlikeWhateverWasAskedInBetween) {
  const std::string text = study_text;
  const std::string head = text.substr(0, text.find("[[table]]")) +
                           "times = { count = \"diagnosis:*\", bands = [0, 1, 2] }\n\n";
  const std::string table = "[[table]]\nid = \"times\"\nby = [\"sex\"]\n";
  const auto asked = [&](const char* what) {
    question.study_text = head + table + what;
    Result<MadeRelease> made = made_with_memory();
    EXPECT_TRUE(made) << made.error().sentence();
    const vault::Vault vault = *small.open();
    const records::ProgrammeKey key =
        *records::known_key(small.key(), vault.catalog().key, vault.path());
    if (!made->same_as) {
      EXPECT_TRUE(past::PastReleases::open(vault.path(), key, Stop())->add(made->to_remember));
    }
    return made->release.verdict().tables();
  };
  const std::vector<tables::Table> first = asked("mean = \"times\"\n");
  EXPECT_TRUE(std::ranges::any_of(first[0].cells,
                                  [](const tables::Cell& c) { return c.mean.has_value(); }));
  const std::vector<tables::Table> between = asked("of = \"times\"\n");
  EXPECT_TRUE(std::ranges::any_of(between[0].cells, [](const tables::Cell& c) {
    return c.status != tables::CellStatus::published;
  }));
  EXPECT_EQ(asked("mean = \"times\"\n"), first);
}

// The records of a practice that sends them for the first time.
std::vector<vault::SmallPackage> one_more_practice() {
  std::vector<vault::SmallPackage> made = packages();
  made.resize(1);
  made[0].practice = "P8";
  for (vault::SmallPatient& patient : made[0].patients) {
    patient.id = {99, patient.id.low};
  }
  for (vault::SmallEvent& event : made[0].events) {
    event.patient = {99, event.patient.low};
  }
  made[0].patients.resize(9);
  std::erase_if(made[0].events, [](const auto& event) { return event.patient.low >= 9; });
  return made;
}

class MakeAgain : public Make {
 protected:
  past::PastReleases memory() {
    const vault::Vault vault = *small.open();
    key_.emplace(*records::known_key(small.key(), vault.catalog().key, vault.path()));
    return *past::PastReleases::open(vault.path(), *key_, Stop());
  }

  // The first edition, remembered; then a few patients more.
  std::vector<tables::Table> first_edition() {
    Result<MadeRelease> first = made_with_memory();
    EXPECT_TRUE(first) << first.error().sentence();
    EXPECT_EQ(first->release.earlier().count(), 0u);
    std::vector<tables::Table> tables = first->release.verdict().tables();
    EXPECT_TRUE(memory().add(std::move(first->to_remember)));
    EXPECT_TRUE(small.import(one_more_practice()));
    return tables;
  }

  std::optional<records::ProgrammeKey> key_;  // the memory looks at it
};

TEST_F(MakeAgain, AFigureThatCannotBeNewStands) {
  const std::vector<tables::Table> before = first_edition();
  question.day = "2026-12-23";
  Result<MadeRelease> made = made_with_memory();
  ASSERT_TRUE(made) << made.error().sentence();
  const past::EarlierFigures& earlier = made->release.earlier();
  ASSERT_GT(earlier.count(), 0u);
  ASSERT_EQ(earlier.editions.size(), 1u);
  EXPECT_EQ(earlier.editions[0].day, "2026-11-23");
  EXPECT_EQ(earlier.editions[0].period, "2023-01-01/2024-12-31");
  std::string csv;
  for (std::size_t t = 0; t < earlier.tables.size(); ++t) {
    const tables::Table& table = made->release.verdict().tables()[t];
    std::vector<bool> stands(table.cells.size(), false);
    for (const past::EarlierFigure& figure : earlier.tables[t]) {
      stands[figure.cell] = true;
      EXPECT_EQ(figure.figure, before[t].cells[figure.cell]);
    }
    for (std::size_t c = 0; c < table.cells.size(); ++c) {
      const bool was = before[t].cells[c].status == tables::CellStatus::published &&
                       before[t].cells[c].patients > 0;
      EXPECT_EQ(stands[c], was && table.cells[c].status != tables::CellStatus::published);
    }
    csv += earlier_csv(table, earlier.tables[t], earlier.editions);
  }
  EXPECT_EQ(std::ranges::count(csv, '\n'), static_cast<std::ptrdiff_t>(earlier.count() + 2));
  EXPECT_NE(csv.find(",2023-01-01/2024-12-31,2026-11-23\n"), std::string::npos);

  // The memory keeps what is new, and the same question gets the same answer, these figures too.
  const past::PastRelease& remembered = made->to_remember.release;
  EXPECT_EQ(remembered.tables, made->release.verdict().tables());
  ASSERT_TRUE(memory().add(std::move(made->to_remember)));
  const Result<MadeRelease> again = made_with_memory();
  ASSERT_TRUE(again) << again.error().sentence();
  EXPECT_EQ(again->same_as, 2u);
  EXPECT_EQ(again->release.earlier().count(), earlier.count());
}

TEST_F(MakeAgain, AWithdrawnEditionStandsForNothing) {
  first_edition();
  ASSERT_TRUE(memory().withdraw(1, {"2026-12-01", "a wrong mapping"}));
  const Result<MadeRelease> made = made_with_memory();
  ASSERT_TRUE(made) << made.error().sentence();
  EXPECT_EQ(made->release.earlier().count(), 0u);
}

TEST_F(MakeAgain, AStudyIsRefusedWhereTooLittleIsNew) {
  question.study_text.insert(question.study_text.find("[population]"), "renewed_min = 0.9\n");
  first_edition();
  const Result<MadeRelease> refused = made_with_memory();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fault, Fault::rule);
  EXPECT_NE(refused.error().found.find("'renewed_min'"), std::string::npos);
  EXPECT_NE(refused.error().right.find("2026-11-23"), std::string::npos);
}

// 31 without E84 have J44 or J45, 24 of them J45: hidden, as 7 are left. All 77 with E84 have J45.
std::vector<vault::SmallPackage> seven_left() {
  std::vector<vault::SmallPackage> made;
  for (std::uint64_t practice = 0; practice < 8; ++practice) {
    vault::SmallPackage package{"P" + std::to_string(practice), "2024", {}, {}};
    for (std::uint64_t k = practice; k < 400; k += 8) {
      const records::PatientId id{practice + 1, k};
      package.patients.push_back({id, 1980, records::Sex::female, ""});
      const auto has = [&](const char* code) {
        package.events.push_back({id, 19700, "diagnosis", code});
      };
      if (k < 77) {
        has("E84");
      }
      if (k < 101) {
        has("J45");
      }
      if (k >= 91 && k < 108) {
        has("J44");
      }
      package.events.push_back({id, 19700, "consultation", "C"});
    }
    made.push_back(std::move(package));
  }
  return made;
}

// Whether the second release shows how many have J45: that number less who left is the 24.
bool shows_the_other_figure(Question question, bool remembering_own) {
  const vault::SmallVault small = *vault::SmallVault::make({.buckets = 4});
  EXPECT_TRUE(small.import(seven_left()));
  const std::string text = study_text;
  const std::string head = text.substr(0, text.find("[[table]]"));
  const auto ask = [&](std::string study, const std::string& exclude, const std::string& table) {
    study.insert(study.find("[variables]"), exclude);
    question.study_text = study + table;
    const vault::Vault vault = *small.open();
    const records::ProgrammeKey key =
        *records::known_key(small.key(), vault.catalog().key, vault.path());
    past::PastReleases past = *past::PastReleases::open(vault.path(), key, Stop());
    Progress progress(Progress::Manner::none);
    Result<MadeRelease> made = make_release(vault, question, past, progress, Stop());
    EXPECT_TRUE(made) << made.error().sentence();
    std::vector<tables::Table> tables = made->release.verdict().tables();
    if (!remembering_own) {
      made->to_remember.release.own.clear();
    }
    EXPECT_TRUE(past.add(std::move(made->to_remember)));
    return tables;
  };
  ask(head, "exclude = [{ any = \"diagnosis:E84\" }]\n",
      "[[table]]\nid = \"e\"\nby = [\"sex\"]\neach = { code = \"diagnosis:J*\" }\n");
  return ask(head, "", "[[table]]\nid = \"n\"\nby = [\"asthma\"]\n")[0].cells[0].status ==
         tables::CellStatus::published;
}

TEST_F(Make, TellsNothingThatAnEarlierReleaseHidForTheFewThatItLeaves) {
  question.rules.width_min = 11;
  EXPECT_FALSE(shows_the_other_figure(question, true));
  EXPECT_TRUE(shows_the_other_figure(question, false)) << "the test finds nothing";
}

// Four studies of the same people in turn.
std::vector<std::vector<tables::Table>> asked_in_turn(Question question, bool remembering_ties) {
  const vault::SmallVault small = *vault::SmallVault::make({.buckets = 4});
  EXPECT_TRUE(small.import(packages()));
  const std::string text = study_text;
  const std::string head = text.substr(0, text.find("[[table]]"));
  std::vector<std::vector<tables::Table>> answers;
  for (const char* bands : {"[20, 40, 60]", "[20, 45, 60]", "[30, 45, 55]", "[20, 40, 55]"}) {
    const vault::Vault vault = *small.open();
    const records::ProgrammeKey key =
        *records::known_key(small.key(), vault.catalog().key, vault.path());
    past::PastReleases past = *past::PastReleases::open(vault.path(), key, Stop());
    question.study_text = head + "age = { field = \"age\", bands = " + bands + " }\n" +
                          "[[table]]\nid = \"t\"\nby = [\"sex\", \"age\"]\nof = \"asthma\"\n";
    Progress progress(Progress::Manner::none);
    Result<MadeRelease> made = make_release(vault, question, past, progress, Stop());
    if (!made) {
      ADD_FAILURE() << made.error().sentence();
      return answers;
    }
    answers.push_back(made->release.verdict().tables());
    EXPECT_EQ(answers.size() == 1, made->to_remember.release.ties->groups.empty());
    if (!remembering_ties) {
      made->to_remember.release.ties.reset();
    }
    EXPECT_TRUE(past.add(std::move(made->to_remember)));
  }
  return answers;
}

TEST_F(Make, HidesTheSameWhetherReleasesRememberWhatTheyTellTogetherOrNot) {
  const auto answers = asked_in_turn(question, true);
  const auto hidden = [](const tables::Cell& cell) {
    return cell.status != tables::CellStatus::published;
  };
  EXPECT_GT(std::ranges::count_if(answers.back().front().cells, hidden), 0);
  EXPECT_EQ(answers, asked_in_turn(question, false));
}

TEST_F(Make, RefusesAStudyThatNamesOtherRules) {
  question.rules.id = "looser";
  const Result<Release> release = made();
  ASSERT_FALSE(release);
  EXPECT_EQ(release.error().fault, Fault::input);
  EXPECT_NE(release.error().found.find("'france-2026'"), std::string::npos);
}

TEST_F(Make, RefusesAStudyThatItsPermitDoesNotCover) {
  const std::string purpose = "public-health-research";
  question.study_text.replace(question.study_text.find(purpose), purpose.size(), "credit-scoring");
  EXPECT_FALSE(made());  // no purpose of the list
  question.study_text.replace(question.study_text.find("credit-scoring"), 14, "policy-making");
  const Result<Release> other = made();
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().fault, Fault::rule);
  EXPECT_NE(other.error().found.find("policy-making"), std::string::npos);
  question.study_text.replace(question.study_text.find("2026-DR-014"), 11, "2026-DR-999");
  const Result<Release> unknown = made();
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().fault, Fault::rule);
  EXPECT_NE(unknown.error().found.find("2026-DR-999"), std::string::npos);
}

TEST_F(Make, TakesRulesThatTheStudyNamesByTheirFile) {
  const ScratchFolder folder = *ScratchFolder::make(fs::temp_directory_path(), "parcours-test-");
  ASSERT_TRUE(write_file(folder.path() / "rules.toml", "x"));
  question.study_file = folder.path() / "study.toml";
  question.rules_file = folder.path() / "rules.toml";
  question.rules.id = "of this cohort";
  study::Study study = example::study();
  study.rules = "rules.toml";
  EXPECT_TRUE(same_rules(study, question));
  study.rules = "other.toml";
  EXPECT_FALSE(same_rules(study, question));
}

TEST_F(Make, APopulationOfNobodyIsOneClearError) {
  question.study_text.replace(question.study_text.find("index = 2024-01-01"), 18,
                              "index = 2024-01-01\nage = [0, 1]");
  const Result<Release> release = made();
  ASSERT_FALSE(release);
  EXPECT_EQ(release.error().fault, Fault::input);
}

TEST_F(Make, IsStoppedWhenAskedTo) {
  stop.request();
  const Result<Release> release = made();
  ASSERT_FALSE(release);
  EXPECT_EQ(release.error().fault, Fault::stopped);
}

}  // namespace
}  // namespace parcours::release
