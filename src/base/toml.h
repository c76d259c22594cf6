// A TOML file as values that know their lines. The parser's own header is read by toml.cc alone,
// for it takes longer to compile than what uses it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/mistakes.h"

namespace parcours {

class TomlValue;
struct TomlEntry;

struct TomlDate {
  int year = 0;
  unsigned month = 0;
  unsigned day = 0;
};

struct TomlTime {
  bool dated = false;  // a time of a day of the calendar
};

using TomlList = std::vector<TomlValue>;

struct TomlTable {
  std::vector<TomlEntry> entries;  // in the order of the file

  // Nothing when the key is not there.
  const TomlEntry* entry(std::string_view key) const;
  const TomlValue* find(std::string_view key) const;
};

class TomlValue {
 public:
  using Content = std::variant<std::string, std::int64_t, double, bool, TomlDate, TomlTime,
                               TomlList, TomlTable>;

  TomlValue(Content content, int line);
  // Where they are made, in toml.cc, an entry is whole: a table has entries, and these have values.
  TomlValue(const TomlValue&);
  TomlValue(TomlValue&&) noexcept;
  TomlValue& operator=(const TomlValue&);
  TomlValue& operator=(TomlValue&&) noexcept;
  ~TomlValue();

  // The line on which it begins, from 1.
  int line() const { return line_; }

  // Nothing when it is of another type: value.as<std::string>().
  template <class T>
  const T* as() const {
    return std::get_if<T>(&content_);
  }

  // A whole number or another.
  std::optional<double> number() const;

  // As a cell of a file has it: a text, or a whole number's digits.
  std::optional<std::string> in_cell() const;

  // What a person would call its type: "a text", "a date".
  std::string type() const;

 private:
  Content content_;
  int line_;
};

struct TomlEntry {
  std::string key;
  int line = 0;  // of the key
  TomlValue value;
};

// A text that is not TOML, or nests so deep that the stack could not hold it, gives one mistake and
// no table.
std::optional<TomlTable> parse_toml(std::string_view text, Mistakes& mistakes);

// A text as a TOML file has it, in its quotes.
std::string toml_text(std::string_view text);

}  // namespace parcours
