#include "exports/persons.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/letters.h"
#include "exports/column_sql.h"

namespace parcours {
namespace {

constexpr double few_patients = 0.01;  // may have lines that differ in a column of the person

ExportColumn column_of(const ColumnGuess& guess) {
  return {guess.name, guess.type};
}

// Of a file of events, what may be the person's: not what says when, what and of what kind an event
// was.
bool may_be_of_person(ColumnRole role) {
  return known_to_attackers(role) && role != ColumnRole::date && role != ColumnRole::code &&
         role != ColumnRole::kind && role != ColumnRole::constant;
}

// Finds out which of the columns that may be the person's have one value a patient.
Status find_columns_of_person(ExportFile& events, const std::string& patient,
                              std::vector<PersonColumn>& columns, const Stop& stop) {
  std::vector<PersonColumn*> candidates;
  std::string ranges;
  std::string several;
  for (PersonColumn& column : columns) {
    column.of_person = false;
    if (may_be_of_person(column.guess.role)) {
      ranges += fmt::format(", min({0}) AS lo{1}, max({0}) AS hi{1}",
                            text_sql(column_of(column.guess)), candidates.size());
      several += fmt::format(", count(*) FILTER (lo{0} <> hi{0})", candidates.size());
      candidates.push_back(&column);
    }
  }
  if (candidates.empty()) {
    return {};
  }
  ASSIGN_OR_RETURN(const auto counts,
                   one_row(events,
                           fmt::format("SELECT count(*){0} FROM (SELECT {1}{2} FROM {3} WHERE {1} "
                                       "IS NOT NULL GROUP BY {1})",
                                       several, patient, ranges, events.source()),
                           stop));
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    candidates[i]->of_person =
        static_cast<double>(counts[i + 1]) <= few_patients * static_cast<double>(counts[0]);
  }
  return {};
}

template <class Fits>
std::vector<std::string> names_where(const std::vector<PersonColumn>& columns, const Fits& fits) {
  std::vector<std::string> names;
  for (const PersonColumn& column : columns) {
    if (fits(column)) {
      names.push_back(column.guess.name);
    }
  }
  return names;
}

bool is_known(const PersonColumn& column) {
  return column.of_person && known_to_attackers(column.guess.role) && !column.guess.tells_nothing;
}

}  // namespace

std::optional<ExportColumn> Persons::patient() const {
  for (const PersonColumn& column : columns) {
    if (column.guess.role == ColumnRole::patient) {
      return column_of(column.guess);
    }
  }
  return std::nullopt;
}

std::vector<std::string> Persons::known() const {
  return names_where(columns, is_known);
}

std::vector<std::string> Persons::known_beside_others() const {
  return names_where(columns, [](const PersonColumn& column) {
    const ColumnGuess& guess = column.guess;
    return is_known(column) ||
           (column.of_person && known_to_attackers(guess.role) && guess.missing < 1);
  });
}

std::vector<std::string> Persons::sensitive() const {
  return names_where(columns, [](const PersonColumn& column) {
    return is_known(column) && column.guess.role == ColumnRole::sensitive;
  });
}

std::vector<std::string> Persons::only_naming() const {
  return names_where(columns, [](const PersonColumn& column) {
    return is_known(column) && only_names(column.guess);
  });
}

std::vector<std::string> Persons::naming_the_person() const {
  return names_where(columns, [](const PersonColumn& column) {
    return column.of_person && column.guess.role == ColumnRole::drop;
  });
}

std::string Persons::weight() const {
  const auto names = names_where(columns, [](const PersonColumn& column) {
    return column.of_person && column.guess.role == ColumnRole::weight;
  });
  return names.empty() ? "" : names.front();
}

std::vector<AskedColumn> Persons::asked() const {
  std::vector<AskedColumn> all;
  for (const PersonColumn& column : columns) {
    if (is_known(column)) {
      all.push_back({column.guess.name, column_of(column.guess)});
    }
  }
  return all;
}

std::vector<AskedColumn> Persons::called(const std::vector<std::string>& wanted) const {
  std::vector<AskedColumn> found;
  const auto add = [&](const std::string& name, const ColumnGuess& guess) {
    if (std::ranges::find(found, name, &AskedColumn::name) == found.end()) {
      found.push_back({name, column_of(guess), guess.role == ColumnRole::birth_year});
    }
  };
  for (const PersonColumn& column : columns) {
    const ColumnGuess& guess = column.guess;
    const std::string name = lower(guess.name);
    if (!known_to_attackers(guess.role) || guess.missing == 1) {
      continue;
    }
    if (guess.role == ColumnRole::sex || guess.role == ColumnRole::birth_year ||
        guess.role == ColumnRole::age) {
      add(std::string(name_of(guess.role)), guess);
    } else if (name == "practice" || name == "region" ||
               std::ranges::find(wanted, name) != wanted.end()) {
      add(name, guess);
    }
  }
  for (const PersonColumn& column : columns) {
    if (column.guess.role == ColumnRole::place) {
      add("region", column.guess);
    }
  }
  return found;
}

std::optional<AskedColumn> Persons::column(const std::string& name) const {
  const auto found = file.column(name, "the person");
  return found ? std::optional(AskedColumn{name, *found}) : std::nullopt;
}

Result<Persons> persons_in(const ExportFile& file, const FileGuess& guess, int threads) {
  ASSIGN_OR_RETURN(ExportFile same, file.again(threads, false));
  Persons persons{std::move(same), guess.file, {}, false, guess.several_lines};
  for (const ColumnGuess& column : guess.columns) {
    persons.columns.push_back({column});
  }
  return persons;
}

Result<Persons> persons_on_lines(const ExportFile& events, const FileGuess& guess, int threads,
                                 const Stop& stop) {
  ASSIGN_OR_RETURN(ExportFile lines, events.again(threads, false));
  const std::string patient = name_sql(column_of(*guess.of_role(ColumnRole::patient)));
  std::vector<PersonColumn> columns;
  std::string list;
  for (const ColumnGuess& column : guess.columns) {
    columns.push_back({column});
    columns.back().guess.type = "VARCHAR";
    const std::string text = text_sql(column_of(column));
    list += fmt::format("{}{} AS {}", list.empty() ? "" : ", ",
                        column.role == ColumnRole::patient ? patient : fmt::format("min({})", text),
                        duck::quoted_name(column.name));
  }
  RETURN_IF_ERROR(find_columns_of_person(lines, patient, columns, stop));
  ASSIGN_OR_RETURN(
      ExportFile file,
      ExportFile::of_query({&events},
                           fmt::format("SELECT {} FROM {} WHERE {} IS NOT NULL GROUP "
                                       "BY {} ORDER BY {}",
                                       list, events.source(), patient, patient, patient),
                           threads));
  return Persons{std::move(file), guess.file, std::move(columns), true, false};
}

}  // namespace parcours
