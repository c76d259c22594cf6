// A study in the numbers that an Asker uses: codes are CodeIds, names are positions in lists.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "study/bands.h"
#include "study/plan.h"

namespace parcours::study {

// Days, both ends included: as they stand, or counted from the index day.
struct Span {
  bool relative = false;
  std::int64_t first = std::numeric_limits<std::int64_t>::min();
  std::int64_t last = std::numeric_limits<std::int64_t>::max();

  bool unbounded() const { return first == std::numeric_limits<std::int64_t>::min(); }
};

struct TiedTest {
  EventTest::Measure measure;
  Span span;
  bool valued = false;  // sees only events that carry a value
};

// One value a patient, as a category: a dimension of a table.
struct Axis {
  enum class Source { sex, age, birth_year, place, practice, any, count, code, value };
  Source source;
  std::uint32_t test = 0;               // any, count, code, value: of Tied::tests
  Bands bands;                          // age, birth_year, count, value
  std::vector<std::uint32_t> category;  // sex: by Sex; place, code: by CodeId; practice
  std::uint32_t missing = 0;            // place, code, practice: not recorded, none
  std::vector<tables::Category> categories;
};

// What a table of means adds up.
struct Addend {
  enum class Source { none, age, birth_year, count, value };
  Source source = Source::none;
  std::uint32_t test = 0;
};

struct TiedTable {
  struct Step {
    std::uint32_t axis;
    std::uint32_t stride;
  };
  std::vector<Step> steps;
  Addend addend;
};

struct TiedOverlap {
  // A trait: the axes that tell it apart, and for each combination of their categories, the last
  // axis fastest, the part that it is; no_cell where nobody can be.
  struct Step {
    std::vector<std::uint32_t> axes;
    std::vector<std::uint32_t> part;
    std::uint32_t stride;
  };
  std::vector<Step> steps;
};

struct Tied {
  std::vector<PlanTable> tables;  // as the caller sees them
  std::vector<TiedTable> tied_tables;
  std::vector<PlanOverlap> overlaps;
  std::vector<TiedOverlap> tied_overlaps;
  std::vector<PlanNesting> nestings;
  std::vector<PlanContaining> containings;
  std::vector<PlanMeanTie> mean_ties;
  std::vector<PlanMeanOrder> mean_orders;
  records::EventColumns columns;
  Calendar calendar;

  std::optional<Day> fixed_index;
  std::vector<bool> starts_index;  // by CodeId, when the index day is that of an event
  Span period;

  std::optional<std::pair<int, int>> age;
  std::vector<bool> sexes;                  // by Sex
  std::optional<std::vector<bool>> places;  // by CodeId; none: every place and none

  std::vector<TiedTest> tests;
  std::vector<std::uint32_t> require;
  std::vector<std::uint32_t> exclude;
  std::vector<std::uint32_t> group_of_code;        // by CodeId: which group of tests looks at it
  std::vector<std::vector<std::uint32_t>> groups;  // the first is empty
  std::vector<std::uint32_t> alphabetic;  // by CodeId: its place among all codes, when needed

  std::vector<Axis> axes;

  // The codes that a test looks at, in order.
  std::vector<vocabulary::CodeId> codes_of(std::uint32_t test) const;
};

struct Tying {
  Tied tied;
  std::vector<Error> mistakes;  // when there is one, `tied` is of no use
};

// What Plan::make takes.
struct Ground {
  const vocabulary::CodeBook& codes;
  const vocabulary::Vocabulary& vocabulary;
  std::span<const std::string> practices;
  Calendar calendar;
  std::optional<std::pair<Day, Day>> vault_period;
};

Tying tie(const Study& study, const Ground& ground);

}  // namespace parcours::study
