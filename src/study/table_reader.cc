#include "study/table_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/nearest.h"
#include "study/variable_reader.h"

namespace parcours::study {
namespace {

struct Known {
  std::span<const Variable> variables;
  std::span<const std::string> named;
};

enum class Use { category, number };

// Notes a variable that there is not, or that cannot serve here.
void check_variable(const std::string& id, std::string_view key, Use use, const Known& known,
                    Sheet& sheet) {
  const int line = sheet.line(key);
  if (std::ranges::find(known.named, id) == known.named.end()) {
    sheet.mistakes().add(
        line, fmt::format("unknown variable '{}'", id),
        known.named.empty() ? "[variables] is empty" : nearest_hint(id, known.named));
    return;
  }
  const auto found = std::ranges::find(known.variables, id, &Variable::id);
  if (found == known.variables.end()) {
    return;  // it has a mistake of its own
  }
  if (use == Use::category && !has_categories(*found)) {
    sheet.mistakes().add(line, fmt::format("'{}' is a count without bands", id),
                         "give it bands such as [0, 1, 3], or use it in `mean`");
  }
  if (use == Use::number && !has_numbers(*found)) {
    sheet.mistakes().add(line, fmt::format("'{}' has no numbers, so it has no mean", id),
                         "take the mean of an age, a count, or a first or last value");
  }
}

void check_by(const StudyTable& table, const Known& known, Sheet& sheet) {
  for (const std::string& id : table.by) {
    check_variable(id, "by", Use::category, known, sheet);
    if (std::ranges::count(table.by, id) > 1 || id == table.of) {
      sheet.mistakes().add(sheet.line("by"),
                           fmt::format("'{}' appears twice in table '{}'", id, table.id),
                           "name each variable once");
      return;
    }
  }
}

void read_each(Sheet each, Calendar calendar, StudyTable& table) {
  each.need("code", "each = { code = \"prescription:R03*\", level = \"atc5\" }");
  table.each = pattern_from(each, "code").value_or(vocabulary::Pattern{});
  table.level = level_from(each);
  table.within = window_from(each, calendar);
  each.finish();
}

// The names that a margin of this table may have.
std::vector<std::string> names_of(const StudyTable& table) {
  std::vector<std::string> names = table.by;
  if (!table.of.empty()) {
    names.push_back(table.of);
  }
  if (table.what == StudyTable::What::each) {
    names.emplace_back("code");
  }
  return names;
}

// keep = [["age"], ["age", "sex"], []]
std::vector<tables::Margin> keep_from(const StudyTable& table, Sheet& sheet) {
  std::vector<tables::Margin> kept;
  const std::vector<std::string> names = names_of(table);
  for (tables::Margin& margin :
       sheet.lists_of_texts("keep").value_or(std::vector<tables::Margin>{})) {
    for (const std::string& id : margin) {
      if (std::ranges::find(names, id) == names.end()) {
        sheet.mistakes().add(
            sheet.line("keep"),
            fmt::format("'keep' names '{}', which is not a variable of table '{}'", id, table.id),
            nearest_hint(id, names));
        return kept;
      }
    }
    std::ranges::sort(margin);
    const auto twice = std::ranges::adjacent_find(margin);
    if (twice != margin.end()) {
      sheet.mistakes().add(
          sheet.line("keep"),
          fmt::format("'{}' appears twice in a margin in 'keep' of table '{}'", *twice, table.id),
          "name each variable once");
      return kept;
    }
    if (std::ranges::find(kept, margin) == kept.end()) {
      kept.push_back(std::move(margin));
    }
  }
  return kept;
}

StudyTable table_from(Sheet sheet, const Known& known, Calendar calendar) {
  StudyTable table;
  table.line = sheet.line();
  sheet.need("id", "id = \"by-age\"");
  if (const auto id = sheet.text("id")) {
    check_id(*id, "a table", sheet.line("id"), sheet.mistakes());
    table.id = *id;
  }
  table.title = sheet.both_languages("title").value_or(Text{});
  table.by = sheet.texts("by").value_or(std::vector<std::string>{});
  table.of = sheet.text("of").value_or("");
  table.mean = sheet.text("mean").value_or("");
  const bool of = sheet.find("of") != nullptr;
  const bool each = sheet.find("each") != nullptr;
  const bool mean = sheet.find("mean") != nullptr;
  if (int{of} + int{each} + int{mean} > 1) {
    sheet.mistakes().add(
        table.line, fmt::format("table '{}' has more than one of `of`, `each`, `mean`", table.id),
        "write one table for each");
  }
  check_by(table, known, sheet);
  if (!table.of.empty()) {
    check_variable(table.of, "of", Use::category, known, sheet);
  }
  if (each) {
    table.what = StudyTable::What::each;
    if (auto inner = sheet.sheet("each")) {
      read_each(*std::move(inner), calendar, table);
    }
  }
  if (!table.mean.empty()) {
    table.what = StudyTable::What::mean;
    check_variable(table.mean, "mean", Use::number, known, sheet);
  }
  if (table.by.empty() && !of && !each) {
    sheet.mistakes().add(table.line,
                         fmt::format("table '{}' has no variable to count by", table.id),
                         "write by = [\"...\"]");
  }
  table.keep = keep_from(table, sheet);
  sheet.finish();
  return table;
}

}  // namespace

std::vector<StudyTable> tables_from(Sheet& file, std::span<const Variable> variables,
                                    std::span<const std::string> named, Calendar calendar) {
  std::vector<StudyTable> tables;
  const TomlValue* value = file.find("table");
  const auto* list = value == nullptr ? nullptr : value->as<TomlList>();
  if (value == nullptr || (list != nullptr && list->empty())) {
    file.mistakes().add(file.line(), "the study has no table", "write at least one [[table]]");
    return tables;
  }
  for (Sheet& sheet : file.sheets("table")) {
    StudyTable table = table_from(sheet.named("[[table]]"), {variables, named}, calendar);
    const auto same = std::ranges::find(tables, table.id, &StudyTable::id);
    if (same != tables.end() && !table.id.empty()) {
      file.mistakes().add(table.line, fmt::format("a second table has the id '{}'", table.id),
                          fmt::format("the first is in line {}", same->line));
    }
    tables.push_back(std::move(table));
  }
  return tables;
}

}  // namespace parcours::study
