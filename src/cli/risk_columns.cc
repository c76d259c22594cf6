#include "cli/risk_columns.h"

#include <fmt/format.h>

#include <algorithm>

#include "assessment/doubts.h"
#include "base/day.h"
#include "base/letters.h"
#include "base/nearest.h"
#include "base/printable.h"
#include "base/utf8.h"
#include "exports/columns_file.h"

namespace parcours::cli {
namespace {

Result<exports::Correction> correction_of(const std::string& text) {
  const std::size_t equals = text.rfind('=');
  const std::string role_text = equals == std::string::npos ? "" : text.substr(equals + 1);
  const auto role = exports::role_named(role_text);
  if (equals == std::string::npos || equals == 0 || !role) {
    return bad_input(
        fmt::format("'{}' gives no column a role", text), "--column",
        "write --column region=place; " + nearest_hint(role_text, exports::role_names()));
  }
  exports::Correction correction{{}, text.substr(0, equals), *role, "--column"};
  // A file's name before a colon, where it has an ending: no column's name begins with people.csv:
  const std::size_t colon = correction.column.find(':');
  if (colon != std::string::npos &&
      correction.column.substr(0, colon).find('.') != std::string::npos) {
    correction.file = as_utf8(correction.column.substr(0, colon));
    correction.column.erase(0, colon + 1);
  }
  return correction;
}

// What the command line says of a column it says once: the last word would stand, and what another
// flag asked for would be missing.
Status check_once(const std::vector<exports::Correction>& corrections) {
  for (std::size_t i = 0; i < corrections.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const exports::Correction& one = corrections[j];
      const exports::Correction& other = corrections[i];
      if (one.file == other.file && lower(one.column) == lower(other.column) &&
          one.role != other.role) {
        return bad_input(fmt::format("column '{}' is given two roles: {} and {}", other.column,
                                     exports::name_of(one.role), exports::name_of(other.role)),
                         one.where == other.where ? one.where : one.where + " and " + other.where,
                         "give it one of them");
      }
    }
  }
  return {};
}

Result<std::vector<exports::Correction>> corrections_of(const ColumnFlags& flags) {
  std::vector<exports::Correction> corrections;
  const auto one = [&](const std::string& column, exports::ColumnRole role, const char* flag) {
    if (!column.empty()) {
      corrections.push_back({{}, column, role, flag});
    }
  };
  one(flags.patient, exports::ColumnRole::patient, "--patient");
  one(flags.day, exports::ColumnRole::date, "--day");
  one(flags.code, exports::ColumnRole::code, "--code");
  one(flags.kind, exports::ColumnRole::kind, "--kind");
  one(flags.sex, exports::ColumnRole::sex, "--sex");
  one(flags.birth_year, exports::ColumnRole::birth_year, "--birth-year");
  one(flags.age, exports::ColumnRole::age, "--age");
  one(flags.weight, exports::ColumnRole::weight, "--weight");
  for (const std::string& column : flags.drop) {
    one(column, exports::ColumnRole::drop, "--drop");
  }
  for (const std::string& column : flags.sensitive) {
    one(column, exports::ColumnRole::sensitive, "--sensitive");
  }
  for (const std::string& text : flags.roles) {
    ASSIGN_OR_RETURN(exports::Correction correction, correction_of(text));
    corrections.push_back(std::move(correction));
  }
  RETURN_IF_ERROR(check_once(corrections));
  return corrections;
}

// Why a file is not one of events, and what would make it one.
std::string no_events(const exports::FileGuess& guess) {
  std::vector<std::string> what;
  std::vector<std::string> flags;
  for (const exports::ColumnRole role : guess.not_found()) {
    const bool day = role == exports::ColumnRole::date;
    what.push_back(fmt::format("the {}", day ? "day" : exports::name_of(role)));
    flags.push_back(fmt::format("--{} COLUMN", day ? "day" : exports::name_of(role)));
  }
  if (what.empty()) {
    return "No events: no patient has two lines. If another column holds the patient, name it "
           "with --patient COLUMN.";
  }
  return fmt::format("No events: no column looks like {}. If one is, name it with {}.",
                     fmt::join(what, " or "), fmt::join(flags, ", "));
}

// The columns file first, the flags over it.
Result<exports::ColumnsFile> all_corrections(const ColumnFlags& flags) {
  if (!flags.day_format.empty() && !precision_of(flags.day_format)) {
    return bad_input(fmt::format("'{}' says no day", flags.day_format), "--day-format",
                     period_format_hint);
  }
  exports::ColumnsFile all;
  if (!flags.file.empty()) {
    ASSIGN_OR_RETURN(all, exports::read_columns(flags.file));
  }
  all.day_format = flags.day_format.empty() ? all.day_format : flags.day_format;
  ASSIGN_OR_RETURN(const std::vector<exports::Correction> more, corrections_of(flags));
  all.corrections.insert(all.corrections.end(), more.begin(), more.end());
  return all;
}

std::string holds(const exports::FileGuess& guess) {
  if (guess.form == exports::FileForm::events) {
    return "one line an event";
  }
  return guess.several_lines ? "several lines a patient, without dated events: each line is "
                               "looked at by itself"
                             : "one line a person";
}

}  // namespace

void add_column_flags(CLI::App& verb, ColumnFlags& flags) {
  const auto one = [&](const char* flag, std::string& column, const char* what) {
    verb.add_option(flag, column, what)->group("Columns")->type_name("COLUMN");
  };
  one("--patient", flags.patient, "The column of patients");
  one("--day", flags.day, "The column of days");
  one("--code", flags.code, "The column of codes");
  one("--kind", flags.kind, "The column of kinds of event");
  one("--sex", flags.sex, "The column of sexes");
  one("--birth-year", flags.birth_year, "The column of years or dates of birth");
  one("--age", flags.age, "The column of ages");
  one("--weight", flags.weight, "The column of survey weights");
  verb.add_option("--drop", flags.drop,
                  "Columns that identify people or lines directly. They are to be removed before "
                  "the file leaves, so no attack uses them")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->group("Columns")
      ->type_name("COLUMN");
  verb.add_option("--sensitive", flags.sensitive,
                  "Sensitive columns: what an attacker wants to learn")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->group("Columns")
      ->type_name("COLUMN");
  verb.add_option(
          "--column", flags.roles,
          "The role of a column: " + fmt::format("{}", fmt::join(exports::role_names(), ", ")))
      ->allow_extra_args(false)
      ->group("Columns")
      ->type_name("NAME=ROLE");
  verb.add_flag("--no-header", flags.no_header,
                "The CSV files begin with data. Columns get the names of the OMOP table that the "
                "file is called after, else column1, column2, ...")
      ->group("Columns");
  verb.add_option("--header", flags.header,
                  "The CSV files begin with data, and this file holds one line with the names of "
                  "their columns")
      ->group("Columns")
      ->type_name("FILE");
  verb.add_option("--columns", flags.file,
                  "A file (TOML) with the role of each column, as --save-columns writes it")
      ->group("Columns")
      ->type_name("FILE");
  verb.add_option("--save-columns", flags.save,
                  "Write the role of each column to a file. Correct it and give it to --columns")
      ->group("Columns")
      ->type_name("FILE");
  verb.add_option("--day-format", flags.day_format,
                  "How days are written, such as %d/%m/%Y, or %Y-%m where only months are. Without "
                  "it the program finds out. A time after the day is ignored")
      ->group("Columns");
}

Result<exports::FirstLine> first_line_of(const ColumnFlags& flags) {
  if (!flags.header.empty()) {
    return exports::read_names(flags.header);
  }
  return exports::FirstLine{flags.no_header, {}};
}

Status apply(const ColumnFlags& flags, assessment::Inputs& inputs, const Stop& stop) {
  ASSIGN_OR_RETURN(const exports::ColumnsFile all, all_corrections(flags));
  return inputs.correct(all.corrections, all.day_format, stop);
}

Status apply_to_other(const ColumnFlags& flags, assessment::Inputs& other, const Stop& stop) {
  ASSIGN_OR_RETURN(exports::ColumnsFile all, all_corrections(flags));
  std::erase_if(all.corrections, [&](const exports::Correction& correction) {
    return std::ranges::none_of(other.all(), [&](const assessment::Input& input) {
      return (correction.file.empty() || correction.file == input.guess.file) &&
             input.file.column(correction.column, "the column").has_value();
    });
  });
  return other.correct(all.corrections, all.day_format, stop);
}

Result<std::vector<std::string>> unknown_fields(const ColumnFlags& flags) {
  const std::vector<std::string> fields = {"sex", "birth_year", "place", "practice"};
  ASSIGN_OR_RETURN(const exports::ColumnsFile all, all_corrections(flags));
  std::vector<std::string> unknown;
  for (const exports::Correction& correction : all.corrections) {
    if (std::ranges::find(fields, correction.column) == fields.end()) {
      return bad_input(fmt::format("a vault's people have no field '{}'", correction.column),
                       correction.where, nearest_hint(correction.column, fields));
    }
    if (!exports::known_to_attackers(correction.role)) {
      unknown.push_back(correction.column);
    }
  }
  return unknown;
}

std::string columns_table(const std::vector<exports::FileGuess>& guesses,
                          const std::vector<std::string>& settled) {
  std::string text;
  for (const exports::FileGuess& guess : guesses) {
    std::size_t width = 6;
    for (const exports::ColumnGuess& column : guess.columns) {
      width = std::max(width, std::min<std::size_t>(column.name.size(), 30));
    }
    text +=
        fmt::format("{}{}: {}\n", text.empty() ? "" : "\n", printable(guess.file), holds(guess));
    text += guess.form == exports::FileForm::events ? "" : no_events(guess) + "\n";
    for (const tables::Label& doubt : assessment::doubts({guess}, settled)) {
      text += printable(doubt.en) + "\n";
    }
    text +=
        fmt::format("\n  {:<{}}  {:<10}  {:>7}  why\n", "column", width, "taken for", "missing");
    for (const exports::ColumnGuess& column : guess.columns) {
      text += fmt::format("  {:<{}}  {:<10}  {:>6.0f}%  {}\n", printable(column.name), width,
                          exports::name_of(column.role), 100 * column.missing,
                          printable(column.reason.en));
    }
  }
  return text +
         "\n"
         "The attacker may know every column except those with the role patient, drop, weight or "
         "unknown. To change a\n"
         "role, use --column NAME=ROLE, or write all roles to a file with --save-columns, correct "
         "it and give it to --columns.\n";
}

}  // namespace parcours::cli
