#include "exports/column_sql.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/day.h"
#include "base/no_day.h"
#include "exports/day_text.h"
#include "exports/interruption.h"
#include "exports/missing.h"

namespace parcours::exports {
namespace {

std::string days_since_1970(const std::string& date) {
  return fmt::format("CAST({} - DATE '1970-01-01' AS INTEGER)", date);
}

// Nothing where a date stands for no day, as stands_for_no_day() says it (base/no_day.h).
std::string a_real_day(const std::string& date) {
  return fmt::format("(CASE WHEN {0} NOT IN (DATE '{1}') THEN {0} END)", date,
                     fmt::join(dates_of_no_day, "', DATE '"));
}

// The same as without_time() of base/day.h.
std::string without_time_sql(const std::string& text) {
  return fmt::format(
      "regexp_replace({}, '^(.{{6,}}?)[ T:][0-9][0-9:.,+Z -]*(AM|PM|am|pm)?$', '\\1')", text);
}

// A text that may be a day; nothing where it stands for none, as stands_for_no_day() says it.
std::string a_real_day_in(const std::string& text) {
  return fmt::format(
      "(CASE WHEN regexp_matches({0}, '^[0-9./-]+$') AND regexp_replace({0}, '[./-]', '', 'g') IN "
      "('{2}') THEN NULL ELSE {1} END)",
      without_time_sql(text), text, fmt::join(digits_of_no_day, "', '"));
}

// The Monday of a week such as 2023-W07, as parse_day() reads it.
std::string week_sql(const std::string& text) {
  const auto part = [&](int group) {
    return fmt::format(
        "TRY_CAST(regexp_extract({}, '^([0-9]{{4}})-?W([0-9]{{1,2}})$', {}) AS INTEGER)", text,
        group);
  };
  const std::string year = part(1);
  const std::string monday = fmt::format(
      "CAST(date_trunc('week', make_date({}, 1, 4)) AS DATE) + ({} - 1) * 7", year, part(2));
  return fmt::format(
      "(CASE WHEN {0} BETWEEN 1000 AND 9999 AND {1} > 0 AND year({2} + 3) = {0} THEN "
      "{2} END)",
      year, part(2), monday);
}

// The first day of a quarter such as 2023-Q2 or 2023T2, as parse_day() reads it.
std::string quarter_sql(const std::string& text) {
  const auto part = [&](int group) {
    return fmt::format(
        "TRY_CAST(regexp_extract({}, '^([0-9]{{4}})[- ]?[QT]([1-4])$', {}) AS INTEGER)", text,
        group);
  };
  return fmt::format(
      "(CASE WHEN {0} BETWEEN 1000 AND 9999 THEN make_date({0}, 3 * {1} - 2, 1) END)", part(1),
      part(2));
}

// A DATE by a format, as DayText reads it. DuckDB reads the 22 of 18/05/22 as a year of four
// digits.
std::string date_sql(const std::string& text, const std::string& format) {
  if (precision_of(format) == Precision::weeks) {
    return week_sql(text);
  }
  if (precision_of(format) == Precision::quarters) {
    return quarter_sql(text);
  }
  const std::string date =
      fmt::format("CAST(coalesce(TRY_STRPTIME({0}, {2}), TRY_STRPTIME({1}, {2})) AS DATE)", text,
                  without_time_sql(text), duck::quoted(format));
  return fmt::format("(CASE WHEN {0} >= DATE '1000-01-01' THEN {0} END)", date);
}

// The calendar of the first day that a text column holds.
Result<Calendar> calendar_of(ExportFile& file, const std::string& text, const std::string& format) {
  ASSIGN_OR_RETURN(duck::Stream rows,
                   file.query(fmt::format("SELECT {0} FROM {1} WHERE {0} IS NOT NULL LIMIT 1", text,
                                          file.source())));
  ASSIGN_OR_RETURN(const bool any, rows.next());
  DayText days(format);
  if (any) {
    days.parse(rows.text(0, 0));
  }
  return days.calendar();
}

}  // namespace

std::string text_sql(const ExportColumn& column) {
  const std::string text = fmt::format("CAST({} AS VARCHAR)", duck::quoted_name(column.name));
  return column.type == "VARCHAR" ? trimmed_sql(text) : text;
}

std::string name_sql(const ExportColumn& column) {
  return column.type == "VARCHAR" ? naming_sql(duck::quoted_name(column.name)) : text_sql(column);
}

std::string birth_year_sql(const ExportColumn& column) {
  return fmt::format("TRY_CAST(left({}, 4) AS INTEGER)", text_sql(column));
}

std::string DaySql::within(Day first, Day last) const {
  const std::string expected = fmt::format("BETWEEN {} AND {}", first.number, last.number);
  if (precision == Precision::days) {
    return fmt::format("{} {}", expression, expected);
  }
  static constexpr const char* periods[] = {"1 DAY", "7 DAY", "1 MONTH", "3 MONTH", "1 YEAR"};
  return fmt::format(
      "({0} <= {1} AND CAST(CAST(DATE '1970-01-01' + {0} AS TIMESTAMP) + INTERVAL "
      "{2} AS DATE) - DATE '1970-01-01' > {3})",
      expression, last.number, periods[static_cast<std::size_t>(precision)], first.number);
}

Result<DaySql> day_sql(ExportFile& file, const Roles& roles, const Stop& stop) {
  const std::string name = duck::quoted_name(roles.day.name);
  switch (day_form(roles.day.type)) {
    case DayForm::date:
      return DaySql{days_since_1970(a_real_day(fmt::format("CAST({} AS DATE)", name))),
                    Calendar::dates};
    case DayForm::number:
      return DaySql{fmt::format("CAST({} AS INTEGER)", name), Calendar::days};
    case DayForm::text:
      break;
  }
  const std::string text = a_real_day_in(present_sql(text_sql(roles.day)));
  ASSIGN_OR_RETURN(const Calendar calendar, calendar_of(file, text, roles.day_format));
  DaySql day{{}, calendar, roles.precision};
  if (calendar == Calendar::days) {
    day.expression = fmt::format("TRY_CAST({} AS INTEGER)", text);
  } else if (roles.day_format.empty()) {
    day.expression = days_since_1970(fmt::format("TRY_CAST(left({}, 10) AS DATE)", text));
  } else {
    day.expression = days_since_1970(date_sql(text, roles.day_format));
  }
  ASSIGN_OR_RETURN(
      const auto unreadable,
      one_row(file,
              fmt::format("SELECT count(*) FROM {} WHERE {} IS NOT NULL AND {} IS NULL",
                          file.source(), text, day.expression),
              stop));
  if (unreadable[0] > 0) {
    return bad_input(
        fmt::format("{} days in column '{}' cannot be read", unreadable[0], roles.day.name),
        file.path().string(), day_hint);
  }
  return day;
}

Result<std::vector<std::int64_t>> one_row(ExportFile& file, const std::string& sql,
                                          const Stop& stop) {
  const Interruption interruption(file.connection(), stop);
  ASSIGN_OR_RETURN(duck::Stream rows, file.query(sql));
  ASSIGN_OR_RETURN(const bool any, rows.next());
  std::vector<std::int64_t> row;
  for (std::size_t i = 0; i < rows.columns(); ++i) {
    row.push_back(any && !rows.null(i, 0) ? rows.column<std::int64_t>(i)[0] : 0);
  }
  return row;
}

}  // namespace parcours::exports
