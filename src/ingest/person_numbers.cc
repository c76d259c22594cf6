#include "ingest/person_numbers.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

#include "base/letters.h"
#include "ingest/words.h"
#include "vocabulary/check_digits.h"
#include "vocabulary/national_number.h"

namespace parcours::ingest {
namespace {

bool alphanumeric(char c) {
  return is_digit(c) || is_capital(c) || (c >= 'a' && c <= 'z');
}

// Digits in groups, with a sign or two between groups: "(555) 123-4567".
struct DigitRun {
  std::string digits;
  std::vector<std::size_t> groups;  // their lengths
  bool plus = false;                // before the first

  bool grouped(std::initializer_list<std::size_t> lengths) const {
    return std::ranges::equal(groups, lengths);
  }
};

// Every run of the text, outside of words: the digits of "A123" or "12kg" are none.
std::vector<DigitRun> digit_runs(std::string_view text) {
  constexpr std::string_view between = " .-()/_\xC2\xA0";
  constexpr std::size_t most_between = 2;
  std::vector<DigitRun> runs;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_digit(text[at])) {
      ++at;
      continue;
    }
    DigitRun run;
    const char before = at > 0 ? text[at - 1] : ' ';
    run.plus = before == '+' || (before == '(' && at > 1 && text[at - 2] == '+');
    std::size_t end = at;
    while (end < text.size() && is_digit(text[end])) {
      const std::size_t from = end;
      while (end < text.size() && is_digit(text[end])) {
        run.digits += text[end++];
      }
      run.groups.push_back(end - from);
      std::size_t next = end;
      while (next < text.size() && next < end + most_between &&
             between.find(text[next]) != std::string_view::npos) {
        ++next;
      }
      if (next > end && next < text.size() && is_digit(text[next])) {
        end = next;
      } else {
        break;
      }
    }
    const bool in_a_word = alphanumeric(before) || (end < text.size() && alphanumeric(text[end]));
    if (!in_a_word) {
      runs.push_back(std::move(run));
    }
    at = std::max(end, at + 1);
  }
  return runs;
}

bool french_phone(const DigitRun& run) {
  const std::string& d = run.digits;
  return d.size() == 10 && d[0] == '0' && d[1] != '0' &&
         (run.grouped({10}) || run.grouped({2, 2, 2, 2, 2}) || run.grouped({4, 2, 2, 2}) ||
          run.grouped({4, 3, 3}) || run.grouped({1, 1, 2, 2, 2, 2}) || run.grouped({2, 4, 4}));
}

bool british_phone(const DigitRun& run) {
  const std::string& d = run.digits;
  return d.size() == 11 && d[0] == '0' &&
         (d[1] == '7' || ((d[1] == '1' || d[1] == '2') && run.groups.size() > 1));
}

// A concept of SNOMED CT may have ten digits: its partition is 00 or 10, its last digit checks.
bool like_snomed(std::string_view digits) {
  const std::string_view partition = digits.substr(digits.size() - 3, 2);
  return (partition == "00" || partition == "10") && vocabulary::verhoeff_fits(digits);
}

bool american_phone(const DigitRun& run) {
  std::string_view d = run.digits;
  const bool with_country = d.size() == 11 && d[0] == '1' && run.groups.front() == 1;
  if (with_country) {
    d.remove_prefix(1);
  }
  const bool in_groups = run.grouped({3, 3, 4}) || run.grouped({3, 7}) || with_country;
  return d.size() == 10 && d[0] >= '2' && d[3] >= '2' &&
         (in_groups || (run.grouped({10}) && !like_snomed(d)));
}

// "00" before the country; of digits alone a code of goods (GTIN) may begin so.
bool international_phone(const DigitRun& run) {
  const std::string& d = run.digits;
  if (run.plus) {
    return d.size() >= 8 && d.size() <= 15 && d[0] != '0';
  }
  if (!d.starts_with("00") || d.size() < 11 || d.size() > 15 || d[2] == '0') {
    return false;
  }
  return run.groups.size() > 1 || (d.starts_with("0033") && d.size() == 13) ||
         !(d.size() == 13 || d.size() == 14) || !vocabulary::gtin_fits(d);
}

// Digits, and the letter of a department of Corsica, without the signs between them.
std::vector<std::string> national_runs(std::string_view text) {
  std::vector<std::string> runs(1);
  char before = ' ';
  for (const char c : text) {
    const bool corsican = (c == 'A' || c == 'B' || c == 'a' || c == 'b') && before == '2';
    if (is_digit(c) || corsican) {
      runs.back() += c == 'a' ? 'A' : c == 'b' ? 'B' : c;
    } else if (c != ' ' && c != '.' && c != '-' && c != '/' && c != '\xC2' && c != '\xA0') {
      runs.emplace_back();
    }
    before = c;
  }
  return runs;
}

bool rpps(std::string_view digits) {
  return digits.size() == 11 && digits.starts_with("10") && vocabulary::luhn_fits(digits);
}

}  // namespace

bool has_phone_number(std::string_view text) {
  return std::ranges::any_of(digit_runs(text), [](const DigitRun& run) {
    return french_phone(run) || international_phone(run) || british_phone(run) ||
           american_phone(run);
  });
}

bool has_national_number(std::string_view text) {
  constexpr std::size_t parts = 13;
  constexpr std::size_t whole = 15;
  for (const std::string& run : national_runs(text)) {
    if (run.size() == parts && vocabulary::is_national_number(run, true)) {
      return true;
    }
    if (run.size() < whole) {
      continue;
    }
    for (const std::size_t at : {std::size_t{0}, run.size() - whole}) {
      const std::string_view one = std::string_view(run).substr(at, whole);
      if (vocabulary::is_national_number(one.substr(0, parts), false) &&
          vocabulary::nir_fits(one)) {
        return true;
      }
    }
  }
  return false;
}

bool has_professional_number(std::string_view text) {
  constexpr std::array<std::string_view, 6> registers = {"rpps",   "adeli", "idnps",
                                                         "finess", "siret", "ordinal"};
  const std::vector<Word> words = words_in(text);
  const bool named = std::ranges::any_of(words, [&](const Word& word) {
    return std::ranges::find(registers, word.folded) != registers.end();
  });
  return std::ranges::any_of(digit_runs(text), [&](const DigitRun& run) {
    const std::string_view d = run.digits;
    return rpps(d) || (d.size() == 12 && d[0] == '8' && rpps(d.substr(1))) ||
           (named && d.size() >= 8);
  });
}

}  // namespace parcours::ingest
