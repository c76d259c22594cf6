// The exercise of the case on a file of people: what each fact asks of one line, and what the one
// who is left is told of.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/column_names.h"
#include "base/letters.h"
#include "exercise/age_text.h"
#include "exercise/fact_sql.h"
#include "exercise/find.h"
#include "exercise/pattern_sql.h"
#include "exports/column_sql.h"
#include "exports/interruption.h"

namespace parcours::exercise {
namespace {

// A column's text without spaces around it; null where nothing is written.
std::string value_sql(const exports::ColumnGuess& column) {
  return fmt::format("nullif({}, '')", exports::text_sql({column.name, column.type}));
}

Result<std::vector<std::string>> texts(exports::ExportFile& file, const std::string& sql,
                                       const Stop& stop) {
  const exports::Interruption interruption(file.connection(), stop);
  ASSIGN_OR_RETURN(duck::Stream rows, file.query(sql));
  std::vector<std::string> values;
  RETURN_IF_ERROR(
      duck::for_rows(rows, [&](std::size_t row) { values.emplace_back(rows.text(0, row)); }));
  return stop.requested() ? Result<std::vector<std::string>>(stopped()) : values;
}

// Says each fact as a condition on one line, and keeps the columns that were asked.
class LineConditions {
 public:
  LineConditions(exports::ExportFile& file, const exports::FileGuess& guess,
                 const std::string& day_format, const std::vector<Fact>& facts, const Stop& stop)
      : file_(file), guess_(guess), facts_(facts), stop_(stop) {
    day_format_ = day_format.empty() ? guess.day_format : day_format;
  }

  Result<std::string> of(const Fact& fact) {
    return std::visit([&](const auto& known) { return condition(fact, known); }, fact.known);
  }

  bool asked(const std::string& column) const { return asked_.contains(column); }

 private:
  std::unexpected<Error> cannot_ask(const Fact& fact, const std::string& why,
                                    std::string right) const {
    return bad_input(fmt::format("'{}' cannot be asked: {}", fact.text, why), file_.path().string(),
                     std::move(right));
  }

  std::string the_columns() const {
    constexpr std::size_t most = 24;
    if (!guess_.may_list_columns) {
      return "--guess shows the columns";
    }
    std::vector<std::string> names = guess_.known_columns();
    std::erase_if(names, std::not_fn(reads_as_name));
    std::string list;
    for (std::size_t i = 0; i < std::min(most, names.size()); ++i) {
      list += (i == 0 ? "" : ", ") + names[i];
    }
    return fmt::format("the columns are {}{}", list,
                       names.size() > most ? fmt::format(" and {} more", names.size() - most) : "");
  }

  const exports::ColumnGuess* called(std::string_view name) const {
    const auto found = std::ranges::find_if(
        guess_.columns,
        [&](const exports::ColumnGuess& column) { return lower(column.name) == lower(name); });
    return found == guess_.columns.end() ? nullptr : &*found;
  }

  // Of what would be an event's in a file of events, as of one whose patients have one line each.
  const exports::ColumnGuess* seeming(exports::ColumnRole role) const {
    const auto found =
        std::ranges::find_if(guess_.columns, [&](const exports::ColumnGuess& column) {
          return column.role == role || (!column.corrected && column.seems == role);
        });
    return found == guess_.columns.end() ? nullptr : &*found;
  }

  // Takes the column as asked, if somebody outside may know it.
  Status ask(const Fact& fact, const exports::ColumnGuess& column) {
    if (!exports::known_to_attackers(column.role)) {
      return cannot_ask(fact,
                        fmt::format("column '{}' is taken for {}, which nobody outside is taken to "
                                    "know",
                                    column.name, meaning(column.role)),
                        fmt::format("to ask it all the same: --column {}=quasi", column.name));
    }
    asked_.insert(column.name);
    return {};
  }

  static std::string_view meaning(exports::ColumnRole role) {
    return role == exports::ColumnRole::patient  ? "the patient's pseudonym"
           : role == exports::ColumnRole::drop   ? "what is to be dropped"
           : role == exports::ColumnRole::weight ? "a survey's weight"
                                                 : "unknown";
  }

  Result<std::string> condition(const Fact& fact, const AgeFact& age) {
    if (const exports::ColumnGuess* column = guess_.of_role(exports::ColumnRole::age)) {
      asked_.insert(column->name);
      ASSIGN_OR_RETURN(const auto written,
                       texts(file_,
                             fmt::format("SELECT DISTINCT {0} FROM {1} WHERE {0} IS NOT NULL",
                                         value_sql(*column), file_.source()),
                             stop_));
      std::string fitting = "NULL";
      for (const std::string& text : written) {
        fitting += age_fits(text, age.years) ? ", " + duck::quoted(text) : "";
      }
      return fmt::format("{} IN ({})", value_sql(*column), fitting);
    }
    const exports::ColumnGuess* born = guess_.of_role(exports::ColumnRole::birth_year);
    if (born == nullptr) {
      return cannot_ask(fact, "no column looks like the age or the birth year",
                        "name it: --age COLUMN; " + the_columns());
    }
    const std::optional<DayRange> time = first_time(facts_);
    if (!time || time->calendar != Calendar::dates) {
      return cannot_ask(
          fact,
          "there is no age, and no fact says in which year it was to be told from the "
          "birth year",
          "say the year of birth: 'born 2011'");
    }
    asked_.insert(born->name);
    const BirthYears years = birth_years(age.years, year_of(time->last));
    return fmt::format("{} BETWEEN {} AND {}", exports::birth_year_sql({born->name, born->type}),
                       years.first, years.last);
  }

  Result<std::string> condition(const Fact& fact, const BornFact& born) {
    const exports::ColumnGuess* column = guess_.of_role(exports::ColumnRole::birth_year);
    if (column == nullptr) {
      return cannot_ask(fact, "no column looks like the birth year",
                        "name it: --birth-year COLUMN; " + the_columns());
    }
    asked_.insert(column->name);
    return fmt::format("{} = {}", exports::birth_year_sql({column->name, column->type}), born.year);
  }

  Result<std::string> condition(const Fact& fact, const SexFact& sex) {
    const exports::ColumnGuess* column = guess_.of_role(exports::ColumnRole::sex);
    if (column == nullptr) {
      return cannot_ask(fact, "no column looks like the sex",
                        "name it: --sex COLUMN; " + the_columns());
    }
    asked_.insert(column->name);
    return sex_sql({column->name, column->type}, sex.sex);
  }

  // The longest column's name that the fact begins with: names may have spaces in them.
  Result<std::string> condition(const Fact& fact, const FieldFact& field) {
    const exports::ColumnGuess* column = nullptr;
    for (const exports::ColumnGuess& candidate : guess_.columns) {
      if (lower(fact.text).starts_with(lower(candidate.name) + " ") &&
          (column == nullptr || candidate.name.size() > column->name.size())) {
        column = &candidate;
      }
    }
    if (column == nullptr) {
      const std::string nearest = column_hint(field.field, guess_.known_columns(), false);
      return cannot_ask(fact, fmt::format("'{}' is no column and no word of facts", field.field),
                        nearest.starts_with("did you mean") ? nearest : the_columns());
    }
    RETURN_IF_ERROR(ask(fact, *column));
    std::string value = fact.text.substr(column->name.size());
    value.erase(0, value.find_first_not_of(' '));
    CodePattern pattern{value, value.ends_with('*')};
    if (pattern.prefix) {
      pattern.text.pop_back();
    }
    return pattern_sql(value_sql(*column), pattern);
  }

  Result<std::string> condition(const Fact& fact, const EventFact& event) {
    for (const std::string& name : names_for(fact, event)) {
      if (const exports::ColumnGuess* column = called(name)) {
        return in_column(fact, event, *column);
      }
    }
    const exports::ColumnGuess* kind = seeming(exports::ColumnRole::kind);
    const exports::ColumnGuess* code = seeming(exports::ColumnRole::code);
    if ((!event.kind.empty() && kind == nullptr) || (event.code && code == nullptr)) {
      return cannot_ask(fact,
                        fmt::format("no column is called '{}'", names_for(fact, event).front()),
                        the_columns());
    }
    std::string all = "TRUE";
    if (!event.kind.empty()) {
      RETURN_IF_ERROR(ask(fact, *kind));
      all += " AND " + kind_sql({kind->name, kind->type}, event.kind);
    }
    if (event.code) {
      RETURN_IF_ERROR(ask(fact, *code));
      all += " AND " + pattern_sql(value_sql(*code), *event.code);
    }
    if (event.days) {
      ASSIGN_OR_RETURN(const std::string on, on_days(fact, *event.days, {}));
      all += " AND " + on;
    }
    return all;
  }

  // What a column of the event may be called: as it was said, and in the other words for it.
  static std::vector<std::string> names_for(const Fact& fact, const EventFact& event) {
    std::vector<std::string> names = {fact.text.substr(0, fact.text.find(' '))};
    if (!event.kind.empty()) {
      const std::vector<std::string> words = kind_words(event.kind);
      names.insert(names.end(), words.begin(), words.end());
    }
    return names;
  }

  Result<std::string> in_column(const Fact& fact, const EventFact& event,
                                const exports::ColumnGuess& column) {
    RETURN_IF_ERROR(ask(fact, column));
    if (!event.code && !event.days) {
      return cannot_ask(fact, fmt::format("it does not say what column '{}' holds", column.name),
                        fmt::format("say '{} VALUE'", column.name));
    }
    std::string all =
        event.code ? pattern_sql(value_sql(column), *event.code) : std::string("TRUE");
    if (event.days) {
      ASSIGN_OR_RETURN(
          const std::string on,
          on_days(fact, *event.days, event.code ? column.name + "_date" : column.name));
      all += " AND " + on;
    }
    return all;
  }

  // That the day in column `name`, or else the line's, is one of `days`.
  Result<std::string> on_days(const Fact& fact, const DayRange& days, const std::string& name) {
    const exports::ColumnGuess* column = name.empty() ? nullptr : called(name);
    column = column == nullptr ? seeming(exports::ColumnRole::date) : column;
    if (column == nullptr) {
      return cannot_ask(fact, "no column says when that was",
                        "leave the time out, or name a column: --day COLUMN; " + the_columns());
    }
    RETURN_IF_ERROR(ask(fact, *column));
    exports::Roles roles{
        .patient = {}, .day = {column->name, column->type}, .code = {}, .day_format = day_format_};
    roles.precision = precision_of(day_format_).value_or(Precision::days);
    ASSIGN_OR_RETURN(const exports::DaySql day, exports::day_sql(file_, roles, stop_));
    if (day.calendar != days.calendar) {
      const bool dates = day.calendar == Calendar::dates;
      return cannot_ask(fact, fmt::format("the days are {}", dates ? "dates" : "numbers"),
                        dates ? "say 'on 2023-03-06'" : "say 'on day 412'");
    }
    return day.within(days.first, days.last);
  }

  exports::ExportFile& file_;
  const exports::FileGuess& guess_;
  const std::vector<Fact>& facts_;
  const Stop& stop_;
  std::string day_format_;
  std::set<std::string> asked_;
};

std::string joined(const std::vector<std::string>& conditions, const std::string& between) {
  std::string all;
  for (const std::string& condition : conditions) {
    all += (all.empty() ? "" : between) + condition;
  }
  return all;
}

// Of every patient, whether some line has each fact: f0, f1, ... A line without a patient is one by
// itself.
std::string hits_sql(const exports::ExportFile& file, const std::string& patient,
                     const std::vector<std::string>& conditions) {
  std::vector<std::string> of_lines;
  std::vector<std::string> of_patients;
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    of_lines.push_back(fmt::format("coalesce({}, FALSE) AS f{}", conditions[i], i));
    of_patients.push_back(fmt::format("coalesce(bool_or({}), FALSE) AS f{}", conditions[i], i));
  }
  std::string lines = fmt::format("SELECT {} FROM {}", joined(of_lines, ", "), file.source());
  if (patient.empty()) {
    return lines;
  }
  return fmt::format(
      "SELECT {0} FROM {1} WHERE {2} IS NOT NULL GROUP BY {2} UNION ALL {3} "
      "WHERE {2} IS NULL",
      joined(of_patients, ", "), file.source(), patient, lines);
}

// The condition on a line to be the one's whom all facts fit.
std::string the_one_sql(const exports::ExportFile& file, const std::string& patient,
                        const std::vector<std::string>& conditions) {
  std::string here = "(" + joined(conditions, ") AND (") + ")";
  if (patient.empty()) {
    return here;
  }
  std::vector<std::string> somewhere;
  for (const std::string& condition : conditions) {
    somewhere.push_back(fmt::format("bool_or({})", condition));
  }
  return fmt::format(
      "{0} IN (SELECT {0} FROM {1} WHERE {0} IS NOT NULL GROUP BY {0} HAVING {2}) OR ({0} IS NULL "
      "AND {3})",
      patient, file.source(), joined(somewhere, " AND "), here);
}

Result<FoundFields> fields_of_the_one(exports::ExportFile& file, const exports::FileGuess& guess,
                                      const LineConditions& conditions, const std::string& the_one,
                                      bool show_values, const Stop& stop) {
  std::vector<const exports::ColumnGuess*> told;
  std::string list;
  for (const exports::ColumnGuess& column : guess.columns) {
    if ((exports::known_to_attackers(column.role) || column.role == exports::ColumnRole::unknown) &&
        !conditions.asked(column.name)) {
      told.push_back(&column);
      list += (list.empty() ? "" : ", ") + value_sql(column);
    }
  }
  FoundFields found;
  if (told.empty()) {
    return found;
  }
  const exports::Interruption interruption(file.connection(), stop);
  ASSIGN_OR_RETURN(duck::Stream rows, file.query(fmt::format("SELECT {} FROM {} WHERE {}", list,
                                                             file.source(), the_one)));
  std::vector<std::set<std::string>> values(told.size());
  RETURN_IF_ERROR(duck::for_rows(rows, [&](std::size_t row) {
    for (std::size_t i = 0; i < told.size(); ++i) {
      if (!rows.null(i, row)) {
        values[i].emplace(rows.text(i, row));
      }
    }
  }));
  for (std::size_t i = 0; i < told.size(); ++i) {
    found.columns += values[i].empty() ? 0 : 1;
    found.sensitive +=
        !values[i].empty() && told[i]->role == exports::ColumnRole::sensitive ? 1 : 0;
    for (const std::string& value : values[i]) {
      if (show_values) {
        found.values.push_back({told[i]->name, value});
      }
    }
  }
  return stop.requested() ? Result<FoundFields>(stopped()) : found;
}

}  // namespace

Result<Funnel> find_in(exports::ExportFile& file, const exports::FileGuess& guess,
                       const std::string& day_format, const std::vector<Fact>& facts,
                       bool show_values, const Stop& stop) {
  LineConditions conditions(file, guess, day_format, facts, stop);
  std::vector<std::string> asked;
  for (const Fact& fact : facts) {
    ASSIGN_OR_RETURN(std::string condition, conditions.of(fact));
    asked.push_back(std::move(condition));
  }
  const exports::ColumnGuess* column = guess.of_role(exports::ColumnRole::patient);
  const std::string patient = column == nullptr ? "" : value_sql(*column);

  std::string counts = "SELECT count(*)";
  std::string so_far;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    so_far += fmt::format("{}f{}", i == 0 ? "" : " AND ", i);
    counts += fmt::format(", count(*) FILTER ({})", so_far);
  }
  ASSIGN_OR_RETURN(
      const auto row,
      exports::one_row(file, fmt::format("{} FROM ({})", counts, hits_sql(file, patient, asked)),
                       stop));
  Funnel funnel{.patients = static_cast<std::uint64_t>(row[0])};
  for (std::size_t i = 0; i < facts.size(); ++i) {
    funnel.steps.push_back({facts[i].text, static_cast<std::uint64_t>(row[i + 1])});
  }
  if (!facts.empty() && funnel.steps.back().patients == 1) {
    ASSIGN_OR_RETURN(funnel.fields,
                     fields_of_the_one(file, guess, conditions, the_one_sql(file, patient, asked),
                                       show_values, stop));
  }
  return funnel;
}

}  // namespace parcours::exercise
