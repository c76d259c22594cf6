// Reads a TOML table key by key. It notes each mistake with its line and goes on, so that one run
// reports every mistake of a file. The keys that the caller reads are the known ones; `finish`
// reports all others.
#pragma once

#include <toml++/toml.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/day.h"
#include "base/error.h"
#include "study/pattern.h"
#include "vocabulary/vocabulary.h"

namespace parcours {

// Everything wrong with one file.
class Mistakes {
 public:
  explicit Mistakes(std::filesystem::path file) : file_(std::move(file)) {}

  void add(int line, std::string found, std::string right = {});
  void add(Error error, int line);
  std::string place(int line) const;
  bool none() const { return noted_.empty(); }

  // In order of line.
  std::vector<Error> in_order() const;

 private:
  std::filesystem::path file_;
  std::vector<std::pair<int, Error>> noted_;
};

int line_of(const toml::node& node);

// "a string", "a date": what a person would call the node's type.
std::string type_of(const toml::node& node);

using WholeRange = std::pair<std::int64_t, std::int64_t>;

class Sheet {
 public:
  // `name`: what errors call it: "[population]".
  Sheet(const toml::table& table, std::string name, int line, Mistakes& mistakes);

  // Nothing when the key is not there.
  const toml::node* find(std::string_view key);
  // Notes that a key is missing.
  const toml::node* need(std::string_view key, std::string_view example);

  // Each gives nothing when the key is not there or wrong; what is wrong is noted.
  std::optional<std::string> text(std::string_view key);
  std::optional<Text> both_languages(std::string_view key);
  std::optional<std::vector<std::string>> texts(std::string_view key);  // one string or a list
  std::optional<std::vector<std::vector<std::string>>> lists_of_texts(std::string_view key);
  std::optional<std::vector<double>> numbers(std::string_view key);
  std::optional<WholeRange> range(std::string_view key, std::int64_t least, std::int64_t most);
  std::optional<Pattern> pattern(std::string_view key);
  std::optional<Sheet> sheet(std::string_view key);
  std::vector<Sheet> sheets(std::string_view key);  // a list of tables

  void finish();

  // The same, under another name in errors.
  Sheet named(std::string name) const { return Sheet(table_, std::move(name), line_, mistakes_); }

  // The keys that were not asked for, in the order of the file.
  std::vector<std::string> rest() const;

  const std::string& name() const { return name_; }
  int line() const { return line_; }
  int line(std::string_view key) const;
  Mistakes& mistakes() { return mistakes_; }

 private:
  void wrong_type(const toml::node& node, std::string_view key, std::string_view right);

  const toml::table& table_;
  std::string name_;
  int line_;
  Mistakes& mistakes_;
  std::vector<std::string> known_;
};

// A letter or digit, then letters, digits, '-' and '_', at most 64: it becomes a file's or a
// column's name. Notes what is wrong.
bool check_id(std::string_view id, std::string_view what, int line, Mistakes& mistakes);

// A day as the calendar has it: a date, or a whole number.
std::optional<Day> day_from(const toml::node& node, std::string_view what, Calendar calendar,
                            Mistakes& mistakes);

}  // namespace parcours
