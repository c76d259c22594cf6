// The tally against the same study in SQL (sql_twin.h), on every small world and on random large
// ones.
#include "crowds/tally.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>

#include "base/random.h"
#include "crowds/cell_facts.h"
#include "crowds/testing/sql_twin.h"

namespace parcours::crowds {
namespace {

tables::Dimension dimension_of(std::uint32_t categories, bool additive = true) {
  return {.id = "d", .categories = std::vector<tables::Category>(categories), .additive = additive};
}

std::vector<study::PlanTable> tables_of(const Shape& shape) {
  using What = study::StudyTable::What;
  std::vector<vocabulary::CodeId> columns(shape.columns + 1);
  std::iota(columns.begin(), columns.end(), 0);
  columns.back() = study::no_column;
  const study::PlanTable of{.id = "of",
                            .what = What::of,
                            .dimensions = {dimension_of(shape.rows), dimension_of(shape.homes)},
                            .cells = shape.rows * shape.homes};
  study::PlanTable each{
      .id = "each",
      .what = What::each,
      .dimensions = {dimension_of(shape.rows), dimension_of(shape.columns, false)},
      .cells = shape.rows * (shape.columns + 1),
      .column_of_code = columns,
      .columns = shape.columns + 1};
  study::PlanTable windowed = each;
  windowed.windowed = true;
  windowed.within =
      study::Window{-3, -1};  // of the index day, which is 1: with the first day, day 0 alone
  windowed.first = Day{0};
  windowed.last = Day{5};
  const study::PlanTable mean{.id = "mean",
                              .what = What::mean,
                              .dimensions = {dimension_of(shape.rows)},
                              .cells = shape.rows};
  return {of, windowed, each, mean};
}

records::KeyedHash any_hash() {
  return records::KeyedHash(std::array<unsigned char, 16>{7});
}

// A patient's events, as a bucket would hold them.
struct Columns {
  records::Patient patient;
  std::vector<vocabulary::CodeId> codes;
  std::vector<Day> days;
  std::vector<records::PracticeId> practices;
  records::Record record() const { return {patient, codes, days, practices, {}}; }
};

std::vector<Columns> records_of(const World& world) {
  std::vector<Columns> records;
  for (std::uint32_t p = 0; p < world.patients.size(); ++p) {
    records.push_back({.patient = {.id = {0, p}, .practice = world.patients[p].home}});
  }
  for (const WorldEvent& event : world.events) {
    records[event.patient].codes.push_back(event.code);
    records[event.patient].days.push_back(Day{event.day});
    records[event.patient].practices.push_back(event.practice);
  }
  return records;
}

// Counts a world by `split` tallies, patients dealt out in turn.
Counted count_by_tally(const World& world, const Shape& shape,
                       const std::vector<study::PlanTable>& tables, std::uint32_t practices_exact,
                       std::size_t split = 1) {
  std::vector<Tally> tallies;
  for (std::size_t i = 0; i < split; ++i) {
    tallies.push_back(*Tally::make(tables, {}, practices_exact, any_hash()));
  }
  const std::vector<Columns> records = records_of(world);
  for (std::size_t p = 0; p < records.size(); ++p) {
    const std::uint32_t row = world.patients[p].row;
    const auto counted =
        std::count(records[p].codes.begin(), records[p].codes.end(), vocabulary::CodeId{0});
    const std::uint32_t each = row * (shape.columns + 1);
    const study::Standing standing{
        .index = Day{1},
        .cell = {row * shape.homes + world.patients[p].home, each, each, row},
        .value = {records::no_value, records::no_value, records::no_value,
                  counted > 0 ? static_cast<double>(counted) : records::no_value}};
    tallies[p % split].add(records[p].record(), standing);
  }
  for (std::size_t i = 1; i < split; ++i) {
    tallies.front().merge(std::move(tallies[i]));
  }
  return *std::move(tallies.front()).counted();
}

Uint128 fingerprint_of(std::int32_t who) {
  Uint128 sum = 0;
  for (std::uint32_t p = 0; p < 30; ++p) {
    if ((who >> p & 1) != 0) {
      sum += any_hash()(records::PatientId{0, p});
    }
  }
  return sum;
}

// Nothing, or in what the two differ.
std::string difference(const Crowd& crowd, const SqlCell& sql, std::uint32_t practices_exact) {
  const auto practices = static_cast<std::uint32_t>(sql.practices);
  const auto largest = static_cast<std::uint32_t>(sql.largest_practice);
  if (crowd.patients != static_cast<std::uint32_t>(sql.patients)) return "patients";
  if (crowd.practices != std::min(practices, practices_exact)) return "practices";
  if (crowd.largest_practice < largest) return "largest practice, too low";
  if (practices <= practices_exact + 1 && crowd.largest_practice != largest) {
    return "largest practice, not exact";
  }
  if (crowd.value && crowd.value->sum != Int128{sql.sum} * 1'000'000) return "sum";
  if (crowd.value && crowd.value->patients != crowd.patients) return "patients with a value";
  return {};
}

std::string difference(const std::vector<World>& worlds, const Shape& shape,
                       std::uint32_t practices_exact, bool small, std::size_t split = 1) {
  const std::map<SqlPlace, SqlCell> sql = count_by_sql(worlds, shape);
  const std::vector<study::PlanTable> tables = tables_of(shape);
  for (std::size_t w = 0; w < worlds.size(); ++w) {
    const Counted counted = count_by_tally(worlds[w], shape, tables, practices_exact, split);
    for (std::size_t t = 0; t < counted.tables.size(); ++t) {
      for (std::size_t c = 0; c < counted.tables[t].cells.size(); ++c) {
        const auto found = sql.find({static_cast<std::int32_t>(w), static_cast<std::int32_t>(t),
                                     static_cast<std::int32_t>(c)});
        const SqlCell of_sql = found == sql.end() ? SqlCell{} : found->second;
        const Crowd& crowd = counted.tables[t].cells[c];
        std::string what = difference(crowd, of_sql, practices_exact);
        if (small && crowd.fingerprint != fingerprint_of(of_sql.first_patients)) {
          what = "fingerprint";
        }
        if (!what.empty()) {
          return fmt::format("world {} table {} cell {}: {}", w, t, c, what);
        }
      }
    }
  }
  return {};
}

// Every way to choose `count` of `kinds` things, order aside, as ascending numbers.
void choose(std::uint32_t kinds, std::uint32_t count, std::vector<std::uint32_t> chosen,
            std::vector<std::vector<std::uint32_t>>& all) {
  if (count == 0) {
    all.push_back(chosen);
    return;
  }
  for (std::uint32_t kind = chosen.empty() ? 0 : chosen.back(); kind < kinds; ++kind) {
    chosen.push_back(kind);
    choose(kinds, count - 1, chosen, all);
    chosen.pop_back();
  }
}

// All worlds of 1 to `most` patients (row, home), with up to 3 events (patient, practice, code,
// day) in 2 practices.
std::vector<World> small_worlds(std::uint32_t most) {
  std::vector<World> worlds;
  for (std::uint32_t patients = 1; patients <= most; ++patients) {
    std::vector<std::vector<std::uint32_t>> people;
    choose(4, patients, {}, people);
    std::vector<std::vector<std::uint32_t>> events;
    for (std::uint32_t count = 0; count <= 3; ++count) {
      choose(patients * 8, count, {}, events);
    }
    for (const std::vector<std::uint32_t>& who : people) {
      for (const std::vector<std::uint32_t>& what : events) {
        World world;
        for (const std::uint32_t w : who) {
          world.patients.push_back({w % 2, w / 2});
        }
        for (const std::uint32_t e : what) {
          world.events.push_back(
              {e / 8, e % 2, e / 2 % 2, static_cast<std::int32_t>(e / 4 % 2) * 3});
        }
        worlds.push_back(std::move(world));
      }
    }
  }
  return worlds;
}

TEST(Tally, CountsWhatSqlCountsOnEverySmallWorld) {
  const std::vector<World> worlds = small_worlds(3);
  EXPECT_GT(worlds.size(), 60'000);
  EXPECT_EQ(difference(worlds, {.rows = 2, .homes = 2, .columns = 2}, 3, true), "");
}

TEST(Tally, CountsWhatSqlCountsOnEverySmallWorldWithOnePracticeExact) {
  EXPECT_EQ(difference(small_worlds(2), {.rows = 2, .homes = 2, .columns = 1}, 1, true, 2), "");
}

World random_world(std::uint64_t seed, const Shape& shape, std::uint32_t patients,
                   std::uint32_t events) {
  Random random(seed);
  World world;
  for (std::uint32_t p = 0; p < patients; ++p) {
    world.patients.push_back({random.below(shape.rows), random.below(shape.homes)});
  }
  for (std::uint32_t e = 0; e < events; ++e) {
    const std::uint32_t patient = random.below(patients);
    const bool at_home = random.below(4) != 0;
    // Low codes are frequent, so that cells of all sizes come up.
    const vocabulary::CodeId code = random.below(random.below(shape.columns + 1) + 1);
    world.events.push_back({patient,
                            at_home ? world.patients[patient].home : random.below(shape.homes),
                            code, static_cast<std::int32_t>(random.below(3)) - 1});
  }
  return world;
}

RC_GTEST_PROP(Tally, CountsWhatSqlCountsOnLargeWorlds, ()) {
  const Shape shape{.rows = *rc::gen::inRange(1u, 6u),
                    .homes = *rc::gen::element(1u, 2u, 7u, 50u),
                    .columns = *rc::gen::inRange(1u, 40u)};
  const World world = random_world(*rc::gen::arbitrary<std::uint64_t>(), shape,
                                   *rc::gen::inRange(1u, 300u), *rc::gen::inRange(0u, 4000u));
  const std::uint32_t practices_exact = *rc::gen::element(1u, 2u, 3u, 4u, 20u);
  const std::string found = difference({world}, shape, practices_exact, world.patients.size() <= 30,
                                       *rc::gen::inRange<std::size_t>(1, 5));
  RC_LOG() << found;
  RC_ASSERT(found.empty());
}

TEST(Tally, AnySplitOverWorkersGivesTheSameCrowds) {
  const Shape shape{.rows = 5, .homes = 40, .columns = 30};
  const World world = random_world(1, shape, 3000, 40'000);
  const std::vector<study::PlanTable> tables = tables_of(shape);
  const Counted one = count_by_tally(world, shape, tables, 3);
  EXPECT_EQ(one.population.patients, 3000);
  for (const std::size_t split : {2u, 3u, 7u}) {
    const Counted other = count_by_tally(world, shape, tables, 3, split);
    EXPECT_EQ(other.population, one.population);
    for (std::size_t t = 0; t < tables.size(); ++t) {
      EXPECT_EQ(other.tables[t].cells, one.tables[t].cells);
    }
  }
}

TEST(Tally, GroupsAreEveryoneAtTheSamePlacesWithOrWithoutEvents) {
  const Shape shape{.rows = 4, .homes = 5, .columns = 3};
  const World world = random_world(3, shape, 200, 150);
  const Counted counted = count_by_tally(world, shape, tables_of(shape), 3);
  const CrowdTable& of = counted.tables[0];
  EXPECT_TRUE(of.groups.empty());
  for (std::size_t t = 1; t < counted.tables.size(); ++t) {
    ASSERT_EQ(counted.tables[t].groups.size(), shape.rows + 1);
    for (std::size_t row = 0; row <= shape.rows; ++row) {
      EXPECT_EQ(counted.tables[t].groups[row], of.cells[row * (shape.homes + 1) + shape.homes]);
    }
  }
}

// Of cell (row, column) of table `t`, in the order of facts_of(); sensitive are codes and homes.
std::vector<Group> groups_by_sql(const std::map<SqlPlace, SqlCell>& sql, const Shape& shape,
                                 std::uint32_t t, std::uint32_t row, std::uint32_t column) {
  const std::uint32_t columns = t == 0 ? shape.homes : t == 3 ? 0 : shape.columns;
  const auto patients = [&](std::uint32_t table, std::uint32_t cell) {
    const auto found =
        sql.find({0, static_cast<std::int32_t>(table), static_cast<std::int32_t>(cell)});
    return found == sql.end() ? 0 : static_cast<std::uint32_t>(found->second.patients);
  };
  std::vector<Group> groups;
  if (column < columns) {
    groups.push_back({patients(t, row * (columns + 1) + columns), true});
  }
  if (row < shape.rows) {
    groups.push_back({patients(t, shape.rows * (columns + 1) + column), false});
  }
  const std::uint32_t everyone = patients(0, row * (shape.homes + 1) + shape.homes);
  if (t > 0) {
    groups.push_back({everyone, column < columns});
  } else if (groups.empty()) {
    groups.push_back({everyone, false});
  }
  return groups;
}

TEST(CellFacts, GroupsAreThoseOfSqlInTablesOfEachKind) {
  const Shape shape{.rows = 4, .homes = 5, .columns = 3};
  const World world = random_world(5, shape, 200, 150);
  const std::map<SqlPlace, SqlCell> sql = count_by_sql({world}, shape);
  std::vector<study::PlanTable> tables = tables_of(shape);
  for (study::PlanTable& table : tables) {
    table.sensitive.assign(table.dimensions.size(), false);
    if (table.dimensions.size() > 1) {
      table.sensitive[1] = true;
    }
  }
  const Counted counted = count_by_tally(world, shape, tables, 3);
  for (std::uint32_t t = 0; t < counted.tables.size(); ++t) {
    const CrowdTable& table = counted.tables[t];
    const auto width = static_cast<std::uint32_t>(table.cells.size() / (shape.rows + 1));
    for (std::uint32_t cell = 0; cell < table.cells.size(); ++cell) {
      EXPECT_EQ(facts_of(table, cell, counted.population).groups,
                groups_by_sql(sql, shape, t, cell / width, cell % width))
          << "table " << t << ", cell " << cell;
    }
  }
}

TEST(CellFacts, ACellIsAPartOfEveryCategoryAboveItInATree) {
  // Two departments of one region, and a region without departments.
  CrowdTable table;
  tables::Dimension place = dimension_of(4);
  place.parents = {2, 2, 4, 4};
  table.dimensions = {place};
  table.sensitive = {false};
  for (const std::uint32_t patients : {30u, 12u, 42u, 58u, 100u}) {
    table.cells.push_back({.patients = patients});
  }
  const Crowd everyone{.patients = 100};
  EXPECT_EQ(facts_of(table, 0, everyone).groups, (std::vector<Group>{{42, false}, {100, false}}));
  EXPECT_EQ(facts_of(table, 3, everyone).groups, (std::vector<Group>{{100, false}}));
}

TEST(Tally, APatientOfManyPracticesCountsOnceInACell) {
  const Shape shape{.rows = 1, .homes = 1, .columns = 1};
  World world{.patients = {{0, 0}}, .events = {}};
  for (records::PracticeId practice = 0; practice < 5000; ++practice) {
    world.events.push_back({0, practice, 0, 0});
  }
  EXPECT_EQ(difference({world}, shape, 20, true), "");
}

TEST(Tally, AValueTooLargeToSumIsAnErrorThatNamesTheTable) {
  const std::vector<study::PlanTable> tables = tables_of({.rows = 1, .homes = 1, .columns = 1});
  Tally tally = *Tally::make(tables, {}, 3, any_hash());
  const Columns nobody{};
  tally.add(nobody.record(),
            {.index = Day{0},
             .cell = {study::no_cell, study::no_cell, study::no_cell, 0},
             .value = {records::no_value, records::no_value, records::no_value, 1e300}});
  const Result<Counted> counted = std::move(tally).counted();
  ASSERT_FALSE(counted);
  EXPECT_EQ(counted.error().fault, Fault::input);
  EXPECT_NE(counted.error().found.find("'mean'"), std::string::npos);
}

}  // namespace
}  // namespace parcours::crowds
