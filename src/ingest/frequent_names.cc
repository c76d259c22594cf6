#include "ingest/frequent_names.h"

#include <string>
#include <unordered_map>

#include "base/check.h"
#include "vocabulary/text_table.h"

namespace parcours::ingest {
std::string_view frequent_names_csv();  // frequent_names.csv
}  // namespace parcours::ingest

namespace parcours::ingest {
namespace {

std::unordered_map<std::string, FrequentName> read_frequent_names() {
  const Result<vocabulary::TextTable> table =
      vocabulary::parse_text_table(frequent_names_csv(), "frequent_names.csv");
  PARCOURS_CHECK(table);
  std::unordered_map<std::string, FrequentName> names;
  for (const vocabulary::TextTable::Row& row : table->rows) {
    PARCOURS_CHECK(row.fields.size() == 3);
    const std::string& use = row.fields[1];
    names[row.fields[0]] = {use == "first"    ? NameUse::first
                            : use == "family" ? NameUse::family
                                              : NameUse::both,
                            row.fields[2] == "yes", row.fields[2] == "beside"};
  }
  return names;
}

}  // namespace

FrequentName frequent_name(std::string_view folded_word) {
  static const std::unordered_map<std::string, FrequentName> names = read_frequent_names();
  const auto found = names.find(std::string(folded_word));
  return found == names.end() ? FrequentName{} : found->second;
}

}  // namespace parcours::ingest
