#include "paths/attack.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "base/files.h"
#include "exports/testing/roles.h"
#include "paths/testing/worlds.h"
#include "paths/vault_paths.h"
#include "vault/testing/worlds.h"

namespace parcours::paths {
namespace {

const std::vector<PathCode> codes = {{"consultation", "OFFICE"},
                                     {"sick_leave", "BACK"},
                                     {"sick_leave", "FLU"},
                                     {"vaccination", "J07"},
                                     {"diagnosis", "J45"}};

PathsRead read_of(const World& world) {
  return {.paths = paths_of(world), .calendar = Calendar::days, .codes = codes};
}

AttackFigure figure_of(const World& world, const People& people, const Attacker& attacker,
                       std::uint64_t draws = 1'000'000, int threads = 1) {
  Progress progress(Progress::Manner::none);
  const Stop stop;
  return attack(read_of(world), people, {{attacker}, {}}, {draws, 3, threads}, progress, stop)
      ->front();
}

// The slow twin. An event as the attacker sees it: the entry, the detail, the time.
struct Look {
  std::size_t entry;
  std::string what;
  std::int32_t time;
  friend auto operator<=>(const Look&, const Look&) = default;
};

std::vector<Look> slow_looks(const std::set<Pair>& record, const Attacker& attacker) {
  std::set<Look> looks;
  std::int32_t first = 1'000'000;
  for (const auto& [code, day] : record) {
    for (std::size_t entry = 0; entry < attacker.knows.size(); ++entry) {
      const auto& events = attacker.knows[entry].events;
      if (std::ranges::any_of(events, [&](const EventPattern& pattern) {
            return fits(pattern, codes[code].kind, codes[code].code);
          })) {
        const std::string what = attacker.detail == Detail::code   ? codes[code].code
                                 : attacker.detail == Detail::kind ? codes[code].kind
                                                                   : "";
        looks.insert({entry, what,
                      attacker.timing == Timing::none    ? 0
                      : attacker.timing == Timing::weeks ? timed(day, Timing::weeks, Calendar::days)
                                                         : day});
        first = std::min(first, day);
        break;
      }
    }
  }
  std::vector<Look> result(looks.begin(), looks.end());
  if (attacker.timing == Timing::since_first) {
    for (Look& look : result) {
      look.time -= first;
    }
  }
  return result;
}

struct Slow {
  std::uint64_t applies = 0;
  double sum = 0;
};

Slow slowly(const World& world, const People& people, const Attacker& attacker) {
  Slow slow;
  for (std::size_t patient = 0; patient < world.size(); ++patient) {
    const std::vector<Look> looks = slow_looks(world[patient], attacker);
    std::uint64_t tried = 0;
    std::uint64_t unique = 0;
    for (std::uint32_t choice = 1; choice < (1u << looks.size()); ++choice) {
      std::vector<std::size_t> chosen(attacker.knows.size(), 0);
      std::vector<std::size_t> there(attacker.knows.size(), 0);
      for (std::size_t i = 0; i < looks.size(); ++i) {
        chosen[looks[i].entry] += choice >> i & 1u;
        ++there[looks[i].entry];
      }
      bool right = true;
      for (std::size_t entry = 0; entry < chosen.size(); ++entry) {
        right = right && there[entry] > 0 &&
                chosen[entry] == attacker.knows[entry].how_many.value_or(there[entry]);
      }
      if (!right) {
        continue;
      }
      bool alone = true;
      for (std::size_t other = 0; other < world.size(); ++other) {
        const bool same_person = std::ranges::all_of(people, [&](const PersonField& field) {
          return field.values[patient] == field.values[other];
        });
        const std::vector<Look> others = slow_looks(world[other], attacker);
        bool matches = same_person && other != patient;
        for (std::size_t i = 0; i < looks.size() && matches; ++i) {
          matches = (choice >> i & 1u) == 0 || std::ranges::any_of(others, [&](const Look& look) {
                      return look.entry == looks[i].entry && look.what == looks[i].what &&
                             std::abs(look.time - looks[i].time) <= attacker.within;
                    });
        }
        alone = alone && !matches;
      }
      ++tried;
      unique += alone ? 1 : 0;
    }
    slow.applies += tried > 0 ? 1 : 0;
    slow.sum += tried > 0 ? static_cast<double>(unique) / static_cast<double>(tried) : 0;
  }
  return slow;
}

Attacker drawn_attacker(Random& random) {
  Attacker attacker{.id = "a"};
  attacker.timing =
      std::vector{Timing::days, Timing::weeks, Timing::since_first, Timing::none}[random.below(4)];
  attacker.within =
      attacker.timing == Timing::none ? 0 : static_cast<std::int32_t>(random.below(4));
  attacker.detail = Detail{static_cast<std::uint8_t>(random.below(3))};
  const std::vector<std::optional<std::uint32_t>> numbers = {std::nullopt, 1, 2};
  attacker.knows.push_back({{{"sick_leave", "", true}}, numbers[random.below(3)]});
  if (random.below(2) == 0) {
    attacker.knows.push_back({{{}}, numbers[random.below(3)]});  // any other event
  }
  if (random.below(2) == 0) {
    attacker.person = {"sex"};
  }
  return attacker;
}

RC_GTEST_PROP(Attack, G1AnExactShareIsTheDefinition, (std::uint32_t seed)) {
  Random random(seed);
  const World world = random_world(random, 1 + random.below(15), 6, 5, 25);
  const Attacker attacker = drawn_attacker(random);
  People people;
  if (!attacker.person.empty()) {
    people.push_back({"sex", {"", "F", "M"}, {}});
    for (std::size_t patient = 0; patient < world.size(); ++patient) {
      people[0].values.push_back(random.below(3));
    }
  }
  const AttackFigure figure = figure_of(world, people, attacker);
  const Slow slow = slowly(world, people, attacker);
  RC_ASSERT(figure.applies == slow.applies);
  if (slow.applies > 0) {
    RC_ASSERT(figure.singled_out.is_exact);
    RC_ASSERT(std::abs(figure.singled_out.value() - slow.sum / static_cast<double>(slow.applies)) <
              1e-12);
  }
}

TEST(Attack, G2ThreadsDoNotChangeABitAndDrawsLieAroundTheTruth) {
  Random random(4);
  const World world = random_world(random, 3000, 8, 5, 200);
  Attacker attacker{.id = "a", .within = 2, .detail = Detail::kind};
  attacker.knows = {{{{"sick_leave", "", true}}, 1}, {{{"consultation", "", true}}, 1}};
  const AttackFigure exact = figure_of(world, {}, attacker);
  ASSERT_TRUE(exact.singled_out.is_exact);
  for (const std::uint64_t draws : {500, 2000}) {
    const AttackFigure one = figure_of(world, {}, attacker, draws, 1);
    EXPECT_EQ(one.singled_out.value(),
              figure_of(world, {}, attacker, draws, 3).singled_out.value());
    EXPECT_FALSE(one.singled_out.is_exact);
    EXPECT_LT(one.singled_out.low, exact.singled_out.value());
    EXPECT_GT(one.singled_out.high, exact.singled_out.value());
  }
}

TEST(Attack, WhatTheExportDoesNotHaveIsNamed) {
  const World world = {{{0, 1}}, {{0, 1}}};
  Attacker attacker{.id = "a", .person = {"sex", "region"}};
  attacker.knows = {{{{"consultation", "", true}}, 1}};
  const People people = {{"region", {"", "1", "2"}, {1, 2}}};
  const AttackFigure figure = figure_of(world, people, attacker);
  EXPECT_EQ(figure.not_there, std::vector<std::string>{"sex"});
  EXPECT_EQ(figure.singled_out.value(), 1);  // the region alone tells them apart

  PathsRead without_kinds = read_of(world);
  without_kinds.codes = std::vector<PathCode>(5);
  Progress progress(Progress::Manner::none);
  const Stop stop;
  const auto figures = *attack(without_kinds, people, {{attacker}, {}}, {1, 1, 1}, progress, stop);
  EXPECT_EQ(figures[0].applies, 0);
  EXPECT_EQ(figures[0].not_there, (std::vector<std::string>{"sex", "kind"}));
}

TEST(People, OfAnExportAreFoundByTheirIdentifier) {
  const ScratchFolder folder =
      *ScratchFolder::make(std::filesystem::temp_directory_path(), "parcours-test-");
  const auto events = folder.path() / "events.csv";
  const auto patients = folder.path() / "patients.csv";
  ASSERT_TRUE(write_file(events, "id,day,code,sex\nb,1,x,F\na,2,x,M\na,3,x,M\nc,1,y,\n"));
  ASSERT_TRUE(
      write_file(patients, "id,birth_year,region\na,1990-02-03,84\nc,2001,11\nd,1950,11\n"));
  Progress progress(Progress::Manner::none);
  const Stop stop;
  exports::ExportFile file = *exports::ExportFile::open(events, 1);
  const exports::Roles roles = *exports::plain_roles(file);
  const PathsRead read = *read_paths(file, roles, progress, stop);
  const auto number = [&](const char* id) {
    return read.patients.ranks[*read.patients.numbers.find(id)];
  };
  const auto value = [&](const People& people, const char* field, const char* id) {
    const PersonField* found = find_field(people, field);
    return found == nullptr ? "no field" : found->labels[found->values[number(id)]];
  };
  exports::Persons on_lines{.file = *file.again(1, false),
                            .columns = {{{.name = "id", .role = exports::ColumnRole::patient}},
                                        {{.name = "sex", .role = exports::ColumnRole::sex}}},
                            .on_lines_of_events = true};
  const People own = *read_people(on_lines, on_lines.called({}), read, stop);
  EXPECT_EQ(value(own, "sex", "a"), "M");
  EXPECT_EQ(value(own, "sex", "c"), "");
  EXPECT_EQ(value(own, "age", "c"), "no field");

  exports::Persons other{
      .file = *exports::ExportFile::open(patients, 1),
      .columns = {{{.name = "id", .role = exports::ColumnRole::patient}},
                  {{.name = "birth_year", .role = exports::ColumnRole::birth_year}},
                  {{.name = "region", .role = exports::ColumnRole::place}}}};
  const People linked = *read_people(other, other.called({}), read, stop);
  EXPECT_EQ(value(linked, "age", "a"), "1990");
  EXPECT_EQ(value(linked, "region", "c"), "11");
  EXPECT_EQ(value(linked, "region", "b"), "");
  EXPECT_EQ(read.patients.numbers.find("d"), std::nullopt);
}

TEST(People, OfAVaultStandInTheOrderOfItsPaths) {
  const vault::SmallVault world = *vault::SmallVault::make({.buckets = 2});
  ASSERT_TRUE(world.import(
      {{"P1",
        "2024",
        {{.id = {1, 10}, .birth_year = 1980, .sex = records::Sex::female, .place = "69"},
         {.id = {2, 11}, .birth_year = 1990, .sex = records::Sex::male},
         {.id = {3, 12}, .birth_year = 1970}},
        {{.patient = {1, 10}, .day = 5}, {.patient = {3, 12}, .day = 6}}}}));
  const vault::Vault vault = *world.open();
  Progress progress(Progress::Manner::none);
  const Stop stop;
  const PathsRead read = *read_paths(vault, 1, progress, stop);
  const People people = *read_people(vault, read, progress, stop);
  ASSERT_EQ(read.paths.patients(), 2);
  EXPECT_EQ(read.codes[read.paths.pair_codes[0]], (PathCode{"diagnosis", "J45"}));
  for (std::size_t patient = 0; patient < 2; ++patient) {
    const auto value = [&](const char* name) {
      const PersonField* field = find_field(people, name);
      return field->labels[field->values[patient]];
    };
    const bool first = value("age") == "1980";
    EXPECT_EQ(value("age"), first ? "1980" : "1970");
    EXPECT_EQ(value("sex"), first ? "F" : "");
    EXPECT_EQ(value("region"), first ? "84" : "");
    EXPECT_EQ(value("practice"), world.practice("P1"));
    EXPECT_EQ(read.paths.pair_days[read.paths.record(patient)[0]], first ? 5 : 6);
  }
}

// B on two days and C on the second, against both on one day: the first day of each is the same, so
// who knows the order sees no difference, however rare a code is.
TEST(Attack, G1EventsOfOneDayStandInOrderOfCode) {
  PathsBuilder builder;
  for (const auto& [patient, code, day] :
       {std::tuple(0, 0, 8), std::tuple(0, 0, 9), std::tuple(0, 1, 9), std::tuple(1, 0, 10),
        std::tuple(1, 1, 10)}) {
    builder.add(static_cast<std::uint32_t>(patient), static_cast<std::uint32_t>(code), day);
  }
  const Stop stop;
  PathsRead read;
  read.paths = *std::move(builder).build({}, {}, stop);
  read.codes = {{"diagnosis", "B"}, {"diagnosis", "C"}};
  Attacker attacker{.id = "a", .title = {}, .who = {}, .person = {}, .timing = Timing::order};
  attacker.knows = {{{{}}, std::nullopt}};
  Progress progress(Progress::Manner::none);
  const auto figures = *attack(read, {}, {{attacker}, {}}, {100, 1, 1}, progress, stop);
  EXPECT_EQ(figures[0].applies, 2);
  EXPECT_EQ(figures[0].singled_out.value(), 0);
}

}  // namespace
}  // namespace parcours::paths
