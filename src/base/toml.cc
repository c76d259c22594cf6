#include "base/toml.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <exception>
#include <new>
#include <tuple>
#include <utility>

#include "base/toml_depth.h"

namespace parcours {
namespace {

constexpr int deepest = 200;

struct TooDeep {
  int line;
};

int line_in(const toml::source_region& source) {
  return std::max(1, static_cast<int>(source.begin.line));
}

TomlValue value_of(const toml::node& node, int depth);

TomlTable table_of(const toml::table& table, int depth) {
  std::vector<std::tuple<std::size_t, std::size_t, const toml::key*, const toml::node*>> placed;
  for (const auto& [key, node] : table) {
    const auto& begin = key.source().begin;
    placed.emplace_back(begin.line, begin.column, &key, &node);
  }
  std::ranges::sort(placed, {}, [](const auto& entry) {
    return std::pair(std::get<0>(entry), std::get<1>(entry));
  });
  TomlTable made;
  made.entries.reserve(placed.size());
  for (const auto& [line, column, key, node] : placed) {
    made.entries.push_back(
        {std::string(key->str()), line_in(key->source()), value_of(*node, depth + 1)});
  }
  return made;
}

TomlList list_of(const toml::array& array, int depth) {
  TomlList list;
  list.reserve(array.size());
  for (const toml::node& node : array) {
    list.push_back(value_of(node, depth + 1));
  }
  return list;
}

TomlValue::Content content_of(const toml::node& node, int depth) {
  if (const auto* table = node.as_table()) {
    return table_of(*table, depth);
  }
  if (const auto* array = node.as_array()) {
    return list_of(*array, depth);
  }
  if (const auto* text = node.as_string()) {
    return text->get();
  }
  if (const auto* whole = node.as_integer()) {
    return whole->get();
  }
  if (const auto* number = node.as_floating_point()) {
    return number->get();
  }
  if (const auto* flag = node.as_boolean()) {
    return flag->get();
  }
  if (const auto* date = node.as_date()) {
    const toml::date& day = date->get();
    return TomlDate{day.year, day.month, day.day};
  }
  return TomlTime{node.is_date_time()};
}

TomlValue value_of(const toml::node& node, int depth) {
  if (depth > deepest) {
    throw TooDeep{line_in(node.source())};
  }
  return {content_of(node, depth), line_in(node.source())};
}

}  // namespace

const TomlEntry* TomlTable::entry(std::string_view key) const {
  const auto found = std::ranges::find(entries, key, &TomlEntry::key);
  return found == entries.end() ? nullptr : &*found;
}

const TomlValue* TomlTable::find(std::string_view key) const {
  const TomlEntry* found = entry(key);
  return found == nullptr ? nullptr : &found->value;
}

TomlValue::TomlValue(Content content, int line) : content_(std::move(content)), line_(line) {}
TomlValue::TomlValue(const TomlValue&) = default;
TomlValue::TomlValue(TomlValue&&) noexcept = default;
TomlValue& TomlValue::operator=(const TomlValue&) = default;
TomlValue& TomlValue::operator=(TomlValue&&) noexcept = default;
TomlValue::~TomlValue() = default;

std::optional<double> TomlValue::number() const {
  if (const auto* whole = as<std::int64_t>()) {
    return static_cast<double>(*whole);
  }
  const auto* number = as<double>();
  return number == nullptr ? std::nullopt : std::optional(*number);
}

std::optional<std::string> TomlValue::in_cell() const {
  if (const auto* text = as<std::string>()) {
    return *text;
  }
  const auto* whole = as<std::int64_t>();
  return whole == nullptr ? std::nullopt : std::optional(std::to_string(*whole));
}

std::string TomlValue::type() const {
  if (const auto* time = as<TomlTime>()) {
    return time->dated ? "a date with a time of day" : "a time of day";
  }
  // In the order of Content.
  constexpr const char* names[] = {"a text", "a whole number", "a number", "true or false",
                                   "a date", "a time of day",  "a list",   "a table"};
  return names[content_.index()];
}

std::optional<TomlTable> parse_toml(std::string_view text, Mistakes& mistakes) {
  if (const std::size_t line = too_deep_line(text); line > 0) {
    mistakes.add(static_cast<int>(line), "a key has too many parts",
                 fmt::format("a key has at most {} dots", most_dots_of_a_key));
    return {};
  }
  try {
    return table_of(toml::parse(text), 0);
  } catch (const toml::parse_error& error) {
    mistakes.add(line_in(error.source()), fmt::format("this is not TOML: {}", error.description()));
  } catch (const TooDeep& deep) {
    mistakes.add(deep.line, fmt::format("values within each other, over {} deep", deepest));
  } catch (const std::bad_alloc&) {
    throw;
  } catch (const std::exception& error) {
    mistakes.add(1, fmt::format("this is not TOML: {}", error.what()));
  }
  return {};
}

std::string toml_text(std::string_view text) {
  std::string made = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      made += '\\';
      made += c;
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      made += fmt::format("\\u{:04X}", static_cast<unsigned>(c));
    } else {
      made += c;
    }
  }
  return made + '"';
}

}  // namespace parcours
