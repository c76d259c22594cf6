#include "formalities/permit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <sstream>

#include "base/files.h"
#include "formalities/testing/permit_text.h"

namespace parcours::formalities {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Result<Permit> permit_with(const std::map<std::string, std::string>& changes) {
  return parse_permit(permit_text(changes), "permit.toml");
}

Error refusal_of(const std::map<std::string, std::string>& changes) {
  const Result<Permit> permit = permit_with(changes);
  EXPECT_FALSE(permit) << permit_text(changes);
  return permit ? Error{} : permit.error();
}

std::string why(const std::string& key, const std::string& value) {
  return refusal_of({{key, value}}).sentence();
}

TEST(Permits, AreReadKeyByKey) {
  const Result<Permit> read = permit_with({{"permit.supersedes", "\"2023-DR-002\""},
                                           {"covers.practices", "[\"cabinet-012\"]"},
                                           {"covers.new_keys", "\"year\""},
                                           {"retention.from", "\"fact\""}});
  ASSERT_TRUE(read) << read.error().sentence();
  const Permit& permit = *read;
  EXPECT_EQ(permit.reference, "2026-DR-014");
  EXPECT_EQ(permit.kind, "authorisation");
  EXPECT_EQ(permit.title, (Text{"Asthma", "Asthme"}));
  EXPECT_EQ(permit.holder, "Observatoire");
  EXPECT_THAT(permit.purposes, ElementsAre("public-health-research"));
  EXPECT_EQ(permit.valid, (Days{*day_of(2026, 1, 1), *day_of(2029, 12, 31)}));
  EXPECT_TRUE(permit.collection && permit.studies);
  EXPECT_THAT(permit.askers, ElementsAre("Observatoire"));
  EXPECT_THAT(permit.leaves, ElementsAre("counts", "means"));
  EXPECT_THAT(permit.rules, ElementsAre("france-2026"));
  EXPECT_EQ(permit.supersedes, "2023-DR-002");
  const vocabulary::Kinds& kind = vocabulary::known_kinds();
  EXPECT_TRUE(permit.covers.kinds[kind.consultation] && permit.covers.kinds[kind.diagnosis]);
  EXPECT_EQ(std::ranges::count(permit.covers.kinds, true), 2);
  ASSERT_EQ(permit.covers.codes.size(), 2u);
  EXPECT_EQ(to_string(permit.covers.codes[1]), "diagnosis:J*");
  EXPECT_THAT(permit.covers.fields, ElementsAre("birth_year", "sex", "place"));
  EXPECT_EQ(permit.covers.calendar, Calendar::dates);
  EXPECT_EQ(permit.covers.days, (Days{*day_of(2020, 1, 1), *day_of(2029, 12, 31)}));
  EXPECT_FALSE(permit.covers.all_practices);
  EXPECT_THAT(permit.covers.practices, ElementsAre("cabinet-012"));
  EXPECT_THAT(permit.covers.provenance, ElementsAre(true, true, false, false));
  EXPECT_EQ(permit.covers.otherwise, Otherwise::cut);
  EXPECT_EQ(permit.covers.follow, Follow::practice);
  EXPECT_EQ(permit.covers.new_keys, NewKeys::year);
  EXPECT_EQ(permit.retention.years, 10);
  EXPECT_EQ(permit.retention.from, RetentionFrom::fact);
  ASSERT_EQ(permit.demands.size(), 1u);
  EXPECT_EQ(permit.demands[0].rule, "patients_min");
  EXPECT_EQ(permit.demands[0].value, 11);
  EXPECT_NE(permit.digest, records::Digest());
}

TEST(Permits, HaveNoDefaults) {
  for (const std::string key :
       {"permit.reference", "permit.kind",   "permit.title",     "permit.holder",
        "permit.purposes",  "permit.valid",  "permit.uses",      "permit.askers",
        "permit.leaves",    "permit.rules",  "covers.kinds",     "covers.codes",
        "covers.fields",    "covers.days",   "covers.practices", "covers.provenance",
        "covers.otherwise", "covers.follow", "covers.new_keys",  "retention.years",
        "retention.from"}) {
    const Error error = refusal_of({{key, ""}});
    EXPECT_EQ(error.fault, Fault::input);
    EXPECT_THAT(error.found, HasSubstr("has no '" + key.substr(key.find('.') + 1) + "'"));
    EXPECT_THAT(error.where, HasSubstr("permit.toml:"));
  }
  EXPECT_TRUE(permit_with({{"demands.patients_min", ""}}));
}

TEST(Permits, WhatTheLawBansIsRefusedByNameWithItsArticle) {
  int banned = 0;
  for (const Purpose& purpose : purposes()) {
    const std::string list = "[\"public-health-research\", \"" + purpose.id + "\"]";
    if (purpose.banned) {
      ++banned;
      const Error error = refusal_of({{"permit.purposes", list}});
      EXPECT_EQ(error.fault, Fault::rule);
      EXPECT_THAT(error.found, HasSubstr("bans the purpose '" + purpose.id + "'"));
      EXPECT_THAT(error.right, HasSubstr("article"));
      EXPECT_EQ(error.right, purpose.law);
    } else if (purpose.id != "public-health-research") {
      EXPECT_TRUE(permit_with({{"permit.purposes", list}})) << purpose.id;
    }
  }
  EXPECT_GE(banned, 4);
}

TEST(Permits, WhatWasOnlyConsultedIsNeverCollected) {
  const Error error = refusal_of({{"covers.provenance", "[\"entered\", \"consulted\"]"}});
  EXPECT_EQ(error.fault, Fault::rule);
  EXPECT_THAT(error.found, HasSubstr("only consulted is never collected"));
}

TEST(Permits, UnknownWordsAreErrorsWithTheNearestKnownOne) {
  EXPECT_THAT(why("permit.kind", "\"autorisation\""), HasSubstr("'authorisation'"));
  EXPECT_THAT(why("permit.purposes", "[\"public-health-reserch\"]"),
              HasSubstr("'public-health-research'"));
  EXPECT_THAT(why("permit.uses", "[\"colection\"]"), HasSubstr("'collection'"));
  EXPECT_THAT(why("permit.leaves", "[\"count\"]"), HasSubstr("'counts'"));
  EXPECT_THAT(why("covers.kinds", "[\"consultation\", \"diagnossis\"]"), HasSubstr("'diagnosis'"));
  EXPECT_THAT(why("covers.fields", "[\"birthyear\"]"), HasSubstr("'birth_year'"));
  EXPECT_THAT(why("covers.provenance", "[\"enterd\"]"), HasSubstr("'entered'"));
  EXPECT_THAT(why("covers.otherwise", "\"refused\""), HasSubstr("'refuse'"));
  EXPECT_THAT(why("covers.follow", "\"program\""), HasSubstr("'programme'"));
  EXPECT_THAT(why("demands.patient_min", "11"), HasSubstr("'patients_min'"));
  EXPECT_THAT(why("permit.refrence", "\"x\""), HasSubstr("'reference'"));
}

TEST(Permits, ThatContradictThemselvesAreRefused) {
  EXPECT_THAT(why("permit.valid", "[2029-12-31, 2026-01-01]"), HasSubstr("ends before it begins"));
  EXPECT_THAT(why("permit.valid", "[0, 10]"), HasSubstr("not a date"));
  EXPECT_THAT(why("covers.days", "[2029-12-31, 2026-01-01]"), HasSubstr("ends before it begins"));
  EXPECT_THAT(why("covers.days", "[2026-01-01]"), HasSubstr("not two days"));
  EXPECT_THAT(why("covers.codes", "[\"consultation:*\", \"diagnosis:*\", \"lab:*\"]"),
              HasSubstr("'kinds' does not name"));
  EXPECT_THAT(why("covers.codes", "[\"diagnosis:*\"]"), HasSubstr("consultation:*"));
  EXPECT_THAT(why("covers.codes", "[\"consultation:*\", \"diagnosis:J*4\"]"), HasSubstr("'*'"));
  EXPECT_THAT(why("covers.codes", "[\"consultation:*\", \"diagnosis:J*\", \"diagnosis:!J45\"]"),
              HasSubstr("takes no code out"));
  EXPECT_THAT(why("covers.practices", "\"All\""), HasSubstr("practices = \"all\""));
  EXPECT_THAT(why("covers.practices", "[]"), HasSubstr("names nothing"));
  EXPECT_THAT(why("permit.askers", "[]"), HasSubstr("names nothing"));
  EXPECT_THAT(why("permit.askers", "[\"A\", \"A\"]"), HasSubstr("twice"));
  EXPECT_THAT(why("permit.supersedes", "\"2026-DR-014\""), HasSubstr("supersedes itself"));
  EXPECT_THAT(why("retention.years", "0"), HasSubstr("from 1"));
  EXPECT_THAT(why("demands.cover_insiders", "1"), HasSubstr("true or false"));
}

TEST(Permits, WithoutStudiesNeedNeitherAskersNorRules) {
  EXPECT_TRUE(permit_with({{"permit.uses", "[\"collection\"]"},
                           {"permit.askers", "[]"},
                           {"permit.leaves", "[]"},
                           {"permit.rules", "[]"}}));
}

TEST(Permits, MayCoverAllCodesOfTheirKindsAndRelativeDays) {
  const Result<Permit> all = permit_with({{"covers.codes", "[\"*\"]"}});
  ASSERT_TRUE(all) << all.error().sentence();
  const Result<Permit> relative = permit_with({{"covers.days", "[-3650, 3650]"}});
  ASSERT_TRUE(relative) << relative.error().sentence();
  EXPECT_EQ(relative->covers.calendar, Calendar::days);
  EXPECT_EQ(relative->covers.days, (Days{{-3650}, {3650}}));
}

TEST(Permits, AreToldInSentencesOfBothLanguages) {
  const std::vector<Text> told = sentences(*permit_with({}));
  std::string en;
  std::string fr;
  for (const Text& sentence : told) {
    EXPECT_THAT(sentence.en, testing::EndsWith("."));
    EXPECT_THAT(sentence.fr, testing::EndsWith("."));
    en += sentence.en + "\n";
    fr += sentence.fr + "\n";
  }
  for (const char* part :
       {"Permit 2026-DR-014 (Asthma)", "Loi n° 78-17 du 6 janvier 1978, article 66", "Observatoire",
        "from 2026-01-01 to 2029-12-31", "research in public health", "counts and means",
        "france-2026", "consultations and diagnoses", "diagnosis:J*", "year of birth",
        "all practices", "never collected", "10 years", "patients_min 11"}) {
    EXPECT_THAT(en, HasSubstr(part));
  }
  for (const char* part : {"La formalité 2026-DR-014 (Asthme)", "recherche en santé publique",
                           "du 2020-01-01 au 2029-12-31", "10 ans", "tous les cabinets"}) {
    EXPECT_THAT(fr, HasSubstr(part));
  }
}

TEST(Permits, OfTheMadeUpPanelCoverAllKinds) {
  const std::filesystem::path file =
      std::filesystem::path(PARCOURS_SOURCE_DIR) / "examples/panel/permit.toml";
  const Result<Permit> permit = parse_permit(*read_file(file), file);
  ASSERT_TRUE(permit) << permit.error().sentence();
  EXPECT_EQ(std::ranges::count(permit->covers.kinds, true), std::ssize(vocabulary::kinds()));
}

// The lines of the page's first example, without what sets them apart.
std::string documented_permit() {
  const std::string page =
      *read_file(std::filesystem::path(PARCOURS_SOURCE_DIR) / "docs/permits.md");
  std::string example;
  std::istringstream lines(page.substr(page.find("    [permit]\n")));
  for (std::string line; std::getline(lines, line) && (line.empty() || line.starts_with("    "));) {
    example += (line.empty() ? line : line.substr(4)) + "\n";
  }
  return example;
}

TEST(Permits, OfThePageAboutThemAreRead) {
  const Result<Permit> permit = parse_permit(documented_permit(), "docs/permits.md");
  ASSERT_TRUE(permit) << permit.error().sentence();
  EXPECT_EQ(permit->supersedes, "2023-DR-002");
  EXPECT_EQ(permit->demands.size(), 2u);
}

TEST(Lists, StandOnThePageAboutPermits) {
  const std::string page =
      *read_file(std::filesystem::path(PARCOURS_SOURCE_DIR) / "docs/permits.md");
  for (const Framework& framework : frameworks()) {
    EXPECT_THAT(page, HasSubstr("| `" + framework.id + "` |"));
  }
  for (const Purpose& purpose : purposes()) {
    EXPECT_THAT(page, HasSubstr("| `" + purpose.id + "` |"));
  }
}

TEST(Lists, HaveAnArticleForEveryFrameworkAndBothLanguages) {
  EXPECT_GE(frameworks().size(), 6u);
  for (const Framework& framework : frameworks()) {
    EXPECT_THAT(framework.law, HasSubstr("article"));
    EXPECT_FALSE(framework.name.en.empty() || framework.name.fr.empty());
  }
  for (const Purpose& purpose : purposes()) {
    EXPECT_FALSE(purpose.name.en.empty() || purpose.name.fr.empty());
    EXPECT_EQ(find_purpose(purpose.id), &purpose);
  }
}

}  // namespace
}  // namespace parcours::formalities
