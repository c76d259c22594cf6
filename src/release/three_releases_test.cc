// What three releases tell together and no two of them do (past/together.h).
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "past/all_past.h"
#include "past/together.h"
#include "records/key_check.h"
#include "release/testing/outsider.h"

namespace parcours::release {
namespace {

using namespace outsider;

// From 6 to 17. Of each sex 200 a year under 12 and 40 a year from then on take no steroid. From 12
// on 20 a year take it, from 8 to 11 one a year, before that nobody.
std::vector<Someone> few_young_on_steroids() {
  std::vector<Someone> people;
  std::uint64_t number = 0;
  for (const records::Sex sex : {records::Sex::female, records::Sex::male}) {
    for (int age = 6; age < 18; ++age) {
      const int takers = age < 8 ? 0 : age < 12 ? 1 : 20;
      const int others = age < 12 ? 200 : 40;
      for (int i = 0; i < others + takers; ++i) {
        Someone person{.id = {7, number++}, .age = age, .sex = sex, .place = "69"};
        if (i >= others) {
          person.events.push_back({person.id, index_day, "prescription", "R03BA01"});
        }
        person.events.push_back({person.id, index_day, "consultation", "C"});
        person.events.push_back({person.id, index_day, "lab", "HBA1C", 6});
        people.push_back(std::move(person));
      }
    }
  }
  return people;
}

std::string study_of(const std::string& population, const std::string& bands) {
  std::string text = head;
  text.insert(text.find("\n[variables]"), population);
  return text + "band = { field = \"age\", bands = " + bands + " }\n" + by("t", "\"sex\"", "band");
}

// With all cells shown.
std::vector<tables::Table> bare(const crowds::Counted& counted) {
  std::vector<tables::Table> made;
  for (const crowds::CrowdTable& crowds : counted.tables) {
    made.push_back({crowds.id, crowds.title, crowds.dimensions, {}, {}});
    for (const crowds::Crowd& crowd : crowds.cells) {
      made.back().cells.push_back({tables::CellStatus::published, crowd.patients, {}});
    }
  }
  return made;
}

// Who takes it, protected: of each sex 4 of 8 to 11 years are hidden. Then all, in bands that cross
// at 10, and who takes none; both as they are. All under 12 less those of them who take none are
// the 4, as under 8 nobody takes it.
TEST(ThreeReleases, TheGateSeesWhatNoTwoOfThemTell) {
  const records::KeyedHash fingerprints = records::KeyedHash::of_this_run();
  const auto asked = [&](const std::string& study) {
    return ask(few_young_on_steroids(), study, fingerprints);
  };
  const std::string steroid = " = [{ any = \"prescription:R03BA01\" }]\n";
  const Panel takers = asked(study_of("require" + steroid, "[8, 12, 14]"));
  const Panel all = asked(study_of("", "[10, 12, 14]"));
  const Panel others = asked(study_of("exclude" + steroid, "[8, 12, 14]"));
  const Result<protect::Protected> of_takers = protect::protect(takers.counted, wide_rules());
  ASSERT_TRUE(of_takers) << of_takers.error().sentence();
  const auto hidden = [&](std::size_t cell) {
    return of_takers->tables[0].cells[cell].status == tables::CellStatus::confidential;
  };
  ASSERT_TRUE(hidden(1) && hidden(2) && !hidden(3)) << "8 to 11, 12 and 13, from 14 on";

  past::People people;
  const past::PastRelease first{.entry = {.number = 1},
                                .told = takers.told,
                                .tables = of_takers->tables,
                                .roll = people.enter(takers.roll)};
  const past::PastRelease second{.entry = {.number = 2},
                                 .told = all.told,
                                 .tables = bare(all.counted),
                                 .roll = people.enter(all.roll)};
  const past::PastRoll roll = people.enter(others.roll);
  std::vector<tables::Table> shown = bare(others.counted);
  for (const std::size_t band : {2u, 3u}) {  // so that from 12 on nothing is told of the takers
    for (std::size_t sex = 0; sex < 4; ++sex) {
      shown[0].cells[sex * 5 + band].status = tables::CellStatus::confidential;
    }
  }
  const past::TogetherOptions options{.few = 11, .practices_exact = 3};
  const past::Everybody everybody(people, roll, fingerprints);
  const past::RolledStudy third = past::rolled(others.told, roll, others.counted, everybody);
  crowds::Counted counted = others.counted;
  counted.population_withheld = true;
  ASSERT_TRUE(past::add_past(first, third, everybody, options, counted));
  ASSERT_TRUE(past::add_past(second, third, everybody, options, counted));
  counted.population_withheld = true;
  const std::uint64_t of_pairs = recovery(counted, shown, wide_rules()).determined;
  ASSERT_TRUE(past::add_both(first, second, everybody, options, counted));
  EXPECT_GT(recovery(counted, shown, wide_rules()).determined, of_pairs);
}

// All groups of people that are told apart, and all sums that hold among them.
struct Known {
  std::set<Uint128> groups;
  std::set<std::map<Uint128, std::int32_t>> sums;
  friend bool operator==(const Known&, const Known&) = default;
};

Known known_in(const crowds::Counted& counted) {
  Known known;
  for (const crowds::CrowdOverlap& overlap : counted.overlaps) {
    for (const crowds::Crowd& group : overlap.groups) {
      known.groups.insert(group.fingerprint);
    }
    for (const tables::Relation& relation : overlap.relations) {
      std::map<Uint128, std::int32_t> sum;
      for (const tables::Relation::Term& term : relation.terms) {
        sum[overlap.groups[term.cell].fingerprint] += term.coefficient;
      }
      std::erase_if(sum, [](const auto& term) { return term.second == 0; });
      const bool negative = !sum.empty() && sum.begin()->second < 0;
      for (auto& [people, coefficient] : sum) {
        coefficient = negative ? -coefficient : coefficient;
      }
      known.sums.insert(std::move(sum));
    }
  }
  known.sums.erase(std::map<Uint128, std::int32_t>());
  return known;
}

// What the last of these studies tells, each released before the next from a vault of this key.
Known known_after(const std::vector<std::string>& studies, const records::ProgrammeKey& key,
                  bool remembering_ties, int threads = 1) {
  const ScratchFolder folder =
      *ScratchFolder::make(std::filesystem::temp_directory_path(), "parcours-test-");
  EXPECT_TRUE(vault::Catalog::create(folder.path(), records::check_of(key), Calendar::dates, 1));
  past::PastReleases past = *past::PastReleases::open(folder.path(), key, Stop());
  const records::KeyedHash fingerprints = past.fingerprints();
  const past::TogetherOptions options{.few = 11, .practices_exact = 3};
  Progress progress(Progress::Manner::none);
  Known known;
  for (const std::string& study : studies) {
    Panel panel = ask(few_young_on_steroids(), study, fingerprints);
    std::vector<tables::Table> tables = bare(panel.counted);
    past::People people = past.people();
    past::PastRoll roll = people.enter(panel.roll);
    const past::PastEntry entry{.study_sha256 = study};
    Result<past::AllPast> before = past::add_all_past(
        past, {entry, panel.told, roll, people}, options, threads, panel.counted, progress, Stop());
    if (!before) {
      ADD_FAILURE() << before.error().sentence();
      return known;
    }
    known = known_in(panel.counted);
    past::PastRelease release{.entry = entry,
                              .told = panel.told,
                              .tables = std::move(tables),
                              .roll = std::move(roll),
                              .ties = std::move(before->ties)};
    if (!remembering_ties) {
      release.ties.reset();
    }
    EXPECT_TRUE(past.add({std::move(release), std::move(people)}));
  }
  return known;
}

TEST(ThreeReleases, RememberWhatTheyTellTogether) {
  const std::string steroid = " = [{ any = \"prescription:R03BA01\" }]\n";
  const std::vector<std::string> studies = {study_of("require" + steroid, "[8, 12, 14]"),
                                            study_of("", "[10, 12, 14]"),
                                            study_of("exclude" + steroid, "[8, 13]")};
  const records::ProgrammeKey key = records::ProgrammeKey::generate();
  const Known remembered = known_after(studies, key, true);
  EXPECT_FALSE(remembered.sums.empty());
  EXPECT_TRUE(remembered == known_after(studies, key, false));
  EXPECT_TRUE(remembered == known_after(studies, key, true, 3)) << "several at a time";
}

}  // namespace
}  // namespace parcours::release
