#include "past/told.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/check.h"
#include "study/code_columns.h"

namespace parcours::past {
namespace {

// An event test without a window looks at the study's period.
std::string span_of(const std::optional<study::Window>& within, const study::Study& study) {
  if (within) {
    return fmt::format("within {}..{}", within->first, within->last);
  }
  return study.period
             ? fmt::format("in {}..{}", study.period->first.number, study.period->second.number)
             : "ever";
}

std::string definition_of(const study::EventTest& test, const study::Study& study) {
  constexpr const char* measures[] = {"any", "count", "first", "last"};
  return fmt::format("{} {} {}", measures[static_cast<std::size_t>(test.measure)],
                     vocabulary::to_string(test.pattern), span_of(test.within, study));
}

std::string index_of(const study::Study& study) {
  const auto* pattern = std::get_if<vocabulary::Pattern>(&study.population.index);
  return pattern == nullptr
             ? std::to_string(std::get<Day>(study.population.index).number)
             : fmt::format("{} {}", vocabulary::to_string(*pattern), span_of(std::nullopt, study));
}

// The index day is part of whatever is counted from it.
std::string definition_of(const study::Variable& variable, const study::Study& study) {
  const auto* field = std::get_if<study::FieldTest>(&variable.source);
  const std::string what = field != nullptr
                               ? field->field
                               : definition_of(std::get<study::EventTest>(variable.source), study);
  const bool dated = field == nullptr || field->field == "age";
  return fmt::format("{} [{}] @{} {}", what, fmt::join(variable.bands, ","), variable.level,
                     dated ? "from " + index_of(study) : "");
}

std::string definition_of_population(const study::Study& study) {
  const study::Population& population = study.population;
  std::string text = "from " + index_of(study);
  if (population.age) {
    text += fmt::format("; age {}..{}", population.age->first, population.age->second);
  }
  std::vector<std::string> conditions;
  for (const study::FieldCondition& condition : population.fields) {
    std::vector<std::string> values = condition.values;
    std::ranges::sort(values);
    conditions.push_back(
        fmt::format("{}@{} in {}", condition.field, condition.level, fmt::join(values, ",")));
  }
  for (const study::EventTest& test : population.require) {
    conditions.push_back("with " + definition_of(test, study));
  }
  for (const study::EventTest& test : population.exclude) {
    conditions.push_back("without " + definition_of(test, study));
  }
  std::ranges::sort(conditions);
  for (const std::string& condition : conditions) {
    text += "; " + condition;
  }
  return text;
}

Told told_of(const study::Variable& variable, const study::Study& study,
             const vocabulary::CodeBook& codes) {
  Told told{.definition = definition_of(variable, study)};
  const auto* field = std::get_if<study::FieldTest>(&variable.source);
  if (field == nullptr) {
    told.trait = Trait::events;
    // Of a study that was counted some code matches.
    const vocabulary::Pattern& pattern = std::get<study::EventTest>(variable.source).pattern;
    told.codes =
        study::matching_codes(pattern, codes, "").value_or(std::vector<vocabulary::CodeId>());
  } else if (field->field == "place") {
    told.trait = Trait::place;
  } else if (field->field == "practice") {
    told.trait = Trait::practice;
  } else if (field->field != "sex") {
    told.trait = Trait::age;
  }
  return told;
}

study::Study of_any_days(study::Study study) {
  if (study.period) {
    study.period = {Day{}, Day{}};
  }
  if (std::holds_alternative<Day>(study.population.index)) {
    study.population.index = Day{};
  }
  return study;
}

}  // namespace

ToldStudy told_by(const study::Study& study, const vocabulary::CodeBook& codes) {
  ToldStudy told{definition_of_population(study), {}};
  for (const study::StudyTable& table : study.tables) {
    ToldTable& made = told.tables.emplace_back();
    made.what = table.what;
    for (const std::string& id : study::dimension_variables(table)) {
      const study::Variable* variable = study::find_variable(study, id);
      PARCOURS_CHECK(variable != nullptr);
      made.dimensions.push_back(told_of(*variable, study, codes));
    }
    if (table.what == study::StudyTable::What::each) {
      made.counts = fmt::format("{} @{} {} from {}", vocabulary::to_string(table.each), table.level,
                                span_of(table.within, study), index_of(study));
    } else if (table.what == study::StudyTable::What::mean) {
      const study::Variable* variable = study::find_variable(study, table.mean);
      PARCOURS_CHECK(variable != nullptr);
      made.counts = definition_of(*variable, study);
    }
  }
  return told;
}

std::string question_of(const study::Study& study) {
  // Codes that the vault has met are no part of the question.
  const ToldStudy told = told_by(of_any_days(study), vocabulary::CodeBook());
  std::string question = study.id + '\n' + told.population;
  for (std::size_t t = 0; t < told.tables.size(); ++t) {
    question += fmt::format("\n{} {} {}", study.tables[t].id, static_cast<int>(told.tables[t].what),
                            told.tables[t].counts);
    for (const Told& dimension : told.tables[t].dimensions) {
      question += "\n  " + dimension.definition;
    }
  }
  return question;
}

bool of_one_trait(const Told& a, const Told& b) {
  if (a.trait != b.trait) {
    return false;
  }
  if (a.trait != Trait::events) {
    return true;
  }
  std::vector<vocabulary::CodeId> both;
  std::ranges::set_intersection(a.codes, b.codes, std::back_inserter(both));
  return !both.empty();
}

}  // namespace parcours::past
