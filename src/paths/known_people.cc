#include "paths/known_people.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "paths/text_numbers.h"

namespace parcours {
namespace {

using Classes = std::vector<std::uint32_t>;  // by patient: all that is known of them, as one number

// Patients of one number have the same in all of `fields`, across everything that `numbers` has numbered.
Classes classes_of(const People& people, const std::vector<std::string>& fields,
                   std::size_t patients, TextNumbers& numbers) {
  std::vector<const PersonField*> known;
  for (const std::string& field : fields) {
    known.push_back(&*std::ranges::find(people, field, &PersonField::name));
  }
  Classes classes;
  classes.reserve(patients);
  std::string all;
  for (std::size_t patient = 0; patient < patients; ++patient) {
    all.clear();
    for (const PersonField* field : known) {
      all.append(field->labels[field->values[patient]]).append(1, '\x1f');
    }
    classes.push_back(numbers.number(all));
  }
  return classes;
}

// Numbers for the pairs of a class and a code that occur, in order.
class Together {
 public:
  void take(const Paths& paths, const Classes& classes) {
    for (std::size_t patient = 0; patient < paths.patients(); ++patient) {
      std::uint64_t before = ~std::uint64_t{0};
      for (const std::uint32_t pair : paths.record(patient)) {  // pairs of one code stand together
        const std::uint64_t key = key_of(classes[patient], paths.pair_codes[pair]);
        if (key != before) {
          keys_.push_back(key);
        }
        before = key;
      }
    }
    std::ranges::sort(keys_);
    keys_.erase(std::unique(keys_.begin(), keys_.end()), keys_.end());
  }

  Result<Paths> of(const Paths& paths, const Classes& classes, const Stop& stop) const {
    PathsBuilder builder;
    for (std::uint32_t patient = 0; patient < paths.patients(); ++patient) {
      for (const std::uint32_t pair : paths.record(patient)) {
        const std::uint64_t key = key_of(classes[patient], paths.pair_codes[pair]);
        const auto found = std::ranges::lower_bound(keys_, key);
        builder.add(patient, static_cast<std::uint32_t>(found - keys_.begin()),
                    paths.pair_days[pair]);
      }
      if (stop.requested()) {
        return stopped();
      }
    }
    return std::move(builder).build({}, {}, stop);
  }

 private:
  static std::uint64_t key_of(std::uint32_t person, std::uint32_t code) {
    return (std::uint64_t{person} << 32) | code;
  }

  std::vector<std::uint64_t> keys_;
};

std::vector<std::string> names_of(const People& people) {
  std::vector<std::string> names;
  for (const PersonField& field : people) {
    names.push_back(field.name);
  }
  return names;
}

}  // namespace

std::vector<std::string> common_fields(const People& first, const People& second) {
  std::vector<std::string> names = names_of(first);
  std::erase_if(names, [&](const std::string& name) {
    return std::ranges::find(second, name, &PersonField::name) == second.end();
  });
  return names;
}

Result<Paths> known_people(const Paths& paths, const People& people, const Stop& stop) {
  TextNumbers numbers;
  const Classes classes = classes_of(people, names_of(people), paths.patients(), numbers);
  Together together;
  together.take(paths, classes);
  return together.of(paths, classes, stop);
}

Result<TwoExports> known_people(const TwoExports& exports, const People& first,
                                const People& second, const Stop& stop) {
  const std::vector<std::string> fields = common_fields(first, second);
  TextNumbers numbers;
  const Classes of_first = classes_of(first, fields, exports.first.patients(), numbers);
  const Classes of_second = classes_of(second, fields, exports.second.patients(), numbers);
  Together together;
  together.take(exports.first, of_first);
  together.take(exports.second, of_second);
  TwoExports known{{}, {}, exports.partners};
  ASSIGN_OR_RETURN(known.first, together.of(exports.first, of_first, stop));
  ASSIGN_OR_RETURN(known.second, together.of(exports.second, of_second, stop));
  return known;
}

}  // namespace parcours
