#include "microdata/stand_ins.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "base/stand_ins.h"

namespace parcours::microdata {

std::vector<StandIn> stand_ins(const Microdata& data) {
  std::vector<StandIn> found;
  for (const MicrodataColumn& column : data.columns) {
    std::vector<std::string_view> texts;
    for (std::uint32_t code = 0; code < column.dictionary.size(); ++code) {
      texts.push_back(column.dictionary.reveal(code));
    }
    for (const std::uint32_t code : parcours::stand_ins(texts)) {
      const auto records = std::ranges::count(column.codes, code);
      found.push_back({column.name, std::string(texts[code]), static_cast<std::uint64_t>(records)});
    }
  }
  return found;
}

Microdata without_stand_ins(Microdata data, const std::vector<StandIn>& found) {
  for (MicrodataColumn& column : data.columns) {
    std::set<std::string_view> values;
    for (const StandIn& one : found) {
      if (one.column == column.name) {
        values.insert(one.value);
      }
    }
    if (values.empty()) {
      continue;
    }
    // Codes are in the order in which the texts came, so they are given anew.
    Dictionary texts;
    for (std::uint32_t& code : column.codes) {
      const std::string_view text = column.dictionary.reveal(code);
      code = texts.add(values.contains(text) ? std::string_view() : text);
    }
    column.dictionary = std::move(texts);
  }
  return data;
}

}  // namespace parcours::microdata
