#include "audit/words.h"

#include <fmt/format.h>

#include <unordered_set>
#include <utility>

#include "base/column_names.h"
#include "base/csv_text.h"
#include "base/letters.h"

namespace parcours::audit {

void Words::add(std::string_view text) {
  const std::string word(trimmed(text));
  const auto [at, fresh] =
      places_.try_emplace(word, static_cast<std::uint32_t>(column_.words.size()));
  if (fresh) {
    column_.words.push_back(word);
  }
  column_.rows.push_back(at->second);
}

Result<std::vector<Words>> words_of(const std::vector<std::string>& header,
                                    const std::string& where) {
  std::vector<Words> columns;
  std::unordered_set<std::string> taken;
  for (std::size_t c = 0; c < header.size(); ++c) {
    const std::string name(csv_unguarded(trimmed(header[c])));
    if (name.empty() || !taken.insert(name).second) {
      return bad_input(name.empty() ? fmt::format("column {} has no name", c + 1)
                                    : column_called(name, c) + " twice",
                       where, "the first line must name every column, each name once");
    }
    columns.emplace_back(name);
  }
  return columns;
}

Result<TableText> whole(TableText text, std::vector<Words> columns) {
  if (text.rows() == 0) {
    return bad_input("the table has no line", text.file, "a table needs one line for each cell");
  }
  for (Words& words : columns) {
    text.columns.push_back(std::move(words).column());
  }
  return text;
}

}  // namespace parcours::audit
