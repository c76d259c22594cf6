#include "paths/attackers.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <new>
#include <set>
#include <span>
#include <utility>

#include "base/check.h"
#include "base/files.h"
#include "base/letters.h"
#include "base/nearest.h"
#include "base/toml_depth.h"
#include "vocabulary/kinds.h"

namespace parcours {

std::string_view default_attackers_toml();

namespace {

constexpr std::int64_t most_events = 1'000;
constexpr std::int64_t most_units = 36'500;

const std::array<std::string, 3> details = {"code", "kind", "nothing"};

// A table of the file, and what errors call it.
class Section {
 public:
  Section(const toml::table& table, std::string name, std::string file)
      : table_(&table), name_(std::move(name)), file_(std::move(file)) {}

  std::string where() const { return where(*table_); }
  std::string where(const toml::node& node) const {
    return node.source().begin.line == 0 ? file_
                                         : fmt::format("{}:{}", file_, node.source().begin.line);
  }
  const toml::table& table() const { return *table_; }
  const std::string& name() const { return name_; }
  const std::string& file() const { return file_; }

  Result<const toml::node*> need(std::string_view key, std::string_view example) const {
    if (const toml::node* found = table_->get(key)) {
      return found;
    }
    return bad_input(fmt::format("{} says no {}", name_, key), where(),
                     fmt::format("add a line such as {} = {}", key, example));
  }

  Result<std::string> text(std::string_view key, std::string_view example) const {
    ASSIGN_OR_RETURN(const toml::node* node, need(key, example));
    return text_of(*node, key, example);
  }
  Result<std::string> text_of(const toml::node& node, std::string_view key,
                              std::string_view example) const {
    const std::optional<std::string> text = node.value_exact<std::string>();
    if (!text || text->empty()) {
      return bad_input(fmt::format("{} of {} is not a text", key, name_), where(node),
                       fmt::format("for example {} = {}", key, example));
    }
    return *text;
  }

  // A list, maybe empty, of texts.
  Result<std::vector<std::pair<std::string, const toml::node*>>> texts(
      std::string_view key, std::string_view example) const {
    ASSIGN_OR_RETURN(const toml::node* node, need(key, example));
    const toml::array* list = node->as_array();
    if (list == nullptr) {
      return bad_input(fmt::format("{} of {} is not a list", key, name_), where(*node),
                       fmt::format("for example {} = {}", key, example));
    }
    std::vector<std::pair<std::string, const toml::node*>> texts;
    for (const toml::node& each : *list) {
      ASSIGN_OR_RETURN(std::string text, text_of(each, key, example));
      texts.emplace_back(std::move(text), &each);
    }
    return texts;
  }

  // One of these names; its place among them.
  Result<std::size_t> one_of(std::string_view key, std::span<const std::string> names) const {
    ASSIGN_OR_RETURN(const std::string name, text(key, fmt::format("\"{}\"", names[0])));
    const auto found = std::ranges::find(names, name);
    if (found == names.end()) {
      return bad_input(fmt::format("unknown {} '{}'", key, name), where(*table_->get(key)),
                       nearest_hint(name, names));
    }
    return static_cast<std::size_t>(found - names.begin());
  }

  Result<std::int64_t> whole(std::string_view key, std::int64_t least, std::int64_t most) const {
    ASSIGN_OR_RETURN(const toml::node* node, need(key, std::to_string(least)));
    const std::optional<std::int64_t> number = node->value_exact<std::int64_t>();
    if (!number || *number < least || *number > most) {
      return bad_input(fmt::format("{} of {} is not a number that can be", key, name_),
                       where(*node), fmt::format("a whole number from {} to {}", least, most));
    }
    return *number;
  }

  Result<Text> both_languages(std::string_view key) const {
    constexpr const char* example = "{ en = \"...\", fr = \"...\" }";
    ASSIGN_OR_RETURN(const toml::node* node, need(key, example));
    if (!node->is_table()) {
      return bad_input(fmt::format("{} of {} has no languages", key, name_), where(*node),
                       fmt::format("for example {} = {}", key, example));
    }
    const Section both(*node->as_table(), fmt::format("{} of {}", key, name_), file_);
    RETURN_IF_ERROR(both.only({"en", "fr"}));
    Text text;
    ASSIGN_OR_RETURN(text.en, both.text("en", "\"...\""));
    ASSIGN_OR_RETURN(text.fr, both.text("fr", "\"...\""));
    return text;
  }

  Status only(std::initializer_list<std::string_view> known) const {
    for (const auto& [key, node] : *table_) {
      if (std::ranges::find(known, key.str()) == known.end()) {
        const std::vector<std::string> names(known.begin(), known.end());
        return bad_input(fmt::format("unknown key '{}' in {}", key.str(), name_),
                         fmt::format("{}:{}", file_, key.source().begin.line),
                         nearest_hint(key.str(), names));
      }
    }
    return {};
  }

 private:
  const toml::table* table_;
  std::string name_;
  std::string file_;
};

Result<EventPattern> pattern_of(const std::string& text, const std::string& where) {
  if (text == "*") {
    return EventPattern{};
  }
  const std::size_t colon = text.find(':');
  const std::string kind = text.substr(0, colon);
  if (!find_kind(kind)) {
    return bad_input(fmt::format("unknown kind '{}'", kind), where, nearest_hint(kind, kinds()));
  }
  std::string code = colon == std::string::npos ? std::string() : text.substr(colon + 1);
  const bool prefix = code.ends_with('*');
  if (prefix) {
    code.pop_back();
  }
  if ((code.empty() && !prefix) || code.find('*') != std::string::npos) {
    return bad_input(fmt::format("events '{}' cannot be read", text), where,
                     "kind:code, with a * at its end for anything: prescription:R03*");
  }
  return EventPattern{kind, std::move(code), prefix};
}

Result<Sight> sight_of(const Section& section) {
  RETURN_IF_ERROR(section.only({"events", "how_many"}));
  Sight sight;
  ASSIGN_OR_RETURN(const auto events, section.texts("events", "[\"prescription:R03*\"]"));
  if (events.empty()) {
    return bad_input(fmt::format("{} names no events", section.name()), section.where(),
                     "for example events = [\"prescription:R03*\"]; every event is \"*\"");
  }
  for (const auto& [text, node] : events) {
    ASSIGN_OR_RETURN(EventPattern pattern, pattern_of(text, section.where(*node)));
    sight.events.push_back(std::move(pattern));
  }
  ASSIGN_OR_RETURN(const toml::node* how_many, section.need("how_many", "1"));
  if (how_many->value_exact<std::string>() == "all") {
    return sight;
  }
  if (how_many->is_string()) {
    return bad_input(fmt::format("how_many of {} is neither a number nor \"all\"", section.name()),
                     section.where(*how_many), "how_many = 1, or how_many = \"all\"");
  }
  ASSIGN_OR_RETURN(const std::int64_t number, section.whole("how_many", 1, most_events));
  sight.how_many = static_cast<std::uint32_t>(number);
  return sight;
}

Result<Attacker> attacker_of(const Section& unnamed) {
  Attacker attacker;
  ASSIGN_OR_RETURN(attacker.id, unnamed.text("id", "\"neighbour\""));
  const Section section(unnamed.table(), fmt::format("attacker '{}'", attacker.id), unnamed.file());
  RETURN_IF_ERROR(
      section.only({"id", "title", "who", "person", "timing", "within", "detail", "knows"}));
  ASSIGN_OR_RETURN(attacker.title, section.both_languages("title"));
  ASSIGN_OR_RETURN(attacker.who, section.both_languages("who"));
  ASSIGN_OR_RETURN(const auto person, section.texts("person", "[\"age\", \"sex\"]"));
  for (const auto& [field, node] : person) {
    if (std::ranges::find(attacker.person, field) != attacker.person.end()) {
      return bad_input(fmt::format("person of {} names '{}' twice", section.name(), field),
                       section.where(*node), "once is enough");
    }
    attacker.person.push_back(field);
  }
  ASSIGN_OR_RETURN(const std::size_t timing, section.one_of("timing", timings()));
  attacker.timing = static_cast<Timing>(timing);
  const bool timeless = attacker.timing == Timing::order || attacker.timing == Timing::none;
  ASSIGN_OR_RETURN(const std::int64_t within,
                   section.whole("within", 0, timeless ? 0 : most_units));
  attacker.within = static_cast<std::int32_t>(within);
  ASSIGN_OR_RETURN(const std::size_t detail, section.one_of("detail", details));
  attacker.detail = static_cast<Detail>(detail);

  constexpr const char* example = "[{ events = [\"sick_leave:*\"], how_many = 1 }]";
  ASSIGN_OR_RETURN(const toml::node* knows, section.need("knows", example));
  const toml::array* list = knows->as_array();
  if (list == nullptr || list->empty() || !list->is_homogeneous(toml::node_type::table)) {
    return bad_input(fmt::format("knows of {} is not a list of tables", section.name()),
                     section.where(*knows), fmt::format("for example knows = {}", example));
  }
  for (const toml::node& each : *list) {
    ASSIGN_OR_RETURN(Sight sight,
                     sight_of(Section(*each.as_table(), fmt::format("knows of {}", section.name()),
                                      section.file())));
    attacker.knows.push_back(std::move(sight));
  }
  return attacker;
}

Result<std::vector<KindName>> kind_names(const Section& file) {
  std::vector<KindName> names;
  const toml::node* node = file.table().get("kinds");
  if (node == nullptr) {
    return names;
  }
  if (!node->is_table()) {
    return bad_input("kinds is not a table", file.where(*node),
                     "[kinds] and lines such as sick_leave = [\"arret\"]");
  }
  const Section section(*node->as_table(), "[kinds]", file.file());
  for (const auto& [key, value] : section.table()) {
    const std::string kind(key.str());
    if (!find_kind(kind)) {
      return bad_input(fmt::format("unknown kind '{}'", kind), section.where(value),
                       nearest_hint(kind, kinds()));
    }
    ASSIGN_OR_RETURN(const auto texts, section.texts(kind, "[\"arret\"]"));
    for (const auto& [text, place] : texts) {
      if (std::ranges::find(names, lower(text), &KindName::name) != names.end()) {
        return bad_input(fmt::format("'{}' is called two kinds", text), section.where(*place),
                         "name it under one of them");
      }
      names.push_back({lower(text), kind});
    }
  }
  return names;
}

Result<Attackers> attackers_of(const Section& file) {
  RETURN_IF_ERROR(file.only({"attacker", "kinds"}));
  Attackers result;
  ASSIGN_OR_RETURN(result.kinds, kind_names(file));
  const toml::node* node = file.table().get("attacker");
  const toml::array* list = node == nullptr ? nullptr : node->as_array();
  if (list == nullptr || list->empty() || !list->is_homogeneous(toml::node_type::table)) {
    return bad_input("no attacker in the file", node == nullptr ? file.file() : file.where(*node),
                     "each begins with a line [[attacker]]");
  }
  std::set<std::string> ids;
  for (const toml::node& each : *list) {
    const Section section(*each.as_table(), "an [[attacker]]", file.file());
    ASSIGN_OR_RETURN(Attacker attacker, attacker_of(section));
    if (!ids.insert(attacker.id).second) {
      return bad_input(fmt::format("two attackers are called '{}'", attacker.id), section.where(),
                       "give one of them another id");
    }
    result.attackers.push_back(std::move(attacker));
  }
  return result;
}

}  // namespace

Result<Attackers> parse_attackers(std::string_view text, const std::filesystem::path& file) try {
  RETURN_IF_ERROR(check_toml_depth(text, file.string()));
  const toml::table table = toml::parse(text, file.string());
  return attackers_of(Section(table, "the file", file.string()));
} catch (const toml::parse_error& error) {
  return bad_input(std::string(error.description()),
                   fmt::format("{}:{}", file.string(), error.source().begin.line),
                   "a file of attackers is TOML");
}

Result<Attackers> read_attackers(const std::filesystem::path& file) {
  ASSIGN_OR_RETURN(const std::string text, read_file(file, std::size_t{1} << 20));
  return parse_attackers(text, file);
}

Attackers default_attackers() {
  Result<Attackers> attackers = parse_attackers(default_attackers_toml(), "attackers/default.toml");
  PARCOURS_CHECK(attackers.has_value());
  return *std::move(attackers);
}

std::string kind_of(const Attackers& attackers, const PathCode& code) {
  const std::string name = lower(code.kind);
  const auto found = std::ranges::find(attackers.kinds, name, &KindName::name);
  if (found != attackers.kinds.end()) {
    return found->kind;
  }
  const auto kind = kind_called(name);
  return kind ? kinds()[*kind] : std::string();
}

bool fits(const EventPattern& pattern, std::string_view kind, std::string_view code) {
  return (pattern.kind.empty() || pattern.kind == kind) &&
         (pattern.prefix ? code.starts_with(pattern.code) : code == pattern.code);
}

}  // namespace parcours
