#include "study/uses.h"

#include <algorithm>

namespace parcours::study {
namespace {

bool same(const vocabulary::Pattern& a, const vocabulary::Pattern& b) {
  return a.kind == b.kind && a.code == b.code && a.prefix == b.prefix;
}

class UsesList {
 public:
  explicit UsesList(const Study& study) : has_period_(study.period.has_value()) {}

  void add(const vocabulary::Pattern& pattern, const std::optional<Window>& within) {
    if (std::ranges::none_of(uses_.patterns,
                             [&](const vocabulary::Pattern& one) { return same(one, pattern); })) {
      uses_.patterns.push_back(pattern);
    }
    if (!within) {
      uses_.unlimited = uses_.unlimited || !has_period_;
    } else if (std::ranges::find(uses_.windows, *within) == uses_.windows.end()) {
      uses_.windows.push_back(*within);
    }
  }

  void add(const std::string& field) {
    const std::string known = field == "age" ? "birth_year" : field;
    const bool of_patients = std::ranges::find(vocabulary::patient_fields(), known) !=
                             vocabulary::patient_fields().end();
    if (of_patients && std::ranges::find(uses_.fields, known) == uses_.fields.end()) {
      uses_.fields.push_back(known);
    }
  }

  void add(const StudyTable& table) {
    if (table.what == StudyTable::What::each) {
      add(table.each, table.within);
    }
    const bool mean = table.what == StudyTable::What::mean;
    uses_.means = uses_.means || mean;
    uses_.counts = uses_.counts || !mean;
  }

  StudyUses list() && { return std::move(uses_); }

 private:
  bool has_period_;
  StudyUses uses_;
};

}  // namespace

StudyUses uses_of(const Study& study) {
  UsesList list(study);
  const Population& population = study.population;
  if (const auto* index = std::get_if<vocabulary::Pattern>(&population.index)) {
    list.add(*index, std::nullopt);
  }
  if (population.age) {
    list.add("age");
  }
  for (const FieldCondition& condition : population.fields) {
    list.add(condition.field);
  }
  for (const auto* tests : {&population.require, &population.exclude}) {
    for (const EventTest& test : *tests) {
      list.add(test.pattern, test.within);
    }
  }
  for (const Variable& variable : study.variables) {
    if (const auto* test = std::get_if<EventTest>(&variable.source)) {
      list.add(test->pattern, test->within);
    } else {
      list.add(std::get<FieldTest>(variable.source).field);
    }
  }
  for (const StudyTable& table : study.tables) {
    list.add(table);
  }
  return std::move(list).list();
}

}  // namespace parcours::study
