#include "protect/rules.h"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <utility>

#include "base/files.h"
#include "base/nearest.h"
#include "base/sheet.h"
#include "protect/sha256.h"
#include "vocabulary/kinds.h"

namespace parcours::protect {
namespace {

constexpr std::int64_t most_patients = 10'000;
constexpr std::int64_t most_practices = 20;  // crowds count practices exactly up to this many

const std::array<std::string, 2> practice_words = {"counted", "none"};

// Reads the rules one by one and keeps their reasons.
class RulesReader {
 public:
  explicit RulesReader(Sheet& file) : file_(file) {}

  Rules read() {
    file_.need("id", "id = \"france-2026\"");
    rules_.id = file_.text("id").value_or("");
    rules_.title = needed_text(file_, "title");
    rules_.patients_min = count("patients_min", 2, most_patients, "11");
    rules_.complement_min = count("complement_min", 2, most_patients, "11");
    read_practices();
    rules_.largest_value_share_below = share("largest_value_share_below");
    rules_.mean_rounding_patients = count("mean_rounding_patients", 0, most_patients, "2");
    rules_.hide_group_disclosure = yes_or_no("hide_group_disclosure");
    rules_.width_min = count("width_min", 0, most_patients, "11");
    rules_.cover_insiders = yes_or_no("cover_insiders");
    read_sensitive();
    return std::move(rules_);
  }

 private:
  static tables::Label needed_text(Sheet& sheet, std::string_view key) {
    sheet.need(key, fmt::format("{} = {{ en = \"...\", fr = \"...\" }}", key));
    return sheet.both_languages(key, Languages::both).value_or(tables::Label{});
  }

  void read_practices() {
    file_.need("practices", "practices = \"counted\", or \"none\" for a source that has none");
    const auto practices = file_.one_of("practices", practice_words);
    rules_.has_practices = practices == std::size_t{0};
    if (!practices) {
      for (const char* rule : {"practices_because", "practices_min", "largest_practice_share_below",
                               "without_largest_practice_min"}) {
        file_.find(rule);  // whether it belongs there is not known
      }
    } else if (rules_.has_practices) {
      refuse("practices_because", "'practices_because' is given, but practices are counted",
             "remove it: it says why a source has no practices");
      rules_.practices_min = count("practices_min", 2, most_practices, "3");
      rules_.largest_practice_share_below = share("largest_practice_share_below");
      rules_.without_largest_practice_min =
          count("without_largest_practice_min", 0, most_patients, "11");
    } else {
      bool refused = false;
      for (const char* rule :
           {"practices_min", "largest_practice_share_below", "without_largest_practice_min"}) {
        refused |= refuse(rule, fmt::format("'{}' is given for a source without practices", rule),
                          "remove it, or write practices = \"counted\"");
      }
      if (!refused || file_.find("practices_because") != nullptr) {
        rules_.no_practices_because = needed_text(file_, "practices_because");
      }
    }
  }

  // Whether the key stands there, which is a mistake.
  bool refuse(std::string_view key, std::string found, std::string right) {
    if (file_.find(key) == nullptr) {
      return false;
    }
    file_.mistakes().add(file_.line(key), std::move(found), std::move(right));
    return true;
  }

  void read_sensitive() {
    rule("sensitive", "[\"diagnosis\", \"lab\"]", [&](Sheet& sheet) {
      const auto named = sheet.texts_at("value");
      if (named && named->empty() && rules_.hide_group_disclosure) {
        sheet.mistakes().add(sheet.value_line("value"), "'sensitive' names no kind of event",
                             "value = [\"diagnosis\", \"prescription\", \"lab\"]");
      }
      for (const TextAt& kind : named.value_or(std::vector<TextAt>{})) {
        if (!vocabulary::find_kind(kind.text)) {
          sheet.mistakes().add(kind.line, fmt::format("unknown kind '{}'", kind.text),
                               nearest_hint(kind.text, vocabulary::kinds()));
        }
        rules_.sensitive.push_back(kind.text);
      }
    });
  }

  // Hands the rule's table to `value`, which reads its value, and keeps its reason.
  template <class Value>
  void rule(const std::string& name, std::string_view example, Value value) {
    file_.need(name, fmt::format("[{}] value = {}, because = {{ en, fr }}, source = \"...\"", name,
                                 example));
    const auto found = file_.sheet(name);
    if (!found) {
      return;
    }
    Sheet sheet = found->named(fmt::format("[{}]", name));
    sheet.need("value", fmt::format("value = {}", example));
    value(sheet);
    RuleReason reason{name, needed_text(sheet, "because"), {}};
    sheet.need("source", "source = \"...\", or { en = \"...\", fr = \"...\" }");
    reason.source =
        sheet.both_languages("source", Languages::one_is_enough).value_or(tables::Label{});
    sheet.finish();
    rules_.reasons.push_back(std::move(reason));
  }

  std::uint32_t count(const std::string& name, std::int64_t least, std::int64_t most,
                      std::string_view example) {
    std::int64_t number = least;
    rule(name, example,
         [&](Sheet& sheet) { number = sheet.whole("value", least, most).value_or(least); });
    return static_cast<std::uint32_t>(number);
  }

  double share(const std::string& name) {
    double part = 0;
    rule(name, "0.85", [&](Sheet& sheet) { part = sheet.share("value").value_or(0); });
    return part;
  }

  bool yes_or_no(const std::string& name) {
    bool answer = false;
    rule(name, "true", [&](Sheet& sheet) { answer = sheet.flag("value").value_or(false); });
    return answer;
  }

  Sheet& file_;
  Rules rules_{};
};

}  // namespace

Result<Rules> parse_rules(std::string_view text, const std::filesystem::path& file) {
  ASSIGN_OR_RETURN(Rules rules, read_sheet(text, file, "the rules file",
                                           [](Sheet& sheet) { return RulesReader(sheet).read(); }));
  rules.sha256 = sha256(text);
  return rules;
}

Result<Rules> read_rules(const std::filesystem::path& file) {
  ASSIGN_OR_RETURN(const std::string text, read_file(file, largest_rules_file));
  return parse_rules(text, file);
}

}  // namespace parcours::protect
