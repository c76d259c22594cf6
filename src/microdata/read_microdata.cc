#include "microdata/read_microdata.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <fstream>
#include <optional>

#include "exports/column_sql.h"
#include "exports/interruption.h"
#include "microdata/coded_columns.h"

namespace parcours {
namespace {

Result<std::size_t> place_of(const ExportFile& file, const std::string& name,
                             std::string_view role) {
  ASSIGN_OR_RETURN(const ExportColumn column, file.column(name, role));
  const auto found = std::ranges::find(file.columns(), column.name, &ExportColumn::name);
  return static_cast<std::size_t>(found - file.columns().begin());
}

// The places of the columns to read; the weight's, if there is one, comes last.
Result<std::vector<std::size_t>> places(const ExportFile& file, const ReadMicrodata& how) {
  std::vector<std::size_t> result;
  for (const std::string& name : how.columns) {
    ASSIGN_OR_RETURN(const std::size_t place, place_of(file, name, "the microdata"));
    result.push_back(place);
  }
  if (how.columns.empty()) {
    for (std::size_t place = 0; place < file.columns().size(); ++place) {
      result.push_back(place);
    }
  }
  if (!how.weight.empty()) {
    ASSIGN_OR_RETURN(const std::size_t weight, place_of(file, how.weight, "the weight"));
    std::erase(result, weight);
    result.push_back(weight);
  }
  return result;
}

// Takes the last column off and reads it as weights.
Status take_weights(Microdata& data, const std::string& path) {
  const MicrodataColumn column = std::move(data.columns.back());
  data.columns.pop_back();
  std::vector<double> values;
  for (std::uint32_t code = 0; code < column.dictionary.size(); ++code) {
    const std::string_view text = column.dictionary.reveal(code);
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = error == std::errc() && end == text.data() + text.size();
    values.push_back(whole && std::isfinite(value) && value > 0 ? value : 0);
  }
  std::size_t bad = 0;
  data.weights.reserve(data.records);
  for (const std::uint32_t code : column.codes) {
    data.weights.push_back(values[code]);
    bad += values[code] == 0 ? 1 : 0;
  }
  if (bad > 0) {
    return bad_input(
        fmt::format("{} weights in column '{}' are not positive numbers", bad, column.name), path,
        "a weight says how many people the line stands for");
  }
  return {};
}

}  // namespace

Result<Microdata> read_sql_columns(ExportFile& file, const CodedColumnsWanted& wanted,
                                   Progress& progress, const Stop& stop) {
  std::string list;
  Microdata data;
  for (const std::size_t place : wanted.columns) {
    const ExportColumn& column = file.columns()[place];
    list += (list.empty() ? "" : ", ") + text_sql(column);
    data.columns.push_back({.name = column.name});
  }
  RETURN_IF_ERROR(file.connection().run("SET preserve_insertion_order = true"));
  const Interruption interruption(file.connection(), stop);
  progress.begin("reading the lines", 0);
  ASSIGN_OR_RETURN(duck::Stream rows, file.query("SELECT " + list + " FROM " + file.source()));
  while (true) {
    ASSIGN_OR_RETURN(const bool more, rows.next());
    if (!more) {
      break;
    }
    for (std::size_t i = 0; i < data.columns.size(); ++i) {
      MicrodataColumn& column = data.columns[i];
      const bool nulls = rows.validity(i) != nullptr;
      for (std::size_t row = 0; row < rows.rows(); ++row) {
        const std::string_view text =
            nulls && rows.null(i, row) ? std::string_view{} : rows.text(i, row);
        column.codes.push_back(
            column.dictionary.add(wanted.missing.find(text) ? std::string_view{} : text));
      }
    }
    data.records += rows.rows();
    progress.add(rows.rows());
  }
  progress.end();
  return data;
}

namespace {

// What is the same whoever has read the columns.
Result<Microdata> finished(Microdata data, const ReadMicrodata& how, const std::string& path) {
  if (data.records == 0) {
    return bad_input("the file holds no record", path);
  }
  if (!how.weight.empty()) {
    RETURN_IF_ERROR(take_weights(data, path));
  }
  return data;
}

Dictionary texts_of(const std::vector<std::string>& list) {
  Dictionary texts;
  for (const std::string& text : list) {
    texts.add(text);
  }
  return texts;
}

// The places of the columns in a header that names each of them once; nothing where it does not, or is
// hardly a header.
std::optional<std::vector<std::size_t>> places_in(const std::vector<std::string>& header,
                                                  const ReadMicrodata& how) {
  const bool names = std::ranges::none_of(header, [&](const std::string& name) {
    return name.empty() || std::ranges::count(header, name) > 1;
  });
  if (!names || header.size() < 2) {
    return std::nullopt;
  }
  std::vector<std::size_t> result;
  std::vector<std::string> wanted = how.columns.empty() ? header : how.columns;
  if (!how.weight.empty()) {
    std::erase(wanted, how.weight);
    wanted.push_back(how.weight);
  }
  for (const std::string& name : wanted) {
    const auto found = std::ranges::find(header, name);
    if (found == header.end()) {
      return std::nullopt;
    }
    result.push_back(static_cast<std::size_t>(found - header.begin()));
  }
  return result;
}

bool may_be_csv(const std::filesystem::path& path) {
  std::array<char, 4> first{};
  std::ifstream file(path, std::ios::binary);
  file.read(first.data(), first.size());
  return file.gcount() == first.size() && std::string_view(first.data(), first.size()) != "PAR1";
}

}  // namespace

Result<Microdata> read_microdata(ExportFile& file, const ReadMicrodata& how, Progress& progress,
                                 const Stop& stop) {
  const Dictionary missing = texts_of(how.missing);
  ASSIGN_OR_RETURN(const std::vector<std::size_t> columns, places(file, how));
  const CodedColumnsWanted wanted{columns, missing, how.threads};
  // DuckDB sees columns that the project's reader does not where lines stand before the header, the
  // separator is a rare one or names come twice.
  if (file.source().starts_with("read_csv")) {
    Result<CsvFile> csv = CsvFile::open(file.path());
    if (csv && std::ranges::equal(csv->header(), file.columns(), {}, {}, &ExportColumn::name)) {
      ASSIGN_OR_RETURN(Microdata data,
                       read_csv_columns(*std::move(csv), file.path(), wanted, progress, stop));
      return finished(std::move(data), how, file.path().string());
    }
  }
  ASSIGN_OR_RETURN(Microdata data, read_sql_columns(file, wanted, progress, stop));
  return finished(std::move(data), how, file.path().string());
}

Result<Microdata> read_microdata(const std::filesystem::path& path, const ReadMicrodata& how,
                                 Progress& progress, const Stop& stop) {
  if (may_be_csv(path)) {
    Result<CsvFile> csv = CsvFile::open(path);
    const auto columns = csv ? places_in(csv->header(), how) : std::nullopt;
    if (columns) {
      const Dictionary missing = texts_of(how.missing);
      Result<Microdata> data =
          read_csv_columns(*std::move(csv), path, {*columns, missing, how.threads}, progress, stop);
      if (data) {
        return finished(*std::move(data), how, path.string());
      }
      if (data.error().fault == Fault::stopped) {
        return data;
      }
    }
  }
  // Whatever is odd about it: DuckDB may see it, or the error is told as everywhere.
  ASSIGN_OR_RETURN(ExportFile file, ExportFile::open(path, how.threads));
  return read_microdata(file, how, progress, stop);
}

}  // namespace parcours
