// A study as written: what the study file says, checked for form, not yet tied to a vault.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/day.h"
#include "base/error.h"
#include "vocabulary/kinds.h"
#include "vocabulary/vocabulary.h"

namespace parcours {

// "diagnosis:J45*": every code of a kind that begins so; "lab:HBA1C": that code alone; "consultation:*": all of a kind;
// "*": every event. Case counts; dots are as in the vault.
struct Pattern {
  std::optional<KindId> kind;
  std::string code;
  bool prefix = false;
  int line = 0;  // in the study file
};

// Days relative to the index day, both ends included.
struct Window {
  std::int32_t first;
  std::int32_t last;
};

struct EventTest {
  enum class Measure { any, count, first, last };
  Measure measure = Measure::any;
  Pattern pattern;
  std::optional<Window> within;
};

// A patient's field: sex, age (at the index day), birth_year, place, practice.
struct FieldTest {
  std::string field;
};

struct Variable {
  std::string id;
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
  // The index day: a fixed day, or the day of the first event of a pattern within the study's period.
  std::variant<Day, Pattern> index;
  std::optional<std::pair<int, int>> age;  // at index, both ends included
  std::vector<FieldCondition> fields;
  std::vector<EventTest> require;
  std::vector<EventTest> exclude;
};

struct StudyTable {
  enum class What { of, each, mean };
  std::string id;
  Text title;
  std::vector<std::string> by;       // variables
  What what = What::of;
  std::string of;                    // a variable; empty: patients are counted by `by` alone
  Pattern each;                      // events, each code a column
  std::string level;                 // of `each`
  std::optional<Window> within;      // of `each`
  std::string mean;                  // a variable with a value
  int line = 0;
};

struct Study {
  std::filesystem::path file;
  std::string id;
  Text title;
  std::string permit;
  std::string rules;
  std::optional<std::pair<Day, Day>> period;  // both ends included
  Population population;
  std::vector<Variable> variables;
  std::vector<StudyTable> tables;
};

// Errors name the file and the line, and the nearest known word.
Result<Study> read_study(const std::filesystem::path& file, Calendar calendar);
Result<Study> parse_study(std::string_view text, const std::filesystem::path& file,
                          Calendar calendar);

}  // namespace parcours
