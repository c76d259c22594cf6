// The lists of a sheet.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/sheet.h"

namespace parcours {

template <class Take>
std::optional<std::vector<TextAt>> Sheet::list(std::string_view key, Take take) {
  const TomlValue* value = find(key);
  if (value == nullptr) {
    return {};
  }
  std::vector<TextAt> found;
  if (const auto one = take(*value)) {
    found.push_back({*one, value->line()});
    return found;
  }
  const TomlList* items = value->as<TomlList>();
  if (items == nullptr) {
    wrong_type(*value, key, "a list of texts: [\"...\", \"...\"]");
    return {};
  }
  for (const TomlValue& item : *items) {
    const auto one = take(item);
    if (!one) {
      mistakes_.add(item.line(), fmt::format("'{}' in {} holds {}", key, name_, item.type()),
                    "it must be a list of texts: [\"...\", \"...\"]");
      return {};
    }
    found.push_back({*one, item.line()});
  }
  return found;
}

std::optional<std::vector<TextAt>> Sheet::texts_at(std::string_view key) {
  return list(key, [](const TomlValue& item) {
    const auto* text = item.as<std::string>();
    return text == nullptr ? std::nullopt : std::optional(*text);
  });
}

std::optional<std::vector<TextAt>> Sheet::cell_texts(std::string_view key) {
  return list(key, [](const TomlValue& item) { return item.in_cell(); });
}

std::optional<std::vector<std::string>> Sheet::texts(std::string_view key) {
  const auto placed = texts_at(key);
  if (!placed) {
    return {};
  }
  std::vector<std::string> values;
  for (const TextAt& one : *placed) {
    values.push_back(one.text);
  }
  return values;
}

std::optional<std::vector<std::vector<std::string>>> Sheet::lists_of_texts(std::string_view key) {
  const TomlValue* value = find(key);
  if (value == nullptr) {
    return {};
  }
  const auto is_text = [](const TomlValue& item) { return item.as<std::string>() != nullptr; };
  const auto is_list = [&](const TomlValue& item) {
    const auto* inner = item.as<TomlList>();
    return inner != nullptr && std::ranges::all_of(*inner, is_text);
  };
  const auto* items = value->as<TomlList>();
  if (items == nullptr || !std::ranges::all_of(*items, is_list)) {
    mistakes_.add(value->line(),
                  fmt::format("'{}' in {} is not a list of lists of texts", key, name_),
                  "write, for instance, [[\"age\"], [\"age\", \"sex\"], []]");
    return {};
  }
  std::vector<std::vector<std::string>> lists;
  for (const TomlValue& item : *items) {
    std::vector<std::string>& texts = lists.emplace_back();
    for (const TomlValue& text : *item.as<TomlList>()) {
      texts.push_back(*text.as<std::string>());
    }
  }
  return lists;
}

std::optional<std::vector<double>> Sheet::numbers(std::string_view key) {
  const TomlValue* value = find(key);
  if (value == nullptr) {
    return {};
  }
  const auto* items = value->as<TomlList>();
  std::vector<double> values;
  if (items != nullptr) {
    for (const TomlValue& item : *items) {
      const auto number = item.number();
      if (!number || !std::isfinite(*number) || std::abs(*number) > 1e15) {
        items = nullptr;
        break;
      }
      values.push_back(*number);
    }
  }
  if (items == nullptr || values.empty()) {
    mistakes_.add(value->line(), fmt::format("'{}' in {} is not a list of numbers", key, name_),
                  "write, for instance, [0, 18, 65]");
    return {};
  }
  return values;
}

std::optional<WholeRange> Sheet::range(std::string_view key, std::int64_t least,
                                       std::int64_t most) {
  const TomlValue* value = find(key);
  if (value == nullptr) {
    return {};
  }
  const auto* ends = value->as<TomlList>();
  if (ends == nullptr || ends->size() != 2 || (*ends)[0].as<std::int64_t>() == nullptr ||
      (*ends)[1].as<std::int64_t>() == nullptr) {
    mistakes_.add(value->line(), fmt::format("'{}' in {} is not two whole numbers", key, name_),
                  "write the first and the last: [0, 90]");
    return {};
  }
  const std::int64_t first = *(*ends)[0].as<std::int64_t>();
  const std::int64_t last = *(*ends)[1].as<std::int64_t>();
  if (first > last) {
    mistakes_.add(value->line(),
                  fmt::format("'{}' in {} is reversed: [{}, {}]", key, name_, first, last),
                  fmt::format("did you mean [{}, {}]?", last, first));
    return {};
  }
  if (first < least || last > most) {
    mistakes_.add(value->line(), fmt::format("'{}' in {} is [{}, {}]", key, name_, first, last),
                  fmt::format("it must lie within {} and {}", least, most));
    return {};
  }
  return WholeRange{first, last};
}

}  // namespace parcours
