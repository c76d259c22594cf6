#include "mapping/row_file.h"

#include <algorithm>
#include <cstring>

#include "base/csv_text.h"
#include "base/latin1.h"
#include "duck/duck.h"

namespace parcours::ingest {
namespace {

// Parquet's rows as CSV text, made as it is read.
class ParquetText : public ByteSource {
 public:
  static Result<std::unique_ptr<ByteSource>> open(InputFile file) {
    auto made = std::unique_ptr<ParquetText>(new ParquetText(file.size()));
    ASSIGN_OR_RETURN(made->database_, duck::Database::open({.threads = 1, .in_order = true}));
    ASSIGN_OR_RETURN(made->connection_, made->database_->connect());
    const duck::FileTable table = duck::FileTable::parquet(std::move(file));
    ASSIGN_OR_RETURN(
        made->rows_,
        made->connection_->stream("SELECT CAST(COLUMNS(*) AS VARCHAR) FROM " + table.sql(), table));
    for (std::size_t i = 0; i < made->rows_->columns(); ++i) {
      made->text_ += (i == 0 ? "" : ",") + quoted(made->rows_->name(i));
    }
    made->text_ += '\n';
    return std::unique_ptr<ByteSource>(std::move(made));
  }

  Result<std::size_t> read(std::span<char> to) override {
    std::size_t got = 0;
    while (got < to.size()) {
      if (at_ == text_.size()) {
        ASSIGN_OR_RETURN(const bool more, refill());
        if (!more) {
          break;
        }
      }
      const std::size_t some = std::min(to.size() - got, text_.size() - at_);
      std::memcpy(to.data() + got, text_.data() + at_, some);
      got += some;
      at_ += some;
    }
    return got;
  }

  // Of a file that is read by columns there is no place; its end is one.
  std::uint64_t position() const override { return ended_ ? size_ : 0; }
  std::uint64_t size() const override { return size_; }

 private:
  explicit ParquetText(std::uint64_t size) : size_(size) {}

  static std::string quoted(std::string_view field) {
    std::string text = "\"";
    for (const char c : field) {
      text += c;
      if (c == '"') {
        text += c;
      }
    }
    return text + '"';
  }

  Result<bool> refill() {
    text_.clear();
    at_ = 0;
    if (ended_) {
      return false;
    }
    ASSIGN_OR_RETURN(const bool more, rows_->next());
    ended_ = !more;
    for (std::size_t row = 0; more && row < rows_->rows(); ++row) {
      for (std::size_t column = 0; column < rows_->columns(); ++column) {
        text_ += column == 0 ? "" : ",";
        if (!rows_->null(column, row)) {
          text_ += quoted(rows_->text(column, row));
        }
      }
      text_ += '\n';
    }
    return more;
  }

  const std::uint64_t size_;
  std::optional<duck::Database> database_;
  std::optional<duck::Connection> connection_;
  std::optional<duck::Stream> rows_;
  WipedString text_;
  std::size_t at_ = 0;
  bool ended_ = false;
};

}  // namespace

Result<CsvFile> open_row_file(const std::filesystem::path& path, const CsvOptions& options,
                              Encoding encoding) {
  ASSIGN_OR_RETURN(InputFile file, InputFile::open(path));
  ASSIGN_OR_RETURN(const std::string head, file.head(4));
  if (head == "PAR1") {
    CsvOptions of_text = options;
    of_text.separator = ',';
    ASSIGN_OR_RETURN(auto text, ParquetText::open(std::move(file)));
    return CsvFile::open(ByteStream::of(std::move(text), path.string()), of_text);
  }
  ByteStream bytes = ByteStream::of(std::move(file));
  return CsvFile::open(
      encoding == Encoding::latin1 ? from_latin1(std::move(bytes)) : std::move(bytes), options);
}

}  // namespace parcours::ingest
