#include "study/testing/slow_twin.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <tuple>

#include "vocabulary/levels.h"

namespace parcours::study {
namespace {

struct Reader {
  const Study& study;
  const TwinWorld& world;
  Day index{};

  bool is_meant(const vocabulary::Pattern& pattern, const TwinEvent& event) const {
    const vocabulary::Code& code = world.codes.at(event.code);
    const bool kind = !pattern.kind || pattern.kind == code.kind;
    return kind &&
           (pattern.prefix ? code.code.substr(0, pattern.code.size()) : code.code) == pattern.code;
  }

  bool in_period(Day day) const {
    return !study.period || (study.period->first <= day && day <= study.period->second);
  }

  std::vector<TwinEvent> seen(const vocabulary::Pattern& pattern,
                              std::optional<Window> within) const {
    std::vector<TwinEvent> found;
    for (const TwinEvent& event : world.events) {
      const long long since = static_cast<long long>(event.day.number) - index.number;
      const bool in_time =
          within ? within->first <= since && since <= within->last : in_period(event.day);
      if (in_time && is_meant(pattern, event)) {
        found.push_back(event);
      }
    }
    return found;
  }

  std::size_t days_with(const EventTest& test) const {
    std::set<int> days;
    for (const TwinEvent& event : seen(test.pattern, test.within)) {
      days.insert(event.day.number);
    }
    return days.size();
  }

  std::optional<TwinEvent> chosen(const EventTest& test, bool valued) const {
    std::vector<TwinEvent> found = seen(test.pattern, test.within);
    if (valued) {
      std::erase_if(found, [](const TwinEvent& event) { return !records::has_value(event.value); });
    }
    const int sign = test.measure == EventTest::Measure::first ? 1 : -1;
    const auto before = [&](const TwinEvent& a, const TwinEvent& b) {
      const vocabulary::Code& x = world.codes.at(a.code);
      const vocabulary::Code& y = world.codes.at(b.code);
      return std::tuple(sign * a.day.number, x.code, x.kind, x.system, valued ? a.value : 0) <
             std::tuple(sign * b.day.number, y.code, y.kind, y.system, valued ? b.value : 0);
    };
    const auto least = std::min_element(found.begin(), found.end(), before);
    return least == found.end() ? std::nullopt : std::optional(*least);
  }

  std::optional<int> age() const {
    if (world.patient.birth_year == records::no_birth_year) {
      return {};
    }
    int years = -world.patient.birth_year;
    if (world.calendar == Calendar::dates) {
      years += year_of(index);
    } else if (world.calendar == Calendar::days) {
      years += static_cast<int>(std::floor(index.number / 365.25));
    }
    return years < 0 ? std::nullopt : std::optional(years);
  }

  std::string raised(vocabulary::CodeId id, const std::string& level, bool with_kind) const {
    const vocabulary::Code& code = world.codes.at(id);
    const std::string text =
        *vocabulary::at_level(code.system, code.code, level.empty() ? "code" : level);
    return with_kind ? vocabulary::kinds()[*code.kind] + ":" + text : text;
  }

  // The band of a whole number, named by the first and the last number that share it.
  std::string whole_band(const Variable& variable, int number,
                         std::optional<std::pair<int, int>> limits, int least,
                         bool below_is_named) const {
    constexpr int most = 3000;
    const auto band_of = [&](int n) {
      return std::ranges::count_if(variable.bands, [&](double end) { return end <= n; });
    };
    int first = number;
    int last = number;
    while (first > (limits ? limits->first : least) && band_of(first - 1) == band_of(number)) {
      --first;
    }
    while (last < (limits ? limits->second : most) && band_of(last + 1) == band_of(number)) {
      ++last;
    }
    if (last == most) {
      return fmt::format("{}plus", first);
    }
    if (!limits && below_is_named && band_of(number) == 0) {
      return fmt::format("under{}", last + 1);
    }
    return first == last ? fmt::format("{}", first) : fmt::format("{}to{}", first, last);
  }

  std::string value_band(const Variable& variable, double value) const {
    if (!records::has_value(value)) {
      return "_U";
    }
    if (value < variable.bands.front()) {
      return fmt::format("under{}", variable.bands.front());
    }
    for (std::size_t i = 1; i < variable.bands.size(); ++i) {
      if (value < variable.bands[i]) {
        return fmt::format("{}to{}", variable.bands[i - 1], variable.bands[i]);
      }
    }
    return fmt::format("{}plus", variable.bands.back());
  }

  std::string field(const Variable& variable, const std::string& name) const {
    const records::Patient& patient = world.patient;
    if (name == "sex") {
      return patient.sex == records::Sex::female ? "female"
             : patient.sex == records::Sex::male ? "male"
                                                 : "_U";
    }
    if (name == "place") {
      return patient.place == vocabulary::no_code ? "_U"
                                                  : raised(patient.place, variable.level, false);
    }
    if (name == "practice") {
      return world.practices[patient.practice];
    }
    if (name == "age") {
      return age() ? whole_band(variable, *age(), study.population.age, 0, true) : "_U";
    }
    return patient.birth_year == records::no_birth_year
               ? "_U"
               : whole_band(variable, patient.birth_year, {}, -3000, true);
  }

  std::string category(const Variable& variable) const {
    if (const auto* test = std::get_if<FieldTest>(&variable.source)) {
      return field(variable, test->field);
    }
    const EventTest& test = std::get<EventTest>(variable.source);
    if (test.measure == EventTest::Measure::any) {
      return seen(test.pattern, test.within).empty() ? "no" : "yes";
    }
    if (test.measure == EventTest::Measure::count) {
      return whole_band(variable, static_cast<int>(days_with(test)), {}, 0, false);
    }
    const auto event = chosen(test, !variable.bands.empty());
    if (!variable.bands.empty()) {
      return value_band(variable, event ? event->value : records::no_value);
    }
    return event ? raised(event->code, variable.level, !test.pattern.kind) : "none";
  }

  double number(const Variable& variable) const {
    if (const auto* test = std::get_if<FieldTest>(&variable.source)) {
      if (test->field == "age") {
        return age() ? *age() : records::no_value;
      }
      return world.patient.birth_year == records::no_birth_year ? records::no_value
                                                                : world.patient.birth_year;
    }
    const EventTest& test = std::get<EventTest>(variable.source);
    if (test.measure == EventTest::Measure::count) {
      return static_cast<double>(days_with(test));
    }
    const auto event = chosen(test, true);
    return event ? event->value : records::no_value;
  }

  bool finds_index() {
    if (const auto* day = std::get_if<Day>(&study.population.index)) {
      index = *day;
      return true;
    }
    const auto& pattern = std::get<vocabulary::Pattern>(study.population.index);
    bool found = false;
    for (const TwinEvent& event : world.events) {
      if (is_meant(pattern, event) && in_period(event.day) && (!found || event.day < index)) {
        index = event.day;
        found = true;
      }
    }
    return found;
  }

  bool of_population() const {
    const Population& population = study.population;
    const auto met = [&](const EventTest& test) {
      return !seen(test.pattern, test.within).empty();
    };
    for (const FieldCondition& condition : population.fields) {
      Variable variable;
      variable.level = condition.level;
      const std::string is = field(variable, condition.field);
      const std::string named = is == "_U" ? "unknown" : is;
      if (std::ranges::find(condition.values, named) == condition.values.end()) {
        return false;
      }
    }
    const bool of_age = !population.age || (age() && population.age->first <= *age() &&
                                            *age() <= population.age->second);
    return of_age && std::ranges::all_of(population.require, met) &&
           std::ranges::none_of(population.exclude, met);
  }
};

// The cell that the twin's words name.
std::uint32_t named_cell(const PlanTable& table, const std::vector<std::string>& words) {
  std::uint32_t cell = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const auto& categories = table.dimensions[i].categories;
    const auto found = std::ranges::find(categories, words[i], &tables::Category::code);
    EXPECT_NE(found, categories.end())
        << "no category '" << words[i] << "' in " << table.dimensions[i].id;
    cell = cell * static_cast<std::uint32_t>(categories.size()) +
           static_cast<std::uint32_t>(found - categories.begin());
  }
  return table.columns > 0 ? cell * table.columns : cell;
}

// The columns of an `each` table, read as the counting reads them.
std::set<std::string> columns_met(const PlanTable& table, const records::Record& record,
                                  Day index) {
  std::set<std::string> met;
  for (std::size_t i = 0; i < record.size(); ++i) {
    if (table.column_of_code[record.codes[i]] == no_column) {
      continue;
    }
    if (table.windowed) {
      const Day day = record.days[i];
      if (day < table.first || day > table.last ||
          (table.within &&
           (day - index < table.within->first || day - index > table.within->last))) {
        continue;
      }
    }
    met.insert(table.dimensions.back().categories[table.column_of_code[record.codes[i]]].code);
  }
  return met;
}

struct Columns {
  std::vector<vocabulary::CodeId> codes;
  std::vector<Day> days;
  std::vector<double> values;
};

// A column that the plan does not ask for is empty, as in a walk.
Columns columns_for(const Plan& plan, const TwinWorld& world) {
  Columns columns;
  for (const TwinEvent& event : world.events) {
    columns.codes.push_back(event.code);
    if (plan.columns().day) {
      columns.days.push_back(event.day);
    }
    if (plan.columns().value) {
      columns.values.push_back(event.value);
    }
  }
  return columns;
}

}  // namespace

std::optional<TwinAnswer> slow_answer(const Study& study, const TwinWorld& world) {
  Reader reader{study, world};
  if (!reader.finds_index() || !reader.of_population()) {
    return {};
  }
  TwinAnswer answer{reader.index, {}};
  for (const StudyTable& table : study.tables) {
    TwinAnswer::Place place;
    for (const std::string& id : table.by) {
      place.categories.push_back(reader.category(*find_variable(study, id)));
    }
    if (!table.of.empty()) {
      place.categories.push_back(reader.category(*find_variable(study, table.of)));
    }
    if (!table.mean.empty()) {
      place.value = reader.number(*find_variable(study, table.mean));
    }
    if (table.what == StudyTable::What::each) {
      for (const TwinEvent& event : reader.seen(table.each, table.within)) {
        place.codes.insert(reader.raised(event.code, table.level, !table.each.kind));
      }
    }
    answer.tables.push_back(std::move(place));
  }
  return answer;
}

std::string difference(const Study& study, const TwinWorld& world, const Plan& plan, Asker& asker) {
  const Columns columns = columns_for(plan, world);
  const records::Record record{world.patient, columns.codes, columns.days, {}, columns.values};
  const Standing* standing = asker.ask(record);
  const auto answer = slow_answer(study, world);
  if ((standing != nullptr) != answer.has_value()) {
    return answer ? "the twin counts the patient, the Asker does not"
                  : "the Asker counts the patient, the twin does not";
  }
  if (!answer) {
    return {};
  }
  if (standing->index != answer->index) {
    return "the index days differ";
  }
  for (std::size_t t = 0; t < plan.tables().size(); ++t) {
    const PlanTable& table = plan.tables()[t];
    const TwinAnswer::Place& place = answer->tables[t];
    if (standing->cell[t] != named_cell(table, place.categories)) {
      return fmt::format("table {}: the cell is {}, the twin says {}", table.id, standing->cell[t],
                         fmt::join(place.categories, " x "));
    }
    const double value = standing->value[t];
    if (records::has_value(value) != records::has_value(place.value) ||
        (records::has_value(value) && value != place.value)) {
      return fmt::format("table {}: the value is {}, the twin says {}", table.id, value,
                         place.value);
    }
    if (table.what == StudyTable::What::each &&
        columns_met(table, record, standing->index) != place.codes) {
      return fmt::format("table {}: the codes differ", table.id);
    }
  }
  return {};
}

// Not in alphabetic order, so that numbers and names cannot be mistaken for each other.
vocabulary::CodeBook small_book() {
  vocabulary::CodeBook book;
  const auto diagnosis = vocabulary::find_kind("diagnosis");
  book.intern({diagnosis, "icd10", "J45.9"});
  book.intern({{}, "fr-department", "69"});
  book.intern({diagnosis, "icd10", "J45.0"});
  book.intern({vocabulary::find_kind("lab"), "lab", "HBA1C"});
  book.intern({{}, "fr-department", "75"});
  book.intern({{}, "fr-department", "42"});
  return book;
}

Plan plan_of(const Study& study, const TwinWorld& world,
             std::optional<std::pair<Day, Day>> period) {
  auto plan = Plan::make(study, world.codes, vocabulary::Vocabulary::built_in(), world.practices,
                         world.calendar, period);
  EXPECT_TRUE(plan) << plan.error().sentence();
  return *std::move(plan);
}

}  // namespace parcours::study
