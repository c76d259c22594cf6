#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <map>
#include <optional>
#include <utility>

#include "base/csv.h"
#include "base/csv_text.h"
#include "base/nearest.h"
#include "tables/csv.h"

namespace parcours::tables {
namespace {

constexpr std::size_t the_total = std::numeric_limits<std::size_t>::max();

template <class Number>
std::optional<Number> number(std::string_view text) {
  Number value{};
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc{} || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return value;
}

// What one line says.
struct Line {
  std::uint64_t number;
  std::vector<std::size_t> places;  // by dimension; the_total for its total
  Cell cell;
};

// Reads lines and collects the codes that they use.
class Lines {
 public:
  static Result<Lines> of(const std::vector<std::string>& header, std::string file) {
    Lines lines(std::move(file));
    for (std::size_t c = 0; c < header.size(); ++c) {
      RETURN_IF_ERROR(lines.add_column(std::string(csv_unguarded(header[c])), c));
    }
    for (const char* needed : {"status", "patients"}) {
      if (!lines.own_.contains(needed)) {
        return bad_input(fmt::format("no column '{}'", needed), lines.file_,
                         "a table has one column for each variable, then status and patients");
      }
    }
    return lines;
  }

  Result<Line> read(const CsvRows& rows) {
    const std::string where = fmt::format("{}:{}", file_, rows.line());
    if (rows.defect() != CsvDefect::none) {
      return bad_input(std::string(to_string(rows.defect())), where);
    }
    Line line{rows.line(), {}, {}};
    for (std::size_t d = 0; d < columns_.size(); ++d) {
      ASSIGN_OR_RETURN(const std::size_t place,
                       place_of(d, csv_unguarded(rows.field(columns_[d])), where));
      line.places.push_back(place);
    }
    const auto mean = own_.find("mean");
    ASSIGN_OR_RETURN(
        line.cell,
        cell_of(rows.field(own_.at("status")), rows.field(own_.at("patients")),
                mean == own_.end() ? std::string_view() : rows.field(mean->second), where));
    return line;
  }

  // The table's dimensions. Errors: one without a total, or with both kinds.
  Result<std::vector<Dimension>> dimensions() && {
    for (std::size_t d = 0; d < dimensions_.size(); ++d) {
      const auto [sum, any] = totals_[d];
      if (sum == any) {
        return bad_input(
            fmt::format("{} for '{}'", sum ? "two kinds of total" : "no total", dimensions_[d].id),
            file_,
            fmt::format("give each variable one total: {} (the sum of its categories) or {} (the "
                        "patients in any of them)",
                        total_code, any_code));
      }
      dimensions_[d].additive = sum;
    }
    return std::move(dimensions_);
  }

  bool has_mean() const { return own_.contains("mean"); }

 private:
  explicit Lines(std::string file) : file_(std::move(file)) {}

  Status add_column(const std::string& name, std::size_t column) {
    const bool own = name == "status" || name == "patients" || name == "mean";
    const auto same = [&](const Dimension& dimension) { return dimension.id == name; };
    if (name.empty() || own_.contains(name) || std::ranges::any_of(dimensions_, same)) {
      return bad_input(
          name.empty() ? "a column has no name" : column_called(name, column) + " twice",
          file_ + ":1", "give each column its own name");
    }
    if (own) {
      own_[name] = column;
    } else {
      columns_.push_back(column);
      dimensions_.push_back({name, {}, {}, true});
      codes_.emplace_back();
      totals_.push_back({false, false});
    }
    return {};
  }

  Result<std::size_t> place_of(std::size_t d, std::string_view code, const std::string& where) {
    if (code == total_code || code == any_code) {
      (code == total_code ? totals_[d].first : totals_[d].second) = true;
      return the_total;
    }
    const auto known = codes_[d].find(code);
    if (known != codes_[d].end()) {
      return known->second;
    }
    if (dimensions_[d].categories.size() == std::size_t{1} << 24) {
      return bad_input("a column has too many codes", where);
    }
    dimensions_[d].categories.push_back({std::string(code), {}});
    return codes_[d].emplace(code, codes_[d].size()).first->second;
  }

  static Result<Cell> cell_of(std::string_view status, std::string_view patients,
                              std::string_view mean, const std::string& where) {
    if (status == confidential_word) {
      if (!patients.empty() || !mean.empty()) {
        return bad_input("a confidential cell has a figure", where,
                         "leave its patients and its mean empty");
      }
      return Cell{};
    }
    if (status != published_word) {
      static const std::array<std::string, 2> known = {published_word, confidential_word};
      return bad_input("unknown status", where, nearest_hint(status, known));
    }
    Cell cell{CellStatus::published, 0, {}};
    const std::optional<std::int64_t> count = number<std::int64_t>(patients);
    if (!count || *count < 0) {
      return bad_input("a published cell has no number of patients", where,
                       "write a whole number, 0 or more");
    }
    cell.patients = *count;
    if (!mean.empty()) {
      cell.mean = number<double>(mean);
      if (!cell.mean || !std::isfinite(*cell.mean)) {
        return bad_input("the mean is not a number", where, "write it as 6.25, or leave it empty");
      }
    }
    return cell;
  }

  std::string file_;
  std::map<std::string, std::size_t, std::less<>> own_;  // status, patients, mean: their columns
  std::vector<std::size_t> columns_;                     // by dimension
  std::vector<Dimension> dimensions_;
  std::vector<std::map<std::string, std::size_t, std::less<>>> codes_;  // by dimension: the places
  std::vector<std::pair<bool, bool>> totals_;  // by dimension: whether it was seen as sum, as any
};

// Every line's cell at its place. Errors: a cell twice, or not at all.
Result<std::vector<Cell>> laid_out(const Table& table, const std::vector<Line>& lines,
                                   const std::string& file) {
  std::size_t cells = 1;
  for (const Dimension& dimension : table.dimensions) {
    // More cells than lines are an error below; the product must only not overflow.
    cells = cells > lines.size() ? cells : cells * dimension.places();
  }
  std::vector<std::uint64_t> line_of(std::min(cells, lines.size()), 0);
  std::vector<Cell> laid(line_of.size());
  if (cells <= lines.size()) {
    for (const Line& line : lines) {
      std::vector<std::size_t> places = line.places;
      for (std::size_t d = 0; d < places.size(); ++d) {
        places[d] = std::min(places[d], table.dimensions[d].total());
      }
      const std::size_t at = table.index(places);
      if (line_of[at] != 0) {
        return bad_input("a cell appears twice", fmt::format("{}:{}", file, line.number),
                         fmt::format("it is already in line {}", line_of[at]));
      }
      line_of[at] = line.number;
      laid[at] = line.cell;
    }
  }
  if (cells != lines.size()) {
    return bad_input(fmt::format("the table has {} lines, but its codes make {}{} cells",
                                 lines.size(), cells > lines.size() ? "at least " : "", cells),
                     file,
                     "write each combination of codes and totals once, also those with no "
                     "patients");
  }
  return laid;
}

Result<Table> table_of(CsvFile csv_file, const std::filesystem::path& path) {
  const std::string file = path.string();
  ASSIGN_OR_RETURN(Lines reader, Lines::of(csv_file.header().reveal(), file));
  CsvRows rows(csv_file.separator(), csv_file.header().size());
  std::vector<Line> lines;
  RETURN_IF_ERROR(for_rows(csv_file, rows, [&]() -> Status {
    ASSIGN_OR_RETURN(Line line, reader.read(rows));
    lines.push_back(std::move(line));
    return {};
  }));
  Table table;
  table.id = path.stem().string();
  if (reader.has_mean()) {
    table.mean_of = Label{};
  }
  ASSIGN_OR_RETURN(table.dimensions, std::move(reader).dimensions());
  ASSIGN_OR_RETURN(table.cells, laid_out(table, lines, file));
  return table;
}

}  // namespace

Result<Table> read_table(const std::filesystem::path& file) {
  ASSIGN_OR_RETURN(CsvFile csv_file, CsvFile::open(file));
  return table_of(std::move(csv_file), file);
}

Result<Table> parse_table(std::string text, const std::filesystem::path& file) {
  ASSIGN_OR_RETURN(CsvFile csv_file, CsvFile::open(ByteStream::of(std::move(text), file.string())));
  return table_of(std::move(csv_file), file);
}

}  // namespace parcours::tables
