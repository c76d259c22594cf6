#include "synth/model.h"

#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "base/files.h"
#include "synth/draw.h"
#include "synth/tables.h"
#include "vocabulary/vocabulary.h"

namespace parcours::synth {
namespace {

const Day first = *day_of(2023, 1, 1);
const Day last = *day_of(2025, 12, 31);

class ModelTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { model_ = new Model(first, last, 3); }
  static void TearDownTestSuite() { delete model_; }

  static Person person(records::Sex sex, int age) {
    return {.sex = sex,
            .born = last + -static_cast<std::int32_t>(age * 365.25 + 30),
            .place = 0,
            .from = first,
            .until = last,
            .need = 1,
            .traits = 11};
  }

  // Of 400 people of that age.
  static double mean(std::string_view measure, int age, std::vector<CodeNumber> illnesses = {}) {
    Random random(1);
    const MeasureNumber number = model_->measures.number_of(measure);
    double sum = 0;
    for (int i = 0; i < 400; ++i) {
      Person one = person(i % 2 == 0 ? records::Sex::female : records::Sex::male, age);
      one.traits = static_cast<std::uint64_t>(i) * 977;
      sum += model_->measures.draw(number, one, last, illnesses, random);
    }
    return sum / 400 / std::pow(10, model_->measures.decimals(model_->measures.code(number)));
  }

  static inline Model* model_ = nullptr;
};

TEST_F(ModelTest, EveryDiagnosisAndDrugThatTheProjectCarriesIsUsed) {
  std::set<CodeNumber> used;
  for (std::size_t i = 0; i < model_->illnesses.size(); ++i) {
    const Illness& illness = model_->illnesses.at(static_cast<IllnessNumber>(i));
    used.insert(illness.diagnosis);
    for (const Drug& drug : illness.drugs) {
      used.insert(drug.drugs.begin(), drug.drugs.end());
    }
  }
  for (const CheckUpAge& age : model_->check_ups) {
    for (const CheckUp& check_up : age.due) {
      used.insert(check_up.code);
    }
  }
  for (const std::string kind : {"diagnosis", "prescription", "vaccination"}) {
    for (const vocabulary::Code& code :
         vocabulary::Vocabulary::built_in_codes_of(*vocabulary::find_kind(kind))) {
      EXPECT_TRUE(used.contains(model_->codes.number_of(kind, code.code))) << code.code;
    }
  }
}

TEST_F(ModelTest, ThereAre13RegionsAnd96Departments) {
  EXPECT_EQ(model_->population.places().size(), 96u);
  EXPECT_EQ(model_->population.regions().size(), 13u);
  EXPECT_EQ(model_->population.regions().front(), "11");
  EXPECT_EQ(model_->population.regions().back(), "94");
}

TEST_F(ModelTest, PeopleAndPlacesAreThoseOfInsee) {
  const auto file = std::filesystem::path(PARCOURS_SOURCE_DIR) /
                    "../shared/data/france/insee_2023_dept_sex_age5.csv";
  if (!std::filesystem::exists(file)) {
    GTEST_SKIP() << "no " << file;
  }
  const vocabulary::TextTable insee =
      *vocabulary::parse_text_table(*read_file(file), file.string());
  std::map<std::string, double> places;
  std::map<std::pair<int, bool>, double> ages;
  for (const vocabulary::TextTable::Row& row : insee.rows) {
    if (row.fields[0].starts_with("97")) {
      continue;
    }
    places[row.fields[0]] += number(row.fields[4]);
    ages[{static_cast<int>(number(split(row.fields[3], ' ')[0])), row.fields[2] == "Femmes"}] +=
        number(row.fields[4]);
  }
  for (const Place& place : model_->population.places()) {
    EXPECT_EQ(places[place.department], place.people) << place.department;
  }
  for (const vocabulary::TextTable::Row& row : table("ages").rows) {
    const int from = static_cast<int>(number(row.fields[0]));
    EXPECT_EQ((ages[{from, true}]), number(row.fields[1]));
    EXPECT_EQ((ages[{from, false}]), number(row.fields[2]));
  }
}

TEST_F(ModelTest, AnAverageYearOfASeasonWeighsAboutOne) {
  for (SeasonNumber season = 0; season < model_->seasons.size(); ++season) {
    const double three_years = model_->seasons.weight(season, first, last);
    EXPECT_GT(three_years, 1.8) << int{season};
    EXPECT_LT(three_years, 4.5) << int{season};
  }
  EXPECT_NEAR(model_->seasons.weight(model_->seasons.number_of("flat"), first, last), 3, 0.01);
}

TEST_F(ModelTest, AWeightIsTheSumOfItsParts) {
  const Day middle = *day_of(2024, 2, 29);
  for (SeasonNumber season = 0; season < model_->seasons.size(); ++season) {
    EXPECT_NEAR(model_->seasons.weight(season, first, middle) +
                    model_->seasons.weight(season, middle + 1, last),
                model_->seasons.weight(season, first, last), 1e-9);
  }
}

TEST_F(ModelTest, DaysAreDrawnWithinTheirBoundsAndWhereTheSeasonIs) {
  Random random(5);
  const SeasonNumber flu = model_->seasons.number_of("flu");
  int winter = 0;
  for (int i = 0; i < 2000; ++i) {
    const Day day = model_->seasons.draw(flu, *day_of(2023, 6, 1), *day_of(2024, 5, 31), random);
    ASSERT_GE(day, *day_of(2023, 6, 1));
    ASSERT_LE(day, *day_of(2024, 5, 31));
    winter += day >= *day_of(2023, 12, 1) && day <= *day_of(2024, 3, 31);
  }
  EXPECT_GT(winter, 1700);
  for (Day day = first; day <= first + 8; day = day + 1) {
    EXPECT_EQ(model_->seasons.draw(flu, day, day, random), day);
  }
}

TEST_F(ModelTest, ADayOfTheWeekIsKnown) {
  EXPECT_EQ(weekday(*day_of(2024, 2, 29)), 4);
  EXPECT_EQ(weekday(*day_of(1969, 12, 28)), 0);
}

TEST_F(ModelTest, MeasuresMoveWithAgeAndIllness) {
  EXPECT_GT(mean("SBP", 75), mean("SBP", 30) + 5);
  EXPECT_LT(mean("EGFR", 75), mean("EGFR", 30) - 10);
  const CodeNumber diabetes = model_->codes.number_of("diagnosis", "E11.9");
  EXPECT_GT(mean("HBA1C", 60, {diabetes}), mean("HBA1C", 60) + 1);
  EXPECT_NEAR(mean("HBA1C", 60), 5.6, 0.3);
}

TEST_F(ModelTest, ChildrenGrow) {
  EXPECT_NEAR(mean("HEIGHT", 2), 87, 5);
  EXPECT_NEAR(mean("HEIGHT", 10), 139, 6);
  EXPECT_NEAR(mean("HEIGHT", 30), 170, 6);
  EXPECT_NEAR(mean("WEIGHT", 10), 33, 4);
}

TEST_F(ModelTest, DrawsHaveTheMeansTheyShould) {
  Random random(9);
  for (const double wanted : {0.1, 2.0, 50.0}) {
    double sum = 0;
    for (int i = 0; i < 20000; ++i) {
      sum += poisson(random, wanted);
    }
    EXPECT_NEAR(sum / 20000, wanted, 0.06 * std::sqrt(wanted) + 0.002);
  }
  double sum = 0;
  double squares = 0;
  for (int i = 0; i < 20000; ++i) {
    const double x = normal(random);
    sum += x;
    squares += x * x;
  }
  EXPECT_NEAR(sum / 20000, 0, 0.03);
  EXPECT_NEAR(squares / 20000, 1, 0.05);
}

}  // namespace
}  // namespace parcours::synth
