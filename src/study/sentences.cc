#include "study/sentences.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "study/labels.h"

namespace parcours {
namespace {

class Teller {
 public:
  Teller(const Study& study, const Vocabulary& vocabulary, Calendar calendar)
      : study_(study), vocabulary_(vocabulary), calendar_(calendar) {}

  std::vector<std::string> sentences() const {
    std::vector<std::string> told = {head()};
    tell_population(told);
    for (const Variable& variable : study_.variables) {
      told.push_back(fmt::format("'{}' is {}.", variable.id, meaning(variable)));
    }
    for (const StudyTable& table : study_.tables) {
      told.push_back(table_sentence(table));
    }
    return told;
  }

 private:
  std::string head() const {
    const std::string permit =
        study_.permit.empty() ? "names no permit" : "runs under permit " + study_.permit;
    return fmt::format("Study {} ({}) {} and is released by the rules '{}'.", study_.id,
                       study_.title.en, permit, study_.rules);
  }

  void tell_population(std::vector<std::string>& told) const {
    const Population& population = study_.population;
    if (const auto* pattern = std::get_if<Pattern>(&population.index)) {
      told.push_back(
          fmt::format("Counted are patients who have {}{}; the day of the first is their index "
                      "day.",
                      with_article(*pattern), in_period()));
    } else {
      told.push_back(fmt::format("Counted are all patients; their index day is {}.",
                                 day(std::get<Day>(population.index))));
      if (study_.period) {
        told.push_back(fmt::format("The study's period goes from {} to {}.",
                                   day(study_.period->first), day(study_.period->second)));
      }
    }
    if (population.age) {
      told.push_back(fmt::format("They are {} to {} years old on that day.", population.age->first,
                                 population.age->second));
    }
    for (const FieldCondition& condition : population.fields) {
      told.push_back(condition_sentence(condition));
    }
    for (const EventTest& test : population.require) {
      told.push_back(
          fmt::format("They have {} {}.", with_article(test.pattern), time(test.within)));
    }
    for (const EventTest& test : population.exclude) {
      told.push_back(fmt::format("They have no {} {}.", name(test.pattern), time(test.within)));
    }
  }

  std::string condition_sentence(const FieldCondition& condition) const {
    if (condition.field == "sex") {
      std::vector<std::string> sexes = condition.values;
      std::ranges::replace(sexes, std::string("unknown"), std::string("not recorded"));
      return fmt::format("Their sex is {}.", fmt::join(sexes, " or "));
    }
    std::vector<std::string> places;
    for (const std::string& code : condition.values) {
      const auto label = vocabulary_.label("fr-department", code, condition.level);
      places.push_back(label ? fmt::format("{} ({})", code, label->en) : code);
    }
    const std::string level = condition.level.empty() ? "place" : condition.level;
    return fmt::format("They live in the {} {}.", level, fmt::join(places, " or "));
  }

  // "2 March 2023", "day 12"
  std::string day(Day of) const {
    static const std::array<const char*, 12> months = {
        "January", "February", "March",     "April",   "May",      "June",
        "July",    "August",   "September", "October", "November", "December"};
    const std::string written = to_string(of, calendar_);
    if (calendar_ != Calendar::dates || written.size() != 10) {
      return calendar_ == Calendar::order ? "place " + written + " in the order" : written;
    }
    const auto month = static_cast<std::size_t>(std::stoi(written.substr(5, 2)));
    return fmt::format("{} {} {}", std::stoi(written.substr(8, 2)), months.at(month - 1),
                       std::stoi(written.substr(0, 4)));
  }

  std::string in_period() const {
    return study_.period ? fmt::format(" between {} and {}", day(study_.period->first),
                                       day(study_.period->second))
                         : "";
  }

  std::string time(std::optional<Window> within) const {
    if (!within) {
      return study_.period ? "in the study's period" : "at any time";
    }
    const auto days = [](std::int32_t number) {
      return fmt::format("{} day{}", std::abs(number), std::abs(number) == 1 ? "" : "s");
    };
    const auto point = [&](std::int32_t number, const char* index_day) {
      return number == 0 ? std::string(index_day)
                         : fmt::format("{} {} {}", days(number), number < 0 ? "before" : "after",
                                       index_day);
    };
    if (within->first == within->last) {
      return (within->first == 0 ? "on " : "") + point(within->first, "the index day");
    }
    return fmt::format("from {} to {}", point(within->first, "the index day"),
                       point(within->last, within->last == 0 ? "that day" : "it"));
  }

  // "diagnosis J45* (Asthma)"
  std::string name(const Pattern& pattern) const {
    if (!pattern.kind) {
      return "event of any kind";
    }
    std::string text = kind_label(*pattern.kind).en;
    if (pattern.code.empty()) {
      return text;
    }
    text += " " + pattern.code + (pattern.prefix ? "*" : "");
    const std::string called = label(pattern);
    return called.empty() ? text : fmt::format("{} ({})", text, called);
  }

  std::string with_article(const Pattern& pattern) const {
    const std::string text = name(pattern);
    return (std::string_view("aeiou").find(text.front()) == std::string_view::npos ? "a " : "an ") +
           text;
  }

  // What the pattern's code is called in the code systems that its kind is written in.
  std::string label(const Pattern& pattern) const {
    std::set<std::string> systems = {"icd10", "icd9", "atc"};
    for (const Code& code : Vocabulary::built_in_codes_of(*pattern.kind)) {
      systems.insert(code.system);
    }
    for (const std::string& system : systems) {
      if (const auto found = vocabulary_.label(system, pattern.code)) {
        return found->en;
      }
    }
    return {};
  }

  static std::string banded(const Variable& variable, std::string_view unit) {
    return variable.bands.empty()
               ? ""
               : fmt::format(", in bands from {}{}", fmt::join(variable.bands, ", "), unit);
  }

  std::string meaning(const Variable& variable) const {
    if (const auto* test = std::get_if<FieldTest>(&variable.source)) {
      if (test->field == "age") {
        return "the age on the index day" + banded(variable, " years");
      }
      return "the patient's " +
             variable_label({.id = {},
                             .label = {},
                             .source = variable.source,
                             .bands = {},
                             .level = variable.level})
                 .en +
             banded(variable, "");
    }
    return event_meaning(variable, std::get<EventTest>(variable.source));
  }

  std::string event_meaning(const Variable& variable, const EventTest& test) const {
    const std::string when = time(test.within);
    switch (test.measure) {
      case EventTest::Measure::any:
        return fmt::format("whether there is {} {}", with_article(test.pattern), when);
      case EventTest::Measure::count:
        return fmt::format("the number of {} with {} {}{}",
                           calendar_ == Calendar::order ? "places in the order" : "days",
                           with_article(test.pattern), when, banded(variable, ""));
      case EventTest::Measure::first:
      case EventTest::Measure::last:
        break;
    }
    const char* which = test.measure == EventTest::Measure::first ? "first" : "last";
    if (!variable.bands.empty() || (variable.level.empty() && used_as_mean(variable))) {
      return fmt::format("the value of the {} {} {}{}", which, name(test.pattern), when,
                         banded(variable, ""));
    }
    return fmt::format("the code of the {} {} {}{}", which, name(test.pattern), when,
                       variable.level.empty() ? "" : ", at level " + variable.level);
  }

  bool used_as_mean(const Variable& variable) const {
    return std::ranges::any_of(study_.tables,
                               [&](const StudyTable& table) { return table.mean == variable.id; });
  }

  static std::string by_phrase(std::vector<std::string> ids) {
    std::vector<Label> names;
    for (std::string& id : ids) {
      names.push_back({"'" + id + "'", ""});
    }
    return names.empty() ? "" : " by " + listed(names).en;
  }

  std::string table_sentence(const StudyTable& table) const {
    const std::string start = fmt::format("Table '{}' counts", table.id);
    switch (table.what) {
      case StudyTable::What::of: {
        std::vector<std::string> ids = table.by;
        if (!table.of.empty()) {
          ids.push_back(table.of);
        }
        return fmt::format("{} the patients{}.", start, by_phrase(std::move(ids)));
      }
      case StudyTable::What::each:
        return fmt::format(
            "{} the patients{}{}by the code of each {} {}{}; a patient may stand "
            "in several.",
            start, by_phrase(table.by), table.by.empty() ? " " : " and ", name(table.each),
            time(table.within), table.level.empty() ? "" : ", at level " + table.level);
      case StudyTable::What::mean:
        break;
    }
    return fmt::format("Table '{}' takes the mean of '{}' over the patients{} who have one.",
                       table.id, table.mean, by_phrase(table.by));
  }

  const Study& study_;
  const Vocabulary& vocabulary_;
  Calendar calendar_;
};

}  // namespace

std::vector<std::string> in_sentences(const Study& study, const Vocabulary& vocabulary,
                                      Calendar calendar) {
  return Teller(study, vocabulary, calendar).sentences();
}

}  // namespace parcours
