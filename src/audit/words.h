// The columns of a table file's text while they are read.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "audit/table_text.h"

namespace parcours::audit {

class Words {
 public:
  explicit Words(std::string name) { column_.name = std::move(name); }

  void add(std::string_view text);
  TextColumn column() && { return std::move(column_); }

 private:
  TextColumn column_;
  std::unordered_map<std::string, std::uint32_t> places_;
};

// A column for each name. An error where one has none, or two the same.
Result<std::vector<Words>> words_of(const std::vector<std::string>& header,
                                    const std::string& where);

// The text with these columns. An error where it has no line.
Result<TableText> whole(TableText text, std::vector<Words> columns);

}  // namespace parcours::audit
