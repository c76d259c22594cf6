#include "attacks/insiders.h"

#include <map>
#include <optional>

#include "sums/bonds.h"
#include "sums/elimination.h"

namespace parcours::attacks {
namespace {

// Larger than any count of people, and far below where an element of the field can be mistaken for
// another.
constexpr std::int64_t most_people = std::int64_t{1} << 50;

// The counts of a bond's cells when its first one's is 0; nothing where one cannot be told.
std::optional<std::vector<sums::Element>> starts_of(const sums::Bond& bond,
                                                    const sums::System& system) {
  std::map<std::uint32_t, sums::Element> counts{{bond.cells[0], 0}};
  for (const sums::WorkedOut& found : sums::work_out(system, bond.cells[0], 0)) {
    counts.emplace(found.cell, found.value);
  }
  std::vector<sums::Element> starts;
  for (const std::uint32_t cell : bond.cells) {
    const auto found = counts.find(cell);
    if (found == counts.end()) {
      return std::nullopt;
    }
    starts.push_back(found->second);
  }
  return starts;
}

// The counts of the bond's cells when cell i of them has one patient; nothing where some would not
// be a count of a hidden cell.
std::optional<std::vector<std::int64_t>> with_one_in(const sums::Bond& bond,
                                                     const std::vector<sums::Element>& starts,
                                                     std::size_t i) {
  const sums::Element t =
      sums::times(sums::plus(1, sums::minus(starts[i])), sums::inverse(bond.factors[i]));
  std::vector<std::int64_t> counts;
  for (std::size_t j = 0; j < bond.cells.size(); ++j) {
    const std::int64_t count =
        sums::integer_of(sums::plus(starts[j], sums::times(bond.factors[j], t)));
    if (count < 1 || count > most_people) {
      return std::nullopt;
    }
    counts.push_back(count);
  }
  return counts;
}

}  // namespace

AttackOutcome insiders(const KnownTables& known, std::int64_t threshold, std::uint64_t seed) {
  AttackOutcome outcome{
      "insiders",
      {"An insider who is alone in a hidden cell",
       "Un attaquant interne, seul dans une case masquée"},
      {"A patient who is alone in a hidden cell knows its count. A success is a cell in which "
       "such a patient could work out another hidden count below the threshold. An outsider "
       "cannot see whether a patient is alone.",
       "Un patient seul dans une case masquée en connaît l’effectif. Un succès est une case où un "
       "tel patient pourrait reconstituer un autre effectif masqué inférieur au seuil. De "
       "l’extérieur, on ne peut voir si un patient est seul."}};
  outcome.tried = known.hidden.hidden - known.hidden.worked_out;
  const sums::System& system = known.joined.system;
  const sums::Echelon echelon(system.relations, sums::unknown_cells(system.ranges));
  Random random(seed);
  for (const sums::Bond& bond : sums::bonds(echelon, random)) {
    const auto starts = starts_of(bond, system);
    for (std::size_t i = 0; starts && i < bond.cells.size(); ++i) {
      const auto counts = with_one_in(bond, *starts, i);
      for (std::size_t j = 0; counts && j < bond.cells.size(); ++j) {
        if (j != i && (*counts)[j] < threshold) {
          ++outcome.succeeded;
          break;
        }
      }
    }
  }
  return outcome;
}

}  // namespace parcours::attacks
