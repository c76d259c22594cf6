#include "audit/value_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <string>

#include "audit/assumed.h"
#include "audit/usual_marks.h"
#include "base/stand_ins.h"

namespace parcours::audit {
namespace {

// A mark that says no more than that nothing is known.
const Mark nothing_known{};

// What stands for a hidden value is short; anything longer may be a person's name.
constexpr std::size_t longest_mark = 4;

std::string shown_in_error(std::string_view word) {
  return word.size() > longest_mark ? "a text" : fmt::format("'{}'", word);
}

// What the user can say of a word that is no number.
std::string meaning_of(std::string_view word) {
  if (word.size() > longest_mark) {
    return "if it stands for a hidden value, say so: --hidden MARK";
  }
  if (word.starts_with('<') && parse_decimal(word.substr(1), '.')) {
    const std::int64_t most = parse_decimal(word.substr(1), '.')->digits - 1;
    return fmt::format(
        "say what it stands for: --hidden '{0}=1..{1}', or --hidden '{0}=0..{1}' "
        "if it may be a zero",
        word, most);
  }
  if (may_be_zero(word)) {
    return fmt::format(
        "say what it stands for: --hidden '{0}' for a hidden value, --hidden "
        "'{0}=0..0' for zero",
        word);
  }
  return fmt::format("if it stands for a hidden value, say so: --hidden {}", shown_in_error(word));
}

// The number without its decimals, where these are zeros.
std::optional<std::int64_t> whole_number(Decimal number) {
  while (number.decimals > 0 && number.digits % 10 == 0) {
    number.digits /= 10;
    --number.decimals;
  }
  return number.decimals == 0 ? std::optional(number.digits) : std::nullopt;
}

bool may_be_unknown_below_zero(const Decimal& number) {
  const std::optional<std::int64_t> value = whole_number(number);
  return value && (*value == -1 || is_negative_mark(std::to_string(*value)));
}

// 999, ... 999999999: so many people are in no table by chance, but 99 are.
bool may_be_unknown_nines(const Decimal& number) {
  constexpr std::int64_t most = 999'999'999;
  const std::optional<std::int64_t> value = whole_number(number);
  return value && *value >= 999 && *value <= most &&
         std::to_string(*value).find_first_not_of('9') == std::string::npos;
}

double value_of(const Decimal& number) {
  double value = static_cast<double>(number.digits);
  for (int p = 0; p < number.decimals; ++p) {
    value /= 10;
  }
  return value;
}

class ValueWordsReader {
 public:
  ValueWordsReader(const TableText& text, std::size_t column, const Reading& reading)
      : text_(text), column_(text.columns[column]), reading_(reading) {
    lines_.resize(column_.words.size(), 0);
    for (const std::uint32_t word : column_.rows) {
      ++lines_[word];
    }
  }

  Result<ValueWords> run() {
    for (std::uint32_t w = 0; w < column_.words.size(); ++w) {
      RETURN_IF_ERROR(read(w));
    }
    if (!not_known_.empty()) {
      read_.doubts.push_back(
          assumed::not_known(text_.file, column_.name, not_known_, lines_not_known_));
    }
    find_doubtful();
    return std::move(read_);
  }

 private:
  Status read(std::uint32_t w) {
    const std::string& word = column_.words[w];
    ValueWord& said = read_.words.emplace_back();
    said.mark = mark_called(reading_, word);
    if (said.mark != nullptr) {
      return {};
    }
    if (word.empty()) {
      said.mark = &nothing_known;
      read_.guessed.push_back(assumed::empty_value(text_.file, column_.name, lines_[w]));
      return {};
    }
    if (const auto office = usual_mark(word)) {
      said.mark = &nothing_known;
      read_.guessed.push_back(
          assumed::usual_mark(text_.file, column_.name, word, lines_[w], *office));
      return {};
    }
    if (is_not_known(word)) {
      said.mark = &nothing_known;
      not_known_.push_back(word);
      lines_not_known_ += lines_[w];
      return {};
    }
    said.number = parse_decimal(without_flags(word), reading_.decimal_mark);
    if (!said.number) {
      const auto row = std::ranges::find(column_.rows, w) - column_.rows.begin();
      return bad_input(fmt::format("{} is not a number", shown_in_error(word)),
                       text_.where(static_cast<std::size_t>(row)), meaning_of(word));
    }
    return {};
  }

  // Numbers that may stand for nothing are hidden where no other is below 0.
  void find_doubtful() {
    double least = std::numeric_limits<double>::infinity();
    double most = -least;
    for (std::uint32_t w = 0; w < read_.words.size(); ++w) {
      const std::optional<Decimal>& number = read_.words[w].number;
      if (!number) {
        continue;
      }
      const bool settled =
          std::ranges::find(reading_.numbers, column_.words[w]) != reading_.numbers.end();
      const bool below = may_be_unknown_below_zero(*number);
      if (!settled && (below || may_be_unknown_nines(*number))) {
        read_.doubtful.push_back({.word = w, .number = *number, .hidden = below});
        continue;
      }
      least = std::min(least, value_of(*number));
      most = std::max(most, value_of(*number));
      read_.below_zero = read_.below_zero || number->digits < 0;
    }
    constexpr double far = 3;  // times the span of the others
    std::erase_if(read_.doubtful,
                  [&](const DoubtfulNumber& one) { return one.hidden && read_.below_zero; });
    for (DoubtfulNumber& one : read_.doubtful) {
      if (one.hidden) {
        read_.words[one.word] = {.mark = &nothing_known, .number = {}};
      }
      one.stands_out = most > least && value_of(one.number) - most > far * (most - least);
    }
  }

  const TableText& text_;
  const TextColumn& column_;
  const Reading& reading_;
  std::vector<std::uint64_t> lines_;  // by word
  std::vector<std::string> not_known_;
  std::uint64_t lines_not_known_ = 0;
  ValueWords read_;
};

}  // namespace

const Mark* mark_called(const Reading& reading, std::string_view word) {
  const auto mark = std::ranges::find(reading.marks, word, &Mark::text);
  return mark == reading.marks.end() ? nullptr : &*mark;
}

bool says_nothing(std::string_view word, const Reading& reading) {
  if (word.empty() || mark_called(reading, word) != nullptr || usual_mark(word) ||
      is_not_known(word)) {
    return true;
  }
  const std::optional<Decimal> number = parse_decimal(word, reading.decimal_mark);
  return number && may_be_unknown_below_zero(*number);
}

Result<ValueWords> value_words(const TableText& text, std::size_t column, const Reading& reading) {
  return ValueWordsReader(text, column, reading).run();
}

}  // namespace parcours::audit
