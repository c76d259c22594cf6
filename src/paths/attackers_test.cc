#include "paths/attackers.h"

#include <gtest/gtest.h>

#include "base/files.h"

namespace parcours::paths {
namespace {

const std::string good = R"([[attacker]]
id     = "employer"
title  = { en = "An employer", fr = "Un employeur" }
who    = { en = "Pays", fr = "Paie" }
person = ["age"]
timing = "days"
within = 0
detail = "kind"
knows  = [{ events = ["sick_leave:*"], how_many = "all" }]
)";

// What is said of the good file with one thing changed.
std::string said(const std::string& what, const std::string& by) {
  std::string text = good;
  const std::size_t at = text.find(what);
  EXPECT_NE(at, std::string::npos);
  text.replace(at, what.size(), by);
  const auto read = parse_attackers(text, "a.toml");
  return read ? "" : read.error().sentence();
}

TEST(Attackers, SixComeWithTheProgram) {
  const Attackers attackers = default_attackers();
  std::vector<std::string> ids;
  for (const Attacker& attacker : attackers.attackers) {
    ids.push_back(attacker.id);
    EXPECT_FALSE(attacker.who.fr.empty());
  }
  EXPECT_EQ(ids, (std::vector<std::string>{"neighbour", "employer", "pharmacist", "insurer",
                                           "school-parent", "press"}));
  EXPECT_EQ(attackers.attackers[0].knows.size(), 2);
  EXPECT_EQ(attackers.attackers[1].knows[0].how_many, std::nullopt);
  EXPECT_EQ(attackers.attackers[4].timing, Timing::months);
}

TEST(Attackers, TheFileInTheRepositoryIsTheOneBuiltIn) {
  EXPECT_EQ(read_attackers(PARCOURS_SOURCE_DIR "/attackers/default.toml")->attackers.size(), 6);
}

TEST(Attackers, G1EveryMistakeHasOneErrorWithItsPlace) {
  EXPECT_EQ(said("timing = \"days\"", "timing = \"weaks\""),
            "a.toml:6: unknown timing 'weaks'; did you mean 'weeks'?");
  EXPECT_EQ(said("detail = \"kind\"", "detail = \"kinds\""),
            "a.toml:8: unknown detail 'kinds'; did you mean 'kind'?");
  EXPECT_EQ(said("sick_leave:*", "sick_leaf:*"),
            "a.toml:9: unknown kind 'sick_leaf'; did you mean 'sick_leave'?");
  EXPECT_EQ(said("within = 0", "witin = 0"),
            "a.toml:7: unknown key 'witin' in attacker 'employer'; did you mean 'within'?");
  EXPECT_EQ(said("within = 0\n", ""),
            "a.toml:1: attacker 'employer' has no 'within'; write, for instance, within = 0");
  EXPECT_EQ(said("within = 0", "within = -1"),
            "a.toml:7: 'within' in attacker 'employer' is -1; it must be a whole number from 0 to "
            "36500");
  EXPECT_TRUE(
      said("\"all\"", "\"some\"").starts_with("a.toml:9: 'how_many' in 'knows' in attacker"));
  EXPECT_TRUE(said("\"all\"", "0").starts_with("a.toml:9: 'how_many' in 'knows' in attacker"));
  EXPECT_TRUE(said("[\"sick_leave:*\"]", "[]").starts_with("a.toml:9: 'knows' in attacker"));
  EXPECT_TRUE(said("sick_leave:*", "sick_leave").starts_with("a.toml:9: events 'sick_leave'"));
  EXPECT_TRUE(
      said("[\"age\"]", "[\"age\", \"age\"]").starts_with("a.toml:5: 'person' in attacker"));
  EXPECT_TRUE(said("fr = \"Paie\"", "de = \"Zahlt\"").starts_with("a.toml:4: unknown key 'de'"));
  EXPECT_TRUE(
      said("[[attacker]]", "[[attackers]]").starts_with("a.toml:1: unknown key 'attackers'"));
  EXPECT_TRUE(said("id     = \"employer\"", "id = ").starts_with("a.toml:2: "));
  EXPECT_TRUE(said("timing = \"days\"\nwithin = 0", "timing = \"order\"\nwithin = 3")
                  .starts_with("a.toml:7: 'within' in attacker"));
  EXPECT_EQ(parse_attackers(good + good, "a.toml").error().found,
            "two attackers are called 'employer'");
  EXPECT_EQ(parse_attackers("", "a.toml").error().found, "the file of attackers has no 'attacker'");
  EXPECT_EQ(parse_attackers("[kinds]\nsick = [\"AT\"]\n" + good, "a.toml").error().sentence(),
            "a.toml:2: unknown kind 'sick'; known: consultation, diagnosis, prescription, lab, "
            "vital, vaccination, sick_leave, allergy, history, procedure, device");
}

TEST(Attackers, G1AnErrorSaysHowManyMoreMistakesThereAre) {
  EXPECT_EQ(said("timing = \"days\"\nwithin = 0\ndetail = \"kind\"",
                 "timing = \"weaks\"\nwithin = -1\ndetail = \"kinds\""),
            "a.toml:6: unknown timing 'weaks'; did you mean 'weeks'? (and 2 more)");
}

TEST(Attackers, KindsHaveTheNamesOfTheExport) {
  const Attackers attackers =
      *parse_attackers("[kinds]\nsick_leave = [\"AT\", \"Arret\"]\n" + good, "a.toml");
  EXPECT_EQ(kind_of(attackers, {"ARRET", "x"}), "sick_leave");
  EXPECT_EQ(kind_of(attackers, {"Diagnosis", "x"}), "diagnosis");
  EXPECT_EQ(kind_of(attackers, {"passage", "x"}), "");
}

TEST(Attackers, PatternsFitCodesOfTheirKind) {
  EXPECT_TRUE(fits({"diagnosis", "J45", true}, "diagnosis", "J45.0"));
  EXPECT_FALSE(fits({"diagnosis", "J45", false}, "diagnosis", "J45.0"));
  EXPECT_FALSE(fits({"diagnosis", "J45", true}, "history", "J45.0"));
  EXPECT_TRUE(fits({}, "", "anything"));
}

}  // namespace
}  // namespace parcours::paths
