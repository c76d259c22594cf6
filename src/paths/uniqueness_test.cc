#include "paths/uniqueness.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "base/random.h"
#include "exports/testing/roles.h"
#include "paths/read_paths.h"
#include "paths/testing/worlds.h"

namespace parcours::paths {
namespace {

constexpr std::optional<std::uint32_t> all = std::nullopt;

std::vector<CurvePoint> curve_of(const Paths& paths, const CurveQuestion& question) {
  Progress progress(Progress::Manner::none);
  const Stop stop;
  return *uniqueness_curve(paths, question, progress, stop);
}

// The slow twin: the definition, word by word.
bool matches(const std::set<Pair>& other, const std::vector<Pair>& known, int within) {
  return std::ranges::all_of(known, [&](const Pair& k) {
    return std::ranges::any_of(other, [&](const Pair& p) {
      return p.first == k.first && std::abs(p.second - k.second) <= within;
    });
  });
}

double unique_share(const World& world, std::optional<std::uint32_t> m, int within) {
  double sum = 0;
  for (std::size_t patient = 0; patient < world.size(); ++patient) {
    int tried = 0;
    int unique = 0;
    const std::size_t known = m.value_or(world[patient].size());
    for (const std::vector<Pair>& chosen : choices_of(world[patient], known)) {
      bool alone = true;
      for (std::size_t other = 0; other < world.size(); ++other) {
        alone = alone && (other == patient || !matches(world[other], chosen, within));
      }
      ++tried;
      unique += alone ? 1 : 0;
    }
    sum += static_cast<double>(unique) / tried;
  }
  return sum / static_cast<double>(world.size());
}

void expect_as_the_slow_twin(const World& world, const std::vector<std::int32_t>& tolerances) {
  CurveQuestion question{{1, 2, 3, 4, all}, tolerances, 1'000'000, 1, 1};
  const auto curve = curve_of(paths_of(world), question);
  for (const CurvePoint& point : curve) {
    ASSERT_TRUE(point.exact());
    ASSERT_NEAR(point.share.value(), unique_share(world, point.known, point.within_days), 1e-12)
        << point.known.value_or(0) << " known, within " << point.within_days;
  }
  question.pair_steps = 0;  // and so it is when twos are tried, not counted
  const auto tried = curve_of(paths_of(world), question);
  for (std::size_t i = 0; i < curve.size(); ++i) {
    ASSERT_NEAR(tried[i].share.value(), curve[i].share.value(), 1e-12);
  }
}

TEST(Uniqueness, TheExampleOfTheHeader) {
  const World world = {{{0, 3}, {1, 9}}, {{0, 3}}};
  const auto curve = curve_of(paths_of(world), {{1, all}, {0}, 1, 1, 1});
  EXPECT_EQ(curve[0].share.value(), 0.25);
  EXPECT_EQ(curve[1].share.value(), 0.5);
}

TEST(Uniqueness, TheExampleOfThePage) {  // docs/risk-paths.md
  const World world = {{{0, 3}, {1, 9}}, {{0, 3}}, {{0, 5}, {1, 30}}};
  const auto curve = curve_of(paths_of(world), {{1, all}, {0, 7}, 1, 1, 1});
  EXPECT_NEAR(curve[0].share.value(), 0.5, 1e-12);
  EXPECT_NEAR(curve[1].share.value(), 2.0 / 3, 1e-12);
  EXPECT_NEAR(curve[2].share.value(), 1.0 / 3, 1e-12);
}

TEST(Uniqueness, G2EverySmallWorldAsTheSlowTwinHasIt) {
  const std::vector<Pair> facts = {{0, 0}, {0, 7}, {0, 8}, {1, 0}, {1, 8}};
  std::vector<std::set<Pair>> records;
  for (std::uint32_t choice = 1; choice < 32; ++choice) {
    std::set<Pair> record;
    for (std::size_t i = 0; i < facts.size(); ++i) {
      if ((choice >> i & 1u) != 0) {
        record.insert(facts[i]);
      }
    }
    if (record.size() <= 3) {
      records.push_back(record);
    }
  }
  // Patients come in every order, so worlds that differ by it alone are tried once.
  for (std::size_t a = 0; a < records.size(); ++a) {
    expect_as_the_slow_twin({records[a]}, {0, 7});
    for (std::size_t b = a; b < records.size(); ++b) {
      expect_as_the_slow_twin({records[a], records[b]}, {0, 7});
      for (std::size_t c = b; c < records.size(); ++c) {
        expect_as_the_slow_twin({records[a], records[b], records[c]}, {0, 1, 7});
      }
    }
  }
}

RC_GTEST_PROP(Uniqueness, G2RandomWorldsAsTheSlowTwinHasThem, (std::uint32_t seed)) {
  Random random(seed);
  const World world = random_world(random, 1 + random.below(20), 1 + random.below(6),
                                   1 + random.below(5), 2 + random.below(60));
  expect_as_the_slow_twin(world, {0, 1, 7, 30});
}

TEST(Uniqueness, G1ThreadsDoNotChangeABit) {
  Random random(5);
  const Paths paths = paths_of(random_world(random, 20000, 8, 20, 400));
  for (const std::uint64_t draws : {1000, 60000}) {
    CurveQuestion question{{1, 2, 3, 4, all}, {0, 7}, draws, 9, 1};
    const auto one = curve_of(paths, question);
    question.threads = 3;
    const auto three = curve_of(paths, question);
    for (std::size_t i = 0; i < one.size(); ++i) {
      EXPECT_EQ(one[i].share.value(), three[i].share.value());
      EXPECT_EQ(one[i].share.low, three[i].share.low);
    }
  }
}

TEST(Uniqueness, DrawnFiguresLieAroundTheExactOnes) {
  Random random(6);
  const Paths paths = paths_of(random_world(random, 3000, 7, 12, 300));
  const auto exact = curve_of(paths, {{2, 3, 4}, {0, 7}, 1'000'000, 1, 2});
  int outside = 0;
  int drawn_points = 0;
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    const std::uint64_t draws =
        seed % 2 == 0 ? 1500 : 6000;  // a sample of patients; two draws each
    const auto drawn = curve_of(paths, {{2, 3, 4}, {0, 7}, draws, seed, 2, 0});
    for (std::size_t i = 0; i < drawn.size(); ++i) {
      ASSERT_TRUE(exact[i].exact());
      ASSERT_FALSE(drawn[i].exact());
      ++drawn_points;
      const double truth = exact[i].share.value();
      outside += truth < drawn[i].share.low || truth > drawn[i].share.high ? 1 : 0;
    }
  }
  // 240 intervals at 95 %: 12 outside are to be expected, and more than 24 happen less than once in
  // a thousand.
  EXPECT_LE(outside, 24);
  EXPECT_EQ(drawn_points, 240);
}

TEST(Uniqueness, ARequestToStopIsAnswered) {
  Stop stop;
  stop.request();
  Progress progress(Progress::Manner::none);
  const auto curve = uniqueness_curve(paths_of({{{0, 1}}}), {{1}, {0}, 1, 1, 2}, progress, stop);
  ASSERT_FALSE(curve);
  EXPECT_EQ(curve.error().fault, Fault::stopped);
}

// Real patients: the Mayo NAFLD cohort (R package survival, nafld3). Known answers, found by brute
// force.
TEST(Uniqueness, NafldHasItsKnownAnswers) {
  const std::string file = PARCOURS_SOURCE_DIR "/../shared/data/nafld/nafld3.csv";
  if (!std::filesystem::exists(file)) {
    GTEST_SKIP() << "../shared/data/nafld is not here";
  }
  Progress progress(Progress::Manner::none);
  const Stop stop;
  exports::ExportFile opened = *exports::ExportFile::open(file, 2);
  const PathsRead read = *read_paths(opened, *exports::plain_roles(opened), progress, stop);
  EXPECT_EQ(read.calendar, Calendar::days);
  EXPECT_EQ(read.left_out.lines, 18);  // onsets without a day
  ASSERT_EQ(read.paths.patients(), 12453);

  const auto curve = curve_of(read.paths, {{1, 2, all}, {0, 7}, 200'000, 1, 2});
  const auto share = [&](std::size_t i) { return curve[i].share.value(); };
  EXPECT_NEAR(share(0), 0.412412, 5e-7);
  EXPECT_NEAR(share(1), 0.743709, 5e-7);
  EXPECT_EQ(std::lround(share(2) * 12453), 9579);
  EXPECT_NEAR(share(3), 0.036995, 5e-7);
  EXPECT_NEAR(share(4), 0.523211, 5e-7);
  EXPECT_EQ(std::lround(share(5) * 12453), 7660);
  EXPECT_TRUE(std::ranges::all_of(curve, &CurvePoint::exact));
}

}  // namespace
}  // namespace parcours::paths
