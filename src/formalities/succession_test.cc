#include "formalities/succession.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "formalities/testing/permit_text.h"

namespace parcours::formalities {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using Lines = std::map<std::string, std::string>;

Permit permit_of(const Lines& changes) {
  const Result<Permit> permit = parse_permit(permit_text(changes), "permit.toml");
  EXPECT_TRUE(permit) << permit.error().sentence();
  return permit.value_or(Permit{});
}

std::vector<std::string> english(const Lines& before, const Lines& next) {
  std::vector<std::string> lines;
  for (const Text& text : widened(permit_of(before), permit_of(next))) {
    EXPECT_FALSE(text.fr.empty());
    lines.push_back(text.en);
  }
  return lines;
}

TEST(Succession, APermitThatSaysTheSameWidensNothing) {
  EXPECT_THAT(english({}, {{"permit.reference", "\"B\""}}), IsEmpty());
}

TEST(Succession, APermitThatIsNarrowerWidensNothing) {
  EXPECT_THAT(english({{"permit.purposes", R"(["public-health-research", "teaching"])"}},
                      {{"permit.valid", "[2026-01-01, 2028-12-31]"},
                       {"permit.leaves", R"(["counts"])"},
                       {"permit.signatures", R"(["checker"])"},
                       {"covers.kinds", R"(["diagnosis"])"},
                       {"covers.codes", R"(["diagnosis:J*"])"},
                       {"covers.fields", R"(["sex"])"},
                       {"covers.days", "[2021-01-01, 2029-12-31]"},
                       {"covers.practices", R"(["cabinet-012"])"},
                       {"covers.provenance", R"(["entered"])"},
                       {"covers.new_keys", R"("year")"},
                       {"retention.years", "9"},
                       {"demands.patients_min", "12"},
                       {"demands.cover_insiders", "true"}}),
              IsEmpty());
}

TEST(Succession, NewPurposesOfResearchServeEarlierRecordsByTheRegulation) {
  EXPECT_THAT(
      english({}, {{"permit.purposes", R"(["public-health-research", "statistics"])"}}),
      ElementsAre("New purposes: statistics of public interest on health and care. The records of "
                  "permit 2026-DR-014 may serve them too.",
                  "Research and statistics are compatible with the purposes of the collection "
                  "(GDPR, articles 5(1)(b) and 89(1))."));
}

TEST(Succession, ForOtherNewPurposesTheOneWhoSignsAnswers) {
  EXPECT_THAT(english({}, {{"permit.purposes", R"(["public-health-research", "teaching"])"}}),
              ElementsAre(HasSubstr("may serve them too"),
                          "Whoever signs answers for it that these are compatible with the "
                          "purposes of the collection (GDPR, article 6(4)): teaching in health and "
                          "care."));
}

TEST(Succession, NewPurposesDoNotCountForPatientsWhoConsented) {
  const Lines consent{{"permit.kind", "\"explicit-consent\""}};
  EXPECT_FALSE(purposes_may_widen(permit_of(consent)));
  EXPECT_THAT(
      english(consent, {{"permit.kind", "\"explicit-consent\""},
                        {"permit.purposes", R"(["public-health-research", "statistics"])"}}),
      ElementsAre(HasSubstr("count for what is collected from now on: the patients of permit "
                            "2026-DR-014 consented to other purposes")));
}

TEST(Succession, EachThingThatIsWidenedHasASentence) {
  const auto only = [](const std::string& key, const std::string& before, const std::string& next) {
    const std::vector<std::string> lines = english({{key, before}}, {{key, next}});
    EXPECT_EQ(lines.size(), 1u) << key;
    return lines.empty() ? std::string() : lines.front();
  };
  EXPECT_EQ(only("permit.askers", R"(["A"])", R"(["A", "B"])"),
            "These may now ask studies, of the records of permit 2026-DR-014 too: B.");
  EXPECT_EQ(only("permit.leaves", R"(["counts"])", R"(["counts", "means"])"),
            "These may now leave, of the records of permit 2026-DR-014 too: means.");
  EXPECT_EQ(only("permit.rules", R"(["a"])", R"(["a", "b"])"),
            "A release may now obey these rules too: b.");
  EXPECT_EQ(only("permit.signatures", R"(["data-team", "checker"])", R"(["data-team"])"),
            "A study no longer needs the signature of: checker.");
  EXPECT_EQ(
      only("permit.valid", "[2026-01-01, 2029-12-31]", "[2026-01-01, 2030-12-31]"),
      "The records of permit 2026-DR-014 may be used until 2030-12-31 instead of 2029-12-31.");
  EXPECT_EQ(only("retention.years", "5", "10"),
            "Records are kept for 10 years from their collection instead of 5 years from their "
            "collection; what is over already stays dead.");
  EXPECT_EQ(only("demands.patients_min", "11", "10"),
            "The rules need no longer be as strict as patients_min 11.");
  EXPECT_EQ(only("demands.cover_insiders", "true", ""),
            "The rules need no longer be as strict as cover_insiders 1.");
  EXPECT_EQ(only("covers.codes", R"(["consultation:*", "diagnosis:J*"])",
                 R"(["consultation:*", "diagnosis:J*", "diagnosis:E*"])"),
            "Also taken from now on: the codes diagnosis:E*.");
  EXPECT_EQ(only("covers.fields", R"(["sex"])", R"(["sex", "place"])"),
            "Also taken from now on: of each patient: place of residence.");
  EXPECT_EQ(
      only("covers.days", "[2020-01-01, 2029-12-31]", "[2019-01-01, 2029-12-31]"),
      "Also taken from now on: facts from 2019-01-01 to 2029-12-31 instead of from 2020-01-01 "
      "to 2029-12-31.");
  EXPECT_EQ(only("covers.practices", R"(["a"])", R"(["a", "b"])"),
            "Also taken from now on: records of these practices: b.");
  EXPECT_EQ(only("covers.practices", R"(["a"])", "\"all\""),
            "Also taken from now on: records of all practices.");
  EXPECT_EQ(only("covers.provenance", R"(["entered"])", R"(["entered", "imported"])"),
            "Also taken from now on: facts taken over by an act of the doctor.");
  EXPECT_EQ(only("covers.follow", "\"practice\"", "\"programme\""),
            "A patient is now followed across practices, in what is sent from now on.");
  EXPECT_EQ(only("covers.new_keys", "\"month\"", "\"year\""),
            "Pseudonyms begin anew less often, in what is sent from now on.");
  EXPECT_EQ(only("permit.uses", R"(["collection"])", R"(["collection", "studies"])"),
            "Studies may now be asked, of the records of permit 2026-DR-014 too.");
}

TEST(Succession, ANewHolderIsNamedWithTheOneBefore) {
  EXPECT_THAT(english({}, {{"permit.reference", "\"B\""},
                           {"permit.holder", "\"Institut\""},
                           {"permit.supersedes", "\"2026-DR-014\""},
                           {"permit.takes_over_from", "\"Observatoire\""}}),
              ElementsAre("The records of permit 2026-DR-014 pass from Observatoire to Institut."));
}

}  // namespace
}  // namespace parcours::formalities
