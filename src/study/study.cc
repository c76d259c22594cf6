#include "study/study.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/files.h"
#include "base/nearest.h"
#include "base/sheet.h"
#include "formalities/permit.h"
#include "study/names.h"
#include "study/table_reader.h"
#include "study/variable_reader.h"

namespace parcours::study {
namespace {

constexpr std::int64_t oldest = 150;

const std::array<std::string, 1> the_any = {"any"};
const std::array<std::string, 3> costs = {"margins", "cells",
                                          "patients"};  // as HidingCost has them
const std::array<std::string, 3> sexes = {"female", "male", "unknown"};

std::optional<std::pair<Day, Day>> period_from(Sheet& sheet, Calendar calendar) {
  const TomlValue* value = sheet.find("period");
  if (value == nullptr) {
    return {};
  }
  Mistakes& mistakes = sheet.mistakes();
  const auto* ends = value->as<TomlList>();
  if (ends == nullptr || ends->size() != 2) {
    mistakes.add(value->line(), "'period' in [study] is not two days",
                 calendar == Calendar::dates ? "write [2023-01-01, 2023-12-31]" : "write [0, 365]");
    return {};
  }
  const auto first = day_from((*ends)[0], "the period's first day", calendar, mistakes);
  const auto last = day_from((*ends)[1], "the period's last day", calendar, mistakes);
  if (!first || !last) {
    return {};
  }
  if (*last < *first) {
    mistakes.add(value->line(),
                 fmt::format("the period is reversed: {} comes after {}",
                             to_string(*first, calendar), to_string(*last, calendar)),
                 "write its first day, then its last");
    return {};
  }
  return std::pair(*first, *last);
}

std::string purpose_from(Sheet& sheet) {
  std::string purpose = sheet.text("purpose").value_or("");
  if (!purpose.empty()) {
    const int line = sheet.value_line("purpose");
    if (auto wrong = formalities::wrong_purpose(purpose, sheet.mistakes().place(line))) {
      sheet.mistakes().add(*std::move(wrong), line);
    }
  }
  return purpose;
}

void read_head(Sheet sheet, Calendar calendar, Study& study) {
  sheet.need("id", "id = \"asthma-children\"");
  if (const auto id = sheet.text("id")) {
    check_id(*id, "the study", sheet.line("id"), sheet.mistakes());
    study.id = *id;
  }
  sheet.need("title", "title = { en = \"...\", fr = \"...\" }");
  study.title = sheet.both_languages("title").value_or(Text{});
  study.permit = sheet.text("permit").value_or("");
  study.purpose = purpose_from(sheet);
  study.asked_by = sheet.text("asked_by").value_or("");
  sheet.need("rules", "rules = \"france-2026\"");
  study.rules = sheet.text("rules").value_or("");
  study.period = period_from(sheet, calendar);
  study.period_line = sheet.line("period");
  study.renewed_min = sheet.share("renewed_min");
  sheet.finish();
}

// index = 2024-01-01, index = 0, index = { day = ... }, index = { first = "diagnosis:J45*" }
std::optional<std::variant<Day, vocabulary::Pattern>> index_from(Sheet& sheet, const Study& study,
                                                                 Calendar calendar) {
  const TomlValue* value = sheet.need("index", "index = { first = \"diagnosis:J45*\" }");
  if (value == nullptr) {
    return {};
  }
  Mistakes& mistakes = sheet.mistakes();
  const TomlValue* written = value;
  if (value->as<TomlTable>() != nullptr) {
    Sheet inner = *sheet.sheet("index");
    written = inner.find("day");
    const bool by_event = inner.find("first") != nullptr;
    const auto pattern = pattern_from(inner, "first");
    const std::vector<std::string> rest = inner.rest();
    inner.finish();
    if (by_event == (written != nullptr) && rest.empty()) {
      mistakes.add(inner.line(), fmt::format("'index' names {}", by_event ? "two days" : "no day"),
                   "write { day = ... } or { first = \"diagnosis:J45*\" }");
    }
    if (pattern && written == nullptr) {
      return *pattern;
    }
    if (by_event || written == nullptr) {
      return {};
    }
  }
  const auto day = day_from(*written, "the index day", calendar, mistakes);
  if (!day) {
    return {};
  }
  if (study.period && (*day < study.period->first || study.period->second < *day)) {
    mistakes.add(
        written->line(),
        fmt::format("the index day {} lies outside the study's period", to_string(*day, calendar)),
        fmt::format("the period is {} to {}", to_string(study.period->first, calendar),
                    to_string(study.period->second, calendar)));
    return {};
  }
  return *day;
}

std::optional<FieldCondition> sex_from(Sheet& sheet) {
  const auto values = sheet.texts("sex");
  if (!values) {
    return {};
  }
  const int line = sheet.line("sex");
  for (const std::string& value : *values) {
    if (std::ranges::find(sexes, value) == sexes.end()) {
      sheet.mistakes().add(line, fmt::format("unknown sex '{}'", value),
                           nearest_hint(value, sexes));
    }
  }
  if (values->empty()) {
    sheet.mistakes().add(line, "'sex' in [population] is empty",
                         "remove it, or name at least one sex");
  }
  return FieldCondition{"sex", *values, "", line};
}

// place = ["69", "42"], or { level = "region", is = ["84"] }
std::optional<FieldCondition> place_from(Sheet& sheet) {
  const TomlValue* value = sheet.find("place");
  if (value == nullptr) {
    return {};
  }
  FieldCondition condition{"place", {}, "", sheet.line("place")};
  if (value->as<TomlTable>() != nullptr) {
    Sheet inner = *sheet.sheet("place");
    inner.need("is", "is = [\"84\"]");
    condition.level = level_from(inner);
    condition.values = inner.texts("is").value_or(std::vector<std::string>{});
    inner.finish();
  } else {
    condition.values = sheet.texts("place").value_or(std::vector<std::string>{});
  }
  if (condition.values.empty()) {
    sheet.mistakes().add(condition.line, "'place' in [population] is empty",
                         "write place = [\"69\"] or place = { level = \"region\", is = [\"84\"] }");
  }
  return condition;
}

std::vector<EventTest> tests_from(Sheet& sheet, std::string_view key, Calendar calendar) {
  std::vector<EventTest> tests;
  for (Sheet& one : sheet.sheets(key)) {
    if (auto test = event_test_from(one, the_any, calendar)) {
      tests.push_back(*std::move(test));
    }
    one.finish();
  }
  return tests;
}

Population population_from(Sheet sheet, const Study& study, Calendar calendar) {
  Population population;
  population.index = index_from(sheet, study, calendar).value_or(Day{});
  if (const auto age = sheet.range("age", 0, oldest)) {
    population.age = {static_cast<int>(age->first), static_cast<int>(age->second)};
  }
  for (auto& condition : {sex_from(sheet), place_from(sheet)}) {
    if (condition) {
      population.fields.push_back(*condition);
    }
  }
  population.require = tests_from(sheet, "require", calendar);
  population.exclude = tests_from(sheet, "exclude", calendar);
  sheet.finish();
  return population;
}

tables::HidingCost cost_from(Sheet sheet) {
  sheet.need("cost", "cost = \"cells\"");
  const auto cost = sheet.one_of("cost", costs);
  sheet.finish();
  return cost ? static_cast<tables::HidingCost>(*cost) : tables::HidingCost::margins;
}

void refuse_unbuilt(Sheet& file) {
  for (const std::string key : {"pathway", "survival"}) {
    if (file.find(key) != nullptr) {
      file.mistakes().add(file.line(key), fmt::format("[[{}]] is not supported yet", key),
                          "remove it: this version supports [[table]] only");
    }
  }
}

Study study_from(Sheet file, const std::filesystem::path& path, Calendar calendar) {
  Study study;
  study.file = path;
  study.calendar = calendar;
  if (file.need("study", "[study]") != nullptr) {
    if (auto sheet = file.sheet("study")) {
      read_head(sheet->named("[study]"), calendar, study);
    }
  }
  if (file.need("population", "[population]") != nullptr) {
    if (auto sheet = file.sheet("population")) {
      study.population = population_from(sheet->named("[population]"), study, calendar);
    }
  }
  VariablesRead read;
  if (auto sheet = file.sheet("variables")) {
    Sheet named = sheet->named("[variables]");
    read = variables_from(named, calendar);
  }
  study.variables = std::move(read.variables);
  study.tables = tables_from(file, study.variables, read.named, calendar);
  study.names = names_from(file);
  if (auto sheet = file.sheet("protection")) {
    study.cost = cost_from(sheet->named("[protection]"));
  }
  refuse_unbuilt(file);
  file.finish();
  return study;
}

}  // namespace

Examined examine_study(std::string_view text, const std::filesystem::path& file,
                       Calendar calendar) {
  Mistakes mistakes(file);
  Examined examined;
  if (const auto table = parse_toml(text, mistakes)) {
    examined.study = study_from(Sheet(*table, "the study file", 1, mistakes), file, calendar);
  }
  examined.mistakes = mistakes.in_order();
  return examined;
}

Result<Study> parse_study(std::string_view text, const std::filesystem::path& file,
                          Calendar calendar) {
  Examined examined = examine_study(text, file, calendar);
  if (examined.mistakes.empty()) {
    return std::move(examined.study);
  }
  return std::unexpected(first_of(std::move(examined.mistakes), study_check_names_all));
}

Result<Study> read_study(const std::filesystem::path& file, Calendar calendar) {
  ASSIGN_OR_RETURN(const std::string text, read_file(file, largest_study_file));
  return parse_study(text, file, calendar);
}

Calendar calendar_of_study(std::string_view text) {
  Mistakes ignored("");
  const auto file = parse_toml(text, ignored);
  if (!file) {
    return Calendar::dates;
  }
  const auto in = [](const TomlValue* value, std::string_view key) -> const TomlValue* {
    const auto* table = value == nullptr ? nullptr : value->as<TomlTable>();
    return table == nullptr ? nullptr : table->find(key);
  };
  const auto whole = [](const TomlValue* value) {
    return value != nullptr && value->as<std::int64_t>() != nullptr;
  };
  const TomlValue* index = in(file->find("population"), "index");
  const TomlValue* period = in(file->find("study"), "period");
  const auto* ends = period == nullptr ? nullptr : period->as<TomlList>();
  const bool relative = whole(index) || whole(in(index, "day")) ||
                        (ends != nullptr && !ends->empty() && whole(&ends->front()));
  return relative ? Calendar::days : Calendar::dates;
}

tables::Needs needs_of(const Study& study) {
  tables::Needs needs{study.cost, {}};
  for (const StudyTable& table : study.tables) {
    needs.kept.push_back(table.keep);
  }
  return needs;
}

std::vector<std::string> dimension_variables(const StudyTable& table) {
  std::vector<std::string> ids = table.by;
  if (!table.of.empty()) {
    ids.push_back(table.of);
  }
  return ids;
}

const Variable* find_variable(const Study& study, std::string_view id) {
  const auto found = std::ranges::find(study.variables, id, &Variable::id);
  return found == study.variables.end() ? nullptr : &*found;
}

}  // namespace parcours::study
