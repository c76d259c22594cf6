#include "attacks/bounds.h"

#include "sums/intervals.h"

namespace parcours {

std::optional<AttackOutcome> bounds(std::span<const Table> tables, const Knowledge& knowledge,
                                    std::int64_t threshold) {
  AttackOutcome outcome{
      "bounds",
      {"Bounding hidden counts from below and above",
       "Encadrement des effectifs masqués par le bas et par le haut"},
      {"Every hidden count is bounded by all published ones together, as no hidden cell is empty. "
       "A "
       "success is one that is certain to be below the threshold.",
       "Chaque effectif masqué est encadré par tous les effectifs publiés, puisqu’aucune case "
       "masquée n’est vide. Un succès est un effectif dont il est certain qu’il est inférieur au "
       "seuil."}};
  System system;
  system.relations = relations_of_margins(knowledge, tables);
  IntervalQuestion question;
  question.enough = threshold;
  std::uint64_t certain = 0;
  for (std::uint32_t margin = 0; margin < knowledge.margins.size(); ++margin) {
    const auto& [patients, published] = knowledge.margins[margin];
    system.ranges.push_back(patients ? Range{*patients, *patients} : Range{1, no_limit});
    if (!patients) {
      question.cells.push_back(margin);
    } else if (!published) {  // worked out
      certain += *patients >= 1 && *patients < threshold ? 1 : 0;
    }
  }
  Progress progress(Progress::Manner::none);
  const auto found = intervals(system, question, progress, Stop());
  if (!found) {
    return std::nullopt;
  }
  outcome.tried = knowledge.hidden;
  outcome.succeeded = certain;
  for (const Interval& interval : *found) {
    outcome.succeeded += interval.whole_high < threshold ? 1 : 0;
  }
  return outcome;
}

}  // namespace parcours
