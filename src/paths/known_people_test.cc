#include "paths/known_people.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "paths/linkage.h"
#include "paths/testing/worlds.h"
#include "paths/uniqueness.h"

namespace parcours::paths {
namespace {

const Stop stop;

PersonField drawn(Random& random, const std::string& name, std::size_t patients) {
  PersonField field{name, {"", "a", "b"}, {}};
  for (std::size_t patient = 0; patient < patients; ++patient) {
    field.values.push_back(random.below(3));
  }
  return field;
}

std::string text_of(const PersonField& field, std::size_t patient) {
  return field.labels[field.values[patient]];
}

// One known event, and who somebody is: nobody else has both.
double slow_share(const World& world, const People& people, int within) {
  double sum = 0;
  for (std::size_t a = 0; a < world.size(); ++a) {
    int alone = 0;
    for (const auto& [code, day] : world[a]) {
      bool fits = false;
      for (std::size_t b = 0; b < world.size(); ++b) {
        const bool alike = std::ranges::all_of(people, [&](const PersonField& field) {
          return text_of(field, a) == text_of(field, b);
        });
        fits = fits || (b != a && alike && std::ranges::any_of(world[b], [&](const Pair& pair) {
                          return pair.first == code && std::abs(pair.second - day) <= within;
                        }));
      }
      alone += fits ? 0 : 1;
    }
    sum += static_cast<double>(alone) / static_cast<double>(world[a].size());
  }
  return sum / static_cast<double>(world.size());
}

RC_GTEST_PROP(KnownPeople, G1AnotherFitsOnlyWhoIsAlike, (std::uint32_t seed)) {
  Random random(seed);
  const World world = random_world(random, 1 + random.below(12), 4, 2, 6);
  const People people = {drawn(random, "sex", world.size()), drawn(random, "town", world.size())};
  const int within = static_cast<int>(random.below(3));
  Progress progress(Progress::Manner::none);
  const Paths known = *known_people(paths_of(world), people, stop);
  const auto curve = *uniqueness_curve(known, {{1}, {within}, 1000, 1, 1}, progress, stop);
  RC_ASSERT(std::abs(curve[0].share.value() - slow_share(world, people, within)) < 1e-12);
}

TEST(KnownPeople, G1TwoExportsShareTheFieldsThatBothHave) {
  const World world = {{{0, 1}}, {{0, 1}}, {{0, 1}}};
  const TwoExports exports{paths_of(world), paths_of(world), {0, 1, 2}};
  const People first = {{"sex", {"", "F", "M"}, {1, 2, 1}}, {"town", {"", "x"}, {1, 1, 0}}};
  // The same people, labels in another order, and a field that the first has not.
  const People second = {{"born", {"", "1950"}, {1, 1, 1}}, {"sex", {"", "M", "F"}, {2, 1, 2}}};
  EXPECT_EQ(common_fields(first, second), std::vector<std::string>{"sex"});
  const TwoExports known = *known_people(exports, first, second, stop);
  EXPECT_EQ(exact_joins(exports).joined, 0);
  const ExactJoins joins = exact_joins(known);
  EXPECT_EQ(joins.joined, 1);  // the one man
  EXPECT_EQ(joins.correct, 1);
}

TEST(KnownPeople, G1ANumberThatIsNotKnownIsSharedByNobodyOfTwoExports) {
  const World world = {{{0, 1}}, {{0, 1}}};
  const TwoExports exports{paths_of(world), paths_of(world), {}};
  const People first = {{"born", {"", "1950"}, {0, 1}}};
  const People second = {{"born", {"", "1950"}, {1, 0}}};
  EXPECT_EQ(exact_joins(*known_people(exports, first, second, stop)).joined, 1);
}

TEST(KnownPeople, G1WithoutFieldsNothingChanges) {
  const World world = {{{0, 1}, {1, 2}}, {{0, 1}}};
  const Paths paths = *known_people(paths_of(world), {}, stop);
  EXPECT_EQ(paths.pairs(), 2);
  EXPECT_EQ(paths.record(0).size(), 2);
}

}  // namespace
}  // namespace parcours::paths
