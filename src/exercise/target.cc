#include "exercise/target.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <tuple>

#include "base/letters.h"
#include "base/random.h"
#include "exercise/find.h"
#include "exercise/pattern_sql.h"
#include "exports/column_sql.h"
#include "exports/interruption.h"

namespace parcours::exercise {
namespace {

// A child with a chronic diagnosis, seen in a week.
struct Sighting {
  std::string patient;
  std::int32_t birth_year;
  std::string sex;
  std::string place;
  std::string diagnosis;
  std::int32_t monday;
  std::int64_t events;

  // What must be the same for two to be confounded, but for the age.
  auto seen_as() const { return std::tie(monday, diagnosis, place, sex); }
  int last_year() const { return year_of(Day{monday} + 6); }
  int age() const { return last_year() - birth_year; }
};

std::string any_pattern(const std::string& column, const std::vector<CodePattern>& patterns) {
  std::string any = "FALSE";
  for (const CodePattern& pattern : patterns) {
    any += " OR " + pattern_sql(column, pattern);
  }
  return any;
}

Result<std::string> sightings_sql(exports::ExportFile& file, const exports::Roles& roles,
                                  const exports::DaySql& day, const TargetWish& wish,
                                  const Stop& stop) {
  ASSIGN_OR_RETURN(
      const auto days,
      exports::one_row(
          file,
          fmt::format("SELECT CAST(min({0}) AS BIGINT), CAST(max({0}) AS BIGINT) FROM {1}",
                      day.expression, file.source()),
          stop));
  const auto year = [](std::int64_t number) {
    return year_of(Day{static_cast<std::int32_t>(number)});
  };
  ASSIGN_OR_RETURN(const exports::ExportColumn place, file.column(wish.place, "the place"));
  // A year more on either side: those with whom a child of that age could be confounded.
  return fmt::format(
      "WITH events AS (SELECT {patient} AS patient, {day} AS day, {code} AS code, lower({kind}) AS "
      "kind,"
      " {birth} AS birth, {sex} AS sex, {place} AS place FROM {file}),"
      " children AS (SELECT patient, min(birth) AS birth, min(sex) AS sex, min(place) AS place,"
      " count(*) AS events FROM events GROUP BY patient"
      " HAVING min(birth) BETWEEN {first} AND {last}),"
      " ill AS (SELECT DISTINCT patient, left(code, {letters}) AS diagnosis FROM events"
      " WHERE kind = 'diagnosis' AND ({chronic})),"
      " visits AS (SELECT DISTINCT patient, CAST(day - (day + 3) % 7 AS INTEGER) AS monday FROM "
      "events"
      " WHERE kind IN ('consultation', 'visit') AND day >= 0)"
      " SELECT patient, birth, sex, place, diagnosis, monday, events"
      " FROM children JOIN ill USING (patient) JOIN visits USING (patient)"
      " WHERE sex IS NOT NULL AND place IS NOT NULL",
      fmt::arg("patient", exports::text_sql(roles.patient)), fmt::arg("day", day.expression),
      fmt::arg("code", exports::text_sql(roles.code)),
      fmt::arg("kind", exports::text_sql(*roles.kind)),
      fmt::arg("birth", exports::birth_year_sql(*roles.birth_year)),
      fmt::arg("sex", exports::text_sql(*roles.sex)), fmt::arg("place", exports::text_sql(place)),
      fmt::arg("file", file.source()), fmt::arg("first", year(days[0]) - wish.oldest - 1),
      fmt::arg("last", year(days[1]) - wish.youngest), fmt::arg("letters", wish.letters),
      fmt::arg("chronic", any_pattern("code", wish.diagnoses)));
}

Result<std::vector<Sighting>> sightings(exports::ExportFile& file, const std::string& sql,
                                        const Stop& stop) {
  const exports::Interruption interruption(file.connection(), stop);
  ASSIGN_OR_RETURN(duck::Stream rows, file.query(sql));
  std::vector<Sighting> list;
  RETURN_IF_ERROR(duck::for_rows(rows, [&](std::size_t row) {
    const auto text = [&](std::size_t column) { return std::string(rows.text(column, row)); };
    list.push_back({text(0), rows.column<std::int32_t>(1)[row], text(2), text(3), text(4),
                    rows.column<std::int32_t>(5)[row], rows.column<std::int64_t>(6)[row]});
  }));
  // Rows come in any order; the draw below must not depend on it.
  std::ranges::sort(list, [](const Sighting& a, const Sighting& b) {
    return std::tuple(a.seen_as(), std::tie(a.birth_year, a.patient)) <
           std::tuple(b.seen_as(), std::tie(b.birth_year, b.patient));
  });
  return list;
}

// Whether nobody else was seen as `list[at]` was, at an age that could be theirs. The list is
// sorted.
bool singled_out(const std::vector<Sighting>& list, std::size_t at) {
  const Sighting& target = list[at];
  const auto same = std::ranges::equal_range(
      list, target.seen_as(), {}, [](const Sighting& sighting) { return sighting.seen_as(); });
  const BirthYears years = birth_years(target.age(), target.last_year());
  return std::ranges::none_of(same, [&](const Sighting& other) {
    return other.patient != target.patient && other.birth_year >= years.first &&
           other.birth_year <= years.last;
  });
}

std::string sentence(const Sighting& target, const std::string& place) {
  return fmt::format("age {}, {}, {} {}, diagnosis {}*, visit in the week of {}", target.age(),
                     target.sex, place, target.place, target.diagnosis,
                     to_string(Day{target.monday}, Calendar::dates));
}

}  // namespace

Result<std::optional<std::string>> pick_target(exports::ExportFile& file,
                                               const exports::Roles& roles, const TargetWish& wish,
                                               std::uint64_t seed, const Stop& stop) {
  if (!roles.kind || !roles.sex || !roles.birth_year) {
    return bad_input("the export lacks a kind, a sex or a year of birth", file.path().string());
  }
  ASSIGN_OR_RETURN(const exports::DaySql day, exports::day_sql(file, roles, stop));
  if (day.calendar != Calendar::dates) {
    return bad_input("the days of the export are no dates", file.path().string());
  }
  ASSIGN_OR_RETURN(const std::string sql, sightings_sql(file, roles, day, wish, stop));
  ASSIGN_OR_RETURN(const std::vector<Sighting> list, sightings(file, sql, stop));

  Random random(seed);
  constexpr int most_draws = 2000;
  constexpr int enough = 20;
  const Sighting* best = nullptr;
  for (int draw = 0, found = 0; draw < most_draws && found < enough && !list.empty(); ++draw) {
    const std::size_t at = random.below(static_cast<std::uint32_t>(list.size()));
    const Sighting& candidate = list[at];
    if (candidate.age() < wish.youngest || candidate.age() > wish.oldest ||
        !singled_out(list, at)) {
      continue;
    }
    ++found;
    best = best == nullptr || candidate.events > best->events ? &candidate : best;
  }
  return best == nullptr ? std::nullopt : std::optional(sentence(*best, wish.place));
}

}  // namespace parcours::exercise
