#include "duck/duck.h"

#include <gtest/gtest.h>

namespace parcours::duck {
namespace {

Connection connection() {
  Database database = *Database::open({.threads = 2});
  return *database.connect();
}

TEST(Duck, StreamsEveryRowOfAQuery) {
  Connection duck = connection();
  Stream stream = *duck.stream("SELECT i::INTEGER AS i, 'x' || i AS t FROM range(5000) r(i)");
  std::int64_t sum = 0;
  std::size_t rows = 0;
  while (*stream.next()) {
    for (const std::int32_t i : stream.column<std::int32_t>(0)) {
      sum += i;
    }
    rows += stream.rows();
  }
  EXPECT_EQ(rows, 5000);
  EXPECT_EQ(sum, 4999 * 5000 / 2);
  EXPECT_EQ(stream.name(1), "t");
}

TEST(Duck, AMistakeInSqlIsAnErrorWithOneLine) {
  Connection duck = connection();
  const Status status = duck.run("SELECT nothing FROM nowhere");
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().fault, Fault::machine);
  EXPECT_EQ(status.error().found.find('\n'), std::string::npos);
}

TEST(Duck, G2_SettingsAreLockedOnceADatabaseIsOpen) {
  Connection duck = connection();
  for (const char* sql : {"SET threads = 7", "SET enable_external_file_cache = true",
                          "SET lock_configuration = false", "LOAD httpfs", "INSTALL excel"}) {
    EXPECT_FALSE(duck.run(sql)) << sql;
  }
}

TEST(Duck, AnErrorInTheMiddleOfAStreamIsReported) {
  Connection duck = connection();
  Result<Stream> stream = duck.stream(
      "SELECT CASE WHEN i = 90000 THEN error('half way') ELSE i END FROM range(100000) r(i)");
  bool failed = !stream;
  while (stream && !failed) {
    const Result<bool> more = stream->next();
    failed = !more;
    if (more && !*more) {
      break;
    }
  }
  EXPECT_TRUE(failed);
}

TEST(Duck, UuidWordsGoThereAndBack) {
  Connection duck = connection();
  Stream stream = *duck.stream("SELECT '80000000-0000-0001-0000-000000000002'::UUID");
  ASSERT_TRUE(*stream.next());
  const columns::Wide wide = stream.column<columns::Wide>(0)[0];
  EXPECT_EQ(columns::uuid_high(wide), 0x8000000000000001u);
  EXPECT_EQ(columns::uuid_low(wide), 2u);
  EXPECT_EQ(columns::uuid(columns::uuid_high(wide), columns::uuid_low(wide)).upper, wide.upper);
}

// Counts to `total` in chunks, on every thread that asks.
class Numbers : public columns::Source {
 public:
  explicit Numbers(std::int32_t total) : left_(total) {}
  std::vector<columns::Column> columns() const override {
    return {{"n", columns::Type::integer}, {"t", columns::Type::text}};
  }
  int most_threads() const override { return 2; }
  std::unique_ptr<Reader> reader() override { return std::make_unique<Counter>(left_); }

 private:
  class Counter : public Reader {
   public:
    explicit Counter(std::atomic<std::int32_t>& left) : left_(left) {}
    Result<std::size_t> fill(columns::Sink& sink) override {
      std::size_t rows = 0;
      for (; rows < sink.capacity(); ++rows) {
        const std::int32_t n = left_.fetch_sub(1);
        if (n <= 0) {
          break;
        }
        sink.column<std::int32_t>(0)[rows] = n;
        sink.set_text(1, rows, "t");
        if (n % 2 == 0) {
          sink.set_null(1, rows);
        }
      }
      return rows;
    }

   private:
    std::atomic<std::int32_t>& left_;
  };
  std::atomic<std::int32_t> left_;
};

TEST(Duck, ASourceIsReadToItsEnd) {
  Connection duck = connection();
  Numbers numbers(100000);
  ASSERT_TRUE(duck.add("numbers", numbers));
  Stream stream = *duck.stream("SELECT sum(n)::DOUBLE, count(t)::DOUBLE FROM numbers()");
  ASSERT_TRUE(*stream.next());
  EXPECT_EQ(stream.column<double>(0)[0], 100000.0 * 100001 / 2);
  EXPECT_EQ(stream.column<double>(1)[0], 50000.0);
}

TEST(Duck, ExpectTellsAColumnOfAnotherType) {
  Connection duck = connection();
  const Stream stream = *duck.stream("SELECT 1::INTEGER AS a, 2::BIGINT AS b");
  using columns::Type;
  const std::vector<columns::Column> first = {{"a", columns::Type::integer}};
  const std::vector<columns::Column> both = {{"a", columns::Type::integer},
                                             {"b", columns::Type::integer}};
  EXPECT_EQ(stream.expect(first).error().found, "2 columns instead of 1");
  EXPECT_EQ(stream.expect(both).error().found, "column 'b' has the wrong type");
  const Stream right =
      *duck.stream("SELECT 1::INTEGER, 2::UTINYINT, 3::DOUBLE, '2026-01-01'::DATE, uuid(), 'text'");
  const std::vector<columns::Column> all = {
      {"", columns::Type::integer}, {"", columns::Type::tiny}, {"", columns::Type::real},
      {"", columns::Type::date},    {"", columns::Type::uuid}, {"", columns::Type::text}};
  EXPECT_TRUE(right.expect(all));
}

// G2 of duck.h.
TEST(DuckDeathTest, G2_AColumnIsNotReadAsValuesOfAnotherWidth) {
  Connection duck = connection();
  Stream stream = *duck.stream("SELECT 1::BIGINT, 'text', [1, 2]");
  ASSERT_TRUE(*stream.next());
  EXPECT_EQ(stream.column<std::int64_t>(0)[0], 1);
  EXPECT_DEATH(stream.column<std::int32_t>(0), "broken precondition");
  EXPECT_DEATH(stream.column<std::int64_t>(1), "broken precondition");
  EXPECT_DEATH(stream.column<columns::Wide>(2), "broken precondition");
  EXPECT_DEATH(stream.text(0, 0), "broken precondition");
}

TEST(Duck, QuotesTextAndNames) {
  EXPECT_EQ(quoted("it's"), "'it''s'");
  EXPECT_EQ(quoted_name("a\"b"), "\"a\"\"b\"");
}

}  // namespace
}  // namespace parcours::duck
