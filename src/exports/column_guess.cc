#include "exports/column_guess.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/column_names.h"
#include "base/letters.h"
#include "base/utf8.h"
#include "exports/column_choice.h"
#include "exports/column_keys.h"
#include "exports/column_look.h"
#include "exports/column_names.h"
#include "exports/column_reasons.h"
#include "exports/column_sql.h"
#include "exports/day_text.h"
#include "exports/impossible_numbers.h"
#include "exports/interruption.h"
#include "exports/sample.h"

namespace parcours::exports {
namespace {

Result<std::vector<Look>> look_at(ExportFile& file, const Stop& stop) {
  std::vector<Look> looks;
  std::string list;
  for (const ExportColumn& column : file.columns()) {
    looks.push_back({.column = column, .profile = {}, .guess = {}});
    list += (list.empty() ? "" : ", ") + text_sql(column);
  }
  // One thread, and the lines in their order: with more, DuckDB draws other lines in each run.
  ASSIGN_OR_RETURN(ExportFile alone, file.again(1, true));
  const std::size_t lines = sample_lines(file.columns().size());
  const std::string some =
      is_small(file.path()) ? fmt::format("USING SAMPLE reservoir({} ROWS) REPEATABLE (1)", lines)
                            : fmt::format("LIMIT {}", lines);
  const Interruption interruption(alone.connection(), stop);
  ASSIGN_OR_RETURN(duck::Stream rows,
                   alone.query(fmt::format("SELECT {} FROM {} {}", list, alone.source(), some)));
  RETURN_IF_ERROR(duck::for_chunks(rows, [&] {
    for (std::size_t i = 0; i < looks.size(); ++i) {
      Look& look = looks[i];
      for (std::size_t row = 0; row < rows.rows(); ++row) {
        look.values.push_back(rows.null(i, row) ? look.profile.add_missing()
                                                : look.profile.add(rows.text(i, row)));
      }
    }
  }));
  if (stop.requested()) {
    return stopped();
  }
  return looks;
}

// Of all that seem to be of the role the likeliest stays it; what becomes of the others is
// `instead`.
void keep_one(std::vector<Look>& looks, ColumnRole role, ColumnRole instead) {
  Look* best = nullptr;
  for (Look& look : looks) {
    if (look.guess.role == role && (best == nullptr || look.rank < best->rank)) {
      best = &look;
    }
  }
  for (Look& look : looks) {
    if (look.guess.role == role && &look != best) {
      decide(look, instead, but_fits_better(look.guess.reason, best->column.name));
    }
  }
}

const Look* of_role(const std::vector<Look>& looks, ColumnRole role) {
  const auto found =
      std::ranges::find_if(looks, [role](const Look& look) { return look.guess.role == role; });
  return found == looks.end() ? nullptr : &*found;
}

// What says what happened where nothing is named like a code: the kind, and without it a sensitive
// text.
Look* likeliest_code(std::vector<Look>& looks) {
  const auto kind = std::ranges::find_if(
      looks, [](const Look& look) { return look.guess.role == ColumnRole::kind; });
  if (kind != looks.end()) {
    return &*kind;
  }
  const auto sensitive = std::ranges::find_if(looks, [](const Look& look) {
    return look.guess.role == ColumnRole::sensitive && look.profile.distinct_share() < 0.9;
  });
  return sensitive == looks.end() ? nullptr : &*sensitive;
}

bool comes_again(const ColumnProfile& profile) {
  return profile.distinct() < profile.values();
}

// Where nothing is named like the patient: of events a number by which the person is registered
// elsewhere, else a number or a key that repeats, by its name or by what it holds.
void find_patient(std::vector<Look>& looks) {
  if (of_role(looks, ColumnRole::patient) != nullptr) {
    return keep_one(looks, ColumnRole::patient, ColumnRole::quasi);
  }
  if (of_role(looks, ColumnRole::date) == nullptr) {
    return;
  }
  const bool coded =
      of_role(looks, ColumnRole::code) != nullptr || likeliest_code(looks) != nullptr;
  const auto largest = [&](const auto& fits) {
    Look* best = nullptr;
    for (Look& look : looks) {
      if (fits(look) && (best == nullptr || look.profile.distinct() > best->profile.distinct())) {
        best = &look;
      }
    }
    return best;
  };
  if (Look* registered = largest([&](const Look& look) {
        return coded && look.registered && comes_again(look.profile);
      })) {
    decide(*registered, ColumnRole::patient, used_as_registered_patient(registered->guess.reason));
  } else if (Look* named = largest([](const Look& look) {
               return look.guess.role == ColumnRole::quasi && says_identifier(look.column.name) &&
                      look.profile.distinct() > 100;
             })) {
    decide(*named, ColumnRole::patient, said(Reason::named_like_number));
  } else if (Look* keys = largest([](const Look& look) {
               return look.guess.role == ColumnRole::quasi && look.profile.keys() >= nearly_all &&
                      look.profile.distinct() > 20 && comes_again(look.profile);
             })) {
    decide(*keys, ColumnRole::patient, said(Reason::repeated_keys));
  }
}

// The likeliest day stays it; the others are fields.
void choose_day(std::vector<Look>& looks, FileGuess& guess) {
  const Choice days = likely_days(looks, of_role(looks, ColumnRole::patient));
  for (Look* look : days.columns) {
    if (look != days.best()) {
      decide(*look, ColumnRole::quasi,
             but_fits_better(look->guess.reason, days.best()->column.name));
    }
  }
  guess.other_day = days.other() == nullptr ? "" : days.other()->column.name;
}

// 999 and -1 are no ages, and 9999 is no year of birth: they stand for "not known".
bool some_impossible(const Look& look) {
  constexpr std::int64_t shortest_date = 1'000'000;  // 19800501 is a date
  const ColumnProfile& profile = look.profile;
  const ColumnRole role = look.guess.role;
  return profile.whole_numbers() >= nearly_all &&
         (!may_be(role, profile.least()) || !may_be(role, profile.largest())) &&
         (role != ColumnRole::birth_year || profile.largest() < shortest_date);
}

// Of events, what says what happened; of others the code that its name makes likeliest.
void choose_code(std::vector<Look>& looks, FileGuess& guess) {
  const Look* patient = of_role(looks, ColumnRole::patient);
  const bool lines_of_people = patient != nullptr && !comes_again(patient->profile) &&
                               patient->profile.lines() < sample_lines(looks.size());
  if (patient != nullptr && !lines_of_people && of_role(looks, ColumnRole::date) != nullptr) {
    const Choice codes = likely_codes(looks, *patient);
    if (Look* best = codes.best()) {
      for (Look* look : codes.columns) {
        if (look != best && look->guess.role == ColumnRole::code) {
          decide(*look, ColumnRole::sensitive,
                 but_fits_better(look->guess.reason, best->column.name));
        }
      }
      if (best->guess.role != ColumnRole::code) {
        decide(*best, ColumnRole::code, used_as_code(best->guess.reason));
      }
      guess.code_is_doubtful = codes.doubtful;
      guess.other_code = codes.other() == nullptr ? "" : codes.other()->column.name;
    }
  }
  keep_one(looks, ColumnRole::code, ColumnRole::sensitive);
}

// In a file of people nothing is an event's: days are fields like any other, codes are sensitive.
void as_people(FileGuess& guess) {
  guess.form = FileForm::people;
  for (ColumnGuess& column : guess.columns) {
    if (column.corrected) {
      continue;
    }
    if (column.role == ColumnRole::date || column.role == ColumnRole::kind) {
      column.role = ColumnRole::quasi;
    } else if (column.role == ColumnRole::code) {
      column.role = ColumnRole::sensitive;
    }
  }
}

void decide_form(FileGuess& guess) {
  for (ColumnGuess& column : guess.columns) {
    column.role = column.corrected ? column.role : column.seems;
  }
  const ColumnGuess* patient = guess.of_role(ColumnRole::patient);
  const ColumnGuess* date = guess.of_role(ColumnRole::date);
  guess.day_format = date == nullptr ? "" : date->day_format;
  guess.several_lines = patient != nullptr && patient->repeats;
  const bool events =
      patient != nullptr && date != nullptr && guess.of_role(ColumnRole::code) != nullptr;
  const bool said = std::ranges::any_of(guess.columns, [](const ColumnGuess& column) {
    return column.corrected && (column.role == ColumnRole::date || column.role == ColumnRole::code);
  });
  if (events && (guess.several_lines || said)) {
    guess.form = FileForm::events;
  } else {
    as_people(guess);
  }
}

// Whether some patient has several lines, in the whole file.
Result<bool> repeats(ExportFile& file, const ExportColumn& patient, const Stop& stop) {
  ASSIGN_OR_RETURN(const auto counts,
                   one_row(file,
                           fmt::format("SELECT count({0}), count(DISTINCT {0}) FROM {1}",
                                       duck::quoted_name(patient.name), file.source()),
                           stop));
  return counts[1] < counts[0];
}

bool same_name(std::string_view a, std::string_view b) {
  return lower(a) == lower(b);
}

ColumnGuess* column_of(FileGuess& guess, const std::string& name) {
  auto found = std::ranges::find(guess.columns, name, &ColumnGuess::name);
  if (found == guess.columns.end()) {
    found = std::ranges::find_if(
        guess.columns, [&](const ColumnGuess& column) { return same_name(column.name, name); });
  }
  return found == guess.columns.end() ? nullptr : &*found;
}

bool one_of_a_kind(ColumnRole role) {
  return role == ColumnRole::patient || role == ColumnRole::date || role == ColumnRole::code ||
         role == ColumnRole::kind || role == ColumnRole::sex || role == ColumnRole::age ||
         role == ColumnRole::birth_year || role == ColumnRole::weight;
}

void put(FileGuess& guess, ColumnGuess& column, ColumnRole role) {
  if (one_of_a_kind(role)) {
    for (ColumnGuess& other : guess.columns) {
      if (other.role == role && &other != &column && !other.corrected) {
        other.seems = role == ColumnRole::code ? ColumnRole::sensitive : ColumnRole::quasi;
        other.role = other.seems;
        other.reason = you_chose_instead(other.reason, column.name);
        if (role == ColumnRole::code) {
          guess.other_code = other.name;
        } else if (role == ColumnRole::date) {
          guess.other_day = other.name;
        }
      }
    }
  }
  guess.code_is_doubtful = guess.code_is_doubtful && role != ColumnRole::code;
  column.role = role;
  column.reason = said(Reason::you_chose);
  column.corrected = true;
}

std::unexpected<Error> no_column(const std::vector<FileGuess>& guesses,
                                 const Correction& correction) {
  std::vector<std::string> names;
  const bool listed = std::ranges::all_of(guesses, &FileGuess::may_list_columns);
  for (const FileGuess& guess : guesses) {
    for (const ColumnGuess& column : guess.columns) {
      names.push_back(column.name);
    }
  }
  return bad_input(fmt::format("no column '{}'{}", correction.column,
                               correction.file.empty() ? "" : " in " + correction.file),
                   correction.where, column_hint(correction.column, names, listed));
}

}  // namespace

const ColumnGuess* FileGuess::of_role(ColumnRole role) const {
  const auto found = std::ranges::find(columns, role, &ColumnGuess::role);
  return found == columns.end() ? nullptr : &*found;
}

std::vector<std::string> FileGuess::names_of_role(ColumnRole role) const {
  std::vector<std::string> names;
  for (const ColumnGuess& column : columns) {
    if (column.role == role) {
      names.push_back(column.name);
    }
  }
  return names;
}

std::vector<std::string> FileGuess::known_columns() const {
  std::vector<std::string> names;
  for (const ColumnGuess& column : columns) {
    if (known_to_attackers(column.role) && !column.tells_nothing) {
      names.push_back(column.name);
    }
  }
  return names;
}

std::vector<ColumnRole> FileGuess::not_found() const {
  std::vector<ColumnRole> roles = {ColumnRole::patient, ColumnRole::date, ColumnRole::code};
  for (const ColumnGuess& column : columns) {
    std::erase(roles, column.corrected ? column.role : column.seems);
  }
  return roles;
}

bool only_names(const ColumnGuess& column) {
  const auto is = [&](ColumnRole role) { return column.role == role || column.seems == role; };
  return is(ColumnRole::place) || is(ColumnRole::code) || is(ColumnRole::kind) ||
         is(ColumnRole::sex);
}

Result<FileGuess> guess_columns(ExportFile& file, const Stop& stop) {
  ASSIGN_OR_RETURN(std::vector<Look> looks, look_at(file, stop));
  // A sample of fewer lines than it may have is the whole file.
  const bool whole = looks.empty() || looks[0].profile.lines() < sample_lines(looks.size());
  for (Look& look : looks) {
    guess_alone(look, whole);
  }
  find_patient(looks);
  for (const ColumnRole role : {ColumnRole::sex, ColumnRole::age, ColumnRole::birth_year,
                                ColumnRole::weight, ColumnRole::kind}) {
    keep_one(looks, role, ColumnRole::quasi);
  }
  FileGuess guess;
  choose_day(looks, guess);
  choose_code(looks, guess);
  const Look* patient = of_role(looks, ColumnRole::patient);
  leave_out_keys(looks, patient, patient != nullptr && comes_again(patient->profile));
  guess.file = as_utf8(file.path().filename().string());
  guess.may_list_columns = file.may_list_columns();
  for (const Look& look : looks) {
    guess.lines = look.profile.lines();
    ColumnGuess column = look.guess;
    column.name = look.column.name;
    column.type = look.column.type;
    column.missing = look.profile.missing_share();
    column.repeats = comes_again(look.profile);
    column.seems = column.role;
    column.impossible = some_impossible(look);
    const bool says_who = look.guess.role == ColumnRole::patient || &look == &looks.front();
    if (says_who && guess.totals.empty() && look.profile.totals() > 0) {
      guess.totals = look.column.name;
    }
    if (column.role == ColumnRole::patient && !column.repeats &&
        guess.lines >= sample_lines(looks.size())) {
      ASSIGN_OR_RETURN(column.repeats, repeats(file, look.column, stop));
    }
    column.beyond_days = column.day_format.empty() && look.profile.beyond_days();
    guess.columns.push_back(std::move(column));
  }
  decide_form(guess);
  return guess;
}

Status correct(std::vector<FileGuess>& guesses, const std::vector<Correction>& corrections) {
  for (const Correction& correction : corrections) {
    bool found = false;
    for (FileGuess& guess : guesses) {
      if (!correction.file.empty() && correction.file != guess.file) {
        continue;
      }
      if (ColumnGuess* column = column_of(guess, correction.column)) {
        found = true;
        put(guess, *column, correction.role);
      }
    }
    if (!found) {
      return no_column(guesses, correction);
    }
  }
  std::ranges::for_each(guesses, decide_form);
  return {};
}

Status look_for_several_lines(ExportFile& file, FileGuess& guess, const Stop& stop) {
  for (ColumnGuess& column : guess.columns) {
    if (column.role == ColumnRole::patient && column.corrected && !column.repeats) {
      ASSIGN_OR_RETURN(column.repeats, repeats(file, {column.name, column.type}, stop));
      decide_form(guess);
      return {};
    }
  }
  return {};
}

Result<Roles> roles_of(const FileGuess& guess, const std::string& day_format) {
  Roles roles{.patient = {},
              .day = {},
              .code = {},
              .day_format = day_format.empty() ? guess.day_format : day_format};
  roles.precision = precision_of(roles.day_format).value_or(Precision::days);
  const auto take = [&](ColumnRole role) -> std::optional<ExportColumn> {
    const ColumnGuess* column = guess.of_role(role);
    return column == nullptr ? std::nullopt
                             : std::optional(ExportColumn{column->name, column->type});
  };
  const auto need = [&](ColumnRole role, const char* what,
                        const char* flag) -> Result<ExportColumn> {
    if (auto column = take(role)) {
      return *std::move(column);
    }
    return bad_input(fmt::format("no column looks like {}", what), guess.file,
                     fmt::format("name it: {} COLUMN", flag));
  };
  ASSIGN_OR_RETURN(roles.patient, need(ColumnRole::patient, "the patient", "--patient"));
  ASSIGN_OR_RETURN(roles.day, need(ColumnRole::date, "the day", "--day"));
  ASSIGN_OR_RETURN(roles.code, need(ColumnRole::code, "the code", "--code"));
  if (roles.day_format.empty() && guess.of_role(ColumnRole::date)->beyond_days) {
    return bad_input(
        fmt::format("the whole numbers in column '{}' are too far apart, or too large, for days",
                    roles.day.name),
        guess.file,
        "they look like seconds or milliseconds since 1970; write days: 2023-03-06, or whole "
        "numbers that count days");
  }
  if (!roles.day_format.empty() && day_form(roles.day.type) == DayForm::number) {
    roles.day.type = "VARCHAR";  // 20230306: read by its format, and not as a number of days
  }
  roles.kind = take(ColumnRole::kind);
  roles.sex = take(ColumnRole::sex);
  roles.birth_year = take(ColumnRole::birth_year);
  roles.age = take(ColumnRole::age);
  return roles;
}

}  // namespace parcours::exports
