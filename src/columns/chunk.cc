#include "columns/chunk.h"

#include <utility>

namespace parcours::columns {
namespace {

std::size_t width_of(Type type) {
  switch (type) {
    case Type::integer:
    case Type::date:
      return sizeof(std::int32_t);
    case Type::tiny:
      return sizeof(std::uint8_t);
    case Type::real:
      return sizeof(double);
    case Type::uuid:
      return sizeof(Wide);
    case Type::text:
      return 0;
  }
  return 0;
}

}  // namespace

class Chunk::Filling : public Sink {
 public:
  explicit Filling(std::vector<Store>& store) : store_(store) {}

  std::size_t columns() const override { return store_.size(); }
  void set_null(std::size_t column, std::size_t row) override {
    Store& one = store_[column];
    one.valid[row / 64] &= ~(std::uint64_t{1} << (row % 64));
    one.any_null = true;
  }
  void set_text(std::size_t column, std::size_t row, std::string_view text) override {
    store_[column].texts[row] = text;
  }

 private:
  void* data(std::size_t column) override { return store_[column].values.get(); }
  std::vector<Store>& store_;
};

Chunk::Chunk(const std::vector<Column>& columns) : store_(columns.size()) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (columns[i].type == Type::text) {
      store_[i].texts.resize(chunk_rows);
    } else {
      store_[i].values = wiped_bytes(chunk_rows * width_of(columns[i].type));
    }
    store_[i].valid.fill(~std::uint64_t{0});
  }
}

Result<std::size_t> Chunk::fill(Source::Reader& reader) {
  for (Store& one : store_) {
    if (std::exchange(one.any_null, false)) {
      one.valid.fill(~std::uint64_t{0});
    }
  }
  Filling sink(store_);
  return reader.fill(sink);
}

std::string_view Chunk::text(std::size_t column, std::size_t row) const {
  return store_[column].texts[row];
}

const std::uint64_t* Chunk::validity(std::size_t column) const {
  return store_[column].any_null ? store_[column].valid.data() : nullptr;
}

}  // namespace parcours::columns
