#include "protect/mean.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "protect/testing/people.h"

namespace parcours::protect {
namespace {

crowds::ValueCrowd of(std::uint32_t patients, std::int64_t sum_in_micro) {
  crowds::ValueCrowd value;
  value.patients = value.nonzero = patients;
  value.sum = sum_in_micro;
  return value;
}

Rules rounding(std::uint32_t patients) {
  Rules rules = example::rules();
  rules.mean_rounding_patients = patients;
  return rules;
}

TEST(Mean, HasNoMoreDigitsThanItNeeds) {
  EXPECT_EQ(published_mean(of(120, 785'600'000), rounding(2)), 6.6);
  EXPECT_EQ(published_mean(of(120, -785'600'000), rounding(2)), -6.6);
  EXPECT_EQ(published_mean(of(10'000, 65'467'000'000), rounding(2)), 6.546);
  EXPECT_EQ(published_mean(of(300, 4'000'000), rounding(2)), 0.0133);
  EXPECT_EQ(published_mean(of(7, 0), rounding(2)), 0);
  EXPECT_EQ(published_mean(of(3, 1'000'000), rounding(0)), 1e6 / 1e6 / 3);
}

// 120 patients, and the same but for one: two windows that one patient stands between.
TEST(Mean, TimesItsPatientsDoesNotGiveTheValueOfOne) {
  const crowds::Micro one = 11'700'000;
  const crowds::Micro others = 773'900'000;
  const double difference = 120 * published_mean(of(120, others + one), rounding(2)) -
                            119 * published_mean(of(119, others), rounding(2));
  EXPECT_GT(std::abs(difference - 11.7), 1.0);
}

// Of 100 patients with 120 visits: the rules ask for eleven numbers that fit.
TEST(Mean, LeavesItsSumAsManyNumbersAsTheRulesAsk) {
  crowds::ValueCrowd visits = of(100, 120'000'000);
  visits.unit = 1'000'000;
  Rules rules = rounding(2);
  rules.width_min = 11;
  EXPECT_EQ(published_mean(visits, rules), 1.2);
  const SumRange sums = sums_behind_mean(visits, rules);
  EXPECT_EQ(sums.low, 110'000'000);
  EXPECT_EQ(sums.high, 130'000'000);
}

// Of 4,100 patients 90 had something prescribed, 92 times in all. A window that is a day shorter
// leaves one prescription out: the two means do not say so.
TEST(Mean, OfWhatMostHaveNotDoesNotGiveTheOneOfWhoHas) {
  crowds::ValueCrowd longer = of(4'100, 92'000'000);
  longer.nonzero = 90;
  crowds::ValueCrowd shorter = of(4'100, 91'000'000);
  shorter.nonzero = 89;
  for (const crowds::ValueCrowd& value : {longer, shorter}) {
    EXPECT_GE(static_cast<double>(mean_unit(value, rounding(2))) * 4'100, 2 * 92e6 / 90);
  }
}

RC_GTEST_PROP(Mean, SumStaysUncertainByTheValuesOfSoManyAveragePatients, ()) {
  const auto patients = *rc::gen::inRange<std::uint32_t>(1, 5'000'000);
  const auto k = *rc::gen::inRange<std::uint32_t>(1, 100);
  const auto sum = *rc::gen::inRange<std::int64_t>(-1'000'000'000'000, 1'000'000'000'000);
  const crowds::ValueCrowd value = of(patients, sum);
  const auto unit = static_cast<double>(mean_unit(value, rounding(k)));
  const double mean = static_cast<double>(sum) / patients;
  RC_ASSERT(unit * patients >= k * std::abs(mean) * (1 - 1e-12));
  RC_ASSERT(unit == 1 || unit * patients < 2.6 * k * std::abs(mean));  // and by not much more
  RC_ASSERT(std::abs(published_mean(value, rounding(k)) * 1e6 - mean) <= unit / 2 * (1 + 1e-9));
}

}  // namespace
}  // namespace parcours::protect
