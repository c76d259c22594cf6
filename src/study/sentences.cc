#include "study/sentences.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>

#include "formalities/permit.h"
#include "study/labels.h"
#include "study/phrases.h"

namespace parcours::study {
namespace {

// What French calls a level of a code system; the others have no word of their own.
std::string french_level(const std::string& level) {
  if (level == "region") {
    return "région";
  }
  if (level == "department") {
    return "département";
  }
  if (level == "chapter") {
    return "chapitre";
  }
  if (level == "icd3" || level == "icd4") {
    return level == "icd3" ? "CIM à 3 caractères" : "CIM à 4 caractères";
  }
  return level.starts_with("atc") ? "ATC " + level.substr(3) : level;
}

// Each sentence is told in both languages side by side, so that neither says what the other does
// not.
class Teller {
 public:
  Teller(const Study& study, const vocabulary::Vocabulary& vocabulary, Calendar calendar)
      : study_(study), vocabulary_(vocabulary), calendar_(calendar) {}

  std::vector<tables::Label> sentences() const {
    std::vector<tables::Label> told = {head()};
    if (!study_.asked_by.empty()) {
      told.push_back({fmt::format("{} asks it.", study_.asked_by),
                      fmt::format("{} la demande.", study_.asked_by)});
    }
    if (const formalities::Purpose* purpose = formalities::find_purpose(study_.purpose)) {
      told.push_back({fmt::format("It serves {}.", purpose->name.en),
                      fmt::format("Elle a pour finalité : {}.", purpose->name.fr)});
    }
    tell_population(told);
    for (const Variable& variable : study_.variables) {
      const tables::Label id = variable_name(variable);
      const tables::Label is = meaning(variable);
      told.push_back(
          {fmt::format("{} is {}.", id.en, is.en), fmt::format("{} est {}.", id.fr, is.fr)});
    }
    for (const StudyTable& table : study_.tables) {
      told.push_back(table_sentence(table));
      if (!table.keep.empty()) {
        told.push_back(keep_sentence(table));
      }
    }
    if (const std::optional<tables::Label> cost = cost_sentence()) {
      told.push_back(*cost);
    }
    return told;
  }

 private:
  tables::Label head() const {
    const tables::Label permit = study_.permit.empty()
                                     ? tables::Label{"names no permit", "ne cite aucune formalité"}
                                     : tables::Label{"runs under permit " + study_.permit,
                                                     "relève de la formalité " + study_.permit};
    const tables::Label rules = in_quotes(study_.rules);
    return {fmt::format("Study {} ({}) {} and is released under the rules {}.", study_.id,
                        study_.title.en, permit.en, rules.en),
            fmt::format("L’étude {} ({}) {} et est diffusée selon les règles {}.", study_.id,
                        study_.title.fr, permit.fr, rules.fr)};
  }

  void tell_population(std::vector<tables::Label>& told) const {
    const Population& population = study_.population;
    tell_index(told);
    if (population.age) {
      const auto [youngest, oldest] = *population.age;
      told.push_back({fmt::format("They are {} to {} years old on that day.", youngest, oldest),
                      fmt::format("Ils ont de {} à {} ans ce jour-là.", youngest, oldest)});
    }
    for (const FieldCondition& condition : population.fields) {
      told.push_back(condition.field == "sex" ? sex_sentence(condition)
                                              : place_sentence(condition));
    }
    for (const EventTest& test : population.require) {
      const tables::Label event = one(noun(test.pattern));
      const tables::Label when = time(test.within);
      told.push_back({fmt::format("They have {} {}.", event.en, when.en),
                      fmt::format("Ils ont {} {}.", event.fr, when.fr)});
    }
    for (const EventTest& test : population.exclude) {
      const tables::Label event = none_of(noun(test.pattern));
      const tables::Label when = time(test.within);
      told.push_back({fmt::format("They have {} {}.", event.en, when.en),
                      fmt::format("Ils n’ont {} {}.", event.fr, when.fr)});
    }
  }

  void tell_index(std::vector<tables::Label>& told) const {
    if (const auto* pattern = std::get_if<vocabulary::Pattern>(&study_.population.index)) {
      const Noun event = noun(*pattern);
      const tables::Label any = one(event);
      const tables::Label period = between();
      told.push_back(
          {fmt::format("The study counts the patients who have {}{}; the day of the first is "
                       "their index day.",
                       any.en, period.en),
           fmt::format("L’étude porte sur les patients ayant {}{}\u00a0; la date {} est leur date "
                       "index.",
                       any.fr, period.fr, event.feminine ? "de la première" : "du premier")});
      return;
    }
    const tables::Label index = day(std::get<Day>(study_.population.index));
    told.push_back(
        {fmt::format("The study counts all patients; their index day is {}.", index.en),
         fmt::format("L’étude porte sur tous les patients\u00a0; leur date index est {}.",
                     index.fr)});
    if (study_.period) {
      const tables::Label first = day(study_.period->first);
      const tables::Label last = day(study_.period->second);
      told.push_back(
          {fmt::format("The study's period runs from {} to {}.", first.en, last.en),
           fmt::format("La période de l’étude va {} {}.", with_de(first.fr), with_a(last.fr))});
    }
  }

  static tables::Label sex_sentence(const FieldCondition& condition) {
    tables::Label sexes;
    for (const std::string& sex : condition.values) {
      const tables::Label word = sex == "unknown"  ? not_recorded().label
                                 : sex == "female" ? tables::Label{"female", "féminin"}
                                                   : tables::Label{"male", "masculin"};
      add_choice(sexes, word);
    }
    return {fmt::format("Their sex is {}.", sexes.en), fmt::format("Leur sexe est {}.", sexes.fr)};
  }

  tables::Label place_sentence(const FieldCondition& condition) const {
    tables::Label places;
    for (const std::string& code : condition.values) {
      const auto label = vocabulary_.label("fr-department", code, condition.level);
      add_choice(places, label ? tables::Label{fmt::format("{} ({})", code, label->en),
                                               fmt::format("{} ({})", code, label->fr)}
                               : tables::Label{code, code});
    }
    const tables::Label level =
        condition.level == "region"       ? tables::Label{"the region", "la région"}
        : condition.level == "department" ? tables::Label{"the department", "le département"}
                                          : tables::Label{"the place", "le lieu"};
    return {fmt::format("They live in {} {}.", level.en, places.en),
            fmt::format("Ils habitent {} {}.", level.fr, places.fr)};
  }

  static void add_choice(tables::Label& choices, const tables::Label& choice) {
    choices.en += (choices.en.empty() ? "" : " or ") + choice.en;
    choices.fr += (choices.fr.empty() ? "" : " ou ") + choice.fr;
  }

  tables::Label day(Day of) const { return day_phrase(of, calendar_); }
  tables::Label time(std::optional<Window> within) const {
    return time_phrase(within, study_.period.has_value());
  }
  Noun noun(const vocabulary::Pattern& pattern) const { return event_noun(pattern, vocabulary_); }

  tables::Label between() const {
    if (!study_.period) {
      return {};
    }
    const tables::Label first = day(study_.period->first);
    const tables::Label last = day(study_.period->second);
    return {fmt::format(" between {} and {}", first.en, last.en),
            fmt::format(" entre {} et {}", first.fr, last.fr)};
  }

  static tables::Label banded(const Variable& variable, const tables::Label& unit = {}) {
    if (variable.bands.empty()) {
      return {};
    }
    std::vector<tables::Label> ends;
    for (const double end : variable.bands) {
      ends.push_back(number_phrase(end));
    }
    const tables::Label all = listed(ends);
    return {fmt::format(", in bands that begin at {}{}", all.en, unit.en),
            fmt::format(", en tranches commençant à {}{}", all.fr, unit.fr)};
  }

  static tables::Label at_level(const std::string& level) {
    return level.empty()
               ? tables::Label{}
               : tables::Label{", at level " + level, ", au niveau " + french_level(level)};
  }

  tables::Label meaning(const Variable& variable) const {
    const auto* test = std::get_if<FieldTest>(&variable.source);
    if (test == nullptr) {
      return event_meaning(variable, std::get<EventTest>(variable.source));
    }
    if (test->field == "age") {
      const tables::Label bands = banded(variable, {" years", " ans"});
      return {"the age on the index day" + bands.en, "l’âge à la date index" + bands.fr};
    }
    Variable unnamed = variable;
    unnamed.label = {};
    const tables::Label field = variable_label(unnamed);
    const tables::Label bands = banded(variable);
    const char* the = test->field == "birth_year"                            ? "l’"
                      : test->field == "place" && variable.level == "region" ? "la "
                                                                             : "le ";
    return {fmt::format("the patient's {}{}", field.en, bands.en),
            fmt::format("{}{} du patient{}", the, field.fr, bands.fr)};
  }

  tables::Label event_meaning(const Variable& variable, const EventTest& test) const {
    const Noun event = noun(test.pattern);
    const tables::Label when = time(test.within);
    const tables::Label any = one(event);
    const tables::Label bands = banded(variable);
    switch (test.measure) {
      case EventTest::Measure::any:
        return {fmt::format("whether the patient has {} {}", any.en, when.en),
                fmt::format("la présence {} {}", with_de(any.fr), when.fr)};
      case EventTest::Measure::count: {
        const tables::Label places =
            calendar_ == Calendar::order
                ? tables::Label{"positions in the order", "positions dans l’ordre"}
                : tables::Label{"days", "jours"};
        return {fmt::format("the number of {} with {} {}{}", places.en, any.en, when.en, bands.en),
                fmt::format("le nombre de {} avec {} {}{}", places.fr, any.fr, when.fr, bands.fr)};
      }
      case EventTest::Measure::first:
      case EventTest::Measure::last:
        break;
    }
    const tables::Label which =
        test.measure == EventTest::Measure::first ? the_first(event) : the_last(event);
    if (!variable.bands.empty() || (variable.level.empty() && used_as_mean(variable))) {
      return {fmt::format("the value of {} {}{}", which.en, when.en, bands.en),
              fmt::format("la valeur {} {}{}", with_de(which.fr), when.fr, bands.fr)};
    }
    const tables::Label level = at_level(variable.level);
    return {fmt::format("the code of {} {}{}", which.en, when.en, level.en),
            fmt::format("le code {} {}{}", with_de(which.fr), when.fr, level.fr)};
  }

  bool used_as_mean(const Variable& variable) const {
    return std::ranges::any_of(study_.tables,
                               [&](const StudyTable& table) { return table.mean == variable.id; });
  }

  // A variable by its id; "code" of `each` is none.
  tables::Label named(const std::string& id) const {
    const Variable* variable = find_variable(study_, id);
    return variable == nullptr ? in_quotes(id) : variable_name(*variable);
  }

  tables::Label by_phrase(const std::vector<std::string>& ids) const {
    if (ids.empty()) {
      return {};
    }
    std::vector<tables::Label> names;
    for (const std::string& id : ids) {
      names.push_back(named(id));
    }
    const tables::Label all = listed(names);
    return {" by " + all.en, " par " + all.fr};
  }

  tables::Label table_sentence(const StudyTable& table) const {
    const tables::Label id = table_name(table);
    switch (table.what) {
      case StudyTable::What::of: {
        const tables::Label by = by_phrase(dimension_variables(table));
        return {fmt::format("Table {} counts the patients{}.", id.en, by.en),
                fmt::format("Le tableau {} compte les patients{}.", id.fr, by.fr)};
      }
      case StudyTable::What::each:
        return each_sentence(table);
      case StudyTable::What::mean:
        break;
    }
    const tables::Label by = by_phrase(table.by);
    const tables::Label mean = named(table.mean);
    return {fmt::format("Table {} gives the mean of {}{} among the patients who have a value.",
                        id.en, mean.en, by.en),
            fmt::format("Le tableau {} donne la moyenne de {}{} parmi les patients qui ont une "
                        "valeur.",
                        id.fr, mean.fr, by.fr)};
  }

  // Margins in the words of a table: by one variable, by two together, as a whole.
  tables::Label keep_sentence(const StudyTable& table) const {
    tables::Label margins;
    const auto add = [&](const tables::Label& margin) {
      margins.en += (margins.en.empty() ? "" : "; ") + margin.en;
      margins.fr += (margins.fr.empty() ? "" : "\u00a0; ") + margin.fr;
    };
    for (const tables::Margin& margin : table.keep) {
      add(margin.empty() ? tables::Label{"the grand total", "le total général"} : by_alone(margin));
    }
    const tables::Label id = table_name(table);
    return {
        fmt::format("In table {}, these figures are hidden only if hiding other cells instead "
                    "would not be safe: {}.",
                    id.en, margins.en),
        fmt::format("Dans le tableau {}, ces chiffres ne sont masqués que si le masquage d’autres "
                    "cases à leur place ne suffit pas\u00a0: {}.",
                    id.fr, margins.fr)};
  }

  tables::Label by_alone(const tables::Margin& margin) const {
    tables::Label by = by_phrase(margin);
    return {by.en.substr(1), by.fr.substr(1)};
  }

  // The usual cost goes without saying.
  std::optional<tables::Label> cost_sentence() const {
    switch (study_.cost) {
      case tables::HidingCost::margins:
        break;
      case tables::HidingCost::cells:
        return tables::Label{"Secondary suppression aims to hide as few cells as possible.",
                             "Le secret secondaire vise à masquer le moins de cases possible."};
      case tables::HidingCost::patients:
        return tables::Label{
            "Secondary suppression aims to hide cells with as few patients as possible.",
            "Le secret secondaire vise à masquer les cases qui comptent le moins de patients."};
    }
    return std::nullopt;
  }

  tables::Label each_sentence(const StudyTable& table) const {
    const tables::Label id = table_name(table);
    const tables::Label by = by_phrase(table.by);
    const tables::Label event = noun(table.each).text;
    const tables::Label when = time(table.within);
    const tables::Label level = at_level(table.level);
    const bool alone = table.by.empty();
    return {
        fmt::format("Table {} counts the patients{}{} by the code of each {} {}{}; a patient may "
                    "be counted under several codes.",
                    id.en, by.en, alone ? "" : " and", event.en, when.en, level.en),
        fmt::format("Le tableau {} compte les patients{}{} par le code de chaque {} {}{}\u00a0; "
                    "un patient peut être compté sous plusieurs codes.",
                    id.fr, by.fr, alone ? "" : " et", event.fr, when.fr, level.fr)};
  }

  const Study& study_;
  const vocabulary::Vocabulary& vocabulary_;
  Calendar calendar_;
};

}  // namespace

std::vector<tables::Label> in_sentences(const Study& study,
                                        const vocabulary::Vocabulary& vocabulary,
                                        Calendar calendar) {
  return Teller(study, vocabulary, calendar).sentences();
}

}  // namespace parcours::study
