// What tables of `each` tell together with others: of one release, and of two.
#include <gtest/gtest.h>

#include "past/slices.h"
#include "release/testing/two_releases.h"

namespace parcours::release {
namespace {

using namespace outsider;

// So many of each sex and place, of this age, who take these.
void add(std::vector<Someone>& people, int many, int age, const std::string& place,
         const std::vector<std::string>& codes) {
  for (const records::Sex sex : {records::Sex::female, records::Sex::male}) {
    for (int i = 0; i < many; ++i) {
      Someone person{.id = {7, people.size()}, .age = age, .sex = sex, .place = place};
      person.events.push_back({person.id, index_day, "consultation", "C"});
      person.events.push_back({person.id, index_day, "lab", "HBA1C", 6});
      for (const std::string& code : codes) {
        person.events.push_back({person.id, index_day, "prescription", code});
      }
      people.push_back(std::move(person));
    }
  }
}

std::string with_population(const std::string& population, const std::string& tables) {
  std::string text = head;
  text.insert(text.find("\n[variables]"), population);
  return text + tables;
}

std::size_t told(const crowds::Counted& counted, const std::vector<tables::Table>& tables) {
  return recovery(counted, tables, wide_rules()).determined +
         closeness(counted, tables, wide_rules())->narrow;
}

std::vector<tables::Table> protected_of(const crowds::Counted& counted) {
  const Result<protect::Protected> made = protect::protect(counted, wide_rules());
  EXPECT_TRUE(made) << made.error().sentence();
  return made ? made->tables : std::vector<tables::Table>();
}

// Whether the second release as it is without the first in mind tells of few people, and as it is
// with it no longer.
void expect_kept(const TwoReleases& two) {
  const crowds::Counted with = two.remembering();
  EXPECT_GT(told(with, protected_of(two.after().counted)), 0u) << "there is something to find";
  crowds::Counted quiet = with;
  Result<protect::Protected> made = protect::protect(quiet, wide_rules());
  if (!made) {
    quiet.population_withheld = true;
    made = protect::protect(quiet, wide_rules());
  }
  ASSERT_TRUE(made) << made.error().sentence();
  EXPECT_EQ(told(quiet, made->tables), 0u);
}

// 234 take something, of whom 226 take one drug; these are the second release's population. Its
// table is of another drug, so that no cell of it counts them all.
TEST(EachTogether, APopulationWithinACell) {
  std::vector<Someone> people;
  add(people, 60, 8, "69", {"R03BA01", "A10BA02"});
  add(people, 53, 8, "69", {"R03BA01"});
  add(people, 3, 8, "69", {"R03AC02"});
  add(people, 1, 12, "75", {"R03AC02"});
  add(people, 140, 10, "69", {});
  const std::string other_drug =
      "[[table]]\nid = \"b\"\nby = [\"sex\"]\n"
      "each = { code = \"prescription:A10*\", within = [0, 365] }\n";
  expect_kept({wide_rules(), people, with_population("", by("a", "\"region\"", "late")), people,
               with_population("require = [{ any = \"prescription:R03BA01\" }]\n", other_drug)});
}

// All who leave by the second release's exclusion took something: what the others took is the rest.
TEST(EachTogether, WhoLeftWithinAColumn) {
  std::vector<Someone> people;
  add(people, 113, 8, "69", {"R03AC02"});
  add(people, 3, 8, "69", {"R03BA01"});
  add(people, 140, 10, "69", {});
  const std::string tables = each("b", "\"sex\"") + by("a", "\"sex\"", "steroid");
  expect_kept({wide_rules(), people, with_population("", tables), people,
               with_population("exclude = [{ any = \"prescription:R03AC02\" }]\n", tables)});
}

// 130 took R03 drugs, of whom 116 leave by the second release's exclusion. The 14 who stay are the
// column of reliever of its table, so that of the 21 with any of its codes 7 have the other alone.
TEST(EachTogether, WhoDidNotLeaveAreAColumn) {
  std::vector<Someone> people;
  add(people, 58, 8, "69", {"R03BA01"});
  add(people, 7, 8, "69", {"R03AC02"});
  add(people, 3, 8, "69", {"A10BA02"});
  add(people, 1, 8, "69", {"R03AC02", "A10BA02"});
  add(people, 140, 10, "69", {});
  const std::string any_code =
      "[[table]]\nid = \"b\"\nby = [\"sex\"]\n"
      "each = { code = \"prescription:*\", within = [0, 365] }\n";
  const std::string all = with_population("", by("a", "\"region\"", "late"));
  const std::string some =
      with_population("exclude = [{ any = \"prescription:R03BA01\" }]\n", any_code);
  expect_kept({wide_rules(), people, all, people, some});
}

// By places the four of region 11 are hidden, at least 1 each; its total of 14 bounds them.
TEST(EachTogether, PlacesWithinARegion) {
  std::vector<Someone> people;
  for (const auto& [place, many] : {std::pair{"91", 2}, {"92", 1}, {"94", 3}, {"95", 1}}) {
    add(people, many, 8, place, {"R03BA01"});
    add(people, 60, 8, place, {});
  }
  add(people, 70, 8, "01", {"R03BA01"});
  add(people, 70, 8, "01", {});
  const std::string by_place = head + each("b", "\"place\"");
  const std::string by_region = head + each("b", "\"region\"");
  expect_kept({wide_rules(), people, by_place, people, by_region});
}

// As they were counted, but that of a table by "moved" two bands are hidden: of each table alone,
// or of those of the same cells, nothing follows of them.
std::vector<tables::Table> without_two_bands(const crowds::Counted& counted) {
  std::vector<tables::Table> made;
  for (const crowds::CrowdTable& crowds : counted.tables) {
    tables::Table& table = made.emplace_back();
    table = {crowds.id, crowds.title, crowds.dimensions, {}, {}};
    for (std::size_t cell = 0; cell < crowds.cells.size(); ++cell) {
      const std::vector<std::size_t> at = table.places(cell);
      const bool all_in_row = crowds.groups.empty() && at[1] == crowds.dimensions[1].total();
      const bool hidden =
          crowds.dimensions[0].id == "moved" && !all_in_row && (at[0] == 0 || at[0] == 2);
      table.cells.push_back(
          {hidden ? tables::CellStatus::confidential : tables::CellStatus::published,
           hidden ? 0 : crowds.cells[cell].patients,
           {}});
    }
  }
  return made;
}

// One release, by ages from 6 and from 7: of the 60 from 6 to 8 two are 6.
TEST(EachTogether, TwoBandingsInOneRelease) {
  std::vector<Someone> people;
  add(people, 1, 6, "69", {"R03BA01"});
  add(people, 29, 8, "69", {"R03BA01"});
  add(people, 1, 11, "69", {"R03BA01"});
  add(people, 1, 12, "69", {"R03BA01"});
  add(people, 30, 14, "69", {"R03BA01"});
  for (const int age : {4, 6, 8, 10, 14, 16}) {
    add(people, 50, age, "69", {});
  }
  const records::KeyedHash fingerprints = records::KeyedHash::of_this_run();
  for (const std::string& other : {each("b", "\"moved\""), by("b", "\"moved\"", "steroid")}) {
    const Panel panel = ask(people, head + each("a", "\"narrow\"") + other, fingerprints);
    past::People register_of;
    const past::PastRoll roll = register_of.enter(panel.roll);
    const past::Everybody everybody(register_of, roll, fingerprints);
    crowds::Counted counted = panel.counted;
    ASSERT_TRUE(past::add_own_slices(past::rolled(panel.told, roll, panel.counted, everybody),
                                     everybody, {.few = 11, .practices_exact = 3}, counted));
    const std::vector<tables::Table> shown = without_two_bands(panel.counted);
    EXPECT_EQ(recovery(panel.counted, shown, wide_rules()).determined, 0u) << "of each table alone";
    EXPECT_GT(recovery(counted, shown, wide_rules()).determined, 0u);
    EXPECT_EQ(told(counted, protected_of(counted)), 0u);
  }
}

}  // namespace
}  // namespace parcours::release
