#include "exports/column_reasons.h"

#include <fmt/format.h>

#include <array>
#include <utility>

namespace parcours::exports {

const Text& said(Reason reason) {
  // In the order of Reason.
  static const std::array<Text, 22> all = {{
      {"an attacker may know any field", "un attaquant peut connaître toute variable"},
      {"taken as the weight of a body; for the weight of a survey, use --weight",
       "prise pour le poids d’une personne ; pour un poids de sondage : --weight"},
      {"empty on every line", "vide à chaque ligne"},
      {"empty on every line of the sample", "vide à chaque ligne de l’échantillon"},
      {"the same on every line", "identique à chaque ligne"},
      {"the same on every line of the sample", "identique à chaque ligne de l’échantillon"},
      {"numbers the lines one after another", "numérote les lignes l’une après l’autre"},
      {"a number or key of the line: a different value on every line",
       "numéro ou clé de la ligne : une valeur différente à chaque ligne"},
      {"left out as a number of the line: a different one on every line",
       "écartée comme numéro de la ligne : différent à chaque ligne"},
      {"a number or key of the patient's: no two patients share one",
       "numéro ou clé propre au patient : deux patients n’en partagent aucun"},
      {"named like a number or key, and has the same value on several lines",
       "nommée comme un numéro ou une clé, avec la même valeur sur plusieurs lignes"},
      {"its values look like keys, and are the same on several lines",
       "ses valeurs ressemblent à des clés et reviennent sur plusieurs lignes"},
      {"holds e-mail addresses", "contient des adresses électroniques"},
      {"holds social security numbers (NIR)", "contient des numéros de sécurité sociale (NIR)"},
      {"holds Internet addresses", "contient des adresses Internet"},
      {"holds values that look like telephone numbers",
       "contient des valeurs qui ressemblent à des numéros de téléphone"},
      {"holds free text, which may name people",
       "contient du texte libre, qui peut nommer des personnes"},
      {"its values are days", "ses valeurs sont des jours"},
      {"its values look like pseudonyms", "ses valeurs ressemblent à des pseudonymes"},
      {"holds two or three words for a sex", "contient deux ou trois mots désignant un sexe"},
      {"holds values that look like codes of illnesses, drugs or procedures",
       "contient des valeurs qui ressemblent à des codes de maladies, de médicaments ou d’actes"},
      {"you chose this role", "vous avez choisi ce rôle"},
  }};
  return all.at(static_cast<std::size_t>(reason));
}

Text named_like(const Text& meaning) {
  return {"named like " + meaning.en, "nommée comme " + meaning.fr};
}

Text with(const Text& first, const Text& second) {
  return second.en.empty() ? first
                           : Text{first.en + "; " + second.en, first.fr + " ; " + second.fr};
}

Text but_fits_better(const Text& reason, std::string_view other) {
  return {fmt::format("{}, but '{}' fits better", reason.en, other),
          fmt::format("{}, mais « {} » convient mieux", reason.fr, other)};
}

Text you_chose_instead(const Text& reason, std::string_view other) {
  return with(reason, {fmt::format("you chose '{}' instead", other),
                       fmt::format("vous avez choisi « {} » à sa place", other)});
}

Text but_not_days(const Text& reason) {
  return {reason.en + ", but its values are not days",
          reason.fr + ", mais ses valeurs ne sont pas des jours"};
}

Text used_as_code(const Text& reason) {
  return with(reason, {"used as the code of the event", "prise comme code de l’événement"});
}

Text used_as_registered_patient(const Text& reason) {
  return with(reason, {"used as the patient; it identifies people elsewhere, so replace it by a "
                       "pseudonym",
                       "prise comme patient ; elle identifie des personnes ailleurs : remplacez-la "
                       "par un pseudonyme"});
}

}  // namespace parcours::exports
