// A small made-up study for the tests of this module: people are drawn with a seed, counted in the
// plainest way, and protected by hiding one cell after the other until nothing is given away. Which
// cells are unsafe protection says (protect/primary.h), so that the gate is not its own oracle.
#pragma once

#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "attacks/table_attacks.h"
#include "crowds/crowd_table.h"
#include "protect/primary.h"
#include "protect/protect.h"
#include "release/asked.h"
#include "release/permitted.h"
#include "release/recovery.h"
#include "study/study.h"
#include "tables/relations.h"

namespace parcours::example {

protect::Rules rules();

study::Study study();

release::Asked asked();

struct Person {
  std::size_t age, sex, region, controller, practice;
  std::set<std::size_t> drugs;
  double peak_flow;
};

std::vector<Person> people(std::size_t count, std::uint64_t seed);

tables::Dimension dimension(std::string id, tables::Label label,
                            std::vector<tables::Category> categories, bool additive = true);

std::vector<tables::Dimension> dimensions();

// A table's crowds: `where` gives the places of each person in each dimension, several where the
// dimension is not additive.
crowds::CrowdTable count_table(
    const std::vector<Person>& people, std::string id, tables::Label title,
    std::vector<tables::Dimension> dims, std::vector<bool> sensitive,
    std::optional<tables::Label> mean_of,
    const std::function<std::vector<std::set<std::size_t>>(const Person&)>& where);

crowds::Counted counted(std::size_t count = 2400, std::uint64_t seed = 3);

// The table that would leave if nothing were hidden.
tables::Table bare(const crowds::CrowdTable& crowds);

void hide(tables::Table& table, std::size_t cell);

// Every published cell that counts the same people as a hidden one is hidden too.
void hide_twins(const crowds::Counted& counted, std::vector<tables::Table>& tables);

// Fills in what the summary says of cells and means.
void count(protect::Protected& made);

// Hides the smallest published cell of a sum that has a single hidden one; if there is no such sum
// and something is given away all the same, the smallest published cell there is. False when
// nothing is given away.
bool hide_another(const crowds::Counted& counted, std::vector<tables::Table>& tables);

// Unsafe cells hidden, then the smallest published cells one after the other until none of the
// hidden is given away.
protect::Protected protect_plainly(const crowds::Counted& counted, const protect::Rules& rules);

// The permit of the example's study, judged.
release::Permitted permitted();

// Attacks that failed, with controls that succeeded.
std::vector<attacks::AttackRun> attacks();

}  // namespace parcours::example
