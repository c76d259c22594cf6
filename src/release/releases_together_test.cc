// What a release tells together with one before it gives no small group away. The same attacks
// succeed if the release before is forgotten.
#include <gtest/gtest.h>

#include "release/testing/two_releases.h"

namespace parcours::release {
namespace {

using namespace outsider;

std::vector<tables::Table> both(std::vector<tables::Table> a, const std::vector<tables::Table>& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

std::size_t published(const std::vector<tables::Table>& tables) {
  std::size_t cells = 0;
  for (const tables::Table& table : tables) {
    cells +=
        static_cast<std::size_t>(std::ranges::count_if(table.cells, [](const tables::Cell& cell) {
          return cell.status == tables::CellStatus::published && cell.patients > 0;
        }));
  }
  return cells;
}

// The tables of each study, each in a release of its own: as if two clients had asked.
TEST(ReleasesTogether, GiveNoSmallGroupAwayThatTwoClientsCouldWorkOut) {
  std::map<std::string, std::size_t> without;
  std::size_t shown = 0;
  std::size_t shown_without = 0;
  for (const auto& [name, tables] : studies()) {
    const std::size_t second = tables.find("[[table]]", 1);
    if (second == std::string::npos) {
      continue;
    }
    for (std::uint64_t seed = 1; seed <= 2; ++seed) {
      const TwoReleases two(wide_rules(), some_people(seed), head + tables.substr(0, second),
                            some_people(seed), head + tables.substr(second));
      const crowds::Counted counted = two.remembering();
      const std::vector<tables::Table> made = two.second(counted);
      EXPECT_EQ(Reader(two.after(), both(two.first(), made)).finds(11, 11), 0)
          << name << ", seed " << seed;
      EXPECT_EQ(recovery(counted, made, wide_rules()).determined, 0);
      EXPECT_EQ(closeness(counted, made, wide_rules())->narrow, 0) << name << ", seed " << seed;
      const std::vector<tables::Table> alone = two.second(two.after().counted);
      without[name] += Reader(two.after(), both(two.first(), alone)).finds(11, 1);
      shown += published(made);
      shown_without += published(alone);
    }
  }
  for (const auto& [name, found] : without) {
    EXPECT_GT(found, 0) << name << " tell nothing together: the test finds nothing";
  }
  EXPECT_GT(2 * shown, shown_without);
}

// Figures of the same cell in two releases that differ by a few people: who has both has a group of
// a few.
std::size_t small_differences(const std::vector<tables::Table>& first,
                              const std::vector<tables::Table>& second) {
  std::size_t found = 0;
  for (std::size_t t = 0; t < first.size(); ++t) {
    for (std::size_t c = 0; c < first[t].cells.size(); ++c) {
      const tables::Cell& a = first[t].cells[c];
      const tables::Cell& b = second[t].cells[c];
      const std::int64_t more = std::abs(a.patients - b.patients);
      found += a.status == tables::CellStatus::published &&
                       b.status == tables::CellStatus::published && more > 0 && more < 11
                   ? 1
                   : 0;
    }
  }
  return found;
}

const std::string two_tables =
    by("a", "\"sex\", \"narrow\"", "late") + by("b", "\"region\"", "late");

struct Attack {
  const char* name;
  std::function<std::vector<Someone>(std::vector<Someone>)> change;  // from one state to the next
  std::string population_after{};                                    // more conditions
};

std::vector<Someone> without(std::vector<Someone> people,
                             const std::function<bool(std::size_t, const Someone&)>& leaves) {
  std::vector<Someone> made;
  for (std::size_t i = 0; i < people.size(); ++i) {
    if (!leaves(i, people[i])) {
      made.push_back(people[i]);
    }
  }
  return made;
}

std::vector<Someone> with_more(std::vector<Someone> people, std::size_t more) {
  for (std::size_t i = 0; i < more; ++i) {
    Someone one = people[3 * i];
    one.id = {999999, i};
    for (vault::SmallEvent& event : one.events) {
      event.patient = one.id;
    }
    people.push_back(std::move(one));
  }
  return people;
}

const std::vector<Attack>& attacks() {
  static const std::vector<Attack> made = {
      {"three patients are new", [](auto people) { return with_more(people, 3); }},
      {"a patient objects",
       [](auto people) {
         return without(people, [](std::size_t i, const Someone&) { return i == 77; });
       }},
      {"a practice of six leaves",
       [](auto people) {
         return without(people, [](std::size_t i, const Someone&) { return i % 120 == 5; });
       }},
      {"one more exclusion", [](auto people) { return people; },
       "exclude = [{ any = \"lab:HBA1C\", within = [91, 365] }]\n"},
      {"some come and some leave",
       [](auto people) {
         return with_more(
             without(people, [](std::size_t i, const Someone&) { return i % 90 == 7; }), 5);
       }},
      {"a record is corrected", [](auto people) {
         people[5].sex =
             people[5].sex == records::Sex::female ? records::Sex::male : records::Sex::female;
         return people;
       }}};
  return made;
}

TEST(ReleasesTogether, TellNobodyWhoCameOrLeft) {
  for (const Attack& attack : attacks()) {
    std::size_t shown = 0;
    std::size_t shown_without = 0;
    std::size_t without_memory = 0;
    for (std::uint64_t seed = 1; seed <= 2; ++seed) {
      const std::string asked = head + two_tables;
      std::string after = asked;
      after.insert(after.find("[variables]"), attack.population_after);
      const TwoReleases two(wide_rules(), some_people(seed), asked,
                            attack.change(some_people(seed)), after);
      const crowds::Counted counted = two.remembering();
      const std::vector<tables::Table> made = two.second(counted);
      ASSERT_FALSE(made.empty()) << attack.name;
      EXPECT_EQ(small_differences(two.first(), made), 0) << attack.name << ", seed " << seed;
      EXPECT_EQ(recovery(counted, made, wide_rules()).determined, 0) << attack.name;
      EXPECT_EQ(closeness(counted, made, wide_rules())->narrow, 0) << attack.name;
      const std::vector<tables::Table> alone = two.second(two.after().counted);
      without_memory += small_differences(two.first(), alone);
      shown += published(made);
      shown_without += published(alone);
    }
    EXPECT_GT(without_memory, 0) << attack.name << ": the test finds nothing";
    EXPECT_GT(8 * shown, shown_without) << attack.name;
  }
}

// Of one patient the value of a lab is corrected: no mean that it is part of is shown anew, and of
// the others each.
TEST(ReleasesTogether, TellNoValueThatOneCorrectionChanged) {
  const std::string asked =
      std::string(head) + "[[table]]\nid = \"a\"\nby = [\"sex\"]\nmean = \"sugar_of_year\"\n";
  std::vector<Someone> corrected = some_people(1);
  vault::SmallEvent* lab = nullptr;
  records::Sex sex = records::Sex::unknown;
  for (Someone& person : corrected) {
    for (vault::SmallEvent& event : person.events) {
      if (lab == nullptr && event.kind == "lab") {
        lab = &event;
        sex = person.sex;
      }
    }
  }
  ASSERT_NE(lab, nullptr);
  lab->value += 5;
  const TwoReleases two(wide_rules(), some_people(1), asked, corrected, asked);
  const std::vector<tables::Cell> first = two.first()[0].cells;
  const std::vector<tables::Cell> second = two.second(two.remembering())[0].cells;
  const std::vector<tables::Cell> alone = two.second(two.after().counted)[0].cells;
  const std::size_t theirs = sex == records::Sex::female ? 0 : 1;
  ASSERT_TRUE(first[theirs].mean && first[1 - theirs].mean && alone[theirs].mean);
  EXPECT_FALSE(second[theirs].mean);
  EXPECT_FALSE(second.back().mean);
  EXPECT_EQ(second[1 - theirs].mean, first[1 - theirs].mean);
}

// In group g1 all 30 have it, so both figures of the group are hidden, though a release before said
// that the group has 30. Who has the second release alone must not work them out.
TEST(ReleasesTogether, HideFromWhoHasTheSecondAlone) {
  const auto crowd = [](std::uint32_t patients, Uint128 fingerprint) {
    return crowds::Crowd{patients, 5, patients / 4, fingerprint, {}};
  };
  const crowds::Crowd had = crowd(30, 1);
  const crowds::Crowd others = crowd(50, 400);
  crowds::CrowdTable table{.id = "t",
                           .dimensions = {{"group", {}, {{"g1", {}}, {"g2", {}}}},
                                          {"has", {}, {{"yes", {}}, {"no", {}}}}},
                           .sensitive = {false, true}};
  table.cells = {
      had, {}, had, crowd(40, 20), others, crowd(90, 420), crowd(70, 21), others, crowd(120, 421)};
  crowds::Counted counted{.population = crowd(120, 421), .tables = {table}};
  counted.overlaps = {{.of = {{0, 0}}, .with_past = true, .groups = {had}, .known = {true}}};
  protect::Rules rules = wide_rules();
  rules.hide_group_disclosure = true;
  const Result<protect::Protected> made = protect::protect(counted, rules);
  ASSERT_TRUE(made) << made.error().sentence();
  EXPECT_EQ(made->tables[0].cells[0].status, tables::CellStatus::confidential);
  EXPECT_EQ(made->tables[0].cells[2].status, tables::CellStatus::confidential);
  EXPECT_EQ(recovery(counted.alone(), made->tables, rules).determined, 0);
  EXPECT_EQ(closeness(counted.alone(), made->tables, rules)->narrow, 0);
}

// In a new state with enough who came, the figures are shown anew.
TEST(ReleasesTogether, ShowAFigureAnewOnceEnoughCame) {
  const std::string asked = head + by("a", "\"sex\"", "late");
  const TwoReleases two(wide_rules(), some_people(1), asked, with_more(some_people(1), 200), asked);
  const crowds::Counted counted = two.remembering();
  EXPECT_FALSE(counted.population_withheld);
  EXPECT_EQ(published(two.second(counted)), published(two.second(two.after().counted)));
}

// The same question about the same records gets the same figures, whatever was asked in between.
TEST(ReleasesTogether, AnswerTheSameQuestionWithTheSameFigures) {
  const std::string asked = head + studies()[1].second;
  const TwoReleases two(wide_rules(), some_people(1), asked, some_people(1), asked);
  const Result<protect::Protected> again =
      protect::protected_as_before(two.after().counted, wide_rules(), two.first());
  ASSERT_TRUE(again);
  EXPECT_EQ(again->tables, two.first());
  EXPECT_EQ(again->summary, protect::protect(two.before().counted, wide_rules())->summary);
}

}  // namespace
}  // namespace parcours::release
