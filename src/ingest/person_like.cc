#include "ingest/person_like.h"

#include <algorithm>
#include <set>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/letters.h"
#include "ingest/frequent_names.h"
#include "ingest/person_numbers.h"
#include "ingest/words.h"
#include "vocabulary/built_in.h"
#include "vocabulary/code_systems.h"

namespace parcours::ingest {
namespace {

using Words = std::vector<Word>;
using WordSet = std::set<std::string_view>;

bool in(const WordSet& set, const Word& word) {
  return set.contains(word.folded);
}

// Words of medicine: those of the program's own labels and some more that stand beside a name in
// the name of a test or a disease.
bool medical(const Word& word) {
  static const std::unordered_set<std::string> known = [] {
    std::unordered_set<std::string> found = {
        "syndrome", "maladie", "disease",   "test",    "signe",       "sign",     "score",
        "index",    "indice",  "scale",     "echelle", "phenomenon",  "serum",    "plasma",
        "urine",    "urines",  "dosage",    "taux",    "ratio",       "antibody", "anticorps",
        "antigen",  "culture", "vaccin",    "vaccine", "visit",       "visite",   "consultation",
        "consult",  "office",  "screening", "scanner", "echographie", "radio",    "bilan",
        "examen",   "count",   "panel",     "level"};
    for (const vocabulary::BuiltInCode& code : vocabulary::built_in_codes()) {
      if (code.code.system.starts_with("fr-")) {
        continue;  // places are called as people are
      }
      for (const std::string* text : {&code.label.en, &code.label.fr, &code.code.code}) {
        for (const Word& one : words_in(*text)) {
          found.insert(one.folded);
        }
      }
    }
    return found;
  }();
  return known.contains(word.folded);
}

bool has_email(std::string_view text) {
  const auto name = [](char c) {
    return is_digit(c) || is_capital(c) || (c >= 'a' && c <= 'z') || c == '_' || c == '-';
  };
  for (std::size_t at = text.find('@'); at != std::string_view::npos; at = text.find('@', at + 1)) {
    if (at > 0 && at + 2 < text.size() && name(text[at - 1]) && name(text[at + 1]) &&
        name(text[at + 2])) {
      return true;
    }
  }
  return false;
}

bool has_link(std::string_view text, const Words& words) {
  static const WordSet ends = {"com", "fr", "org", "net", "eu", "uk", "info", "io", "gouv", "edu"};
  constexpr std::size_t shortest_site = 4;
  if (text.find("://") != std::string_view::npos || lower(text).find("www.") != std::string::npos) {
    return true;
  }
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (words[i].before == '.' && in(ends, words[i]) && words[i].letters &&
        words[i - 1].as_is.data() + words[i - 1].as_is.size() + 1 == words[i].as_is.data() &&
        words[i - 1].folded.size() >= shortest_site && !words[i - 1].digits) {
      return true;
    }
  }
  return false;
}

// At `at` so many digits that make a number from `least` to `most`.
bool number_at(std::string_view text, std::size_t at, std::size_t digits, int least, int most) {
  if (at + digits > text.size()) {
    return false;
  }
  int number = 0;
  for (const char c : text.substr(at, digits)) {
    if (!is_digit(c)) {
      return false;
    }
    number = number * 10 + (c - '0');
  }
  return number >= least && number <= most;
}

bool ends_at(std::string_view text, std::size_t at) {
  return at >= text.size() || !is_digit(text[at]);
}

bool is_one_of(std::string_view text, std::size_t at, std::string_view characters) {
  return at < text.size() && characters.find(text[at]) != std::string_view::npos;
}

// "10:30", "14h32", "2024-02-29", "29/02/2024", "20240229103000" (HL7).
bool time_at(std::string_view text, std::size_t at) {
  const auto number = [&](std::size_t from, std::size_t digits, int least, int most) {
    return number_at(text, at + from, digits, least, most);
  };
  const auto sign = [&](std::size_t from, std::string_view characters) {
    return is_one_of(text, at + from, characters);
  };
  constexpr int last_hour = 23;
  constexpr int last_minute = 59;
  if (number(0, 2, 0, last_hour) && sign(2, ":hH") && number(3, 2, 0, last_minute) &&
      ends_at(text, at + 5)) {
    return true;
  }
  constexpr int first_year = 1800;
  constexpr int last_year = 2199;
  if (number(0, 4, first_year, last_year) && sign(4, "-/.") && number(5, 2, 1, 12) &&
      sign(7, "-/.") && number(8, 2, 1, 31) && ends_at(text, at + 10)) {
    return true;
  }
  if (number(0, 2, 1, 31) && sign(2, "-/.") && number(3, 2, 1, 31) && sign(5, "-/.") &&
      number(6, 4, first_year, last_year) && ends_at(text, at + 10)) {
    return true;
  }
  return number(0, 4, first_year, last_year) && number(4, 2, 1, 12) && number(6, 2, 1, 31) &&
         number(8, 2, 0, last_hour) && number(10, 2, 0, last_minute) &&
         (ends_at(text, at + 12) || (number(12, 2, 0, last_minute) && ends_at(text, at + 14)));
}

bool has_time(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (is_digit(text[at]) && (at == 0 || !is_digit(text[at - 1])) && time_at(text, at)) {
      return true;
    }
  }
  return false;
}

const WordSet& french_ways() {
  static const WordSet ways = {"rue",    "avenue", "av",     "boulevard",   "bd",        "blvd",
                               "chemin", "allee",  "allees", "impasse",     "place",     "route",
                               "quai",   "cours",  "square", "lotissement", "residence", "hameau"};
  return ways;
}

// "12 bis rue de la Paix", "rue de la Paix", "14 Elm Street".
bool has_street(const Words& words) {
  static const WordSet alone = {"rue", "avenue", "boulevard", "impasse", "allee"};
  static const WordSet english = {"street", "st",    "road",     "rd",      "avenue",    "ave",
                                  "lane",   "ln",    "drive",    "dr",      "boulevard", "blvd",
                                  "close",  "court", "crescent", "terrace", "way",       "gardens"};
  static const WordSet again = {"bis", "ter", "b", "t"};
  constexpr std::size_t longest_number = 5;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool number = !words[i].folded.empty() && is_digit(words[i].folded[0]) &&
                        words[i].folded.size() <= longest_number;
    if (i == 0 && in(alone, words[0]) && words.size() >= 3) {
      return true;
    }
    if (!number) {
      continue;
    }
    const std::size_t way = i + 1 < words.size() && in(again, words[i + 1]) ? i + 2 : i + 1;
    if (way + 1 < words.size() && in(french_ways(), words[way]) && !words[way + 1].digits) {
      return true;
    }
    for (std::size_t end = i + 2; end < std::min(words.size(), i + 5); ++end) {
      if (!words[end - 1].letters) {
        break;
      }
      if (in(english, words[end]) && words[i + 1].capital) {
        return true;
      }
    }
  }
  return false;
}

// Words that join those of a name of a person or a town.
bool is_particle(const Word& word) {
  static const WordSet particles = {
      "le",     "la",  "de",  "du",  "des", "van", "von",   "den", "der", "da",   "di",
      "el",     "ben", "bin", "mac", "mc",  "st",  "saint", "o",   "d",   "l",    "ep",
      "epouse", "nee", "ne",  "jr",  "m",   "et",  "en",    "sur", "les", "sous", "cedex"};
  return in(particles, word);
}

// "75011 Paris", "SW1A 1AA", "New York, NY 10001".
bool has_postal_code(const Words& words) {
  constexpr std::size_t most_words_of_a_town = 5;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string& code = words[i].folded;
    if (code.size() == 5 && words[i].digits && !code.starts_with("00") && !code.starts_with("99") &&
        i + 1 < words.size() && words.size() - i - 1 <= most_words_of_a_town &&
        words[i + 1].capital &&
        std::ranges::all_of(words.begin() + static_cast<std::ptrdiff_t>(i) + 1, words.end(),
                            [](const Word& word) {
                              return word.letters && (is_particle(word) || !medical(word));
                            })) {
      return true;
    }
    if (i == 0) {
      continue;
    }
    const Word& before = words[i - 1];
    if (i >= 2 && code.size() == 5 && words[i].digits && before.letters &&
        before.folded.size() == 2 && before.capital && is_capital(before.as_is[1]) &&
        words[i - 2].letters && words[i - 2].capital) {
      return true;
    }
    const bool inward = code.size() == 3 && is_digit(code[0]) && !is_digit(code[1]) &&
                        !is_digit(code[2]) && is_capital(words[i].as_is[1]) &&
                        is_capital(words[i].as_is[2]);
    const auto has_digit = std::ranges::any_of(before.folded, is_digit);
    if (inward && words[i].before == ' ' && before.capital && has_digit && !before.digits &&
        before.folded.size() >= 2 && before.folded.size() <= 4) {
      return true;
    }
  }
  return false;
}

// Free text: words that stand in clauses and not in the names of analyses and diseases, beside
// words that bind.
bool is_sentence(const Words& words) {
  static const WordSet binding = {
      "le",   "la",   "les", "un",   "une", "de",   "du",   "des", "et",    "a",    "au",  "aux",
      "en",   "dans", "sur", "pour", "par", "avec", "sans", "ce",  "cette", "son",  "sa",  "ses",
      "the",  "an",   "of",  "and",  "to",  "in",   "on",   "at",  "for",   "with", "his", "her",
      "this", "from", "by",  "ne",   "pas", "not",  "if",   "it",  "me"};
  static const WordSet clauses = {
      "je",     "elle",   "elles",    "nous",     "vous",   "ete",    "etait",   "ont",
      "dit",    "revoir", "souhaite", "prend",    "habite", "plaint", "appeler", "rappeler",
      "refuse", "veut",   "suivie",   "patiente", "fils",   "he",     "she",     "they",
      "we",     "is",     "was",      "were",     "has",    "had",    "have",    "does",
      "did",    "says",   "said",     "seen",     "lives",  "takes",  "wants",   "want",
      "asked",  "wife",   "husband",  "daughter", "please", "call",   "gets"};
  static const WordSet small_alone = {"il", "vu", "i",
                                      "will"};  // in capitals they are abbreviations
  constexpr std::size_t fewest = 4;
  if (words.size() < fewest) {
    return false;
  }
  const auto bind = std::ranges::count_if(words, [](const Word& w) { return in(binding, w); });
  const auto clause = std::ranges::count_if(words, [](const Word& w) {
    return in(clauses, w) || (in(small_alone, w) && w.as_is == w.folded);
  });
  return clause >= 2 || (clause >= 1 && bind >= 1);
}

bool is_title(const Word& word) {
  static const WordSet titles = {"mme",     "mlle",       "mr",     "mrs",          "dr",
                                 "docteur", "monsieur",   "madame", "mademoiselle", "miss",
                                 "doctor",  "professeur", "maitre"};
  return in(titles, word) && word.capital && (word.folded != "dr" || word.as_is == "Dr");
}

bool is_initial(const Word& word) {
  return word.letters && word.folded.size() == 1 && word.capital;
}

// A word of a name of a patient of the source, that is no word of medicine; two where they are as
// short as words that mean much else.
bool has_source_name(const Words& words, const SourceNames& names) {
  constexpr std::size_t alone = 4;
  std::size_t short_ones = 0;
  bool others = false;
  for (const Word& word : words) {
    std::string_view letters = word.folded;
    while (!letters.empty() && is_digit(letters.back())) {
      letters.remove_suffix(1);  // "dupont1960"
    }
    if (!names.has(letters) || medical(word)) {
      others |= !is_particle(word) && !is_initial(word) && !word.digits;
      continue;
    }
    if (letters.size() >= alone) {
      return true;
    }
    ++short_ones;
  }
  return short_ones >= 2 && !others;
}

// "gwendal.castaing"
bool is_login(const Words& words) {
  return words.size() == 2 && words[1].before == '.' && words[1].letters;
}

// A first name and a family name side by side, in either order, and no other word: "Gwendal
// Castaing", "CASTAING Gwendal". Two family names are none: diseases are called so.
bool is_whole_name(const Words& words) {
  const bool small_too = is_login(words);
  bool found = false;
  FrequentName before;
  for (const Word& word : words) {
    if (is_particle(word) || is_initial(word) || is_title(word)) {
      continue;
    }
    const FrequentName name = word.letters ? frequent_name(word.folded) : FrequentName{};
    if (name.use == NameUse::none || !(word.capital || small_too) || medical(word)) {
      return false;
    }
    const auto may_be = [](const FrequentName& one, NameUse use) {
      return one.use == use || one.use == NameUse::both;
    };
    found = found || (may_be(before, NameUse::first) && may_be(name, NameUse::family)) ||
            (may_be(before, NameUse::family) && may_be(name, NameUse::first));
    before = name;
  }
  return found;
}

// "Mme Berthelot"; frequent names: one that means nothing else, several together, or a first name
// beside a word that may be a family name.
bool is_frequent_name(const Words& words) {
  std::size_t names = 0;
  std::size_t alone = 0;
  std::size_t first = 0;
  std::size_t others = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const Word& word = words[i];
    if (is_title(word)) {
      std::size_t next = i + 1;
      while (next < words.size() && words[next].letters && is_particle(words[next])) {
        ++next;  // "Mme O'Connor"
      }
      if (next < words.size() && words[next].letters && words[next].capital &&
          words[next].folded.size() > 1 && !medical(words[next])) {
        return true;
      }
      continue;
    }
    const FrequentName name = word.letters ? frequent_name(word.folded) : FrequentName{};
    if (name.use != NameUse::none && !name.beside && !medical(word)) {
      ++names;
      alone += name.alone ? 1 : 0;
      first += name.use != NameUse::family ? 1 : 0;
    } else if (!is_particle(word) && !is_initial(word)) {
      const bool may_be = word.letters && word.folded.size() >= 3 && word.capital && !medical(word);
      others += may_be ? 1 : 100;
    }
  }
  if (others == 0) {
    return alone >= 1 || names >= 2;
  }
  return (others == 1 && (first >= 1 || alone >= 1) && words[0].capital) ||
         (is_login(words) && first >= 1);
}

}  // namespace

std::string_view looks(PersonLike like) {
  switch (like) {
    case PersonLike::name:
      return "looks like the name of a person";
    case PersonLike::phone:
      return "looks like a phone number";
    case PersonLike::email:
      return "looks like an e-mail address";
    case PersonLike::national_number:
      return "looks like a national number";
    case PersonLike::professional_number:
      return "looks like the number of a health professional";
    case PersonLike::address:
      return "looks like an address";
    case PersonLike::link:
      return "looks like a web address";
    case PersonLike::time:
      return "looks like a date or a time";
    case PersonLike::sentence:
      return "looks like a sentence";
    case PersonLike::nothing:
      break;
  }
  return "looks like nothing";
}

PersonLike person_like(std::string_view text, const SourceNames* names) {
  if (has_email(text)) {
    return PersonLike::email;
  }
  const Words words = words_in(text);
  if (has_link(text, words)) {
    return PersonLike::link;
  }
  if (has_national_number(text)) {
    return PersonLike::national_number;
  }
  if (has_professional_number(text)) {
    return PersonLike::professional_number;
  }
  if (has_phone_number(text)) {
    return PersonLike::phone;
  }
  if (has_street(words) || has_postal_code(words)) {
    return PersonLike::address;
  }
  if (has_time(text)) {
    return PersonLike::time;
  }
  if ((names != nullptr && !names->empty() && has_source_name(words, *names)) ||
      is_frequent_name(words) || is_whole_name(words)) {
    return PersonLike::name;
  }
  return is_sentence(words) ? PersonLike::sentence : PersonLike::nothing;
}

PersonLike person_like_code(std::string_view system, std::string_view code,
                            std::span<const std::string> not_identifiers,
                            const SourceNames* names) {
  static const std::set<std::pair<std::string_view, std::string_view>> built_in = [] {
    std::set<std::pair<std::string_view, std::string_view>> found;
    for (const vocabulary::BuiltInCode& one : vocabulary::built_in_codes()) {
      found.emplace(one.code.system, one.code.code);
    }
    return found;
  }();
  const vocabulary::CodeSystem* known = vocabulary::find_code_system(system);
  if (built_in.contains({system, code}) ||
      (known != nullptr && vocabulary::keeps_persons_out(*known) &&
       vocabulary::has_form(*known, code))) {
    // A number may be both: SNOMED CT's check digit is right by chance for one in ten.
    return has_national_number(code) ? PersonLike::national_number : PersonLike::nothing;
  }
  const PersonLike like = person_like(code, names);
  const bool reaches = like == PersonLike::email || like == PersonLike::link ||
                       like == PersonLike::address || like == PersonLike::national_number;
  const bool said_to_be_codes = std::ranges::find(not_identifiers, system) != not_identifiers.end();
  return reaches || !said_to_be_codes ? like : PersonLike::nothing;
}

}  // namespace parcours::ingest
