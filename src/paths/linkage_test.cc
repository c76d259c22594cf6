#include "paths/linkage.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <filesystem>

#include "base/files.h"
#include "exports/testing/roles.h"
#include "paths/testing/worlds.h"

namespace parcours::paths {
namespace {

LinkFigures figures_of(const TwoExports& exports, const LinkQuestion& question) {
  Progress progress(Progress::Manner::none);
  const Stop stop;
  return *link(exports, question, progress, stop);
}

// The slow twin: one patient of the first export against all of the second.
double slow_weight(const World& second, const Pair& pair, int within) {
  int entries = 0;
  for (const auto& record : second) {
    for (const auto& [code, day] : record) {
      entries += code == pair.first && std::abs(day - pair.second) <= within ? 1 : 0;
    }
  }
  return entries == 0 ? 0 : std::max(0.0, std::log(static_cast<double>(second.size()) / entries));
}

std::vector<double> slow_scores(const std::set<Pair>& record, const World& second, int within) {
  std::vector<double> scores;
  for (const auto& other : second) {
    double shared = 0;
    double own = 0;
    for (const Pair& pair : record) {
      const bool has = std::ranges::any_of(other, [&](const Pair& p) {
        return p.first == pair.first && std::abs(p.second - pair.second) <= within;
      });
      shared += has ? slow_weight(second, pair, within) : 0;
    }
    for (const Pair& pair : other) {
      own += slow_weight(second, pair, within);
    }
    scores.push_back(shared / (own > 0 ? std::sqrt(own) : 1));
  }
  return scores;
}

// Whom the scores single out by more than a rounding error; nothing, or no answer where it is
// close.
enum class Answer { joined, nobody, close };
std::pair<Answer, std::size_t> slow_join(const std::vector<double>& scores, double eccentricity,
                                         std::size_t without) {
  double best = 0;
  double second = 0;
  double sum = 0;
  double squares = 0;
  double of = 0;
  std::size_t who = scores.size();
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (i == without) {
      continue;
    }
    ++of;
    sum += scores[i];
    squares += scores[i] * scores[i];
    if (scores[i] > best) {
      second = best;
      best = scores[i];
      who = i;
    } else {
      second = std::max(second, scores[i]);
    }
  }
  const double deviation =
      of > 0 ? std::sqrt(std::max(0.0, squares / of - sum / of * sum / of)) : 0;
  const double over = best - second - eccentricity * deviation;
  if (std::abs(over) < 1e-9 || std::abs(best - second) < 1e-9) {
    return {best == 0 ? Answer::nobody : Answer::close, who};
  }
  return {over > 0 ? Answer::joined : Answer::nobody, who};
}

RC_GTEST_PROP(Linkage, G1JoinsAreTheDefinition, (std::uint32_t seed)) {
  Random random(seed);
  const World first = random_world(random, 1 + random.below(12), 5, 5, 20);
  World second = random_world(random, 1 + random.below(12), 5, 5, 20);
  TwoExports exports{paths_of(first), {}, {}};
  for (std::uint32_t patient = 0; patient < first.size(); ++patient) {
    const bool there = patient < second.size() && random.below(4) > 0;
    exports.partners.push_back(there ? patient : no_partner);
    if (there && random.below(2) == 0) {
      second[patient].insert(first[patient].begin(), first[patient].end());
    }
  }
  exports.second = paths_of(second);
  const int within = static_cast<int>(random.below(3)) * 2;
  const double eccentricity = 0.25 + random.unit();
  const LinkFigures figures = figures_of(exports, {within, eccentricity, 1000, 1, 2});

  LinkFigures least;  // what is sure; the rest was too close to tell
  LinkFigures most;
  for (std::size_t patient = 0; patient < first.size(); ++patient) {
    const auto scores = slow_scores(first[patient], second, within);
    const std::uint32_t partner = exports.partners[patient];
    if (partner == no_partner) {
      continue;
    }
    const auto [answer, who] = slow_join(scores, eccentricity, second.size());
    const auto [chance, nobody] = slow_join(scores, eccentricity, partner);
    least.joined.some += answer == Answer::joined ? 1 : 0;
    most.joined.some += answer != Answer::nobody ? 1 : 0;
    least.correct.some += answer == Answer::joined && who == partner ? 1 : 0;
    most.correct.some +=
        answer == Answer::close || (answer == Answer::joined && who == partner) ? 1 : 0;
    least.by_chance.some += chance == Answer::joined ? 1 : 0;
    most.by_chance.some += chance != Answer::nobody ? 1 : 0;
  }
  RC_ASSERT(figures.tried == figures.in_both);
  RC_ASSERT(figures.joined.some >= least.joined.some && figures.joined.some <= most.joined.some);
  RC_ASSERT(figures.correct.some >= least.correct.some &&
            figures.correct.some <= most.correct.some);
  RC_ASSERT(figures.by_chance.some >= least.by_chance.some &&
            figures.by_chance.some <= most.by_chance.some);
}

// A panel whose patients each have an illness of their own kind of visits, seen by two clients.
TEST(Linkage, ThoseWithRarePathsAreJoinedAndStrangersAreNot) {
  Random random(8);
  const World first = random_world(random, 400, 8, 30, 300);
  World second = first;
  for (auto& record : second) {  // the second client lacks a few events
    for (auto event = record.begin(); event != record.end() && record.size() > 1;) {
      event = random.below(5) == 0 ? record.erase(event) : std::next(event);
    }
  }
  const World strangers = random_world(random, 400, 8, 30, 300);
  TwoExports same{paths_of(first), paths_of(second), {}};
  TwoExports others{paths_of(first), paths_of(strangers), {}};
  for (std::uint32_t patient = 0; patient < 400; ++patient) {
    same.partners.push_back(patient);
    others.partners.push_back(no_partner);
  }
  const LinkFigures joined = figures_of(same, {0, 1.5, 400, 1, 2});
  EXPECT_GT(joined.correct.some, 350);
  EXPECT_GE(joined.best.some, joined.correct.some);
  EXPECT_GT(joined.correct.low, 0.8);
  const LinkFigures chance = figures_of(others, {0, 1.5, 400, 1, 2});
  EXPECT_EQ(chance.in_both, 0);
  EXPECT_EQ(chance.tried, 0);  // nobody to be joined rightly

  const LinkFigures one_thread = figures_of(same, {0, 1.5, 400, 1, 1});  // G2
  EXPECT_EQ(one_thread.joined, joined.joined);
  EXPECT_EQ(one_thread.by_chance, joined.by_chance);
}

TEST(Linkage, ExactJoinsTakeEqualPathsThatNobodyElseHas) {
  const World first = {{{0, 1}, {1, 2}}, {{0, 1}}, {{0, 1}}, {{2, 5}}, {{3, 1}}};
  const World second = {{{2, 5}}, {{0, 1}, {1, 2}}, {{0, 1}}, {{3, 2}}};
  const TwoExports exports{paths_of(first), paths_of(second), {1, 2, no_partner, no_partner, 3}};
  const ExactJoins joins = exact_joins(exports);
  EXPECT_EQ(joins.joined, 2);   // 0 with 1, 3 with 0; (0, 1) is in the first export twice
  EXPECT_EQ(joins.correct, 1);  // the partner of 3 is not there
}

TEST(Linkage, TwoFilesAreAlignedByTheirTexts) {
  const ScratchFolder folder =
      *ScratchFolder::make(std::filesystem::temp_directory_path(), "parcours-test-");
  Progress progress(Progress::Manner::none);
  const Stop stop;
  const auto read = [&](const char* name, const std::string& text) {
    EXPECT_TRUE(write_file(folder.path() / name, text));
    exports::ExportFile file = *exports::ExportFile::open(folder.path() / name, 1);
    return *read_paths(file, *exports::plain_roles(file), progress, stop);
  };
  const PathsRead first = read("a.csv", "id,day,code\nann,1,x\nann,2,y\nben,3,z\n");
  const PathsRead second = read("b.csv", "id,day,code\ncid,9,a\nben,3,z\nann,1,x\nann,2,y\n");
  const TwoExports both = *align(first, second, stop);
  const ExactJoins joins = exact_joins(both);
  EXPECT_EQ(joins.joined, 2);
  EXPECT_EQ(joins.correct, 2);
}

TEST(Linkage, WhereNobodySaysWhoIsWhoPatientsOfTheSecondAreStrangers) {
  Random random(3);
  const World first = random_world(random, 300, 12, 6, 20);
  const TwoExports same{paths_of(first), paths_of(first), {}};
  const LinkFigures figures = figures_of(same, {0, 1.5, 300, 1, 2});
  EXPECT_GT(figures.joined.some, 200);
  EXPECT_EQ(figures.correct.some, 0);  // nobody knows
  EXPECT_EQ(figures.in_both, 0);
  EXPECT_LT(figures.by_chance.some, figures.joined.some / 2);
  const LinkFigures one_thread = figures_of(same, {0, 1.5, 300, 1, 1});  // G2
  EXPECT_EQ(one_thread.by_chance, figures.by_chance);
  EXPECT_EQ(exact_joins(same).correct, 0);
  EXPECT_GT(exact_joins(same).joined, 250);
}

TEST(Linkage, KindsAreTheSameThatAreCalledSo) {
  const Stop stop;
  const auto read = [&](const std::string& kind) {
    PathsRead made;
    made.paths = paths_of({{{0, 1}, {1, 2}}, {{0, 3}}});
    made.codes = {{kind, "J45"}, {kind, "I10"}};
    return made;
  };
  for (const char* kind : {"diagnosis", "Condition", ""}) {
    EXPECT_EQ(common_codes(*align(read("diagnosis"), read(kind), stop)), 2) << kind;
    EXPECT_EQ(exact_joins(*align(read("diagnosis"), read(kind), stop)).joined, 2) << kind;
  }
  EXPECT_EQ(common_codes(*align(read("diagnosis"), read("prescription"), stop)), 0);
}

TEST(Linkage, FewerPatientsAreTriedWhereTheyCostTooMuch) {
  const World world(200, {{0, 1}, {0, 2}});
  const TwoExports same{paths_of(world), paths_of(world), {}};
  LinkQuestion question{0, 1.5, 200, 1, 1};
  EXPECT_EQ(figures_of(same, question).tried, 200);
  question.steps = 4000;  // a patient looks at 400 entries
  EXPECT_EQ(figures_of(same, question).tried, 10);
}

TEST(Linkage, PartnersAreThoseWhoAloneHaveATextInBoth) {
  const PersonField first{"name", {"", "ann", "ben", "cid"}, {1, 2, 2, 0, 3}};
  const PersonField second{"name", {"", "ann", "ben", "dan"}, {0, 2, 1, 3}};
  EXPECT_EQ(partners_by(first, second),
            (std::vector<std::uint32_t>{2, no_partner, no_partner, no_partner, no_partner}));
}

}  // namespace
}  // namespace parcours::paths
