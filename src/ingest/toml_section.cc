#include "ingest/toml_section.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/nearest.h"

namespace parcours::ingest {

Status TomlSection::only(std::initializer_list<std::string_view> known) const {
  const toml::key* stranger = nullptr;
  for (const auto& [key, node] : *table_) {
    const bool expected = std::ranges::find(known, key.str()) != known.end();
    if (!expected &&
        (stranger == nullptr || key.source().begin.line < stranger->source().begin.line)) {
      stranger = &key;
    }
  }
  if (stranger == nullptr) {
    return {};
  }
  const std::vector<std::string> names(known.begin(), known.end());
  return bad_input(fmt::format("unknown key '{}' in {}", stranger->str(), name_),
                   fmt::format("{}:{}", file_, stranger->source().begin.line),
                   nearest_hint(stranger->str(), names));
}

Result<const toml::node*> TomlSection::need(std::string_view key, std::string_view example) const {
  const toml::node* node = find(key);
  if (node == nullptr) {
    return bad_input(fmt::format("{} has no {}", name_, key), where(),
                     fmt::format("add a line such as {} = {}", key, example));
  }
  return node;
}

Result<std::string> TomlSection::text(std::string_view key, std::string_view example) const {
  ASSIGN_OR_RETURN(const toml::node* node, need(key, example));
  std::optional<std::string> text = as_text(*node);
  if (!text) {
    return bad_input(fmt::format("{} in {} is not a text", key, name_), where(*node),
                     fmt::format("for example {} = {}", key, example));
  }
  return *std::move(text);
}

Result<std::optional<std::string>> TomlSection::maybe_text(std::string_view key) const {
  if (!has(key)) {
    return std::optional<std::string>();
  }
  ASSIGN_OR_RETURN(std::string found, text(key, "\"...\""));
  return std::optional(std::move(found));
}

Result<std::vector<std::string>> TomlSection::texts(std::string_view key) const {
  std::vector<std::string> texts;
  const toml::node* node = find(key);
  if (node == nullptr) {
    return texts;
  }
  if (std::optional<std::string> one = as_text(*node)) {
    texts.push_back(*std::move(one));
    return texts;
  }
  const toml::array* list = node->as_array();
  if (list == nullptr) {
    return bad_input(fmt::format("{} in {} is not a list of texts", key, name_), where(*node));
  }
  for (const toml::node& each : *list) {
    std::optional<std::string> text = as_text(each);
    if (!text) {
      return bad_input(fmt::format("{} in {} holds something that is not a text", key, name_),
                       where(each));
    }
    texts.push_back(*std::move(text));
  }
  return texts;
}

Result<TomlSection> TomlSection::section(const toml::node& node, std::string name) const {
  const toml::table* table = node.as_table();
  if (table == nullptr) {
    return bad_input(fmt::format("{} is not a table", name), where(node),
                     "for example { column = \"...\" }");
  }
  return TomlSection(*table, std::move(name), file_);
}

std::string TomlSection::where(const toml::node& node) const {
  return line(node) == 0 ? file_ : fmt::format("{}:{}", file_, line(node));
}

std::optional<std::string> TomlSection::as_text(const toml::node& node) {
  if (const auto* text = node.as_string()) {
    return text->get();
  }
  if (const auto* number = node.as_integer()) {
    return std::to_string(number->get());
  }
  return std::nullopt;
}

}  // namespace parcours::ingest
