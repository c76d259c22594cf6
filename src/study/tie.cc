#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/check.h"
#include "base/nearest.h"
#include "study/code_columns.h"
#include "study/event_tests.h"
#include "study/labels.h"
#include "study/mean_ties.h"
#include "study/overlaps.h"
#include "study/tied.h"
#include "vocabulary/levels.h"

namespace parcours::study {
namespace {

constexpr std::uint64_t most_cells = std::uint64_t{1} << 31;

class Tier {
 public:
  Tier(const Study& study, const Ground& ground)
      : study_(study), ground_(ground), tests_(study, ground) {}

  Tying tie() && {
    check_period();
    tie_population();
    tie_variables();
    for (const StudyTable& table : study_.tables) {
      tie_table(table);
    }
    tied_.calendar = ground_.calendar;
    tied_.period = period_span(study_, ground_);
    if (mistakes_.empty()) {
      tied_ = std::move(tests_).into(std::move(tied_));
      mistakes_ = add_overlaps(ground_, study_, tied_);
      add_mean_ties(tied_);
    }
    return {std::move(tied_), std::move(mistakes_)};
  }

 private:
  std::string where(int line) const { return fmt::format("{}:{}", study_.file.string(), line); }

  // The value of a result, or its error noted and an empty value.
  template <class T>
  T noted(Result<T> result) {
    if (!result) {
      mistakes_.push_back(std::move(result).error());
      return T{};
    }
    return *std::move(result);
  }

  void check_period() {
    if (study_.period && ground_.vault_period &&
        (study_.period->second < ground_.vault_period->first ||
         ground_.vault_period->second < study_.period->first)) {
      mistakes_.push_back(
          bad_input("no event of the vault lies in the study's period", where(study_.period_line),
                    fmt::format("the vault's events run from {} to {}",
                                to_string(ground_.vault_period->first, ground_.calendar),
                                to_string(ground_.vault_period->second, ground_.calendar)))
              .error());
    }
  }

  void tie_population() {
    const Population& population = study_.population;
    if (const auto* pattern = std::get_if<vocabulary::Pattern>(&population.index)) {
      tied_.columns.day = true;
      tied_.starts_index.assign(ground_.codes.size(), false);
      for (const vocabulary::CodeId id :
           noted(matching_codes(*pattern, ground_.codes, where(pattern->line)))) {
        tied_.starts_index[id] = true;
      }
    } else {
      tied_.fixed_index = std::get<Day>(population.index);
    }
    tied_.age = population.age;
    tied_.sexes.assign(3, true);
    for (const FieldCondition& condition : population.fields) {
      condition.field == "sex" ? tie_sexes(condition) : tie_places(condition);
    }
    for (const EventTest& test : population.require) {
      tied_.require.push_back(noted(tests_.add(test, false)));
    }
    for (const EventTest& test : population.exclude) {
      tied_.exclude.push_back(noted(tests_.add(test, false)));
    }
  }

  void tie_sexes(const FieldCondition& condition) {
    const auto among = [&](const char* sex) {
      return std::ranges::find(condition.values, sex) != condition.values.end();
    };
    tied_.sexes = {among("unknown"), among("female"), among("male")};
  }

  void tie_places(const FieldCondition& condition) {
    std::set<std::string> met;
    std::vector<bool> allowed(ground_.codes.size(), false);
    const std::vector<vocabulary::CodeId> places = places_of(ground_.codes);
    for (const vocabulary::CodeId id : places) {
      const vocabulary::Code& code = ground_.codes.at(id);
      const auto raised = vocabulary::at_level(code.system, code.code,
                                               condition.level.empty() ? "code" : condition.level);
      if (!raised) {
        no_level(code, condition.level, condition.line);
        return;
      }
      met.insert(*raised);
      allowed[id] = std::ranges::find(condition.values, *raised) != condition.values.end();
    }
    const std::vector<std::string> known(met.begin(), met.end());
    for (const std::string& value : condition.values) {
      if (!met.contains(value)) {
        mistakes_.push_back(
            bad_input(fmt::format("no patient in the vault has the place '{}'", value),
                      where(condition.line),
                      known.empty() ? "the vault has no places" : nearest_hint(value, known))
                .error());
      }
    }
    tied_.places = std::move(allowed);
  }

  void no_level(const vocabulary::Code& code, const std::string& level, int line) {
    mistakes_.push_back(bad_input(fmt::format("places belong to the code system '{}', which has "
                                              "no level '{}'",
                                              code.system, level),
                                  where(line),
                                  nearest_hint(level, vocabulary::levels_of(code.system)))
                            .error());
  }

  // Every variable is looked at, so that a mistake in one that no table uses is named as well; only
  // those in use cost a patient's time.
  void tie_variables() {
    std::set<std::string> as_category;
    std::set<std::string> as_number;
    for (const StudyTable& table : study_.tables) {
      as_category.insert(table.by.begin(), table.by.end());
      as_category.insert(table.of);
      as_number.insert(table.mean);
    }
    for (const Variable& variable : study_.variables) {
      const auto* test = std::get_if<EventTest>(&variable.source);
      if (as_category.contains(variable.id)) {
        axis_of_[variable.id] = static_cast<std::uint32_t>(tied_.axes.size());
        tied_.axes.push_back(test ? event_axis(variable, *test) : field_axis(variable));
      }
      if (as_number.contains(variable.id)) {
        addend_of_[variable.id] = addend(variable);
      }
      if (test && !as_category.contains(variable.id) && !as_number.contains(variable.id)) {
        noted(matching_codes(test->pattern, ground_.codes, where(test->pattern.line)));
      }
    }
  }

  Axis field_axis(const Variable& variable) {
    const std::string& field = std::get<FieldTest>(variable.source).field;
    if (field == "sex") {
      return sex_axis();
    }
    if (field == "place") {
      return place_axis(variable);
    }
    if (field == "practice") {
      return practice_axis();
    }
    const bool age = field == "age";
    Axis axis{.source = age ? Axis::Source::age : Axis::Source::birth_year,
              .bands = Bands(variable.bands, age ? Bands::Unit::years : Bands::Unit::birth_year,
                             age ? tied_.age : std::nullopt, !tied_.age),
              .category = {},
              .categories = {}};
    axis.categories = axis.bands.categories();
    return axis;
  }

  Axis practice_axis() const {
    Axis axis{.source = Axis::Source::practice, .bands = {}, .category = {}, .categories = {}};
    for (const std::string& name : ground_.practices) {
      axis.category.push_back(name.empty() ? no_column
                                           : static_cast<std::uint32_t>(axis.categories.size()));
      if (!name.empty()) {
        axis.categories.push_back({name, {name, name}});
      }
    }
    axis.missing = static_cast<std::uint32_t>(axis.categories.size());
    if (axis.missing < axis.category.size()) {
      axis.categories.push_back(not_recorded());
      std::ranges::replace(axis.category, no_column, axis.missing);
    }
    return axis;
  }

  Axis sex_axis() const {
    Axis axis{.source = Axis::Source::sex,
              .bands = {},
              .category = std::vector<std::uint32_t>(3, no_cell),
              .categories = {}};
    for (const records::Sex sex :
         {records::Sex::female, records::Sex::male, records::Sex::unknown}) {
      const auto place = static_cast<std::size_t>(sex);
      if (!tied_.sexes[place]) {
        continue;
      }
      axis.category[place] = static_cast<std::uint32_t>(axis.categories.size());
      const char* name = sex == records::Sex::female ? "female" : "male";
      axis.categories.push_back(
          sex == records::Sex::unknown ? not_recorded() : tables::Category{name, sex_label(name)});
    }
    return axis;
  }

  Axis place_axis(const Variable& variable) {
    std::vector<vocabulary::CodeId> places = places_of(ground_.codes);
    if (places.empty()) {
      mistakes_.push_back(
          bad_input(fmt::format("'{}' is a place, but the vault has no places", variable.id),
                    where(variable.line), "remove it")
              .error());
    }
    if (tied_.places) {
      std::erase_if(places, [&](vocabulary::CodeId id) { return !(*tied_.places)[id]; });
    }
    auto columns = noted(columns_at(places, variable.level, false, ground_.codes,
                                    ground_.vocabulary, where(variable.line)));
    Axis axis{.source = Axis::Source::place,
              .bands = {},
              .category = std::move(columns.column_of_code),
              .missing = static_cast<std::uint32_t>(columns.categories.size()),
              .categories = std::move(columns.categories)};
    if (!tied_.places) {
      axis.categories.push_back(not_recorded());
    }
    std::ranges::replace(axis.category, no_column, axis.missing);
    return axis;
  }

  Axis event_axis(const Variable& variable, const EventTest& test) {
    Axis axis{.source = Axis::Source::any, .bands = {}, .category = {}, .categories = {}};
    const bool by_value = test.measure != EventTest::Measure::count && !variable.bands.empty();
    axis.test = noted(tests_.add(test, by_value));
    if (test.measure == EventTest::Measure::any) {
      axis.categories = {{"yes", {"yes", "oui"}}, {"no", {"no", "non"}}};
    } else if (test.measure == EventTest::Measure::count) {
      axis.source = Axis::Source::count;
      axis.bands = Bands(variable.bands, Bands::Unit::count, {}, false);
      axis.categories = axis.bands.categories();
    } else if (by_value) {
      axis.source = Axis::Source::value;
      axis.bands = Bands(variable.bands, Bands::Unit::value, {}, true);
      axis.categories = axis.bands.categories();
    } else if (const auto codes = matching_codes(test.pattern, ground_.codes, "")) {
      auto columns = noted(columns_at(*codes, variable.level, !test.pattern.kind, ground_.codes,
                                      ground_.vocabulary, where(variable.line)));
      axis.source = Axis::Source::code;
      axis.category = std::move(columns.column_of_code);
      axis.categories = std::move(columns.categories);
      axis.missing = static_cast<std::uint32_t>(axis.categories.size());
      axis.categories.push_back(none());
    }
    return axis;
  }

  Addend addend(const Variable& variable) {
    if (const auto* field = std::get_if<FieldTest>(&variable.source)) {
      return {field->field == "age" ? Addend::Source::age : Addend::Source::birth_year, 0};
    }
    const EventTest& test = std::get<EventTest>(variable.source);
    const bool count = test.measure == EventTest::Measure::count;
    return {count ? Addend::Source::count : Addend::Source::value, noted(tests_.add(test, !count))};
  }

  void tie_table(const StudyTable& table) {
    PlanTable made;
    made.id = table.id;
    made.title = table_title(study_, table);
    made.what = table.what;
    TiedTable tied;
    for (const std::string& id : dimension_variables(table)) {
      const Variable* variable = find_variable(study_, id);
      PARCOURS_CHECK(variable != nullptr);
      const std::uint32_t axis = axis_of_.at(id);
      tied.steps.push_back({axis, 1});
      made.dimensions.push_back({id, variable_label(*variable), tied_.axes[axis].categories, true});
      made.sensitive.push_back(std::holds_alternative<EventTest>(variable->source));
    }
    if (table.what == StudyTable::What::each) {
      tie_each(table, made);
    } else if (table.what == StudyTable::What::mean) {
      made.mean_of = variable_label(*find_variable(study_, table.mean));
      tied.addend = addend_of_.at(table.mean);
    }
    std::uint64_t cells = std::max<std::uint64_t>(made.columns, 1);
    for (std::size_t i = tied.steps.size(); i-- > 0 && cells <= most_cells;) {
      tied.steps[i].stride = static_cast<std::uint32_t>(cells);
      cells *= std::max<std::size_t>(made.dimensions[i].categories.size(), 1);
    }
    if (cells > most_cells) {
      mistakes_.push_back(
          bad_input(fmt::format("table '{}' has more than {} cells", table.id, most_cells),
                    where(table.line), "use coarser levels or fewer variables")
              .error());
    }
    made.cells = static_cast<std::uint32_t>(std::min(cells, most_cells));
    tied_.tables.push_back(std::move(made));
    tied_.tied_tables.push_back(std::move(tied));
  }

  void tie_each(const StudyTable& table, PlanTable& made) {
    const std::string place = where(table.each.line);
    const auto codes = noted(matching_codes(table.each, ground_.codes, place));
    auto columns = noted(
        columns_at(codes, table.level, !table.each.kind, ground_.codes, ground_.vocabulary, place));
    made.column_of_code = std::move(columns.column_of_code);
    made.columns = static_cast<std::uint32_t>(columns.categories.size()) + 1;
    made.dimensions.push_back(
        {"code",
         table.each.kind ? kind_label(*table.each.kind) : tables::Label{"event", "événement"},
         std::move(columns.categories), false});
    made.sensitive.push_back(true);
    made.within = table.within;
    const Span period = period_span(study_, ground_);
    made.windowed = table.within || !period.unbounded();
    if (!table.within && !period.unbounded()) {
      made.first = study_.period->first;
      made.last = study_.period->second;
    }
    tied_.columns.day = tied_.columns.day || made.windowed;
  }

  const Study& study_;
  const Ground& ground_;
  EventTests tests_;
  Tied tied_;
  std::map<std::string, std::uint32_t> axis_of_;
  std::map<std::string, Addend> addend_of_;
  std::vector<Error> mistakes_;
};

}  // namespace

std::vector<vocabulary::CodeId> Tied::codes_of(std::uint32_t test) const {
  std::vector<vocabulary::CodeId> codes;
  for (vocabulary::CodeId id = 0; id < group_of_code.size(); ++id) {
    const std::vector<std::uint32_t>& looking = groups[group_of_code[id]];
    if (std::ranges::find(looking, test) != looking.end()) {
      codes.push_back(id);
    }
  }
  return codes;
}

Tying tie(const Study& study, const Ground& ground) {
  return Tier(study, ground).tie();
}

}  // namespace parcours::study
