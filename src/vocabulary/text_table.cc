#include "vocabulary/text_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>

#include "base/column_names.h"

namespace parcours::vocabulary {
namespace {

// How many bytes of well-formed UTF-8 a character takes at the front of `text`; 0 when it is none.
std::size_t utf8_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
  const std::uint8_t lead = byte(0);
  const std::size_t length = lead < 0x80   ? 1
                             : lead < 0xc2 ? 0
                             : lead < 0xe0 ? 2
                             : lead < 0xf0 ? 3
                             : lead < 0xf5 ? 4
                                           : 0;
  if (length == 0 || length > text.size()) {
    return 0;
  }
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0) != 0x80) {
      return 0;
    }
  }
  const bool too_long = (lead == 0xe0 && byte(1) < 0xa0) || (lead == 0xf0 && byte(1) < 0x90);
  const bool surrogate = lead == 0xed && byte(1) > 0x9f;
  const bool past_the_end = lead == 0xf4 && byte(1) > 0x8f;
  return too_long || surrogate || past_the_end ? 0 : length;
}

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = utf8_length(text);
    if (length == 0) {
      return false;
    }
    text.remove_prefix(length);
  }
  return true;
}

void append_latin1(std::string& to, std::string_view line) {
  for (const char c : line) {
    const auto byte = static_cast<std::uint8_t>(c);
    if (byte < 0x80) {
      to += c;
    } else {
      to += static_cast<char>(0xc0 | (byte >> 6));
      to += static_cast<char>(0x80 | (byte & 0x3f));
    }
  }
}

std::string to_utf8(std::string_view text) {
  std::string result;
  result.reserve(text.size() + text.size() / 16);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    const std::string_view line = text.substr(0, end);
    if (is_utf8(line)) {
      result += line;
    } else {
      append_latin1(result, line);
    }
    text.remove_prefix(end);
  }
  return result;
}

char separator_of(std::string_view header) {
  constexpr std::string_view candidates = ";,\t";
  return *std::ranges::max_element(candidates, {},
                                   [&](char c) { return std::ranges::count(header, c); });
}

// Takes rows off the front of a text.
class Reader {
 public:
  Reader(std::string_view text, char separator) : text_(text), ends_{separator, '\n'} {}

  bool at_end() const { return text_.empty(); }
  std::size_t line() const { return line_; }

  // The next row; nothing when a quote is never closed.
  std::optional<TextTable::Row> row() {
    TextTable::Row row{line_, {}};
    while (true) {
      std::optional<std::string> field = this->field();
      if (!field) {
        return std::nullopt;
      }
      row.fields.push_back(std::move(*field));
      if (text_.empty()) {
        return row;
      }
      const char after = text_.front();
      text_.remove_prefix(1);
      if (after == '\n') {
        ++line_;
        return row;
      }
    }
  }

 private:
  std::optional<std::string> field() {
    std::string field;
    if (text_.starts_with('"')) {
      if (!quoted(field)) {
        return std::nullopt;
      }
    }
    const std::size_t end = std::min(text_.find_first_of(ends_), text_.size());
    field += text_.substr(0, end);
    text_.remove_prefix(end);
    if ((text_.empty() || text_.front() == '\n') && field.ends_with('\r')) {
      field.pop_back();
    }
    return field;
  }

  // Takes the text between quotes, doubled ones halved; false when the closing one is missing.
  bool quoted(std::string& field) {
    text_.remove_prefix(1);
    while (true) {
      const std::size_t end = text_.find('"');
      if (end == std::string_view::npos) {
        return false;
      }
      line_ += static_cast<std::size_t>(std::ranges::count(text_.substr(0, end), '\n'));
      field += text_.substr(0, end);
      text_.remove_prefix(end + 1);
      if (!text_.starts_with('"')) {
        return true;
      }
      field += '"';
      text_.remove_prefix(1);
    }
  }

  std::string_view text_;
  std::string ends_;  // what ends a field
  std::size_t line_ = 1;
};

}  // namespace

Result<std::size_t> TextTable::column(std::string_view name, const std::string& file) const {
  const auto found = std::ranges::find(header, name);
  if (found == header.end()) {
    return bad_input(fmt::format("no column '{}'", name), file + ":1",
                     column_hint(name, header, false));
  }
  return static_cast<std::size_t>(found - header.begin());
}

Result<TextTable> parse_text_table(std::string_view text, const std::string& file) {
  if (text.starts_with("\xef\xbb\xbf")) {
    text.remove_prefix(3);
  }
  if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) {
    const auto line = std::ranges::count(text.substr(0, nul), '\n') + 1;
    return bad_input("a NUL byte", fmt::format("{}:{}", file, line), "this is not a text file");
  }
  const std::string utf8 = to_utf8(text);
  Reader reader(utf8, separator_of(std::string_view(utf8).substr(0, utf8.find('\n'))));
  TextTable table;
  while (!reader.at_end()) {
    const std::size_t line = reader.line();
    std::optional<TextTable::Row> row = reader.row();
    if (!row) {
      return bad_input("a quote is never closed", fmt::format("{}:{}", file, line));
    }
    if (row->fields.size() == 1 && row->fields.front().empty()) {
      continue;
    }
    if (table.header.empty()) {
      table.header = std::move(row->fields);
    } else {
      table.rows.push_back(std::move(*row));
    }
  }
  if (table.header.empty()) {
    return bad_input("the file is empty", file, "write the column names in the first line");
  }
  return table;
}

}  // namespace parcours::vocabulary
