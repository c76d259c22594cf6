#include "attacks/bounds.h"

#include "sums/intervals.h"

namespace parcours::attacks {

std::optional<AttackOutcome> bounds(const KnownTables& known, std::int64_t threshold) {
  AttackOutcome outcome{
      "bounds",
      {"Bounding hidden counts from below and above",
       "Encadrement des effectifs masqués par le bas et par le haut"},
      {"All published counts together bound every hidden count, as no hidden cell is empty. A "
       "success is a hidden count that is certain to be below the threshold.",
       "Les effectifs publiés encadrent ensemble chaque effectif masqué, car aucune case masquée "
       "n’est vide. Un succès est un effectif masqué qui est certainement inférieur au seuil."}};
  sums::System system = known.joined.system;
  sums::IntervalQuestion question;
  question.enough = threshold;
  std::uint64_t certain = 0;
  for (std::uint32_t cell = 0; cell < known.counts.size(); ++cell) {
    const std::optional<std::int64_t>& count = known.counts[cell];
    if (!count) {
      question.cells.push_back(cell);
    } else if (!system.ranges[cell].known()) {  // worked out
      system.ranges[cell] = {*count, *count};
      certain += *count >= 1 && *count < threshold ? 1 : 0;
    }
  }
  Progress progress(Progress::Manner::none);
  const auto found = sums::intervals(system, question, progress, Stop());
  if (!found) {
    return std::nullopt;
  }
  outcome.tried = known.hidden.hidden;
  outcome.succeeded = certain;
  for (const sums::Interval& interval : *found) {
    outcome.succeeded += interval.whole_high < threshold ? 1 : 0;
  }
  return outcome;
}

}  // namespace parcours::attacks
