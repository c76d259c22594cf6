#include "exports/columns_file.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>

#include "base/day.h"
#include "base/files.h"
#include "base/nearest.h"
#include "base/toml_depth.h"

namespace parcours {
namespace {

constexpr std::size_t most_bytes = std::size_t{1} << 22;

std::string place(const std::string& name, const toml::node& node) {
  return fmt::format("{}:{}", name, node.source().begin.line);
}

Status take_roles(const toml::node& node, const std::string& file, const std::string& name,
                  std::vector<Correction>& corrections) {
  const toml::table* table = node.as_table();
  if (table == nullptr) {
    return bad_input("this must be a table of columns", place(name, node),
                     "a line of it reads: region = \"place\"");
  }
  for (const auto& [column, value] : *table) {
    const auto text = value.value_exact<std::string>();
    const auto role = role_named(text.value_or(""));
    if (!role) {
      return bad_input(text ? fmt::format("no role '{}'", *text) : "a role is a text",
                       place(name, value), nearest_hint(text.value_or(""), role_names()));
    }
    corrections.push_back({file, std::string(column.str()), *role, place(name, value)});
  }
  return {};
}

Result<ColumnsFile> columns_of(const toml::table& document, const std::string& name) {
  ColumnsFile columns;
  for (const auto& [key, value] : document) {
    if (key != "columns" && key != "file" && key != "day_format") {
      static const std::vector<std::string> known = {"columns", "file", "day_format"};
      return bad_input(fmt::format("unknown key '{}'", key.str()), place(name, value),
                       nearest_hint(key.str(), known));
    }
  }
  if (const toml::node* format = document.get("day_format")) {
    const auto text = format->value_exact<std::string>();
    if (!text || text->empty()) {
      return bad_input("day_format is a text", place(name, *format), "day_format = \"%d/%m/%Y\"");
    }
    if (!is_day_format(*text)) {
      return bad_input(fmt::format("'{}' says no day", *text), place(name, *format),
                       day_format_hint);
    }
    columns.day_format = *text;
  }
  if (const toml::node* all = document.get("columns")) {
    RETURN_IF_ERROR(take_roles(*all, {}, name, columns.corrections));
  }
  if (const toml::node* files = document.get("file")) {
    if (files->as_table() == nullptr) {
      return bad_input("'file' holds a table for each file", place(name, *files),
                       "[file.\"events.csv\"]");
    }
    for (const auto& [file, roles] : *files->as_table()) {
      RETURN_IF_ERROR(take_roles(roles, std::string(file.str()), name, columns.corrections));
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
  try {
    RETURN_IF_ERROR(check_toml_depth(text, name));
    return columns_of(toml::parse(text, name), name);
  } catch (const toml::parse_error& error) {
    return bad_input(fmt::format("not TOML: {}", error.description()),
                     fmt::format("{}:{}", name, error.source().begin.line));
  }
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
                          toml_quoted(name_of(column.role)), on_one_line(column.reason));
    }
  }
  return text;
}

}  // namespace parcours
