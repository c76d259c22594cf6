#include "audit/eurostat_tsv.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "audit/words.h"
#include "base/csv_text.h"
#include "base/letters.h"

namespace parcours::audit {
namespace {

std::vector<std::string> cut_at_commas(std::string_view text) {
  std::vector<std::string> parts;
  for (std::size_t at = 0;;) {
    const std::size_t comma = text.find(',', at);
    parts.emplace_back(trimmed(text.substr(at, comma - at)));
    if (comma == std::string_view::npos) {
      return parts;
    }
    at = comma + 1;
  }
}

// "12 p" is 12 with the flag p.
std::pair<std::string_view, std::string_view> figure_and_flags(std::string_view cell) {
  const std::size_t blank = cell.find(' ');
  return blank == std::string_view::npos
             ? std::pair(cell, std::string_view())
             : std::pair(cell.substr(0, blank), trimmed(cell.substr(blank)));
}

}  // namespace

bool is_eurostat_tsv(std::string_view first_line) {
  const std::string_view first = first_line.substr(0, first_line.find('\t'));
  const std::size_t backslash = first.find('\\');
  return first.size() < first_line.size() && backslash != std::string_view::npos && backslash > 0 &&
         backslash + 1 < trimmed(first).size();
}

Result<TableText> from_eurostat_tsv(CsvFile csv, std::string file) {
  TableText text{std::move(file), {}, {}, true, true};
  const std::vector<std::string> header = csv.header().reveal();
  const std::size_t backslash = header[0].find('\\');
  std::vector<std::string> names = cut_at_commas(std::string_view(header[0]).substr(0, backslash));
  const std::size_t dimensions = names.size();
  names.emplace_back(trimmed(std::string_view(header[0]).substr(backslash + 1)));
  names.insert(names.end(), {"OBS_VALUE", "OBS_FLAG"});
  ASSIGN_OR_RETURN(std::vector<Words> columns, words_of(names, text.file + ":1"));
  CsvRows rows(csv.separator(), header.size());
  RETURN_IF_ERROR(for_rows(csv, rows, [&]() -> Status {
    const std::string where = fmt::format("{}:{}", text.file, rows.line());
    if (rows.defect() != CsvDefect::none) {
      return bad_input(std::string(to_string(rows.defect())), where);
    }
    const std::vector<std::string> codes = cut_at_commas(rows.field(0));
    if (codes.size() != dimensions) {
      return bad_input(fmt::format("{} codes in the first column", codes.size()), where,
                       fmt::format("its name has {}, with commas between them", dimensions));
    }
    for (std::size_t c = 1; c < header.size(); ++c) {
      const std::string cell(trimmed(rows.field(c)));
      const auto [figure, flags] = figure_and_flags(cell);
      for (std::size_t d = 0; d < dimensions; ++d) {
        columns[d].add(codes[d]);
      }
      columns[dimensions].add(header[c]);
      columns[dimensions + 1].add(figure);
      columns[dimensions + 2].add(flags);
      text.lines.push_back(rows.line());
    }
    return {};
  }));
  return whole(std::move(text), std::move(columns));
}

}  // namespace parcours::audit
