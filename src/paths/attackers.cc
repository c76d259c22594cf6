#include "paths/attackers.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "base/check.h"
#include "base/files.h"
#include "base/letters.h"
#include "base/nearest.h"
#include "base/sheet.h"
#include "vocabulary/kinds.h"

namespace parcours::paths {

std::string_view default_attackers_toml();

namespace {

constexpr std::int64_t most_events = 1'000;
constexpr std::int64_t most_units = 36'500;

const std::array<std::string, 3> details = {"code", "kind", "nothing"};

// Nothing when the pattern cannot be read; what is wrong is noted.
std::optional<EventPattern> pattern_of(const TextAt& written, Mistakes& mistakes) {
  if (written.text == "*") {
    return EventPattern{};
  }
  const std::size_t colon = written.text.find(':');
  const std::string kind = written.text.substr(0, colon);
  if (!vocabulary::find_kind(kind)) {
    mistakes.add(written.line, fmt::format("unknown kind '{}'", kind),
                 nearest_hint(kind, vocabulary::kinds()));
    return {};
  }
  std::string code = colon == std::string::npos ? std::string() : written.text.substr(colon + 1);
  const bool prefix = code.ends_with('*');
  if (prefix) {
    code.pop_back();
  }
  if ((code.empty() && !prefix) || code.find('*') != std::string::npos) {
    mistakes.add(written.line, fmt::format("events '{}' cannot be read", written.text),
                 "kind:code, with a * at its end for anything: prescription:R03*");
    return {};
  }
  return EventPattern{kind, std::move(code), prefix};
}

Sight sight_of(Sheet sheet) {
  Sight sight;
  sheet.need("events", "events = [\"prescription:R03*\"]; every event is \"*\"");
  const auto events = sheet.texts_at("events");
  if (events && events->empty()) {
    sheet.mistakes().add(sheet.value_line("events"),
                         fmt::format("{} names no events", sheet.name()),
                         "for example events = [\"prescription:R03*\"]; every event is \"*\"");
  }
  for (const TextAt& written : events.value_or(std::vector<TextAt>{})) {
    if (auto pattern = pattern_of(written, sheet.mistakes())) {
      sight.events.push_back(*std::move(pattern));
    }
  }
  const TomlValue* how_many = sheet.need("how_many", "how_many = 1, or how_many = \"all\"");
  const auto* word = how_many == nullptr ? nullptr : how_many->as<std::string>();
  if (word != nullptr && *word != "all") {
    sheet.mistakes().add(how_many->line(),
                         fmt::format("'how_many' in {} is '{}'", sheet.name(), *word),
                         "write how_many = 1, or how_many = \"all\"");
  } else if (word == nullptr) {
    if (const auto number = sheet.whole("how_many", 1, most_events)) {
      sight.how_many = static_cast<std::uint32_t>(*number);
    }
  }
  sheet.finish();
  return sight;
}

Text needed_text(Sheet& sheet, std::string_view key) {
  sheet.need(key, fmt::format("{} = {{ en = \"...\", fr = \"...\" }}", key));
  return sheet.both_languages(key, Languages::both).value_or(Text{});
}

std::vector<std::string> person_of(Sheet& sheet) {
  std::vector<std::string> fields;
  sheet.need("person", "person = [\"age\", \"sex\"], or person = []");
  for (const TextAt& field : sheet.texts_at("person").value_or(std::vector<TextAt>{})) {
    if (field.text.empty()) {
      sheet.mistakes().add(field.line, fmt::format("'person' in {} names ''", sheet.name()),
                           "write the field's name");
    } else if (std::ranges::find(fields, field.text) != fields.end()) {
      sheet.mistakes().add(field.line,
                           fmt::format("'person' in {} names '{}' twice", sheet.name(), field.text),
                           "once is enough");
    } else {
      fields.push_back(field.text);
    }
  }
  return fields;
}

// `unnamed`: as the file has it; the attacker's id makes the name that errors call it.
Attacker attacker_of(Sheet& unnamed) {
  Attacker attacker;
  const auto* id = unnamed.find("id");
  const auto* known = id == nullptr ? nullptr : id->as<std::string>();
  Sheet sheet =
      unnamed.named(known == nullptr ? "an [[attacker]]" : fmt::format("attacker '{}'", *known));
  sheet.need("id", "id = \"neighbour\"");
  attacker.id = sheet.text("id").value_or("");
  attacker.title = needed_text(sheet, "title");
  attacker.who = needed_text(sheet, "who");
  attacker.person = person_of(sheet);
  sheet.need("timing", "timing = \"days\"");
  const auto timing = sheet.one_of("timing", timings());
  attacker.timing = static_cast<Timing>(timing.value_or(0));
  const bool timeless = attacker.timing == Timing::order || attacker.timing == Timing::none;
  sheet.need("within", "within = 0");
  attacker.within =
      static_cast<std::int32_t>(sheet.whole("within", 0, timeless ? 0 : most_units).value_or(0));
  sheet.need("detail", "detail = \"code\"");
  attacker.detail = static_cast<Detail>(sheet.one_of("detail", details).value_or(0));

  constexpr const char* example = "knows = [{ events = [\"sick_leave:*\"], how_many = 1 }]";
  const TomlValue* knows = sheet.need("knows", example);
  const auto* list = knows == nullptr ? nullptr : knows->as<TomlList>();
  if (list != nullptr && list->empty()) {
    sheet.mistakes().add(knows->line(), fmt::format("'knows' in {} is empty", sheet.name()),
                         fmt::format("write, for instance, {}", example));
  }
  for (const Sheet& each : sheet.sheets("knows")) {
    attacker.knows.push_back(sight_of(each));
  }
  sheet.finish();
  return attacker;
}

// [kinds]: what the export calls each of our kinds.
std::vector<KindName> kind_names(Sheet& sheet) {
  std::vector<KindName> names;
  for (const std::string& kind : sheet.rest()) {
    const auto texts = sheet.texts_at(kind);
    if (!vocabulary::find_kind(kind)) {
      sheet.mistakes().add(sheet.line(kind), fmt::format("unknown kind '{}'", kind),
                           nearest_hint(kind, vocabulary::kinds()));
      continue;
    }
    for (const TextAt& called : texts.value_or(std::vector<TextAt>{})) {
      if (std::ranges::find(names, lower(called.text), &KindName::name) != names.end()) {
        sheet.mistakes().add(called.line, fmt::format("'{}' is called two kinds", called.text),
                             "name it under one of them");
      }
      names.push_back({lower(called.text), kind});
    }
  }
  return names;
}

Attackers attackers_of(Sheet& file) {
  Attackers result;
  if (auto kinds_of_export = file.sheet("kinds")) {
    Sheet named = kinds_of_export->named("[kinds]");
    result.kinds = kind_names(named);
  }
  const TomlValue* value = file.need("attacker", "[[attacker]] and the lines of one");
  const auto* list = value == nullptr ? nullptr : value->as<TomlList>();
  if (list != nullptr && list->empty()) {
    file.mistakes().add(value->line(), "no attacker in the file",
                        "each begins with a line [[attacker]]");
  }
  std::map<std::string, int> lines;  // by id
  for (Sheet& sheet : file.sheets("attacker")) {
    Attacker attacker = attacker_of(sheet);
    const auto [first, fresh] = lines.try_emplace(attacker.id, sheet.line());
    if (!fresh && !attacker.id.empty()) {
      file.mistakes().add(
          sheet.line(), fmt::format("two attackers are called '{}'", attacker.id),
          fmt::format("give one of them another id; the first begins in line {}", first->second));
    }
    result.attackers.push_back(std::move(attacker));
  }
  return result;
}

}  // namespace

Result<Attackers> parse_attackers(std::string_view text, const std::filesystem::path& file) {
  return read_sheet(text, file, "the file of attackers", attackers_of);
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
  const auto kind = vocabulary::kind_called(name);
  return kind ? vocabulary::kinds()[*kind] : std::string();
}

bool fits(const EventPattern& pattern, std::string_view kind, std::string_view code) {
  return (pattern.kind.empty() || pattern.kind == kind) &&
         (pattern.prefix ? code.starts_with(pattern.code) : code == pattern.code);
}

}  // namespace parcours::paths
