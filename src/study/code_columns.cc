#include "study/code_columns.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/nearest.h"
#include "study/labels.h"
#include "study/plan.h"
#include "vocabulary/levels.h"

namespace parcours::study {
namespace {

// What the vault has instead: the nearest codes of the kind, or its kinds.
std::string nearest_codes(const vocabulary::Pattern& pattern, const vocabulary::CodeBook& book) {
  std::set<std::string> codes;
  std::set<std::string> kinds_there;
  for (vocabulary::CodeId id = 0; id < book.size(); ++id) {
    const vocabulary::Code& code = book.at(id);
    if (code.kind) {
      kinds_there.insert(vocabulary::kinds()[*code.kind]);
      if (pattern.kind == code.kind) {
        codes.insert(vocabulary::to_string(code));
      }
    }
  }
  if (codes.empty()) {
    return kinds_there.empty()
               ? "the vault has no events"
               : fmt::format("kinds of events in the vault: {}", fmt::join(kinds_there, ", "));
  }
  const std::vector<std::string> known(codes.begin(), codes.end());
  vocabulary::Pattern plain = pattern;
  plain.prefix = false;
  return nearest_hint(vocabulary::to_string(plain), known);
}

}  // namespace

Result<std::vector<vocabulary::CodeId>> matching_codes(const vocabulary::Pattern& pattern,
                                                       const vocabulary::CodeBook& book,
                                                       const std::string& where) {
  std::vector<vocabulary::CodeId> found;
  for (vocabulary::CodeId id = 0; id < book.size(); ++id) {
    if (vocabulary::matches(pattern, book.at(id))) {
      found.push_back(id);
    }
  }
  if (found.empty()) {
    return bad_input(
        fmt::format("no code in the vault matches '{}'", vocabulary::to_string(pattern)), where,
        nearest_codes(pattern, book));
  }
  return found;
}

std::vector<vocabulary::CodeId> places_of(const vocabulary::CodeBook& book) {
  std::vector<vocabulary::CodeId> found;
  for (vocabulary::CodeId id = 0; id < book.size(); ++id) {
    if (book.at(id).place()) {
      found.push_back(id);
    }
  }
  return found;
}

Result<CodeColumns> columns_at(std::span<const vocabulary::CodeId> codes, const std::string& level,
                               bool name_kinds, const vocabulary::CodeBook& book,
                               const vocabulary::Vocabulary& vocabulary, const std::string& where) {
  // By code as shown, then system: the order of the columns.
  std::map<std::pair<std::string, std::string>,
           std::pair<tables::Label, std::vector<vocabulary::CodeId>>>
      columns;
  std::map<std::string, std::set<std::string>> systems;  // of a code as shown
  for (const vocabulary::CodeId id : codes) {
    const vocabulary::Code& code = book.at(id);
    const auto raised =
        vocabulary::at_level(code.system, code.code, level.empty() ? "code" : level);
    if (!raised) {
      return bad_input(fmt::format("'{}' belongs to the code system '{}', which has no level '{}'",
                                   vocabulary::to_string(code), code.system, level),
                       where, nearest_hint(level, vocabulary::levels_of(code.system)));
    }
    const bool with_kind = name_kinds && code.kind;
    const std::string shown =
        vocabulary::to_string(vocabulary::Code{with_kind ? code.kind : std::nullopt, "", *raised});
    auto& column = columns[{shown, code.system}];
    if (column.second.empty()) {
      column.first = code_label(vocabulary, code.system, level, *raised);
      if (with_kind) {
        const tables::Label kind = kind_label(*code.kind);
        column.first = {kind.en + ": " + column.first.en, kind.fr + " : " + column.first.fr};
      }
    }
    column.second.push_back(id);
    systems[shown].insert(code.system);
  }
  CodeColumns made;
  made.column_of_code.assign(book.size(), no_column);
  for (const auto& [key, column] : columns) {
    const bool alone = systems[key.first].size() == 1;
    for (const vocabulary::CodeId id : column.second) {
      made.column_of_code[id] = static_cast<std::uint32_t>(made.categories.size());
    }
    made.categories.push_back({alone ? key.first : key.second + "/" + key.first, column.first});
  }
  return made;
}

}  // namespace parcours::study
