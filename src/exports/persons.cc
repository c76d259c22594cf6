#include "exports/persons.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>

#include "base/letters.h"
#include "exports/column_sql.h"

namespace parcours::exports {
namespace {

constexpr double few_patients = 0.01;  // may have lines that differ in a column of the person
constexpr std::uint64_t first_lines_of_persons = 250'000;

ExportColumn column_of(const ColumnGuess& guess) {
  return {guess.name, guess.type};
}

// Of a file of events, what may be the person's: not what says when, what and of what kind an event
// was.
bool may_be_of_person(ColumnRole role) {
  return known_to_attackers(role) && role != ColumnRole::date && role != ColumnRole::code &&
         role != ColumnRole::kind && role != ColumnRole::constant;
}

// A number of what a line says, of which only whether it is the same matters: much smaller than the
// text. Nothing where the line says nothing.
std::string same_sql(const ColumnGuess& column) {
  const std::string text = text_sql(column_of(column));
  return fmt::format("CASE WHEN {0} IS NOT NULL THEN hash({0}) END", text);
}

struct Differing {
  std::uint64_t patients = 0;
  std::vector<std::uint64_t> with_several;  // by column: patients whose lines differ in it
};

// `lines` is what is read: all, or some of them.
Result<Differing> differing(ExportFile& events, const std::string& patient,
                            std::span<PersonColumn* const> columns, const std::string& lines,
                            const Stop& stop) {
  std::string ranges;
  std::string several;
  for (std::size_t i = 0; i < columns.size(); ++i) {
    ranges += fmt::format(", min({0}) AS lo{1}, max({0}) AS hi{1}", same_sql(columns[i]->guess), i);
    several += fmt::format(", count(*) FILTER (lo{0} <> hi{0})", i);
  }
  ASSIGN_OR_RETURN(const auto counts,
                   one_row(events,
                           fmt::format("SELECT count(*){0} FROM (SELECT {1}{2} FROM {3} WHERE {1} "
                                       "IS NOT NULL GROUP BY {1})",
                                       several, patient, ranges, lines),
                           stop));
  Differing found{static_cast<std::uint64_t>(counts[0]), {}};
  for (std::size_t i = 0; i < columns.size(); ++i) {
    found.with_several.push_back(static_cast<std::uint64_t>(counts[i + 1]));
  }
  return found;
}

bool are_few(std::uint64_t patients, std::uint64_t all) {
  return static_cast<double>(patients) <= few_patients * static_cast<double>(all);
}

// Finds out which of the columns that may be the person's have one value a patient.
//
// Most columns of a wide file differ in its first lines already. They are read no further, which is
// right where the patients whose first lines differ turn out to be too many for all lines' patients
// as well; columns of which that is not so are read after all.
Status find_columns_of_person(ExportFile& events, const std::string& patient,
                              std::vector<PersonColumn>& columns, const Stop& stop) {
  constexpr std::size_t few_columns = 8;
  std::vector<PersonColumn*> left;
  for (PersonColumn& column : columns) {
    column.of_person = false;
    if (may_be_of_person(column.guess.role)) {
      left.push_back(&column);
    }
  }
  if (left.empty()) {
    return {};
  }
  std::vector<std::pair<PersonColumn*, std::uint64_t>> set_aside;
  if (left.size() > few_columns) {
    const std::string some =
        fmt::format("(SELECT * FROM {} LIMIT {})", events.source(), first_lines_of_persons);
    ASSIGN_OR_RETURN(const Differing first, differing(events, patient, left, some, stop));
    std::vector<PersonColumn*> same;
    for (std::size_t i = 0; i < left.size(); ++i) {
      if (are_few(first.with_several[i], first.patients)) {
        same.push_back(left[i]);
      } else {
        set_aside.emplace_back(left[i], first.with_several[i]);
      }
    }
    left = std::move(same);
  }
  for (bool again = true; again;) {
    ASSIGN_OR_RETURN(const Differing all, differing(events, patient, left, events.source(), stop));
    for (std::size_t i = 0; i < left.size(); ++i) {
      left[i]->of_person = are_few(all.with_several[i], all.patients);
    }
    left.clear();
    for (const auto& [column, with_several] : std::exchange(set_aside, {})) {
      if (are_few(with_several, all.patients)) {
        left.push_back(column);
      }
    }
    again = !left.empty();
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

}  // namespace parcours::exports
