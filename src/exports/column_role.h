// What a column of an export is to an attacker. No column is assumed to be harmless: an attacker
// may know every field of a person, except those of the roles below the line.
//
//   patient      tells the lines of one person from another's, and two files' lines of one person
//                together
//   date, code, kind       of an event: when, what, of what kind; one column each
//   sex, age, birth_year, place     known to neighbours, employers, relatives; `find` reads facts
//                                   about them
//   sensitive    known to some, and what others would like to learn: illness, drugs, income, origin
//   quasi        any other field, known to the attacker
//   constant     the same on every line, or empty: tells nothing by itself
//   ---
//   drop         names the person or the line by itself: a name, an e-mail address, a line number;
//                to be dropped
//   weight       how many people of the population a line of a survey stands for
//   unknown      taken as unknown to the attacker, because the user says so and never by a guess
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parcours::exports {

enum class ColumnRole : std::uint8_t {
  patient,
  date,
  code,
  kind,
  sex,
  age,
  birth_year,
  place,
  sensitive,
  quasi,
  constant,
  drop,
  weight,
  unknown,
};

// "birth_year", as files and flags write it.
std::string_view name_of(ColumnRole role);
// By that name, and "day" for date.
std::optional<ColumnRole> role_named(std::string_view name);
std::vector<std::string> role_names();

// Whether an attacker may know such a field of a person: not so for the patient's pseudonym, for
// what is to be dropped, for a weight and for what the user calls unknown.
bool known_to_attackers(ColumnRole role);

}  // namespace parcours::exports
