#include "exports/export_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <optional>
#include <set>

#include "base/column_names.h"
#include "base/csv.h"
#include "base/letters.h"

namespace parcours {
namespace {

namespace fs = std::filesystem;

enum class Form { csv, gzipped_csv, parquet };

struct Reader {
  std::string sql;                       // the table function that reads it
  std::optional<bool> may_list_columns;  // nothing: they are to be judged by their rows
};

Result<std::string> first_bytes(const fs::path& path) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) {
    return bad_input("there is no such file", path.string());
  }
  if (fs::is_directory(status)) {
    return bad_input("this is a folder, and not a vault", path.string(),
                     "name a CSV or Parquet file, or a vault");
  }
  std::ifstream file(path, std::ios::binary);
  std::string bytes(1 << 16, '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  if (file.bad() || (bytes.empty() && !file.eof())) {
    return machine_fault("cannot read the file", path.string());
  }
  if (bytes.empty()) {
    return bad_input("the file is empty", path.string(),
                     "a CSV file with a line of column names, or a Parquet file, is wanted");
  }
  return bytes;
}

Result<Form> form_of(const fs::path& path) {
  ASSIGN_OR_RETURN(const std::string bytes, first_bytes(path));
  const std::string name = lower(path.filename().string());
  const bool parquet = bytes.starts_with("PAR1");
  const bool gzipped = bytes.starts_with("\x1f\x8b");
  const auto not_what_it_says = [&](std::string_view what, std::string_view right) {
    return bad_input(fmt::format("this is not {}, though its name says so", what), path.string(),
                     std::string(right));
  };
  if (name.ends_with(".parquet") && !parquet) {
    return not_what_it_says("a Parquet file", "rename it if it is CSV, or send it again whole");
  }
  if (name.ends_with(".gz") && !gzipped) {
    return not_what_it_says("a gzip file", "take .gz off its name if it is plain CSV");
  }
  if ((name.ends_with(".csv") || name.ends_with(".tsv") || name.ends_with(".txt")) &&
      (parquet || gzipped)) {
    return not_what_it_says("a plain CSV file", parquet ? "it is Parquet: rename it to .parquet"
                                                        : "it is compressed: rename it to .csv.gz");
  }
  if (parquet) {
    return Form::parquet;
  }
  if (gzipped) {
    return Form::gzipped_csv;
  }
  if (bytes.find('\0') != std::string::npos || bytes.starts_with("PK\x03\x04")) {
    return bad_input("this is neither text nor Parquet", path.string(),
                     "save it as CSV in UTF-8, or as Parquet");
  }
  return Form::csv;
}

// Every column has a name of its own, as SQL needs: an empty one is numbered, and so is one that
// another has already in any case of letters.
std::vector<std::string> own_names(const std::vector<std::string>& header) {
  std::vector<std::string> names;
  std::set<std::string> taken;
  for (std::size_t i = 0; i < header.size(); ++i) {
    const std::string wanted = header[i].empty() ? fmt::format("column{}", i) : header[i];
    std::string name = wanted;
    for (int again = 1; !taken.insert(lower(name)).second; ++again) {
      name = fmt::format("{}_{}", wanted, again);
    }
    names.push_back(std::move(name));
  }
  return names;
}

// DuckDB is told the form of a CSV file and guesses nothing: what it would guess on a file with a
// malformed line is to begin there, and then a line about a patient passes for the column names.
Result<Reader> csv_reader(const fs::path& path, bool gzipped) {
  ASSIGN_OR_RETURN(CsvFile file, CsvFile::open(path));
  std::string columns;
  for (const std::string& name : own_names(file.header().reveal())) {
    columns += fmt::format("{}{}: 'VARCHAR'", columns.empty() ? "" : ", ", duck::quoted(name));
  }
  ASSIGN_OR_RETURN(const CsvBlock rows, file.next());
  std::string sql = fmt::format(
      "read_csv({}, auto_detect = false, header = false, skip = {}, delim = {}, quote = '\"', "
      "escape = '\"', columns = {{{}}}, compression = '{}')",
      duck::quoted(path.string()), rows.first_line - 1,
      duck::quoted(std::string(1, file.separator())), columns, gzipped ? "gzip" : "none");
  return Reader{std::move(sql), file.header().may_be_listed()};
}

Result<Reader> reader_of(const fs::path& path, Form form) {
  if (form == Form::parquet) {
    return Reader{fmt::format("read_parquet({})", duck::quoted(path.string())), {}};
  }
  return csv_reader(path, form == Form::gzipped_csv);
}

}  // namespace

ExportFile::ExportFile(fs::path path, std::string from, duck::Database database,
                       duck::Connection connection)
    : path_(std::move(path)),
      from_(std::move(from)),
      database_(std::move(database)),
      connection_(std::move(connection)) {}

Result<ExportFile> ExportFile::open(const fs::path& path, int threads) {
  ASSIGN_OR_RETURN(const Form form, form_of(path));
  ASSIGN_OR_RETURN(duck::Database database, duck::Database::open({.threads = threads}));
  ASSIGN_OR_RETURN(duck::Connection connection, database.connect());
  ASSIGN_OR_RETURN(Reader reader, reader_of(path, form));
  ExportFile file(path, std::move(reader.sql), std::move(database), std::move(connection));
  RETURN_IF_ERROR(file.read_columns());
  file.may_list_columns_ = reader.may_list_columns.value_or(false);
  if (!reader.may_list_columns) {
    RETURN_IF_ERROR(file.judge_columns());
  }
  return file;
}

Result<ExportFile> ExportFile::of_query(const fs::path& path, const std::string& sql, int threads) {
  ASSIGN_OR_RETURN(duck::Database database, duck::Database::open({.threads = threads}));
  ASSIGN_OR_RETURN(duck::Connection connection, database.connect());
  ExportFile file(path, "(" + sql + ")", std::move(database), std::move(connection));
  RETURN_IF_ERROR(file.read_columns());
  return file;
}

Status ExportFile::read_columns() {
  ASSIGN_OR_RETURN(
      duck::Stream stream,
      connection_.stream(
          fmt::format("SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM {})", from_),
          path_.string()));
  while (true) {
    ASSIGN_OR_RETURN(const bool more, stream.next());
    if (!more) {
      break;
    }
    for (std::size_t row = 0; row < stream.rows(); ++row) {
      columns_.push_back({std::string(stream.text(0, row)), std::string(stream.text(1, row))});
    }
  }
  if (columns_.empty()) {
    return bad_input("the file has no columns", path_.string());
  }
  if (columns_.size() > most_columns) {
    return too_many_columns(columns_.size(), path_.string());
  }
  return {};
}

// By the first rows below, as a CSV file's header is.
Status ExportFile::judge_columns() {
  std::vector<std::string> names;
  std::ranges::transform(columns_, std::back_inserter(names), &ExportColumn::name);
  ASSIGN_OR_RETURN(duck::Stream rows,
                   query(fmt::format("SELECT CAST(COLUMNS(*) AS VARCHAR) FROM {} LIMIT {}", from_,
                                     rows_to_judge)));
  std::vector<std::vector<std::string>> below;
  while (below.size() * names.size() < cells_to_judge) {
    ASSIGN_OR_RETURN(const bool more, rows.next());
    if (!more) {
      break;
    }
    for (std::size_t row = 0; row < rows.rows(); ++row) {
      std::vector<std::string>& texts = below.emplace_back();
      for (std::size_t i = 0; i < names.size(); ++i) {
        texts.emplace_back(rows.null(i, row) ? std::string_view() : rows.text(i, row));
      }
    }
  }
  const FirstRow judged = judge_first_row(names, below);
  if (judged == FirstRow::data) {
    return names_are_data(path_.string());
  }
  may_list_columns_ = judged == FirstRow::names;
  return {};
}

Result<ExportColumn> ExportFile::column(std::string_view name, std::string_view role) const {
  if (const auto found = std::ranges::find(columns_, name, &ExportColumn::name);
      found != columns_.end()) {
    return *found;
  }
  const auto alike = [&](const ExportColumn& column) { return lower(column.name) == lower(name); };
  if (std::ranges::count_if(columns_, alike) == 1) {
    return *std::ranges::find_if(columns_, alike);
  }
  const std::string found = fmt::format("no column '{}' for {}", name, role);
  std::vector<std::string> names;
  std::ranges::transform(columns_, std::back_inserter(names), &ExportColumn::name);
  return bad_input(found, path_.string(), column_hint(name, names, may_list_columns_));
}

Result<duck::Stream> ExportFile::query(const std::string& sql) {
  return connection_.stream(sql, path_.string());
}

}  // namespace parcours
