#include "microdata/stand_ins.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <set>
#include <string_view>

#include "base/letters.h"
#include "base/missing.h"

namespace parcours::microdata {
namespace {

std::optional<double> number_of(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && std::isfinite(value) ? std::optional(value) : std::nullopt;
}

bool all_are(std::string_view text, char digit) {
  return std::ranges::all_of(text, [digit](char c) { return c == digit; });
}

// "-9", "-88", "-9999"
bool is_negative_mark(std::string_view text) {
  constexpr std::size_t longest = 4;
  if (text.size() < 2 || text.size() > longest + 1 || text[0] != '-') {
    return false;
  }
  const std::string_view digits = text.substr(1);
  return all_are(digits, '7') || all_are(digits, '8') || all_are(digits, '9');
}

// "99", "999999"
bool is_nines(std::string_view text) {
  constexpr std::size_t longest = 6;
  return text.size() >= 2 && text.size() <= longest && all_are(text, '9');
}

// What the numbers of a column are that may not stand for nothing.
struct Others {
  double least = std::numeric_limits<double>::infinity();
  double most = -std::numeric_limits<double>::infinity();
  std::size_t different = 0;

  void note(double value) {
    least = std::min(least, value);
    most = std::max(most, value);
    ++different;
  }
};

// The codes of the texts that stand for nothing, ascending.
std::vector<std::uint32_t> codes_of_stand_ins(const Dictionary& texts) {
  constexpr double far = 3;  // times the span of the others
  Others others;
  std::vector<std::uint32_t> words;
  std::vector<std::uint32_t> negative;
  std::vector<std::uint32_t> nines;
  for (std::uint32_t code = 0; code < texts.size(); ++code) {
    const std::string_view text = texts.reveal(code);
    if (text.empty()) {
      continue;
    }
    if (is_missing(lower(text))) {
      words.push_back(code);
    } else if (is_negative_mark(text)) {
      negative.push_back(code);
    } else if (is_nines(text)) {
      nines.push_back(code);
    } else if (const std::optional<double> number = number_of(text)) {
      others.note(*number);
    } else {
      return {};
    }
  }
  if (others.different < 2) {
    return {};
  }
  // From the smallest of the nines on: one that lies among the others is one of them.
  std::ranges::sort(nines, {}, [&](std::uint32_t code) { return texts.reveal(code).size(); });
  std::vector<std::uint32_t> found = words;
  for (const std::uint32_t code : nines) {
    const double value = *number_of(texts.reveal(code));
    if (value - others.most > far * (others.most - others.least)) {
      found.push_back(code);
    } else {
      others.note(value);
    }
  }
  if (others.least >= 0) {
    found.insert(found.end(), negative.begin(), negative.end());
  }
  std::ranges::sort(found);
  return found;
}

}  // namespace

std::vector<StandIn> stand_ins(const Microdata& data) {
  std::vector<StandIn> found;
  for (const MicrodataColumn& column : data.columns) {
    for (const std::uint32_t code : codes_of_stand_ins(column.dictionary)) {
      const auto records = std::ranges::count(column.codes, code);
      found.push_back({column.name, std::string(column.dictionary.reveal(code)),
                       static_cast<std::uint64_t>(records)});
    }
  }
  return found;
}

Microdata without_stand_ins(Microdata data, const std::vector<StandIn>& found) {
  for (MicrodataColumn& column : data.columns) {
    std::set<std::string_view> values;
    for (const StandIn& one : found) {
      if (one.column == column.name) {
        values.insert(one.value);
      }
    }
    if (values.empty()) {
      continue;
    }
    // Codes are in the order in which the texts came, so they are given anew.
    Dictionary texts;
    for (std::uint32_t& code : column.codes) {
      const std::string_view text = column.dictionary.reveal(code);
      code = texts.add(values.contains(text) ? std::string_view() : text);
    }
    column.dictionary = std::move(texts);
  }
  return data;
}

}  // namespace parcours::microdata
