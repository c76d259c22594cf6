#include "assessment/inputs.h"

#include <fmt/format.h>

#include <algorithm>

#include "assessment/event_tables.h"
#include "assessment/people_tables.h"
#include "base/letters.h"
#include "exports/column_sql.h"

namespace parcours::assessment {
namespace {

namespace fs = std::filesystem;

bool of_events(const Input& input) {
  return input.guess.form == exports::FileForm::events;
}

std::string patient_sql(const Input& input) {
  const exports::ColumnGuess* patient = input.guess.of_role(exports::ColumnRole::patient);
  return exports::name_sql({patient->name, patient->type});
}

}  // namespace

std::vector<const exports::ExportFile*> export_files(std::span<Input* const> inputs) {
  std::vector<const exports::ExportFile*> files;
  for (const Input* input : inputs) {
    files.push_back(&input->file);
  }
  return files;
}

Result<Inputs> Inputs::open(const std::vector<fs::path>& paths, int threads,
                            const exports::FirstLine& first_line, const Stop& stop) {
  Inputs inputs;
  inputs.threads_ = threads;
  for (const fs::path& path : paths) {
    ASSIGN_OR_RETURN(exports::ExportFile file,
                     exports::ExportFile::open(path, threads, first_line));
    ASSIGN_OR_RETURN(exports::FileGuess guess, exports::guess_columns(file, stop));
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

Status Inputs::correct(const std::vector<exports::Correction>& corrections,
                       const std::string& day_format, const Stop& stop) {
  std::vector<exports::FileGuess> guessed = guesses();
  RETURN_IF_ERROR(parcours::exports::correct(guessed, corrections));
  for (std::size_t i = 0; i < guessed.size(); ++i) {
    inputs_[i].guess = std::move(guessed[i]);
    RETURN_IF_ERROR(exports::look_for_several_lines(inputs_[i].file, inputs_[i].guess, stop));
  }
  day_format_ = day_format;
  std::vector<Input*> people;
  for (Input& input : inputs_) {
    if (!of_events(input)) {
      people.push_back(&input);
    }
  }
  persons_.reset();
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

std::vector<exports::FileGuess> Inputs::guesses() const {
  std::vector<exports::FileGuess> all;
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
  if (people() == nullptr) {
    return *std::move(found);
  }
  ASSIGN_OR_RETURN(const exports::Persons* persons, this->persons(stop));
  const std::optional<exports::ExportColumn> patient = persons->patient();
  if (!patient) {
    return *std::move(found);
  }
  std::string fields;
  exports::Roles roles = found->roles;
  for (const auto& [column, of_person] : persons->columns) {
    const bool taken =
        std::ranges::any_of(found->file.columns(), [&](const exports::ExportColumn& known) {
          return lower(known.name) == lower(column.name);
        });
    if (taken) {
      continue;
    }
    fields += ", p." + duck::quoted_name(column.name);
    const auto take = [&](exports::ColumnRole role, std::optional<exports::ExportColumn>& place) {
      if (column.role == role && !place) {
        place = exports::ExportColumn{column.name, column.type};
      }
    };
    take(exports::ColumnRole::sex, roles.sex);
    take(exports::ColumnRole::birth_year, roles.birth_year);
    take(exports::ColumnRole::age, roles.age);
  }
  ASSIGN_OR_RETURN(
      exports::ExportFile file,
      exports::ExportFile::of_query(
          {&found->file, &persons->file},
          fmt::format(
              "SELECT e.*{} FROM {} e LEFT JOIN {} p ON trim(CAST(e.{} AS VARCHAR), ' \t') = "
              "trim(CAST(p.{} AS VARCHAR), ' \t')",
              fields, found->file.source(), persons->file.source(),
              duck::quoted_name(roles.patient.name), duck::quoted_name(patient->name)),
          threads_));
  return Events{std::move(file), std::move(roles)};
}

Result<exports::Persons*> Inputs::persons(const Stop& stop) {
  if (persons_) {
    return &*persons_;
  }
  if (const Input* one = people()) {
    ASSIGN_OR_RETURN(persons_, exports::persons_in(one->file, one->guess, threads_));
  } else if (const Input* lines = lines_of_people()) {
    ASSIGN_OR_RETURN(persons_,
                     exports::persons_on_lines(lines->file, lines->guess, threads_, stop));
  }
  return persons_ ? &*persons_ : nullptr;
}

Result<std::optional<exports::Persons>> Inputs::persons_with(const std::string& column) {
  for (const Input& input : inputs_) {
    if (input.guess.of_role(exports::ColumnRole::patient) != nullptr &&
        input.file.column(column, "the person")) {
      ASSIGN_OR_RETURN(exports::Persons persons,
                       exports::persons_in(input.file, input.guess, threads_));
      return persons;
    }
  }
  return std::nullopt;
}

Result<std::optional<Link>> Inputs::link(const Stop& stop) {
  const std::vector<Input*> files = events_files();
  if (people() == nullptr || files.empty()) {
    return std::nullopt;
  }
  ASSIGN_OR_RETURN(exports::Persons * persons, this->persons(stop));
  const std::optional<exports::ExportColumn> patient = persons->patient();
  if (!patient) {
    return bad_input("no column looks like the patient column, so the files cannot be linked",
                     persons->file.path().string(), "name it: --patient COLUMN");
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
      exports::one_row(
          persons->file,
          fmt::format("WITH a AS (SELECT DISTINCT {} AS p FROM {}), b AS ({}) SELECT (SELECT "
                      "count(p) FROM a), (SELECT count(p) FROM b), (SELECT count(*) FROM a "
                      "JOIN b USING (p))",
                      exports::name_sql(*patient), persons->file.source(), patients),
          stop));
  const auto number = [&](std::size_t i) { return static_cast<std::uint64_t>(counts[i]); };
  if (number(2) == 0) {
    return bad_input(fmt::format("no patient of {} is in {}", persons->from, names), {},
                     "name the columns that link them: --patient COLUMN");
  }
  return Link{persons->from, names, number(0), number(1), number(2)};
}

}  // namespace parcours::assessment
