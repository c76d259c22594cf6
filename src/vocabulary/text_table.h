// A small table, such as a nomenclature file: a header, then rows of fields.
//
// The file may be UTF-8 or Latin-1 (judged line by line, since some files mix them), with or
// without a byte order mark. The separator is the one of ; , and tab that the header has most of.
// Fields may be in quotes, and lines may end in CR LF. The whole table is held in memory.
//
//   CIM_COD;CIM_LIB            header = {"CIM_COD", "CIM_LIB"}
//   J450;Asthme allergique     rows[0] = {.line = 2, .fields = {"J450", "Asthme allergique"}}
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace parcours::vocabulary {

struct TextTable {
  struct Row {
    std::size_t line = 0;             // where the row begins; the header's is 1
    std::vector<std::string> fields;  // UTF-8
  };

  std::vector<std::string> header;
  std::vector<Row> rows;  // as many fields as each has; empty lines are none

  // The place of a column; an error names `file` and the nearest column that there is.
  Result<std::size_t> column(std::string_view name, const std::string& file) const;
};

// Errors: a table without a header, a quote that is not closed, a NUL byte. `file` is what they
// name.
Result<TextTable> parse_text_table(std::string_view text, const std::string& file);

}  // namespace parcours::vocabulary
