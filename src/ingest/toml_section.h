// Reads a table of a TOML file key by key. Every mistake is an error with file and line.
#pragma once

#include <toml++/toml.h>

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace parcours::ingest {

class TomlSection {
 public:
  // `name` is what errors call it: "[patients]". The table must outlive this.
  TomlSection(const toml::table& table, std::string name, std::string file)
      : table_(&table), name_(std::move(name)), file_(std::move(file)) {}

  // An error for the first key that is not one of these.
  Status only(std::initializer_list<std::string_view> known) const;

  bool has(std::string_view key) const { return table_->contains(key); }
  const toml::table& table() const { return *table_; }
  const toml::node* find(std::string_view key) const { return table_->get(key); }
  const std::string& name() const { return name_; }

  // An error where the key is missing.
  Result<const toml::node*> need(std::string_view key, std::string_view example) const;

  // A text; a whole number is taken as its digits.
  Result<std::string> text(std::string_view key, std::string_view example) const;
  Result<std::optional<std::string>> maybe_text(std::string_view key) const;
  // A text or a list of texts; empty where the key is missing.
  Result<std::vector<std::string>> texts(std::string_view key) const;

  // A table within, under this name in errors.
  Result<TomlSection> section(const toml::node& node, std::string name) const;

  std::string where() const { return where(*table_); }
  std::string where(const toml::node& node) const;
  static int line(const toml::node& node) { return static_cast<int>(node.source().begin.line); }
  static std::optional<std::string> as_text(const toml::node& node);

 private:
  const toml::table* table_;
  std::string name_;
  std::string file_;
};

}  // namespace parcours::ingest
