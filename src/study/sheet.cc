#include "study/sheet.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <tuple>

#include "base/nearest.h"

namespace parcours {
namespace {

constexpr std::int64_t farthest_day = 2'000'000'000;

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

std::string on_one_line(std::string text) {
  std::ranges::replace_if(text, is_control, '?');
  return text;
}

}  // namespace

void Mistakes::add(int line, std::string found, std::string right) {
  add(Error{Fault::input, std::move(found), place(line), std::move(right)}, line);
}

void Mistakes::add(Error error, int line) {
  error.found = on_one_line(std::move(error.found));
  error.right = on_one_line(std::move(error.right));
  noted_.emplace_back(line, std::move(error));
}

std::string Mistakes::place(int line) const {
  return fmt::format("{}:{}", file_.string(), line);
}

std::vector<Error> Mistakes::in_order() const {
  std::vector<std::pair<int, Error>> sorted = noted_;
  std::ranges::stable_sort(sorted, {}, &std::pair<int, Error>::first);
  std::vector<Error> errors;
  errors.reserve(sorted.size());
  for (auto& noted : sorted) {
    errors.push_back(std::move(noted.second));
  }
  return errors;
}

int line_of(const toml::node& node) {
  return static_cast<int>(node.source().begin.line);
}

std::string type_of(const toml::node& node) {
  switch (node.type()) {
    case toml::node_type::table:
      return "a table";
    case toml::node_type::array:
      return "a list";
    case toml::node_type::string:
      return "a text";
    case toml::node_type::integer:
      return "a whole number";
    case toml::node_type::floating_point:
      return "a number";
    case toml::node_type::boolean:
      return "true or false";
    case toml::node_type::date:
      return "a date";
    case toml::node_type::time:
      return "a time of day";
    case toml::node_type::date_time:
      return "a date with a time of day";
    case toml::node_type::none:
      break;
  }
  return "nothing";
}

Sheet::Sheet(const toml::table& table, std::string name, int line, Mistakes& mistakes)
    : table_(table), name_(std::move(name)), line_(line), mistakes_(mistakes) {}

const toml::node* Sheet::find(std::string_view key) {
  if (std::ranges::find(known_, key) == known_.end()) {
    known_.emplace_back(key);
  }
  return table_.get(key);
}

const toml::node* Sheet::need(std::string_view key, std::string_view example) {
  const toml::node* node = find(key);
  if (node == nullptr) {
    mistakes_.add(line_, fmt::format("{} has no '{}'", name_, key),
                  fmt::format("write, for instance, {}", example));
  }
  return node;
}

void Sheet::wrong_type(const toml::node& node, std::string_view key, std::string_view right) {
  mistakes_.add(line_of(node), fmt::format("'{}' in {} is {}", key, name_, type_of(node)),
                fmt::format("it must be {}", right));
}

std::optional<std::string> Sheet::text(std::string_view key) {
  const toml::node* node = find(key);
  if (node == nullptr) {
    return {};
  }
  const auto* text = node->as_string();
  if (text == nullptr) {
    wrong_type(*node, key, "a text in quotes");
    return {};
  }
  if (text->get().empty() || std::ranges::any_of(text->get(), is_control)) {
    mistakes_.add(line_of(*node),
                  fmt::format("'{}' in {} {}", key, name_,
                              text->get().empty() ? "is empty" : "has control characters"),
                  "write a line of text");
    return {};
  }
  return text->get();
}

std::optional<Text> Sheet::both_languages(std::string_view key) {
  const toml::node* node = find(key);
  if (node == nullptr) {
    return {};
  }
  if (node->is_string()) {
    const auto same = text(key);
    return same ? std::optional(Text{*same, *same}) : std::nullopt;
  }
  if (!node->is_table()) {
    wrong_type(*node, key, "a text, or { en = \"...\", fr = \"...\" }");
    return {};
  }
  Sheet languages = *sheet(key);
  const auto en = languages.text("en");
  const auto fr = languages.text("fr");
  languages.finish();
  if (!en && !fr) {
    mistakes_.add(line_of(*node), fmt::format("'{}' in {} is empty", key, name_),
                  "write { en = \"...\", fr = \"...\" }");
    return {};
  }
  return Text{en ? *en : *fr, fr ? *fr : *en};
}

std::optional<std::vector<std::string>> Sheet::texts(std::string_view key) {
  const toml::node* node = find(key);
  if (node == nullptr) {
    return {};
  }
  if (const auto* one = node->as_string()) {
    return std::vector<std::string>{one->get()};
  }
  const toml::array* list = node->as_array();
  if (list == nullptr ||
      std::ranges::any_of(*list, [](const toml::node& item) { return !item.is_string(); })) {
    wrong_type(*node, key, "a list of texts: [\"...\", \"...\"]");
    return {};
  }
  std::vector<std::string> values;
  for (const toml::node& item : *list) {
    values.push_back(item.as_string()->get());
  }
  return values;
}

std::optional<std::vector<std::vector<std::string>>> Sheet::lists_of_texts(std::string_view key) {
  const toml::node* node = find(key);
  if (node == nullptr) {
    return {};
  }
  const auto is_text = [](const toml::node& item) { return item.is_string(); };
  const auto is_list = [&](const toml::node& item) {
    return item.is_array() && std::ranges::all_of(*item.as_array(), is_text);
  };
  const toml::array* list = node->as_array();
  if (list == nullptr || !std::ranges::all_of(*list, is_list)) {
    mistakes_.add(line_of(*node),
                  fmt::format("'{}' in {} is not a list of lists of texts", key, name_),
                  "write, for instance, [[\"age\"], [\"age\", \"sex\"], []]");
    return {};
  }
  std::vector<std::vector<std::string>> lists;
  for (const toml::node& item : *list) {
    std::vector<std::string>& texts = lists.emplace_back();
    for (const toml::node& text : *item.as_array()) {
      texts.push_back(text.as_string()->get());
    }
  }
  return lists;
}

std::optional<std::vector<double>> Sheet::numbers(std::string_view key) {
  const toml::node* node = find(key);
  if (node == nullptr) {
    return {};
  }
  const toml::array* list = node->as_array();
  std::vector<double> values;
  if (list != nullptr) {
    for (const toml::node& item : *list) {
      const auto value = item.is_number() ? item.value<double>() : std::nullopt;
      if (!value || !std::isfinite(*value) || std::abs(*value) > 1e15) {
        list = nullptr;
        break;
      }
      values.push_back(*value);
    }
  }
  if (list == nullptr || values.empty()) {
    mistakes_.add(line_of(*node), fmt::format("'{}' in {} is not a list of numbers", key, name_),
                  "write, for instance, [0, 18, 65]");
    return {};
  }
  return values;
}

std::optional<WholeRange> Sheet::range(std::string_view key, std::int64_t least,
                                       std::int64_t most) {
  const toml::node* node = find(key);
  if (node == nullptr) {
    return {};
  }
  const toml::array* list = node->as_array();
  if (list == nullptr || list->size() != 2 || !(*list)[0].is_integer() ||
      !(*list)[1].is_integer()) {
    mistakes_.add(line_of(*node), fmt::format("'{}' in {} is not two whole numbers", key, name_),
                  "write the first and the last: [0, 90]");
    return {};
  }
  const std::int64_t first = (*list)[0].as_integer()->get();
  const std::int64_t last = (*list)[1].as_integer()->get();
  if (first > last) {
    mistakes_.add(line_of(*node),
                  fmt::format("'{}' in {} is reversed: [{}, {}]", key, name_, first, last),
                  fmt::format("did you mean [{}, {}]?", last, first));
    return {};
  }
  if (first < least || last > most) {
    mistakes_.add(line_of(*node), fmt::format("'{}' in {} is [{}, {}]", key, name_, first, last),
                  fmt::format("it must lie within {} and {}", least, most));
    return {};
  }
  return WholeRange{first, last};
}

std::optional<Pattern> Sheet::pattern(std::string_view key) {
  const toml::node* node = find(key);
  if (node == nullptr) {
    return {};
  }
  const auto* text = node->as_string();
  if (text == nullptr) {
    wrong_type(*node, key, "an event pattern such as \"diagnosis:J45*\"");
    return {};
  }
  const int at = line_of(*node);
  auto parsed = parse_pattern(text->get(), mistakes_.place(at), at);
  if (!parsed) {
    mistakes_.add(parsed.error(), at);
    return {};
  }
  return *std::move(parsed);
}

std::optional<Sheet> Sheet::sheet(std::string_view key) {
  const toml::node* node = find(key);
  if (node == nullptr) {
    return {};
  }
  const toml::table* table = node->as_table();
  if (table == nullptr) {
    wrong_type(*node, key, "a table: { ... }");
    return {};
  }
  return Sheet(*table, fmt::format("'{}' in {}", key, name_), line(key), mistakes_);
}

std::vector<Sheet> Sheet::sheets(std::string_view key) {
  const toml::node* node = find(key);
  if (node == nullptr) {
    return {};
  }
  const toml::array* list = node->as_array();
  if (list == nullptr) {
    wrong_type(*node, key, "a list of tables: [{ ... }, { ... }]");
    return {};
  }
  std::vector<Sheet> found;
  for (const toml::node& item : *list) {
    if (const toml::table* table = item.as_table()) {
      found.emplace_back(*table, fmt::format("'{}' in {}", key, name_), line_of(item), mistakes_);
    } else {
      wrong_type(item, key, "a list of tables: [{ ... }, { ... }]");
    }
  }
  return found;
}

std::vector<std::string> Sheet::rest() const {
  std::vector<std::tuple<std::size_t, std::size_t, std::string>> found;
  for (auto&& [key, node] : table_) {
    if (std::ranges::find(known_, key.str()) == known_.end()) {
      const auto& begin = key.source().begin;
      found.emplace_back(begin.line, begin.column, std::string(key.str()));
    }
  }
  std::ranges::sort(found);
  std::vector<std::string> names;
  for (auto& entry : found) {
    names.push_back(std::move(std::get<2>(entry)));
  }
  return names;
}

void Sheet::finish() {
  for (const std::string& key : rest()) {
    mistakes_.add(line(key), fmt::format("unknown key '{}' in {}", key, name_),
                  nearest_hint(key, known_));
  }
}

int Sheet::line(std::string_view key) const {
  const auto entry = table_.find(key);
  if (entry == table_.end()) {
    return line_;
  }
  return static_cast<int>(entry->first.source().begin.line);
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

std::optional<Day> day_from(const toml::node& node, std::string_view what, Calendar calendar,
                            Mistakes& mistakes) {
  const int line = line_of(node);
  if (calendar == Calendar::dates) {
    if (const auto* date = node.as_date()) {
      const toml::date& value = date->get();
      return day_of(value.year, value.month, value.day);
    }
    const bool quoted = node.is_string() && parse_iso_day(node.as_string()->get());
    mistakes.add(
        line, fmt::format("{} is {}, not a date", what, type_of(node)),
        quoted ? "write it without quotes: 2023-01-31" : "write a date without quotes: 2023-01-31");
    return {};
  }
  const auto* number = node.as_integer();
  if (number == nullptr || number->get() > farthest_day || number->get() < -farthest_day) {
    mistakes.add(line, fmt::format("{} is {}", what, number ? "out of range" : type_of(node)),
                 calendar == Calendar::days
                     ? "the vault has relative days: write a whole number"
                     : "the vault has an order and no days: write a whole number");
    return {};
  }
  return Day{static_cast<std::int32_t>(number->get())};
}

}  // namespace parcours
