#include "synth/layout.h"

#include <gtest/gtest.h>

#include <set>

namespace parcours::synth {
namespace {

const Model& model() {
  static const Model model(*day_of(2023, 1, 1), *day_of(2025, 12, 31), 3);
  return model;
}

TEST(Layout, EveryPatientAndEventHasAPractice) {
  for (const std::uint32_t practices : {1U, 2U, 13U, 192U}) {
    constexpr std::uint64_t patients = 20011;
    constexpr std::uint64_t events = 300007;
    std::uint64_t patients_seen = 0;
    std::uint64_t events_seen = 0;
    for (const PracticePlan& plan : lay_out(model(), practices, patients, events)) {
      EXPECT_EQ(plan.first_patient, patients_seen);
      EXPECT_GE(plan.patients, 1u);
      patients_seen += plan.patients;
      events_seen += plan.events;
    }
    EXPECT_EQ(patients_seen, patients);
    EXPECT_EQ(events_seen, events);
  }
}

TEST(Layout, ThirteenPracticesAreOneInEachRegion) {
  std::set<std::string> regions;
  for (const PracticePlan& plan : lay_out(model(), 13, 13000, 195000)) {
    regions.insert(model().population.places()[plan.home].region);
  }
  EXPECT_EQ(regions.size(), 13u);
}

TEST(Layout, PracticesAreOfDifferentSizeAndOneTellsTheStory) {
  std::uint32_t least = ~0U;
  std::uint32_t most = 0;
  int stories = 0;
  for (const PracticePlan& plan : lay_out(model(), 200, 200000, 3000000)) {
    least = std::min(least, plan.patients);
    most = std::max(most, plan.patients);
    stories += plan.tells_story ? 1 : 0;
  }
  EXPECT_GT(most, 3 * least);
  EXPECT_EQ(stories, 1);
}

TEST(Layout, AsManyPracticesAsPatientsHaveOneEach) {
  for (const PracticePlan& plan : lay_out(model(), 20, 20, 100)) {
    EXPECT_EQ(plan.patients, 1u);
  }
}

TEST(Layout, SmallPanelsHaveFewerPractices) {
  EXPECT_EQ(usual_practices(1), 1u);
  EXPECT_EQ(usual_practices(100), 5u);
  EXPECT_EQ(usual_practices(1000), 13u);
  EXPECT_EQ(usual_practices(250000), 192u);
}

}  // namespace
}  // namespace parcours::synth
