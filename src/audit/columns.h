// The role of each column of a table. For understand()'s own use.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "audit/reading.h"
#include "audit/table_text.h"
#include "base/error.h"

namespace parcours::audit {

// A column that may say that a line is hidden.
struct StatusColumn {
  std::size_t column = 0;
  bool confidentiality = false;  // of SDMX's code list CONF_STATUS
};

struct TableColumns {
  std::vector<std::size_t> dimensions;
  std::size_t value = 0;
  std::vector<StatusColumn> statuses;
  std::optional<std::size_t> base;     // of percentages, where it is a column
  std::vector<tables::Label> guessed;  // sentences (assumed.h)
  bool of_release = false;             // parcours release wrote the table
};

// As the user named them; what was not named by usual names, English and French, and the value as
// well by being the one column of numbers. All columns left are dimensions, but for one that says
// line by line the same as another: its labels. Columns that SDMX-CSV has beside every table, and
// those of other figures ("ratio", "denominator"), are no dimensions either.
Result<TableColumns> find_columns(const TableText& text, const Reading& reading);

}  // namespace parcours::audit
