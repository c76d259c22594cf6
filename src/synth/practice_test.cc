#include "synth/practice.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "synth/draw.h"

namespace parcours::synth {
namespace {

const Day opening = *day_of(2023, 1, 1);
const Day closing = *day_of(2025, 12, 31);

class PracticeTest : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    model_ = new Model(opening, closing, 7);
    practice_ = new Practice(make(2000, 36000));
  }
  static void TearDownTestSuite() {
    delete practice_;
    delete model_;
  }

  static Practice make(std::uint32_t patients, std::uint64_t events, bool tells_story = false) {
    return make_practice(*model_,
                         {.number = 3,
                          .first_patient = 0,
                          .patients = patients,
                          .events = events,
                          .home = 20,
                          .tells_story = tells_story},
                         {.pace = 1, .detail = 1});
  }

  static const Person& person_of(const Visit& visit) {
    return practice_->families.people[visit.person];
  }

  static CodeNumber code(std::string_view kind, std::string_view text) {
    return model_->codes.number_of(kind, text);
  }

  static inline Model* model_ = nullptr;
  static inline Practice* practice_ = nullptr;
};

TEST_F(PracticeTest, TheSamePlanGivesTheSamePractice) {
  const Practice again = make(2000, 36000);
  EXPECT_EQ(again.families.people, practice_->families.people);
  ASSERT_EQ(again.visits.all().size(), practice_->visits.all().size());
  for (std::size_t i = 0; i < again.visits.all().size(); ++i) {
    EXPECT_EQ(again.visits.all()[i].day, practice_->visits.all()[i].day);
    EXPECT_EQ(again.visits.all()[i].person, practice_->visits.all()[i].person);
  }
}

TEST_F(PracticeTest, EventsAddUpToWhatThePlanAsksForButForTheLastVisit) {
  constexpr std::uint64_t most_of_a_visit = 40;
  for (const std::uint64_t events : {1000U, 6000U, 36000U, 200000U}) {
    const Practice practice = make(1000, events);
    EXPECT_LE(practice.events, events);
    EXPECT_GE(practice.events + most_of_a_visit, events);
  }
}

TEST_F(PracticeTest, G1EveryEventLiesInThePersonsTimeAndNotBeforeBirth) {
  for (const Visit& visit : practice_->visits.all()) {
    const Person& person = person_of(visit);
    EXPECT_GE(visit.day, opening);
    EXPECT_LE(visit.day, closing);
    EXPECT_GE(visit.day, person.born);
    EXPECT_GE(visit.day, person.from);
    EXPECT_LE(visit.day, person.until);
  }
}

TEST_F(PracticeTest, G2PrescriptionsFollowADiagnosisThatTheyAreFor) {
  std::map<CodeNumber, std::set<CodeNumber>> diagnoses_for;
  for (std::size_t i = 0; i < model_->illnesses.size(); ++i) {
    const Illness& illness = model_->illnesses.at(static_cast<IllnessNumber>(i));
    for (const Drug& drug : illness.drugs) {
      for (const CodeNumber code : drug.drugs) {
        diagnoses_for[code].insert(illness.diagnosis);
      }
    }
  }
  // A hard case too: a practice that had to give up most of its visits.
  const Practice thinned = make(1000, 4000);
  for (const Practice* practice : std::initializer_list<const Practice*>{practice_, &thinned}) {
    std::map<std::uint32_t, std::set<CodeNumber>> known;
    std::size_t prescriptions = 0;
    for (const Visit& visit : practice->visits.all()) {
      for (const Event& event : practice->visits.events_of(visit)) {
        known[visit.person].insert(event.code);
      }
      for (const Event& event : practice->visits.events_of(visit)) {
        const auto reasons = diagnoses_for.find(event.code);
        if (reasons == diagnoses_for.end()) {
          continue;
        }
        ++prescriptions;
        EXPECT_TRUE(std::ranges::any_of(reasons->second, [&](CodeNumber reason) {
          return known[visit.person].contains(reason);
        })) << model_->codes.at(event.code).code;
      }
    }
    EXPECT_GT(prescriptions, 500u);
  }
}

TEST_F(PracticeTest, NobodyIsGivenAPenicillinAfterTheirFileSaysTheyAreAllergic) {
  const CodeNumber allergy = code("allergy", "PENICILLIN");
  std::set<std::uint32_t> allergic;
  for (const Visit& visit : practice_->visits.all()) {
    for (const Event& event : practice_->visits.events_of(visit)) {
      if (event.code == allergy) {
        allergic.insert(visit.person);
      }
      EXPECT_FALSE(model_->codes.at(event.code).code.starts_with("J01C") &&
                   allergic.contains(visit.person));
    }
  }
  EXPECT_GT(allergic.size(), 5u);
}

TEST_F(PracticeTest, AFamilyLivesInOneDepartment) {
  for (const Family& family : practice_->families.families) {
    for (std::uint32_t i = 1; i < family.size; ++i) {
      EXPECT_EQ(practice_->families.people[family.first + i].place,
                practice_->families.people[family.first].place);
    }
  }
}

TEST_F(PracticeTest, ChildrenLiveWithAParentOfAFittingAge) {
  int children = 0;
  int with_parent = 0;
  for (const Family& family : practice_->families.families) {
    const auto people = std::span(practice_->families.people).subspan(family.first, family.size);
    for (const Person& child : people) {
      if (age_at(child, closing) >= 18) {
        continue;
      }
      ++children;
      with_parent += std::ranges::any_of(people, [&](const Person& other) {
        const int older = age_at(other, closing) - age_at(child, closing);
        return older >= 17 && older <= 46;
      });
    }
  }
  EXPECT_GT(children, 300);
  EXPECT_EQ(with_parent, children);
}

TEST_F(PracticeTest, MostPatientsLiveInThePracticesDepartment) {
  const auto home = std::ranges::count(practice_->families.people, 20, &Person::place);
  EXPECT_GT(home, 1700);
  EXPECT_LT(home, 2000);
}

TEST_F(PracticeTest, FluIsCaughtFromTheFamily) {
  const CodeNumber flu = code("diagnosis", "J11.1");
  std::vector<std::uint32_t> family_of;
  for (std::uint32_t f = 0; f < practice_->families.families.size(); ++f) {
    family_of.insert(family_of.end(), practice_->families.families[f].size, f);
  }
  std::vector<std::pair<std::uint32_t, Day>> cases;
  for (const Visit& visit : practice_->visits.all()) {
    for (const Event& event : practice_->visits.events_of(visit)) {
      if (event.code == flu) {
        cases.emplace_back(visit.person, visit.day);
      }
    }
  }
  int near_family = 0;
  int near_others = 0;
  for (const auto& [a, day_a] : cases) {
    for (const auto& [b, day_b] : cases) {
      if (a < b && std::abs(day_a - day_b) <= 6) {
        ++(family_of[a] == family_of[b] ? near_family : near_others);
      }
    }
  }
  // Pairs of the same family are under two in a thousand of all pairs.
  EXPECT_GT(near_family * 100, near_others);
}

TEST_F(PracticeTest, SickLeaveIsForThoseOfWorkingAge) {
  std::size_t leaves = 0;
  for (const Visit& visit : practice_->visits.all()) {
    for (const Event& event : practice_->visits.events_of(visit)) {
      if (vocabulary::kinds()[*model_->codes.at(event.code).kind] == "sick_leave") {
        ++leaves;
        EXPECT_GE(event.value, 1);
        EXPECT_GE(age_at(person_of(visit), visit.day), 18);
        EXPECT_LE(age_at(person_of(visit), visit.day), 64);
      }
    }
  }
  EXPECT_GT(leaves, 50u);
}

TEST_F(PracticeTest, VaccinesComeAtTheirAge) {
  std::map<std::string, int> count;
  for (const Visit& visit : practice_->visits.all()) {
    for (const Event& event : practice_->visits.events_of(visit)) {
      const std::string& text = model_->codes.at(event.code).code;
      const int age = age_at(person_of(visit), visit.day);
      if (text == "J07CA09") {
        EXPECT_LE(age, 1);
        ++count[text];
      } else if (text == "J07BB02") {
        EXPECT_GE(age, 64);
        ++count[text];
      }
    }
  }
  EXPECT_GT(count["J07CA09"], 5);
  EXPECT_GT(count["J07BB02"], 20);
}

TEST_F(PracticeTest, TheChildOfTheStoryIsTwelveAndHasAsthmaUnderLongTermStatus) {
  const Practice practice = make(300, 4500, true);
  ASSERT_TRUE(practice.child);
  EXPECT_EQ(age_at(practice.families.people[*practice.child], closing), 12);
  std::set<CodeNumber> known;
  for (const Visit& visit : practice.visits.all()) {
    for (const Event& event : practice.visits.events_of(visit)) {
      if (visit.person == *practice.child) {
        known.insert(event.code);
      }
    }
  }
  EXPECT_TRUE(known.contains(code("diagnosis", "J45.0")));
  EXPECT_TRUE(known.contains(code("history", "ALD14")));
  EXPECT_GT(known.size(), 5u);
}

TEST_F(PracticeTest, APaceOfMoreGivesMore) {
  const double slow = events_a_patient(*model_, {.pace = 0.5, .detail = 1});
  const double usual = events_a_patient(*model_, {.pace = 1, .detail = 1});
  const double quick = events_a_patient(*model_, {.pace = 3, .detail = 1});
  EXPECT_LT(slow * 1.2, usual);
  EXPECT_LT(usual * 1.2, quick);
}

}  // namespace
}  // namespace parcours::synth
