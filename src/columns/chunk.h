// One chunk of a table in plain memory, for code that reads a Source itself. It may hold personal
// data, and is wiped when it goes.
//
//   Chunk chunk(source.columns());
//   ASSIGN_OR_RETURN(const std::size_t rows, chunk.fill(*reader));  // what column() gave is gone
//
// G1: what is read is what the reader put; a value is null if and only if the reader said so of
//     this chunk.
#pragma once

#include <array>

#include "base/wiped.h"
#include "columns/columns.h"

namespace parcours::columns {

class Chunk {
 public:
  explicit Chunk(const std::vector<Column>& columns);

  Result<std::size_t> fill(Source::Reader& reader);

  // T is the column's type; where a value is null the content is anything.
  template <class T>
  const T* column(std::size_t index) const {
    return reinterpret_cast<const T*>(store_[index].values.get());
  }
  std::string_view text(std::size_t column, std::size_t row) const;
  // Bit row % 64 of word row / 64 is 0 where the value is null; nullptr where none is.
  const std::uint64_t* validity(std::size_t column) const;

 private:
  struct Store {
    WipedBytes values;               // side by side; none of a text column
    std::vector<WipedString> texts;  // of a text column
    std::array<std::uint64_t, chunk_rows / 64> valid{};
    bool any_null = false;
  };
  class Filling;
  std::vector<Store> store_;
};

}  // namespace parcours::columns
