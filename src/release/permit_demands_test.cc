#include "release/permit_demands.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "base/files.h"

namespace parcours::release {
namespace {

using testing::HasSubstr;

const std::filesystem::path source = PARCOURS_SOURCE_DIR;

protect::Rules french_rules() {
  return *protect::read_rules(source / "rules/france-2026.toml");
}

formalities::Permit permit_demanding(const std::vector<formalities::Demand>& demands) {
  const auto file = source / "examples/panel/permit.toml";
  formalities::Permit permit = *formalities::parse_permit(*read_file(file), file);
  permit.demands = demands;
  return permit;
}

std::string not_met(const protect::Rules& rules, const std::vector<formalities::Demand>& demands) {
  std::string found;
  for (const study::PermitFinding& finding : check_demands(rules, permit_demanding(demands))) {
    EXPECT_EQ(finding.covered, finding.remedy.en.empty());
    found += finding.covered ? "" : finding.sentence.en + " " + finding.remedy.en + "\n";
  }
  return found;
}

TEST(PermitDemands, OfTheMadeUpPanelAreMet) {
  const auto file = source / "examples/panel/permit.toml";
  const auto findings =
      check_demands(french_rules(), *formalities::parse_permit(*read_file(file), file));
  EXPECT_GE(findings.size(), 2u);
  EXPECT_TRUE(all_covered(findings, "rules"));
}

TEST(PermitDemands, NameTheRulesFilesThatTheyAllow) {
  protect::Rules rules = french_rules();
  rules.id = "other";
  EXPECT_EQ(not_met(rules, {}),
            "The permit does not name the rules other. release under one of: france-2026\n");
}

TEST(PermitDemands, OfTheCollectionSayNothingOfTheRulesFile) {
  protect::Rules rules = french_rules();
  rules.id = "other";
  const auto findings = check_strictness(rules, permit_demanding({{"patients_min", 11}}));
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_TRUE(findings[0].covered);
}

TEST(PermitDemands, ALeastNumberMustBeAsLarge) {
  for (const char* rule : {"patients_min", "complement_min", "practices_min",
                           "without_largest_practice_min", "width_min", "mean_rounding_patients"}) {
    EXPECT_EQ(not_met(french_rules(), {{rule, 2}}), "") << rule;
    EXPECT_THAT(not_met(french_rules(), {{rule, 12}}), HasSubstr("or more")) << rule;
  }
  EXPECT_EQ(not_met(french_rules(), {{"patients_min", 11}}), "");
}

TEST(PermitDemands, AShareMustBeAsSmall) {
  for (const char* rule : {"largest_practice_share_below", "largest_value_share_below"}) {
    EXPECT_EQ(not_met(french_rules(), {{rule, 0.85}}), "") << rule;
    EXPECT_EQ(not_met(french_rules(), {{rule, 0.9}}), "") << rule;
    EXPECT_THAT(not_met(french_rules(), {{rule, 0.8}}), HasSubstr("0.8 or less")) << rule;
  }
}

TEST(PermitDemands, AYesMustBeYes) {
  protect::Rules rules = french_rules();
  for (const char* rule : {"hide_group_disclosure", "cover_insiders"}) {
    EXPECT_EQ(not_met(rules, {{rule, 1}}), "") << rule;
    EXPECT_EQ(not_met(rules, {{rule, 0}}), "") << rule;
  }
  rules.hide_group_disclosure = false;
  rules.cover_insiders = false;
  for (const char* rule : {"hide_group_disclosure", "cover_insiders"}) {
    EXPECT_THAT(not_met(rules, {{rule, 1}}), HasSubstr("is true")) << rule;
    EXPECT_EQ(not_met(rules, {{rule, 0}}), "") << rule;
  }
}

TEST(PermitDemands, OfPracticesAreNotMetByRulesThatCountNone) {
  protect::Rules rules = french_rules();
  rules.has_practices = false;
  EXPECT_THAT(not_met(rules, {{"practices_min", 1}}), HasSubstr("count no practices"));
}

TEST(PermitDemands, MayNameEveryRuleOfARulesFileButTheKindsThatAreSensitive) {
  std::vector<std::string> demanded;
  for (const formalities::DemandRule& rule : formalities::demand_rules()) {
    demanded.push_back(rule.rule);
  }
  for (const protect::RuleReason& reason : french_rules().reasons) {
    if (reason.rule != "sensitive") {
      EXPECT_EQ(std::ranges::count(demanded, reason.rule), 1) << reason.rule;
    }
  }
  EXPECT_EQ(demanded.size() + 1, french_rules().reasons.size());
}

}  // namespace
}  // namespace parcours::release
