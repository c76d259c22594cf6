#include "assessment/find_release.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "attacks/near_groups.h"
#include "attacks/release_tables.h"
#include "attacks/table_attacks.h"
#include "base/letters.h"
#include "base/nearest.h"

namespace parcours::assessment {
namespace {

namespace fs = std::filesystem;

// Whether a band of ages or years, by its code ("6to11", "under6", "18plus", "7"), holds one.
bool band_holds(std::string_view code, int number) {
  const auto band = attacks::band_range(code);
  return band && band->first <= number && number <= band->last;
}

// The dimension that tells of a fact, by its name; empty for an event: a table that patients may
// stand in several times names no one.
std::string field_of(const exercise::Fact& fact) {
  if (std::holds_alternative<exercise::AgeFact>(fact.known)) {
    return "age";
  }
  if (std::holds_alternative<exercise::BornFact>(fact.known)) {
    return "birth_year";
  }
  if (std::holds_alternative<exercise::SexFact>(fact.known)) {
    return "sex";
  }
  const auto* field = std::get_if<exercise::FieldFact>(&fact.known);
  return field == nullptr ? "" : lower(field->field);
}

// What a category is compared with, as text.
std::string value_of(const exercise::Fact& fact) {
  if (const auto* age = std::get_if<exercise::AgeFact>(&fact.known)) {
    return std::to_string(age->years);
  }
  if (const auto* born = std::get_if<exercise::BornFact>(&fact.known)) {
    return std::to_string(born->year);
  }
  if (const auto* sex = std::get_if<exercise::SexFact>(&fact.known)) {
    return sex->sex == records::Sex::female ? "female" : "male";
  }
  const auto* field = std::get_if<exercise::FieldFact>(&fact.known);
  return field == nullptr ? "" : lower(field->value);
}

bool fits(const exercise::Fact& fact, std::string_view code) {
  if (const auto* age = std::get_if<exercise::AgeFact>(&fact.known)) {
    return band_holds(code, age->years);
  }
  if (const auto* born = std::get_if<exercise::BornFact>(&fact.known)) {
    return band_holds(code, born->year);
  }
  return lower(code) == value_of(fact);
}

// The fields of the tables, each once, in order of their first appearance.
std::vector<std::string> fields_of(const std::vector<tables::Table>& tables) {
  std::vector<std::string> fields;
  for (const tables::Table& table : tables) {
    for (const tables::Dimension& dimension : table.dimensions) {
      if (std::ranges::find(fields, dimension.id) == fields.end()) {
        fields.push_back(dimension.id);
      }
    }
  }
  return fields;
}

// Begins as an error about a fact that was read from a file has to (cli/risk_find.cc).
std::unexpected<Error> not_understood(const exercise::Fact& fact, const std::string& why,
                                      const std::string& right) {
  return bad_input(fmt::format("'{}' is not understood: {}", fact.text, why), "--find", right);
}

// The nearest value first where one is near; then what there is.
std::string known_values(const std::string& field, const std::string& value,
                         const std::vector<std::string>& codes) {
  constexpr std::size_t most = 30;
  const auto near = nearest(value, codes);
  const auto shown = std::span(codes).first(std::min(most, codes.size()));
  return fmt::format("{}{} is one of: {}{}", near ? fmt::format("did you mean '{}'? ", *near) : "",
                     field, fmt::join(shown, ", "), codes.size() > most ? ", ..." : "");
}

// The categories of all tables that a fact names. Errors: the tables have the field but not this
// value; a field that no table has, though one has nearly that name.
Result<tables::Coordinates> coordinates_of(const exercise::Fact& fact,
                                           const std::vector<tables::Table>& tables) {
  const std::string field = field_of(fact);
  tables::Coordinates named;
  std::vector<std::string> codes;  // of the field
  for (const tables::Table& table : tables) {
    for (const tables::Dimension& dimension : table.dimensions) {
      for (const tables::Category& category : dimension.categories) {
        if (field.empty() || lower(dimension.id) != field) {
          continue;
        }
        if (std::ranges::find(codes, category.code) == codes.end()) {
          codes.push_back(category.code);
        }
        const std::pair place(dimension.id, category.code);
        if (fits(fact, category.code) && std::ranges::find(named, place) == named.end()) {
          named.push_back(place);
        }
      }
    }
  }
  if (!codes.empty() && named.empty()) {
    return not_understood(fact, "no table has this value of " + field,
                          known_values(field, value_of(fact), codes));
  }
  if (codes.empty() && std::holds_alternative<exercise::FieldFact>(fact.known)) {
    if (const auto near = nearest(field, fields_of(tables))) {
      return not_understood(fact, "no table has this field",
                            fmt::format("did you mean '{}'?", *near));
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

Result<ReleaseFunnel> find_in_tables(const std::vector<tables::Table>& tables,
                                     const std::vector<exercise::Fact>& facts) {
  const attacks::KnownTables known = attacks::known_tables(tables);
  ReleaseFunnel funnel{tables.size(), fields_of(tables), {}};
  tables::Coordinates person;
  for (const exercise::Fact& fact : facts) {
    ASSIGN_OR_RETURN(const tables::Coordinates named, coordinates_of(fact, tables));
    person.insert(person.end(), named.begin(), named.end());
    funnel.steps.push_back(
        {fact.text, !named.empty(), attacks::smallest_group(tables, known, person)});
  }
  return funnel;
}

Result<ReleaseFunnel> find_in_release(const fs::path& folder,
                                      const std::vector<exercise::Fact>& facts) {
  ASSIGN_OR_RETURN(const std::vector<tables::Table> tables, attacks::read_release_tables(folder));
  return find_in_tables(tables, facts);
}

}  // namespace parcours::assessment
