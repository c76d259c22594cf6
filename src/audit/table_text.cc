#include "audit/table_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "audit/eurostat_tsv.h"
#include "audit/words.h"
#include "base/column_names.h"
#include "base/csv.h"
#include "base/csv_text.h"
#include "base/letters.h"
#include "duck/duck.h"

namespace parcours::audit {
namespace {

namespace fs = std::filesystem;

Result<TableText> from_csv(CsvFile csv, std::string file) {
  TableText text{std::move(file), {}, {}, true, csv.header().may_be_listed()};
  if (csv.header().size() < 2) {
    return bad_input(
        "only one column", text.file + ":1",
        "a table needs a column for each dimension and one for the value; or name what "
        "separates columns: --separator");
  }
  ASSIGN_OR_RETURN(std::vector<Words> columns, words_of(csv.header().reveal(), text.file + ":1"));
  CsvRows rows(csv.separator(), columns.size());
  RETURN_IF_ERROR(for_rows(csv, rows, [&]() -> Status {
    if (rows.defect() != CsvDefect::none) {
      return bad_input(std::string(to_string(rows.defect())),
                       fmt::format("{}:{}", text.file, rows.line()));
    }
    for (std::size_t c = 0; c < columns.size(); ++c) {
      columns[c].add(csv_unguarded(trimmed(rows.field(c))));
    }
    text.lines.push_back(rows.line());
    return {};
  }));
  return whole(std::move(text), std::move(columns));
}

// Of Parquet, as CsvFile does of CSV.
Status judge_names(TableText& text) {
  std::vector<std::string> names;
  std::ranges::transform(text.columns, std::back_inserter(names), &TextColumn::name);
  std::vector<std::vector<std::string>> below;
  for (std::size_t row = 0;
       row < std::min(text.rows(), rows_to_judge) && below.size() * names.size() < cells_to_judge;
       ++row) {
    std::vector<std::string>& texts = below.emplace_back();
    for (const TextColumn& column : text.columns) {
      texts.emplace_back(column.at(row));
    }
  }
  const FirstRow judged = judge_first_row(names, below);
  if (judged == FirstRow::data) {
    return names_are_data(text.file);
  }
  text.may_list_columns = judged == FirstRow::names;
  return {};
}

Result<TableText> from_parquet(const InputFile& file, const Stop& stop) {
  ASSIGN_OR_RETURN(duck::Database database, duck::Database::open({.threads = 1, .in_order = true}));
  ASSIGN_OR_RETURN(duck::Connection connection, database.connect());
  const duck::FileTable table = duck::FileTable::parquet(file);
  ASSIGN_OR_RETURN(
      duck::Stream stream,
      connection.stream("SELECT CAST(COLUMNS(*) AS VARCHAR) FROM " + table.sql(), table));
  TableText text{file.name(), {}, {}, false};
  if (stream.columns() > most_columns) {
    return too_many_columns(stream.columns(), text.file);
  }
  std::vector<std::string> header;
  for (std::size_t c = 0; c < stream.columns(); ++c) {
    header.push_back(stream.name(c));
  }
  ASSIGN_OR_RETURN(std::vector<Words> columns, words_of(header, text.file));
  RETURN_IF_ERROR(duck::for_chunks(stream, [&]() -> Status {
    if (stop.requested()) {
      return stopped();
    }
    for (std::size_t row = 0; row < stream.rows(); ++row) {
      for (std::size_t c = 0; c < columns.size(); ++c) {
        columns[c].add(stream.null(c, row) ? std::string_view() : stream.text(c, row));
      }
      text.lines.push_back(text.lines.size() + 1);
    }
    return {};
  }));
  ASSIGN_OR_RETURN(text, whole(std::move(text), std::move(columns)));
  RETURN_IF_ERROR(judge_names(text));
  return text;
}

// Of two streams of the same bytes, as the first line is looked at before the file is read.
Result<TableText> from_text(ByteStream peeked, ByteStream bytes, std::string file,
                            const TextOptions& options) {
  std::vector<char> block(std::size_t{1} << 16);
  ASSIGN_OR_RETURN(const std::size_t got, peeked.read(block));
  const std::string_view head(block.data(), got);
  if (options.separator == '\0' && is_eurostat_tsv(head.substr(0, head.find('\n')))) {
    ASSIGN_OR_RETURN(CsvFile csv,
                     CsvFile::open(std::move(bytes), {.separator = '\t', .judge_header = false}));
    return from_eurostat_tsv(std::move(csv), std::move(file));
  }
  ASSIGN_OR_RETURN(CsvFile csv, CsvFile::open(std::move(bytes), {.separator = options.separator}));
  return from_csv(std::move(csv), std::move(file));
}

Result<InputFile> open_file(const fs::path& path) {
  Result<InputFile> file = InputFile::open(path);
  std::error_code ignored;
  if (!file && fs::is_directory(path, ignored)) {
    return bad_input("this is a folder", path.string(), "name the tables in it, one after another");
  }
  return file;
}

}  // namespace

std::string TableText::where(std::size_t row) const {
  return in_lines ? fmt::format("{}:{}", file, lines[row])
                  : fmt::format("{}, row {}", file, lines[row]);
}

Result<std::size_t> TableText::column(std::string_view name, std::string_view role) const {
  const auto place = [&](auto at) { return static_cast<std::size_t>(at - columns.begin()); };
  if (const auto found = std::ranges::find(columns, name, &TextColumn::name);
      found != columns.end()) {
    return place(found);
  }
  const auto alike = [&](const TextColumn& column) { return lower(column.name) == lower(name); };
  if (std::ranges::count_if(columns, alike) == 1) {
    return place(std::ranges::find_if(columns, alike));
  }
  std::vector<std::string> names;
  std::ranges::transform(columns, std::back_inserter(names), &TextColumn::name);
  return bad_input(fmt::format("no column '{}' for {}", name, role), file,
                   column_hint(name, names, may_list_columns));
}

Result<TableText> read_table_text(const fs::path& path, const TextOptions& options,
                                  const Stop& stop) {
  ASSIGN_OR_RETURN(const InputFile file, open_file(path));
  ASSIGN_OR_RETURN(const std::string bytes, file.head(4));
  if (bytes.empty()) {
    return bad_input("the file is empty", path.string(), "use a CSV or a Parquet file");
  }
  if (bytes.starts_with("PAR1")) {
    return from_parquet(file, stop);
  }
  if (bytes.starts_with("PK\x03\x04")) {
    return bad_input(
        "this is a spreadsheet (XLSX), which is not read: DuckDB's extension for it "
        "does not ship inside the library",
        path.string(), "save its sheet as CSV in UTF-8");
  }
  if (lower(path.filename().string()).ends_with(".parquet")) {
    return bad_input("this is not a Parquet file, though its name says so", path.string(),
                     "rename it if it is CSV; otherwise it may be cut off: get it again");
  }
  return from_text(ByteStream::of(file), ByteStream::of(file), path.string(), options);
}

Result<TableText> table_text(std::string csv, std::string file, const TextOptions& options) {
  return from_text(ByteStream::of(csv, file), ByteStream::of(csv, file), file, options);
}

}  // namespace parcours::audit
