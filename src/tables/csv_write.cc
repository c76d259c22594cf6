#include <fmt/format.h>

#include <cmath>
#include <set>

#include "base/check.h"
#include "base/csv_text.h"
#include "tables/csv.h"

namespace parcours::tables {
namespace {

const std::set<std::string_view> own_columns = {"status", "patients", "mean"};

// Nothing when every column and code of the table can be told apart.
Status readable(const Table& table) {
  std::set<std::string_view> columns = own_columns;
  for (const Dimension& dimension : table.dimensions) {
    if (dimension.id.empty() || !columns.insert(dimension.id).second) {
      return bad_input(fmt::format("two columns have the name '{}'", dimension.id),
                       "table " + table.id, "give each variable its own name");
    }
    std::set<std::string_view> codes = {total_code, any_code};
    for (const Category& category : dimension.categories) {
      if (!codes.insert(category.code).second) {
        return bad_input(
            fmt::format("the code '{}' appears twice in {}", category.code, dimension.id),
            "table " + table.id,
            fmt::format("{} and {} are reserved for totals", total_code, any_code));
      }
    }
  }
  return {};
}

std::string line_of(const Table& table, std::size_t cell) {
  std::string line;
  const std::vector<std::size_t> places = table.places(cell);
  for (std::size_t d = 0; d < places.size(); ++d) {
    line += csv_field(table.dimensions[d].code(places[d])) + ',';
  }
  const Cell& known = table.cells[cell];
  const bool published = known.status == CellStatus::published;
  line += fmt::format("{},{}", word_of(known.status),
                      published ? fmt::to_string(known.patients) : std::string());
  if (table.mean_of) {
    line += published && known.mean ? fmt::format(",{}", *known.mean) : ",";
  }
  return line + '\n';
}

}  // namespace

Result<std::string> csv(const Table& table) {
  PARCOURS_CHECK(table.cells.size() == table.cell_count());
  RETURN_IF_ERROR(readable(table));
  std::string text;
  for (const Dimension& dimension : table.dimensions) {
    text += csv_field(dimension.id) + ',';
  }
  text += table.mean_of ? "status,patients,mean\n" : "status,patients\n";
  for (std::size_t cell = 0; cell < table.cells.size(); ++cell) {
    const std::optional<double>& mean = table.cells[cell].mean;
    PARCOURS_CHECK(!mean || std::isfinite(*mean));
    text += line_of(table, cell);
  }
  return text;
}

}  // namespace parcours::tables
