// A table that one module makes and another reads, column by column, from several threads at once.
//
//   class Days : public columns::Source { ... };     // says its columns, makes readers
//   const auto reader = days.reader();                // one for each thread
//   columns::Chunk chunk(days.columns());
//   ASSIGN_OR_RETURN(const std::size_t rows, chunk.fill(*reader));
//   ... chunk.column<std::int32_t>(0)[row] ...
//
// Values lie as DuckDB keeps them, so that it reads a table without a copy: date and integer are
// int32_t, tiny uint8_t, real double, uuid Wide.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace parcours::columns {

enum class Type { integer, tiny, real, date, uuid, text };

struct Column {
  std::string name;
  Type type;
};

// 128 bits. A uuid has the top bit of `upper` flipped, so that it sorts as a signed number.
struct Wide {
  std::uint64_t lower;
  std::int64_t upper;
};

// A uuid from its words and back.
inline Wide uuid(std::uint64_t high, std::uint64_t low) {
  return {low, static_cast<std::int64_t>(high ^ (std::uint64_t{1} << 63))};
}
inline std::uint64_t uuid_high(Wide wide) {
  return static_cast<std::uint64_t>(wide.upper) ^ (std::uint64_t{1} << 63);
}
inline std::uint64_t uuid_low(Wide wide) {
  return wide.lower;
}

// The rows of a chunk.
inline constexpr std::size_t chunk_rows = 2048;

// One chunk to fill: up to `capacity` rows. A column stays where it is until the chunk is full, so
// it is asked for once a chunk.
class Sink {
 public:
  virtual ~Sink() = default;
  std::size_t capacity() const { return chunk_rows; }
  virtual std::size_t columns() const = 0;
  // T is the column's type; of a text column, use set_text().
  template <class T>
  T* column(std::size_t index) {
    return static_cast<T*>(data(index));
  }
  virtual void set_null(std::size_t column, std::size_t row) = 0;
  virtual void set_text(std::size_t column, std::size_t row, std::string_view text) = 0;

 protected:
  virtual void* data(std::size_t column) = 0;
};

class Source {
 public:
  virtual ~Source() = default;
  virtual std::vector<Column> columns() const = 0;
  virtual int most_threads() const = 0;

  // What one reading thread keeps.
  class Reader {
   public:
    virtual ~Reader() = default;
    // Fills `sink` and says how many rows; 0 ends this reader.
    virtual Result<std::size_t> fill(Sink& sink) = 0;
  };
  virtual std::unique_ptr<Reader> reader() = 0;  // called on any thread
};

}  // namespace parcours::columns
