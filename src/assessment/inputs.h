// The exports that an assessment is about, opened, their columns guessed and corrected, and what each file is for.
//
//   ASSIGN_OR_RETURN(Inputs inputs, Inputs::open({"people.csv", "events.parquet"}, 2, stop));
//   RETURN_IF_ERROR(inputs.correct(corrections));
//
// Files of events are read as one (event_tables.h), and so are files of people (people_tables.h). Files are of the same people when
// they share a patient column.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <vector>

#include "base/error.h"
#include "base/stop.h"
#include "exports/column_guess.h"
#include "exports/export_file.h"
#include "paths/people.h"

namespace parcours {

struct Input {
  ExportFile file;
  FileGuess guess;
};

// How many people two files share, by their patient columns.
struct Link {
  std::string people;
  std::string events;
  std::uint64_t in_people = 0;
  std::uint64_t in_events = 0;
  std::uint64_t in_both = 0;
};

// For a statement that asks several of them (ExportFile::of_query).
std::vector<const ExportFile*> export_files(std::span<Input* const> inputs);

class Inputs {
 public:
  static Result<Inputs> open(const std::vector<std::filesystem::path>& paths, int threads,
                             const Stop& stop);

  // The user's word over the guesses.
  Status correct(const std::vector<Correction>& corrections, const std::string& day_format,
                 const Stop& stop);

  std::vector<FileGuess> guesses() const;
  std::vector<Input>& all() { return inputs_; }
  const std::string& day_format() const { return day_format_; }  // the user's; mostly empty

  // The file of people, or all of them as one; nullptr where there is none.
  Input* people();

  // The events of all files, as one file with its roles; nothing where there is none. An error where they are written in
  // calendars that do not go together.
  struct Events {
    ExportFile file;
    Roles roles;
  };
  Result<std::optional<Events>> events(const Stop& stop);

  // The events with the fields of the file of people beside them, for the exercise of the case (risk/find.h).
  Result<Events> for_finding(const Stop& stop);

  // What the lines of an events file say of the person and not of the event: columns with one value a patient, for nearly all
  // patients. As a file with one line a patient, in order of their codes; nothing where there is no such column.
  struct PersonFields {
    ExportFile file;
    std::vector<std::string> columns;
    std::vector<std::string> sensitive;  // of them
    std::vector<std::string> names;      // of them, those of numbers that only name something
    std::string from;
  };
  Result<std::optional<PersonFields>> person_fields(const Stop& stop);

  // Where the fields stand that attackers know of the people behind the events: in the file of people, else in the lines of
  // events. The sex, the year of birth, the age, the practice, and the columns called as one of `wanted`. Where no column is called
  // region, the first of places stands for it: who lives in a town lives in its region, so this is the worst that can be known.
  struct PersonColumns {
    ExportFile* file;
    ExportColumn patient;
    std::vector<FieldColumn> fields;
  };
  std::optional<PersonColumns> person_columns(const std::vector<std::string>& wanted);

  // Where all stands that the exports say of the people behind the events: what is known of a line of the file of people, else
  // `fields`, which are person_fields().
  std::optional<PersonColumns> known_columns(const std::optional<PersonFields>& fields);

  // Where a column of that name says something of the people behind the events; nothing where neither file has it.
  std::optional<PersonColumns> column_of_people(const std::string& name);

  Result<std::optional<Link>> link(const Stop& stop);

 private:
  std::vector<Input*> events_files();
  // Of events, the lines that say something of the person: the one file, or the parts of one table. nullptr where there is no such
  // file, or several tables: none of these speaks of everybody.
  Input* lines_of_people();

  std::vector<Input> inputs_;
  std::optional<Input> people_;  // made of several files
  std::optional<Input> parts_;   // of events, put together
  std::string day_format_;
  int threads_ = 1;
};

}  // namespace parcours
