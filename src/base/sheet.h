// A TOML table read key by key: what is wrong is noted with its line, and reading goes on, so that
// one look names every mistake of a file. Every key that the reader asks for is known; `finish`
// notes the others.
//
//   Result<Rules> rules = read_sheet(text, file, "the rules", [](Sheet& sheet) {
//     Rules made;
//     sheet.need("id", "id = \"france-2026\"");
//     made.id = sheet.text("id").value_or("");
//     return made;
//   });
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/day.h"
#include "base/error.h"
#include "base/mistakes.h"
#include "base/text.h"
#include "base/toml.h"

namespace parcours {

using WholeRange = std::pair<std::int64_t, std::int64_t>;

// A text, and the line on which it begins.
struct TextAt {
  std::string text;
  int line = 0;
};

// Which of the two a text must have. Where one is enough, it stands for the other as well.
enum class Languages { one_is_enough, both };

class Sheet {
 public:
  // `name`: what errors call it: "[population]". The table must outlive the sheet.
  Sheet(const TomlTable& table, std::string name, int line, Mistakes& mistakes);

  // Nothing when the key is not there.
  const TomlValue* find(std::string_view key);
  // The same; `finish` notes that the key is missing, unless it stands there misspelt.
  const TomlValue* need(std::string_view key, std::string_view example);

  // Each gives nothing when the key is not there or wrong; what is wrong is noted.
  std::optional<std::string> text(std::string_view key);       // one line, not empty
  std::optional<std::string> cell_text(std::string_view key);  // any; of a whole number its digits
  std::optional<Text> both_languages(std::string_view key,
                                     Languages needed = Languages::one_is_enough);
  // One of the names, by its place among them.
  std::optional<std::size_t> one_of(std::string_view key, std::span<const std::string> names);
  std::optional<std::int64_t> whole(std::string_view key, std::int64_t least, std::int64_t most);
  std::optional<double> share(std::string_view key);  // above 0 and up to 1
  std::optional<bool> flag(std::string_view key);
  // One text or a list of them.
  std::optional<std::vector<std::string>> texts(std::string_view key);
  std::optional<std::vector<TextAt>> texts_at(std::string_view key);
  std::optional<std::vector<TextAt>> cell_texts(std::string_view key);
  std::optional<std::vector<std::vector<std::string>>> lists_of_texts(std::string_view key);
  std::optional<std::vector<double>> numbers(std::string_view key);
  std::optional<WholeRange> range(std::string_view key, std::int64_t least, std::int64_t most);
  std::optional<Sheet> sheet(std::string_view key);
  std::vector<Sheet> sheets(std::string_view key);              // a list of tables
  std::vector<Sheet> one_or_more_sheets(std::string_view key);  // a table or a list of them

  // Notes the keys that were not asked for, and those that were needed and are missing.
  void finish();

  // The same, under another name in errors.
  Sheet named(std::string name) const { return Sheet(table_, std::move(name), line_, mistakes_); }

  // The keys that were not asked for, in the order of the file.
  std::vector<std::string> rest() const;

  const std::string& name() const { return name_; }
  int line() const { return line_; }
  // That of the key, or of the sheet where it has no such key.
  int line(std::string_view key) const;
  // The same of its value.
  int value_line(std::string_view key) const;
  Mistakes& mistakes() { return mistakes_; }

 private:
  struct Missing {
    std::string key;
    std::string example;
  };

  void wrong_type(const TomlValue& value, std::string_view key, std::string_view right);
  template <class Take>
  std::optional<std::vector<TextAt>> list(std::string_view key, Take take);

  const TomlTable& table_;
  std::string name_;
  int line_;
  Mistakes& mistakes_;
  std::vector<std::string> known_;
  std::vector<Missing> missing_;
};

// A letter or digit, then letters, digits, '-' and '_', at most 64: it becomes a file's or a
// column's name. Notes what is wrong.
bool check_id(std::string_view id, std::string_view what, int line, Mistakes& mistakes);

// A day as the calendar has it: a date, or a whole number.
std::optional<Day> day_from(const TomlValue& value, std::string_view what, Calendar calendar,
                            Mistakes& mistakes);

// What `read` makes of the sheet of a whole file, or the first mistake and how many more there are.
// `name`: what errors call the file.
template <class Read, class Made = std::invoke_result_t<Read, Sheet&>>
Result<Made> read_sheet(std::string_view text, const std::filesystem::path& file, std::string name,
                        Read read) {
  Mistakes mistakes(file);
  std::optional<Made> made;
  if (const auto table = parse_toml(text, mistakes)) {
    Sheet sheet(*table, std::move(name), 1, mistakes);
    made.emplace(read(sheet));
    sheet.finish();
  }
  if (!mistakes.none()) {
    return std::unexpected(first_of(mistakes.in_order()));
  }
  return *std::move(made);
}

}  // namespace parcours
