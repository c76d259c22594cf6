#include "vocabulary/snomed_meaning.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>

#include "base/check.h"
#include "vocabulary/text_table.h"

namespace parcours::vocabulary {

std::string_view snomed_meanings_csv();  // snomed_meanings.csv

namespace {

using Meanings = std::unordered_map<std::string, SnomedMeaning>;

Meanings read_meanings() {
  constexpr std::array<std::string_view, 6> words = {"",       "none", "absent",
                                                     "unsure", "sure", "error"};  // as the enum
  const Result<TextTable> table = parse_text_table(snomed_meanings_csv(), "snomed_meanings.csv");
  PARCOURS_CHECK(table);
  Meanings meanings;
  for (const TextTable::Row& row : table->rows) {
    PARCOURS_CHECK(row.fields.size() == 3);
    const auto word = std::ranges::find(words, row.fields[1]);
    PARCOURS_CHECK(word != words.end());
    const bool fresh =
        meanings.emplace(row.fields[0], static_cast<SnomedMeaning>(word - words.begin())).second;
    PARCOURS_CHECK(fresh);
  }
  return meanings;
}

}  // namespace

SnomedMeaning snomed_meaning(std::string_view code) {
  static const Meanings meanings = read_meanings();
  const auto found = meanings.find(std::string(code));
  return found == meanings.end() ? SnomedMeaning::nothing : found->second;
}

}  // namespace parcours::vocabulary
