#include "microdata/population_uniques.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <numeric>

#include "microdata/pitman.h"
#include "microdata/slide_negative_binomial.h"
#include "microdata/testing/worlds.h"

namespace parcours::microdata {
namespace {

// A population whose truth is known: how many people each of its classes has.
using Population = std::vector<std::uint32_t>;

// Pitman's partition, person after person: the next one opens a class with a chance of (theta +
// alpha classes) / (theta + people), else joins one with a chance like its size less alpha.
Population pitman_population(std::size_t people, double theta, double alpha, std::uint64_t seed) {
  Random random(seed);
  Population sizes;
  std::vector<std::uint32_t> class_of;
  for (std::size_t i = 0; i < people; ++i) {
    const auto classes = static_cast<double>(sizes.size());
    std::uint32_t joins = static_cast<std::uint32_t>(sizes.size());
    if (random.unit() * (theta + static_cast<double>(i)) >= theta + alpha * classes) {
      do {  // a person's class, and then against alpha of its size
        joins = class_of[random.below(static_cast<std::uint32_t>(i))];
      } while (random.unit() * sizes[joins] < alpha);
    } else {
      sizes.push_back(0);
    }
    ++sizes[joins];
    class_of.push_back(joins);
  }
  return sizes;
}

// One person and a negative binomial number more: failures before the alpha-th success, alpha
// whole.
Population slide_population(std::size_t classes, int alpha, double beta, std::uint64_t seed) {
  Random random(seed);
  Population sizes(classes, 1);
  for (std::uint32_t& size : sizes) {
    for (int i = 0; i < alpha; ++i) {
      while (random.unit() >= beta) {
        ++size;
      }
    }
  }
  return sizes;
}

double truth(const Population& population) {
  return static_cast<double>(std::ranges::count(population, 1U)) /
         static_cast<double>(std::accumulate(population.begin(), population.end(), std::size_t{0}));
}

ClassSizes sample(const Population& population, double fraction, std::uint64_t seed) {
  Random random(seed);
  std::map<std::uint32_t, std::uint64_t> sizes;
  for (const std::uint32_t people : population) {
    std::uint32_t drawn = 0;
    for (std::uint32_t i = 0; i < people; ++i) {
      drawn += random.unit() < fraction ? 1 : 0;
    }
    ++sizes[drawn];
  }
  sizes.erase(0);
  ClassSizes result;
  for (const auto& [records, classes] : sizes) {
    result.sizes.push_back({records, classes});
  }
  return result;
}

TEST(PopulationUniquesTest, PitmanFindsTheTruthOfPitmansPopulations) {
  const Population many = pitman_population(200000, 500, 0.6, 1);
  const auto of_many = population_uniques(sample(many, 0.05, 2), 0.05).pitman;
  ASSERT_TRUE(of_many);
  EXPECT_NEAR(*of_many / truth(many), 1, 0.1);
  const Population few = pitman_population(200000, 50, 0.2, 3);
  const auto of_few = population_uniques(sample(few, 0.1, 4), 0.1).pitman;
  ASSERT_TRUE(of_few);
  EXPECT_NEAR(*of_few / truth(few), 1, 0.3);
}

TEST(PopulationUniquesTest, PitmansParametersAreFoundAgain) {
  const auto fit = fit_pitman(sample(pitman_population(100000, 300, 0.5, 5), 0.5, 6));
  ASSERT_TRUE(fit);
  EXPECT_NEAR(fit->alpha, 0.5, 0.03);
  EXPECT_NEAR(fit->theta, 300, 45);
}

TEST(PopulationUniquesTest, SnbFindsTheTruthOfItsPopulations) {
  const Population population = slide_population(60000, 2, 0.6, 7);
  const auto estimate = population_uniques(sample(population, 0.3, 8), 0.3).snb;
  ASSERT_TRUE(estimate);
  EXPECT_NEAR(*estimate / truth(population), 1, 0.1);
}

TEST(PopulationUniquesTest, SnbsParametersAreFoundAgain) {
  const auto fit =
      fit_slide_negative_binomial(sample(slide_population(50000, 3, 0.7, 9), 0.4, 10), 0.4);
  ASSERT_TRUE(fit);
  EXPECT_NEAR(fit->classes / 50000, 1, 0.02);
  EXPECT_NEAR(fit->alpha, 3, 0.6);
  EXPECT_NEAR(fit->beta, 0.7, 0.04);
}

// Zayatz's assumption, that the population's class sizes are like the sample's, is nearly true
// where most of it is drawn.
TEST(PopulationUniquesTest, ZayatzFindsTheTruthWhereTheSampleIsLarge) {
  for (const double alpha : {0.3, 0.6}) {
    const Population population = pitman_population(100000, 500, alpha, 13);
    const double estimate = population_uniques(sample(population, 0.8, 14), 0.8).zayatz;
    EXPECT_NEAR(estimate / truth(population), 1, 0.15);
  }
}

TEST(PopulationUniquesTest, TheRuleTakesPitmanForSmallFractionsAndTheSmallerOfTheOthersAbove) {
  const PopulationUniques small =
      population_uniques(sample(pitman_population(50000, 500, 0.5, 15), 0.1, 16), 0.1);
  ASSERT_TRUE(small.pitman);
  EXPECT_EQ(small.dankar_took, PopulationModel::pitman);
  EXPECT_EQ(small.dankar, *small.pitman);
  const PopulationUniques large =
      population_uniques(sample(slide_population(20000, 2, 0.5, 15), 0.3, 16), 0.3);
  ASSERT_TRUE(large.snb);
  EXPECT_EQ(large.dankar, std::min(large.zayatz, *large.snb));
}

TEST(PopulationUniquesTest, AFileThatIsThePopulationHasItsOwnUniques) {
  const ClassSizes sizes{{{1, 3}, {2, 1}, {5, 1}}};
  const PopulationUniques all = population_uniques(sizes, 1);
  EXPECT_DOUBLE_EQ(all.zayatz, 0.3);
  EXPECT_DOUBLE_EQ(all.dankar, 0.3);
  const ClassSizes none{{{2, 4}}};
  EXPECT_EQ(population_uniques(none, 0.1).dankar, 0);
}

TEST(PopulationUniquesTest, AFileOfNothingButUniquesHasAnAnswer) {
  const PopulationUniques only = population_uniques(ClassSizes{{{1, 50}}}, 0.1);
  EXPECT_EQ(only.zayatz, 1);
  EXPECT_FALSE(only.pitman);
}

TEST(PopulationUniquesTest, AdultHasTheEstimatesThatArxMakes) {
  NEED_SHARED_DATA("arx_adult/adult.csv");
  const auto adult = worlds::read("arx_adult/adult.csv");
  ASSERT_TRUE(adult);
  const ClassSizes eight = count_classes(*adult, worlds::eight_of_adult(*adult), 2);
  const ClassSizes nine = count_classes(*adult, every_column(*adult), 2);
  const auto expect = [](const ClassSizes& sizes, double fraction, double zayatz, double pitman) {
    const PopulationUniques estimates = population_uniques(sizes, fraction);
    EXPECT_NEAR(estimates.zayatz, zayatz, 6e-9);
    ASSERT_TRUE(estimates.pitman);
    EXPECT_NEAR(*estimates.pitman, pitman, 6e-9);
  };
  expect(eight, 0.1, 0.14809675, 0.14061117);
  expect(nine, 0.1, 0.32074024, 0.27684994);
  expect(eight, 0.01, 0.09747769, 0.06637050);
  expect(nine, 0.01, 0.27171272, 0.14460835);
}

}  // namespace
}  // namespace parcours::microdata
