// Protection and gate on worlds of made-up people, in tables of all three kinds. Whether a figure
// may be shown is worked out from the people and the rules' plain words (plain_words.h).
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "base/random.h"
#include "crowds/cell_facts.h"
#include "protect/primary.h"
#include "protect/protect.h"
#include "release/gate.h"
#include "release/obeys.h"
#include "release/testing/example.h"
#include "release/testing/plain_words.h"

namespace parcours::release {
namespace {

using namespace plain;

crowds::Crowd crowd_of(const Somebodies& everyone, const std::function<bool(const Somebody&)>& here,
                       bool valued) {
  crowds::Crowd crowd;
  crowds::ValueCrowd value;
  std::map<int, std::uint32_t> by_practice;
  for (std::size_t i = 0; i < everyone.size(); ++i) {
    const Somebody& who = everyone[i];
    if (!here(who)) {
      continue;
    }
    ++crowd.patients;
    crowd.fingerprint += Uint128(Random(i, 1)()) << 64 | Random(i, 2)();
    crowd.largest_practice = std::max(crowd.largest_practice, ++by_practice[who.practice]);
    value.add(crowds::Micro{who.value} * 1'000'000);
  }
  crowd.practices = static_cast<std::uint32_t>(by_practice.size());
  if (valued) {
    crowd.value = value;
  }
  return crowd;
}

crowds::Crowd crowd_at(const Somebodies& everyone, const Place& place, bool valued,
                       const Said* but = nullptr) {
  return crowd_of(
      everyone,
      [&](const Somebody& who) {
        return std::ranges::all_of(
            place.said, [&](const Said& said) { return &said == but || said.what(who); });
      },
      valued);
}

crowds::Counted counted(const Somebodies& people, Kind kind) {
  const std::vector<tables::Dimension> known = example::dimensions();
  tables::Dimension drugs = example::dimension("drug", {"Drug", "Médicament"},
                                               {{"a", {"a", "a"}}, {"b", {"b", "b"}}}, false);
  crowds::CrowdTable table{"t", {"T", "T"}, {known[1], known[3]}, {false, true}};
  if (kind == Kind::each) {
    table.dimensions[1] = drugs;
  } else if (kind == Kind::mean) {
    table.dimensions.erase(table.dimensions.begin());
    table.sensitive = {true};
    table.mean_of = tables::Label{"value", "valeur"};
  }
  const std::vector<Place> places = places_of(kind);
  for (std::size_t cell = 0; cell < places.size(); ++cell) {
    table.cells.push_back(crowd_at(people, places[cell], kind == Kind::mean));
    const bool first_of_row = kind == Kind::mean || cell % 3 == 0;
    if (places[cell].of_some && first_of_row) {
      table.groups.push_back(crowd_at(people, places[cell], false, &places[cell].said.back()));
    }
  }
  return {crowd_of(people, anybody, false), {table}};
}

protect::Rules rules() {
  protect::Rules made = example::rules();
  made.patients_min = 6;
  made.complement_min = 3;
  made.practices_min = 3;
  made.largest_practice_share_below = 0.75;
  made.without_largest_practice_min = 3;
  made.largest_value_share_below = 0.4;
  return made;
}

// So low that worlds of three people break none, one or several of them.
protect::Rules low_rules(bool of_practices) {
  protect::Rules made = rules();
  made.has_practices = of_practices;
  made.patients_min = of_practices ? 2 : 1;
  made.complement_min = 2;
  made.practices_min = 2;
  made.without_largest_practice_min = 2;
  return made;
}

protect::Rules without(protect::Rule rule) {
  protect::Rules made = rules();
  switch (rule) {
    case protect::Rule::patients_min:
      made.patients_min = 1;
      break;
    case protect::Rule::complement_min:
      made.complement_min = 1;
      break;
    case protect::Rule::practices_min:
      made.practices_min = 1;
      break;
    case protect::Rule::largest_practice_share_below:
      made.largest_practice_share_below = 2;
      break;
    case protect::Rule::without_largest_practice_min:
      made.without_largest_practice_min = 0;
      break;
    case protect::Rule::hide_group_disclosure:
      made.hide_group_disclosure = false;
      break;
    case protect::Rule::largest_value_share_below:
      made.largest_value_share_below = 1e9;
      break;
  }
  return made;
}

Somebody somebody(std::uint32_t number) {
  constexpr std::array values = {0, 1, 1, 20};
  return {.sex = static_cast<int>(number % 2),
          .practice = static_cast<int>(number / 2 % 3),
          .takes = {number / 6 % 2 == 0, number / 12 % 2 == 0},
          .value = values[number / 24 % 4]};
}
constexpr std::uint32_t all_somebodies = 96;

template <class Look>
void each_small_world(const Look& look) {
  for (std::uint32_t a = 0; a < all_somebodies; ++a) {
    look({somebody(a)});
    for (std::uint32_t b = a; b < all_somebodies; ++b) {
      look({somebody(a), somebody(b)});
      for (std::uint32_t c = b; c < all_somebodies; c += 5) {
        look({somebody(a), somebody(b), somebody(c)});
      }
    }
  }
}

// Of 3 to 30 people. They lean to one drug and one practice, so that every rule is broken in some.
Somebodies random_world(std::uint64_t seed) {
  Random random(seed);
  Somebodies people(3 + random.below(28));
  const std::uint32_t lean = random.below(all_somebodies);
  const std::uint32_t leaning = random.below(4);
  for (Somebody& who : people) {
    who = somebody(random.below(all_somebodies));
    const Somebody other = somebody(lean);
    if (random.below(4) < leaning) {
      who.takes = other.takes;
    }
    if (random.below(4) < leaning) {
      who.practice = other.practice;
    }
  }
  return people;
}

// Primary suppression and the gate both say of each figure what the plain words say.
void expect_agreement(const Somebodies& people, Kind kind, const protect::Rules& by) {
  const crowds::Counted in = counted(people, kind);
  const crowds::CrowdTable& table = in.tables[0];
  const protect::Primary found = protect::primary(table, in.population, by);
  const std::vector<Place> places = places_of(kind);
  for (std::size_t cell = 0; cell < places.size(); ++cell) {
    const std::set<protect::Rule> plain = broken(people, kind, places[cell], by);
    const std::optional<protect::Rule> gate =
        disobeyed(crowds::facts_of(table, cell, in.population), by);
    ASSERT_EQ(found.cells[cell].has_value(), !plain.empty()) << "cell " << cell;
    ASSERT_EQ(gate.has_value(), !plain.empty()) << "cell " << cell;
    if (!plain.empty()) {
      ASSERT_TRUE(plain.contains(*found.cells[cell])) << protect::name_of(*found.cells[cell]);
      ASSERT_TRUE(plain.contains(*gate)) << protect::name_of(*gate);
    }
    if (kind == Kind::mean) {
      const bool unsafe = !broken_by_mean(people, places[cell], by).empty();
      ASSERT_EQ(found.means[cell], unsafe) << "cell " << cell;
      ASSERT_EQ(disobeyed_by_mean(table.cells[cell], by).has_value(), unsafe);
    }
  }
}

TEST(JudgedWorlds, BothReadTheRulesAsTheirPlainWordsSayOnSmallWorlds) {
  for (const Kind kind : all_kinds) {
    for (const protect::Rules& by : {low_rules(false), low_rules(true)}) {
      each_small_world([&](const Somebodies& people) { expect_agreement(people, kind, by); });
    }
  }
}

TEST(JudgedWorlds, BothReadTheRulesAsTheirPlainWordsSayOnRandomWorlds) {
  for (const Kind kind : all_kinds) {
    for (std::uint64_t seed = 0; seed < 4000; ++seed) {
      expect_agreement(random_world(seed), kind, rules());
    }
  }
}

Result<Verdict> judged(const crowds::Counted& in, protect::Protected made) {
  return judge(in, std::move(made), rules(), example::attacks(), example::study());
}

TEST(JudgedWorlds, G2TheGatePassesWhatProtectionMakes) {
  std::map<Kind, int> passed;
  for (const Kind kind : all_kinds) {
    for (std::uint64_t seed = 0; seed < 1500; ++seed) {
      const crowds::Counted in = counted(random_world(seed), kind);
      if (Result<protect::Protected> made = protect::protect(in, rules())) {
        const Result<Verdict> verdict = judged(in, *std::move(made));
        ASSERT_TRUE(verdict) << "seed " << seed << ": " << verdict.error().sentence();
        ++passed[kind];
      }
    }
    EXPECT_GT(passed[kind], 300);
  }
}

// Whether a published figure breaks a rule.
bool shows_a_breach(const Somebodies& people, Kind kind, const tables::Table& table) {
  const std::vector<Place> places = places_of(kind);
  for (std::size_t cell = 0; cell < places.size(); ++cell) {
    const tables::Cell& shown = table.cells[cell];
    if ((shown.status == tables::CellStatus::published &&
         !broken(people, kind, places[cell], rules()).empty()) ||
        (shown.mean && !broken_by_mean(people, places[cell], rules()).empty())) {
      return true;
    }
  }
  return false;
}

// Only means have a largest value.
bool can_be_broken(protect::Rule rule, Kind kind) {
  return rule != protect::Rule::largest_value_share_below || kind == Kind::mean;
}

TEST(JudgedWorlds, G2TheGateRefusesProtectionThatLeavesOutARuleAndNamesTheRule) {
  for (const Kind kind : all_kinds) {
    for (const protect::Rule rule : protect::all_rules) {
      int refused = 0;
      for (std::uint64_t seed = 0; seed < 3000; ++seed) {
        const Somebodies people = random_world(seed);
        const crowds::Counted in = counted(people, kind);
        Result<protect::Protected> made = protect::protect(in, without(rule));
        if (!made || !shows_a_breach(people, kind, made->tables[0])) {
          continue;
        }
        const Result<Verdict> verdict = judged(in, *std::move(made));
        ASSERT_FALSE(verdict) << protect::name_of(rule) << ", seed " << seed;
        EXPECT_EQ(verdict.error().fault, Fault::rule);
        EXPECT_NE(verdict.error().found.find(std::string(name_of(rule))), std::string::npos)
            << verdict.error().sentence();
        ++refused;
      }
      EXPECT_EQ(refused >= 5, can_be_broken(rule, kind))
          << protect::name_of(rule) << ": " << refused;
    }
  }
}

}  // namespace
}  // namespace parcours::release
