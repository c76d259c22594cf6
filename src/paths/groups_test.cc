#include "paths/groups.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>

#include "paths/testing/worlds.h"

namespace parcours::paths {
namespace {

PatientShares exact_shares(std::vector<double> shares) {
  PatientShares result{.shares = std::move(shares)};
  result.point.share.is_exact = true;
  return result;
}

Grouping drawn_grouping(Random& random, std::size_t patients) {
  Grouping grouping{.by = "x", .labels = {"a", "b", "c", "d", "e", "f"}};
  for (std::size_t patient = 0; patient < patients; ++patient) {
    grouping.groups.push_back(std::min(random.below(6), random.below(6)));
  }
  return grouping;
}

TEST(Groups, TheExampleOfTheHeader) {
  Grouping grouping{.by = "sex", .labels = {"F", "M", "X"}};
  grouping.groups.insert(grouping.groups.end(), 40, 0);
  grouping.groups.insert(grouping.groups.end(), 38, 1);
  grouping.groups.insert(grouping.groups.end(), 3, 2);
  const GroupRisks risks = *group_risks(exact_shares(std::vector<double>(81, 0.5)), grouping, 11);
  ASSERT_EQ(risks.groups.size(), 1);
  EXPECT_EQ(risks.groups[0].group, "F");
  EXPECT_EQ(risks.groups[0].patients, 40);
  EXPECT_EQ(risks.others->patients, 41);
  EXPECT_EQ(risks.put_together, 2);
}

RC_GTEST_PROP(Groups, G1NothingUnderTheThresholdIsShownOrLeftOver, (std::uint32_t seed)) {
  Random random(seed);
  const std::size_t patients = 1 + random.below(60);
  const std::uint64_t threshold = 2 + random.below(12);
  std::vector<double> shares;
  for (std::size_t i = 0; i < patients; ++i) {
    shares.push_back(random.unit());
  }
  const Grouping grouping = drawn_grouping(random, patients);
  const GroupRisks risks = *group_risks(exact_shares(shares), grouping, threshold);
  std::uint64_t left = patients;
  for (const GroupRisk& group : risks.groups) {
    RC_ASSERT(group.patients >= threshold);
    left -= group.patients;
    double sum = 0;  // G2
    double of = 0;
    for (std::size_t i = 0; i < patients; ++i) {
      if (grouping.labels[grouping.groups[i]] == group.group) {
        sum += shares[i];
        ++of;
      }
    }
    RC_ASSERT(of == static_cast<double>(group.patients));
    RC_ASSERT(std::abs(group.singled_out.value() - sum / of) < 1e-12);
  }
  RC_ASSERT(left == 0 || left >= threshold || risks.groups.empty());
  RC_ASSERT(risks.others.has_value() == (left > 0 && left >= threshold));
}

TEST(Groups, AThresholdOfOneIsRefused) {
  EXPECT_FALSE(group_risks(exact_shares({1}), {"x", {"a"}, {0}}, 1));
}

TEST(Groups, DrawnSharesHaveTheirInterval) {
  PatientShares drawn{.draws_each = 1, .patients = {0, 2}, .shares = {1, 0}};
  drawn.point.share = Share::drawn(1, 2);
  const GroupRisks risks = *group_risks(drawn, {"x", {"a"}, {0, 0, 0}}, 2);
  EXPECT_EQ(risks.groups[0].patients, 3);
  EXPECT_EQ(risks.groups[0].singled_out.value(), 0.5);
  EXPECT_LT(risks.groups[0].singled_out.low, 0.2);
}

TEST(Groups, PracticesAreASpreadAndNoNames) {
  Grouping grouping{.by = "practice"};
  std::vector<double> shares;
  for (std::uint32_t practice = 0; practice < 10; ++practice) {
    grouping.labels.push_back("P" + std::to_string(practice));
    grouping.groups.insert(grouping.groups.end(), 3, practice);
    shares.insert(shares.end(), 3, practice / 10.0);
  }
  grouping.labels.push_back("small");
  grouping.groups.push_back(10);
  shares.push_back(1);
  const Spread spread = **group_spread(exact_shares(shares), grouping, 3);
  EXPECT_EQ(spread.groups, 10);
  EXPECT_EQ(spread.too_small, 1);
  EXPECT_NEAR(spread.p10, 0, 1e-12);
  EXPECT_NEAR(spread.median, 0.4, 1e-12);
  EXPECT_NEAR(spread.p90, 0.8, 1e-12);
  EXPECT_FALSE(*group_spread(exact_shares(shares), grouping, 4));
}

TEST(Groups, AgesFallIntoTheirBands) {
  const PersonField born{"birth_year", {"", "1950", "2005", "2006", "x"}, {0, 1, 2, 3, 4}};
  const Grouping bands = age_bands(born, 2023, {0, 18, 65});
  EXPECT_EQ(bands.labels, (std::vector<std::string>{"", "0-17", "18-64", "65+"}));
  EXPECT_EQ(bands.groups, (std::vector<std::uint32_t>{0, 3, 2, 1, 0}));
  EXPECT_EQ(age_bands({"age", {"", "17"}, {1}}, std::nullopt, {0, 18}).groups[0], 1);
}

RC_GTEST_PROP(Groups, RarityIsThatOfThePatientsRarestCode, (std::uint32_t seed)) {
  Random random(seed);
  const World world = random_world(random, 1 + random.below(40), 4, 12, 9);
  const Grouping bands = rarity_bands(paths_of(world));
  std::map<std::uint32_t, std::set<std::size_t>> patients;
  for (std::size_t patient = 0; patient < world.size(); ++patient) {
    for (const auto& [code, day] : world[patient]) {
      patients[code].insert(patient);
    }
  }
  for (std::size_t patient = 0; patient < world.size(); ++patient) {
    std::size_t rarest = world.size();
    for (const auto& [code, day] : world[patient]) {
      rarest = std::min(rarest, patients[code].size());
    }
    RC_ASSERT(bands.labels[bands.groups[patient]] == (rarest == 1    ? "1"
                                                      : rarest <= 10 ? "2-10"
                                                                     : "11-100"));
  }
}

}  // namespace
}  // namespace parcours::paths
