#include "protect/rules.h"

#include <fmt/format.h>
#include <sodium.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <new>
#include <optional>
#include <span>
#include <utility>

#include "base/files.h"
#include "base/nearest.h"
#include "base/toml_depth.h"
#include "vocabulary/kinds.h"

namespace parcours {
namespace {

constexpr std::int64_t most_patients = 10'000;
constexpr std::int64_t most_practices = 20;  // crowds count practices exactly up to this many

std::string sha256_of(std::string_view text) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
  crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(text.data()), text.size());
  std::string hex;
  for (const unsigned char byte : hash) {
    hex += fmt::format("{:02x}", byte);
  }
  return hex;
}

// A table of the file: its keys, where it stands, what errors call it.
class Section {
 public:
  Section(const toml::table& table, std::string name, std::string file)
      : table_(&table), name_(std::move(name)), file_(std::move(file)) {}

  std::string where() const { return where(*table_); }
  std::string where(const toml::node& node) const {
    return node.source().begin.line == 0 ? file_
                                         : fmt::format("{}:{}", file_, node.source().begin.line);
  }
  std::string called(std::string_view key) const {
    return name_.empty() ? std::string(key) : fmt::format("{}.{}", name_, key);
  }
  bool has(std::string_view key) const { return table_->contains(key); }

  Result<const toml::node*> node(std::string_view key, std::string_view example) const {
    if (const toml::node* found = table_->get(key)) {
      return found;
    }
    return bad_input(fmt::format("'{}' is missing", called(key)), where(),
                     fmt::format("no rule has a default; write, for example, {}", example));
  }

  Result<std::string> text(std::string_view key, std::string_view example) const {
    ASSIGN_OR_RETURN(const toml::node* found, node(key, example));
    const std::optional<std::string> text = found->value_exact<std::string>();
    if (!text || text->empty()) {
      return bad_input(fmt::format("'{}' is not a text", called(key)), where(*found),
                       fmt::format("write, for example, {}", example));
    }
    return *text;
  }

  Result<Section> section(std::string_view key, std::string_view example) const {
    ASSIGN_OR_RETURN(const toml::node* found, node(key, example));
    if (!found->is_table()) {
      return bad_input(fmt::format("'{}' is not a table", called(key)), where(*found),
                       fmt::format("write, for example, {}", example));
    }
    return Section(*found->as_table(), called(key), file_);
  }

  Result<Label> both_languages(std::string_view key) const {
    constexpr const char* example = "{ en = \"...\", fr = \"...\" }";
    ASSIGN_OR_RETURN(const Section both, section(key, fmt::format("{} = {}", key, example)));
    Label label;
    ASSIGN_OR_RETURN(label.en, both.text("en", example));
    ASSIGN_OR_RETURN(label.fr, both.text("fr", example));
    RETURN_IF_ERROR(both.nothing_else(std::array<std::string, 2>{"en", "fr"}));
    return label;
  }

  Status nothing_else(std::span<const std::string> known) const {
    for (const auto& [key, value] : *table_) {
      if (std::ranges::find(known, key.str()) == known.end()) {
        return bad_input(fmt::format("unknown key '{}'", called(key.str())), where(value),
                         nearest_hint(key.str(), known));
      }
    }
    return {};
  }

 private:
  const toml::table* table_;
  std::string name_;
  std::string file_;
};

// Reads the rules one by one and keeps their reasons.
class Reader {
 public:
  explicit Reader(Section file) : file_(std::move(file)) {}

  Result<Rules> read() {
    ASSIGN_OR_RETURN(rules_.id, file_.text("id", "id = \"france-2026\""));
    ASSIGN_OR_RETURN(rules_.title, file_.both_languages("title"));
    ASSIGN_OR_RETURN(rules_.patients_min, whole("patients_min", 2, most_patients, "11"));
    ASSIGN_OR_RETURN(rules_.complement_min, whole("complement_min", 2, most_patients, "11"));
    RETURN_IF_ERROR(read_practices());
    ASSIGN_OR_RETURN(rules_.largest_value_share_below, share("largest_value_share_below"));
    ASSIGN_OR_RETURN(rules_.hide_group_disclosure, yes_or_no("hide_group_disclosure"));
    ASSIGN_OR_RETURN(rules_.width_min, whole("width_min", 0, most_patients, "11"));
    ASSIGN_OR_RETURN(rules_.cover_insiders, yes_or_no("cover_insiders"));
    RETURN_IF_ERROR(read_sensitive());
    RETURN_IF_ERROR(file_.nothing_else(known_));
    return std::move(rules_);
  }

 private:
  Status read_practices() {
    known_.insert(known_.end(), {"practices", "practices_because"});
    constexpr const char* example = "practices = \"counted\"";
    ASSIGN_OR_RETURN(const std::string practices, file_.text("practices", example));
    if (practices != "counted" && practices != "none") {
      return bad_input(fmt::format("practices = \"{}\"", practices), place("practices"),
                       "write \"counted\", or \"none\" for a source without practices");
    }
    rules_.has_practices = practices == "counted";
    if (!rules_.has_practices) {
      for (const char* rule : {"practices_min", "largest_practice_share_below"}) {
        if (file_.has(rule)) {
          return bad_input(fmt::format("'{}' is given for a source without practices", rule),
                           place(rule), "remove it, or write practices = \"counted\"");
        }
      }
      rules_.practices_min = 0;
      rules_.largest_practice_share_below = 0;
      ASSIGN_OR_RETURN(rules_.no_practices_because, file_.both_languages("practices_because"));
      return {};
    }
    if (file_.has("practices_because")) {
      return bad_input("'practices_because' is given, but practices are counted",
                       place("practices_because"),
                       "remove it: it says why a source has no "
                       "practices");
    }
    ASSIGN_OR_RETURN(rules_.practices_min, whole("practices_min", 2, most_practices, "3"));
    ASSIGN_OR_RETURN(rules_.largest_practice_share_below, share("largest_practice_share_below"));
    return {};
  }

  Status read_sensitive() {
    ASSIGN_OR_RETURN(const toml::node* value, rule("sensitive", "[\"diagnosis\", \"lab\"]"));
    const toml::array* list = value->as_array();
    if (list == nullptr || (list->empty() && rules_.hide_group_disclosure)) {
      return bad_input("'sensitive' names no kind of event", file_.where(*value),
                       "value = [\"diagnosis\", \"prescription\", \"lab\"]");
    }
    for (const toml::node& item : *list) {
      const std::string kind = item.value_exact<std::string>().value_or("");
      if (!find_kind(kind)) {
        return bad_input(fmt::format("unknown kind '{}'", kind), file_.where(item),
                         nearest_hint(kind, kinds()));
      }
      rules_.sensitive.push_back(kind);
    }
    return {};
  }

  // The value of the rule; its reason is kept.
  Result<const toml::node*> rule(const std::string& name, std::string_view example) {
    known_.push_back(name);
    const std::string whole_example =
        fmt::format("[{}] value = {}, because = {{ en, fr }}, source = \"...\"", name, example);
    ASSIGN_OR_RETURN(const Section section, file_.section(name, whole_example));
    ASSIGN_OR_RETURN(const toml::node* value,
                     section.node("value", fmt::format("value = {}", example)));
    RuleReason reason{name, {}, {}};
    ASSIGN_OR_RETURN(reason.because, section.both_languages("because"));
    ASSIGN_OR_RETURN(reason.source, section.text("source", "source = \"...\""));
    RETURN_IF_ERROR(section.nothing_else(std::array<std::string, 3>{"value", "because", "source"}));
    rules_.reasons.push_back(std::move(reason));
    return value;
  }

  Result<std::uint32_t> whole(const std::string& name, std::int64_t least, std::int64_t most,
                              std::string_view example) {
    ASSIGN_OR_RETURN(const toml::node* value, rule(name, example));
    const std::optional<std::int64_t> number = value->value_exact<std::int64_t>();
    if (!number || *number < least || *number > most) {
      return bad_input(
          number ? fmt::format("{} = {}", name, *number)
                 : fmt::format("'{}' is not a whole number", name),
          file_.where(*value),
          fmt::format("write a whole number from {} to {}, for example {}", least, most, example));
    }
    return static_cast<std::uint32_t>(*number);
  }

  Result<double> share(const std::string& name) {
    ASSIGN_OR_RETURN(const toml::node* value, rule(name, "0.85"));
    const std::optional<double> number = value->is_number() ? value->value<double>() : std::nullopt;
    if (!number || !(*number > 0 && *number <= 1)) {
      return bad_input(number ? fmt::format("{} = {}", name, *number)
                              : fmt::format("'{}' is not a number", name),
                       file_.where(*value), "write a share above 0 and up to 1, for example 0.85");
    }
    return *number;
  }

  Result<bool> yes_or_no(const std::string& name) {
    ASSIGN_OR_RETURN(const toml::node* value, rule(name, "true"));
    const std::optional<bool> answer = value->value_exact<bool>();
    if (!answer) {
      return bad_input(fmt::format("'{}' is neither true nor false", name), file_.where(*value),
                       "value = true");
    }
    return *answer;
  }

  std::string place(std::string_view key) const {
    const Result<const toml::node*> found = file_.node(key, "");
    return found ? file_.where(**found) : file_.where();
  }

  Section file_;
  Rules rules_{};
  std::vector<std::string> known_ = {"id", "title"};
};

}  // namespace

Result<Rules> parse_rules(std::string_view text, const std::filesystem::path& file) try {
  RETURN_IF_ERROR(check_toml_depth(text, file.string()));
  const toml::table table = toml::parse(text, file.string());
  Reader reader(Section(table, "", file.string()));
  ASSIGN_OR_RETURN(Rules rules, reader.read());
  rules.sha256 = sha256_of(text);
  return rules;
} catch (const toml::parse_error& error) {
  return bad_input(std::string(error.description()),
                   fmt::format("{}:{}", file.string(), error.source().begin.line),
                   "write the rules file in TOML");
}

Result<Rules> read_rules(const std::filesystem::path& file) {
  ASSIGN_OR_RETURN(const std::string text, read_file(file, std::size_t{1} << 20));
  return parse_rules(text, file);
}

}  // namespace parcours
