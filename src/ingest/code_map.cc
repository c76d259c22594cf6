#include "ingest/code_map.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/files.h"
#include "base/letters.h"
#include "ingest/registry.h"
#include "vocabulary/text_table.h"

namespace parcours::ingest {
namespace {

Result<std::size_t> place_of(const MapColumn& column, const vocabulary::TextTable& table,
                             const std::string& file) {
  if (column.number == 0) {
    return table.column(column.name, file);
  }
  if (column.number > table.header.size()) {
    return bad_input(fmt::format("there is no column {}", column.number), file,
                     fmt::format("its first line has {}", table.header.size()));
  }
  return column.number - 1;
}

bool may_be(const vocabulary::CodeSystem& system, std::string_view code) {
  return !code.empty() && code.size() <= longest_code &&
         (system.form.empty() || vocabulary::has_form(system, code));
}

}  // namespace

const std::string* CodeMap::find(std::string_view code) const {
  const auto found = codes.find(std::string(code));
  return found == codes.end() || found->second.empty() ? nullptr : &found->second;
}

Status read_codes(CodeMap& map, const vocabulary::CodeSystem& from,
                  const vocabulary::CodeSystem& to) {
  constexpr std::size_t most_bytes = std::size_t{1} << 28;
  const std::string file = map.file.string();
  ASSIGN_OR_RETURN(const std::string text, read_file(map.file, most_bytes));
  ASSIGN_OR_RETURN(const vocabulary::TextTable table, vocabulary::parse_text_table(text, file));
  ASSIGN_OR_RETURN(const std::size_t from_at, place_of(map.from_column, table, file));
  ASSIGN_OR_RETURN(const std::size_t to_at, place_of(map.to_column, table, file));
  const auto take = [&](const std::vector<std::string>& fields) {
    if (fields.size() <= std::max(from_at, to_at)) {
      return;
    }
    const std::string_view source = trimmed(fields[from_at]);
    const std::string_view target = trimmed(fields[to_at]);
    if (!may_be(from, source) || !may_be(to, target)) {
      return;
    }
    const auto [code, fresh] = map.codes.try_emplace(std::string(source), target);
    if (!fresh && code->second != target) {
      code->second.clear();  // two codes: the file does not say which
    }
  };
  if (map.from_column.number > 0) {
    take(table.header);
  }
  for (const vocabulary::TextTable::Row& row : table.rows) {
    take(row.fields);
  }
  if (map.codes.empty()) {
    return bad_input(fmt::format("no row maps a code of '{}' to one of '{}'", map.from, map.to),
                     file, "check from_column and to_column");
  }
  return {};
}

}  // namespace parcours::ingest
