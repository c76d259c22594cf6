#include "paths/read_paths.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

#include "base/letters.h"
#include "base/missing.h"
#include "base/no_day.h"
#include "exports/day_text.h"
#include "exports/missing.h"
#include "paths/text_numbers.h"

namespace parcours::paths {
namespace {

// The day column in SQL: a 32-bit number where the file has numbers or dates of its own, else text.
struct DayColumn {
  std::string sql;
  bool text = false;
  Calendar calendar = Calendar::dates;
};

DayColumn day_column(const exports::ExportColumn& column) {
  const std::string name = duck::quoted_name(column.name);
  switch (exports::day_form(column.type)) {
    case exports::DayForm::date:
      return {fmt::format("CAST({} AS DATE)", name), false, Calendar::dates};
    case exports::DayForm::number:
      return {fmt::format("CAST({} AS INTEGER)", name), false, Calendar::days};
    case exports::DayForm::text:
      break;
  }
  return {fmt::format("CAST({} AS VARCHAR)", name), true, Calendar::dates};
}

// The number of a text that often comes several times in a row.
class Numbering {
 public:
  std::uint32_t number(std::string_view text) {
    if (text != last_text_ || numbers_.size() == 0) {
      last_text_ = text;
      last_number_ = numbers_.number(text);
    }
    return last_number_;
  }
  TextNumbers& numbers() { return numbers_; }

 private:
  TextNumbers numbers_;
  std::string last_text_;
  std::uint32_t last_number_ = 0;
};

// Codes with their kinds, which are few: their texts are kept.
class CodeNumbering {
 public:
  std::uint32_t number(std::string_view kind, std::string_view code) {
    key_.assign(code).append(1, '\0').append(kind);
    const std::uint32_t number = numbering_.number(key_);
    if (number == codes_.size()) {
      codes_.push_back({std::string(kind), std::string(code)});
    }
    return number;
  }

  // The codes in order of their texts, and each number's place in it.
  std::pair<std::vector<PathCode>, std::vector<std::uint32_t>> in_order() && {
    std::vector<std::uint32_t> order(codes_.size());
    std::iota(order.begin(), order.end(), 0);
    std::ranges::sort(order, {}, [&](std::uint32_t i) {
      return std::tuple<const std::string&, const std::string&>(codes_[i].code, codes_[i].kind);
    });
    std::vector<PathCode> sorted;
    std::vector<std::uint32_t> ranks(codes_.size());
    for (const std::uint32_t number : order) {
      ranks[number] = static_cast<std::uint32_t>(sorted.size());
      sorted.push_back(std::move(codes_[number]));
    }
    return {std::move(sorted), std::move(ranks)};
  }

 private:
  Numbering numbering_;
  std::vector<PathCode> codes_;
  std::string key_;
};

// Without spaces around it; empty where there is none.
std::string_view text_in(const duck::Stream& rows, std::size_t column, std::size_t row) {
  return rows.null(column, row) ? std::string_view() : trimmed(rows.text(column, row));
}

// The column as it is written: spaces are taken off line by line, which is quicker than in SQL.
std::string written_sql(const exports::ExportColumn& column) {
  return fmt::format("CAST({} AS VARCHAR)", duck::quoted_name(column.name));
}

bool stands_for_no_day(const duck::Stream& rows, const DayColumn& day, std::size_t row) {
  if (day.text) {
    return parcours::stands_for_no_day(rows.text(1, row));
  }
  return day.calendar == Calendar::dates &&
         parcours::stands_for_no_day(Day{rows.column<std::int32_t>(1)[row]});
}

std::unexpected<Error> unreadable_day(const exports::ExportFile& file, std::uint64_t row,
                                      std::string_view column) {
  return bad_input(fmt::format("the day in column '{}' of row {} cannot be read", column, row),
                   file.path().string(), exports::day_hint);
}

// Rows come in any order when they are read on several threads; this reads again in order to say
// which row it was.
std::uint64_t first_unreadable_row(const exports::ExportFile& file,
                                   const exports::ExportColumn& day, const std::string& format) {
  Result<exports::ExportFile> again = file.again(1, true);
  if (!again) {
    return 0;
  }
  Result<duck::Stream> rows =
      again->query(fmt::format("SELECT {} FROM {}", day_column(day).sql, again->source()));
  exports::DayText days(format);
  std::uint64_t row_number = 0;
  while (rows) {
    const Result<bool> more = rows->next();
    if (!more || !*more) {
      break;
    }
    for (std::size_t row = 0; row < rows->rows(); ++row) {
      ++row_number;
      if (!rows->null(0, row) && !is_missing(trimmed(rows->text(0, row))) &&
          !parcours::stands_for_no_day(rows->text(0, row)) && !days.parse(rows->text(0, row))) {
        return row_number;
      }
    }
  }
  return row_number;
}

}  // namespace

Result<PathsRead> read_paths(exports::ExportFile& file, const exports::Roles& roles,
                             Progress& progress, const Stop& stop) {
  const DayColumn day_sql = day_column(roles.day);
  ASSIGN_OR_RETURN(
      duck::Stream rows,
      file.query(fmt::format("SELECT {}, {}, {}{} FROM {}", written_sql(roles.patient), day_sql.sql,
                             written_sql(roles.code),
                             roles.kind ? ", " + written_sql(*roles.kind) : "", file.source())));

  PathsBuilder builder;
  Numbering patients;
  CodeNumbering codes;
  exports::DayText days(roles.day_format);
  LeftOut left_out;
  TextNumbers without_event;  // patients of lines that are left out
  progress.begin("reading events", 0);
  RETURN_IF_ERROR(duck::for_chunks(rows, [&]() -> Status {
    if (stop.requested()) {
      return stopped();
    }
    for (std::size_t row = 0; row < rows.rows(); ++row) {
      const std::string_view patient = text_in(rows, 0, row);
      const std::string_view code = text_in(rows, 2, row);
      const bool stand_in = !rows.null(1, row) && stands_for_no_day(rows, day_sql, row);
      const bool no_day =
          stand_in || rows.null(1, row) || (day_sql.text && is_missing(trimmed(rows.text(1, row))));
      if (names_nothing(patient) || no_day || names_nothing(code)) {
        ++left_out.lines;
        left_out.without_patient += names_nothing(patient) ? 1 : 0;
        left_out.without_day += no_day ? 1 : 0;
        left_out.stand_ins += stand_in ? 1 : 0;
        left_out.without_code += names_nothing(code) ? 1 : 0;
        if (!names_nothing(patient)) {
          without_event.number(patient);
        }
        continue;
      }
      std::optional<Day> day;
      if (day_sql.text) {
        day = days.parse(rows.text(1, row));
      } else {
        day = Day{rows.column<std::int32_t>(1)[row]};
      }
      if (!day) {
        return unreadable_day(file, first_unreadable_row(file, roles.day, roles.day_format),
                              roles.day.name);
      }
      const std::string_view kind = roles.kind ? text_in(rows, 3, row) : std::string_view();
      builder.add(patients.number(patient), codes.number(kind, code), day->number);
    }
    progress.add(rows.rows());
    return {};
  }));
  progress.end();

  const std::uint64_t events = builder.events();
  if (events == 0) {
    return bad_input("the file holds no event with a patient, a day and a code",
                     file.path().string());
  }
  for (std::uint32_t number = 0; number < without_event.size(); ++number) {
    left_out.patients += patients.numbers().find(without_event.hash(number)) ? 0 : 1;
  }
  auto [names, code_ranks] = std::move(codes).in_order();
  std::vector<std::uint32_t> patient_ranks = patients.numbers().ranks();
  ASSIGN_OR_RETURN(Paths paths, std::move(builder).build(patient_ranks, code_ranks, stop));
  return PathsRead{.paths = std::move(paths),
                   .events = events,
                   .left_out = left_out,
                   .calendar = day_sql.text ? days.calendar() : day_sql.calendar,
                   .precision = roles.precision,
                   .codes = std::move(names),
                   .patients = {std::move(patients.numbers()), std::move(patient_ranks)}};
}

}  // namespace parcours::paths
