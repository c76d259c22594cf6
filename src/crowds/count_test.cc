// The whole count, vault to crowds, against SQL over the vault's own files.
#include "crowds/count.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>

#include "base/random.h"
#include "vault/bucket_file.h"
#include "vault/catalog.h"
#include "vault/testing/worlds.h"

namespace parcours::crowds {
namespace {

constexpr int first_day = 18262;  // 2020-01-01
constexpr const char* study_text = R"(
[study]
id     = "twin"
title  = { en = "Twin", fr = "Jumelle" }
period = [2020-01-01, 2020-12-31]
rules  = "none"

[population]
index   = 2020-06-30
require = [{ any = "consultation:*" }]

[variables]
sex    = { field = "sex" }
age    = { field = "age", bands = [0, 18, 65] }
asthma = { any = "diagnosis:J45" }
sugar  = { last = "lab:HBA1C" }

[[table]]
id = "asthma"
by = ["sex", "age"]
of = "asthma"

[[table]]
id   = "codes"
by   = ["sex"]
each = { code = "diagnosis:*" }

[[table]]
id   = "recent"
by   = ["age"]
each = { code = "lab:*", within = [-60, 0] }

[[table]]
id   = "sugar"
by   = ["sex", "age"]
mean = "sugar"
)";

vault::SmallVault random_vault(std::uint64_t seed, std::uint32_t patients,
                               std::uint32_t practices) {
  Random random(seed);
  std::vector<vault::SmallPackage> packages(practices);
  for (std::uint32_t p = 0; p < practices; ++p) {
    packages[p].practice = fmt::format("P{}", p);
    packages[p].period = "2020";
  }
  const std::vector<vault::SmallEvent> samples = {
      {.kind = "consultation", .code = "C"}, {.kind = "diagnosis", .code = "J45"},
      {.kind = "diagnosis", .code = "E11"},  {.kind = "diagnosis", .code = "I10"},
      {.kind = "lab", .code = "HBA1C"},      {.kind = "lab", .code = "LDL"}};
  // Every code is known to the vault, whoever has it.
  for (vault::SmallEvent sample : samples) {
    sample.patient = {99, 99};
    sample.day = first_day;
    packages[0].events.push_back(sample);
  }
  for (std::uint32_t number = 0; number < patients; ++number) {
    const records::PatientId id{random(), random()};
    const std::uint32_t home = random.below(practices);
    packages[home].patients.push_back(
        {.id = id,
         .birth_year = static_cast<std::int16_t>(1930 + random.below(90)),
         .sex = static_cast<records::Sex>(random.below(3))});
    for (std::uint32_t e = random.below(12); e > 0; --e) {
      vault::SmallEvent event = samples[random.below(6)];
      event.patient = id;
      event.day = first_day - 30 + static_cast<std::int32_t>(random.below(400));
      event.value =
          event.kind == "lab" && random.below(4) > 0 ? random.below(100) / 10.0 : records::no_value;
      packages[random.below(3) > 0 ? home : random.below(practices)].events.push_back(event);
    }
  }
  vault::SmallVault small = *vault::SmallVault::make({.buckets = 5});
  EXPECT_TRUE(small.import(packages));
  return small;
}

study::Plan plan_of(const vault::Vault& vault) {
  const study::Study study = *study::parse_study(study_text, "twin.toml", vault.calendar());
  return *study::Plan::make(study, vault.codes(), vocabulary::Vocabulary::built_in(),
                            vault.practices(), vault.calendar(),
                            std::pair(vault.period()->first, vault.period()->last));
}

// The fingerprints of two counts have nothing in common but which of them are equal: so they are
// numbered as they come.
Counted numbered(Counted counted) {
  std::map<Uint128, Uint128> numbers;
  const auto number = [&](Crowd& crowd) {
    crowd.fingerprint = numbers.try_emplace(crowd.fingerprint, numbers.size()).first->second;
  };
  number(counted.population);
  for (CrowdTable& table : counted.tables) {
    std::ranges::for_each(table.cells, number);
    std::ranges::for_each(table.groups, number);
  }
  return counted;
}

Counted count_vault(const vault::Vault& vault, int threads, std::uint32_t practices_exact) {
  Progress progress(Progress::Manner::none);
  return numbered(*count(vault, plan_of(vault),
                         {.threads = threads, .practices_exact = practices_exact}, progress,
                         Stop()));
}

struct Figures {
  std::int64_t patients;
  std::int64_t practices;
  std::int64_t largest;
  std::int64_t sum;
  friend bool operator==(const Figures&, const Figures&) = default;
};
// "codes|female|J45", cells with anybody in them.
using Cells = std::map<std::string, Figures>;

Cells cells_of(const Counted& counted) {
  Cells cells;
  for (const CrowdTable& table : counted.tables) {
    for (std::size_t c = 0; c < table.cells.size(); ++c) {
      std::string name;
      std::size_t rest = c;
      for (std::size_t d = table.dimensions.size(); d-- > 0;) {
        const tables::Dimension& dimension = table.dimensions[d];
        const std::size_t place = rest % dimension.places();
        rest /= dimension.places();
        name =
            "|" +
            (place == dimension.total() ? tables::total_code : dimension.categories[place].code) +
            name;
      }
      const Crowd& crowd = table.cells[c];
      if (crowd.patients > 0) {
        const Int128 sum = crowd.value ? crowd.value->sum / 100'000 : Int128{0};
        cells[table.id + name] = {crowd.patients, crowd.practices, crowd.largest_practice,
                                  static_cast<std::int64_t>(sum)};
      }
    }
  }
  return cells;
}

// The cells of `a` that are not the same in `b`.
std::string differing(const Cells& a, const Cells& b) {
  std::string names;
  for (const auto& [name, figures] : a) {
    const auto other = b.find(name);
    if (other == b.end() || !(other->second == figures)) {
      names += name + " ";
    }
  }
  return names;
}

std::string code_list(const vault::Vault& vault) {
  std::string list;
  for (vocabulary::CodeId id = 0; id < vault.codes().size(); ++id) {
    const vocabulary::Code& code = vault.codes().at(id);
    if (code.kind) {
      list += fmt::format("{}({}, '{}', '{}')", list.empty() ? "" : ", ", id,
                          vocabulary::kinds()[*code.kind], code.code);
    }
  }
  return list;
}

// Values are tenths, so that sums are whole. `patients` of a package sent once each: no patient
// stands there twice.
std::string twin_in_sql(const vault::Vault& vault, const duck::FileTable& patients,
                        const duck::FileTable& events) {
  return fmt::format(
      R"(
CREATE TABLE e AS
  SELECT patient, practice, day, kind, code, value FROM (
    SELECT patient, practice, day - DATE '1970-01-01' AS day, code AS id, value
    FROM {1}) JOIN (VALUES {2}) c(id, kind, code) USING (id);
CREATE TABLE raw AS SELECT * FROM {0};
CREATE TABLE p AS
  SELECT DISTINCT patient, coalesce(raw.practice, 0) AS home,
    CASE sex WHEN 1 THEN 'female' WHEN 2 THEN 'male' ELSE '_U' END AS sex,
    CASE WHEN birth_year IS NULL THEN '_U' WHEN birth_year > 2002 THEN '0to17'
         WHEN birth_year > 1955 THEN '18to64' ELSE '65plus' END AS age
  FROM (SELECT DISTINCT patient FROM e
        WHERE kind = 'consultation' AND day BETWEEN 18262 AND 18262 + 365)
  LEFT JOIN raw USING (patient);
CREATE TABLE both_sexes AS SELECT * FROM p UNION ALL SELECT * REPLACE ('_T' AS sex) FROM p;
CREATE TABLE both_ages AS SELECT * FROM p UNION ALL SELECT * REPLACE ('_T' AS age) FROM p;
CREATE TABLE all_both AS
  SELECT * FROM both_sexes UNION ALL SELECT * REPLACE ('_T' AS age) FROM both_sexes;
CREATE TABLE asthma AS SELECT DISTINCT patient FROM e
  WHERE kind = 'diagnosis' AND code = 'J45' AND day BETWEEN 18262 AND 18262 + 365;
CREATE TABLE sugar AS SELECT patient, round(min(value) * 10)::BIGINT AS value FROM (
  SELECT patient, value, rank() OVER (PARTITION BY patient ORDER BY day DESC) AS late FROM e
  WHERE code = 'HBA1C' AND value IS NOT NULL AND day BETWEEN 18262 AND 18262 + 365)
  WHERE late = 1 GROUP BY ALL;
CREATE TABLE stands AS
SELECT 'asthma|' || sex || '|' || age || '|' || unnest(['_T',
         CASE WHEN patient IN (FROM asthma) THEN 'yes' ELSE 'no' END]) AS cell,
       patient, home AS practice, 0::BIGINT AS value FROM all_both
UNION ALL SELECT 'codes|' || sex || '|' || unnest(['_T', code]), patient, practice, 0
  FROM both_sexes JOIN e USING (patient)
  WHERE kind = 'diagnosis' AND day BETWEEN 18262 AND 18262 + 365
UNION ALL SELECT 'recent|' || age || '|' || unnest(['_T', code]), patient, practice, 0
  FROM both_ages JOIN e USING (patient)
  WHERE kind = 'lab' AND day - (18262 + 181) BETWEEN -60 AND 0
UNION ALL SELECT 'sugar|' || sex || '|' || age, patient, home, value
  FROM all_both JOIN sugar USING (patient))",
      patients.sql(), events.sql(), code_list(vault));
}

Cells cells_in_sql(const vault::Vault& vault, std::uint32_t practices_exact) {
  duck::Database database = *duck::Database::open({.threads = 2});
  duck::Connection sql = *database.connect();
  const duck::FileTable patients = *vault::file_table(vault, vault::Content::patients);
  const duck::FileTable events = *vault::file_table(vault, vault::Content::events);
  const Status made = sql.run(twin_in_sql(vault, patients, events));
  EXPECT_TRUE(made) << made.error().sentence();
  duck::Stream rows = *sql.stream(fmt::format(R"(
WITH per_practice AS (
  SELECT cell, practice, count(DISTINCT patient) AS n FROM stands GROUP BY ALL),
largest AS (SELECT cell, count(*) AS practices, max(n) AS n FROM per_practice GROUP BY ALL),
whole AS (
  SELECT cell, count(DISTINCT patient) AS patients, sum(value) AS sum FROM stands GROUP BY ALL)
SELECT cell, patients::BIGINT, least(practices, {})::BIGINT, n::BIGINT, sum::BIGINT
FROM whole JOIN largest USING (cell))",
                                              practices_exact));
  Cells cells;
  while (*rows.next()) {
    for (std::size_t i = 0; i < rows.rows(); ++i) {
      const auto at = [&](std::size_t column) { return rows.column<std::int64_t>(column)[i]; };
      cells[std::string(rows.text(0, i))] = {at(1), at(2), at(3), at(4)};
    }
  }
  return cells;
}

// With practices_exact + 1 practices at most the largest one is exact too.
TEST(Count, SaysWhatSqlSaysOfTheVaultsOwnFiles) {
  for (const std::uint32_t practices : {1u, 2u, 4u}) {
    for (std::uint64_t seed = 0; seed < 4; ++seed) {
      const vault::SmallVault small = random_vault(seed, 10 + 60 * seed, practices);
      const vault::Vault vault = *small.open();
      const Cells crowds = cells_of(count_vault(vault, 2, 3));
      const Cells twin = cells_in_sql(vault, 3);
      EXPECT_GT(twin.size(), 20);
      EXPECT_EQ(differing(crowds, twin) + differing(twin, crowds), "")
          << "seed " << seed << ", " << practices << " practices";
    }
  }
}

void expect_same(const Counted& a, const Counted& b) {
  EXPECT_EQ(a.population, b.population);
  ASSERT_EQ(a.tables.size(), b.tables.size());
  for (std::size_t t = 0; t < a.tables.size(); ++t) {
    EXPECT_EQ(a.tables[t].cells, b.tables[t].cells);
  }
}

TEST(Count, AnyNumberOfThreadsGivesTheSameCrowds) {
  const vault::SmallVault small = random_vault(7, 800, 30);
  const vault::Vault vault = *small.open();
  const Counted one = count_vault(vault, 1, 3);
  for (const int threads : {2, 3, 5, 16}) {
    expect_same(count_vault(vault, threads, 3), one);
  }
}

TEST(Count, SaysThatNobodyIsOfThePopulation) {
  const vault::SmallVault small = *vault::SmallVault::make({.buckets = 2});
  ASSERT_TRUE(small.import({{"P1",
                             "2020",
                             {{.id = {1, 1}}},
                             {{.patient = {1, 1}, .day = first_day, .code = "J45"},
                              {.patient = {1, 1}, .day = first_day, .kind = "lab", .code = "HBA1C"},
                              {.patient = {1, 1}, .day = 0, .kind = "consultation"}}}}));
  const vault::Vault vault = *small.open();
  Progress progress(Progress::Manner::none);
  const Result<Counted> counted =
      count(vault, plan_of(vault), {.threads = 1, .practices_exact = 3}, progress, Stop());
  ASSERT_FALSE(counted);
  EXPECT_EQ(counted.error().fault, Fault::input);
}

TEST(Count, RefusesToCountNoPracticesExactly) {
  const vault::SmallVault small = random_vault(1, 10, 1);
  const vault::Vault vault = *small.open();
  Progress progress(Progress::Manner::none);
  for (const std::uint32_t practices_exact : {0u, 21u}) {
    EXPECT_FALSE(
        count(vault, plan_of(vault), {.practices_exact = practices_exact}, progress, Stop()));
  }
}

TEST(Count, StopsWhenAsked) {
  const vault::SmallVault small = random_vault(1, 50, 2);
  const vault::Vault vault = *small.open();
  Progress progress(Progress::Manner::none);
  Stop stop;
  stop.request();
  const Result<Counted> counted =
      count(vault, plan_of(vault), {.threads = 2, .practices_exact = 3}, progress, stop);
  ASSERT_FALSE(counted);
  EXPECT_EQ(counted.error().fault, Fault::stopped);
}

}  // namespace
}  // namespace parcours::crowds
