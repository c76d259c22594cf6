#include "past/joined.h"

#include <gtest/gtest.h>

namespace parcours::past {
namespace {

crowds::Crowd people(std::uint64_t who, std::uint32_t practices = 1) {
  return {.patients = 5, .practices = practices, .fingerprint = who, .value = {}};
}

crowds::CrowdOverlap overlap(std::vector<crowds::Crowd> groups,
                             std::vector<tables::Relation> relations,
                             std::vector<bool> known = {}) {
  return {.of = {{0, 0}},
          .groups = std::move(groups),
          .relations = std::move(relations),
          .known = std::move(known)};
}

std::vector<crowds::CrowdOverlap> joined(const std::vector<crowds::CrowdOverlap>& overlaps) {
  Joined made;
  for (const crowds::CrowdOverlap& one : overlaps) {
    made.add(one);
  }
  return std::move(made).take();
}

TEST(Joined, HasEachGroupAndEachSumOnce) {
  const auto made =
      joined({overlap({people(1), people(2), people(3)}, {{{{0, 1}, {1, -1}, {2, -1}}}}),
              overlap({people(3), people(1), people(2), people(4)},
                      {{{{0, 1}, {1, -1}, {2, 1}}}, {{{0, 1}, {3, -1}}}})});
  ASSERT_EQ(made.size(), 1u);
  EXPECT_EQ(made[0].groups, (std::vector{people(1), people(2), people(3), people(4)}));
  EXPECT_EQ(made[0].relations,
            (std::vector<tables::Relation>{{{{0, 1}, {1, -1}, {2, -1}}}, {{{2, 1}, {3, -1}}}}));
}

TEST(Joined, KnowsWhatOneOfThemKnows) {
  const auto made =
      joined({overlap({people(1), people(2)}, {}, {true, false}),
              overlap({people(2), people(1), people(3)}, {}), overlap({people(3)}, {}, {true})});
  ASSERT_EQ(made.size(), 1u);
  EXPECT_EQ(made[0].known, (std::vector<bool>{true, false, true}));
}

TEST(Joined, KeepsApartWhatIsOfOtherTablesOrOfAnotherKind) {
  crowds::CrowdOverlap other_tables = overlap({people(1)}, {});
  other_tables.of = {{1, 1}};
  crowds::CrowdOverlap differences = overlap({people(1)}, {});
  differences.differences = true;
  crowds::CrowdOverlap of_means = overlap({people(1)}, {});
  of_means.mean_of = tables::Label{"visits", "visites"};
  EXPECT_EQ(
      joined({overlap({people(1)}, {}), other_tables, differences, of_means, of_means}).size(), 5u);
}

TEST(Joined, KeepsApartPeopleWhoAreHeldByOtherPracticesSince) {
  EXPECT_EQ(joined({overlap({people(1)}, {}), overlap({people(1, 2)}, {})})[0].groups.size(), 2u);
}

TEST(Joined, DropsAgainAndAgainWhatIsMetAgain) {
  Joined made;
  for (std::uint64_t i = 0; i < 20'000; ++i) {
    made.add(overlap({people(i / 10), people(i / 10 + 1)}, {{{{0, 1}, {1, -1}}}}));
  }
  const auto all = std::move(made).take();
  EXPECT_EQ(all[0].groups.size(), 2'001u);
  EXPECT_EQ(all[0].relations.size(), 2'000u);
}

}  // namespace
}  // namespace parcours::past
