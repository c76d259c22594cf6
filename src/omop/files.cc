// Tables in files: CSV through our own reader (csv_table.h); Parquet and DuckDB's own files through
// DuckDB.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "duck/duck.h"
#include "omop/csv_table.h"
#include "omop/table.h"

namespace parcours::omop {
namespace {

// The answer of a query whose columns are text, those that were asked for.
class DuckTable : public TableRows {
 public:
  static Result<std::unique_ptr<TableRows>> open(duck::Database database,
                                                 duck::Connection connection, duck::Stream stream,
                                                 std::vector<std::size_t> places,
                                                 const ingest::Reading& reading) {
    return std::unique_ptr<TableRows>(new DuckTable(std::move(database), std::move(connection),
                                                    std::move(stream), std::move(places), reading));
  }

  Result<bool> next() override {
    ++line_;
    if (++row_ < rows_) {
      return true;
    }
    if (reading_.stop.requested()) {
      return stopped();
    }
    ASSIGN_OR_RETURN(const bool more, stream_.next());
    row_ = 0;
    rows_ = more ? stream_.rows() : 0;
    return more;
  }

  std::string_view field(std::size_t column) const override {
    const std::size_t place = places_[column];
    return place == no_place || stream_.null(place, row_) ? std::string_view()
                                                          : stream_.text(place, row_);
  }
  std::uint64_t line() const override { return line_; }

 private:
  DuckTable(duck::Database database, duck::Connection connection, duck::Stream stream,
            std::vector<std::size_t> places, const ingest::Reading& reading)
      : database_(std::move(database)),
        connection_(std::move(connection)),
        stream_(std::move(stream)),
        places_(std::move(places)),
        reading_(reading) {}

  duck::Database database_;
  duck::Connection connection_;
  duck::Stream stream_;
  std::vector<std::size_t> places_;
  const ingest::Reading reading_;
  std::size_t row_ = 0;
  std::size_t rows_ = 0;
  std::uint64_t line_ = 0;
};

// The columns that are there, as text; `places` says where each that was asked for came to stand.
std::string columns_as_text(const std::vector<std::string>& names,
                            std::vector<std::size_t>& places) {
  std::string sql;
  std::size_t taken = 0;
  for (std::size_t& place : places) {
    if (place != no_place) {
      sql += fmt::format("{}CAST({} AS VARCHAR)", taken == 0 ? "" : ", ",
                         duck::quoted_name(names[place]));
      place = taken++;
    }
  }
  return taken == 0 ? "CAST(NULL AS VARCHAR)" : sql;
}

std::vector<std::string> names_of(const duck::Stream& stream) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < stream.columns(); ++i) {
    names.push_back(stream.name(i));
  }
  return names;
}

// A query on a table that `from` names in SQL.
template <class Ask>
Result<std::unique_ptr<TableRows>> ask_duck(duck::Database database, duck::Connection connection,
                                            const std::string& from, const TablePart& part,
                                            const std::vector<std::string>& columns,
                                            std::size_t needed, const ingest::Reading& reading,
                                            Ask ask) {
  std::vector<std::string> names;
  {
    ASSIGN_OR_RETURN(const duck::Stream none,
                     ask(connection, "SELECT * FROM " + from + " LIMIT 0"));
    names = names_of(none);
  }
  ASSIGN_OR_RETURN(std::vector<std::size_t> places, places_of(part, names, columns, needed));
  const std::string sql = "SELECT " + columns_as_text(names, places) + " FROM " + from;
  ASSIGN_OR_RETURN(duck::Stream stream, ask(connection, sql));
  return DuckTable::open(std::move(database), std::move(connection), std::move(stream),
                         std::move(places), reading);
}

bool is_parquet(const InputFile& file) {
  const Result<std::string> head = file.head(4);
  return head && *head == "PAR1";
}

class Files : public Tables {
 public:
  static Result<std::unique_ptr<Tables>> open(const std::vector<NamedFile>& named) {
    auto files = std::make_unique<Files>();
    for (const NamedFile& one : named) {
      const std::string table = table_of_file(one.path);
      if (table.empty()) {
        continue;
      }
      ASSIGN_OR_RETURN(const InputFile file, InputFile::open(one));
      files->parts_.push_back({table, one.shown, file.size()});
      files->files_.emplace(one.shown, one);
    }
    return std::unique_ptr<Tables>(std::move(files));
  }

  const std::vector<TablePart>& parts() const override { return parts_; }
  std::vector<std::filesystem::path> files() const override {
    std::vector<std::filesystem::path> paths;
    for (const auto& [shown, file] : files_) {
      paths.push_back(file.path);
    }
    return paths;
  }

  Result<std::unique_ptr<TableRows>> open(const TablePart& part,
                                          const std::vector<std::string>& columns,
                                          std::size_t needed,
                                          const ingest::Reading& reading) const override {
    ASSIGN_OR_RETURN(InputFile file, InputFile::open(files_.at(part.place)));
    if (is_parquet(file)) {
      ASSIGN_OR_RETURN(duck::Database database,
                       duck::Database::open({.threads = 1, .in_order = true}));
      ASSIGN_OR_RETURN(duck::Connection connection, database.connect());
      const duck::FileTable table = duck::FileTable::parquet(std::move(file));
      return ask_duck(
          std::move(database), std::move(connection), table.sql(), part, columns, needed, reading,
          [&](duck::Connection& in, const std::string& sql) { return in.stream(sql, table); });
    }
    return open_csv_table([&] { return ByteStream::of(file); }, file.path().filename().string(),
                          part, columns, needed, reading);
  }

 private:
  std::vector<TablePart> parts_;
  std::map<std::string, NamedFile> files_;  // by place
};

class DuckFile : public Tables {
 public:
  explicit DuckFile(NamedFile file) : file_(std::move(file)) {}

  static Result<std::unique_ptr<Tables>> open(const NamedFile& one) {
    ASSIGN_OR_RETURN(InputFile file, InputFile::open(one));
    auto made = std::make_unique<DuckFile>(one);
    ASSIGN_OR_RETURN(Attached attached, attach(file));
    ASSIGN_OR_RETURN(duck::Stream tables, attached.connection.stream(
                                              "SELECT schema_name, table_name FROM duckdb_tables() "
                                              "WHERE database_name = 'cdm' ORDER BY ALL",
                                              one.shown));
    RETURN_IF_ERROR(duck::for_rows(tables, [&](std::size_t row) {
      const std::string schema(tables.text(0, row));
      const std::string table(tables.text(1, row));
      if (std::string called = table_of_file(table); !called.empty()) {
        made->parts_.push_back({called, one.shown + ": " + table, 0});
        made->names_.emplace(
            made->parts_.back().place,
            fmt::format("cdm.{}.{}", duck::quoted_name(schema), duck::quoted_name(table)));
      }
    }));
    if (!made->parts_.empty()) {
      made->parts_.front().bytes = file.size();
    }
    return std::unique_ptr<Tables>(std::move(made));
  }

  const std::vector<TablePart>& parts() const override { return parts_; }
  std::vector<std::filesystem::path> files() const override { return {file_.path}; }

  Result<std::unique_ptr<TableRows>> open(const TablePart& part,
                                          const std::vector<std::string>& columns,
                                          std::size_t needed,
                                          const ingest::Reading& reading) const override {
    ASSIGN_OR_RETURN(InputFile file, InputFile::open(file_));
    ASSIGN_OR_RETURN(Attached attached, attach(file));
    return ask_duck(std::move(attached.database), std::move(attached.connection),
                    names_.at(part.place), part, columns, needed, reading,
                    [&](duck::Connection& in, const std::string& sql) {
                      return in.stream(sql, {file}, part.place);
                    });
  }

 private:
  struct Attached {
    duck::Database database;
    duck::Connection connection;
  };

  static Result<Attached> attach(const InputFile& file) {
    ASSIGN_OR_RETURN(duck::Database database,
                     duck::Database::open({.threads = 1, .in_order = true}));
    ASSIGN_OR_RETURN(duck::Connection connection, database.connect());
    RETURN_IF_ERROR(duck::attach_database(connection, file, "cdm"));
    return Attached{std::move(database), std::move(connection)};
  }

  NamedFile file_;
  std::vector<TablePart> parts_;
  std::map<std::string, std::string> names_;  // in SQL, by place
};

}  // namespace

Result<std::unique_ptr<Tables>> open_files(const std::vector<NamedFile>& files) {
  return Files::open(files);
}

Result<std::unique_ptr<Tables>> open_duckdb(const NamedFile& file) {
  return DuckFile::open(file);
}

}  // namespace parcours::omop
