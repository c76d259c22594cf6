#include "release/answers.h"

#include <gtest/gtest.h>

#include "release/testing/example.h"

namespace parcours::release {
namespace {

// Two ages by yes and no: 10 + 30 and 20 + 40 patients.
tables::Table small() {
  tables::Table table{"t",
                      {"T", "T"},
                      {example::dimension("age", {"age", "âge"},
                                          {{"a", {"young", "jeune"}}, {"b", {"old", "âgé"}}}),
                       example::dimension("of", {"treated", "traité"},
                                          {{"1", {"yes", "oui"}}, {"0", {"no", "non"}}})},
                      {},
                      {}};
  for (const std::int64_t patients : {10, 30, 40, 20, 40, 60, 30, 70, 100}) {
    table.cells.push_back({tables::CellStatus::published, patients, {}});
  }
  return table;
}

TEST(Answers, TellTheTotalsOfTheLastDimension) {
  const auto answer = answer_of(small());
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->en, "Of 100 patients, yes: 30 (30.0\u00a0%); no: 70 (70.0\u00a0%).");
  EXPECT_EQ(answer->fr, "Sur 100 patients, oui : 30 (30,0\u00a0%) ; non : 70 (70,0\u00a0%).");
}

TEST(Answers, TellNothingThatIsHidden) {
  tables::Table table = small();
  example::hide(table, 6);
  example::hide(table, 7);
  EXPECT_EQ(answer_of(table)->en, "Of 100 patients, yes: confidential; no: confidential.");
  example::hide(table, 8);
  EXPECT_FALSE(answer_of(table));
  EXPECT_FALSE(margins_that_show(table));
}

TEST(Answers, OfManyCategoriesAreTheLargest) {
  tables::Table table{"t", {"T", "T"}, {example::dimension("code", {"code", "code"}, {})}, {}, {}};
  for (int i = 1; i <= 5; ++i) {
    table.dimensions[0].categories.push_back({std::to_string(i), {std::to_string(i), ""}});
    table.cells.push_back({tables::CellStatus::published, i * 10, {}});
  }
  table.cells.push_back({tables::CellStatus::published, 150, {}});
  EXPECT_EQ(
      answer_of(table)->en,
      "Of 150 patients, most often 5: 50 (33.3\u00a0%); 4: 40 (26.7\u00a0%); 3: 30 (20.0\u00a0%).");
  example::hide(table, 4);  // it may be the largest
  EXPECT_EQ(answer_of(table)->en,
            "Of 150 patients, among the categories shown, most often 4: 40 (26.7\u00a0%); "
            "3: 30 (20.0\u00a0%); 2: 20 (13.3\u00a0%).");
}

TEST(Answers, OfSeveralAnswersAPatientAreAboutWhoHasAny) {
  tables::Table table = small();
  table.dimensions[1].additive = false;
  EXPECT_EQ(answer_of(table)->en,
            "Of 100 patients with any of these, yes: 30 (30.0\u00a0%); no: 70 (70.0\u00a0%).");
}

TEST(Answers, OfMeansAreTheMeanOfAll) {
  tables::Table table = small();
  table.mean_of = tables::Label{"visits", "visites"};
  table.cells.back().mean = 2.5;
  EXPECT_EQ(answer_of(table)->en, "2.50 on average (100 patients).");
}

TEST(Answers, SayWhichMarginsShowThePatientsOfATableThatShowsFew) {
  tables::Table table = small();
  for (const std::size_t cell : {0, 1, 3, 4}) {
    example::hide(table, cell);
  }
  EXPECT_EQ(margins_that_show(table)->en, "age: 100\u00a0%; treated: 100\u00a0%");
  example::hide(table, 2);
  example::hide(table, 5);
  EXPECT_EQ(margins_that_show(table)->fr, "traité : 100\u00a0%");
}

}  // namespace
}  // namespace parcours::release
