#include "exercise/fact_sql.h"

#include <fmt/format.h>

#include "base/letters.h"
#include "duck/duck.h"
#include "exports/column_sql.h"

namespace parcours::exercise {

std::string sex_sql(const exports::ExportColumn& column, records::Sex sex) {
  const bool female = sex == records::Sex::female;
  std::string words =
      female ? "'f', 'female', 'femme', 'woman'" : "'m', 'male', 'h', 'homme', 'man'";
  const std::string name = lower(column.name);
  if (name.find("male") == std::string::npos) {
    words += female ? ", '2'" : ", '1'";
  } else {
    const bool yes = female == (name.find("female") != std::string::npos);
    words += yes ? ", '1', 'yes', 'true', 'oui'" : ", '0', 'no', 'false', 'non'";
  }
  return fmt::format("lower(trim({})) IN ({})", exports::text_sql(column), words);
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

std::string kind_sql(const exports::ExportColumn& column, const std::string& kind) {
  std::string names;
  for (const std::string& word : kind_words(kind)) {
    names += (names.empty() ? "" : ", ") + duck::quoted(word);
  }
  return fmt::format("lower({}) IN ({})", exports::text_sql(column), names);
}

}  // namespace parcours::exercise
