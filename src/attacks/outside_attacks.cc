#include "attacks/outside_attacks.h"

#include "attacks/bounds.h"
#include "attacks/insiders.h"
#include "attacks/near_groups.h"
#include "attacks/shared_values.h"

namespace parcours::attacks {
namespace {

// A cell that hides its count holds somebody: empty ones are published.
std::vector<tables::Table> taken_as_held(std::span<const tables::Table> tables) {
  std::vector<tables::Table> result(tables.begin(), tables.end());
  for (tables::Table& table : result) {
    for (tables::Cell& cell : table.cells) {
      cell.patients = cell.status == tables::CellStatus::confidential ? 1 : cell.patients;
    }
  }
  return result;
}

}  // namespace

OutsideAttacks attack_from_outside(std::span<const tables::Table> tables,
                                   const TableQuestion& question) {
  const KnownTables known = known_tables(tables);
  const std::int64_t threshold = question.threshold;
  const auto people = draw_people(taken_as_held(tables), question.people, question.seed);
  OutsideAttacks attacks{
      .by_anybody = {recover(known.hidden), small_cells(known, threshold),
                     differencing(tables, known, threshold), near_groups(tables, known, threshold),
                     shared_values(tables, known, GroupSize::known),
                     exercise(tables, known, threshold, people)},
      .by_insiders = {insiders(known, threshold, question.seed),
                      shared_values(tables, known, GroupSize::hidden)}};
  if (auto bounded = bounds(known, threshold)) {
    attacks.by_anybody.insert(attacks.by_anybody.begin() + 1, *std::move(bounded));
  }
  return attacks;
}

}  // namespace parcours::attacks
