#include "base/sheet.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/nearest.h"

namespace parcours {
namespace {

constexpr std::int64_t farthest_day = 2'000'000'000;

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

}  // namespace

Sheet::Sheet(const TomlTable& table, std::string name, int line, Mistakes& mistakes)
    : table_(table), name_(std::move(name)), line_(line), mistakes_(mistakes) {}

const TomlValue* Sheet::find(std::string_view key) {
  if (std::ranges::find(known_, key) == known_.end()) {
    known_.emplace_back(key);
  }
  return table_.find(key);
}

const TomlValue* Sheet::need(std::string_view key, std::string_view example) {
  const TomlValue* value = find(key);
  if (value == nullptr && std::ranges::find(missing_, key, &Missing::key) == missing_.end()) {
    missing_.push_back({std::string(key), std::string(example)});
  }
  return value;
}

void Sheet::wrong_type(const TomlValue& value, std::string_view key, std::string_view right) {
  mistakes_.add(value.line(), fmt::format("'{}' in {} is {}", key, name_, value.type()),
                fmt::format("it must be {}", right));
}

std::optional<std::string> Sheet::text(std::string_view key) {
  const TomlValue* value = find(key);
  if (value == nullptr) {
    return {};
  }
  const auto* text = value->as<std::string>();
  if (text == nullptr) {
    wrong_type(*value, key, "a text in quotes");
    return {};
  }
  if (text->empty() || std::ranges::any_of(*text, is_control)) {
    mistakes_.add(value->line(),
                  fmt::format("'{}' in {} {}", key, name_,
                              text->empty() ? "is empty" : "has control characters"),
                  "write a line of text");
    return {};
  }
  return *text;
}

std::optional<std::string> Sheet::cell_text(std::string_view key) {
  const TomlValue* value = find(key);
  if (value == nullptr) {
    return {};
  }
  auto text = value->in_cell();
  if (!text) {
    wrong_type(*value, key, "a text in quotes");
  }
  return text;
}

std::optional<std::size_t> Sheet::one_of(std::string_view key, std::span<const std::string> names) {
  const auto name = text(key);
  if (!name) {
    return {};
  }
  const auto found = std::ranges::find(names, *name);
  if (found == names.end()) {
    mistakes_.add(value_line(key), fmt::format("unknown {} '{}'", key, *name),
                  nearest_hint(*name, names));
    return {};
  }
  return static_cast<std::size_t>(found - names.begin());
}

std::optional<std::int64_t> Sheet::whole(std::string_view key, std::int64_t least,
                                         std::int64_t most) {
  const TomlValue* value = find(key);
  if (value == nullptr) {
    return {};
  }
  const auto* number = value->as<std::int64_t>();
  if (number == nullptr || *number < least || *number > most) {
    mistakes_.add(value->line(),
                  fmt::format("'{}' in {} is {}", key, name_,
                              number == nullptr ? value->type() : std::to_string(*number)),
                  fmt::format("it must be a whole number from {} to {}", least, most));
    return {};
  }
  return *number;
}

std::optional<double> Sheet::share(std::string_view key) {
  const TomlValue* value = find(key);
  if (value == nullptr) {
    return {};
  }
  const auto number = value->number();
  if (!number || !(*number > 0 && *number <= 1)) {
    mistakes_.add(value->line(),
                  fmt::format("'{}' in {} is {}", key, name_,
                              number ? fmt::format("{}", *number) : value->type()),
                  "it must be a share above 0 and up to 1, such as 0.85");
    return {};
  }
  return number;
}

std::optional<bool> Sheet::flag(std::string_view key) {
  const TomlValue* value = find(key);
  if (value == nullptr) {
    return {};
  }
  const auto* answer = value->as<bool>();
  if (answer == nullptr) {
    wrong_type(*value, key, "true or false");
    return {};
  }
  return *answer;
}

std::optional<Text> Sheet::both_languages(std::string_view key, Languages needed) {
  const TomlValue* value = find(key);
  if (value == nullptr) {
    return {};
  }
  const bool one_is_enough = needed == Languages::one_is_enough;
  if (one_is_enough && value->as<std::string>() != nullptr) {
    const auto same = text(key);
    return same ? std::optional(Text{*same, *same}) : std::nullopt;
  }
  if (value->as<TomlTable>() == nullptr) {
    wrong_type(*value, key,
               one_is_enough ? "a text, or { en = \"...\", fr = \"...\" }"
                             : "{ en = \"...\", fr = \"...\" }");
    return {};
  }
  Sheet languages = *sheet(key);
  if (!one_is_enough) {
    languages.need("en", "en = \"...\"");
    languages.need("fr", "fr = \"...\"");
  }
  const auto en = languages.text("en");
  const auto fr = languages.text("fr");
  languages.finish();
  if (one_is_enough && !en && !fr) {
    mistakes_.add(value->line(), fmt::format("'{}' in {} is empty", key, name_),
                  "write { en = \"...\", fr = \"...\" }");
    return {};
  }
  if (!one_is_enough && (!en || !fr)) {
    return {};
  }
  return Text{en ? *en : *fr, fr ? *fr : *en};
}

std::optional<Sheet> Sheet::sheet(std::string_view key) {
  const TomlValue* value = find(key);
  if (value == nullptr) {
    return {};
  }
  const auto* table = value->as<TomlTable>();
  if (table == nullptr) {
    wrong_type(*value, key, "a table: { ... }");
    return {};
  }
  return Sheet(*table, fmt::format("'{}' in {}", key, name_), line(key), mistakes_);
}

std::vector<Sheet> Sheet::sheets(std::string_view key) {
  const TomlValue* value = find(key);
  if (value == nullptr) {
    return {};
  }
  const std::string right =
      fmt::format("a list of tables: [{{ ... }}, {{ ... }}], or a line [[{}]] before each", key);
  const auto* items = value->as<TomlList>();
  if (items == nullptr) {
    wrong_type(*value, key, right);
    return {};
  }
  std::vector<Sheet> found;
  for (const TomlValue& item : *items) {
    if (const auto* table = item.as<TomlTable>()) {
      found.emplace_back(*table, fmt::format("'{}' in {}", key, name_), item.line(), mistakes_);
    } else {
      wrong_type(item, key, right);
    }
  }
  return found;
}

std::vector<Sheet> Sheet::one_or_more_sheets(std::string_view key) {
  const TomlValue* value = find(key);
  if (value == nullptr || value->as<TomlTable>() == nullptr) {
    return sheets(key);
  }
  std::vector<Sheet> one;
  one.push_back(*sheet(key));
  return one;
}

std::vector<std::string> Sheet::rest() const {
  std::vector<std::string> keys;
  for (const TomlEntry& entry : table_.entries) {
    if (std::ranges::find(known_, entry.key) == known_.end()) {
      keys.push_back(entry.key);
    }
  }
  return keys;
}

void Sheet::finish() {
  std::vector<std::string> misspelt;
  for (const std::string& key : rest()) {
    mistakes_.add(line(key), fmt::format("unknown key '{}' in {}", key, name_),
                  nearest_hint(key, known_));
    if (const auto meant = nearest(key, known_)) {
      misspelt.push_back(*meant);
    }
  }
  for (const Missing& missing : missing_) {
    if (std::ranges::find(misspelt, missing.key) == misspelt.end()) {
      mistakes_.add(line_, fmt::format("{} has no '{}'", name_, missing.key),
                    fmt::format("write, for instance, {}", missing.example));
    }
  }
}

int Sheet::line(std::string_view key) const {
  const TomlEntry* entry = table_.entry(key);
  return entry == nullptr ? line_ : entry->line;
}

int Sheet::value_line(std::string_view key) const {
  const TomlValue* value = table_.find(key);
  return value == nullptr ? line_ : value->line();
}

bool check_id(std::string_view id, std::string_view what, int line, Mistakes& mistakes) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  };
  const bool good =
      !id.empty() && id.size() <= 64 && plain(id.front()) &&
      std::ranges::all_of(id, [&](char c) { return plain(c) || c == '-' || c == '_'; });
  if (!good) {
    mistakes.add(line, fmt::format("the id of {} is '{}'", what, id),
                 "use at most 64 letters, digits, '-' and '_', and begin with a letter or digit");
  }
  return good;
}

std::optional<Day> day_from(const TomlValue& value, std::string_view what, Calendar calendar,
                            Mistakes& mistakes) {
  if (calendar == Calendar::dates) {
    if (const auto* date = value.as<TomlDate>()) {
      return day_of(date->year, date->month, date->day);
    }
    const auto* text = value.as<std::string>();
    const bool quoted = text != nullptr && parse_iso_day(*text);
    mistakes.add(
        value.line(), fmt::format("{} is {}, not a date", what, value.type()),
        quoted ? "write it without quotes: 2023-01-31" : "write a date without quotes: 2023-01-31");
    return {};
  }
  const auto* number = value.as<std::int64_t>();
  if (number == nullptr || *number > farthest_day || *number < -farthest_day) {
    mistakes.add(value.line(),
                 fmt::format("{} is {}", what, number != nullptr ? "out of range" : value.type()),
                 calendar == Calendar::days
                     ? "the vault has relative days: write a whole number"
                     : "the vault has an order and no days: write a whole number");
    return {};
  }
  return Day{static_cast<std::int32_t>(*number)};
}

}  // namespace parcours
