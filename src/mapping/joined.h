// Rows of a file with what rows of other files add to them: an event that names a visit has the
// visit's patient and day.
//
// The other file's rows are held in memory, of their columns the key and those that the mapping
// uses. They are personal data and wiped when they go.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/csv.h"
#include "base/wiped.h"
#include "mapping/row_file.h"

namespace parcours::mapping {

class JoinedTable {
 public:
  // An error for a key that two rows have, and for a file or a column that is not there. `where`
  // is the mapping's line.
  static Result<JoinedTable> read(const std::filesystem::path& path, const RowFileForm& form,
                                  const std::string& key, const std::vector<std::string>& columns,
                                  const std::string& where);

  // A row by its key; nothing where no row has it.
  std::optional<std::uint32_t> find(std::string_view key) const;
  std::string_view field(std::uint32_t row, std::size_t column) const;

 private:
  std::size_t columns_ = 0;
  WipedString text_;
  std::vector<std::uint64_t>
      ends_;  // of the fields in text_: of each row its key, then its columns
  std::unordered_multimap<std::size_t, std::uint32_t> rows_;  // by the key's hash
};

// A column that a join adds to a file.
struct JoinedColumn {
  std::size_t join;    // of the file's joins
  std::size_t column;  // of the table
};

struct Join {
  std::size_t section = 0;           // of the mapping's joins
  std::size_t key = 0;               // the column of the file
  std::vector<std::string> columns;  // of the table, in its order
  std::shared_ptr<const JoinedTable> table;
};

// A row of a file, and what is joined to it.
class FileRow {
 public:
  FileRow(const CsvRows& row, const std::vector<Join>& joins,
          const std::vector<JoinedColumn>& columns, std::size_t own_columns)
      : row_(row), joins_(joins), columns_(columns), own_columns_(own_columns) {}

  std::string_view field(std::size_t index) const {
    return index < own_columns_ ? row_.field(index) : joined(columns_[index - own_columns_]);
  }

 private:
  std::string_view joined(const JoinedColumn& column) const;

  const CsvRows& row_;
  const std::vector<Join>& joins_;
  const std::vector<JoinedColumn>& columns_;
  std::size_t own_columns_;
};

}  // namespace parcours::mapping
