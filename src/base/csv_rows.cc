#include <algorithm>
#include <bit>
#include <cstring>

#include "base/check.h"
#include "base/csv.h"
#include "base/csv_quote.h"
#include "base/utf8.h"

namespace parcours {
namespace {

static_assert(std::endian::native == std::endian::little,
              "this code reads words in little-endian order");

constexpr std::uint64_t every_byte = 0x0101010101010101U;
constexpr std::uint64_t low_bits = 0x7F7F7F7F7F7F7F7FU;

// The top bit of each byte of `word` that is `c`: where the low seven bits of the difference carry
// nothing into the top bit, and the top bit itself is clear.
std::uint64_t equal_bytes(std::uint64_t word, char c) {
  const std::uint64_t difference = word ^ (every_byte * static_cast<unsigned char>(c));
  return ~(((difference & low_bits) + low_bits) | difference | low_bits);
}

std::uint64_t load(const char* at) {
  std::uint64_t word = 0;
  std::memcpy(&word, at, sizeof(word));
  return word;
}

std::size_t first_mark(std::uint64_t marks) {
  return static_cast<std::size_t>(std::countr_zero(marks)) / 8;
}

}  // namespace

std::string_view to_string(CsvDefect defect) {
  switch (defect) {
    case CsvDefect::none:
      return "nothing";
    case CsvDefect::columns:
      return "the wrong number of columns";
    case CsvDefect::quote:
      return "a stray quote";
    case CsvDefect::utf8:
      return "not UTF-8";
    case CsvDefect::nul:
      return "a NUL byte";
  }
  return {};
}

CsvRows::CsvRows(char separator, std::size_t columns)
    : separator_(separator), columns_(columns), starts_(columns + 1), views_(columns) {
  PARCOURS_CHECK(columns > 0);
}

void CsvRows::take(CsvBlock block) {
  block_ = std::move(block);
  at_ = block_.bytes.get();
  row_ = block_.begin;
  next_line_ = block_.first_line;
  if (!block_.empty()) {
    look_at(block_.begin);
  }
}

// Goes on from here.
void CsvRows::look_at(std::size_t offset) {
  word_ = offset;
  const std::uint64_t bytes = load(at_ + offset);
  marks_ = equal_bytes(bytes, separator_) | equal_bytes(bytes, '\n');
  marks_ |= block_.quotes ? equal_bytes(bytes, '"') : 0;
}

void CsvRows::begin_field(std::size_t start) {
  ++found_;
  if (found_ <= columns_) {
    starts_[found_] = start;
  }
}

bool CsvRows::next() {
  while (row_ < block_.end) {
    line_ = next_line_++;
    starts_[0] = row_;
    found_ = 0;
    field_ = row_;
    quoted_ = false;
    stray_ = false;
    const std::size_t line_feed = block_.quotes ? scan_quoted() : scan_plain();
    std::size_t row_end = line_feed;
    if (row_end > row_ && at_[row_end - 1] == '\r') {
      --row_end;
    }
    begin_field(row_end + 1);
    const bool blank = row_end == row_;
    if (!blank) {
      defect_ = judge(row_end);
    }
    row_ = line_feed + 1;
    if (!blank) {
      return true;
    }
  }
  return false;
}

std::size_t CsvRows::scan_plain() {
  std::size_t word = word_;
  std::uint64_t marks = marks_;
  while (true) {
    while (marks != 0) {
      const std::size_t at = word + first_mark(marks);
      marks &= marks - 1;
      if (at_[at] == '\n') {
        word_ = word;
        marks_ = marks;
        return at;
      }
      begin_field(at + 1);
    }
    word += sizeof(marks);
    const std::uint64_t bytes = load(at_ + word);
    marks = equal_bytes(bytes, separator_) | equal_bytes(bytes, '\n');
  }
}

std::size_t CsvRows::scan_quoted() {
  while (true) {
    while (marks_ != 0) {
      const std::size_t at = word_ + first_mark(marks_);
      marks_ &= marks_ - 1;
      if (at_[at] == '\n') {
        return at;
      }
      if (at_[at] == separator_) {
        begin_field(at + 1);
        field_ = at + 1;
      } else if (!pass_quote(at)) {
        stray_ = true;
      }
    }
    look_at(word_ + sizeof(marks_));
  }
}

// Passes over the field that the quote opens; false where it is stray.
bool CsvRows::pass_quote(std::size_t at) {
  if (at != field_) {
    return false;
  }
  const std::string_view bytes(at_, block_.end);
  const ClosingQuote closing = closing_quote(bytes, at, separator_, true);
  if (closing.found != ClosingQuote::Found::closed) {
    return false;
  }
  quoted_ = true;
  next_line_ +=
      static_cast<std::uint64_t>(std::ranges::count(bytes.substr(at, closing.at - at), '\n'));
  look_at(closing.at + 1);
  return true;
}

CsvDefect CsvRows::judge(std::size_t row_end) {
  unquoted_ = false;
  if (!block_.plain) {
    const std::string_view row(at_ + row_, row_end - row_);
    if (row.find('\0') != std::string_view::npos) {
      return CsvDefect::nul;
    }
    if (!valid_utf8(row)) {
      return CsvDefect::utf8;
    }
  }
  if (stray_) {
    return CsvDefect::quote;
  }
  if (found_ != columns_) {
    return CsvDefect::columns;
  }
  if (quoted_) {
    unquote(row_end);
  }
  return CsvDefect::none;
}

// Fills views_.
void CsvRows::unquote(std::size_t row_end) {
  text_.clear();
  text_.reserve(row_end - row_);  // from here on it does not move
  for (std::size_t i = 0; i < columns_; ++i) {
    std::string_view field = this->field(i);
    if (field.starts_with('"')) {
      field = field.substr(1, field.size() - 2);
      if (field.find('"') != std::string_view::npos) {
        const std::size_t begin = text_.size();
        for (std::size_t c = 0; c < field.size(); ++c) {
          text_ += field[c];
          c += field[c] == '"' ? 1 : 0;  // the quote is doubled
        }
        field = std::string_view(text_).substr(begin);
      }
    }
    views_[i] = field;
  }
  unquoted_ = true;
}

}  // namespace parcours
