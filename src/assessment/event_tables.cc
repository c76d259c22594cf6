#include "assessment/event_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>

#include "base/letters.h"
#include "exports/column_sql.h"
#include "vocabulary/kinds.h"

namespace parcours::assessment {
namespace {

// "DRUG_EXPOSURE" of DRUG_EXPOSURE.csv.gz
std::string stem_of(const Input& input) {
  return input.guess.file.substr(0, input.guess.file.find('.'));
}

// The kind of all events of a table whose lines do not say one: as SQL, for a column of texts.
// "DRUG_EXPOSURE_2021" is a part of DRUG_EXPOSURE.
std::optional<std::string> kind_of_table(const Input& input) {
  std::string table = stem_of(input);
  while (!table.empty() && std::string_view("0123456789-_ ").contains(table.back())) {
    table.pop_back();
  }
  const auto kind = vocabulary::kind_called(table);
  return kind ? std::optional(duck::quoted(vocabulary::kinds()[*kind])) : std::nullopt;
}

bool same_columns(const Input& a, const Input& b) {
  const auto name = [](const exports::ExportColumn& column) { return lower(column.name); };
  return std::ranges::equal(a.file.columns(), b.file.columns(), {}, name, name);
}

// What codes of the file have before them; empty where nothing tells tables apart, or their kinds
// do.
std::string before_codes(std::span<Input* const> files, const Input& input, bool has_kind) {
  const auto like_this = [&](const Input* other) { return same_columns(*other, input); };
  if (has_kind || std::ranges::all_of(files, like_this)) {
    return {};
  }
  return stem_of(**std::ranges::find_if(files, like_this)) + " ";
}

// A date as all files have it: of a day the first of its month, where another file has months
// alone.
std::string as_known(const exports::DaySql& day, Precision precision) {
  if (day.calendar != Calendar::dates) {
    return day.expression;
  }
  static constexpr const char* periods[] = {"day", "week", "month", "quarter", "year"};
  const std::string date = fmt::format("DATE '1970-01-01' + {}", day.expression);
  return day.precision == precision
             ? date
             : fmt::format("CAST(date_trunc('{}', {}) AS DATE)",
                           periods[static_cast<std::size_t>(precision)], date);
}

// The statement that brings one file's events to the columns patient, day, code and kind.
Result<std::string> events_sql(std::span<Input* const> files, Input& input,
                               const std::string& day_format, const exports::DaySql& common,
                               const Stop& stop) {
  ASSIGN_OR_RETURN(const exports::Roles roles, exports::roles_of(input.guess, day_format));
  ASSIGN_OR_RETURN(const exports::DaySql day, exports::day_sql(input.file, roles, stop));
  if (day.calendar != common.calendar) {
    return bad_input("one file has dates and another has numbers for days",
                     input.file.path().string(), "assess them apart, or name other day columns");
  }
  const auto kind =
      roles.kind ? std::optional(exports::text_sql(*roles.kind)) : kind_of_table(input);
  const std::string before = before_codes(files, input, kind.has_value());
  return fmt::format("SELECT {} AS patient, {} AS day, {}{} AS code, {} AS kind FROM {}",
                     exports::name_sql(roles.patient), as_known(day, common.precision),
                     before.empty() ? "" : duck::quoted(before) + " || ",
                     exports::name_sql(roles.code), kind.value_or("CAST(NULL AS VARCHAR)"),
                     input.file.source());
}

Result<Inputs::Events> one_file(Input& input, const std::string& day_format, int threads) {
  ASSIGN_OR_RETURN(exports::Roles roles, exports::roles_of(input.guess, day_format));
  const auto kind = kind_of_table(input);
  if (roles.kind || !kind) {
    ASSIGN_OR_RETURN(exports::ExportFile file, input.file.again(threads, false));
    return Inputs::Events{std::move(file), std::move(roles)};
  }
  const std::string column = "kind of its table";
  ASSIGN_OR_RETURN(
      exports::ExportFile file,
      exports::ExportFile::of_query({&input.file},
                                    fmt::format("SELECT *, {} AS {} FROM {}", *kind,
                                                duck::quoted_name(column), input.file.source()),
                                    threads));
  roles.kind = exports::ExportColumn{column, "VARCHAR"};
  return Inputs::Events{std::move(file), std::move(roles)};
}

}  // namespace

Result<Inputs::Events> one_table_of_events(std::span<Input* const> files,
                                           const std::string& day_format, int threads,
                                           const Stop& stop) {
  Input& first = *files[0];
  if (files.size() == 1) {
    return one_file(first, day_format, threads);
  }
  ASSIGN_OR_RETURN(const exports::Roles roles, exports::roles_of(first.guess, day_format));
  ASSIGN_OR_RETURN(exports::DaySql day, exports::day_sql(first.file, roles, stop));
  for (const Input* input : files) {
    ASSIGN_OR_RETURN(const exports::Roles of_file, exports::roles_of(input->guess, day_format));
    day.precision = std::max(day.precision, of_file.precision);
  }
  std::string all;
  for (Input* input : files) {
    ASSIGN_OR_RETURN(const std::string one, events_sql(files, *input, day_format, day, stop));
    all += (all.empty() ? "" : " UNION ALL ") + one;
  }
  ASSIGN_OR_RETURN(exports::ExportFile file,
                   exports::ExportFile::of_query(export_files(files), all, threads));
  exports::Roles joint{.patient = {"patient", "VARCHAR"},
                       .day = {"day", day.calendar == Calendar::dates ? "DATE" : "INTEGER"},
                       .code = {"code", "VARCHAR"},
                       .kind = exports::ExportColumn{"kind", "VARCHAR"},
                       .precision = day.precision};
  return Inputs::Events{std::move(file), std::move(joint)};
}

Result<std::optional<Input>> parts_of_one_table(std::span<Input* const> files, int threads) {
  const auto like_first = [&](const Input* other) { return same_columns(*other, *files[0]); };
  if (!std::ranges::all_of(files, like_first)) {
    return std::nullopt;
  }
  std::string all;
  for (const Input* input : files) {
    all += (all.empty() ? "SELECT * FROM " : " UNION ALL SELECT * FROM ") + input->file.source();
  }
  ASSIGN_OR_RETURN(exports::ExportFile file,
                   exports::ExportFile::of_query(export_files(files), all, threads));
  Input parts{std::move(file), files[0]->guess};
  for (std::size_t i = 0; i < parts.guess.columns.size(); ++i) {
    parts.guess.columns[i].tells_nothing = std::ranges::all_of(files, [i](const Input* part) {
      const exports::ColumnGuess& column = part->guess.columns[i];
      return column.tells_nothing && column.missing == 1;
    });
  }
  return parts;
}

}  // namespace parcours::assessment
