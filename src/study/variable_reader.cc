#include "study/variable_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/nearest.h"
#include "vocabulary/levels.h"

namespace parcours::study {
namespace {

constexpr std::int64_t farthest_window = 100'000;  // days: longer than any life

const std::array<std::string, 4> all_measures = {"any", "count", "first", "last"};
const std::array<std::string, 5> all_fields = {"sex", "age", "birth_year", "place", "practice"};

const std::array<std::string, 3> other_keys = {"bands", "level", "label"};

// Columns that the files of a release have anyway.
const std::array<std::string, 7> reserved_ids = {"code",  "status", "patients",   "mean",
                                                 "table", "period", "released_on"};

bool is_whole(double number) {
  return std::floor(number) == number;
}

void check_bands(const Variable& variable, bool whole, bool from_zero, int line,
                 Mistakes& mistakes) {
  const auto& bands = variable.bands;
  const auto falls = std::ranges::adjacent_find(bands, std::greater_equal{});
  if (falls != bands.end()) {
    mistakes.add(line,
                 fmt::format("the bands of '{}' do not ascend: {} comes before {}", variable.id,
                             *falls, *std::next(falls)),
                 "write the lower bounds of the bands in ascending order");
  } else if (whole && !std::ranges::all_of(bands, is_whole)) {
    mistakes.add(line, fmt::format("the bands of '{}' are not whole numbers", variable.id),
                 "write whole numbers");
  } else if (from_zero && !bands.empty() && bands.front() < 0) {
    mistakes.add(line, fmt::format("the bands of '{}' begin below 0", variable.id),
                 "write numbers from 0: it is never below 0");
  }
}

// Which of bands and level the source can have, and must.
struct Shape {
  bool bands = false;
  bool bands_needed = false;
  bool level = false;
  bool whole = false;
  bool from_zero = false;
};

Shape shape_of(const FieldTest& test) {
  if (test.field == "age") {
    return {.bands = true, .bands_needed = true, .whole = true, .from_zero = true};
  }
  if (test.field == "birth_year") {
    return {.bands = true, .bands_needed = true, .whole = true};
  }
  return {.level = test.field == "place"};
}

Shape shape_of(const EventTest& test) {
  switch (test.measure) {
    case EventTest::Measure::any:
      return {};
    case EventTest::Measure::count:
      return {.bands = true, .whole = true, .from_zero = true};
    case EventTest::Measure::first:
    case EventTest::Measure::last:
      break;
  }
  return {.bands = true, .level = true};
}

void check_shape(const Variable& variable, Sheet& sheet) {
  const Shape shape =
      std::visit([](const auto& source) { return shape_of(source); }, variable.source);
  const bool bands = sheet.find("bands") != nullptr;
  const bool level = sheet.find("level") != nullptr;
  Mistakes& mistakes = sheet.mistakes();
  if (bands && !shape.bands) {
    mistakes.add(sheet.line("bands"),
                 fmt::format("'{}' has no numbers, so it has no bands", variable.id),
                 "remove 'bands'");
  }
  if (level && !shape.level) {
    mistakes.add(sheet.line("level"),
                 fmt::format("'{}' has no code, so it has no level", variable.id),
                 "remove 'level'");
  }
  if (bands && level && shape.bands && shape.level) {
    mistakes.add(sheet.line("level"), fmt::format("'{}' has bands and a level", variable.id),
                 "keep one: bands for the event's value, a level for its code");
  }
  if (!bands && shape.bands_needed) {
    mistakes.add(variable.line, fmt::format("'{}' has no bands", variable.id),
                 "write, for instance, bands = [0, 18, 65]");
  }
  check_bands(variable, shape.whole, shape.from_zero, sheet.line("bands"), mistakes);
}

std::optional<FieldTest> field_from(Sheet& sheet, Calendar calendar) {
  const auto field = sheet.text("field");
  if (!field) {
    return {};
  }
  if (std::ranges::find(all_fields, *field) == all_fields.end()) {
    sheet.mistakes().add(sheet.line("field"), fmt::format("unknown field '{}'", *field),
                         nearest_hint(*field, all_fields));
    return {};
  }
  if (*field == "birth_year" && calendar != Calendar::dates) {
    sheet.mistakes().add(sheet.line("field"), "a vault without dates has no year of birth",
                         "use the field 'age'");
    return {};
  }
  return FieldTest{*field};
}

std::optional<Variable> variable_from(const std::string& id, Sheet sheet, Calendar calendar) {
  Variable variable{
      .id = id, .label = {}, .source = FieldTest{}, .bands = {}, .level = {}, .line = sheet.line()};
  const bool from_field = sheet.find("field") != nullptr;
  const bool from_event = std::ranges::any_of(
      all_measures, [&](const std::string& measure) { return sheet.find(measure) != nullptr; });
  bool good = true;
  if (from_field && from_event) {
    sheet.mistakes().add(sheet.line(), fmt::format("'{}' is both a field and an event test", id),
                         "keep one of them");
    good = false;
  } else if (from_field) {
    const auto field = field_from(sheet, calendar);
    good = field.has_value();
    variable.source = field.value_or(FieldTest{});
  } else {
    const auto test = event_test_from(sheet, all_measures, calendar);
    good = test.has_value();
    variable.source = test.value_or(EventTest{});
  }
  variable.label = sheet.both_languages("label").value_or(Text{});
  variable.bands = sheet.numbers("bands").value_or(std::vector<double>{});
  variable.level = level_from(sheet);
  if (good) {
    check_shape(variable, sheet);
  }
  sheet.finish();
  return good ? std::optional(std::move(variable)) : std::nullopt;
}

}  // namespace

std::optional<Window> window_from(Sheet& sheet, Calendar calendar) {
  const auto range = sheet.range("within", -farthest_window, farthest_window);
  if (!range) {
    return {};
  }
  if (calendar == Calendar::order) {
    sheet.mistakes().add(sheet.line("within"),
                         "'within' counts days, but the vault has only an order",
                         "remove 'within'");
    return {};
  }
  return Window{static_cast<std::int32_t>(range->first), static_cast<std::int32_t>(range->second)};
}

std::optional<vocabulary::Pattern> pattern_from(Sheet& sheet, std::string_view key) {
  const auto* value = sheet.find(key);
  if (value == nullptr) {
    return {};
  }
  const int line = value->line();
  const auto* text = value->as<std::string>();
  if (text == nullptr) {
    sheet.mistakes().add(line, fmt::format("'{}' in {} is {}", key, sheet.name(), value->type()),
                         "it must be an event pattern such as \"diagnosis:J45*\"");
    return {};
  }
  auto parsed = vocabulary::parse_pattern(*text, sheet.mistakes().place(line), line);
  if (!parsed) {
    sheet.mistakes().add(parsed.error(), line);
    return {};
  }
  return *std::move(parsed);
}

std::string level_from(Sheet& sheet) {
  const auto level = sheet.text("level");
  if (!level) {
    return {};
  }
  if (std::ranges::find(vocabulary::all_levels(), *level) == vocabulary::all_levels().end()) {
    sheet.mistakes().add(sheet.line("level"), fmt::format("unknown level '{}'", *level),
                         nearest_hint(*level, vocabulary::all_levels()));
    return {};
  }
  return *level;
}

std::optional<EventTest> event_test_from(Sheet& sheet, std::span<const std::string> measures,
                                         Calendar calendar) {
  EventTest test;
  int found = 0;
  bool good = true;
  for (const std::string& measure : measures) {
    if (sheet.find(measure) == nullptr) {
      continue;
    }
    ++found;
    const auto pattern = pattern_from(sheet, measure);
    good = good && pattern.has_value();
    test.pattern = pattern.value_or(vocabulary::Pattern{});
    const auto known = std::ranges::find(all_measures, measure);
    test.measure = static_cast<EventTest::Measure>(known - all_measures.begin());
  }
  const bool windowed = sheet.find("within") != nullptr;
  if (found != 1) {
    // A key that is not known may be the measure, misspelt; then that is the mistake, and finish()
    // names it.
    const std::vector<std::string> rest = sheet.rest();
    const auto known = [](const std::string& key) {
      return std::ranges::find(other_keys, key) != other_keys.end();
    };
    if (found > 1 || std::ranges::all_of(rest, known)) {
      sheet.mistakes().add(
          sheet.line(),
          fmt::format("{} has {} measure", sheet.name(), found == 0 ? "no" : "more than one"),
          fmt::format("write one of: {}", fmt::join(measures, ", ")));
    }
    good = false;
  }
  test.within = window_from(sheet, calendar);
  good = good && windowed == test.within.has_value();
  return good ? std::optional(std::move(test)) : std::nullopt;
}

VariablesRead variables_from(Sheet& sheet, Calendar calendar) {
  VariablesRead read;
  for (const std::string& id : sheet.rest()) {
    read.named.push_back(id);
    Mistakes& mistakes = sheet.mistakes();
    const int line = sheet.line(id);
    const bool named_well = check_id(id, "a variable", line, mistakes);
    if (std::ranges::find(reserved_ids, id) != reserved_ids.end()) {
      mistakes.add(line, fmt::format("a variable has the reserved name '{}'", id),
                   fmt::format("choose another name: files of a release have a column '{}'", id));
    }
    auto one = sheet.sheet(id);
    if (one && named_well) {
      if (auto variable = variable_from(id, *std::move(one), calendar)) {
        read.variables.push_back(*std::move(variable));
      }
    }
  }
  return read;
}

bool has_categories(const Variable& variable) {
  if (const auto* test = std::get_if<EventTest>(&variable.source)) {
    return test->measure != EventTest::Measure::count || !variable.bands.empty();
  }
  return true;
}

bool has_numbers(const Variable& variable) {
  if (const auto* test = std::get_if<EventTest>(&variable.source)) {
    return test->measure != EventTest::Measure::any && variable.level.empty();
  }
  const std::string& field = std::get<FieldTest>(variable.source).field;
  return field == "age" || field == "birth_year";
}

}  // namespace parcours::study
