#include "duck/parquet_text.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <utility>

#include "base/wiped.h"
#include "duck/duck.h"

namespace parcours::duck {
namespace {

class ParquetText : public ByteSource {
 public:
  static Result<std::unique_ptr<ByteSource>> open(InputFile file) {
    auto made = std::unique_ptr<ParquetText>(new ParquetText(file.size()));
    ASSIGN_OR_RETURN(made->database_, Database::open({.threads = 1, .in_order = true}));
    ASSIGN_OR_RETURN(made->connection_, made->database_->connect());
    const FileTable table = FileTable::parquet(std::move(file));
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
  std::optional<Database> database_;
  std::optional<Connection> connection_;
  std::optional<Stream> rows_;
  WipedString text_;
  std::size_t at_ = 0;
  bool ended_ = false;
};

}  // namespace

Result<std::unique_ptr<ByteSource>> parquet_text(InputFile file) {
  return ParquetText::open(std::move(file));
}

}  // namespace parcours::duck
