// A study as its file states it: the form is checked, but it is not yet tied to a vault.
//
// Exactly which events count:
//   - The study's period limits index days: a patient whose index day lies outside it does not
//     belong to the population, and a fixed index day outside it is a mistake.
//   - An event test without `within` considers the events of the study's period (all events if the
//     study has no period).
//   - An event test with `within` considers the events from index day + first to index day + last,
//     both included. The period does not limit it: it may look back before the period, or beyond
//     it.
//     The same holds for an `each`.
//   - `count` counts the distinct days that have such an event: two lines of one visit are one
//     visit. Where events have no days but an order, it counts distinct places in the order.
//   - `first` and `last` take the event of the earliest or latest day. Of several on that day the
//     alphabetically first code is taken, then the lowest value, so that no answer depends on the
//     order in which events are stored. Where the value is asked for (bands, a mean), only events
//     that carry a value are looked at.
//   - Age is in whole years at the index day. Dates: the index day's year less the year of birth.
//     Relative days: the age at day 0 and the years of 365.25 days since. An order: the age at its
//     start. An age below 0 is not recorded.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/day.h"
#include "base/error.h"
#include "tables/needs.h"
#include "vocabulary/pattern.h"
#include "vocabulary/vocabulary.h"

namespace parcours::study {

inline constexpr std::size_t largest_study_file = std::size_t{1} << 20;  // bytes

// Days relative to the index day, both ends included.
struct Window {
  std::int32_t first;
  std::int32_t last;
  friend bool operator==(const Window&, const Window&) = default;
};

struct EventTest {
  enum class Measure { any, count, first, last };
  Measure measure = Measure::any;
  vocabulary::Pattern pattern;
  std::optional<Window> within;
};

// A patient's field: sex, age (at the index day), birth_year, place, practice.
struct FieldTest {
  std::string field;
};

struct Variable {
  std::string id;
  Text label;  // empty: made from what it is
  std::variant<FieldTest, EventTest> source;
  std::vector<double> bands;  // lower ends, ascending; empty: none
  std::string level;          // empty: the code as it stands
  int line = 0;
};

struct FieldCondition {
  std::string field;                // sex, place
  std::vector<std::string> values;  // one of these
  std::string level;
  int line = 0;
};

struct Population {
  // The index day: a fixed day, or the day of the first event of a pattern within the study's
  // period.
  std::variant<Day, vocabulary::Pattern> index;
  std::optional<std::pair<int, int>> age;  // at index, both ends included
  std::vector<FieldCondition> fields;
  std::vector<EventTest> require;
  std::vector<EventTest> exclude;
};

struct StudyTable {
  enum class What { of, each, mean };
  std::string id;
  Text title;                   // empty: made from what is counted
  std::vector<std::string> by;  // variables
  What what = What::of;
  std::string of;                    // a variable; empty: patients are counted by `by` alone
  vocabulary::Pattern each;          // events, each code a column
  std::string level;                 // of `each`
  std::optional<Window> within;      // of `each`
  std::string mean;                  // a variable with a value
  std::vector<tables::Margin> keep;  // needed most: of `by`, `of`, and of `each` its "code"
  int line = 0;
};

// Where the names of a system's codes are (names.h).
struct CodeNames {
  std::string system;
  std::string file;        // beside the study file
  std::string vocabulary;  // of Athena's CONCEPT.csv
  std::string code;        // columns of any other file; empty: it is Athena's
  std::string label;
  std::string language = "en";
  int line = 0;
};

struct Study {
  std::filesystem::path file;
  std::string id;
  Text title;
  std::string permit;  // empty: none is named
  std::string rules;   // a rules file's id, or its path relative to the study file
  std::optional<std::pair<Day, Day>> period;  // both ends included
  int period_line = 0;
  // Asked again: of the figures that earlier releases of it showed, the share that must be new for
  // a new release to be made (past/editions.h). Nothing: it is made however few are.
  std::optional<double> renewed_min{};
  Population population;
  std::vector<Variable> variables;  // in the order of the file
  std::vector<StudyTable> tables;
  std::vector<CodeNames> names;
  tables::HidingCost cost =
      tables::HidingCost::margins;      // no rule: it only chooses among what is equally safe
  std::string purpose;                  // one of purposes.csv; empty: none is named
  std::string asked_by;                 // empty: nobody is named
  Calendar calendar = Calendar::dates;  // that it was read for
};

// What the study needs of its tables, in their order.
tables::Needs needs_of(const Study& study);

// Errors name the file and the line, and the nearest known word; of several mistakes the first, and
// how many more.
Result<Study> read_study(const std::filesystem::path& file, Calendar calendar);
Result<Study> parse_study(std::string_view text, const std::filesystem::path& file,
                          Calendar calendar);

// The same with every mistake, in order of line. `study` is whole when there is none.
struct Examined {
  Study study;
  std::vector<Error> mistakes;
};
Examined examine_study(std::string_view text, const std::filesystem::path& file, Calendar calendar);

// For an error that gives the first of several mistakes.
inline constexpr std::string_view study_check_names_all = "`parcours study check` names all";

// The calendar that a study was written for, as far as one can see: whole numbers for its period
// and index day are relative days, anything else is dates.
Calendar calendar_of_study(std::string_view text);

const Variable* find_variable(const Study& study, std::string_view id);
// The variables of a table's dimensions, the codes of `each` left out: `by`, then `of`.
std::vector<std::string> dimension_variables(const StudyTable& table);

}  // namespace parcours::study
