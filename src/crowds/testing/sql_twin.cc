#include "crowds/testing/sql_twin.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

#include "duck/duck.h"

namespace parcours::crowds {
namespace {

// Hands rows of integers to DuckDB.
class Rows final : public columns::Source {
 public:
  Rows(std::vector<std::string> names, std::vector<std::int32_t> values)
      : names_(std::move(names)), values_(std::move(values)) {}
  std::vector<columns::Column> columns() const override {
    std::vector<columns::Column> columns;
    for (const std::string& name : names_) {
      columns.push_back({name, columns::Type::integer});
    }
    return columns;
  }
  int most_threads() const override { return 1; }
  std::unique_ptr<Reader> reader() override { return std::make_unique<One>(*this); }

 private:
  struct One final : Reader {
    explicit One(const Rows& from) : rows(from) {}
    Result<std::size_t> fill(columns::Sink& sink) override {
      const std::size_t width = rows.names_.size();
      const std::size_t count = std::min(sink.capacity(), rows.values_.size() / width - next);
      for (std::size_t column = 0; column < width; ++column) {
        std::int32_t* to = sink.column<std::int32_t>(column);
        for (std::size_t i = 0; i < count; ++i) {
          to[i] = rows.values_[(next + i) * width + column];
        }
      }
      next += count;
      return count;
    }
    const Rows& rows;
    std::size_t next = 0;
  };
  std::vector<std::string> names_;
  std::vector<std::int32_t> values_;
};

// A margin is a place where a patient stands as well.
std::string stands_in_sql(const Shape& shape) {
  return fmt::format(
      R"(
WITH totals AS (SELECT unnest([false, true]) AS total),
people AS (SELECT p.*, CASE WHEN t.total THEN {0} ELSE row END AS r FROM patients() p, totals t),
each AS (
  SELECT e.*, p.r, CASE WHEN t.total THEN {2} ELSE code END AS c
  FROM events() e JOIN people p USING (world, patient), totals t WHERE code < {2}),
counts AS (
  SELECT world, patient, count(*) AS value FROM events() WHERE code = 0 GROUP BY ALL)
SELECT world, 0 AS tab, r * ({1} + 1) + CASE WHEN t.total THEN {1} ELSE home END AS cell, patient,
       home AS practice, 0 AS value FROM people, totals t
UNION ALL SELECT world, 1, r * ({2} + 1) + c, patient, practice, 0 FROM each WHERE day = 0
UNION ALL SELECT world, 2, r * ({2} + 1) + c, patient, practice, 0 FROM each
UNION ALL SELECT world, 3, r, patient, home, value FROM people JOIN counts USING (world, patient))",
      shape.rows, shape.homes, shape.columns);
}

}  // namespace

std::map<SqlPlace, SqlCell> count_by_sql(const std::vector<World>& worlds, const Shape& shape) {
  std::vector<std::int32_t> people;
  std::vector<std::int32_t> happened;
  const auto number = [](auto value) { return static_cast<std::int32_t>(value); };
  for (std::size_t w = 0; w < worlds.size(); ++w) {
    for (std::size_t p = 0; p < worlds[w].patients.size(); ++p) {
      const WorldPatient& patient = worlds[w].patients[p];
      people.insert(people.end(),
                    {number(w), number(p), number(patient.row), number(patient.home)});
    }
    for (const WorldEvent& event : worlds[w].events) {
      happened.insert(happened.end(), {number(w), number(event.patient), number(event.practice),
                                       number(event.code), event.day});
    }
  }
  Rows patients({"world", "patient", "row", "home"}, people);
  Rows events({"world", "patient", "practice", "code", "day"}, happened);
  duck::Database database = *duck::Database::open({.threads = 2});
  duck::Connection sql = *database.connect();
  EXPECT_TRUE(sql.add("patients", patients));
  EXPECT_TRUE(sql.add("events", events));
  const Status made = sql.run("CREATE TABLE stands AS " + stands_in_sql(shape));
  EXPECT_TRUE(made) << made.error().sentence();
  duck::Stream stream = *sql.stream(R"(
WITH per_practice AS (
  SELECT world, tab, cell, practice, count(DISTINCT patient) AS n FROM stands GROUP BY ALL),
largest AS (
  SELECT world, tab, cell, count(*) AS practices, max(n) AS n FROM per_practice GROUP BY ALL),
whole AS (
  SELECT world, tab, cell, count(DISTINCT patient) AS patients, sum(value) AS sum,
         bit_or(CASE WHEN patient < 30 THEN 1 << patient ELSE 0 END) AS who
  FROM stands GROUP BY ALL)
SELECT world, tab::INTEGER, cell::INTEGER, patients::INTEGER, practices::INTEGER, n::INTEGER,
       sum::INTEGER, who::INTEGER
FROM whole JOIN largest USING (world, tab, cell))");
  std::map<SqlPlace, SqlCell> cells;
  while (*stream.next()) {
    const auto at = [&](std::size_t column, std::size_t row) {
      return stream.column<std::int32_t>(column)[row];
    };
    for (std::size_t i = 0; i < stream.rows(); ++i) {
      cells[{at(0, i), at(1, i), at(2, i)}] = {at(3, i), at(4, i), at(5, i), at(6, i), at(7, i)};
    }
  }
  return cells;
}

}  // namespace parcours::crowds
