// A CSV reader that knows the line of every row.
//
// We do not read CSV through DuckDB, because we must name rows that are well-formed CSV but hold a
// bad value. If a row says "31/02/2024", the import names its file and line, leaves it out with the
// reason, counts it, and goes on. DuckDB gives lines only for rows that it cannot read itself.
//
// Reading has two steps. First, a CsvFile reads a file's bytes (plain or gzip) and cuts them into
// blocks of some hundred kilobytes at row ends. This step must go in order, and it does little more
// than count bytes. Then any number of threads read one block each with CsvRows, which allocates no
// memory per row:
//
//   ASSIGN_OR_RETURN(CsvFile file, CsvFile::open("events.csv"));
//   CsvRows rows(file.separator(), file.header().size());
//   while (true) {
//     ASSIGN_OR_RETURN(CsvBlock block, file.next(rows.release()));  // one thread at a time
//     if (block.empty()) break;
//     rows.take(std::move(block));
//     while (rows.next()) {
//       if (rows.defect() != CsvDefect::none) ...     // rows.line() says where
//       use(rows.field(0), rows.field(1));            // valid until the next take()
//     }
//   }
//
// One thread alone says for_rows(file, rows, [&] { use(rows.field(0)); }).
//
// What is read (RFC 4180, https://www.rfc-editor.org/rfc/rfc4180):
//   - A row ends at a line feed outside of quoted fields, or at the end of the file; a carriage
//     return before it belongs to the end. A row with nothing in it is none.
//   - A field is quoted when it begins with a quote, and the next quote that is not doubled stands
//     before a separator or the row's end. Every other quote is stray: a defect of its row, which
//     ends where its line ends, so that one missing quote does not swallow the rows after it.
//   - The first row is the header, unless header.h judges it to be data: that is an error, which
//     quotes nothing of it. The separator is the one of , ; tab | that the header has most
//     of, unless it is given. A UTF-8 byte order mark is passed over.
//   - The text is UTF-8. A row that is not, or that holds a NUL, is defective.
//
// G1: every row comes once, with the line it begins on (the header's is 1), however the bytes fall
//     into blocks.
// G2: a row of more than `most_row_bytes` is an error, found without holding more than twice that.
//     A quote that is not closed within so many bytes of its row's begin is stray.
// G3: a defect spoils its own row alone.
// G4: the memory that rows went through is wiped before it is given back.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/byte_stream.h"
#include "base/column_names.h"
#include "base/each.h"
#include "base/error.h"
#include "base/wiped.h"

namespace parcours {

// Whole rows, one after another; the last byte is a line feed.
struct CsvBlock {
  WipedBytes bytes;
  std::size_t capacity = 0;
  std::size_t begin = 0;
  std::size_t end = 0;
  std::uint64_t first_line = 1;
  std::uint64_t read = 0;  // bytes of the file, as it lies on the disk, since the last block
  bool quotes = false;     // holds a quote
  bool plain = true;       // holds only ASCII without NUL

  bool empty() const { return begin == end; }
};

struct CsvOptions {
  char separator = '\0';  // NUL: found from the header
  std::size_t block_bytes = std::size_t{1} << 19;
  std::size_t most_row_bytes = std::size_t{1} << 24;
  bool judge_header = true;  // false: of a file that was judged before
  bool has_header = true;    // false: the first row is data, and the columns are called "1", "2"
  // What to do where the header is judged to be data; empty: add a line of names.
  std::string if_data = {};
};

// A file, cut into blocks. One thread at a time.
class CsvFile {
 public:
  // Opens it and reads the header.
  static Result<CsvFile> open(const std::filesystem::path& path, const CsvOptions& options = {});
  static Result<CsvFile> open(ByteStream stream, const CsvOptions& options = {});

  CsvFile(CsvFile&&) noexcept;
  CsvFile& operator=(CsvFile&&) noexcept;
  ~CsvFile();

  char separator() const;
  const ColumnNames& header() const;
  std::uint64_t size() const;  // of the file as it lies on the disk, in bytes

  // The next rows; an empty block at the end. `spent` gives its memory back for use.
  Result<CsvBlock> next(CsvBlock spent = {});

 private:
  struct State;
  explicit CsvFile(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// A defect in the form of a row, independent of the values of its fields.
enum class CsvDefect : std::uint8_t { none, columns, quote, utf8, nul };

// "the wrong number of columns"
std::string_view to_string(CsvDefect defect);

// Walks the rows of a block.
class CsvRows {
 public:
  CsvRows(char separator, std::size_t columns);

  void take(CsvBlock block);
  CsvBlock release() { return std::move(block_); }  // for its memory

  // Moves on to the next row; false at the end of the block.
  bool next();

  std::uint64_t line() const { return line_; }
  CsvDefect defect() const { return defect_; }

  // One of the row's fields, without its quotes. Only of a row without a defect.
  std::string_view field(std::size_t index) const {
    if (unquoted_) {
      return views_[index];
    }
    const std::size_t from = starts_[index];
    return {at_ + from, starts_[index + 1] - 1 - from};
  }

 private:
  // Each finds where the row ends (its line feed) and leaves the places of its fields in starts_.
  std::size_t scan_plain();
  std::size_t scan_quoted();
  void begin_field(std::size_t start);
  CsvDefect judge(std::size_t row_end);
  void unquote(std::size_t row_end);
  void look_at(std::size_t offset);
  bool pass_quote(std::size_t at);

  const char separator_;
  const std::size_t columns_;

  CsvBlock block_;
  const char* at_ = nullptr;  // the block's bytes
  std::size_t row_ = 0;       // where the row begins
  std::size_t word_ = 0;      // the eight bytes looked at, and which of them are still to come
  std::uint64_t marks_ = 0;
  std::uint64_t next_line_ = 1;

  std::uint64_t line_ = 0;
  CsvDefect defect_ = CsvDefect::none;
  std::size_t found_ = 0;            // fields in the row
  std::vector<std::size_t> starts_;  // field i lies from starts_[i] to before starts_[i + 1] - 1
  std::size_t field_ = 0;            // where the last of them begins
  bool quoted_ = false;              // a field of the row is quoted
  bool stray_ = false;               // a quote of the row is stray
  bool unquoted_ = false;            // the row's fields are views_
  std::vector<std::string_view> views_;
  WipedString text_;  // fields whose doubled quotes were halved
};

// Runs each() on every row that is left of a file, those with a defect too.
template <class Each>
Status for_rows(CsvFile& file, CsvRows& rows, Each each) {
  while (true) {
    ASSIGN_OR_RETURN(CsvBlock block, file.next(rows.release()));
    if (block.empty()) {
      return {};
    }
    rows.take(std::move(block));
    while (rows.next()) {
      RETURN_IF_ERROR(call_each(each));
    }
  }
}

}  // namespace parcours
