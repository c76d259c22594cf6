// The exercise of the case on an export: one pass of SQL asks of every patient whether some line
// has each fact.
#include <fmt/format.h>

#include <algorithm>

#include "base/column_names.h"
#include "base/letters.h"
#include "exercise/fact_sql.h"
#include "exercise/find.h"
#include "exercise/pattern_sql.h"
#include "exports/column_sql.h"
#include "exports/interruption.h"

namespace parcours::exercise {
namespace {

// Says each fact as a condition on one line of the export.
class Conditions {
 public:
  Conditions(exports::ExportFile& file, const exports::Roles& roles, const exports::DaySql& day)
      : file_(file), roles_(roles), day_(day) {}

  // The year in which an age was known.
  void set_year(int year) { year_ = year; }

  Result<std::string> of(const Fact& fact) const {
    return std::visit([&](const auto& known) { return condition(fact, known); }, fact.known);
  }

 private:
  std::unexpected<Error> no_column(const Fact& fact, const char* what, const char* flag) const {
    return bad_input(
        fmt::format("'{}' cannot be asked: no column looks like the {}", fact.text, what),
        file_.path().string(), fmt::format("name it: {} COLUMN", flag));
  }

  Result<std::string> condition(const Fact& fact, const AgeFact& age) const {
    if (roles_.age) {
      return fmt::format("TRY_CAST({} AS DOUBLE) = {}", exports::text_sql(*roles_.age), age.years);
    }
    if (!roles_.birth_year) {
      return no_column(fact, "age or the birth year", "--birth-year");
    }
    if (day_.calendar != Calendar::dates) {
      return bad_input(fmt::format("'{}' cannot be asked: the days are no dates", fact.text),
                       file_.path().string(), "say the year of birth: 'born 2011'");
    }
    const BirthYears years = birth_years(age.years, year_);
    return fmt::format("{} BETWEEN {} AND {}", exports::birth_year_sql(*roles_.birth_year),
                       years.first, years.last);
  }

  Result<std::string> condition(const Fact& fact, const BornFact& born) const {
    if (!roles_.birth_year) {
      return no_column(fact, "birth year", "--birth-year");
    }
    return fmt::format("{} = {}", exports::birth_year_sql(*roles_.birth_year), born.year);
  }

  Result<std::string> condition(const Fact& fact, const SexFact& sex) const {
    if (!roles_.sex) {
      return no_column(fact, "sex", "--sex");
    }
    return sex_sql(*roles_.sex, sex.sex);
  }

  Result<std::string> condition(const Fact& fact, const FieldFact& field) const {
    const auto column =
        std::ranges::find_if(file_.columns(), [&](const exports::ExportColumn& candidate) {
          return lower(candidate.name) == lower(field.field);
        });
    if (column == file_.columns().end()) {
      std::vector<std::string> names = {"age", "born", "sex", "diagnosis", "visit", "event"};
      std::ranges::transform(file_.columns(), std::back_inserter(names),
                             &exports::ExportColumn::name);
      return bad_input(fmt::format("'{}' is not understood: '{}' is no column and no word of facts",
                                   fact.text, field.field),
                       file_.path().string(),
                       column_hint(field.field, names, file_.may_list_columns()));
    }
    CodePattern pattern{field.value, field.value.ends_with('*')};
    if (pattern.prefix) {
      pattern.text.pop_back();
    }
    return pattern_sql(exports::text_sql(*column), pattern);
  }

  Result<std::string> condition(const Fact& fact, const EventFact& event) const {
    std::string all = "TRUE";
    if (!event.kind.empty()) {
      if (!roles_.kind) {
        return no_column(fact, "kind of an event", "say 'event' for any, or --kind");
      }
      all += " AND " + kind_sql(*roles_.kind, event.kind);
    }
    if (event.code) {
      all += " AND " + pattern_sql(exports::text_sql(roles_.code), *event.code);
    }
    if (event.days) {
      if (event.days->calendar != day_.calendar) {
        return bad_input(
            fmt::format("'{}' cannot be asked: the days are {}", fact.text,
                        day_.calendar == Calendar::dates ? "dates" : "numbers"),
            file_.path().string(),
            day_.calendar == Calendar::dates ? "say 'on 2023-03-06'" : "say 'on day 412'");
      }
      all += " AND " + day_.within(event.days->first, event.days->last);
    }
    return all;
  }

  exports::ExportFile& file_;
  const exports::Roles& roles_;
  const exports::DaySql& day_;
  int year_ = 0;
};

bool asks_for_age(const std::vector<Fact>& facts) {
  return std::ranges::any_of(
      facts, [](const Fact& fact) { return std::holds_alternative<AgeFact>(fact.known); });
}

Result<int> year_of_age(exports::ExportFile& file, const exports::DaySql& day,
                        const std::vector<Fact>& facts, const Stop& stop) {
  if (const auto time = first_time(facts); time && time->calendar == Calendar::dates) {
    return year_of(time->last);
  }
  ASSIGN_OR_RETURN(const auto last,
                   exports::one_row(file,
                                    fmt::format("SELECT CAST(max({}) AS BIGINT) FROM {}",
                                                day.expression, file.source()),
                                    stop));
  return year_of(Day{static_cast<std::int32_t>(last[0])});
}

// "f0 AND f1 AND f2": what the first `count` facts ask.
std::string first_facts(std::size_t count) {
  std::string all = "TRUE";
  for (std::size_t i = 0; i < count; ++i) {
    all += fmt::format(" AND f{}", i);
  }
  return all;
}

Result<std::vector<PathLine>> lines_of_the_one(exports::ExportFile& file,
                                               const exports::Roles& roles,
                                               const exports::DaySql& day,
                                               const std::string& patient, const Stop& stop) {
  const exports::Interruption interruption(file.connection(), stop);
  ASSIGN_OR_RETURN(
      duck::Stream rows,
      file.query(fmt::format("SELECT {0}, {1}, {2} FROM {3} WHERE {0} IS NOT NULL AND {4} IN ({5})",
                             day.expression, exports::text_sql(roles.code),
                             roles.kind ? exports::text_sql(*roles.kind) : "''", file.source(),
                             exports::name_sql(roles.patient), patient)));
  std::vector<PathLine> lines;
  RETURN_IF_ERROR(duck::for_rows(rows, [&](std::size_t row) {
    const auto text = [&](std::size_t column) {
      return rows.null(column, row) ? std::string() : std::string(rows.text(column, row));
    };
    lines.push_back({Day{rows.column<std::int32_t>(0)[row]}, text(2), text(1)});
  }));
  return lines;
}

}  // namespace

Result<Funnel> find_in(exports::ExportFile& file, const exports::Roles& roles,
                       const std::vector<Fact>& facts, bool show_path, const Stop& stop) {
  ASSIGN_OR_RETURN(const exports::DaySql day, exports::day_sql(file, roles, stop));
  Conditions conditions(file, roles, day);
  if (asks_for_age(facts) && !roles.age && day.calendar == Calendar::dates) {
    ASSIGN_OR_RETURN(const int year, year_of_age(file, day, facts, stop));
    conditions.set_year(year);
  }

  // Of every patient, whether some line has each fact.
  std::string hits = fmt::format("SELECT {} AS patient", exports::name_sql(roles.patient));
  std::string counts = "SELECT count(*)";
  for (std::size_t i = 0; i < facts.size(); ++i) {
    ASSIGN_OR_RETURN(const std::string condition, conditions.of(facts[i]));
    hits += fmt::format(", coalesce(bool_or({}), FALSE) AS f{}", condition, i);
    counts += fmt::format(", count(*) FILTER ({})", first_facts(i + 1));
  }
  hits += fmt::format(" FROM {} WHERE {} IS NOT NULL GROUP BY 1", file.source(),
                      exports::name_sql(roles.patient));
  ASSIGN_OR_RETURN(const auto row,
                   exports::one_row(file, fmt::format("{} FROM ({})", counts, hits), stop));

  Funnel funnel{.patients = static_cast<std::uint64_t>(row[0]), .calendar = day.calendar};
  for (std::size_t i = 0; i < facts.size(); ++i) {
    funnel.steps.push_back({facts[i].text, static_cast<std::uint64_t>(row[i + 1])});
  }
  if (!facts.empty() && funnel.steps.back().patients == 1) {
    const std::string patient =
        fmt::format("SELECT patient FROM ({}) WHERE {}", hits, first_facts(facts.size()));
    ASSIGN_OR_RETURN(auto lines, lines_of_the_one(file, roles, day, patient, stop));
    if (!lines.empty()) {
      funnel.path = summed_up(std::move(lines), show_path);
    }
  }
  return funnel;
}

}  // namespace parcours::exercise
