// The facts that an attacker knows about a person, as the user writes them: the sentence of
// `parcours risk --find`.
//
//   age 12, F, region 84, diagnosis J45*, visit in the week of 2023-03-06
//
// Facts stand between commas. Each is one of
//
//   age 12                    born 2011 (or 2010, if the birthday is still to come): only the year
//                             of birth is in an export
//   born 2011
//   F, M, girl, man, ...      sex
//   diagnosis J45*            an event of a kind (consultation or visit, diagnosis, prescription or
//                             drug, lab, vital, vaccination or vaccine, sick_leave, allergy,
//                             history; event: of any kind), with a code (* at its end stands for
//                             anything), or a time, or both; some one event must have all of it
//   region 84                 any other column of the export by its name, and what it holds
//
// Times: on 2023-03-06; in the week of 2023-03-06 (Monday to Sunday); in 2023-03; in 2023; between
// 2023-03-01 and 2023-03-09; and where days are numbers, on day 412; between day 3 and 9.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/day.h"
#include "base/error.h"
#include "records/patient.h"

namespace parcours::exercise {

struct AgeFact {
  int years;
};
struct BornFact {
  int year;
};
struct SexFact {
  records::Sex sex;
};
struct FieldFact {
  std::string field;
  std::string value;
};

// Both ends included.
struct DayRange {
  Day first;
  Day last;
  Calendar calendar;  // dates, or days for numbers
};

struct CodePattern {
  std::string text;     // without its star
  bool prefix = false;  // it had a star

  // Whether `code` fits; letters match in either case.
  bool fits(std::string_view code) const;
};

struct EventFact {
  std::string kind;  // empty: any
  std::optional<CodePattern> code;
  std::optional<DayRange> days;
};

struct Fact {
  std::string text;  // as it was said
  std::variant<AgeFact, BornFact, SexFact, FieldFact, EventFact> known;
};

// At least one fact; an error names the fact that was not understood and shows how facts read.
Result<std::vector<Fact>> parse_facts(std::string_view sentence);

// The Monday to Sunday that `day` lies in.
DayRange week_of(Day day);

// The first time that the facts name: the day at which an age was known. Nothing when they name
// none.
std::optional<DayRange> first_time(const std::vector<Fact>& facts);

}  // namespace parcours::exercise
