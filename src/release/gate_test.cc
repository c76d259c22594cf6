#include "release/gate.h"

#include <gtest/gtest.h>

#include <regex>
#include <type_traits>

#include "base/files.h"
#include "protect/mean.h"
#include "release/figures.h"
#include "release/release.h"
#include "release/testing/example.h"

namespace parcours::release {
namespace {

// G1, as the compiler sees it: nothing but a passed verdict and a judged permit makes a release,
// and nothing but the gate makes a verdict.
static_assert(!std::is_default_constructible_v<Verdict>);
static_assert(!std::is_aggregate_v<Verdict>);
static_assert(!std::is_constructible_v<Verdict, protect::Protected, protect::Rules,
                                       std::vector<attacks::AttackRun>, std::vector<Check>,
                                       std::optional<std::uint64_t>>);
static_assert(!std::is_default_constructible_v<Release>);
static_assert(!std::is_aggregate_v<Release>);
static_assert(!std::is_default_constructible_v<Permitted>);
static_assert(!std::is_aggregate_v<Permitted>);
static_assert(!std::is_constructible_v<Release, Verdict, Asked>);
static_assert(!std::is_constructible_v<Release, protect::Protected, Permitted, Asked>);
static_assert(!std::is_constructible_v<Release, std::vector<tables::Table>, Permitted, Asked>);
static_assert(!std::is_constructible_v<Release, Result<Verdict>, Permitted, Asked>);
static_assert(std::is_constructible_v<Release, Verdict, Permitted, Asked>);

// A question that passes, into which each test cuts one hole.
class Gate : public testing::Test {
 protected:
  static const crowds::Counted& shared_counted() {
    static const crowds::Counted counted = example::counted();
    return counted;
  }
  static const protect::Protected& shared_made() {
    static const protect::Protected made =
        example::protect_plainly(shared_counted(), example::rules());
    return made;
  }

  // The summary follows the hole that was cut.
  Result<Verdict> judged() const {
    protect::Protected counted_again = made;
    example::count(counted_again);
    return judge(counted, counted_again, rules, attacks, study);
  }

  // The first cell for which `wanted` holds, as table and cell.
  template <class Wanted>
  std::pair<std::size_t, std::size_t> find(const Wanted& wanted) const {
    for (std::size_t t = 0; t < made.tables.size(); ++t) {
      for (std::size_t i = 0; i < made.tables[t].cells.size(); ++i) {
        if (wanted(counted.tables[t].cells[i], made.tables[t].cells[i])) {
          return {t, i};
        }
      }
    }
    ADD_FAILURE() << "no such cell in the example";
    return {0, 0};
  }

  void publish(std::size_t table, std::size_t cell) {
    made.tables[table].cells[cell] = example::bare(counted.tables[table]).cells[cell];
  }

  crowds::Counted counted = shared_counted();
  protect::Protected made = shared_made();
  protect::Rules rules = example::rules();
  std::vector<attacks::AttackRun> attacks = example::attacks();
  study::Study study = example::study();
};

void expect_refusal(const Result<Verdict>& verdict, std::string_view rule, std::string_view check) {
  ASSERT_FALSE(verdict.has_value());
  EXPECT_EQ(verdict.error().fault, Fault::rule);
  EXPECT_NE(verdict.error().found.find("rule '" + std::string(rule) + "'"), std::string::npos)
      << verdict.error().sentence();
  EXPECT_NE(verdict.error().found.find("check '" + std::string(check) + "'"), std::string::npos)
      << verdict.error().sentence();
}

bool is_published(const tables::Cell& cell) {
  return cell.status == tables::CellStatus::published;
}

TEST_F(Gate, LetsProtectedTablesPass) {
  const Result<Verdict> verdict = judged();
  ASSERT_TRUE(verdict) << verdict.error().sentence();
  EXPECT_EQ(verdict->population(), counted.population.patients);
}

TEST_F(Gate, TheChecksAreThoseOfDocsEvidence) {
  const Result<Verdict> verdict = judged();
  ASSERT_TRUE(verdict);
  std::vector<std::string> checks;
  for (const Check& check : verdict->checks()) {
    checks.push_back(check.id);
  }
  const std::string page = *read_file(PARCOURS_SOURCE_DIR "/docs/evidence.md");
  const std::regex item("\n[0-9]+\\. `([a-z-]+)`: ");
  std::vector<std::string> listed;
  for (std::sregex_iterator at(page.begin(), page.end(), item), end; at != end; ++at) {
    listed.push_back((*at)[1]);
  }
  EXPECT_EQ(checks, listed);
}

TEST_F(Gate, G2RefusesAPublishedCellOfTooFewPatients) {
  const auto [t, i] = find([](const crowds::Crowd& crowd, const tables::Cell&) {
    return crowd.patients > 0 && crowd.patients < 11;
  });
  publish(t, i);
  expect_refusal(judged(), "patients_min", "rules");
}

TEST_F(Gate, G2RefusesEveryRuleThatTheFileTightens) {
  rules.patients_min = 12;
  const auto [t, i] = find([](const crowds::Crowd&, const tables::Cell& cell) {
    return is_published(cell) && cell.patients > 11;
  });
  counted.tables[t].cells[i].patients = 11;
  made.tables[t].cells[i].patients = 11;
  expect_refusal(judged(), "patients_min", "rules");
}

TEST_F(Gate, G2RefusesACellOfTooFewPractices) {
  const auto [t, i] = find([](const crowds::Crowd&, const tables::Cell& cell) {
    return is_published(cell) && cell.patients > 0;
  });
  counted.tables[t].cells[i].practices = 2;
  expect_refusal(judged(), "practices_min", "rules");
  rules.has_practices = false;
  EXPECT_TRUE(judged());
}

TEST_F(Gate, G2RefusesACellThatOnePracticeDominates) {
  const auto [t, i] = find([](const crowds::Crowd&, const tables::Cell& cell) {
    return is_published(cell) && cell.patients > 0;
  });
  crowds::Crowd& crowd = counted.tables[t].cells[i];
  crowd.largest_practice = crowd.patients * 85 / 100 + 1;
  expect_refusal(judged(), "largest_practice_share_below", "rules");
}

// 12 patients, 8 of them of one practice: it reads the other 4.
TEST_F(Gate, G2RefusesACellInWhichOnePracticeSeesFewOthers) {
  rules.largest_practice_share_below = 1;
  const auto [t, i] = find([](const crowds::Crowd&, const tables::Cell& cell) {
    return is_published(cell) && cell.patients > 0;
  });
  crowds::Crowd& crowd = counted.tables[t].cells[i];
  crowd.largest_practice = crowd.patients - 4;
  rules.without_largest_practice_min = 4;
  EXPECT_TRUE(judged());
  rules.without_largest_practice_min = 5;
  expect_refusal(judged(), "without_largest_practice_min", "rules");
}

TEST_F(Gate, G2RefusesAMeanThatOnePatientMakes) {
  const auto [t, i] = find([](const crowds::Crowd& crowd, const tables::Cell& cell) {
    return is_published(cell) && crowd.value;
  });
  counted.tables[t].cells[i].value->largest =
      static_cast<crowds::Micro>(counted.tables[t].cells[i].value->sum);
  expect_refusal(judged(), "largest_value_share_below", "rules");
}

TEST_F(Gate, G2RefusesAMeanThatIsZeroForAllButAFew) {
  const auto [t, i] = find([](const crowds::Crowd& crowd, const tables::Cell& cell) {
    return is_published(cell) && crowd.value;
  });
  counted.tables[t].cells[i].value->nonzero = 10;
  expect_refusal(judged(), "patients_min", "rules");
}

TEST_F(Gate, G5RefusesAMeanThatIsNotRoundedAsTheRulesAsk) {
  rules.mean_rounding_patients = 2;
  expect_refusal(judged(), "figures", "nothing-but-tables");
  for (std::size_t t = 0; t < made.tables.size(); ++t) {
    for (std::size_t i = 0; i < made.tables[t].cells.size(); ++i) {
      if (made.tables[t].cells[i].mean) {
        made.tables[t].cells[i].mean =
            protect::published_mean(*counted.tables[t].cells[i].value, rules);
      }
    }
  }
  EXPECT_TRUE(judged());
  const auto [t, i] =
      find([](const crowds::Crowd&, const tables::Cell& cell) { return cell.mean.has_value(); });
  *made.tables[t].cells[i].mean +=
      static_cast<double>(protect::mean_unit(*counted.tables[t].cells[i].value, rules)) / 1e6;
  expect_refusal(judged(), "figures", "nothing-but-tables");
}

// One table of sex by outcome, whose cells the caller gives: (F yes, F no, F), (M yes, M no, M),
// (yes, no, all).
crowds::Counted two_by_two(const std::array<std::uint32_t, 9>& patients) {
  crowds::Counted counted;
  const std::vector<tables::Dimension> d = example::dimensions();
  counted.tables = {{"t", {"T", "T"}, {d[1], d[3]}, {false, true}, {}, {}}};
  Uint128 fingerprint = 1;
  for (const std::uint32_t n : patients) {
    counted.tables[0].cells.push_back({n, 3, n / 3, n == 0 ? 0 : fingerprint++, {}});
  }
  counted.population = counted.tables[0].cells[8];
  return counted;
}

protect::Protected all_published(const crowds::Counted& counted,
                                 const std::vector<std::size_t>& but = {}) {
  protect::Protected made{{example::bare(counted.tables[0])}, {}};
  for (const std::size_t cell : but) {
    example::hide(made.tables[0], cell);
  }
  example::count(made);
  return made;
}

TEST_F(Gate, G2RefusesACellThatLeavesASmallGroup) {
  const crowds::Counted small = two_by_two({40, 5, 45, 30, 30, 60, 70, 35, 105});
  expect_refusal(judge(small, all_published(small, {1}), rules, attacks, study), "complement_min",
                 "rules");
}

TEST_F(Gate, G2RefusesAGroupThatSharesSomethingSensitive) {
  const crowds::Counted same = two_by_two({45, 0, 45, 30, 30, 60, 75, 30, 105});
  expect_refusal(judge(same, all_published(same), rules, attacks, study), "hide_group_disclosure",
                 "rules");
  rules.hide_group_disclosure = false;
  EXPECT_TRUE(judge(same, all_published(same), rules, attacks, study));
}

TEST_F(Gate, G2RefusesAPopulationThatIsItselfTooSmall) {
  counted.population.patients = 10;
  expect_refusal(judged(), "patients_min", "rules");
  counted.population.patients = 0;
  expect_refusal(judged(), "patients_min", "rules");
}

TEST_F(Gate, G2RefusesAGrandTotalThatLeavesASmallPartOfThePopulation) {
  crowds::Counted some_missing = two_by_two({40, 30, 70, 30, 30, 60, 70, 60, 130});
  some_missing.population.patients = 133;
  some_missing.population.fingerprint = 99;
  expect_refusal(judge(some_missing, all_published(some_missing), rules, attacks, study),
                 "complement_min", "rules");
}

TEST_F(Gate, G3RefusesAHiddenCellThatTheSumsGiveAway) {
  const crowds::Counted safe = two_by_two({40, 30, 70, 30, 30, 60, 70, 60, 130});
  expect_refusal(judge(safe, all_published(safe, {0}), rules, attacks, study),
                 "hidden cells are not determined", "hidden-cells");
}

TEST_F(Gate, G3RefusesAHiddenCellThatAnotherTableShows) {
  // "ages" and "peak-flow" count the same children.
  ASSERT_TRUE(is_published(made.tables[1].cells[0]));
  example::hide(made.tables[1], 0);
  expect_refusal(judged(), "hidden cells are not determined", "hidden-cells");
}

TEST_F(Gate, G3RefusesAHiddenTotalThatThePopulationGivesAway) {
  const crowds::Counted lonely = two_by_two({40, 30, 70, 30, 30, 60, 70, 60, 130});
  expect_refusal(
      judge(lonely, all_published(lonely, {0, 1, 2, 3, 4, 5, 6, 7, 8}), rules, attacks, study),
      "hidden cells are not determined", "hidden-cells");
}

TEST_F(Gate, G3RefusesAHiddenMeanThatTheOtherMeansGiveAway) {
  made.tables[3].cells[0].mean.reset();
  expect_refusal(judged(), "hidden cells are not determined", "hidden-cells");
  // Four means whose sums are open in both directions are safe; their patients may stay.
  for (const std::size_t cell : {1, 3, 4}) {
    made.tables[3].cells[cell].mean.reset();
  }
  EXPECT_TRUE(judged());
}

TEST_F(Gate, G4RefusesWhenAnAttackSucceeds) {
  attacks[1].outcome.succeeded = 1;
  expect_refusal(judged(), "attacks fail", "attacks");
}

TEST_F(Gate, G4RefusesAnAttackThatFindsNothingWhereThereIsSomething) {
  attacks[0].control.succeeded = 0;
  expect_refusal(judged(), "controls succeed", "attacks");
}

TEST_F(Gate, G4RefusesWhenEveryControlIsBlindAlthoughACellIsSmall) {
  for (attacks::AttackRun& attack : attacks) {
    attack.control.succeeded = 0;
    attack.to_find = 0;
  }
  expect_refusal(judged(), "controls succeed", "attacks");
}

TEST_F(Gate, G4AcceptsAControlWithNothingToFind) {
  const crowds::Counted safe = two_by_two({40, 30, 70, 30, 30, 60, 70, 60, 130});
  for (attacks::AttackRun& attack : attacks) {
    attack.control.succeeded = 0;
    attack.to_find = 0;
  }
  EXPECT_TRUE(judge(safe, all_published(safe), rules, attacks, study));
}

TEST_F(Gate, G4RefusesWhenNoAttackWasTried) {
  attacks.clear();
  expect_refusal(judged(), "controls succeed", "attacks");
}

TEST_F(Gate, G5RefusesAHiddenCellThatStillHoldsItsFigure) {
  const auto [t, i] =
      find([](const crowds::Crowd&, const tables::Cell& cell) { return !is_published(cell); });
  made.tables[t].cells[i].patients = counted.tables[t].cells[i].patients;
  expect_refusal(judged(), "figures", "nothing-but-tables");
}

TEST_F(Gate, G5RefusesAFigureThatWasNotCounted) {
  const auto [t, i] = find([](const crowds::Crowd&, const tables::Cell& cell) {
    return is_published(cell) && cell.patients > 20;
  });
  made.tables[t].cells[i].patients += 1;
  expect_refusal(judged(), "figures", "nothing-but-tables");
}

TEST_F(Gate, G5RefusesASummaryOfOtherTables) {
  made.summary.published += 1;
  expect_refusal(judge(counted, made, rules, attacks, study), "figures", "nothing-but-tables");
}

TEST_F(Gate, G5RefusesASummaryThatIsWrongAboutWhatTheStudyNeeds) {
  study.tables.resize(4);
  study.tables[1].keep = {{"age"}, {"sex"}, {}};  // "ages", all of whose seven are published
  study.tables[0].keep = {{"region", "sex"}};
  const NeededCount needed = count_needed(made.tables, study::needs_of(study).kept);
  ASSERT_GT(needed.published, 7u);
  ASSERT_LT(needed.published, needed.cells);
  made.summary.needed = needed.cells;
  made.summary.needed_published = needed.published;
  EXPECT_TRUE(judge(counted, made, rules, attacks, study));
  made.summary.needed_published += 1;
  expect_refusal(judge(counted, made, rules, attacks, study), "figures", "nothing-but-tables");
  made.summary.needed_published = needed.published;
  made.summary.needed -= 1;
  expect_refusal(judge(counted, made, rules, attacks, study), "figures", "nothing-but-tables");
}

TEST_F(Gate, G5RefusesNeedsThatTheStudyDoesNotHave) {
  made.summary.needed = made.summary.needed_published = 1;
  expect_refusal(judge(counted, made, rules, attacks, study), "figures", "nothing-but-tables");
}

TEST_F(Gate, G5RefusesTablesThatWereNotCounted) {
  made.tables.pop_back();
  expect_refusal(judged(), "tables", "nothing-but-tables");
  made = shared_made();
  made.tables[0].dimensions[0].categories[0].code = "other";
  expect_refusal(judged(), "tables", "nothing-but-tables");
}

TEST_F(Gate, G5RefusesAPseudonymAmongTheNames) {
  made.tables[0].dimensions[0].categories[0].label.fr = "8f14e45f-ceea-467f-a3b1-0c9a5d3e7b21";
  expect_refusal(judged(), "identifiers", "nothing-but-tables");
}

TEST_F(Gate, G5RefusesATableByPractice) {
  study.variables.push_back({"region", {}, study::FieldTest{"practice"}, {}, "", 9});
  expect_refusal(judged(), "practice", "nothing-but-tables");
}

TEST_F(Gate, ARefusalNamesNoCellAndNoCount) {
  const auto [t, i] =
      find([](const crowds::Crowd& crowd, const tables::Cell&) { return crowd.patients == 7; });
  publish(t, i);
  const Result<Verdict> verdict = judged();
  ASSERT_FALSE(verdict);
  EXPECT_EQ(verdict.error().sentence().find(made.tables[t].id), std::string::npos);
}

}  // namespace
}  // namespace parcours::release
