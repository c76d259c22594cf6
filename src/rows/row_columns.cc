#include "rows/row_columns.h"

namespace parcours {

std::vector<duck::Column> duck_columns(std::span<const RowColumn> columns, Calendar calendar) {
  std::vector<duck::Column> all;
  all.reserve(columns.size());
  for (const RowColumn& column : columns) {
    const bool numbered = column.type == duck::Type::date && calendar != Calendar::dates;
    all.push_back({column.name, numbered ? duck::Type::integer : column.type});
  }
  return all;
}

}  // namespace parcours
