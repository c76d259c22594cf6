#include "risk/fact_sql.h"

#include <fmt/format.h>

#include "duck/duck.h"
#include "exports/column_sql.h"

namespace parcours {

std::string sex_sql(const ExportColumn& column, Sex sex) {
  return fmt::format("lower(trim({})) IN ({})", text_sql(column),
                     sex == Sex::female ? "'f', 'female', 'femme', 'woman', '2'"
                                        : "'m', 'male', 'h', 'homme', 'man', '1'");
}

std::vector<std::string> kind_words(const std::string& kind) {
  if (kind == "consultation") {
    return {kind, "visit", "encounter"};
  }
  if (kind == "prescription") {
    return {kind, "drug", "medication"};
  }
  if (kind == "vaccination") {
    return {kind, "vaccine", "immunization"};
  }
  return {kind};
}

std::string kind_sql(const ExportColumn& column, const std::string& kind) {
  std::string names;
  for (const std::string& word : kind_words(kind)) {
    names += (names.empty() ? "" : ", ") + duck::quoted(word);
  }
  return fmt::format("lower({}) IN ({})", text_sql(column), names);
}

}  // namespace parcours
