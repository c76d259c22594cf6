#include "formalities/words.h"

#include <fmt/format.h>

#include <array>

namespace parcours::formalities {
namespace {

// As Provenance has them.
const std::array<Text, 4> provenance_words = {
    {{"written down by the practice", "saisis par le cabinet"},
     {"sent to the practice", "reçus par le cabinet"},
     {"taken over by an act of the doctor", "repris par un acte du médecin"},
     {"only consulted", "seulement consultés"}}};

}  // namespace

Text field_word(std::string_view field) {
  if (field == "sex") {
    return {"sex", "le sexe"};
  }
  return field == "birth_year" ? Text{"year of birth", "l’année de naissance"}
                               : Text{"place of residence", "le lieu de résidence"};
}

// "a, b and c"
Text listed(const std::vector<Text>& parts) {
  Text all;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const bool last = i > 0 && i + 1 == parts.size();
    all.en += (i == 0 ? "" : last ? " and " : ", ") + parts[i].en;
    all.fr += (i == 0 ? "" : last ? " et " : ", ") + parts[i].fr;
  }
  return all;
}

Text names_listed(const std::vector<std::string>& names) {
  std::vector<Text> parts;
  for (const std::string& name : names) {
    parts.push_back({name, name});
  }
  return listed(parts);
}

Text days_words(const Days& days, Calendar calendar) {
  const std::string first = to_string(days.first, calendar);
  const std::string last = to_string(days.last, calendar);
  if (calendar == Calendar::dates) {
    return {fmt::format("from {} to {}", first, last), fmt::format("du {} au {}", first, last)};
  }
  return {
      fmt::format("from {} to {} of each patient’s own days", first, last),
      fmt::format("du jour {} au jour {} de chaque patient", days.first.number, days.last.number)};
}

Text provenance_word(std::size_t provenance) {
  return provenance_words.at(provenance);
}

Text kept_words(const Retention& retention) {
  const int years = retention.years;
  const bool fact = retention.from == RetentionFrom::fact;
  return {fmt::format("{} year{} from {}", years, years == 1 ? "" : "s",
                      fact ? "the day of the fact" : "their collection"),
          fmt::format("{} an{} à compter de {}", years, years == 1 ? "" : "s",
                      fact ? "la date du fait" : "leur collecte")};
}

}  // namespace parcours::formalities
