#include "study/sentences.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace parcours {
namespace {

using testing::ElementsAre;

std::vector<std::string> told(const std::string& text, Calendar calendar) {
  const auto study = parse_study(text, "s.toml", calendar);
  EXPECT_TRUE(study) << study.error().sentence();
  return in_sentences(*study, Vocabulary::built_in(), calendar);
}

TEST(Sentences, AStudyIsToldFromItsPopulationToItsTables) {
  EXPECT_THAT(
      told(R"([study]
id = "asthma"
title = "Asthma in children"
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
)",
           Calendar::dates),
      ElementsAre(
          "Study asthma (Asthma in children) runs under permit 2026-DR-014 and is released by the "
          "rules 'france-2026'.",
          "Counted are patients who have a diagnosis J45* (Asthma) between 1 January 2023 and 31 "
          "December 2025; the day of the first is their index day.",
          "They are 6 to 17 years old on that day.", "Their sex is female or not recorded.",
          "They live in the region 84 (Auvergne-Rhône-Alpes) or 11 (Île-de-France).",
          "They have a consultation from 365 days before the index day to 1 day before it.",
          "They have no allergy in the study's period.", "'sex' is the patient's sex.",
          "'age' is the age on the index day, in bands from 6, 12 years.",
          "'region' is the patient's region.",
          "'controller' is whether there is a prescription R03BA* (Inhaled corticosteroids) from "
          "the index day to 90 days after it.",
          "'visits' is the number of days with a consultation from 180 days before the index day "
          "to that day, in bands from 0, 3.",
          "'hba1c' is the value of the last lab test HBA1C (HbA1c (%)) on the index day.",
          "'drug' is the code of the first prescription R03* (Drugs for asthma and bronchitis) "
          "from 1 day after the index day to 30 days after it, at level atc4.",
          "Table 'controller' counts the patients by 'age', 'sex', 'region' and 'controller'.",
          "Table 'drugs' counts the patients by 'age' and by the code of each prescription in the "
          "study's period, at level atc5; a patient may stand in several.",
          "Table 'hba1c' takes the mean of 'hba1c' over the patients by 'drug' and 'visits' who "
          "have one."));
}

TEST(Sentences, RelativeDaysAndOrdersHaveTheirOwnWords) {
  const std::string text = R"([study]
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
  EXPECT_THAT(told(text, Calendar::days),
              ElementsAre("Study n (N) names no permit and is released by the rules 'r'.",
                          "Counted are all patients; their index day is day 0.",
                          "The study's period goes from day -10 to day 20.",
                          "'events' is the number of days with an event of any kind in the study's "
                          "period, in bands from 0, 1.",
                          "Table 't' counts the patients by 'events'."));
  EXPECT_THAT(told(text, Calendar::order)[1],
              "Counted are all patients; their index day is place 0 in the order.");
}

}  // namespace
}  // namespace parcours
