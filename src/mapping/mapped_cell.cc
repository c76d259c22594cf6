#include "mapping/mapped_cell.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/day.h"

namespace parcours::mapping {
namespace {

// { column = "..." } or { constant = "..." }, in a table whose other keys are read already.
std::optional<Cell> cell_of(Sheet& table) {
  const bool by_column = table.find("column") != nullptr;
  if (by_column == (table.find("constant") != nullptr)) {
    if (by_column ||
        table.rest().empty()) {  // a key that is not known may be one of them, misspelt
      table.mistakes().add(table.line(),
                           fmt::format("{} needs either a column or a constant", table.name()));
    }
    return {};
  }
  if (by_column) {
    auto name = column(table, "column");
    return name ? std::optional(Cell{std::move(name), {}, {}}) : std::nullopt;
  }
  auto constant = table.cell_text("constant");
  return constant ? std::optional(Cell{{}, *std::move(constant), {}}) : std::nullopt;
}

}  // namespace

std::vector<std::string> cells_of(Sheet& sheet, std::string_view key) {
  std::vector<std::string> texts;
  for (TextAt& one : sheet.cell_texts(key).value_or(std::vector<TextAt>{})) {
    texts.push_back(std::move(one.text));
  }
  return texts;
}

std::vector<std::string> cells_in_order(Sheet& sheet, std::string_view key) {
  std::vector<std::string> texts = cells_of(sheet, key);
  std::ranges::sort(texts);
  return texts;
}

std::optional<ColumnName> column(Sheet& sheet, std::string_view key) {
  sheet.need(key, fmt::format("{} = \"the column's name\"", key));
  auto name = sheet.cell_text(key);
  return name ? std::optional(ColumnName{*std::move(name), sheet.value_line(key)}) : std::nullopt;
}

std::vector<ColumnName> columns(Sheet& sheet, std::string_view key) {
  std::vector<ColumnName> columns;
  const auto names = sheet.cell_texts(key);
  for (const TextAt& name : names.value_or(std::vector<TextAt>{})) {
    columns.push_back({name.text, name.line});
  }
  if (names && columns.empty()) {
    sheet.mistakes().add(sheet.value_line(key),
                         fmt::format("'{}' in {} names no column", key, sheet.name()));
  }
  return columns;
}

Recode recode(Sheet& sheet) {
  Recode map;
  if (auto table = sheet.sheet("map")) {
    for (const std::string& from : table->rest()) {
      if (auto to = table->cell_text(from)) {
        map.emplace(from, *std::move(to));
      }
    }
  }
  return map;
}

std::optional<Cell> cell(Sheet& section, std::string_view key,
                         const std::function<Recode(Sheet&)>& more) {
  const auto* value = section.need(key, fmt::format("{} = \"the column's name\"", key));
  if (value == nullptr) {
    return {};
  }
  if (value->as<TomlTable>() == nullptr) {
    auto name = column(section, key);
    return name ? std::optional(Cell{std::move(name), {}, {}}) : std::nullopt;
  }
  Sheet table = *section.sheet(key);
  Recode map = more(table);
  auto read = cell_of(table);
  table.finish();
  if (read) {
    read->map = std::move(map);
  }
  return read;
}

std::optional<Cell> cell(Sheet& section, std::string_view key) {
  return cell(section, key, [](Sheet&) { return Recode(); });
}

std::string format_of(Sheet& table) {
  const auto format = table.cell_text("format");
  if (!format) {
    return std::string(iso_day_format);
  }
  if (!is_day_format(*format)) {
    table.mistakes().add(table.value_line("format"),
                         fmt::format("'{}' is not a date format", *format), day_format_hint);
    return std::string(iso_day_format);
  }
  return *format;
}

std::optional<SaidProvenance> provenance(Sheet& section) {
  const auto* value = section.find("provenance");
  if (value == nullptr) {
    return {};
  }
  SaidProvenance made;
  made.line = section.value_line("provenance");
  if (value->as<TomlTable>() == nullptr) {
    const std::string name = section.cell_text("provenance").value_or("");
    const auto found = std::ranges::find(records::provenance_names, name);
    if (found == records::provenance_names.end()) {
      section.mistakes().add(
          made.line, fmt::format("unknown provenance '{}'", name),
          "write \"entered\", \"received\", \"imported\" or \"consulted\" for all rows; for a "
          "column, { column = \"...\", entered = [\"...\"], consulted = [\"...\"] }");
      return {};
    }
    made.constant = static_cast<records::Provenance>(found - records::provenance_names.begin());
    return made;
  }
  Sheet table = *section.sheet("provenance");
  made.column = column(table, "column");
  for (std::size_t i = 0; i < records::provenance_names.size(); ++i) {
    const auto words = table.cell_texts(records::provenance_names[i]);
    for (const TextAt& word : words.value_or(std::vector<TextAt>{})) {
      if (!made.words.emplace(word.text, static_cast<records::Provenance>(i)).second) {
        table.mistakes().add(word.line,
                             fmt::format("'{}' is given for two provenances", word.text));
      }
    }
  }
  if (made.column && made.words.empty() && table.rest().empty()) {
    table.mistakes().add(table.line(), "provenance lists no word of its column",
                         "add, for instance, entered = [\"...\"] and consulted = [\"...\"]");
  }
  table.finish();
  return made.column ? std::optional(std::move(made)) : std::nullopt;
}

std::vector<Condition> conditions(Sheet& section) {
  std::vector<Condition> all;
  for (Sheet& table : section.one_or_more_sheets("where")) {
    Condition condition;
    condition.column = column(table, "column").value_or(ColumnName{});
    condition.in = table.find("in") != nullptr;
    if (condition.in == (table.find("not") != nullptr) && (condition.in || table.rest().empty())) {
      table.mistakes().add(table.line(), "where needs either in = [...] or not = [...]");
    }
    condition.values = cells_in_order(table, condition.in ? "in" : "not");
    table.finish();
    all.push_back(std::move(condition));
  }
  return all;
}

}  // namespace parcours::mapping
