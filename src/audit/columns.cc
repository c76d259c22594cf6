#include "audit/columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <span>

#include "audit/assumed.h"
#include "audit/usual_marks.h"
#include "base/letters.h"
#include "tables/table.h"

namespace parcours::audit {
namespace {

constexpr const char* value_names[] = {"value",     "obs_value", "count",  "counts",    "patients",
                                       "n",         "freq",      "number", "frequency", "effectif",
                                       "effectifs", "nombre",    "valeur"};
constexpr const char* status_names[] = {"status", "obs_status", "obs_flag",
                                        "flag",   "flags",      "statut"};
constexpr const char* confidentiality_names[] = {"conf_status", "obs_conf"};
// What SDMX-CSV says of a whole table or of how a value is written.
constexpr const char* attribute_names[] = {"dataflow", "structure",   "structure_id",
                                           "action",   "last update", "structure_name",
                                           "decimals", "unit_mult",   "last_update"};
// Other figures of the same line, as OpenSAFELY's measures have them.
constexpr const char* other_figures[] = {"ratio",   "numerator",  "denominator", "rate",
                                         "percent", "percentage", "pct",         "taux"};

// SDMX-CSV may write "geo:Geopolitical entity": the name is what comes first.
std::string plain_name(const TextColumn& column) {
  return lower(std::string_view(column.name).substr(0, column.name.find(':')));
}

bool is_named(const TextColumn& column, std::span<const char* const> names) {
  return std::ranges::find(names, plain_name(column)) != names.end();
}

std::optional<std::size_t> first_column_of(const TableText& text,
                                           std::span<const char* const> names) {
  for (const char* name : names) {
    for (std::size_t c = 0; c < text.columns.size(); ++c) {
      if (plain_name(text.columns[c]) == name) {
        return c;
      }
    }
  }
  return std::nullopt;
}

// The columns that hold nothing but numbers, marks and blanks; and words for "not known", where
// `not_known` says so.
std::vector<std::size_t> columns_of_numbers(const TableText& text, const Reading& reading,
                                            bool not_known) {
  std::vector<std::size_t> found;
  for (std::size_t c = 0; c < text.columns.size(); ++c) {
    std::size_t numbers = 0;
    const bool all = std::ranges::all_of(text.columns[c].words, [&](const std::string& word) {
      const bool number = parse_decimal(word, reading.decimal_mark).has_value();
      numbers += number ? 1 : 0;
      return number || word.empty() || usual_mark(word) || (not_known && is_not_known(word)) ||
             std::ranges::find(reading.marks, word, &Mark::text) != reading.marks.end();
    });
    if (all && numbers > 0) {
      found.push_back(c);
    }
  }
  return found;
}

// The one column of numbers. An age may be "unknown" too, so words for "not known" are allowed only
// where no column does without them.
std::optional<std::size_t> column_of_numbers(const TableText& text, const Reading& reading) {
  std::vector<std::size_t> found = columns_of_numbers(text, reading, false);
  found = found.empty() ? columns_of_numbers(text, reading, true) : found;
  return found.size() == 1 ? std::optional(found.front()) : std::nullopt;
}

// Whether each word of one column stands beside one word of the other alone, and the other way
// round.
bool same_line_by_line(const TextColumn& a, const TextColumn& b) {
  if (a.words.size() != b.words.size() || a.words.size() < 2) {
    return false;
  }
  constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
  std::vector<std::uint32_t> beside_a(a.words.size(), none);
  std::vector<std::uint32_t> beside_b(b.words.size(), none);
  for (std::size_t row = 0; row < a.rows.size(); ++row) {
    std::uint32_t& of_a = beside_a[a.rows[row]];
    std::uint32_t& of_b = beside_b[b.rows[row]];
    of_a = of_a == none ? b.rows[row] : of_a;
    of_b = of_b == none ? a.rows[row] : of_b;
    if (of_a != b.rows[row] || of_b != a.rows[row]) {
      return false;
    }
  }
  return true;
}

// Our own tables have a column of means, which is no dimension.
bool looks_our_own(const TableText& text, const TableColumns& columns) {
  const auto known = [](const std::string& word) {
    return word == tables::published_word || word == tables::confidential_word;
  };
  return columns.statuses.size() == 1 && text.columns[columns.value].name == "patients" &&
         std::ranges::all_of(text.columns[columns.statuses.front().column].words, known);
}

bool is_status(const TableColumns& columns, std::size_t column) {
  return std::ranges::find(columns.statuses, column, &StatusColumn::column) !=
         columns.statuses.end();
}

void take_the_rest(const TableText& text, TableColumns& columns) {
  std::vector<std::string> left_out;
  for (std::size_t c = 0; c < text.columns.size(); ++c) {
    const TextColumn& column = text.columns[c];
    if (c == columns.value || c == columns.base || is_status(columns, c) ||
        (column.name == "mean" && looks_our_own(text, columns))) {
      continue;
    }
    if (is_named(column, attribute_names) || is_named(column, other_figures)) {
      left_out.push_back(column.name);
      continue;
    }
    const auto labelled = std::ranges::find_if(columns.dimensions, [&](std::size_t d) {
      return same_line_by_line(text.columns[d], column);
    });
    if (labelled != columns.dimensions.end()) {
      columns.guessed.push_back(
          assumed::same_content(text.file, column.name, text.columns[*labelled].name));
    } else {
      columns.dimensions.push_back(c);
    }
  }
  if (!left_out.empty()) {
    columns.guessed.push_back(assumed::no_dimensions(text.file, left_out));
  }
}

void find_statuses(const TableText& text, TableColumns& columns) {
  const auto take = [&](std::span<const char* const> names, bool confidentiality) {
    const auto named = first_column_of(text, names);
    if (named && *named != columns.value) {
      columns.statuses.push_back({*named, confidentiality});
      columns.guessed.push_back(
          assumed::status_column(text.file, text.columns[*named].name, confidentiality));
    }
  };
  take(status_names, false);
  take(confidentiality_names, true);
}

// Whether parcours release wrote the table: its columns and words, and a total in each dimension.
bool written_by_release(const TableText& text, const TableColumns& columns) {
  return looks_our_own(text, columns) &&
         std::ranges::all_of(columns.dimensions, [&](std::size_t d) {
           return std::ranges::any_of(text.columns[d].words, [](const std::string& word) {
             return word == tables::total_code || word == tables::any_code;
           });
         });
}

}  // namespace

Result<TableColumns> find_columns(const TableText& text, const Reading& reading) {
  TableColumns columns;
  if (!reading.value.empty()) {
    ASSIGN_OR_RETURN(columns.value, text.column(reading.value, "the value"));
  } else {
    auto found = first_column_of(text, value_names);
    found = found ? found : column_of_numbers(text, reading);
    if (!found) {
      return bad_input("the column of the values is not known", text.file,
                       "name it: --value COLUMN");
    }
    columns.value = *found;
    columns.guessed.push_back(assumed::value_column(text.file, text.columns[*found].name));
  }
  if (!reading.status.empty()) {
    ASSIGN_OR_RETURN(const std::size_t status, text.column(reading.status, "the status"));
    columns.statuses = {{status, is_named(text.columns[status], confidentiality_names)}};
  } else {
    find_statuses(text, columns);
  }
  if (!reading.percent_of.empty() && !parse_decimal(reading.percent_of, '.')) {
    ASSIGN_OR_RETURN(columns.base, text.column(reading.percent_of, "the base of percentages"));
  }
  if (is_status(columns, columns.value) || columns.base == columns.value) {
    return bad_input(
        fmt::format("'{}' is named for two purposes", text.columns[columns.value].name), text.file);
  }
  if (reading.by.empty()) {
    take_the_rest(text, columns);
  }
  for (const std::string& name : reading.by) {
    // A table that has no such column is at its total; that no table has it is an error elsewhere.
    if (const auto found = text.column(name, "a dimension");
        found && *found != columns.value && !is_status(columns, *found)) {
      columns.dimensions.push_back(*found);
    }
  }
  if (columns.dimensions.empty()) {
    return bad_input("no column is a dimension", text.file,
                     "a table needs one column for each dimension: sex, age, ...");
  }
  columns.of_release = written_by_release(text, columns);
  if (columns.of_release) {
    columns.guessed = {assumed::of_release(text.file)};
  }
  return columns;
}

}  // namespace parcours::audit
