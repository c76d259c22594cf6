#include "study/sentences.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace parcours::study {
namespace {

using testing::ElementsAre;

std::vector<std::string> told(const std::string& text, Calendar calendar,
                              std::string tables::Label::*language = &tables::Label::en) {
  const auto study = parse_study(text, "s.toml", calendar);
  EXPECT_TRUE(study) << study.error().sentence();
  std::vector<std::string> words;
  for (const tables::Label& sentence :
       in_sentences(*study, vocabulary::Vocabulary::built_in(), calendar)) {
    words.push_back(sentence.*language);
  }
  return words;
}

// A space that does not break is written ~ here, so that it can be seen.
std::vector<std::string> told_in_french(const std::string& text, Calendar calendar) {
  std::vector<std::string> words = told(text, calendar, &tables::Label::fr);
  for (std::string& sentence : words) {
    for (std::size_t at = 0; (at = sentence.find("\u00a0", at)) != std::string::npos;) {
      sentence.replace(at, 2, "~");
    }
  }
  return words;
}

constexpr const char* asthma_study = R"([study]
id = "asthma"
title = { en = "Asthma in children", fr = "Asthme de l'enfant" }
permit = "2026-DR-014"
period = [2023-01-01, 2025-12-31]
rules = "france-2026"
[population]
index = { first = "diagnosis:J45*" }
age = [6, 17]
sex = ["female", "unknown"]
place = { level = "region", is = ["84", "11"] }
require = [{ any = "consultation:*", within = [-365, -1] }]
exclude = [{ any = "allergy:*" }]
[variables]
sex = { field = "sex" }
age = { field = "age", bands = [6, 12] }
region = { field = "place", level = "region" }
controller = { any = "prescription:R03BA*", within = [0, 90] }
visits = { count = "consultation:*", within = [-180, 0], bands = [0, 3] }
hba1c = { last = "lab:HBA1C", within = [0, 0] }
drug = { first = "prescription:R03*", level = "atc4", within = [1, 30] }
[[table]]
id = "controller"
by = ["age", "sex", "region"]
of = "controller"
[[table]]
id = "drugs"
by = ["age"]
each = { code = "prescription:*", level = "atc5" }
[[table]]
id = "hba1c"
by = ["drug", "visits"]
mean = "hba1c"
)";

TEST(Sentences, AStudyIsToldFromItsPopulationToItsTables) {
  EXPECT_THAT(
      told(asthma_study, Calendar::dates),
      ElementsAre(
          "Study asthma (Asthma in children) runs under permit 2026-DR-014 and is released under "
          "the rules 'france-2026'.",
          "The study counts the patients who have a diagnosis J45* (Asthma) between 1 January "
          "2023 and 31 December 2025; the day of the first is their index day.",
          "They are 6 to 17 years old on that day.", "Their sex is female or not recorded.",
          "They live in the region 84 (Auvergne-Rhône-Alpes) or 11 (Île-de-France).",
          "They have a consultation from 365 days before the index day to 1 day before it.",
          "They have no allergy in the study's period.", "'sex' is the patient's sex.",
          "'age' is the age on the index day, in bands that begin at 6 and 12 years.",
          "'region' is the patient's region.",
          "'controller' is whether the patient has a prescription R03BA* (Inhaled "
          "corticosteroids) from the index day to 90 days after it.",
          "'visits' is the number of days with a consultation from 180 days before the index day "
          "to that day, in bands that begin at 0 and 3.",
          "'hba1c' is the value of the last lab test HBA1C (HbA1c (%)) on the index day.",
          "'drug' is the code of the first prescription R03* (Drugs for asthma and bronchitis) "
          "from 1 day after the index day to 30 days after it, at level atc4.",
          "Table 'controller' counts the patients by 'age', 'sex', 'region' and 'controller'.",
          "Table 'drugs' counts the patients by 'age' and by the code of each prescription in the "
          "study's period, at level atc5; a patient may be counted under several codes.",
          "Table 'hba1c' gives the mean of 'hba1c' by 'drug' and 'visits' among the patients who "
          "have a value."));
}

constexpr const char* short_study = R"([study]
id = "n"
title = "N"
rules = "r"
period = [-10, 20]
[population]
index = 0
[variables]
events = { count = "*", bands = [0, 1] }
[[table]]
id = "t"
by = ["events"]
)";

TEST(Sentences, RelativeDaysAndOrdersHaveTheirOwnWords) {
  EXPECT_THAT(told(short_study, Calendar::days),
              ElementsAre("Study n (N) names no permit and is released under the rules 'r'.",
                          "The study counts all patients; their index day is day 0.",
                          "The study's period runs from day -10 to day 20.",
                          "'events' is the number of days with an event of any kind in the "
                          "study's period, in bands that begin at 0 and 1.",
                          "Table 't' counts the patients by 'events'."));
  EXPECT_THAT(told(short_study, Calendar::order)[1],
              "The study counts all patients; their index day is position 0 in the order.");
}

TEST(Sentences, WhatIsNeededMostIsToldAfterItsTable) {
  const std::string text =
      std::string(short_study) + "keep = [[\"events\"], []]\n[protection]\ncost = \"cells\"\n";
  const std::vector<std::string> english = told(text, Calendar::days);
  ASSERT_EQ(english.size(), 7u);
  EXPECT_EQ(english[5],
            "In table 't', these figures are hidden only if hiding other cells instead would not "
            "be safe: by 'events'; the grand total.");
  EXPECT_EQ(english[6], "Secondary suppression aims to hide as few cells as possible.");
  const std::vector<std::string> french = told_in_french(text, Calendar::days);
  EXPECT_EQ(french[5],
            "Dans le tableau «~t~», ces chiffres ne sont masqués que si le masquage d’autres "
            "cases à leur place ne suffit pas~: par «~events~»~; le total général.");
  EXPECT_EQ(french[6], "Le secret secondaire vise à masquer le moins de cases possible.");
}

TEST(Sentences, AStudyIsToldInFrenchSentenceForSentence) {
  EXPECT_THAT(
      told_in_french(asthma_study, Calendar::dates),
      ElementsAre(
          "L’étude asthma (Asthme de l'enfant) relève de la formalité 2026-DR-014 et est diffusée "
          "selon les règles «~france-2026~».",
          "L’étude porte sur les patients ayant un diagnostic J45* (Asthme) entre le 1er janvier "
          "2023 et le 31 décembre 2025~; la date du premier est leur date index.",
          "Ils ont de 6 à 17 ans ce jour-là.", "Leur sexe est féminin ou non renseigné.",
          "Ils habitent la région 84 (Auvergne-Rhône-Alpes) ou 11 (Île-de-France).",
          "Ils ont une consultation de 365 jours avant la date index à 1 jour avant.",
          "Ils n’ont aucune allergie pendant la période de l’étude.",
          "«~sexe~» est le sexe du patient.",
          "«~âge~» est l’âge à la date index, en tranches commençant à 6 et 12 ans.",
          "«~région~» est la région du patient.",
          "«~controller~» est la présence d’une prescription R03BA* (Corticoïdes inhalés) de la "
          "date index à 90 jours après.",
          "«~visits~» est le nombre de jours avec une consultation de 180 jours avant la date "
          "index jusqu’à cette date, en tranches commençant à 0 et 3.",
          "«~hba1c~» est la valeur du dernier examen de biologie HBA1C (HbA1c (%)) à la date index.",
          "«~drug~» est le code de la première prescription R03* (Médicaments de l'asthme et de "
          "la bronchite chronique) de 1 jour après la date index à 30 jours après, au niveau "
          "ATC 4.",
          "Le tableau «~controller~» compte les patients par «~âge~», «~sexe~», «~région~» et "
          "«~controller~».",
          "Le tableau «~drugs~» compte les patients par «~âge~» et par le code de chaque "
          "prescription pendant la période de l’étude, au niveau ATC 5~; un patient peut être "
          "compté sous plusieurs codes.",
          "Le tableau «~hba1c~» donne la moyenne de «~hba1c~» par «~drug~» et «~visits~» parmi "
          "les patients qui ont une valeur."));
}

TEST(Sentences, FrenchHasItsOwnWordsForRelativeDaysAndOrders) {
  EXPECT_THAT(told_in_french(short_study, Calendar::days),
              ElementsAre("L’étude n (N) ne cite aucune formalité et est diffusée selon les "
                          "règles «~r~».",
                          "L’étude porte sur tous les patients~; leur date index est le jour 0.",
                          "La période de l’étude va du jour -10 au jour 20.",
                          "«~events~» est le nombre de jours avec un événement de toute nature "
                          "pendant la période de l’étude, en tranches commençant à 0 et 1.",
                          "Le tableau «~t~» compte les patients par «~events~»."));
  EXPECT_THAT(told_in_french(short_study, Calendar::order)[2],
              "La période de l’étude va de la position -10 dans l’ordre à la position 20 dans "
              "l’ordre.");
}

}  // namespace
}  // namespace parcours::study
