#include "columns/chunk.h"

#include <gtest/gtest.h>

#include <functional>
#include <utility>

namespace parcours::columns {
namespace {

// Fills as it is told, once a call.
class Told : public Source::Reader {
 public:
  explicit Told(std::function<Result<std::size_t>(Sink&)> fill) : fill_(std::move(fill)) {}
  Result<std::size_t> fill(Sink& sink) override { return fill_(sink); }

 private:
  std::function<Result<std::size_t>(Sink&)> fill_;
};

const std::vector<Column> all_types = {{"i", Type::integer}, {"t", Type::tiny}, {"r", Type::real},
                                       {"d", Type::date},    {"u", Type::uuid}, {"x", Type::text}};

TEST(Chunk, ValuesOfEveryTypeComeBack) {
  Told reader([](Sink& sink) {
    for (std::size_t row = 0; row < sink.capacity(); ++row) {
      const auto n = static_cast<std::int32_t>(row);
      sink.column<std::int32_t>(0)[row] = -n;
      sink.column<std::uint8_t>(1)[row] = static_cast<std::uint8_t>(n);
      sink.column<double>(2)[row] = n + 0.5;
      sink.column<std::int32_t>(3)[row] = n;
      sink.column<Wide>(4)[row] = uuid(row, ~row);
      sink.set_text(5, row, std::to_string(row));
    }
    return sink.capacity();
  });
  Chunk chunk(all_types);
  ASSERT_EQ(chunk.fill(reader).value(), chunk_rows);
  for (const std::size_t row : {std::size_t{0}, std::size_t{300}, chunk_rows - 1}) {
    const auto n = static_cast<std::int32_t>(row);
    EXPECT_EQ(chunk.column<std::int32_t>(0)[row], -n);
    EXPECT_EQ(chunk.column<std::uint8_t>(1)[row], static_cast<std::uint8_t>(n));
    EXPECT_EQ(chunk.column<double>(2)[row], n + 0.5);
    EXPECT_EQ(chunk.column<std::int32_t>(3)[row], n);
    EXPECT_EQ(uuid_high(chunk.column<Wide>(4)[row]), row);
    EXPECT_EQ(uuid_low(chunk.column<Wide>(4)[row]), ~row);
    EXPECT_EQ(chunk.text(5, row), std::to_string(row));
  }
}

// G1
TEST(Chunk, ANullOfAnEarlierChunkIsNoNullOfTheNext) {
  bool first = true;
  Told reader([&](Sink& sink) -> std::size_t {
    if (std::exchange(first, false)) {
      sink.set_null(0, 70);
      return 100;
    }
    return 100;
  });
  Chunk chunk(all_types);
  ASSERT_TRUE(chunk.fill(reader));
  ASSERT_NE(chunk.validity(0), nullptr);
  EXPECT_EQ(chunk.validity(0)[0], ~std::uint64_t{0});
  EXPECT_EQ(chunk.validity(0)[1], ~(std::uint64_t{1} << 6));
  EXPECT_EQ(chunk.validity(1), nullptr);
  ASSERT_TRUE(chunk.fill(reader));
  EXPECT_EQ(chunk.validity(0), nullptr);
}

TEST(Chunk, TheReadersErrorIsHandedOn) {
  Told reader([](Sink&) -> Result<std::size_t> { return bad_input("torn", "a.csv"); });
  Chunk chunk(all_types);
  const Result<std::size_t> rows = chunk.fill(reader);
  ASSERT_FALSE(rows);
  EXPECT_EQ(rows.error().found, "torn");
}

TEST(Wide, SortsAsTheUuidDoes) {
  EXPECT_LT(uuid(0, 5).upper, uuid(1, 0).upper);
  EXPECT_LT(uuid(1, 0).upper, uuid(~std::uint64_t{0}, 0).upper);
}

}  // namespace
}  // namespace parcours::columns
