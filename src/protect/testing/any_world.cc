#include "protect/testing/any_world.h"

namespace parcours::example {

crowds::Counted counted(const std::vector<Person>& people, std::vector<crowds::CrowdTable> tables) {
  return {everyone(people), std::move(tables)};
}

World any_world(bool means) {
  Random random(*rc::gen::arbitrary<std::uint64_t>());
  const std::vector<std::size_t> categories = {3, 2, 4, 2};
  World world;
  for (std::uint32_t count = 40 + random.below(160); count > 0; --count) {
    Person person;
    for (const std::size_t of : categories) {  // small categories are rare
      const auto size = static_cast<std::uint32_t>(of);
      person.values.push_back(random.below(1 + random.below(size)));
    }
    person.practice = random.below(5);
    person.value = static_cast<std::int64_t>(random.below(100)) - 20;
    world.people.push_back(person);
  }
  const std::vector<std::vector<std::size_t>> by = {{0, 1}, {1, 2}, {0, 2, 3}, {3}, {}};
  std::vector<crowds::CrowdTable> tables;
  for (const std::vector<std::size_t>& variables : by) {
    tables.push_back(table(world.people, variables, categories, means));
  }
  world.in = counted(world.people, std::move(tables));
  return world;
}

}  // namespace parcours::example
