// Two vaults whose releases publish the same tables: whatever leaves is the same, byte for byte.
// So nothing that leaves says anything of a hidden cell that the tables do not say.
#include <gtest/gtest.h>

#include <array>
#include <map>
#include <set>

#include "base/files.h"
#include "release/evidence.h"
#include "release/figures.h"
#include "release/gate.h"
#include "release/inside.h"
#include "release/make.h"
#include "release/testing/example.h"
#include "release/writer.h"

namespace parcours::release {
namespace {

namespace fs = std::filesystem;

protect::Rules rules_of_vaults() {
  protect::Rules rules = example::rules();
  rules.complement_min = 2;
  rules.width_min = 11;
  rules.cover_insiders = true;
  return rules;
}

// Boys and girls by treatment, so many of each, from five practices.
crowds::Counted counted_vault(std::array<std::size_t, 4> cells) {
  std::vector<example::Person> people;
  for (std::size_t cell = 0; cell < cells.size(); ++cell) {
    for (std::size_t i = 0; i < cells[cell]; ++i) {
      people.push_back({.age = 0,
                        .sex = cell / 2,
                        .region = 0,
                        .controller = cell % 2,
                        .practice = i % 5,
                        .drugs = {},
                        .peak_flow = 0});
    }
  }
  const std::vector<tables::Dimension> all = example::dimensions();
  crowds::Counted counted;
  counted.population =
      example::count_table(people, "all", {}, {}, {}, {}, [](const example::Person&) {
        return std::vector<std::set<std::size_t>>{};
      }).cells.front();
  counted.tables = {
      example::count_table(people, "controller", {"Treatment by sex", "Traitement selon le sexe"},
                           {all[1], all[3]}, {false, false}, {}, [](const example::Person& p) {
                             return std::vector<std::set<std::size_t>>{{p.sex}, {p.controller}};
                           })};
  return counted;
}

Release release_of_vault(std::array<std::size_t, 4> cells) {
  const crowds::Counted counted = counted_vault(cells);
  const protect::Rules rules = rules_of_vaults();
  protect::Protected made = *protect::protect(counted, rules);
  std::vector<attacks::AttackRun> attacks = attack_tables(counted, made.tables, rules, 1);
  return Release(*judge(counted, std::move(made), rules, std::move(attacks), example::study()),
                 example::permitted(), example::asked());
}

std::map<std::string, std::string> bytes_in(const fs::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) {
      files[fs::relative(entry.path(), folder).string()] = *read_file(entry.path());
    }
  }
  return files;
}

// Margins of 20: that four hidden cells have 1 to 10 patients each made each of them 10.
TEST(TwoVaults, ThatPublishTheSameTablesReleaseTheSameBytes) {
  const Release tens = release_of_vault({10, 10, 10, 10});
  const Release others = release_of_vault({9, 11, 11, 9});
  ASSERT_EQ(tens.verdict().tables(), others.verdict().tables());
  ASSERT_EQ(count_cells(tens.verdict().tables()).published, 5U);
  ASSERT_NE(inside(tens.verdict()), inside(others.verdict())) << "the example shows nothing";

  const ScratchFolder outer = *ScratchFolder::make(fs::temp_directory_path(), "parcours-test-");
  Stop stop;
  ASSERT_TRUE(write(tens, outer.path() / "tens", stop));
  ASSERT_TRUE(write(others, outer.path() / "others", stop));
  const auto one = bytes_in(outer.path() / "tens");
  const auto other = bytes_in(outer.path() / "others");
  ASSERT_EQ(one.size(), other.size());
  for (const auto& [name, bytes] : one) {
    EXPECT_EQ(bytes, other.at(name)) << name;
  }
}

// Whether an attack finds anything before protection depends on hidden counts too: of margins of
// 24 it would tell whether each hidden cell is one of 11 to 13.
TEST(TwoVaults, NothingThatLeavesSaysWhetherAControlFoundAnything) {
  const Release small = release_of_vault({10, 14, 14, 10});
  const auto said = evidence(small, {});
  for (const auto& attack : said["attacks"]) {
    EXPECT_EQ(attack["control_before_protection"], "passed");
  }
  const std::string text = said.dump();
  for (const char* word : {"by_rule", "secondary", "to_find"}) {
    EXPECT_EQ(text.find(word), std::string::npos) << word;
  }
}

TEST(TwoVaults, WhatStaysInsideSaysHowMuchEachRuleHid) {
  const auto said = inside(release_of_vault({9, 11, 11, 9}).verdict());
  EXPECT_EQ(said["hidden_by_rule"]["patients_min"], 2);
  EXPECT_EQ(said["hidden_by_rule"]["secondary"], 2);
  EXPECT_EQ(said["controls"][1]["id"], "small-cells");
  EXPECT_EQ(said["controls"][1]["succeeded"], 2);
}

}  // namespace
}  // namespace parcours::release
