#include <bit>
#include <cstring>

#include "base/check.h"
#include "base/csv.h"
#include "base/utf8.h"

namespace parcours {
namespace {

static_assert(std::endian::native == std::endian::little,
              "words are read as bytes from the low end");

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
      return "a quote where none may stand, or never closed";
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
  word_ = block_.begin;
  next_line_ = block_.first_line;
  marks_ = 0;
  if (!block_.empty()) {
    const std::uint64_t word = load(at_ + word_);
    marks_ = equal_bytes(word, separator_) | equal_bytes(word, '\n');
    marks_ |= block_.quotes ? equal_bytes(word, '"') : 0;
  }
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
  quotes_in_row_ = false;
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
  bool inside = false;
  quotes_in_row_ = false;
  closed_ = true;
  while (true) {
    while (marks_ != 0) {
      const std::size_t at = word_ + first_mark(marks_);
      marks_ &= marks_ - 1;
      if (at_[at] == '"') {
        inside = !inside;
        quotes_in_row_ = true;
      } else if (at_[at] == '\n') {
        if (!inside) {
          return at;
        }
        ++next_line_;
      } else if (!inside) {
        begin_field(at + 1);
      }
    }
    word_ += sizeof(marks_);
    if (word_ >= block_.end) {
      closed_ = false;
      return block_.end - 1;
    }
    const std::uint64_t bytes = load(at_ + word_);
    marks_ = equal_bytes(bytes, separator_) | equal_bytes(bytes, '\n') | equal_bytes(bytes, '"');
  }
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
  if (quotes_in_row_ && !closed_) {
    return CsvDefect::quote;
  }
  if (found_ != columns_) {
    return CsvDefect::columns;
  }
  if (quotes_in_row_ && !unquote(row_end)) {
    return CsvDefect::quote;
  }
  return CsvDefect::none;
}

// Fills views_; false where a quote stands in a field that is not quoted as a whole, or alone in
// one that is.
bool CsvRows::unquote(std::size_t row_end) {
  text_.clear();
  text_.reserve(row_end - row_);  // from here on it does not move
  for (std::size_t i = 0; i < columns_; ++i) {
    std::string_view field = this->field(i);
    if (field.find('"') == std::string_view::npos) {
      views_[i] = field;
      continue;
    }
    if (field.front() != '"' || field.back() != '"') {
      return false;
    }
    field = field.substr(1, field.size() - 2);
    if (field.find('"') == std::string_view::npos) {
      views_[i] = field;
      continue;
    }
    const std::size_t begin = text_.size();
    for (std::size_t c = 0; c < field.size(); ++c) {
      if (field[c] == '"' && (++c == field.size() || field[c] != '"')) {
        return false;
      }
      text_ += field[c];
    }
    views_[i] = std::string_view(text_).substr(begin);
  }
  unquoted_ = true;
  return true;
}

}  // namespace parcours
