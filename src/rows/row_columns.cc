#include "rows/row_columns.h"

namespace parcours::rows {

std::vector<columns::Column> typed_columns(std::span<const RowColumn> columns, Calendar calendar) {
  std::vector<columns::Column> all;
  all.reserve(columns.size());
  for (const RowColumn& column : columns) {
    const bool numbered = column.type == columns::Type::date && calendar != Calendar::dates;
    all.push_back({column.name, numbered ? columns::Type::integer : column.type});
  }
  return all;
}

}  // namespace parcours::rows
