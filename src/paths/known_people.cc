#include "paths/known_people.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/letters.h"
#include "base/stand_ins.h"
#include "paths/text_numbers.h"

namespace parcours::paths {
namespace {

// In any case of letters: SEX of one export is sex of another.
const PersonField* field_called(const People& people, const std::string& name) {
  const auto found = std::ranges::find_if(
      people, [&](const PersonField& field) { return lower(field.name) == lower(name); });
  return found == people.end() ? nullptr : &*found;
}

using Classes = std::vector<std::uint32_t>;  // by patient: all that is known of them, as one number

// A field, and what is in the place of its value where that is not known.
struct Field {
  std::string name;
  bool shared_by_nobody = false;
};

// Patients of one number have the same in all of `fields`, across everything that `numbers` has
// numbered. `side` tells apart the exports of which nobody shares what is not known.
Classes classes_of(const People& people, const std::vector<Field>& fields, std::size_t patients,
                   std::size_t side, TextNumbers& numbers) {
  std::vector<const PersonField*> known;
  for (const Field& field : fields) {
    known.push_back(field_called(people, field.name));
  }
  Classes classes;
  classes.reserve(patients);
  std::string all;
  for (std::size_t patient = 0; patient < patients; ++patient) {
    all.clear();
    for (std::size_t f = 0; f < fields.size(); ++f) {
      const std::string& label = known[f]->labels[known[f]->values[patient]];
      all.append(label);
      if (label.empty() && fields[f].shared_by_nobody) {
        all.append(fmt::format("\x1e{} {}", side, patient));
      }
      all.append(1, '\x1f');
    }
    classes.push_back(numbers.number(all));
  }
  return classes;
}

bool holds_numbers(const PersonField& field) {
  return std::ranges::all_of(
      field.labels, [](const std::string& label) { return label.empty() || is_number(label); });
}

// The patients of each class, one class after another.
class ByClass {
 public:
  ByClass(const Classes& classes, std::uint32_t count) : starts_(count + std::size_t{1}) {
    for (const std::uint32_t number : classes) {
      ++starts_[number + std::size_t{1}];
    }
    std::partial_sum(starts_.begin(), starts_.end(), starts_.begin());
    patients_.resize(classes.size());
    std::vector<std::uint32_t> next(starts_.begin(), starts_.end() - 1);
    for (std::uint32_t patient = 0; patient < classes.size(); ++patient) {
      patients_[next[classes[patient]]++] = patient;
    }
  }
  std::span<const std::uint32_t> patients(std::uint32_t number) const {
    return std::span(patients_).subspan(starts_[number],
                                        starts_[number + std::size_t{1}] - starts_[number]);
  }

 private:
  std::vector<std::uint32_t> starts_;
  std::vector<std::uint32_t> patients_;
};

// New numbers for the codes of one class after another, in the order in which they are met.
class NewCodes {
 public:
  void begin_class() { ++class_; }
  std::uint32_t number(std::uint32_t code) {
    if (code >= of_code_.size()) {
      of_code_.resize(code + std::size_t{1});
    }
    Last& last = of_code_[code];
    if (last.in_class != class_) {
      last = {class_, next_++};
    }
    return last.number;
  }

 private:
  struct Last {
    std::uint32_t in_class = 0;
    std::uint32_t number = 0;
  };
  std::uint32_t class_ = 0;
  std::uint32_t next_ = 0;
  std::vector<Last> of_code_;
};

// Paths laid out anew a class at a time. People of other classes never have the same events, so the
// pairs of a class can be numbered before the next class is looked at, and records keep their
// places and lengths.
class Rebuilt {
 public:
  explicit Rebuilt(const Paths& from) : from_(from), filled_(from.record_starts) {
    to_.record_starts = from.record_starts;
    to_.record_pairs.resize(from.record_pairs.size());
    // At most a pair for each event; what is not filled is never touched.
    const std::size_t most = from.record_pairs.size();
    to_.index_patients.reserve(most);
    to_.index_starts.reserve(most + 1);
    to_.pair_codes.reserve(most);
    to_.pair_days.reserve(most);
  }

  void take(std::span<const std::uint32_t> patients, NewCodes& codes) {
    events_.clear();
    for (const std::uint32_t patient : patients) {
      for (const std::uint32_t pair : from_.record(patient)) {
        events_.push_back({codes.number(from_.pair_codes[pair]), from_.pair_days[pair], patient});
      }
    }
    std::ranges::sort(events_);
    for (std::size_t i = 0; i < events_.size(); ++i) {
      const Event& event = events_[i];
      if (i == 0 || event.code != events_[i - 1].code || event.day != events_[i - 1].day) {
        to_.index_starts.push_back(static_cast<std::uint32_t>(to_.index_patients.size()));
        to_.pair_codes.push_back(event.code);
        to_.pair_days.push_back(event.day);
      }
      to_.index_patients.push_back(event.patient);
      to_.record_pairs[filled_[event.patient]++] =
          static_cast<std::uint32_t>(to_.pair_codes.size() - 1);
    }
  }

  Paths build() && {
    to_.index_starts.push_back(static_cast<std::uint32_t>(to_.index_patients.size()));
    return std::move(to_);
  }

 private:
  struct Event {
    std::uint32_t code;
    std::int32_t day;
    std::uint32_t patient;
    friend auto operator<=>(const Event&, const Event&) = default;
  };

  const Paths& from_;
  std::vector<std::uint32_t> filled_;  // by patient, where their next pair goes
  std::vector<Event> events_;
  Paths to_;
};

// Paths, and all that is known of their people.
struct Side {
  const Paths& paths;
  const People& people;
};

// Each side's paths laid out anew, with code numbers that mean the same in all.
Result<std::vector<Paths>> rebuilt(const std::vector<Side>& sides, const std::vector<Field>& fields,
                                   const Stop& stop) {
  TextNumbers numbers;
  std::vector<Classes> classes;
  for (std::size_t side = 0; side < sides.size(); ++side) {
    const Side& of = sides[side];
    classes.push_back(classes_of(of.people, fields, of.paths.patients(), side, numbers));
  }
  std::vector<ByClass> patients;
  std::vector<Rebuilt> known;
  for (std::size_t side = 0; side < sides.size(); ++side) {
    patients.emplace_back(classes[side], numbers.size());
    known.emplace_back(sides[side].paths);
  }
  NewCodes codes;
  for (std::uint32_t number = 0; number < numbers.size(); ++number) {
    if (stop.requested()) {
      return stopped();
    }
    codes.begin_class();
    for (std::size_t side = 0; side < sides.size(); ++side) {
      known[side].take(patients[side].patients(number), codes);
    }
  }
  std::vector<Paths> result;
  for (Rebuilt& side : known) {
    result.push_back(std::move(side).build());
  }
  return result;
}

}  // namespace

std::vector<std::string> common_fields(const People& first, const People& second) {
  std::vector<std::string> names = names_of(first);
  std::erase_if(names,
                [&](const std::string& name) { return field_called(second, name) == nullptr; });
  return names;
}

Result<Paths> known_people(const Paths& paths, const People& people, const Stop& stop) {
  std::vector<Field> fields;
  for (const PersonField& field : people) {
    fields.push_back({field.name});
  }
  ASSIGN_OR_RETURN(auto known, rebuilt({{paths, people}}, fields, stop));
  return std::move(known[0]);
}

Result<TwoExports> known_people(const TwoExports& exports, const People& first,
                                const People& second, const Stop& stop) {
  std::vector<Field> fields;
  for (const std::string& name : common_fields(first, second)) {
    fields.push_back({name, holds_numbers(*field_called(first, name)) &&
                                holds_numbers(*field_called(second, name))});
  }
  ASSIGN_OR_RETURN(auto known,
                   rebuilt({{exports.first, first}, {exports.second, second}}, fields, stop));
  return TwoExports{std::move(known[0]), std::move(known[1]), exports.partners};
}

}  // namespace parcours::paths
