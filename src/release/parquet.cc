#include "release/parquet.h"

#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "duck/duck.h"
#include "page/json_text.h"

namespace parcours::release {
namespace {

// The cells in their order, read once by one thread.
class Cells : public columns::Source {
 public:
  explicit Cells(const tables::Table& table) : table_(table) {}

  std::vector<columns::Column> columns() const override {
    std::vector<columns::Column> columns;
    for (const tables::Dimension& dimension : table_.dimensions) {
      columns.push_back({dimension.id, columns::Type::text});
    }
    columns.push_back({"status", columns::Type::text});
    columns.push_back({"patients", columns::Type::integer});
    if (table_.mean_of) {
      columns.push_back({"mean", columns::Type::real});
    }
    return columns;
  }

  int most_threads() const override { return 1; }

  std::unique_ptr<Reader> reader() override { return std::make_unique<Walk>(table_); }

 private:
  class Walk : public Reader {
   public:
    explicit Walk(const tables::Table& table) : table_(table) {}

    Result<std::size_t> fill(columns::Sink& sink) override {
      std::size_t rows = 0;
      for (; rows < sink.capacity() && next_ < table_.cells.size(); ++rows, ++next_) {
        put(sink, rows);
      }
      return rows;
    }

   private:
    void put(columns::Sink& sink, std::size_t row) {
      const std::vector<std::size_t> places = table_.places(next_);
      std::size_t column = 0;
      for (std::size_t d = 0; d < places.size(); ++d) {
        sink.set_text(column++, row, table_.dimensions[d].code(places[d]));
      }
      const tables::Cell& cell = table_.cells[next_];
      const bool published = cell.status == tables::CellStatus::published;
      sink.set_text(column++, row, tables::word_of(cell.status));
      sink.column<std::int32_t>(column)[row] = static_cast<std::int32_t>(cell.patients);
      if (!published) {
        sink.set_null(column, row);
      }
      ++column;
      if (table_.mean_of) {
        sink.column<double>(column)[row] = cell.mean.value_or(0);
        if (!published || !cell.mean) {
          sink.set_null(column, row);
        }
      }
    }

    const tables::Table& table_;
    std::size_t next_ = 0;
  };

  const tables::Table& table_;
};

// pandas takes a column with empty values for one of fractions. This says that patients are whole
// numbers (the form is that of "Developer Guide: storing pandas DataFrame objects in Apache Parquet
// format"). Other readers pass over it.
std::string for_pandas() {
  const nlohmann::ordered_json patients = {{"name", "patients"},
                                           {"field_name", "patients"},
                                           {"pandas_type", "int32"},
                                           {"numpy_type", "Int32"},
                                           {"metadata", nullptr}};
  const nlohmann::ordered_json metadata = {{"index_columns", nlohmann::ordered_json::array()},
                                           {"column_indexes", nlohmann::ordered_json::array()},
                                           {"columns", nlohmann::ordered_json::array({patients})}};
  return page::json_text(metadata);
}

}  // namespace

Status write_parquet(const tables::Table& table, const std::filesystem::path& file) {
  Cells cells(table);
  ASSIGN_OR_RETURN(duck::Database database, duck::Database::open({.threads = 1, .in_order = true}));
  ASSIGN_OR_RETURN(duck::Connection connection, database.connect());
  RETURN_IF_ERROR(connection.add("cells", cells));
  RETURN_IF_ERROR(duck::write_parquet(connection, "SELECT * FROM cells()", file,
                                      {.zstd = true, .pandas = for_pandas()}));
  return {};
}

}  // namespace parcours::release
