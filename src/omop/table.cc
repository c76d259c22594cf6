#include "omop/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/letters.h"
#include "vocabulary/omop_tables.h"

namespace parcours::omop {

// Those of patients, practices and names of concepts are besides those with events.
bool is_table(std::string_view name) {
  constexpr std::array<std::string_view, 4> others = {"concept", "location", "care_site",
                                                      "provider"};
  return std::ranges::find(others, name) != others.end() || vocabulary::omop_table(name) == name;
}

std::string table_of_file(const std::filesystem::path& file) {
  std::string name = vocabulary::omop_stem(file.filename().string());
  return is_table(name) ? name : "";
}

Result<std::vector<std::size_t>> places_of(const TablePart& part,
                                           const std::vector<std::string>& names,
                                           const std::vector<std::string>& columns,
                                           std::size_t needed) {
  std::vector<std::size_t> places;
  for (const std::string& column : columns) {
    const auto found = std::ranges::find_if(
        names, [&](const std::string& name) { return lower(trimmed(name)) == column; });
    if (found == names.end() && places.size() < needed) {
      return bad_input(fmt::format("the table {} has no column '{}'", part.table, column),
                       part.place,
                       "OMOP's Common Data Model 5.3 or 5.4 has it; does the file hold another "
                       "table, or no line of column names?");
    }
    places.push_back(column.empty() || found == names.end()
                         ? no_place
                         : static_cast<std::size_t>(found - names.begin()));
  }
  return places;
}

}  // namespace parcours::omop
