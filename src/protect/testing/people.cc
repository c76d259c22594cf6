#include "protect/testing/people.h"

namespace parcours::example {

protect::Rules rules(std::uint32_t patients_min, std::uint32_t complement_min) {
  protect::Rules made{};
  made.id = "test";
  made.patients_min = patients_min;
  made.complement_min = complement_min;
  made.has_practices = false;
  made.largest_value_share_below = 1;
  made.hide_group_disclosure = false;
  made.width_min = 0;
  made.cover_insiders = false;
  return made;
}

Uint128 mark_of(std::uint64_t person) {
  Uint128 mark = 0;
  for (int half = 0; half < 2; ++half) {
    std::uint64_t x = (person * 2 + static_cast<std::uint64_t>(half) + 1) * 0x9e3779b97f4a7c15;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
    x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
    mark = mark << 64 | (x ^ (x >> 31));
  }
  return mark;
}

tables::Dimension dimension(std::string id, std::size_t categories) {
  tables::Dimension made{std::move(id), {}, {}, true};
  for (std::size_t c = 0; c < categories; ++c) {
    made.categories.push_back({"c" + std::to_string(c), {}});
  }
  return made;
}

crowds::CrowdTable table(const std::vector<Person>& people, const std::vector<std::size_t>& by,
                         const std::vector<std::size_t>& categories, bool means) {
  crowds::CrowdTable made;
  made.id = "t";
  tables::Table shape;
  for (const std::size_t variable : by) {
    made.id += std::to_string(variable);
    made.dimensions.push_back(dimension("v" + std::to_string(variable), categories[variable]));
  }
  made.sensitive.assign(by.size(), false);
  if (means) {
    made.mean_of = tables::Label{"value", "valeur"};
  }
  shape.dimensions = made.dimensions;
  for (std::size_t c = 0; c < shape.cell_count(); ++c) {
    const std::vector<std::size_t> places = shape.places(c);
    made.cells.push_back(crowd_of(
        people,
        [&](const Person& person) {
          for (std::size_t d = 0; d < by.size(); ++d) {
            if (places[d] != categories[by[d]] && places[d] != person.values[by[d]]) {
              return false;
            }
          }
          return true;
        },
        means));
  }
  return made;
}

crowds::Crowd everyone(const std::vector<Person>& people) {
  return crowd_of(people, [](const Person&) { return true; });
}

std::vector<Person> people_of(const std::vector<int>& counts, std::size_t columns) {
  std::vector<Person> people;
  for (std::size_t c = 0; c < counts.size(); ++c) {
    for (int i = 0; i < counts[c]; ++i) {
      people.push_back({{c / columns, c % columns}});
    }
  }
  return people;
}

}  // namespace parcours::example
