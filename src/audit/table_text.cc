#include "audit/table_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "base/column_names.h"
#include "base/csv.h"
#include "base/csv_text.h"
#include "base/letters.h"
#include "duck/duck.h"

namespace parcours {
namespace {

namespace fs = std::filesystem;

// A column while it is read.
class Words {
 public:
  explicit Words(std::string name) { column_.name = std::move(name); }

  void add(std::string_view text) {
    const std::string word(trimmed(text));
    const auto [at, fresh] =
        places_.try_emplace(word, static_cast<std::uint32_t>(column_.words.size()));
    if (fresh) {
      column_.words.push_back(word);
    }
    column_.rows.push_back(at->second);
  }

  TextColumn column() && { return std::move(column_); }

 private:
  TextColumn column_;
  std::unordered_map<std::string, std::uint32_t> places_;
};

Result<std::vector<Words>> words_of(const std::vector<std::string>& header,
                                    const std::string& where) {
  std::vector<Words> columns;
  std::unordered_set<std::string> taken;
  for (std::size_t c = 0; c < header.size(); ++c) {
    const std::string name(csv_unguarded(trimmed(header[c])));
    if (name.empty() || !taken.insert(name).second) {
      return bad_input(name.empty() ? fmt::format("column {} has no name", c + 1)
                                    : column_called(name, c) + " twice",
                       where, "the first line must name every column, each name once");
    }
    columns.emplace_back(name);
  }
  return columns;
}

Result<TableText> whole(TableText text, std::vector<Words> columns) {
  if (text.rows() == 0) {
    return bad_input("the table has no line", text.file, "a table needs one line for each cell");
  }
  for (Words& words : columns) {
    text.columns.push_back(std::move(words).column());
  }
  return text;
}

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
  ASSIGN_OR_RETURN(CsvFile csv,
                   CsvFile::open(ByteStream::of(file), {.separator = options.separator}));
  return from_csv(std::move(csv), path.string());
}

Result<TableText> table_text(std::string csv, std::string file, const TextOptions& options) {
  ASSIGN_OR_RETURN(CsvFile opened, CsvFile::open(ByteStream::of(std::move(csv), file),
                                                 {.separator = options.separator}));
  return from_csv(std::move(opened), std::move(file));
}

}  // namespace parcours
