#include "attacks/insiders.h"

#include <algorithm>
#include <map>
#include <optional>

#include "sums/echelon.h"

namespace parcours {
namespace {

// Larger than any count of people, and far below where an element of the field can be mistaken for another.
constexpr std::int64_t most_people = std::int64_t{1} << 50;

struct Tied {
  std::uint32_t margin;
  Element factor;     // b: how much it moves when the bundle's first cell moves by 1
  Element start = 0;  // a: its count when the first cell's is 0
};
using Bundle = std::vector<Tied>;

// Hidden cells by the ratio of two solutions in them; those of one ratio are tied. Cells that are 0 in both are determined.
std::vector<Bundle> bundles_of(const Echelon& echelon, std::uint64_t seed) {
  Random random(seed);
  const std::vector<Element> u = echelon.draw(random);
  const std::vector<Element> v = echelon.draw(random);
  std::map<Element, Bundle> by_ratio;
  for (std::size_t i = 0; i < u.size(); ++i) {
    if (u[i] != 0) {
      by_ratio[times(v[i], inverse(u[i]))].push_back({echelon.cells()[i], u[i]});
    }
  }
  std::vector<Bundle> bundles;
  for (auto& [ratio, bundle] : by_ratio) {
    if (bundle.size() > 1) {
      const Element first = inverse(bundle[0].factor);
      for (Tied& tied : bundle) {
        tied.factor = times(tied.factor, first);
      }
      bundles.push_back(std::move(bundle));
    }
  }
  return bundles;
}

// Fills in where each cell of the bundle starts; false where it cannot be told.
bool place(Bundle& bundle, const Knowledge& knowledge, const std::vector<Relation>& relations) {
  std::map<std::uint32_t, Element> counts;
  for (const WorkedOut& found : work_out_with(knowledge, relations, bundle[0].margin, 0)) {
    counts.emplace(found.margin, found.count);
  }
  for (std::size_t i = 1; i < bundle.size(); ++i) {
    const auto found = counts.find(bundle[i].margin);
    if (found == counts.end()) {
      return false;
    }
    bundle[i].start = found->second;
  }
  return true;
}

// The counts of the bundle when cell i has one patient; nothing where some would not be a count of a hidden cell.
std::optional<std::vector<std::int64_t>> with_one_in(const Bundle& bundle, std::size_t i) {
  const Element t = times(plus(1, minus(bundle[i].start)), inverse(bundle[i].factor));
  std::vector<std::int64_t> counts;
  for (const Tied& tied : bundle) {
    const std::int64_t count = integer_of(plus(tied.start, times(tied.factor, t)));
    if (count < 1 || count > most_people) {
      return std::nullopt;
    }
    counts.push_back(count);
  }
  return counts;
}

}  // namespace

AttackOutcome insiders(std::span<const Table> tables, const Knowledge& knowledge,
                       std::int64_t threshold, std::uint64_t seed) {
  AttackOutcome outcome{
      "insiders",
      {"Somebody alone in a hidden cell", "Une personne seule dans une case masquée"},
      {"Of each hidden cell: if one patient were alone in it, who therefore knows its count, could "
       "they work out another hidden count of fewer people than the threshold? That they are alone "
       "cannot be seen from outside; that they could is a success.",
       "De chaque case masquée : une personne qui y serait seule, et en connaîtrait donc "
       "l’effectif, pourrait-elle reconstituer un autre effectif masqué sous le seuil ? Qu’elle y "
       "soit seule ne se voit pas de l’extérieur ; qu’elle le puisse est un succès."}};
  outcome.tried = knowledge.hidden - knowledge.worked_out;
  std::vector<bool> hidden;
  for (const Knowledge::Margin& margin : knowledge.margins) {
    hidden.push_back(!margin.published);
  }
  const std::vector<Relation> relations = relations_of_margins(knowledge, tables);
  for (Bundle& bundle : bundles_of(Echelon(relations, hidden), seed)) {
    if (!place(bundle, knowledge, relations)) {
      continue;
    }
    for (std::size_t i = 0; i < bundle.size(); ++i) {
      const auto counts = with_one_in(bundle, i);
      for (std::size_t j = 0; counts && j < bundle.size(); ++j) {
        if (j != i && (*counts)[j] < threshold) {
          ++outcome.succeeded;
          break;
        }
      }
    }
  }
  return outcome;
}

}  // namespace parcours
