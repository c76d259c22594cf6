#include "exercise/facts.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <ranges>

#include "base/letters.h"
#include "base/nearest.h"
#include "vocabulary/kinds.h"

namespace parcours::exercise {
namespace {

using Words = std::span<const std::string>;

constexpr std::size_t most_facts = 64;
constexpr const char* how_facts_read =
    "facts read like 'age 12', 'born 2011', 'F', 'region 84', 'diagnosis J45*', "
    "'visit in the week of 2023-03-06'";

std::unexpected<Error> not_understood(std::size_t number, std::string_view text,
                                      std::string right = how_facts_read) {
  return bad_input(fmt::format("fact {} ('{}') is not understood", number, text), "--find",
                   std::move(right));
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  for (const auto part : std::views::split(text, ' ')) {
    if (const std::string_view word(part.begin(), part.end()); !word.empty()) {
      words.emplace_back(word);
    }
  }
  return words;
}

std::optional<int> number_of(std::string_view word) {
  int number = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
  if (error != std::errc() || end != word.data() + word.size()) {
    return std::nullopt;
  }
  return number;
}

std::optional<records::Sex> sex_of(const std::string& word) {
  static const std::map<std::string, records::Sex> names = {
      {"f", records::Sex::female},     {"female", records::Sex::female},
      {"woman", records::Sex::female}, {"girl", records::Sex::female},
      {"femme", records::Sex::female}, {"fille", records::Sex::female},
      {"m", records::Sex::male},       {"male", records::Sex::male},
      {"man", records::Sex::male},     {"boy", records::Sex::male},
      {"homme", records::Sex::male},   {"garçon", records::Sex::male}};
  const auto found = names.find(word);
  return found == names.end() ? std::nullopt : std::optional(found->second);
}

// The kind that a word names; an empty one for "event"; nothing when it names none.
std::optional<std::string> kind_of(const std::string& word) {
  static const std::map<std::string, std::string> others = {{"event", ""},
                                                            {"visit", "consultation"},
                                                            {"drug", "prescription"},
                                                            {"vaccine", "vaccination"}};
  if (vocabulary::find_kind(word)) {
    return word;
  }
  const auto found = others.find(word);
  return found == others.end() ? std::nullopt : std::optional(found->second);
}

// A day or a number of days; takes its words off the front.
std::optional<DayRange> take_day(Words& words) {
  const bool said = !words.empty() && lower(words[0]) == "day";
  const std::size_t at = said ? 1 : 0;
  if (words.size() <= at) {
    return std::nullopt;
  }
  std::optional<DayRange> range;
  if (const auto date = parse_iso_day(words[at]); date && !said) {
    range = DayRange{*date, *date, Calendar::dates};
  } else if (const auto number = number_of(words[at])) {
    range = DayRange{{*number}, {*number}, Calendar::days};
  }
  words = words.subspan(at + 1);
  return range;
}

// "2023-03" or "2023".
std::optional<DayRange> month_or_year(const std::string& word) {
  const std::optional<int> year = number_of(std::string_view(word).substr(0, 4));
  if (!year || *year < 1000 || (word.size() != 4 && (word.size() != 7 || word[4] != '-'))) {
    return std::nullopt;
  }
  if (word.size() == 4) {
    return DayRange{*day_of(*year, 1, 1), *day_of(*year, 12, 31), Calendar::dates};
  }
  const std::optional<int> month = number_of(std::string_view(word).substr(5));
  if (!month || *month < 1 || *month > 12) {
    return std::nullopt;
  }
  const Day first = *day_of(*year, static_cast<unsigned>(*month), 1);
  const Day next = *month == 12 ? *day_of(*year + 1, 1, 1)
                                : *day_of(*year, static_cast<unsigned>(*month) + 1, 1);
  return DayRange{first, next + -1, Calendar::dates};
}

std::optional<DayRange> between(Words words) {
  const std::optional<DayRange> first = take_day(words);
  if (!first || words.empty() || lower(words[0]) != "and") {
    return std::nullopt;
  }
  words = words.subspan(1);
  const std::optional<DayRange> last = take_day(words);
  if (!last || !words.empty() || last->calendar != first->calendar || last->last < first->first) {
    return std::nullopt;
  }
  return DayRange{first->first, last->last, first->calendar};
}

bool opens_a_time(const std::string& word) {
  const std::string first = lower(word);
  return first == "on" || first == "in" || first == "between";
}

// All the words of a time.
std::optional<DayRange> time_of(Words words) {
  const std::string first = lower(words[0]);
  words = words.subspan(1);
  if (first == "between") {
    return between(words);
  }
  if (first == "on") {
    const std::optional<DayRange> day = take_day(words);
    return words.empty() ? day : std::nullopt;
  }
  if (words.size() == 1) {
    return month_or_year(words[0]);
  }
  if (!words.empty() && lower(words[0]) == "the") {
    words = words.subspan(1);
  }
  if (words.size() == 3 && lower(words[0]) == "week" && lower(words[1]) == "of") {
    if (const auto day = parse_iso_day(words[2])) {
      return week_of(*day);
    }
  }
  return std::nullopt;
}

// What follows the word for the kind; empty when it cannot be read.
std::optional<EventFact> event_of(std::string kind, Words words) {
  EventFact event{.kind = std::move(kind), .code = std::nullopt, .days = std::nullopt};
  if (!words.empty() && !opens_a_time(words[0])) {
    std::string code = words[0];
    const bool prefix = code.ends_with('*');
    if (prefix) {
      code.pop_back();
    }
    if (code.find('*') != std::string::npos) {
      return std::nullopt;
    }
    event.code = CodePattern{code, prefix};
    words = words.subspan(1);
  }
  if (!words.empty()) {
    event.days = opens_a_time(words[0]) ? time_of(words) : std::nullopt;
    if (!event.days) {
      return std::nullopt;
    }
  }
  return event;
}

Result<Fact> parse_fact(std::size_t number, std::string_view text) {
  const std::vector<std::string> words = words_of(text);
  const std::string first = lower(words[0]);
  const auto fact = [&](auto known) { return Fact{std::string(text), std::move(known)}; };

  if (words.size() == 1 || (first == "sex" && words.size() == 2)) {
    if (const auto sex = sex_of(lower(words.back()))) {
      return fact(SexFact{*sex});
    }
  }
  if (first == "age" || first == "aged") {
    const auto years = words.size() == 2 ? number_of(words[1]) : std::nullopt;
    return years && *years >= 0 && *years <= 130
               ? Result<Fact>(fact(AgeFact{*years}))
               : not_understood(number, text, "an age reads 'age 12'");
  }
  if (first == "born") {
    const auto year = number_of(words.back());
    return year && *year >= 1850 && *year <= 2200 && words.size() <= 3
               ? Result<Fact>(fact(BornFact{*year}))
               : not_understood(number, text, "a year of birth reads 'born 2011'");
  }
  if (const auto kind = kind_of(first)) {
    auto event = event_of(*kind, Words(words).subspan(1));
    return event ? Result<Fact>(fact(*std::move(event)))
                 : not_understood(number, text,
                                  "an event reads 'diagnosis J45*', 'visit on 2023-03-06', 'lab "
                                  "HBA1C in the week of 2023-03-06'");
  }
  if (words.size() < 2) {
    return not_understood(number, text);
  }
  return fact(FieldFact{words[0], std::string(text.substr(text.find(words[1], words[0].size())))});
}

}  // namespace

bool CodePattern::fits(std::string_view code) const {
  if (prefix ? code.size() < text.size() : code.size() != text.size()) {
    return false;
  }
  return lower(code.substr(0, text.size())) == lower(text);
}

Result<std::vector<Fact>> parse_facts(std::string_view sentence) {
  std::vector<Fact> facts;
  std::size_t number = 0;
  for (const auto part : std::views::split(sentence, ',')) {
    std::string_view text(part.begin(), part.end());
    const std::size_t begin = text.find_first_not_of(' ');
    ++number;
    if (begin == std::string_view::npos) {
      return bad_input(fmt::format("fact {} is empty", number), "--find", how_facts_read);
    }
    text = text.substr(begin, text.find_last_not_of(' ') - begin + 1);
    if (number > most_facts) {
      return bad_input(fmt::format("more than {} facts", most_facts), "--find");
    }
    ASSIGN_OR_RETURN(Fact fact, parse_fact(number, text));
    facts.push_back(std::move(fact));
  }
  if (facts.empty()) {
    return bad_input("no fact is given", "--find", how_facts_read);
  }
  return facts;
}

DayRange week_of(Day day) {
  // 1970-01-01 was a Thursday: three days after a Monday.
  const std::int32_t since_monday = ((day.number + 3) % 7 + 7) % 7;
  return {day + -since_monday, day + (6 - since_monday), Calendar::dates};
}

std::optional<DayRange> first_time(const std::vector<Fact>& facts) {
  for (const Fact& fact : facts) {
    if (const auto* event = std::get_if<EventFact>(&fact.known); event != nullptr && event->days) {
      return event->days;
    }
  }
  return std::nullopt;
}

}  // namespace parcours::exercise
