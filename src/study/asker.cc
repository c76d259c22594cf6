// The question that is asked of every record. No memory is taken here but for `count`'s days, which
// is kept from one record to the next.

#include <algorithm>
#include <cmath>

#include "base/check.h"
#include "study/plan.h"
#include "study/tied.h"

namespace parcours::study {
namespace {

// What one test has seen of one patient.
struct Seen {
  bool any = false;
  std::int64_t first = 0;  // the days that it looks at
  std::int64_t last = 0;
  Day day;  // first, last: of the event that counts
  vocabulary::CodeId code = vocabulary::no_code;
  double value = records::no_value;
  std::vector<Day> days;  // count
};

int age_at(const records::Patient& patient, Day index, Calendar calendar) {
  switch (calendar) {
    case Calendar::dates:
      return year_of(index) - patient.birth_year;
    case Calendar::days: {
      const std::int64_t quarters = std::int64_t{index.number} * 4;
      const std::int64_t years = quarters / 1461 - (quarters % 1461 < 0 ? 1 : 0);
      return static_cast<int>(years) - patient.birth_year;
    }
    case Calendar::order:
      break;
  }
  return -patient.birth_year;
}

}  // namespace

struct Asker::Scratch {
  explicit Scratch(const Tied& tied_study) : tied(tied_study), seen(tied.tests.size()) {
    standing.cell.resize(tied.tables.size());
    standing.value.resize(tied.tables.size());
    standing.overlap.resize(tied.overlaps.size());
    categories.resize(tied.axes.size());
  }

  const Tied& tied;
  Standing standing;
  std::vector<Seen> seen;
  std::vector<std::uint32_t> categories;
  double age = records::no_value;

  bool fields_fit(const records::Patient& patient) const {
    return tied.sexes[static_cast<std::size_t>(patient.sex)] &&
           (!tied.places || (patient.place < tied.places->size() && (*tied.places)[patient.place]));
  }

  std::optional<Day> index_day(const records::Record& record) const {
    if (tied.fixed_index) {
      return tied.fixed_index;
    }
    std::optional<Day> first;
    for (std::size_t i = 0; i < record.codes.size(); ++i) {
      if (!tied.starts_index[record.codes[i]]) {
        continue;
      }
      const Day day = record.days[i];
      if (day.number >= tied.period.first && day.number <= tied.period.last &&
          (!first || day < *first)) {
        first = day;
      }
    }
    return first;
  }

  bool age_fits(const records::Patient& patient, Day index) {
    const int years =
        patient.birth_year == records::no_birth_year ? -1 : age_at(patient, index, tied.calendar);
    age = years < 0 ? records::no_value : years;
    return !tied.age || (age >= tied.age->first && age <= tied.age->second);
  }

  void look(const records::Record& record, Day index) {
    for (std::size_t t = 0; t < seen.size(); ++t) {
      const Span& span = tied.tests[t].span;
      seen[t].any = false;
      seen[t].first = span.relative ? index.number + span.first : span.first;
      seen[t].last = span.relative ? index.number + span.last : span.last;
      seen[t].days.clear();
    }
    for (std::size_t i = 0; i < record.codes.size(); ++i) {
      for (const std::uint32_t t : tied.groups[tied.group_of_code[record.codes[i]]]) {
        meet(tied.tests[t], seen[t], record, i);
      }
    }
  }

  void meet(const TiedTest& test, Seen& so_far, const records::Record& record,
            std::size_t i) const {
    const Day day = tied.columns.day ? record.days[i] : Day{};
    const double value = tied.columns.value ? record.values[i] : records::no_value;
    if (day.number < so_far.first || day.number > so_far.last ||
        (test.valued && !records::has_value(value))) {
      return;
    }
    if (test.measure == EventTest::Measure::count) {
      so_far.days.push_back(day);
    } else if (test.measure != EventTest::Measure::any) {
      const vocabulary::CodeId code = record.codes[i];
      if (!so_far.any || better(test, day, code, value, so_far)) {
        so_far.day = day;
        so_far.code = code;
        so_far.value = value;
      }
    }
    so_far.any = true;
  }

  // Whether an event comes before the one that counts so far.
  bool better(const TiedTest& test, Day day, vocabulary::CodeId code, double value,
              const Seen& so_far) const {
    if (day != so_far.day) {
      return test.measure == EventTest::Measure::first ? day < so_far.day : day > so_far.day;
    }
    if (code != so_far.code) {
      return tied.alphabetic[code] < tied.alphabetic[so_far.code];
    }
    return test.valued && value < so_far.value;
  }

  double count(std::uint32_t test) {
    std::vector<Day>& days = seen[test].days;
    std::ranges::sort(days);
    days.erase(std::unique(days.begin(), days.end()), days.end());
    return static_cast<double>(days.size());
  }

  std::uint32_t category(const Axis& axis, const records::Patient& patient) {
    switch (axis.source) {
      case Axis::Source::sex:
        return axis.category[static_cast<std::size_t>(patient.sex)];
      case Axis::Source::age:
        return axis.bands.of(age);
      case Axis::Source::birth_year:
        return axis.bands.of(patient.birth_year == records::no_birth_year ? records::no_value
                                                                          : patient.birth_year);
      case Axis::Source::place:
        return patient.place < axis.category.size() ? axis.category[patient.place] : axis.missing;
      case Axis::Source::practice:
        return axis.category[patient.practice];
      case Axis::Source::any:
        return seen[axis.test].any ? 0 : 1;
      case Axis::Source::count:
        return axis.bands.of(count(axis.test));
      case Axis::Source::code:
        return seen[axis.test].any ? axis.category[seen[axis.test].code] : axis.missing;
      case Axis::Source::value:
        break;
    }
    return axis.bands.of(seen[axis.test].any ? seen[axis.test].value : records::no_value);
  }

  double value(const Addend& addend, const records::Patient& patient) {
    switch (addend.source) {
      case Addend::Source::none:
        break;
      case Addend::Source::age:
        return age;
      case Addend::Source::birth_year:
        return patient.birth_year == records::no_birth_year ? records::no_value
                                                            : patient.birth_year;
      case Addend::Source::count:
        return count(addend.test);
      case Addend::Source::value:
        return seen[addend.test].any ? seen[addend.test].value : records::no_value;
    }
    return records::no_value;
  }

  bool in_population() const {
    const auto met = [&](std::uint32_t test) { return seen[test].any; };
    return std::ranges::all_of(tied.require, met) && std::ranges::none_of(tied.exclude, met);
  }

  std::uint32_t overlap(const TiedOverlap& overlap) const {
    std::uint32_t cell = 0;
    for (const TiedOverlap::Step& step : overlap.steps) {
      std::size_t combination = 0;
      for (const std::uint32_t axis : step.axes) {
        combination = combination * tied.axes[axis].categories.size() + categories[axis];
      }
      const std::uint32_t part = step.part[combination];
      PARCOURS_CHECK(part != no_cell);
      cell += part * step.stride;
    }
    return cell;
  }

  void stand(const records::Patient& patient) {
    for (std::size_t a = 0; a < categories.size(); ++a) {
      categories[a] = category(tied.axes[a], patient);
    }
    for (std::size_t t = 0; t < standing.cell.size(); ++t) {
      std::uint32_t cell = 0;
      for (const TiedTable::Step& step : tied.tied_tables[t].steps) {
        cell += categories[step.axis] * step.stride;
      }
      standing.cell[t] = cell;
      standing.value[t] = value(tied.tied_tables[t].addend, patient);
    }
    for (std::size_t o = 0; o < standing.overlap.size(); ++o) {
      standing.overlap[o] = overlap(tied.tied_overlaps[o]);
    }
  }
};

Asker::Asker(const Plan& plan) : scratch_(std::make_unique<Scratch>(*plan.tied_)) {}
Asker::~Asker() = default;

const Standing* Asker::ask(const records::Record& record) {
  Scratch& scratch = *scratch_;
  if (!scratch.fields_fit(record.patient)) {
    return nullptr;
  }
  const auto index = scratch.index_day(record);
  if (!index || !scratch.age_fits(record.patient, *index)) {
    return nullptr;
  }
  if (!scratch.seen.empty()) {
    scratch.look(record, *index);
    if (!scratch.in_population()) {
      return nullptr;
    }
  }
  scratch.standing.index = *index;
  scratch.stand(record.patient);
  return &scratch.standing;
}

}  // namespace parcours::study
