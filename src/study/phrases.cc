#include "study/phrases.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <set>

#include "study/labels.h"

namespace parcours::study {
namespace {

tables::Label date_phrase(const std::string& iso) {
  static const std::array<tables::Label, 12> months = {{{"January", "janvier"},
                                                        {"February", "février"},
                                                        {"March", "mars"},
                                                        {"April", "avril"},
                                                        {"May", "mai"},
                                                        {"June", "juin"},
                                                        {"July", "juillet"},
                                                        {"August", "août"},
                                                        {"September", "septembre"},
                                                        {"October", "octobre"},
                                                        {"November", "novembre"},
                                                        {"December", "décembre"}}};
  const int year = std::stoi(iso.substr(0, 4));
  const tables::Label& month = months.at(static_cast<std::size_t>(std::stoi(iso.substr(5, 2))) - 1);
  const int day = std::stoi(iso.substr(8, 2));
  return {fmt::format("{} {} {}", day, month.en, year),
          fmt::format("le {}{} {} {}", day, day == 1 ? "er" : "", month.fr, year)};
}

// "365 days before", "365 jours avant"; the number is not 0.
tables::Label distance(std::int32_t days) {
  const std::int32_t many = std::abs(days);
  const char* plural = many == 1 ? "" : "s";
  return {fmt::format("{} day{} {}", many, plural, days < 0 ? "before" : "after"),
          fmt::format("{} jour{} {}", many, plural, days < 0 ? "avant" : "après")};
}

// What the pattern's code is called in the code systems that its kind is written in.
std::optional<Text> code_name(const vocabulary::Pattern& pattern,
                              const vocabulary::Vocabulary& vocabulary) {
  std::set<std::string> systems = {"icd10", "icd9", "atc"};
  for (const vocabulary::Code& code : vocabulary::Vocabulary::built_in_codes_of(*pattern.kind)) {
    systems.insert(code.system);
  }
  for (const std::string& system : systems) {
    if (auto found = vocabulary.label(system, pattern.code)) {
      return found;
    }
  }
  return std::nullopt;
}

bool is_feminine(vocabulary::KindId kind) {
  static const std::array<std::string_view, 5> kinds_called_la = {
      "consultation", "prescription", "constante", "vaccination", "allergie"};
  return std::ranges::find(kinds_called_la, kind_label(kind).fr) != kinds_called_la.end();
}

bool begins_with_vowel(std::string_view text) {
  return std::ranges::any_of(std::array{"a", "e", "i", "o", "u", "â", "é"},
                             [&](const char* vowel) { return text.starts_with(vowel); });
}

tables::Label bent(const Noun& noun, const char* english, const char* masculine,
                   const char* feminine) {
  return {fmt::format("{} {}", english, noun.text.en),
          fmt::format("{} {}", noun.feminine ? feminine : masculine, noun.text.fr)};
}

}  // namespace

tables::Label in_quotes(std::string_view id) {
  return {fmt::format("'{}'", id), fmt::format("«\u00a0{}\u00a0»", id)};
}

tables::Label day_phrase(Day day, Calendar calendar) {
  const std::string written = to_string(day, calendar);
  switch (calendar) {
    case Calendar::days:
      return {written, fmt::format("le jour {}", day.number)};
    case Calendar::order:
      return {fmt::format("position {} in the order", written),
              fmt::format("la position {} dans l’ordre", written)};
    case Calendar::dates:
      break;
  }
  return written.size() == 10 ? date_phrase(written) : tables::Label{written, "le " + written};
}

tables::Label time_phrase(std::optional<Window> within, bool has_period) {
  if (!within) {
    return has_period ? tables::Label{"in the study's period", "pendant la période de l’étude"}
                      : tables::Label{"at any time", "à tout moment"};
  }
  const auto [first, last] = *within;
  if (first == 0 && last == 0) {
    return {"on the index day", "à la date index"};
  }
  const tables::Label from = first == 0 ? tables::Label{} : distance(first);
  if (first == last) {
    return {from.en + " the index day", from.fr + " la date index"};
  }
  const tables::Label to = last == 0 ? tables::Label{} : distance(last);
  return {fmt::format("from {} to {}", first == 0 ? "the index day" : from.en + " the index day",
                      last == 0 ? "that day" : to.en + " it"),
          fmt::format("{} {}", first == 0 ? "de la date index" : "de " + from.fr + " la date index",
                      last == 0 ? "jusqu’à cette date" : "à " + to.fr)};
}

Noun event_noun(const vocabulary::Pattern& pattern, const vocabulary::Vocabulary& vocabulary) {
  if (!pattern.kind) {
    return {{"event of any kind", "événement de toute nature"}};
  }
  Noun noun{kind_label(*pattern.kind), is_feminine(*pattern.kind)};
  if (!pattern.code.empty()) {
    const std::string code = fmt::format(" {}{}", pattern.code, pattern.prefix ? "*" : "");
    const std::optional<Text> called = code_name(pattern, vocabulary);
    noun.text.en += called ? fmt::format("{} ({})", code, called->en) : code;
    noun.text.fr += called ? fmt::format("{} ({})", code, called->fr) : code;
  }
  return noun;
}

tables::Label one(const Noun& noun) {
  return bent(noun, begins_with_vowel(noun.text.en) ? "an" : "a", "un", "une");
}

tables::Label none_of(const Noun& noun) {
  return bent(noun, "no", "aucun", "aucune");
}

tables::Label the_first(const Noun& noun) {
  return bent(noun, "the first", "le premier", "la première");
}

tables::Label the_last(const Noun& noun) {
  return bent(noun, "the last", "le dernier", "la dernière");
}

std::string with_de(std::string_view french) {
  if (french.starts_with("le ")) {
    return fmt::format("du {}", french.substr(3));
  }
  return fmt::format("{}{}", begins_with_vowel(french) ? "d’" : "de ", french);
}

std::string with_a(std::string_view french) {
  return french.starts_with("le ") ? fmt::format("au {}", french.substr(3))
                                   : fmt::format("à {}", french);
}

tables::Label number_phrase(double number) {
  tables::Label label{fmt::format("{}", number), fmt::format("{}", number)};
  std::ranges::replace(label.fr, '.', ',');
  return label;
}

}  // namespace parcours::study
