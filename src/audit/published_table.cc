#include "audit/published_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>

#include "audit/columns.h"
#include "base/int128.h"
#include "base/utf8.h"
#include "tables/table.h"

namespace parcours {
namespace {

// What hides in a column of the status, besides the marks that the user names.
constexpr std::array<const char*, 4> hiding = {confidential_word, "suppressed", "hidden", "c"};

// What a word of the value's column says.
struct Printed {
  const Mark* mark = nullptr;     // where it is hidden
  std::optional<Decimal> number;  // else
};

const Mark* mark_called(const Reading& reading, std::string_view word) {
  const auto mark = std::ranges::find(reading.marks, word, &Mark::text);
  return mark == reading.marks.end() ? nullptr : &*mark;
}

// What stands for a hidden value is short; anything longer may be a person's name.
constexpr std::size_t longest_mark = 4;

std::string mark(std::string_view word) {
  return word.size() > longest_mark ? "a text" : fmt::format("'{}'", word);
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

// Turns words into ranges.
class Figures {
 public:
  Figures(const TableText& text, const TableColumns& columns, const Reading& reading)
      : text_(text), columns_(columns), reading_(reading), values_(text.columns[columns.value]) {}

  Result<PublishedTable> run() {
    RETURN_IF_ERROR(read_words());
    RETURN_IF_ERROR(find_decimals());
    PublishedTable table;
    table.decimals = decimals_;
    table.below_zero = below_zero_;
    for (std::size_t row = 0; row < text_.rows(); ++row) {
      ASSIGN_OR_RETURN(const Range range, hides(row) ? hidden(row) : printed(row));
      table.ranges.push_back(range);
      table.listings.push_back(hides(row)      ? Listing::hidden
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
    static const Mark nothing{};
    printed_.resize(values_.words.size());
    for (std::uint32_t w = 0; w < values_.words.size(); ++w) {
      const std::string& word = values_.words[w];
      printed_[w].mark = mark_called(reading_, word);
      if (word.empty() && printed_[w].mark == nullptr) {
        printed_[w].mark = &nothing;
      }
      if (printed_[w].mark != nullptr) {
        continue;
      }
      printed_[w].number = parse_decimal(word, reading_.decimal_mark);
      if (!printed_[w].number) {
        return bad_input(fmt::format("{} is not a number", mark(word)), text_.where(first_row(w)),
                         fmt::format("if it stands for a hidden value, say so: --hidden {}",
                                     word.size() > longest_mark ? "MARK" : mark(word)));
      }
      below_zero_ = below_zero_ || printed_[w].number->digits < 0;
    }
    if (!columns_.status) {
      return {};
    }
    const TextColumn& status = text_.columns[*columns_.status];
    for (const std::string& word : status.words) {
      std::string lower = word;
      std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return std::tolower(c); });
      status_hides_.push_back((!word.empty() && mark_called(reading_, word) != nullptr) ||
                              std::ranges::find(hiding, lower) != hiding.end());
    }
    return {};
  }

  // How finely the values are counted: as the longest printed number, one digit more where they
  // were rounded to less than a whole; percentages are turned into whole counts.
  Status find_decimals() {
    for (const Printed& printed : printed_) {
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
    if (reading_.rounding) {
      const Decimal& base = reading_.rounding->base;
      decimals_ = std::max(decimals_, base.decimals) + (base.decimals > 0 ? 1 : 0);
    }
    for (std::uint32_t w = 0; w < printed_.size(); ++w) {
      if (printed_[w].number && !scaled(*printed_[w].number, decimals_)) {
        return bad_input("a number with too many digits", text_.where(first_row(w)),
                         "at most 15 digits are read");
      }
    }
    return {};
  }

  bool hides(std::size_t row) const {
    return printed_[values_.rows[row]].mark != nullptr ||
           (columns_.status && status_hides_[text_.columns[*columns_.status].rows[row]]);
  }

  std::int64_t least() const { return below_zero_ ? lowest_value : 0; }

  Result<Range> hidden(std::size_t row) const {
    const Mark* mark = printed_[values_.rows[row]].mark;
    if (const Mark* by_status = columns_.status
                                    ? mark_called(reading_, text_.columns[*columns_.status].at(row))
                                    : nullptr;
        by_status != nullptr && (mark == nullptr || (!mark->low && !mark->high))) {
      mark = by_status;
    }
    Range range{columns_.of_release ? std::max<std::int64_t>(least(), 1) : least(), no_limit};
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

  Result<Range> printed(std::size_t row) const {
    const Decimal& number = *printed_[values_.rows[row]].number;
    if (!reading_.percent_of.empty()) {
      return of_percentage(row, number);
    }
    const std::int64_t value = *scaled(number, decimals_);
    if (!reading_.rounding) {
      return Range{value, value};
    }
    const std::optional<std::int64_t> base = scaled(reading_.rounding->base, decimals_);
    if (!base || value % *base != 0) {
      return bad_input(fmt::format("{} is not a multiple of {}", decimal_text(value, decimals_),
                                   decimal_text(base.value_or(0), decimals_)),
                       text_.where(row), "say what the values are rounded to: --rounded");
    }
    const std::int64_t away = reading_.rounding->to == RoundedTo::nearest ? *base / 2 : *base - 1;
    return Range{value >= 0 ? std::max(value - away, least()) : value - away, value + away};
  }

  // The base that a line's percentage is of; nothing where it is hidden.
  Result<std::optional<std::int64_t>> base_of(std::size_t row) const {
    const std::string_view word =
        columns_.base ? text_.columns[*columns_.base].at(row) : reading_.percent_of;
    if (columns_.base && (word.empty() || mark_called(reading_, word) != nullptr)) {
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

  Result<Range> of_percentage(std::size_t row, const Decimal& number) const {
    ASSIGN_OR_RETURN(const std::optional<std::int64_t> base, base_of(row));
    if (!base) {
      return Range{0, no_limit};
    }
    const std::optional<std::int64_t> value = scaled(number, digits_);
    if (!value || *value < 0) {
      return bad_input("a percentage below 0", text_.where(row));
    }
    // 2 * value -+ 1 halves of the last digit, of `base` people.
    const Int128 whole = static_cast<Int128>(200) * power_of_ten(digits_);
    const Int128 least_above = (static_cast<Int128>(2) * *value - 1) * *base;
    const Int128 most_above = (static_cast<Int128>(2) * *value + 1) * *base;
    const Range range{std::max<std::int64_t>(0, -floor_of(-least_above, whole)),
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
  std::vector<Printed> printed_;    // by word of the value's column
  std::vector<bool> status_hides_;  // by word of the status's
  int digits_ = 0;                  // after the decimal mark, of the longest number
  int decimals_ = 0;
  bool below_zero_ = false;
};

}  // namespace

Result<PublishedTable> understand(TableText text, const Reading& reading) {
  ASSIGN_OR_RETURN(TableColumns columns, find_columns(text, reading));
  ASSIGN_OR_RETURN(PublishedTable table, Figures(text, columns, reading).run());
  table.name = as_utf8(std::filesystem::path(text.file).filename().string());
  table.dimensions = std::move(columns.dimensions);
  table.value = columns.value;
  table.guessed = std::move(columns.guessed);
  table.of_release = columns.of_release;
  table.of_means = columns.of_release &&
                   std::ranges::find(text.columns, "mean", &TextColumn::name) != text.columns.end();
  table.text = std::move(text);
  return table;
}

}  // namespace parcours
