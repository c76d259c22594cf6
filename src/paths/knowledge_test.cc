#include "paths/knowledge.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <filesystem>
#include <map>
#include <set>

#include "exports/testing/roles.h"
#include "paths/read_paths.h"
#include "paths/testing/worlds.h"
#include "paths/uniqueness.h"

namespace parcours::paths {
namespace {

Paths known(const Paths& paths, Timing timing, Calendar calendar = Calendar::dates) {
  const Stop stop;
  return *known_paths(paths, timing, calendar, Precision::days, stop);
}

std::set<Pair> record_of(const Paths& paths, std::size_t patient) {
  std::set<Pair> record;
  for (std::uint32_t i = paths.record_starts[patient]; i < paths.record_starts[patient + 1]; ++i) {
    const std::uint32_t pair = paths.record_pairs[i];
    const auto place =
        paths.record_places.empty() ? 0 : static_cast<std::int32_t>(paths.record_places[i]);
    record.insert({paths.pair_codes[pair], paths.pair_days[pair] + place});
  }
  return record;
}

std::int32_t day_number(int year, unsigned month, unsigned of_month) {
  return day_of(year, month, of_month)->number;
}

// The slow twin: the definition for one record.
std::set<Pair> slowly_known(const std::set<Pair>& record, Timing timing) {
  std::set<Pair> result;
  if (timing == Timing::order) {
    std::map<std::uint32_t, std::int32_t> firsts;
    for (const auto& [code, d] : record) {
      firsts.try_emplace(code, d);  // a set: the first day of a code comes first
    }
    std::set<std::pair<std::int32_t, std::uint32_t>> in_order;
    for (const auto& [code, d] : firsts) {
      in_order.insert({d, code});
    }
    std::int32_t place = 0;
    for (const auto& [d, code] : in_order) {
      result.insert({code, place++});
    }
    return result;
  }
  std::int32_t first = 1'000'000;
  for (const auto& [code, d] : record) {
    first = std::min(first, d);
  }
  for (const auto& [code, d] : record) {
    result.insert({code, timing == Timing::none          ? 0
                         : timing == Timing::since_first ? d - first
                                                         : timed(d, timing, Calendar::dates)});
  }
  return result;
}

RC_GTEST_PROP(Knowledge, G1KnownPathsAreTheDefinition, (std::uint32_t seed)) {
  Random random(seed);
  const World world = random_world(random, 1 + random.below(12), 6, 4, 80);
  const Paths paths = paths_of(world);
  for (std::uint8_t timing = 0; timing < timings().size(); ++timing) {
    const Paths as_known = known(paths, Timing{timing});
    std::map<std::set<Pair>, std::uint64_t> times;
    for (std::size_t patient = 0; patient < world.size(); ++patient) {
      const std::set<Pair> slowly = slowly_known(world[patient], Timing{timing});
      RC_ASSERT(record_of(as_known, patient) == slowly);
      ++times[slowly];
    }
    const WholePaths whole = whole_paths(as_known);
    RC_ASSERT(whole.unique.of == static_cast<double>(world.size()));
    RC_ASSERT(whole.different == times.size());
    RC_ASSERT(whole.unique.some == static_cast<double>(std::ranges::count_if(
                                       times, [](const auto& path) { return path.second == 1; })));
  }
}

// Whether `other` has the known codes in the order that they have in `mine`; both by place.
bool same_order(const std::set<Pair>& other, const std::vector<Pair>& chosen) {
  std::vector<std::int32_t> places;
  std::vector<Pair> in_order = chosen;
  std::ranges::sort(in_order, {}, &Pair::second);
  for (const Pair& one : in_order) {
    const auto found = std::ranges::find(other, one.first, &Pair::first);
    if (found == other.end()) {
      return false;
    }
    places.push_back(found->second);
  }
  return std::ranges::is_sorted(places);
}

RC_GTEST_PROP(Knowledge, G1TheOrderOfKnownCodesIsKnown, (std::uint32_t seed)) {
  Random random(seed);
  World world = random_world(random, 1 + random.below(12), 7, 6, 30);
  const Paths paths = known(paths_of(world), Timing::order);
  for (auto& record : world) {
    record = slowly_known(record, Timing::order);
  }
  Progress progress(Progress::Manner::none);
  const Stop stop;
  for (const std::uint64_t steps : {usual_pair_steps, std::uint64_t{0}}) {
    const CurveQuestion question{{1, 2, 3, std::nullopt}, {0}, 1'000'000, 1, 1, steps};
    const auto curve = *uniqueness_curve(paths, question, progress, stop);
    for (const CurvePoint& point : curve) {
      double sum = 0;
      for (std::size_t patient = 0; patient < world.size(); ++patient) {
        const auto choices = choices_of(world[patient], point.known.value_or(99));
        double unique = 0;
        for (const auto& chosen : choices) {
          bool alone = true;
          for (std::size_t other = 0; other < world.size(); ++other) {
            alone = alone && (other == patient || !same_order(world[other], chosen));
          }
          unique += alone ? 1 : 0;
        }
        sum += unique / static_cast<double>(choices.size());
      }
      RC_ASSERT(std::abs(point.share.value() - sum / static_cast<double>(world.size())) < 1e-12);
    }
  }
}

TEST(Knowledge, WeeksBeginOnMondayAndMonthsOnTheFirst) {
  const std::int32_t monday = day_number(2023, 3, 6);
  for (const std::int32_t from : {0, -monday, 10'000}) {  // before 1970 as well
    const std::int32_t at = monday + from / 7 * 7;
    EXPECT_EQ(timed(at, Timing::weeks, Calendar::dates),
              timed(at + 6, Timing::weeks, Calendar::dates));
    EXPECT_EQ(timed(at, Timing::weeks, Calendar::dates) - 1,
              timed(at - 1, Timing::weeks, Calendar::dates));
  }
  EXPECT_EQ(timed(day_number(2024, 2, 1), Timing::months, Calendar::dates),
            timed(day_number(2024, 2, 29), Timing::months, Calendar::dates));
  EXPECT_EQ(timed(day_number(2024, 2, 29), Timing::months, Calendar::dates) + 1,
            timed(day_number(2024, 3, 1), Timing::months, Calendar::dates));
  EXPECT_EQ(timed(-1, Timing::weeks, Calendar::days), -1);
  EXPECT_EQ(timed(-30, Timing::months, Calendar::days), -1);
}

TEST(Knowledge, AnOrderHasNoWeeks) {
  const Stop stop;
  for (const Timing timing : {Timing::weeks, Timing::months, Timing::since_first}) {
    EXPECT_FALSE(known_paths(paths_of({{{0, 1}}}), timing, Calendar::order, Precision::days, stop));
  }
  EXPECT_TRUE(
      known_paths(paths_of({{{0, 1}}}), Timing::none, Calendar::order, Precision::days, stop));
}

// Real patients: known answers, found by brute force.
TEST(Knowledge, NafldHasItsKnownAnswers) {
  const std::string file = PARCOURS_SOURCE_DIR "/../shared/data/nafld/nafld3.csv";
  if (!std::filesystem::exists(file)) {
    GTEST_SKIP() << "../shared/data/nafld is not here";
  }
  Progress progress(Progress::Manner::none);
  const Stop stop;
  exports::ExportFile opened = *exports::ExportFile::open(file, 2);
  const PathsRead read = *read_paths(opened, *exports::plain_roles(opened), progress, stop);
  const auto unique = [&](Timing timing) {
    return whole_paths(known(read.paths, timing, read.calendar)).unique.some;
  };
  EXPECT_EQ(unique(Timing::days), 11200);
  EXPECT_EQ(unique(Timing::since_first), 7923);
  EXPECT_EQ(unique(Timing::order), 1615);
  EXPECT_EQ(unique(Timing::none), 129);
}

}  // namespace
}  // namespace parcours::paths
