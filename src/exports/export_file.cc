#include "exports/export_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "base/column_names.h"
#include "base/csv.h"
#include "base/letters.h"
#include "vocabulary/omop_tables.h"

namespace parcours::exports {
namespace {

namespace fs = std::filesystem;

enum class Form { csv, gzipped_csv, parquet };

struct Reader {
  duck::FileTable table;
  std::optional<bool> may_list_columns;  // nothing: they are to be judged by their rows
};

// What may be missing for this to be a file with lines in it.
Result<InputFile> open_file(const fs::path& path) {
  Result<InputFile> file = InputFile::open(path);
  std::error_code ignored;
  if (!file && fs::is_directory(path, ignored)) {
    return bad_input("this is a folder, and not a vault", path.string(),
                     "name a CSV or Parquet file, or a vault");
  }
  return file;
}

// DuckDB drops a last line that is longer than its buffer and has no end. So where a plain file
// does not end in a line, the last line must begin within the last `most_line_bytes` bytes.
Status check_last_line(const InputFile& file) {
  constexpr std::uint64_t most = duck::most_line_bytes + 1;
  if (file.size() <= most) {
    return {};
  }
  std::string tail(most, '\0');
  ASSIGN_OR_RETURN(const std::size_t got, file.read_at(file.size() - most, tail));
  return tail.substr(0, got).find('\n') != std::string::npos
             ? Status()
             : bad_input(fmt::format("its last line is of over {} bytes", duck::most_line_bytes),
                         file.name(), "is a quote missing, or is this not a CSV file?");
}

Result<Form> form_of(const InputFile& file) {
  ASSIGN_OR_RETURN(const std::string bytes, file.head(std::size_t{1} << 16));
  const fs::path& path = file.path();
  if (bytes.empty()) {
    return bad_input("the file is empty", path.string(),
                     "a CSV file with a line of column names, or a Parquet file, is wanted");
  }
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
  if (bytes.starts_with("\xff\xfe") || bytes.starts_with("\xfe\xff")) {
    return bad_input("the text is UTF-16, as Excel's \"Unicode text\" is", path.string(),
                     "convert it to UTF-8: iconv -f UTF-16 -t UTF-8 FILE > NEW");
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

// What to do about a file that seems to begin with data.
std::string if_data(const fs::path& path) {
  const auto table = vocabulary::omop_table(path.filename().string());
  return table ? fmt::format(
                     "--no-header gives the columns the names of OMOP's table {}; --header "
                     "FILE gives them those of a file with one line of names",
                     *table)
               : "add a line of column names at the top, give one in a file (--header FILE), or "
                 "number the columns (--no-header)";
}

// Whether every cell of a first line is called as columns usually are.
bool all_usual(const std::vector<std::string>& cells) {
  return std::ranges::all_of(
      cells, [](const std::string& cell) { return reads_as_name(cell) && has_usual_word(cell); });
}

// The user says that there is no line of names. It is refused where that is plainly wrong: the line
// of names would be somebody's.
Status check_first_line(const InputFile& file, const FirstLine& first_line,
                        const std::vector<std::string>& cells, std::uint64_t line) {
  const std::string where = fmt::format("{}:{}", file.name(), line);
  if (!first_line.names.empty() && first_line.names.size() != cells.size()) {
    return bad_input(fmt::format("the file has {} columns, and {} names were given for them",
                                 cells.size(), first_line.names.size()),
                     where, "give one name a column, in their order");
  }
  const bool same = std::ranges::equal(cells, first_line.names, {}, lower, lower);
  if (same || (first_line.names.empty() && all_usual(cells))) {
    return bad_input("the first line holds column names", where,
                     "leave --no-header and --header out");
  }
  return {};
}

// Of a file that begins with data.
Result<Reader> reader_without_names(const InputFile& file, bool gzipped,
                                    const FirstLine& first_line) {
  ASSIGN_OR_RETURN(CsvFile csv,
                   CsvFile::open(ByteStream::of(file),
                                 {.most_row_bytes = duck::most_line_bytes, .judge_header = false}));
  constexpr std::size_t enough = 200;
  std::vector<std::vector<std::string>> first_rows = {csv.header().reveal()};
  const std::size_t columns = first_rows[0].size();
  ASSIGN_OR_RETURN(CsvBlock block, csv.next());
  RETURN_IF_ERROR(check_first_line(file, first_line, first_rows[0],
                                   std::max<std::uint64_t>(block.first_line, 2) - 1));
  CsvRows rows(csv.separator(), columns);
  rows.take(std::move(block));
  while (first_rows.size() < enough && rows.next()) {
    std::vector<std::string> row(columns);
    for (std::size_t i = 0; rows.defect() == CsvDefect::none && i < columns; ++i) {
      row[i] = rows.field(i);
    }
    first_rows.push_back(std::move(row));
  }
  std::vector<std::string> names = first_line.names;
  if (names.empty()) {
    names = vocabulary::omop_columns(file.path().filename().string(), columns, first_rows)
                .value_or(std::vector<std::string>());
  }
  for (std::size_t i = names.size(); i < columns; ++i) {
    names.push_back(fmt::format("column{}", i + 1));
  }
  return Reader{duck::FileTable::csv(file, {.columns = own_names(names),
                                            .header_lines = 0,
                                            .separator = csv.separator(),
                                            .gzip = gzipped}),
                true};
}

// A second line of names, under titles over several columns or above labels, would be read as
// somebody.
Status check_second_line(const InputFile& file, char separator, std::size_t columns,
                         CsvBlock block) {
  constexpr std::size_t enough = 200;
  const std::uint64_t line = block.first_line;
  CsvRows rows(separator, columns);
  rows.take(std::move(block));
  std::vector<std::vector<std::string>> read;
  while (read.size() < enough && rows.next()) {
    if (rows.defect() == CsvDefect::none) {
      std::vector<std::string>& row = read.emplace_back(columns);
      for (std::size_t i = 0; i < columns; ++i) {
        row[i] = rows.field(i);
      }
    }
  }
  constexpr std::size_t fewest = 10;
  if (read.size() < fewest ||
      judge_first_row(read.front(), std::span(read).subspan(1)) != FirstRow::names) {
    return {};
  }
  return bad_input("this line seems to hold names of columns too, below the first one",
                   fmt::format("{}:{}", file.name(), line),
                   "leave one line of names at the top, and take the other one out");
}

// DuckDB is told the form of a CSV file and guesses nothing: what it would guess on a file with a
// malformed line is to begin there, and then a line about a patient passes for the column names.
Result<Reader> csv_reader(const InputFile& file, bool gzipped, const FirstLine& first_line) {
  if (!gzipped) {
    RETURN_IF_ERROR(check_last_line(file));
  }
  if (first_line.is_data) {
    return reader_without_names(file, gzipped, first_line);
  }
  ASSIGN_OR_RETURN(CsvFile csv,
                   CsvFile::open(ByteStream::of(file), {.most_row_bytes = duck::most_line_bytes,
                                                        .if_data = if_data(file.path())}));
  ASSIGN_OR_RETURN(CsvBlock rows, csv.next());
  const std::uint64_t header_lines = rows.first_line - 1;
  RETURN_IF_ERROR(check_second_line(file, csv.separator(), csv.header().size(), std::move(rows)));
  return Reader{duck::FileTable::csv(file, {.columns = own_names(csv.header().reveal()),
                                            .header_lines = header_lines,
                                            .separator = csv.separator(),
                                            .gzip = gzipped}),
                csv.header().may_be_listed()};
}

Result<Reader> reader_of(const InputFile& file, Form form, const FirstLine& first_line) {
  if (form == Form::parquet) {
    if (first_line.is_data) {
      return bad_input("a Parquet file carries the names of its columns", file.name(),
                       "leave --no-header and --header out");
    }
    return Reader{duck::FileTable::parquet(file), {}};
  }
  return csv_reader(file, form == Form::gzipped_csv, first_line);
}

}  // namespace

ExportFile::ExportFile(fs::path path, std::string from, std::vector<InputFile> files, bool is_csv,
                       duck::Database database, duck::Connection connection)
    : path_(std::move(path)),
      from_(std::move(from)),
      files_(std::move(files)),
      is_csv_(is_csv),
      database_(std::move(database)),
      connection_(std::move(connection)) {}

Result<ExportFile> ExportFile::make(const fs::path& path, std::string from,
                                    std::vector<InputFile> files, bool is_csv,
                                    const duck::Options& options) {
  ASSIGN_OR_RETURN(duck::Database database, duck::Database::open(options));
  ASSIGN_OR_RETURN(duck::Connection connection, database.connect());
  ExportFile file(path, std::move(from), std::move(files), is_csv, std::move(database),
                  std::move(connection));
  RETURN_IF_ERROR(file.read_columns());
  return file;
}

Result<ExportFile> ExportFile::open(const fs::path& path, int threads,
                                    const FirstLine& first_line) {
  ASSIGN_OR_RETURN(const InputFile input, open_file(path));
  ASSIGN_OR_RETURN(const Form form, form_of(input));
  ASSIGN_OR_RETURN(const Reader reader, reader_of(input, form, first_line));
  ASSIGN_OR_RETURN(ExportFile file, make(path, reader.table.sql(), reader.table.files(),
                                         form != Form::parquet, {.threads = threads}));
  file.may_list_columns_ = reader.may_list_columns.value_or(false);
  if (!reader.may_list_columns) {
    RETURN_IF_ERROR(file.judge_columns());
  }
  return file;
}

Result<ExportFile> ExportFile::of_query(const std::vector<const ExportFile*>& sources,
                                        const std::string& sql, int threads) {
  std::vector<InputFile> files;
  for (const ExportFile* source : sources) {
    files.insert(files.end(), source->files_.begin(), source->files_.end());
  }
  return make(sources.front()->path(), "(" + sql + ")", std::move(files), false,
              {.threads = threads});
}

Result<ExportFile> ExportFile::again(int threads, bool in_order) const {
  ASSIGN_OR_RETURN(ExportFile same,
                   make(path_, from_, files_, is_csv_, {.threads = threads, .in_order = in_order}));
  same.may_list_columns_ = may_list_columns_;
  return same;
}

std::optional<ByteStream> ExportFile::csv_bytes() const {
  return is_csv_ ? std::optional(ByteStream::of(files_.front())) : std::nullopt;
}

Status ExportFile::read_columns() {
  ASSIGN_OR_RETURN(
      duck::Stream stream,
      connection_.stream(
          fmt::format("SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM {})", from_),
          files_, path_.string()));
  RETURN_IF_ERROR(duck::for_rows(stream, [&](std::size_t row) {
    columns_.push_back({std::string(stream.text(0, row)), std::string(stream.text(1, row))});
  }));
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
  return connection_.stream(sql, files_, path_.string());
}

}  // namespace parcours::exports
