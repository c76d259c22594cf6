#include "assessment/doubts.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <string_view>

#include "base/letters.h"
#include "exports/column_reasons.h"
#include "exports/unread_days.h"
#include "page/numbers.h"

namespace parcours::assessment {
namespace {

// More lines or patients than this part of all must not be missing without a word.
constexpr double much = 0.1;

bool is_much(std::uint64_t missing, std::uint64_t there) {
  return static_cast<double>(missing) > much * static_cast<double>(missing + there);
}

// "1,026 of 15,190 lines", "1 026 lignes sur 15 190".
tables::Label some_of(std::uint64_t some, std::uint64_t missing, const tables::Label& what) {
  const tables::Label part = page::thousands(some);
  const tables::Label all = page::thousands(some + missing);
  return {fmt::format("{} of {} {}", part.en, all.en, what.en),
          fmt::format("{} {} sur {}", part.fr, what.fr, all.fr)};
}

// What the lines that are left out lack most.
struct Lack {
  exports::ColumnRole role;
  const char* flag;
  tables::Label name;
};

Lack lack_of(const paths::LeftOut& left) {
  if (left.without_code >= std::max(left.without_day, left.without_patient)) {
    return {exports::ColumnRole::code, "--code", {"the code", "le code"}};
  }
  return left.without_day >= left.without_patient
             ? Lack{exports::ColumnRole::date, "--day", {"the day", "le jour"}}
             : Lack{exports::ColumnRole::patient, "--patient", {"the patient", "le patient"}};
}

// The columns of that role in the files of events: ", 'code'," or nothing.
tables::Label columns_of(const std::vector<exports::FileGuess>& guesses, exports::ColumnRole role) {
  std::vector<std::string> names;
  for (const exports::FileGuess& guess : guesses) {
    const exports::ColumnGuess* column =
        guess.form == exports::FileForm::events ? guess.of_role(role) : nullptr;
    if (column != nullptr && std::ranges::find(names, column->name) == names.end()) {
      names.push_back(column->name);
    }
  }
  return names.empty() ? tables::Label{}
                       : tables::Label{fmt::format(", '{}',", fmt::join(names, "', '")),
                                       fmt::format(", « {} »,", fmt::join(names, " », « "))};
}

// As a shell takes it for one word.
std::string as_word(const std::string& name) {
  const auto plain = [](char c) {
    return (c >= 'a' && c <= 'z') || is_capital(c) || is_digit(c) ||
           std::string_view("_-.:,@+%=").find(c) != std::string_view::npos ||
           static_cast<unsigned char>(c) >= 0x80;
  };
  if (std::ranges::all_of(name, plain)) {
    return name;
  }
  std::string word = "'";
  for (const char c : name) {
    word += c == '\'' ? std::string("'\\''") : std::string(1, c);
  }
  return word + "'";
}

// What may be meant instead, of the only file of events; empty: nothing is known.
std::string other_of(const std::vector<exports::FileGuess>& guesses, exports::ColumnRole role) {
  const auto of_events = [](const exports::FileGuess& guess) {
    return guess.form == exports::FileForm::events;
  };
  if (std::ranges::count_if(guesses, of_events) != 1) {
    return {};
  }
  const exports::FileGuess& guess = *std::ranges::find_if(guesses, of_events);
  const std::string& other = role == exports::ColumnRole::code   ? guess.other_code
                             : role == exports::ColumnRole::date ? guess.other_day
                                                                 : std::string();
  return other;
}

tables::Label left_out(const PathsAnswer& paths, const std::vector<exports::FileGuess>& guesses) {
  const paths::LeftOut& left = paths.left_out;
  const tables::Label lines = some_of(paths.events, left.lines, {"lines", "lignes"});
  const tables::Label patients = some_of(paths.patients, left.patients, {"patients", "patients"});
  const Lack lack = lack_of(left);
  const tables::Label columns = columns_of(guesses, lack.role);
  const bool stand_ins = lack.role == exports::ColumnRole::date && left.stand_ins > 0;
  const tables::Label empty =
      stand_ins ? tables::Label{"is empty, or a date that stands for no day, such as "
                                "9999-12-31 or 1900-01-01",
                                "est vide, ou une date qui en tient lieu, comme 9999-12-31 ou "
                                "1900-01-01"}
                : tables::Label{"is empty", "est vide"};
  tables::Label text = {
      fmt::format("Check this first: only {} and {} count here. On the others {}{} {}.", lines.en,
                  patients.en, lack.name.en, columns.en, empty.en),
      fmt::format("À vérifier d’abord : seules {} et {} comptent ici. Ailleurs, {}{} {}.", lines.fr,
                  patients.fr, lack.name.fr, columns.fr, empty.fr)};
  const std::string other = other_of(guesses, lack.role);
  if (!other.empty()) {
    text.en +=
        fmt::format(" If '{}' is {}, say {} {}.", other, lack.name.en, lack.flag, as_word(other));
    text.fr += fmt::format(" Si {} est dans « {} », indiquez {} {}.", lack.name.fr, other,
                           lack.flag, as_word(other));
  } else {
    text.en +=
        fmt::format(" If another column is {}, name it: {} COLUMN.", lack.name.en, lack.flag);
    text.fr += fmt::format(" Si {} est dans une autre colonne, indiquez-la : {} COLONNE.",
                           lack.name.fr, lack.flag);
  }
  return text;
}

tables::Label two_codes(const exports::FileGuess& guess) {
  const std::string& taken = guess.of_role(exports::ColumnRole::code)->name;
  if (guess.other_code.empty()) {
    return {fmt::format("Check this first: no column of {} is named like a code of events; '{}' "
                        "was taken. If another one is, name it: --code COLUMN.",
                        guess.file, taken),
            fmt::format("À vérifier d’abord : aucune colonne de {} ne porte un nom de code "
                        "d’événement ; « {} » a été prise. Sinon, indiquez-la : --code COLONNE.",
                        guess.file, taken)};
  }
  return {
      fmt::format("Check this first: in {0}, '{1}' or '{2}' may be the code of events; '{1}' was "
                  "taken. If it is '{2}', say --code {3}.",
                  guess.file, taken, guess.other_code, as_word(guess.other_code)),
      fmt::format("À vérifier d’abord : dans {0}, « {1} » ou « {2} » peut être le code des "
                  "événements ; « {1} » a été prise. Si c’est « {2} », indiquez --code {3}.",
                  guess.file, taken, guess.other_code, as_word(guess.other_code))};
}

tables::Label key_or_not(const exports::FileGuess& guess, const exports::ColumnGuess& column) {
  const std::string word = as_word(column.name + "=quasi");
  return {fmt::format("Check this first: '{}' of {} has another value on every line, and was left "
                      "out as a number of the line. If an attacker may know it, say --column {}.",
                      column.name, guess.file, word),
          fmt::format("À vérifier d’abord : « {} » de {} a une valeur différente sur chaque ligne "
                      "et a été écartée comme numéro de ligne. Si un attaquant peut la connaître, "
                      "indiquez --column {}.",
                      column.name, guess.file, word)};
}

tables::Label total_or_person(const exports::FileGuess& guess) {
  return {
      fmt::format("Check this first: a line of {} says in '{}' that it is a total, and counts "
                  "like any other line. Take lines of totals out of the file.",
                  guess.file, guess.totals),
      fmt::format("À vérifier d’abord : une ligne de {} dit dans « {} » qu’elle est un total, et "
                  "compte comme toute autre ligne. Retirez les lignes de totaux du fichier.",
                  guess.file, guess.totals)};
}

tables::Label impossible_numbers(const exports::FileGuess& guess,
                                 const exports::ColumnGuess& column) {
  const bool age = column.role == exports::ColumnRole::age;
  return {fmt::format("Check this first: some numbers in '{}' of {} are no {}, as 999 or -1 where "
                      "nothing is known; they count like any other. Leave such values empty.",
                      column.name, guess.file, age ? "ages" : "years of birth"),
          fmt::format("À vérifier d’abord : certains nombres dans « {} » de {} ne sont pas des {}, "
                      "comme 999 ou -1 quand rien n’est connu ; ils comptent comme les autres. "
                      "Laissez ces valeurs vides.",
                      column.name, guess.file, age ? "âges" : "années de naissance")};
}

// The columns with such values, each once.
std::vector<std::string> columns_of(const std::vector<StandIn>& found) {
  std::vector<std::string> columns;
  for (const StandIn& one : found) {
    if (std::ranges::find(columns, one.column) == columns.end()) {
      columns.push_back(one.column);
    }
  }
  return columns;
}

// The values of one column, in lines or in patients.
tables::Label taken_for_empty(const std::vector<StandIn>& found, const std::string& column,
                              const std::string& file, bool patients) {
  std::string values;
  std::uint64_t records = 0;
  for (const StandIn& one : found) {
    if (one.column == column) {
      values += (values.empty() ? "" : ", ") + one.value;
      records += one.records;
    }
  }
  const tables::Label count = page::thousands(records);
  const std::string several = records == 1 ? "" : "s";
  return {fmt::format("Check this first: in '{}' of {}, {} stands where nothing is known, as the "
                      "column's other values show; it counts as an empty cell ({} {}{}).",
                      column, file, values, count.en, patients ? "patient" : "line", several),
          fmt::format("À vérifier d’abord : dans « {} » de {}, {} tient lieu de valeur inconnue, "
                      "au vu des autres valeurs de la colonne ; cela compte comme une cellule vide "
                      "({} {}{}).",
                      column, file, values, count.fr, patients ? "patient" : "ligne", several)};
}

void add_taken_for_empty(const std::vector<StandIn>& found, const std::string& file, bool patients,
                         std::vector<tables::Label>& all) {
  for (const std::string& column : columns_of(found)) {
    all.push_back(taken_for_empty(found, column, file, patients));
  }
}

// Of the other export, and of this one what is not said yet: a value that the two show together.
void add_of_link(std::vector<StandIn> here, const std::vector<StandIn>& there,
                 const std::string& other, const Assessment& assessment, bool patients,
                 std::vector<tables::Label>& all) {
  const auto& people = assessment.people;
  std::erase_if(here, [&](const StandIn& one) {
    return people && std::ranges::find(people->stand_ins, one.column, &StandIn::column) !=
                         people->stand_ins.end();
  });
  add_taken_for_empty(here, assessment.what, patients, all);
  add_taken_for_empty(there, other, patients, all);
}

tables::Label no_patient(const exports::FileGuess& guess) {
  return {fmt::format("Check this first: no column of {} looks like the patient, so each line "
                      "counts as a person of its own. If patients have several lines, name the "
                      "column: --patient COLUMN.",
                      guess.file),
          fmt::format("À vérifier d’abord : aucune colonne de {} ne ressemble au patient ; chaque "
                      "ligne compte donc comme une personne. Si des patients ont plusieurs lignes, "
                      "indiquez la colonne : --patient COLONNE.",
                      guess.file)};
}

tables::Label patient_by_values(const exports::FileGuess& guess,
                                const exports::ColumnGuess& patient) {
  return {fmt::format("Check this first: '{}' of {} was taken for the patient by its values alone. "
                      "If another column is the patient, name it: --patient COLUMN.",
                      patient.name, guess.file),
          fmt::format("À vérifier d’abord : « {} » de {} a été prise pour le patient d’après ses "
                      "seules valeurs. Si le patient est dans une autre colonne, indiquez-la : "
                      "--patient COLONNE.",
                      patient.name, guess.file)};
}

// Patients have several lines, and no events were found on them.
tables::Label no_events(const exports::FileGuess& guess) {
  const std::vector<exports::ColumnRole> lacks = guess.not_found();
  const bool day = std::ranges::find(lacks, exports::ColumnRole::date) != lacks.end();
  const bool code = std::ranges::find(lacks, exports::ColumnRole::code) != lacks.end();
  const std::string flags = fmt::format("{}{}{}", day ? "--day {0}" : "", day && code ? " " : "",
                                        code ? "--code {0}" : "");
  const auto flags_with = [&](const char* column) {
    return fmt::format(fmt::runtime(flags), column);
  };
  return {fmt::format("Check this first: patients of {} have several lines, but no column looks "
                      "like {}, so each line counts by itself. If the lines are events, say {}.",
                      guess.file,
                      day && code ? "the day or the code of events"
                      : day       ? "the day of events"
                                  : "the code of events",
                      flags_with("COLUMN")),
          fmt::format("À vérifier d’abord : des patients de {} ont plusieurs lignes, mais aucune "
                      "colonne ne ressemble {} ; chaque ligne compte donc seule. Si les lignes "
                      "sont des événements, indiquez {}.",
                      guess.file,
                      day && code ? "au jour ou au code des événements"
                      : day       ? "au jour des événements"
                                  : "au code des événements",
                      flags_with("COLONNE"))};
}

// Where lines may be about events and were taken for people, or for those of another patient.
void add_of_form(const exports::FileGuess& guess, std::vector<tables::Label>& all) {
  const std::vector<exports::ColumnRole> lacks = guess.not_found();
  const auto lacking = [&](exports::ColumnRole role) {
    return std::ranges::find(lacks, role) != lacks.end();
  };
  const exports::ColumnGuess* patient = guess.of_role(exports::ColumnRole::patient);
  if (patient != nullptr && patient->reason == exports::said(exports::Reason::repeated_keys)) {
    all.push_back(patient_by_values(guess, *patient));
  }
  if (guess.form == exports::FileForm::events) {
    return;
  }
  if (patient == nullptr && !lacking(exports::ColumnRole::date)) {
    all.push_back(no_patient(guess));
  } else if (guess.several_lines &&
             (lacking(exports::ColumnRole::date) || lacking(exports::ColumnRole::code))) {
    all.push_back(no_events(guess));
  }
}

tables::Label unread_days(const exports::ColumnGuess& column) {
  const Text what = exports::what_is_unread(column);
  const std::string word = as_word(column.name + "=quasi");
  return {fmt::format("Check this first: {}. Say how days are written (--day-format), or that the "
                      "column is no day (--column {}).",
                      what.en, word),
          fmt::format("À vérifier d’abord : {}. Indiquez comment les jours s’écrivent "
                      "(--day-format), ou que la colonne n’est pas un jour (--column {}).",
                      what.fr, word)};
}

// But for numbers in columns that were looked at: `settled`.
std::vector<tables::Label> doubts_of(const std::vector<exports::FileGuess>& guesses,
                                     const std::vector<std::string>& settled) {
  std::vector<tables::Label> all;
  for (const exports::FileGuess& guess : guesses) {
    if (const exports::ColumnGuess* column = exports::unread_day(guess)) {
      all.push_back(unread_days(*column));
    }
    add_of_form(guess, all);
    if (guess.form == exports::FileForm::events && guess.code_is_doubtful) {
      all.push_back(two_codes(guess));
    }
    if (!guess.totals.empty()) {
      all.push_back(total_or_person(guess));
    }
    for (const exports::ColumnGuess& column : guess.columns) {
      const bool looked_at = std::ranges::find(settled, column.name) != settled.end();
      if (column.impossible && !looked_at && exports::known_to_attackers(column.role)) {
        all.push_back(impossible_numbers(guess, column));
      }
      if (column.asked_about && !column.corrected) {
        all.push_back(key_or_not(guess, column));
      }
    }
  }
  return all;
}

}  // namespace

std::vector<std::string> settled_columns(const Assessment& assessment) {
  return assessment.people ? columns_of(assessment.people->stand_ins) : std::vector<std::string>();
}

std::vector<tables::Label> doubts(const std::vector<exports::FileGuess>& guesses,
                                  const std::vector<std::string>& settled) {
  return doubts_of(guesses, settled);
}

std::vector<tables::Label> doubts(const Assessment& assessment) {
  std::vector<tables::Label> all;
  if (const auto& paths = assessment.paths) {
    const paths::LeftOut& left = paths->left_out;
    if (is_much(left.lines, paths->events) || is_much(left.patients, paths->patients)) {
      all.push_back(left_out(*paths, assessment.files));
    }
  }
  if (const auto& people = assessment.people) {
    add_taken_for_empty(people->stand_ins, people->file, people->from_events, all);
    add_taken_for_empty(people->population_stand_ins, people->population_from.en, false, all);
  }
  if (const auto& link = assessment.linkage) {
    add_of_link(link->stand_ins, link->stand_ins_of_other, link->other, assessment, false, all);
  }
  if (const auto& link = assessment.paths_linkage) {
    add_of_link(link->stand_ins, link->stand_ins_of_other, link->other, assessment, true, all);
  }
  const std::vector<std::string> settled = settled_columns(assessment);
  std::ranges::move(doubts_of(assessment.files, settled), std::back_inserter(all));
  return all;
}

}  // namespace parcours::assessment
