#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

#include "base/csv.h"
#include "base/csv_quote.h"
#include "base/utf8.h"

namespace parcours {
namespace {

// Readable bytes after a block's end, for whoever reads by words.
constexpr std::size_t padding = 8;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

// What a run of bytes holds, in one pass at the speed of memory.
struct Tally {
  std::uint64_t lines = 0;
  std::uint64_t quotes = 0;
  bool plain = true;
};

Tally tally(std::string_view bytes) {
  constexpr std::size_t step = 240;  // so that a byte can count
  Tally all;
  for (std::size_t i = 0; i < bytes.size(); i += step) {
    const std::string_view part = bytes.substr(i, step);
    std::uint8_t lines = 0;
    std::uint8_t quotes = 0;
    std::uint8_t odd = 0;
    for (const char c : part) {
      lines = static_cast<std::uint8_t>(lines + (c == '\n'));
      quotes = static_cast<std::uint8_t>(quotes + (c == '"'));
      odd = static_cast<std::uint8_t>(odd | (static_cast<signed char>(c) <= 0 ? 1 : 0));
    }
    all.lines += lines;
    all.quotes += quotes;
    all.plain = all.plain && odd == 0;
  }
  return all;
}

struct RowEnds {
  std::size_t first = 0;  // 0: no row is known to be whole
  std::size_t last = 0;

  // The line feeds in bytes[from, to) end rows.
  void take(std::string_view bytes, std::size_t from, std::size_t to) {
    const std::string_view part = bytes.substr(from, to - from);
    const std::size_t feed = part.rfind('\n');
    if (feed != std::string_view::npos) {
      first = first > 0 ? first : from + part.find('\n') + 1;
      last = from + feed + 1;
    }
  }
};

// Where the first and the last whole row of `bytes` end, which begin with a row. With `ended`,
// quotes that are not closed are stray.
RowEnds row_ends(std::string_view bytes, char separator, bool ended) {
  RowEnds ends;
  std::size_t from = 0;
  while (true) {
    const std::size_t quote = bytes.find('"', from);
    ends.take(bytes, from, std::min(quote, bytes.size()));
    if (quote == std::string_view::npos) {
      return ends;
    }
    from = quote + 1;
    if (quote > 0 && bytes[quote - 1] != separator && bytes[quote - 1] != '\n') {
      continue;
    }
    const ClosingQuote closing = closing_quote(bytes, quote, separator, ended);
    if (closing.found == ClosingQuote::Found::undecided) {
      return ends;
    }
    from = closing.found == ClosingQuote::Found::closed ? closing.at + 1 : from;
  }
}

// The first row that is not blank, with what is blank before it; its separator is not known yet, so
// that pairs of quotes alone are looked at.
std::string_view header_of(std::string_view bytes) {
  bool inside = false;
  bool blank = true;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    inside = inside != (bytes[i] == '"');
    if (bytes[i] == '\n' && !inside && !blank) {
      return bytes.substr(0, i + 1);
    }
    blank = blank && (bytes[i] == '\n' || bytes[i] == '\r');
  }
  return bytes;
}

std::uint64_t count_outside_quotes(std::string_view row, char wanted) {
  std::uint64_t count = 0;
  bool inside = false;
  for (const char c : row) {
    inside = inside != (c == '"');
    count += !inside && c == wanted ? 1 : 0;
  }
  return count;
}

char likely_separator(std::string_view header) {
  constexpr std::array<char, 4> candidates = {',', ';', '\t', '|'};
  return *std::ranges::max_element(
      candidates, {}, [&](char candidate) { return count_outside_quotes(header, candidate); });
}

// What a file is that begins like this and is no text; empty when nothing is known of it.
std::string_view json_form(std::string_view head) {
  const std::size_t begin = head.find_first_not_of(" \t\r\n");
  if (begin == std::string_view::npos || (head[begin] != '{' && head[begin] != '[')) {
    return {};
  }
  const std::size_t next = head.find_first_not_of(" \t\r\n", begin + 1);
  if (next == std::string_view::npos ||
      std::string_view("\"{[}]").find(head[next]) == std::string_view::npos) {
    return {};
  }
  const std::size_t line = head.find('\n', begin);
  const std::string_view below =
      line == std::string_view::npos ? std::string_view() : head.substr(line + 1);
  return head[begin] == '{' && below.starts_with('{') ? "NDJSON (a JSON object a line)" : "JSON";
}

std::string_view known_as(std::string_view head) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 9> forms = {{
      {"PK\x03\x04", "a ZIP or Excel file"},
      {"\xD0\xCF\x11\xE0", "an old Excel file"},
      {"PAR1", "a Parquet file"},
      {"\x28\xB5\x2F\xFD", "a Zstandard file"},
      {"BZh", "a bzip2 file"},
      {"\xFD\x37zXZ", "an xz file"},
      {"%PDF", "a PDF file"},
      {"\xFF\xFE", "text in UTF-16"},
      {"\xFE\xFF", "text in UTF-16"},
  }};
  for (const auto& [magic, name] : forms) {
    if (head.starts_with(magic)) {
      return name;
    }
  }
  return json_form(head);
}

void reserve(CsvBlock& block, std::size_t bytes, std::size_t keep) {
  if (block.capacity >= bytes) {
    return;
  }
  WipedBytes larger = wiped_bytes(bytes + 1 + padding);
  if (keep > 0) {
    std::memcpy(larger.get(), block.bytes.get(), keep);
  }
  block.bytes = std::move(larger);
  block.capacity = bytes;
}

// A block that holds these bytes alone.
CsvBlock block_of(std::string_view rows) {
  CsvBlock block;
  reserve(block, rows.size() + 1, 0);
  std::memcpy(block.bytes.get(), rows.data(), rows.size());
  block.end = rows.size();
  if (!rows.empty() && rows.back() != '\n') {
    block.bytes[block.end++] = '\n';
  }
  std::memset(block.bytes.get() + block.end, 0, padding);
  const Tally held = tally(rows);
  block.quotes = held.quotes > 0;
  block.plain = held.plain;
  return block;
}

}  // namespace

struct CsvFile::State {
  ByteStream stream;
  CsvOptions options;
  char separator;  // NUL: not known yet
  ColumnNames header;
  WipedString tail;  // the row that the last block broke off in
  std::uint64_t next_line = 1;
  std::uint64_t reported = 0;
  CsvBlock first;  // what came with the header

  Result<CsvBlock> cut(CsvBlock block);
  std::size_t whole_rows(std::string_view bytes, bool full);
  void seal(CsvBlock& block, std::size_t size);
  Status read_header();
  Result<std::vector<std::string>> names_in(std::string_view row);
  std::vector<std::vector<std::string>> first_rows(std::size_t columns) const;
  Status judge(std::vector<std::string> names, std::string where);
  std::string place() const { return fmt::format("{}:{}", stream.name(), next_line); }
};

// Reads on until at least one row is whole, or the file ends.
Result<CsvBlock> CsvFile::State::cut(CsvBlock block) {
  const std::size_t most = options.most_row_bytes + 1;  // with its line feed
  std::size_t target = std::clamp<std::size_t>(options.block_bytes, 1, most);
  std::size_t size = tail.size();
  reserve(block, std::max(target, size), 0);
  std::memcpy(block.bytes.get(), tail.data(), size);
  while (true) {
    if (size < target) {
      ASSIGN_OR_RETURN(const std::size_t got,
                       stream.read({block.bytes.get() + size, target - size}));
      size += got;
    }
    const std::string_view bytes(block.bytes.get(), size);
    const bool ended = size < target;
    const std::size_t rows = ended ? size : whole_rows(bytes, size == most);
    if (rows > 0 || ended) {
      tail.assign(bytes.substr(rows));
      seal(block, rows);
      return block;
    }
    if (size == most) {
      return bad_input(fmt::format("a row is longer than {} bytes", options.most_row_bytes),
                       place(), "is a quote missing, or is this not a CSV file?");
    }
    target = std::min(most, target * 2);
    reserve(block, target, size);
  }
}

// How many of the bytes are whole rows; 0 where more must be read to know. `full`: more than this
// may not be read.
std::size_t CsvFile::State::whole_rows(std::string_view bytes, bool full) {
  const std::size_t mark = header.size() == 0 && bytes.starts_with(byte_order_mark) ? 3 : 0;
  const std::string_view rows = bytes.substr(mark);
  if (separator == '\0') {
    const std::string_view row = header_of(rows);
    if (!row.ends_with('\n')) {
      return 0;
    }
    separator = likely_separator(row);
  }
  const std::size_t last = row_ends(rows, separator, false).last;
  if (last > 0) {
    return mark + last;
  }
  // A quote of the first row that is not closed by now is stray.
  const std::size_t first_end = full ? row_ends(rows, separator, true).first : 0;
  return first_end > 0 ? mark + first_end : 0;
}

// Makes a block of the first `size` bytes.
void CsvFile::State::seal(CsvBlock& block, std::size_t size) {
  char* bytes = block.bytes.get();
  if (size > 0 && bytes[size - 1] != '\n') {
    bytes[size++] = '\n';
  }
  std::memset(bytes + size, 0, padding);
  const Tally held = tally({bytes, size});
  block.begin = 0;
  block.end = size;
  block.quotes = held.quotes > 0;
  block.plain = held.plain;
  block.first_line = next_line;
  block.read = stream.position() - reported;
  reported = stream.position();
  next_line += held.lines;
}

Status CsvFile::State::read_header() {
  ASSIGN_OR_RETURN(first, cut({}));
  std::string_view text(first.bytes.get(), first.end);
  if (const std::string_view form = known_as(text); !form.empty()) {
    return bad_input(fmt::format("this is {}, not CSV", form), stream.name(),
                     "save it as CSV in UTF-8");
  }
  if (text.starts_with(byte_order_mark)) {
    text.remove_prefix(byte_order_mark.size());
  }
  const std::uint64_t after = next_line;
  const std::string_view with_blanks = header_of(text);
  text.remove_prefix(with_blanks.size());
  const std::size_t blanks = std::min(with_blanks.find_first_not_of("\r\n"), with_blanks.size());
  next_line = first.first_line + tally(with_blanks.substr(0, blanks)).lines;
  std::string_view row = with_blanks.substr(blanks);
  const std::uint64_t header_lines = tally(row).lines;
  row = row.substr(0, row.find_last_not_of("\r\n") + 1);
  if (row.empty()) {
    return bad_input("the file is empty: it has no header", stream.name());
  }
  ASSIGN_OR_RETURN(std::vector<std::string> names, names_in(row));
  if (!options.has_header) {
    first.begin = first.end - text.size() - (with_blanks.size() - blanks);
    first.first_line = std::exchange(next_line, after);
    for (std::size_t i = 0; i < names.size(); ++i) {
      names[i] = std::to_string(i + 1);
    }
    header = ColumnNames(std::move(names), FirstRow::data);
    return {};
  }
  const std::string where = place();
  const Tally rest = tally(text);
  first.begin = first.end - text.size();
  first.first_line = next_line + header_lines;
  first.quotes = rest.quotes > 0;
  first.plain = rest.plain;
  next_line = after;
  return judge(std::move(names), where);
}

// Some rows below the header, of what came with it, in a block of their own.
std::vector<std::vector<std::string>> CsvFile::State::first_rows(std::size_t columns) const {
  constexpr std::size_t enough = std::size_t{1} << 17;  // bytes
  const std::string_view all(first.bytes.get() + first.begin, first.end - first.begin);
  const std::size_t end = all.find('\n', std::min(enough, all.size()));
  CsvRows rows(separator, columns);
  rows.take(block_of(all.substr(0, std::min(end, all.size()))));
  std::vector<std::vector<std::string>> found;
  while (found.size() < rows_to_judge && found.size() * columns < cells_to_judge && rows.next()) {
    if (rows.defect() == CsvDefect::none) {
      std::vector<std::string>& row = found.emplace_back();
      for (std::size_t i = 0; i < columns; ++i) {
        row.emplace_back(rows.field(i));
      }
    }
  }
  return found;
}

Status CsvFile::State::judge(std::vector<std::string> names, std::string where) {
  if (!options.judge_header) {
    header = ColumnNames(std::move(names), FirstRow::unsure);
    return {};
  }
  if (is_title(names)) {
    return first_row_is_title(std::move(where));
  }
  const FirstRow judged = judge_first_row(names, first_rows(names.size()));
  if (judged == FirstRow::data) {
    return first_row_is_data(std::move(where), options.if_data);
  }
  header = ColumnNames(std::move(names), judged);
  return {};
}

Result<std::vector<std::string>> CsvFile::State::names_in(std::string_view row) {
  const auto control = [](char c) {
    return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
  };
  if (std::ranges::any_of(row, control)) {
    return bad_input("this is not a text file, so it is not CSV", place(),
                     "save it as CSV in UTF-8, plain or compressed by gzip");
  }
  if (!valid_utf8(row)) {
    return bad_input("the header is not UTF-8 text", place(), utf8_hint);
  }
  if (row.find('\r') != std::string_view::npos) {
    return bad_input("the header contains a carriage return", place(),
                     "end each row with a line feed");
  }
  separator = separator != '\0' ? separator : likely_separator(row);
  const std::size_t columns = count_outside_quotes(row, separator) + 1;
  if (columns > most_columns) {
    return too_many_columns(columns, place());
  }
  CsvRows rows(separator, columns);
  rows.take(block_of(row));
  if (!rows.next() || rows.defect() != CsvDefect::none) {
    return bad_input(fmt::format("the header has {}", to_string(rows.defect())), place());
  }
  std::vector<std::string> names;
  for (std::size_t i = 0; i < columns; ++i) {
    names.emplace_back(rows.field(i));
  }
  return names;
}

CsvFile::CsvFile(std::unique_ptr<State> state) : state_(std::move(state)) {}
CsvFile::CsvFile(CsvFile&&) noexcept = default;
CsvFile& CsvFile::operator=(CsvFile&&) noexcept = default;
CsvFile::~CsvFile() = default;

Result<CsvFile> CsvFile::open(const std::filesystem::path& path, const CsvOptions& options) {
  ASSIGN_OR_RETURN(ByteStream stream, ByteStream::open(path));
  return open(std::move(stream), options);
}

Result<CsvFile> CsvFile::open(ByteStream stream, const CsvOptions& options) {
  auto state = std::make_unique<State>(
      State{.stream = std::move(stream), .options = options, .separator = options.separator});
  RETURN_IF_ERROR(state->read_header());
  return CsvFile(std::move(state));
}

char CsvFile::separator() const {
  return state_->separator;
}
const ColumnNames& CsvFile::header() const {
  return state_->header;
}
std::uint64_t CsvFile::size() const {
  return state_->stream.size();
}

Result<CsvBlock> CsvFile::next(CsvBlock spent) {
  if (!state_->first.empty()) {
    return std::exchange(state_->first, {});
  }
  return state_->cut(std::move(spent));
}

}  // namespace parcours
