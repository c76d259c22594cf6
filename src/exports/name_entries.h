// What columns are usually called, and what a column of that name is: for name_says() alone.
#pragma once

#include <string_view>
#include <vector>

#include "base/text.h"
#include "exports/column_role.h"

namespace parcours::exports {

struct NameEntry {
  enum class Where { whole, within };  // the name is just that, or holds these words in a row

  ColumnRole role;
  Text meaning;
  Where where;
  std::vector<std::string_view> names;  // words with spaces between, likeliest first
  bool registered = false;
};

// In this order: the first entry that fits a name says what it is.
const std::vector<NameEntry>& name_entries();

}  // namespace parcours::exports
