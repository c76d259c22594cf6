#include "microdata/read_microdata.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "exports/column_sql.h"
#include "exports/interruption.h"
#include "microdata/coded_columns.h"

namespace parcours::microdata {
namespace {

Result<std::size_t> place_of(const exports::ExportFile& file, const std::string& name,
                             std::string_view role) {
  ASSIGN_OR_RETURN(const exports::ExportColumn column, file.column(name, role));
  const auto found = std::ranges::find(file.columns(), column.name, &exports::ExportColumn::name);
  return static_cast<std::size_t>(found - file.columns().begin());
}

// The places of the columns to read; the weight's, if there is one, comes last.
Result<std::vector<std::size_t>> places(const exports::ExportFile& file, const ReadMicrodata& how) {
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

Result<Microdata> read_sql_columns(exports::ExportFile& file, const CodedColumnsWanted& wanted,
                                   Progress& progress, const Stop& stop) {
  std::string list;
  Microdata data;
  for (const std::size_t place : wanted.columns) {
    const exports::ExportColumn& column = file.columns()[place];
    list += (list.empty() ? "" : ", ") + exports::text_sql(column);
    data.columns.push_back({.name = column.name});
  }
  ASSIGN_OR_RETURN(exports::ExportFile ordered, file.again(wanted.threads, true));
  const exports::Interruption interruption(ordered.connection(), stop);
  progress.begin("reading the lines", 0);
  ASSIGN_OR_RETURN(duck::Stream rows,
                   ordered.query("SELECT " + list + " FROM " + ordered.source()));
  RETURN_IF_ERROR(duck::for_chunks(rows, [&] {
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
  }));
  progress.end();
  return data;
}

Result<Microdata> read_microdata(exports::ExportFile& file, const ReadMicrodata& how,
                                 Progress& progress, const Stop& stop) {
  Dictionary missing;
  for (const std::string& text : how.missing) {
    missing.add(text);
  }
  ASSIGN_OR_RETURN(const std::vector<std::size_t> columns, places(file, how));
  const CodedColumnsWanted wanted{columns, missing, how.threads};
  ASSIGN_OR_RETURN(std::optional<Microdata> data, read_csv_columns(file, wanted, progress, stop));
  if (!data) {
    ASSIGN_OR_RETURN(data, read_sql_columns(file, wanted, progress, stop));
  }
  if (data->records == 0) {
    return bad_input("the file holds no record", file.path().string());
  }
  if (!how.weight.empty()) {
    RETURN_IF_ERROR(take_weights(*data, file.path().string()));
  }
  return *std::move(data);
}

}  // namespace parcours::microdata
