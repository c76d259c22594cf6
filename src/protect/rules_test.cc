#include "protect/rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/files.h"

namespace parcours::protect {
namespace {

using testing::HasSubstr;

const std::filesystem::path source = PARCOURS_SOURCE_DIR;

std::string france() {
  return read_file(source / "rules/france-2026.toml").value();
}

std::string with(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

std::string mistake(const std::string& text) {
  const Result<Rules> rules = parse_rules(text, "r.toml");
  return rules ? "no mistake was found" : rules.error().sentence();
}

TEST(Rules, OfFranceAreReadAsTheyAreWritten) {
  const Rules rules = read_rules(source / "rules/france-2026.toml").value();
  EXPECT_EQ(rules.id, "france-2026");
  EXPECT_EQ(rules.patients_min, 11u);
  EXPECT_EQ(rules.complement_min, 11u);
  EXPECT_TRUE(rules.has_practices);
  EXPECT_EQ(rules.practices_min, 3u);
  EXPECT_DOUBLE_EQ(rules.largest_practice_share_below, 0.85);
  EXPECT_EQ(rules.without_largest_practice_min, 5u);
  EXPECT_DOUBLE_EQ(rules.largest_value_share_below, 0.85);
  EXPECT_TRUE(rules.hide_group_disclosure);
  EXPECT_EQ(rules.width_min, 11u);
  EXPECT_TRUE(rules.cover_insiders);
  EXPECT_EQ(rules.sensitive.size(), 9u);
  EXPECT_EQ(rules.sha256.size(), 64u);
  EXPECT_EQ(rules.mean_rounding_patients, 2u);
  EXPECT_EQ(rules.reasons.size(), 11u);
  for (const RuleReason& reason : rules.reasons) {
    EXPECT_FALSE(reason.because.en.empty() || reason.because.fr.empty() ||
                 reason.source.en.empty());
  }
}

TEST(Rules, OfTheExamplesSayWhyThereAreNoPractices) {
  for (const char* example : {"nafld", "diabetes130"}) {
    const Rules rules = read_rules(source / "examples" / example / "rules.toml").value();
    EXPECT_FALSE(rules.has_practices);
    EXPECT_FALSE(rules.no_practices_because.en.empty());
    EXPECT_FALSE(rules.no_practices_because.fr.empty());
  }
}

TEST(Rules, HaveNoDefault) {
  const std::string text = france();
  for (const char* rule :
       {"patients_min", "complement_min", "practices_min", "sensitive",
        "largest_practice_share_below", "largest_value_share_below", "mean_rounding_patients",
        "without_largest_practice_min", "hide_group_disclosure", "width_min", "cover_insiders"}) {
    const std::size_t begin = text.find("[" + std::string(rule) + "]");
    std::string without = text;
    without.erase(begin, text.find("source", begin) - begin);
    without.erase(begin, without.find('\n', begin) - begin);
    EXPECT_THAT(mistake(without), HasSubstr("has no '" + std::string(rule) + "'"));
  }
  for (const char* part : {"\nvalue", "\nbecause", "\nsource"}) {
    EXPECT_THAT(mistake(with(text, part, "\n# ")), HasSubstr("has no '"));
  }
  EXPECT_THAT(mistake(with(text, "practices = ", "# ")),
              HasSubstr("r.toml:1: the rules file has no 'practices'"));
}

TEST(Rules, RefuseAbsurdValuesAndSayWhatWouldBeRight) {
  const std::string text = france();
  EXPECT_THAT(mistake(with(text, "value   = 11", "value   = 0")),
              testing::AllOf(HasSubstr("r.toml:12: 'value' in [patients_min] is 0"),
                             HasSubstr("from 2 to 10000")));
  EXPECT_THAT(mistake(with(text, "value   = 11", "value   = -11")),
              HasSubstr("is -11; it must be"));
  EXPECT_THAT(mistake(with(text, "value   = 11", "value   = 11.0")),
              HasSubstr("is a number; it must be a whole number"));
  EXPECT_THAT(mistake(with(text, "value   = 3", "value   = 21")), HasSubstr("from 2 to 20"));
  EXPECT_THAT(mistake(with(text, "value   = 0.85", "value   = 1.5")), HasSubstr("up to 1"));
  EXPECT_THAT(mistake(with(text, "value   = 0.85", "value   = 0")), HasSubstr("above 0"));
  EXPECT_THAT(mistake(with(text, "value   = 0.85", "value   = nan")), HasSubstr("above 0"));
  EXPECT_THAT(mistake(with(text, "value   = true", "value   = \"yes\"")),
              HasSubstr("[hide_group_disclosure] is a text; it must be true or false"));
  EXPECT_THAT(mistake(with(text, "\"counted\"", "\"maybe\"")),
              HasSubstr("unknown practices 'maybe'; known: counted, none"));
}

TEST(Rules, RefuseWhatNobodyKnowsAndNameTheNearest) {
  const std::string text = france();
  EXPECT_EQ(mistake(with(text, "[patients_min]", "[patient_min]")),
            "r.toml:11: unknown key 'patient_min' in the rules file; did you mean 'patients_min'?");
  EXPECT_THAT(mistake(text + "\n[patients_max]\nvalue = 3\n"),
              testing::AllOf(HasSubstr("unknown key 'patients_max'"), HasSubstr("patients_min")));
  EXPECT_THAT(mistake(with(text, "\"diagnosis\"", "\"diagnossis\"")),
              HasSubstr("did you mean 'diagnosis'?"));
  EXPECT_THAT(
      mistake(with(text, "en = ", "de = ")),
      HasSubstr("unknown key 'de' in 'title' in the rules file; known: en, fr (and 1 more)"));
}

TEST(Rules, RefuseARuleOnPracticesThatTheSourceHasNot) {
  EXPECT_THAT(mistake(with(france(), "\"counted\"", "\"none\"")),
              HasSubstr("'practices_min' is given for a source without practices"));
}

TEST(Rules, SayHowManyMoreMistakesThereAre) {
  std::string text = with(france(), "value   = 3", "value   = 21");
  text = with(with(text, "[width_min]", "[with_min]"), "\"counted\"", "\"maybe\"");
  EXPECT_THAT(mistake(text), HasSubstr("r.toml:7: unknown practices 'maybe'"));
  EXPECT_THAT(mistake(text), HasSubstr("(and 1 more)"));
}

TEST(Rules, NameTheLineOfWhatIsNotToml) {
  EXPECT_THAT(mistake("id = \"x\"\ntitle = = 3\n"), HasSubstr("r.toml:2"));
}

}  // namespace
}  // namespace parcours::protect
