#include "assessment/inputs.h"

#include <fmt/format.h>

#include <algorithm>

#include "assessment/event_tables.h"
#include "assessment/people_tables.h"
#include "base/letters.h"
#include "exports/column_sql.h"

namespace parcours {
namespace {

namespace fs = std::filesystem;

bool of_events(const Input& input) {
  return input.guess.form == FileForm::events;
}

std::string patient_sql(const Input& input) {
  const ColumnGuess* patient = input.guess.of_role(ColumnRole::patient);
  return text_sql({patient->name, patient->type});
}

// Of an events file, the columns that may be the person's.
std::vector<const ColumnGuess*> candidates(const FileGuess& guess) {
  std::vector<const ColumnGuess*> columns;
  for (const ColumnGuess& column : guess.columns) {
    const ColumnRole role = column.role;
    if (known_to_attackers(role) && role != ColumnRole::date && role != ColumnRole::code &&
        role != ColumnRole::kind && role != ColumnRole::constant) {
      columns.push_back(&column);
    }
  }
  return columns;
}

}  // namespace

std::vector<const ExportFile*> export_files(std::span<Input* const> inputs) {
  std::vector<const ExportFile*> files;
  for (const Input* input : inputs) {
    files.push_back(&input->file);
  }
  return files;
}

Result<Inputs> Inputs::open(const std::vector<fs::path>& paths, int threads, const Stop& stop) {
  Inputs inputs;
  inputs.threads_ = threads;
  for (const fs::path& path : paths) {
    ASSIGN_OR_RETURN(ExportFile file, ExportFile::open(path, threads));
    ASSIGN_OR_RETURN(FileGuess guess, guess_columns(file, stop));
    if (guess.lines == 0) {
      return bad_input("the file has column names and no line of data", path.string());
    }
    for (const Input& other : inputs.inputs_) {
      if (other.guess.file == guess.file) {
        return bad_input(fmt::format("two files are called {}", guess.file), path.string(),
                         "rename one, so that the answer can tell them apart");
      }
    }
    inputs.inputs_.push_back({std::move(file), std::move(guess)});
  }
  return inputs;
}

Status Inputs::correct(const std::vector<Correction>& corrections, const std::string& day_format,
                       const Stop& stop) {
  std::vector<FileGuess> guessed = guesses();
  RETURN_IF_ERROR(parcours::correct(guessed, corrections));
  for (std::size_t i = 0; i < guessed.size(); ++i) {
    inputs_[i].guess = std::move(guessed[i]);
    RETURN_IF_ERROR(look_for_several_lines(inputs_[i].file, inputs_[i].guess, stop));
  }
  day_format_ = day_format;
  std::vector<Input*> people;
  for (Input& input : inputs_) {
    if (!of_events(input)) {
      people.push_back(&input);
    }
  }
  people_.reset();
  if (people.size() > 1) {
    ASSIGN_OR_RETURN(people_, one_table_of_people(people, threads_, stop));
  }
  parts_.reset();
  if (const auto files = events_files(); files.size() > 1) {
    ASSIGN_OR_RETURN(parts_, parts_of_one_table(files, threads_));
  }
  return {};
}

std::vector<FileGuess> Inputs::guesses() const {
  std::vector<FileGuess> all;
  for (const Input& input : inputs_) {
    all.push_back(input.guess);
  }
  return all;
}

Input* Inputs::people() {
  if (people_) {
    return &*people_;
  }
  const auto found = std::ranges::find_if(inputs_, std::not_fn(of_events));
  return found == inputs_.end() ? nullptr : &*found;
}

std::vector<Input*> Inputs::events_files() {
  std::vector<Input*> files;
  for (Input& input : inputs_) {
    if (of_events(input)) {
      files.push_back(&input);
    }
  }
  return files;
}

Input* Inputs::lines_of_people() {
  if (parts_) {
    return &*parts_;
  }
  const std::vector<Input*> files = events_files();
  return files.size() == 1 ? files[0] : nullptr;
}

Result<std::optional<Inputs::Events>> Inputs::events(const Stop& stop) {
  const std::vector<Input*> files = events_files();
  if (files.empty()) {
    return std::nullopt;
  }
  ASSIGN_OR_RETURN(Events events, one_table_of_events(files, day_format_, threads_, stop));
  return events;
}

Result<Inputs::Events> Inputs::for_finding(const Stop& stop) {
  ASSIGN_OR_RETURN(std::optional<Events> found, events(stop));
  if (!found) {
    return bad_input("none of the files holds events, so there is no path to look for",
                     inputs_[0].file.path().string(),
                     "an events file has a patient on several lines, a day and a code: --patient, "
                     "--day, --code");
  }
  const Input* one = people();
  if (one == nullptr || one->guess.of_role(ColumnRole::patient) == nullptr) {
    return *std::move(found);
  }
  std::string fields;
  Roles roles = found->roles;
  for (const ColumnGuess& column : one->guess.columns) {
    const bool taken = std::ranges::any_of(found->file.columns(), [&](const ExportColumn& known) {
      return lower(known.name) == lower(column.name);
    });
    if (taken) {
      continue;
    }
    fields += ", p." + duck::quoted_name(column.name);
    const auto take = [&](ColumnRole role, std::optional<ExportColumn>& place) {
      if (column.role == role && !place) {
        place = ExportColumn{column.name, column.type};
      }
    };
    take(ColumnRole::sex, roles.sex);
    take(ColumnRole::birth_year, roles.birth_year);
    take(ColumnRole::age, roles.age);
  }
  ASSIGN_OR_RETURN(
      ExportFile file,
      ExportFile::of_query(
          {&found->file, &one->file},
          fmt::format(
              "SELECT e.*{} FROM {} e LEFT JOIN {} p ON CAST(e.{} AS VARCHAR) = CAST(p.{} AS "
              "VARCHAR)",
              fields, found->file.source(), one->file.source(),
              duck::quoted_name(roles.patient.name),
              duck::quoted_name(one->guess.of_role(ColumnRole::patient)->name)),
          threads_));
  return Events{std::move(file), std::move(roles)};
}

std::optional<Inputs::PersonColumns> Inputs::person_columns(
    const std::vector<std::string>& wanted) {
  Input* input = people() != nullptr ? people() : lines_of_people();
  const ColumnGuess* patient =
      input == nullptr ? nullptr : input->guess.of_role(ColumnRole::patient);
  if (patient == nullptr) {
    return std::nullopt;
  }
  PersonColumns result{&input->file, {patient->name, patient->type}, {}};
  const auto has = [&](const std::string& field) {
    return std::ranges::find(result.fields, field, &FieldColumn::field) != result.fields.end();
  };
  const auto add = [&](const std::string& field, const ColumnGuess& column) {
    if (!has(field)) {
      const bool year = column.role == ColumnRole::birth_year;
      result.fields.push_back({field, {column.name, column.type}, year});
    }
  };
  for (const ColumnGuess& column : input->guess.columns) {
    const std::string name = lower(column.name);
    if (!known_to_attackers(column.role) || column.missing == 1) {
      continue;
    }
    if (column.role == ColumnRole::sex || column.role == ColumnRole::birth_year ||
        column.role == ColumnRole::age) {
      add(std::string(name_of(column.role)), column);
    } else if (name == "practice" || name == "region" ||
               std::ranges::find(wanted, name) != wanted.end()) {
      add(name, column);
    }
  }
  for (const ColumnGuess& column : input->guess.columns) {
    if (column.role == ColumnRole::place) {
      add("region", column);
    }
  }
  return result;
}

Result<std::optional<Inputs::PersonFields>> Inputs::person_fields(const Stop& stop) {
  Input* found = lines_of_people();
  if (found == nullptr) {
    return std::nullopt;
  }
  const std::vector<const ColumnGuess*> columns = candidates(found->guess);
  if (columns.empty()) {
    return std::nullopt;
  }
  std::string ranges;
  std::string several;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const std::string name = text_sql({columns[i]->name, columns[i]->type});
    ranges += fmt::format(", min({0}) AS lo{1}, max({0}) AS hi{1}", name, i);
    several += fmt::format(", count(*) FILTER (lo{0} <> hi{0})", i);
  }
  const std::string patient = patient_sql(*found);
  ASSIGN_OR_RETURN(
      const auto counts,
      one_row(found->file,
              fmt::format("SELECT count(*){} FROM (SELECT {} AS p{} FROM {} WHERE p IS NOT NULL "
                          "GROUP BY p)",
                          several, patient, ranges, found->file.source()),
              stop));
  std::string list;
  std::vector<std::string> names;
  std::vector<std::string> sensitive;
  std::vector<std::string> only_naming;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (static_cast<double>(counts[i + 1]) <= 0.01 * static_cast<double>(counts[0])) {
      list += fmt::format("{}min({}) AS {}", list.empty() ? "" : ", ",
                          text_sql({columns[i]->name, columns[i]->type}),
                          duck::quoted_name(columns[i]->name));
      names.push_back(columns[i]->name);
      if (columns[i]->role == ColumnRole::sensitive) {
        sensitive.push_back(columns[i]->name);
      }
      if (only_names(*columns[i])) {
        only_naming.push_back(columns[i]->name);
      }
    }
  }
  if (names.empty()) {
    return std::nullopt;
  }
  ASSIGN_OR_RETURN(ExportFile file,
                   ExportFile::of_query(
                       {&found->file},
                       fmt::format("SELECT {} FROM {} WHERE {} IS NOT NULL GROUP BY {} ORDER BY {}",
                                   list, found->file.source(), patient, patient, patient),
                       threads_));
  return PersonFields{std::move(file), std::move(names), std::move(sensitive),
                      std::move(only_naming), found->guess.file};
}

std::optional<Inputs::PersonColumns> Inputs::known_columns(
    const std::optional<PersonFields>& fields) {
  Input* one = people();
  const std::vector<std::string> names =
      one != nullptr ? one->guess.known_columns()
                     : (fields ? fields->columns : std::vector<std::string>());
  Input* input = one != nullptr ? one : lines_of_people();
  const ColumnGuess* patient =
      input == nullptr ? nullptr : input->guess.of_role(ColumnRole::patient);
  if (names.empty() || patient == nullptr) {
    return std::nullopt;
  }
  PersonColumns result{&input->file, {patient->name, patient->type}, {}};
  for (const std::string& name : names) {
    const auto column = std::ranges::find(input->guess.columns, name, &ColumnGuess::name);
    result.fields.push_back({name, {column->name, column->type}});
  }
  return result;
}

std::optional<Inputs::PersonColumns> Inputs::column_of_people(const std::string& name) {
  for (Input& input : inputs_) {
    const ColumnGuess* patient = input.guess.of_role(ColumnRole::patient);
    const auto column = input.file.column(name, "the person");
    if (patient != nullptr && column) {
      return PersonColumns{&input.file, {patient->name, patient->type}, {{name, *column}}};
    }
  }
  return std::nullopt;
}

Result<std::optional<Link>> Inputs::link(const Stop& stop) {
  Input* one = people();
  const std::vector<Input*> files = events_files();
  if (one == nullptr || files.empty()) {
    return std::nullopt;
  }
  if (one->guess.of_role(ColumnRole::patient) == nullptr) {
    return bad_input("no column looks like the patient, so the files cannot be linked",
                     one->file.path().string(), "name it: --patient COLUMN");
  }
  std::string names;
  std::string patients;
  for (const Input* file : files) {
    names += (names.empty() ? "" : ", ") + file->guess.file;
    patients += fmt::format("{}SELECT DISTINCT {} AS p FROM {}", patients.empty() ? "" : " UNION ",
                            patient_sql(*file), file->file.source());
  }
  ASSIGN_OR_RETURN(
      const auto counts,
      one_row(one->file,
              fmt::format("WITH a AS (SELECT DISTINCT {} AS p FROM {}), b AS ({}) SELECT (SELECT "
                          "count(p) FROM a), (SELECT count(p) FROM b), (SELECT count(*) FROM a "
                          "JOIN b USING (p))",
                          patient_sql(*one), one->file.source(), patients),
              stop));
  const auto number = [&](std::size_t i) { return static_cast<std::uint64_t>(counts[i]); };
  if (number(2) == 0) {
    return bad_input(fmt::format("no patient of {} is in {}", one->guess.file, names), {},
                     "name the columns that link them: --patient COLUMN");
  }
  return Link{one->guess.file, names, number(0), number(1), number(2)};
}

}  // namespace parcours
