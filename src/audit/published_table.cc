#include "audit/published_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "audit/apparent_base.h"
#include "audit/assumed.h"
#include "audit/columns.h"
#include "audit/usual_marks.h"
#include "audit/value_words.h"
#include "base/int128.h"
#include "base/utf8.h"
#include "tables/table.h"

namespace parcours::audit {
namespace {

// The sign that OpenSAFELY writes for counts of 7 or less, beside counts rounded to 5.
constexpr std::string_view redacted = "[REDACTED]";

// Whether whole numbers are what OpenSAFELY's rounding to the midpoint of 6 gives.
bool are_midpoints(std::span<const Decimal> numbers) {
  return std::ranges::all_of(
      numbers, [](const Decimal& number) { return number.digits == 0 || number.digits % 6 == 3; });
}

std::int64_t power_of_ten(int decimals) {
  std::int64_t power = 1;
  for (int p = 0; p < decimals; ++p) {
    power *= 10;
  }
  return power;
}

std::int64_t floor_of(Int128 above, Int128 below) {
  const Int128 quotient = above / below;
  return static_cast<std::int64_t>(above % below < 0 ? quotient - 1 : quotient);
}

std::optional<std::int64_t> times_ten(std::int64_t value, int times) {
  constexpr std::int64_t largest_value = std::int64_t{1} << 53;
  if (value == sums::no_limit || value == lowest_value) {
    return value;
  }
  for (int t = 0; t < times; ++t) {
    if (value > largest_value / 10 || value < -largest_value / 10) {
      return std::nullopt;
    }
    value *= 10;
  }
  return value;
}

// Turns words into ranges.
class Figures {
 public:
  Figures(const TableText& text, const TableColumns& columns, const Reading& reading)
      : text_(text), columns_(columns), reading_(reading), values_(text.columns[columns.value]) {}

  Result<PublishedTable> run() {
    RETURN_IF_ERROR(read_words());
    RETURN_IF_ERROR(find_rounding());
    RETURN_IF_ERROR(find_decimals());
    PublishedTable table;
    table.decimals = decimals_;
    table.below_zero = read_.below_zero;
    table.guessed = columns_.guessed;
    table.guessed.insert(table.guessed.end(), read_.guessed.begin(), read_.guessed.end());
    table.guessed.insert(table.guessed.end(), guessed_.begin(), guessed_.end());
    table.doubtful = read_.doubtful;
    table.doubts = read_.doubts;
    for (std::size_t row = 0; row < text_.rows(); ++row) {
      ASSIGN_OR_RETURN(const sums::Range range, hides(row) ? hidden(row) : printed(row));
      table.ranges.push_back(range);
      const bool hidden = hides(row) && range != sums::Range{0, 0};
      table.listings.push_back(hidden          ? Listing::hidden
                               : range.known() ? Listing::exact
                                               : Listing::ranged);
    }
    return table;
  }

 private:
  std::size_t first_row(std::uint32_t word) const {
    return static_cast<std::size_t>(std::ranges::find(values_.rows, word) - values_.rows.begin());
  }

  Status read_words() {
    ASSIGN_OR_RETURN(read_, value_words(text_, columns_.value, reading_));
    if (columns_.base) {
      look_at_bases(text_.columns[*columns_.base]);
    }
    for (const StatusColumn& status : columns_.statuses) {
      std::vector<bool>& hides = status_hides_.emplace_back();
      for (const std::string& word : text_.columns[status.column].words) {
        hides.push_back(
            (!word.empty() && mark_called(reading_, word) != nullptr) ||
            (status.confidentiality ? hides_as_confidentiality(word) : hides_as_status(word)));
      }
    }
    return {};
  }

  // A base of percentages that is not known is said, but for what the user or an office marks.
  void look_at_bases(const TextColumn& bases) {
    std::vector<std::string> not_known;
    std::uint64_t lines = 0;
    for (std::uint32_t w = 0; w < bases.words.size(); ++w) {
      const std::string& word = bases.words[w];
      if (!word.empty() && mark_called(reading_, word) == nullptr && !usual_mark(word) &&
          says_nothing(word, reading_)) {
        not_known.push_back(word);
        lines += static_cast<std::uint64_t>(std::ranges::count(bases.rows, w));
      }
    }
    if (!not_known.empty()) {
      read_.doubts.push_back(assumed::not_known(text_.file, bases.name, not_known, lines));
    }
  }

  // Values that are all multiples of one number may be rounded or exact: the two give different
  // answers, so the user says which.
  Status find_rounding() {
    rounding_ = reading_.rounding;
    if (rounding_ || reading_.unrounded || !reading_.percent_of.empty() || columns_.of_release) {
      return {};
    }
    std::vector<Decimal> numbers;
    for (const ValueWord& printed : read_.words) {
      if (printed.number) {
        numbers.push_back(*printed.number);
      }
    }
    const std::optional<std::int64_t> base = apparent_base(numbers);
    if (!base) {
      return {};
    }
    constexpr std::int64_t base_of_opensafely = 5;
    if (*base == base_of_opensafely &&
        std::ranges::find(values_.words, redacted) != values_.words.end()) {
      rounding_ = Rounding{{*base, 0}, RoundedTo::nearest};
      guessed_.push_back(assumed::rounded(text_.file, *base, redacted));
      return {};
    }
    return bad_input(
        fmt::format("all values are multiples of {}: they may be rounded or exact", *base),
        text_.file,
        are_midpoints(numbers)
            ? "say which: --rounded 6 --rounded-mode midpoint (OpenSAFELY's), --rounded 3, or "
              "--rounded no"
            : fmt::format("say which: --rounded {} (with --rounded-mode random if it was at "
                          "random), or --rounded no",
                          *base));
  }

  // How finely the values are counted: as the longest printed number, one digit more where they
  // were rounded to less than a whole; percentages are turned into whole counts.
  Status find_decimals() {
    for (const ValueWord& printed : read_.words) {
      digits_ = std::max(digits_, printed.number ? printed.number->decimals : 0);
    }
    if (!reading_.percent_of.empty()) {
      if (reading_.rounding) {
        return bad_input("percentages that are rounded as well cannot be read", text_.file,
                         "use only one of --percent-of and --rounded");
      }
      return {};
    }
    decimals_ = digits_;
    if (rounding_) {
      const Decimal& base = rounding_->base;
      decimals_ = std::max(decimals_, base.decimals) + (base.decimals > 0 ? 1 : 0);
    }
    for (std::uint32_t w = 0; w < read_.words.size(); ++w) {
      if (read_.words[w].number && !scaled(*read_.words[w].number, decimals_)) {
        return bad_input("a number with too many digits", text_.where(first_row(w)),
                         "at most 15 digits are read");
      }
    }
    return {};
  }

  bool hides(std::size_t row) const {
    if (read_.words[values_.rows[row]].mark != nullptr) {
      return true;
    }
    for (std::size_t s = 0; s < columns_.statuses.size(); ++s) {
      if (status_hides_[s][text_.columns[columns_.statuses[s].column].rows[row]]) {
        return true;
      }
    }
    return false;
  }

  std::int64_t least() const { return read_.below_zero ? lowest_value : 0; }

  Result<sums::Range> hidden(std::size_t row) const {
    const Mark* mark = read_.words[values_.rows[row]].mark;
    for (const StatusColumn& status : columns_.statuses) {
      const Mark* by_status = mark_called(reading_, text_.columns[status.column].at(row));
      if (by_status != nullptr && (mark == nullptr || (!mark->low && !mark->high))) {
        mark = by_status;
      }
    }
    sums::Range range{columns_.of_release ? std::max<std::int64_t>(least(), 1) : least(),
                      sums::no_limit};
    if (mark != nullptr) {
      const std::int64_t unit = power_of_ten(decimals_);
      range.low = mark->low ? *mark->low * unit : range.low;
      range.high = mark->high ? *mark->high * unit : range.high;
    }
    if (!reading_.percent_of.empty()) {
      ASSIGN_OR_RETURN(const std::optional<std::int64_t> base, base_of(row));
      range.high = base ? std::min(range.high, *base) : range.high;
      range.low = std::min(range.low, range.high);
    }
    return range;
  }

  Result<sums::Range> printed(std::size_t row) const {
    const Decimal& number = *read_.words[values_.rows[row]].number;
    if (!reading_.percent_of.empty()) {
      return of_percentage(row, number);
    }
    const std::int64_t value = *scaled(number, decimals_);
    if (!rounding_) {
      return sums::Range{value, value};
    }
    const std::optional<std::int64_t> base = scaled(rounding_->base, decimals_);
    if (rounding_->to == RoundedTo::midpoint) {
      return of_midpoint(row, value, base.value_or(0));
    }
    if (!base || value % *base != 0) {
      return bad_input(
          fmt::format("{} is not a multiple of {}", decimal_text(value, decimals_),
                      decimal_text(base.value_or(0), decimals_)),
          text_.where(row),
          fmt::format("say what the values are rounded to: --rounded{}", or_hidden(row)));
    }
    const std::int64_t away = rounding_->to == RoundedTo::nearest ? *base / 2 : *base - 1;
    return sums::Range{value >= 0 ? std::max(value - away, least()) : value - away, value + away};
  }

  // What else a number can be that may stand where nothing is known.
  std::string or_hidden(std::size_t row) const {
    const std::uint32_t word = values_.rows[row];
    return std::ranges::find(read_.doubtful, word, &DoubtfulNumber::word) == read_.doubtful.end()
               ? std::string()
               : fmt::format("; if nothing is known there: --hidden={}", values_.words[word]);
  }

  Result<sums::Range> of_midpoint(std::size_t row, std::int64_t value, std::int64_t base) const {
    if (value == 0) {
      return sums::Range{0, 0};
    }
    const std::int64_t half = base / 2;
    if (decimals_ > 0 || base == 0 || value < 0 || (value + half) % base != 0) {
      return bad_input(
          fmt::format("{} is no midpoint of {} numbers", decimal_text(value, decimals_), base),
          text_.where(row),
          fmt::format("say what the values are rounded to: --rounded{}", or_hidden(row)));
    }
    return sums::Range{value + half - base + 1, value + half};
  }

  // The base that a line's percentage is of; nothing where it is hidden.
  Result<std::optional<std::int64_t>> base_of(std::size_t row) const {
    const std::string_view word =
        columns_.base ? text_.columns[*columns_.base].at(row) : reading_.percent_of;
    if (columns_.base && says_nothing(word, reading_)) {
      return std::nullopt;
    }
    const std::optional<Decimal> base = parse_decimal(word, reading_.decimal_mark);
    const std::int64_t unit = base ? power_of_ten(base->decimals) : 1;
    if (!base || base->digits < 0 || base->digits % unit != 0) {
      return bad_input("a base that is not a whole number", text_.where(row),
                       "the base of a percentage is a number of people");
    }
    return base->digits / unit;
  }

  Result<sums::Range> of_percentage(std::size_t row, const Decimal& number) const {
    ASSIGN_OR_RETURN(const std::optional<std::int64_t> base, base_of(row));
    if (!base) {
      return sums::Range{0, sums::no_limit};
    }
    const std::optional<std::int64_t> value = scaled(number, digits_);
    if (!value || *value < 0) {
      return bad_input("a percentage below 0", text_.where(row));
    }
    // 2 * value -+ 1 halves of the last digit, of `base` people.
    const Int128 whole = static_cast<Int128>(200) * power_of_ten(digits_);
    const Int128 least_above = (static_cast<Int128>(2) * *value - 1) * *base;
    const Int128 most_above = (static_cast<Int128>(2) * *value + 1) * *base;
    const sums::Range range{std::max<std::int64_t>(0, -floor_of(-least_above, whole)),
                            floor_of(most_above, whole)};
    if (range.low > range.high) {
      return bad_input(
          fmt::format("no count of {} people is {} %", *base, decimal_text(*value, digits_)),
          text_.where(row), "is the base right? --percent-of");
    }
    return range;
  }

  const TableText& text_;
  const TableColumns& columns_;
  const Reading& reading_;
  const TextColumn& values_;
  ValueWords read_;
  std::vector<std::vector<bool>> status_hides_;  // by column of a status, by word
  std::optional<Rounding> rounding_;
  std::vector<tables::Label> guessed_;
  int digits_ = 0;  // after the decimal mark, of the longest number
  int decimals_ = 0;
};

}  // namespace

std::vector<std::uint32_t> PublishedTable::other_codes(std::size_t row, std::size_t d) const {
  std::vector<std::uint32_t> others;
  for (std::size_t other = 0; other < dimensions.size(); ++other) {
    if (other != d) {
      others.push_back(dimension(other).rows[row]);
    }
  }
  return others;
}

Result<sums::Range> PublishedTable::range_in(int finer, std::size_t row) const {
  const auto low = times_ten(ranges[row].low, finer - decimals);
  const auto high = times_ten(ranges[row].high, finer - decimals);
  if (!low || !high) {
    return bad_input("a number with too many digits, with the decimals of the other tables",
                     text.where(row), "at most 15 digits are read");
  }
  return sums::Range{*low, *high};
}

Result<PublishedTable> understand(TableText text, const Reading& reading) {
  ASSIGN_OR_RETURN(TableColumns columns, find_columns(text, reading));
  ASSIGN_OR_RETURN(PublishedTable table, Figures(text, columns, reading).run());
  table.name = as_utf8(std::filesystem::path(text.file).filename().string());
  table.dimensions = std::move(columns.dimensions);
  table.value = columns.value;
  table.of_release = columns.of_release;
  table.of_means = columns.of_release &&
                   std::ranges::find(text.columns, "mean", &TextColumn::name) != text.columns.end();
  table.text = std::move(text);
  return table;
}

}  // namespace parcours::audit
