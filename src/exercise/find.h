// Looks for one person: what does an attacker who knows a few facts about a person learn from an
// export or a vault?
//
// Fact after fact, the patients who fit all facts so far are counted. A fact fits a patient when
// one of their lines has it; an event with a kind, a code and a time must have them all on one
// line. An age is the one at the first time that the facts name (at the last day of the export when
// they name none); of a patient only the year of birth is known, so two years fit.
//
// A file of people is asked the same: a fact fits a patient when one of their lines has it, and
// without a patient column each line is one. An event's fact is looked for in a column of its name
// ("diagnosis J45*" in `diagnosis`), else in the columns of kinds and codes; its time in the same
// column, in `diagnosis_date`, or in the day of the line. Columns that no outsider is assumed to
// know (the pseudonym, a column to drop, a column that the user calls unknown) cannot be asked.
//
// Where one patient is left in the end, their path has been read: how many events, of what kinds,
// from when to when; and day by day when `show_path` says so, and only then. Of a file of people it
// is told how many more columns are filled for them. Personal data: for generated records, or for
// those who hold the records alone.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "base/error.h"
#include "base/progress.h"
#include "base/stop.h"
#include "exercise/facts.h"
#include "exports/column_guess.h"
#include "exports/export_file.h"
#include "exports/roles.h"
#include "vault/vault.h"

namespace parcours::exercise {

struct FunnelStep {
  std::string fact;  // as it was said
  std::uint64_t patients;
};

struct PathLine {
  Day day;
  std::string kind;  // empty where the export has no kinds
  std::string code;
};

struct FoundPath {
  std::uint64_t events = 0;
  Day first;
  Day last;
  std::map<std::string, std::uint64_t> events_by_kind;
  std::vector<PathLine> lines;  // in order of day; empty unless asked for
};

struct FieldValue {
  std::string column;
  std::string value;
};

// What a file of people says of a person beyond what was asked: not their pseudonym, not what is
// to be dropped, no weight.
struct FoundFields {
  std::uint64_t columns = 0;       // more, that are filled on a line of theirs
  std::uint64_t sensitive = 0;     // of them
  std::vector<FieldValue> values;  // in the order of the columns; empty unless asked for
};

struct Funnel {
  std::uint64_t patients = 0;
  std::vector<FunnelStep> steps;
  std::optional<FoundPath> path;      // where exactly one patient is left, of events
  std::optional<FoundFields> fields;  // and of a file of people
  Calendar calendar = Calendar::dates;
};

Result<Funnel> find_in(exports::ExportFile& file, const exports::Roles& roles,
                       const std::vector<Fact>& facts, bool show_path, const Stop& stop);

// A file of people. `day_format` is the user's; empty: what the columns were found to have.
Result<Funnel> find_in(exports::ExportFile& file, const exports::FileGuess& guess,
                       const std::string& day_format, const std::vector<Fact>& facts,
                       bool show_values, const Stop& stop);

Result<Funnel> find_in(const vault::Vault& vault, const std::vector<Fact>& facts, bool show_path,
                       Progress& progress, const Stop& stop);

// A path's summary, with its lines in order of day when `show_path`. At least one line.
FoundPath summed_up(std::vector<PathLine> lines, bool show_path);

// The two years of birth that an age in years leaves possible at a day of `year`.
struct BirthYears {
  int first;
  int last;
};
BirthYears birth_years(int age, int year);

}  // namespace parcours::exercise
