#include "exports/column_names.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/letters.h"
#include "exports/name_entries.h"

namespace parcours::exports {
namespace {

bool letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// The letters of Latin-1's supplement in UTF-8, without their accents.
std::string without_accents(std::string_view text) {
  static const std::map<std::string_view, char> plain = {
      {"à", 'a'}, {"â", 'a'}, {"ä", 'a'}, {"ç", 'c'}, {"è", 'e'}, {"é", 'e'}, {"ê", 'e'},
      {"ë", 'e'}, {"î", 'i'}, {"ï", 'i'}, {"ô", 'o'}, {"ö", 'o'}, {"ù", 'u'}, {"û", 'u'},
      {"ü", 'u'}, {"À", 'a'}, {"Â", 'a'}, {"Ç", 'c'}, {"È", 'e'}, {"É", 'e'}, {"Ê", 'e'},
      {"Î", 'i'}, {"Ô", 'o'}, {"Ù", 'u'}, {"Û", 'u'}};
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    const auto found = plain.find(text.substr(i, 2));
    if (found != plain.end()) {
      result += found->second;
      i += 2;
    } else {
      result += text[i++];
    }
  }
  return result;
}

// Where the words of `needle` begin in those of `name`, all in a row.
bool holds(const std::vector<std::string>& name, const std::vector<std::string>& needle) {
  return std::ranges::search(name, needle).begin() != name.end();
}

// "time_in_hospital", "nb_jour", "duree_sejour_hopital": how much or how long, and no place or day.
bool says_amount(const std::vector<std::string>& words, ColumnRole instead_of) {
  static const std::vector<std::string> amounts = {"nb",       "nbre",   "nombre", "count", "duree",
                                                   "duration", "length", "delai",  "total"};
  return words.front() == "number" || std::ranges::find_first_of(words, amounts) != words.end() ||
         (instead_of == ColumnRole::place && std::ranges::find(words, "time") != words.end());
}

bool may_say_amount(const NameEntry& entry) {
  return entry.role == ColumnRole::place ||
         (entry.role == ColumnRole::date && entry.where == NameEntry::Where::within);
}

}  // namespace

std::vector<std::string> words_of_name(std::string_view column) {
  const std::string text = without_accents(column);
  std::vector<std::string> words;
  std::string word;
  const auto end_word = [&] {
    if (!word.empty()) {
      words.push_back(std::exchange(word, {}));
    }
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (!letter(c) && !is_digit(c)) {
      end_word();
      continue;
    }
    const bool hump = is_capital(c) && i > 0 && text[i - 1] >= 'a' && text[i - 1] <= 'z';
    if (hump) {
      end_word();
    }
    word += is_capital(c) ? static_cast<char>(c - 'A' + 'a') : c;
  }
  end_word();
  return words;
}

bool says_identifier(std::string_view column) {
  static const std::vector<std::string> ends = {"id",  "nbr",    "no",  "num",   "number", "key",
                                                "nr",  "numero", "uid", "uuid",  "guid",   "hid",
                                                "ref", "serial", "idx", "index", "rowid",  "hash"};
  const std::vector<std::string> words = words_of_name(column);
  if (words.empty()) {
    return false;
  }
  const auto is_end = [&](const std::string& word) {
    return std::ranges::find(ends, word) != ends.end();
  };
  return is_end(words.back()) || is_end(words.front());
}

std::optional<NameSays> name_says(std::string_view column) {
  const std::vector<std::string> words = words_of_name(column);
  for (const NameEntry& entry : name_entries()) {
    for (std::size_t i = 0; i < entry.names.size(); ++i) {
      const std::vector<std::string> needle = words_of_name(entry.names[i]);
      if (entry.where == NameEntry::Where::whole ? words == needle : holds(words, needle)) {
        if (may_say_amount(entry) && says_amount(words, entry.role)) {
          return std::nullopt;
        }
        const int rank = static_cast<int>(i) + (words == needle ? 0 : 100);
        return NameSays{entry.role, entry.meaning, rank, entry.registered};
      }
    }
  }
  return std::nullopt;
}

}  // namespace parcours::exports
