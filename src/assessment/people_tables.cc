#include "assessment/people_tables.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/letters.h"
#include "exports/column_sql.h"

namespace parcours::assessment {
namespace {

Status check(const Input& input) {
  const std::string path = input.file.path().string();
  if (input.guess.of_role(exports::ColumnRole::patient) == nullptr) {
    return bad_input("several files hold people, and no column of this one says who they are", path,
                     "name it: --patient COLUMN, or --column FILE:COLUMN=patient");
  }
  if (input.guess.several_lines) {
    return bad_input("several files hold people, and a patient has several lines in this one", path,
                     "give it a day and a code (--day, --code), so that it is one of events, or "
                     "leave it out");
  }
  return {};
}

std::string patient_of(const Input& input) {
  const exports::ColumnGuess* patient = input.guess.of_role(exports::ColumnRole::patient);
  return exports::name_sql({patient->name, patient->type});
}

// Whether another file has a column of that name too.
bool is_shared(std::span<Input* const> files, const Input& input,
               const exports::ColumnGuess& column) {
  return std::ranges::any_of(files, [&](const Input* other) {
    return other != &input &&
           std::ranges::any_of(other->guess.columns, [&](const exports::ColumnGuess& c) {
             return lower(c.name) == lower(column.name) && c.role != exports::ColumnRole::patient;
           });
  });
}

// One sex, one age and one birth: what other files say of them are fields like any other.
bool is_taken(const exports::FileGuess& guess, const exports::ColumnGuess& column) {
  const bool one_of_a_kind =
      column.role == exports::ColumnRole::sex || column.role == exports::ColumnRole::age ||
      column.role == exports::ColumnRole::birth_year || column.role == exports::ColumnRole::weight;
  return one_of_a_kind && guess.of_role(column.role) != nullptr;
}

// A line that says nobody's code would be nobody's.
Status check_everybody_named(Input& input, const Stop& stop) {
  ASSIGN_OR_RETURN(const auto lines,
                   exports::one_row(input.file,
                                    fmt::format("SELECT count(*) FROM {} WHERE {} IS NULL",
                                                input.file.source(), patient_of(input)),
                                    stop));
  return lines[0] == 0
             ? Status()
             : bad_input(fmt::format("{} lines have no patient, so they cannot be joined with the "
                                     "other files",
                                     lines[0]),
                         input.file.path().string(), "fill the patient in, or leave the lines out");
}

// Of other people than the first file's they would be a second export.
Status check_shared(Input& first, const Input& other, const Stop& stop) {
  ASSIGN_OR_RETURN(
      const auto shared,
      exports::one_row(first.file,
                       fmt::format("SELECT count(*) FROM (SELECT {} AS p FROM {} INTERSECT "
                                   "SELECT {} FROM {}) WHERE p IS NOT NULL",
                                   patient_of(first), first.file.source(), patient_of(other),
                                   other.file.source()),
                       stop));
  if (shared[0] == 0) {
    return bad_input(
        fmt::format("no patient of {} is in {}", other.guess.file, first.guess.file),
        other.file.path().string(),
        "name the columns that join them (--patient COLUMN), or join two exports with --with");
  }
  return {};
}

}  // namespace

Result<Input> one_table_of_people(std::span<Input* const> files, int threads, const Stop& stop) {
  exports::FileGuess guess{.form = exports::FileForm::people};
  std::string everybody;
  std::string columns;
  std::string joins;
  for (std::size_t i = 0; i < files.size(); ++i) {
    Input& input = *files[i];
    RETURN_IF_ERROR(check(input));
    RETURN_IF_ERROR(check_everybody_named(input, stop));
    if (i > 0) {
      RETURN_IF_ERROR(check_shared(*files[0], input, stop));
    }
    const std::string patient = patient_of(input);
    guess.file += (i == 0 ? "" : ", ") + input.guess.file;
    guess.lines = std::max(guess.lines, input.guess.lines);
    everybody += fmt::format("{}SELECT {} AS p FROM {} WHERE p IS NOT NULL",
                             i == 0 ? "" : " UNION ", patient, input.file.source());
    joins += fmt::format(
        " LEFT JOIN (SELECT *, {} AS \"the patient here\" FROM {}) t{} ON "
        "t{}.\"the patient here\" = everybody.p",
        patient, input.file.source(), i, i);
    for (exports::ColumnGuess column : input.guess.columns) {
      if (column.role == exports::ColumnRole::patient) {
        if (i == 0) {
          columns = "everybody.p AS " + duck::quoted_name(column.name);
          column.type = "VARCHAR";
          guess.columns.push_back(column);
        }
        continue;
      }
      const std::string from = fmt::format("t{}.{}", i, duck::quoted_name(column.name));
      if (is_shared(files, input, column)) {
        column.name = input.guess.file + ": " + column.name;
      }
      // What all lines of one file say is not said of whom other files name.
      column.tells_nothing = column.tells_nothing && column.missing == 1;
      if (is_taken(guess, column)) {
        column.role = exports::ColumnRole::quasi;
      }
      columns += fmt::format(", {} AS {}", from, duck::quoted_name(column.name));
      guess.columns.push_back(std::move(column));
    }
  }
  ASSIGN_OR_RETURN(exports::ExportFile file,
                   exports::ExportFile::of_query(
                       export_files(files),
                       fmt::format("SELECT {} FROM ({}) everybody{} ORDER BY everybody.p", columns,
                                   everybody, joins),
                       threads));
  return Input{std::move(file), std::move(guess)};
}

}  // namespace parcours::assessment
