#include "assessment/find_release.h"

#include <algorithm>

#include "attacks/near_groups.h"
#include "attacks/release_tables.h"
#include "attacks/table_attacks.h"
#include "base/letters.h"

namespace parcours {
namespace {

namespace fs = std::filesystem;

// Whether a band of ages or years, by its code ("6to11", "under6", "18plus", "7"), holds one.
bool band_holds(std::string_view code, int number) {
  const auto band = band_range(code);
  return band && band->first <= number && number <= band->last;
}

bool fits(const Fact& fact, const Dimension& dimension, std::string_view code) {
  if (const auto* age = std::get_if<AgeFact>(&fact.known)) {
    return dimension.id == "age" && band_holds(code, age->years);
  }
  if (const auto* born = std::get_if<BornFact>(&fact.known)) {
    return dimension.id == "birth_year" && band_holds(code, born->year);
  }
  if (const auto* sex = std::get_if<SexFact>(&fact.known)) {
    return code == (sex->sex == Sex::female ? "female" : "male");
  }
  if (const auto* field = std::get_if<FieldFact>(&fact.known)) {
    return lower(dimension.id) == lower(field->field) && lower(code) == lower(field->value);
  }
  return false;  // an event: a table that patients may stand in several times names no one
}

// The categories of all tables that a fact names.
Coordinates coordinates_of(const Fact& fact, const std::vector<Table>& tables) {
  Coordinates named;
  for (const Table& table : tables) {
    for (const Dimension& dimension : table.dimensions) {
      for (const Category& category : dimension.categories) {
        const std::pair place(dimension.id, category.code);
        if (fits(fact, dimension, category.code) &&
            std::ranges::find(named, place) == named.end()) {
          named.push_back(place);
        }
      }
    }
  }
  return named;
}

}  // namespace

bool is_release(const fs::path& folder) {
  std::error_code ignored;
  return fs::exists(folder / "evidence.json", ignored) &&
         fs::is_directory(folder / "tables", ignored);
}

ReleaseFunnel find_in_tables(const std::vector<Table>& tables, const std::vector<Fact>& facts) {
  const KnownTables known = known_tables(tables);
  ReleaseFunnel funnel{tables.size(), {}};
  Coordinates person;
  for (const Fact& fact : facts) {
    const Coordinates named = coordinates_of(fact, tables);
    person.insert(person.end(), named.begin(), named.end());
    funnel.steps.push_back({fact.text, !named.empty(), smallest_group(tables, known, person)});
  }
  return funnel;
}

Result<ReleaseFunnel> find_in_release(const fs::path& folder, const std::vector<Fact>& facts) {
  ASSIGN_OR_RETURN(const std::vector<Table> tables, read_release_tables(folder));
  return find_in_tables(tables, facts);
}

}  // namespace parcours
