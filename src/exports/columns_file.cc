#include "exports/columns_file.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/day.h"
#include "base/files.h"
#include "base/nearest.h"
#include "base/sheet.h"

namespace parcours::exports {
namespace {

constexpr std::size_t most_bytes = std::size_t{1} << 22;

// A table of columns and their roles. `file`: the export that it is of; empty for all.
void take_roles(Sheet sheet, const std::string& file, std::vector<Correction>& corrections) {
  static const std::vector<std::string> roles = role_names();
  for (const std::string& column : sheet.rest()) {
    const auto text = sheet.text(column);
    if (!text) {
      continue;
    }
    const int line = sheet.value_line(column);
    if (const auto role = role_named(*text)) {
      corrections.push_back({file, column, *role, sheet.mistakes().place(line)});
    } else {
      sheet.mistakes().add(line, fmt::format("no role '{}'", *text), nearest_hint(*text, roles));
    }
  }
}

ColumnsFile columns_of(Sheet& document) {
  ColumnsFile columns;
  if (const auto format = document.text("day_format")) {
    if (!precision_of(*format)) {
      document.mistakes().add(document.value_line("day_format"),
                              fmt::format("'{}' says no day", *format), period_format_hint);
    }
    columns.day_format = *format;
  }
  if (const auto all = document.sheet("columns")) {
    take_roles(all->named("[columns]"), {}, columns.corrections);
  }
  if (auto files = document.sheet("file")) {
    for (const std::string& file : files->rest()) {
      if (const auto roles = files->sheet(file)) {
        take_roles(roles->named(fmt::format("[file.\"{}\"]", file)), file, columns.corrections);
      }
    }
  }
  return columns;
}

// A text between quotes, as TOML's basic strings have it.
std::string toml_quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    const auto code = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      result += '\\';
      result += c;
    } else if (code < 0x20 || code == 0x7f) {
      result += fmt::format("\\u{:04X}", code);
    } else {
      result += c;
    }
  }
  return result + "\"";
}

// For a comment: one line, whatever a column is called.
std::string on_one_line(std::string text) {
  std::ranges::replace_if(
      text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
  return text;
}

// That of all files of events; empty where they differ, as each is then guessed again.
std::string common_day_format(const std::vector<FileGuess>& guesses) {
  std::string format;
  bool first = true;
  for (const FileGuess& guess : guesses) {
    if (guess.form == FileForm::events) {
      format = first || guess.day_format == format ? guess.day_format : "";
      first = false;
    }
  }
  return format;
}

}  // namespace

Result<ColumnsFile> parse_columns(std::string_view text, const std::string& name) {
  return read_sheet(text, name, "the columns file", columns_of);
}

Result<ColumnsFile> read_columns(const std::filesystem::path& path) {
  ASSIGN_OR_RETURN(const std::string text, read_file(path, most_bytes));
  return parse_columns(text, path.string());
}

std::string columns_text(const std::vector<FileGuess>& guesses) {
  std::string text =
      "# What each column is taken for. Correct it, and give it back with --columns.\n"
      "# Roles: patient, date, code, kind, sex, age, birth_year, place, sensitive, quasi, constant "
      "(all of these may be\n"
      "# known to an attacker, but for the patient's pseudonym); drop (names the person or the "
      "line by itself), weight\n"
      "# (of a survey), unknown (to attackers, on your word).\n";
  if (const std::string format = common_day_format(guesses); !format.empty()) {
    text += fmt::format("\nday_format = {}\n", toml_quoted(format));
  }
  for (const FileGuess& guess : guesses) {
    text += fmt::format("\n[file.{}]\n", toml_quoted(guess.file));
    std::size_t width = 0;
    for (const ColumnGuess& column : guess.columns) {
      width = std::max(width, toml_quoted(column.name).size());
    }
    for (const ColumnGuess& column : guess.columns) {
      text += fmt::format("{:<{}} = {:<13} # {}\n", toml_quoted(column.name), width,
                          toml_quoted(name_of(column.role)), on_one_line(column.reason.en));
    }
  }
  return text;
}

}  // namespace parcours::exports
