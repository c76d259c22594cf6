// A practice knows every hidden cell that all its patients make up, and all of them at once: what
// it then works out, the slow way.
#include <gtest/gtest.h>

#include "base/testing/sanitizer.h"
#include "protect/primary.h"
#include "protect/protect.h"
#include "protect/testing/any_world.h"
#include "protect/testing/people.h"

namespace parcours::protect {
namespace {

using example::counted;
using example::Outsider;
using example::Person;

Rules covering() {
  Rules rules = example::rules(5, 1);
  rules.has_practices = true;
  rules.practices_min = 2;
  rules.largest_practice_share_below = 2;
  rules.cover_insiders = true;
  return rules;
}

// The same with a practice of its own for each cell: each insider knows one cell alone.
crowds::Counted without_practices_in_common(crowds::Counted in) {
  std::uint32_t next = 1;
  for (crowds::CrowdTable& table : in.tables) {
    for (crowds::Crowd& crowd : table.cells) {
      crowd.only_practice = crowd.practices == 1 ? next++ : 0;
    }
  }
  return in;
}

// How many hidden figures that break a rule practices work out.
std::size_t learnt(const crowds::Counted& in, const std::vector<tables::Table>& tables,
                   const Rules& rules) {
  const Outsider outsider(in, tables);
  std::map<std::uint32_t, std::vector<bool>> hidden_from;  // by practice
  std::set<std::uint32_t> exposed;
  for (const crowds::CrowdTable& table : in.tables) {
    for (const crowds::Crowd& crowd : table.cells) {
      const std::uint32_t unknown = outsider.unknowns.at(crowd.fingerprint);
      if (crowd.only_practice != 0) {
        hidden_from.try_emplace(crowd.only_practice, outsider.hidden).first->second[unknown] =
            false;
      }
      if (crowd.patients > 0 && broken_by_crowd(crowd, rules)) {
        exposed.insert(unknown);
      }
    }
  }
  std::size_t found = 0;
  for (const auto& [practice, hidden] : hidden_from) {
    for (const std::uint32_t unknown : sums::eliminate(outsider.relations, hidden).determined) {
      found += exposed.contains(unknown) ? 1 : 0;
    }
  }
  return found;
}

// 234 less 100, 120, 3 and 4 are 7; the practice of the 3 and of the 4 knows both.
TEST(Practices, AloneInTwoHiddenCellsDoNotWorkOutAThird) {
  const std::vector<std::size_t> sizes = {100, 120, 3, 4, 7};
  std::vector<Person> people;
  for (std::size_t c = 0; c < sizes.size(); ++c) {
    for (std::size_t i = 0; i < sizes[c]; ++i) {
      const bool alone = c == 2 || c == 3;
      people.push_back({{c}, alone ? 0 : 1 + static_cast<std::uint32_t>(i % 4)});
    }
  }
  const crowds::Counted in = counted(people, {example::table(people, {0}, {5})});
  Rules rules = covering();
  rules.patients_min = 11;
  const auto hidden = [](const Protected& made) {
    return std::ranges::count_if(made.tables[0].cells, [](const tables::Cell& cell) {
      return cell.status == tables::CellStatus::confidential;
    });
  };
  const Protected alone = protect(without_practices_in_common(in), rules).value();
  EXPECT_EQ(hidden(alone), 3);
  EXPECT_EQ(learnt(in, alone.tables, rules), 1u);
  const Protected made = protect(in, rules).value();
  EXPECT_EQ(hidden(made), 4);
  EXPECT_EQ(learnt(in, made.tables, rules), 0u);
}

// Practices see some of the values alone, as those of one place do.
std::vector<Person> people_of_few_practices(std::uint64_t seed) {
  Random random(seed);
  std::vector<Person> people;
  for (std::uint32_t count = 40 + random.below(160); count > 0; --count) {
    Person person{{random.below(1 + random.below(5)), random.below(1 + random.below(4)),
                   random.below(1 + random.below(3))}};
    const bool at_home = random.below(4) != 0;
    person.practice = at_home ? static_cast<std::uint32_t>(person.values[0]) : random.below(5);
    people.push_back(std::move(person));
  }
  return people;
}

TEST(Practices, WorkNothingOutFromAllThatTheyKnowInSeveralTables) {
  const std::vector<std::size_t> categories = {5, 4, 3};
  const Rules rules = covering();
  std::size_t without = 0;
  std::size_t hidden = 0;
  std::size_t hidden_without = 0;
  std::size_t judged = 0;
  const auto count_hidden = [](const Protected& made) {
    return made.summary.cells - made.summary.published;
  };
  const std::uint64_t seeds = under_sanitizer ? 200 : 400;
  for (std::uint64_t seed = 0; seed < seeds; ++seed) {
    const std::vector<Person> people = people_of_few_practices(seed);
    std::vector<crowds::CrowdTable> tables;
    for (const std::vector<std::size_t>& by :
         {std::vector<std::size_t>{0, 1}, {1, 2}, {0, 2}, {1}}) {
      tables.push_back(example::table(people, by, categories));
    }
    const crowds::Counted in = counted(people, std::move(tables));
    for (const std::uint32_t width : {0u, 4u}) {
      Rules by = rules;
      by.width_min = width;
      const Result<Protected> made = protect(in, by);
      const Result<Protected> alone = protect(without_practices_in_common(in), by);
      if (!made || !alone) {
        continue;
      }
      ++judged;
      EXPECT_EQ(learnt(in, made->tables, by), 0u) << "seed " << seed << ", width " << width;
      without += learnt(in, alone->tables, by);
      hidden += count_hidden(*made);
      hidden_without += count_hidden(*alone);
    }
  }
  EXPECT_GT(without, seeds / 20) << "the test finds nothing";
  EXPECT_LT(hidden, hidden_without * 115 / 100);
  EXPECT_GT(judged, seeds * 5 / 4);
}

}  // namespace
}  // namespace parcours::protect
