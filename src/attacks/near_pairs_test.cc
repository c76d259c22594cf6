// The attack near-groups, and what there is for it to find: two engines for one question.
#include "attacks/near_pairs.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "attacks/near_groups.h"
#include "base/random.h"

namespace parcours::attacks {
namespace {

constexpr std::int64_t near_threshold = 11;

struct Person {
  std::int64_t age;
  std::string sex;
  bool takes_a, takes_b;
};

tables::Dimension named_dimension(const std::string& id, const std::vector<std::string>& codes,
                                  bool additive = true) {
  tables::Dimension made{id, {}, {}, additive};
  for (const std::string& code : codes) {
    made.categories.push_back({code, {}});
  }
  return made;
}

bool stands_in(const Person& person, const tables::Dimension& dimension, std::size_t place) {
  const bool total = place == dimension.total();
  if (dimension.id == "sex") {
    return total || person.sex == dimension.categories[place].code;
  }
  if (dimension.id == "drug") {
    return total ? person.takes_a || person.takes_b : place == 0 ? person.takes_a : person.takes_b;
  }
  const auto range = total ? std::nullopt : band_range(dimension.categories[place].code);
  return total || (range && range->first <= person.age && person.age <= range->last);
}

tables::Table tallied(const std::vector<Person>& people,
                      std::vector<tables::Dimension> dimensions) {
  tables::Table table{"t", {}, std::move(dimensions), {}, {}};
  table.cells.resize(table.cell_count());
  for (std::size_t cell = 0; cell < table.cells.size(); ++cell) {
    const std::vector<std::size_t> places = table.places(cell);
    table.cells[cell].status = tables::CellStatus::published;
    for (const Person& person : people) {
      bool stands = true;
      for (std::size_t d = 0; d < places.size(); ++d) {
        stands = stands && stands_in(person, table.dimensions[d], places[d]);
      }
      table.cells[cell].patients += stands ? 1 : 0;
    }
  }
  return table;
}

const std::vector<tables::Dimension> ages = {
    named_dimension("age", {"under6", "6to11", "12plus"}),
    named_dimension("age", {"0to2", "3to9", "10to17"}),
    named_dimension("age", {"10to17", "9", "0to8"}),
    {"age", {}, {{"0to11", {}}, {"0to5", {}}, {"6to11", {}}, {"12to17", {}}}, true, {4, 0, 0, 4}}};

std::vector<Person> any_people(Random& random) {
  std::vector<Person> people(20 + random.below(120));
  for (Person& person : people) {
    person = {random.below(18), random.below(2) == 0 ? "F" : "M", random.below(2) == 0,
              random.below(4) == 0};
  }
  return people;
}

std::vector<tables::Table> any_tables(Random& random) {
  const std::vector<Person> all = any_people(random);
  std::vector<tables::Table> tables;
  for (std::uint32_t t = 0; t < 2 + random.below(3); ++t) {
    std::vector<Person> people = all;
    // Some tables leave people out, each its own: the first of them, or the last.
    const auto out = static_cast<std::ptrdiff_t>(random.below(4));
    if (random.below(3) == 0) {
      people.erase(people.begin(), people.begin() + out);
    } else if (random.below(3) == 0) {
      people.erase(people.end() - out, people.end());
    }
    std::vector<tables::Dimension> by = {ages[random.below(4)]};
    if (random.below(2) == 0) {
      by.push_back(named_dimension("sex", {"F", "M"}));
    }
    if (random.below(3) == 0) {
      by.insert(by.begin(), named_dimension("drug", {"a", "b"}, false));
    }
    tables.push_back(tallied(people, by));
  }
  return tables;
}

RC_GTEST_PROP(NearPairs, G1TheAttackFindsAllThatThereIsToFindBeforeProtection,
              (std::uint32_t seed)) {
  Random random(seed);
  const std::vector<tables::Table> tables = any_tables(random);
  RC_ASSERT(near_groups(tables, known_tables(tables), near_threshold).succeeded ==
            count_near_pairs(tables, near_threshold));
}

TEST(NearPairs, SomethingIsFoundInEachOfTheWays) {
  // So that the property above compares more than zeros.
  std::uint64_t found = 0;
  std::uint64_t nothing = 0;
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    Random random(seed);
    (count_near_pairs(any_tables(random), near_threshold) > 0 ? found : nothing) += 1;
  }
  EXPECT_GT(found, 5);
  EXPECT_GT(nothing, 5);
}

TEST(NearPairs, PeopleLeftOutAreThereToFind) {
  std::vector<Person> people;
  for (int i = 0; i < 180; ++i) {
    people.push_back({i % 18, i % 36 < 18 ? "F" : "M", true, true});
  }
  const tables::Table all = tallied(people, {ages[0]});
  people.erase(people.begin());
  const std::vector<tables::Table> tables = {all, tallied(people, {ages[0]})};
  EXPECT_EQ(count_near_pairs(tables, near_threshold), 2);  // under 6, and all together
  EXPECT_EQ(count_near_pairs({&all, 1}, near_threshold), 0);
}

TEST(NearPairs, BandsThatDifferAreThereToFindInAGroupAsInTotals) {
  std::vector<Person> people;
  for (int i = 0; i < 720; ++i) {
    people.push_back({i % 18, i % 36 < 18 ? "F" : "M", true, true});
  }
  for (Person& person : people) {  // of the boys one is 9
    person.age = person.sex == "M" && person.age == 9 ? 8 : person.age;
  }
  people.push_back({9, "M", true, true});
  const tables::Dimension sex = named_dimension("sex", {"F", "M"});
  const std::vector<tables::Table> tables = {
      tallied(people, {named_dimension("age", {"0to8", "9to17"}), sex}),
      tallied(people, {named_dimension("age", {"0to9", "10to17"}), sex})};
  EXPECT_EQ(count_near_pairs(tables, near_threshold), 2);  // boys to 8 and to 9; from 10 and from 9
}

TEST(NearPairs, OfNobodyAreNotTried) {
  const std::vector<Person> girls(60, {4, "F", true, true});
  const auto tried = [&](const std::vector<std::string>& sexes) {
    const tables::Dimension sex = named_dimension("sex", sexes);
    const std::vector<tables::Table> tables = {tallied(girls, {ages[0], sex}),
                                               tallied(girls, {ages[1], sex})};
    return near_groups(tables, known_tables(tables), near_threshold).tried;
  };
  EXPECT_GT(tried({"F"}), 0);
  EXPECT_EQ(tried({"F", "M"}), tried({"F"}));
}

TEST(NearPairs, RunsThatBeginInABandOfBandsAreFoundByTheAttack) {
  // 0to11 stands between 0to5 and 6to11 in order of age, and is no part of their run.
  std::vector<Person> people(60, {4, "F", true, true});
  people.insert(people.end(), 60, {8, "F", true, true});
  people.insert(people.end(), 60, {14, "F", true, true});
  people.push_back({12, "F", true, true});
  const std::vector<tables::Table> tables = {
      tallied(people, {named_dimension("age", {"0to3", "4to12", "13to17"})}),
      tallied(people, {ages[3]})};
  const std::uint64_t there = count_near_pairs(tables, near_threshold);
  EXPECT_GT(there, 0);
  EXPECT_EQ(near_groups(tables, known_tables(tables), near_threshold).succeeded, there);
}

}  // namespace
}  // namespace parcours::attacks
