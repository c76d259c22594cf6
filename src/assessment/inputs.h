// Opens the exports of an assessment, guesses the roles of their columns, takes the user's
// corrections, and decides what each file is used for.
//
//   ASSIGN_OR_RETURN(Inputs inputs, Inputs::open({"people.csv", "events.parquet"}, 2, {}, stop));
//   RETURN_IF_ERROR(inputs.correct(corrections));
//
// Files of events are read as one (event_tables.h), and so are files of people (people_tables.h).
// Files are of the same people when they share a patient column.
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
#include "exports/persons.h"
#include "exports/roles.h"

namespace parcours::assessment {

struct Input {
  exports::ExportFile file;
  exports::FileGuess guess;
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
std::vector<const exports::ExportFile*> export_files(std::span<Input* const> inputs);

class Inputs {
 public:
  static Result<Inputs> open(const std::vector<std::filesystem::path>& paths, int threads,
                             const exports::FirstLine& first_line, const Stop& stop);

  // The user's word over the guesses.
  Status correct(const std::vector<exports::Correction>& corrections, const std::string& day_format,
                 const Stop& stop);

  std::vector<exports::FileGuess> guesses() const;
  std::vector<Input>& all() { return inputs_; }
  const std::string& day_format() const { return day_format_; }  // the user's; mostly empty

  // The people whom all this is about, as one table (exports/persons.h): the file of people, or all
  // of them as one; without it what the lines of events say. nullptr where several tables of events
  // say it, none of which speaks of everybody. Built once, when it is first asked for.
  Result<exports::Persons*> persons(const Stop& stop);

  // The first file with a patient that has a column of that name; nothing where none has.
  Result<std::optional<exports::Persons>> persons_with(const std::string& column);

  // The events of all files, as one file with its roles; nothing where there is none. An error
  // where they are written in calendars that do not go together.
  struct Events {
    exports::ExportFile file;
    exports::Roles roles;
  };
  Result<std::optional<Events>> events(const Stop& stop);

  // The events with what a file of people says beside them, for the exercise of the case
  // (exercise/find.h).
  Result<Events> for_finding(const Stop& stop);

  Result<std::optional<Link>> link(const Stop& stop);

 private:
  // The file of people, or all of them as one; nullptr where there is none.
  Input* people();
  std::vector<Input*> events_files();
  // Of events, the lines that say something of the person: the one file, or the parts of one table.
  // nullptr where there is no such file, or several tables: none of these speaks of everybody.
  Input* lines_of_people();

  std::vector<Input> inputs_;
  std::optional<Input> people_;  // made of several files
  std::optional<Input> parts_;   // of events, put together
  std::optional<exports::Persons> persons_;
  std::string day_format_;
  int threads_ = 1;
};

}  // namespace parcours::assessment
