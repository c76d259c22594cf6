#include "release/gate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "crowds/cell_facts.h"
#include "release/closeness.h"
#include "release/figures.h"
#include "release/obeys.h"
#include "release/recovery.h"
#include "release/words.h"

namespace parcours {
namespace {

std::unexpected<Error> refusal(std::string_view check, std::string_view rule,
                               std::string_view found, const Rules& rules) {
  return refused(
      fmt::format("the release is refused: {} (rule '{}', check '{}')", found, rule, check),
      rules.id, "nothing was written");
}

bool same_shape(const CrowdTable& counted, const Table& made) {
  if (counted.id != made.id || counted.cells.size() != made.cells.size() ||
      counted.dimensions.size() != made.dimensions.size()) {
    return false;
  }
  for (std::size_t d = 0; d < made.dimensions.size(); ++d) {
    const Dimension& a = counted.dimensions[d];
    const Dimension& b = made.dimensions[d];
    if (a.id != b.id || a.additive != b.additive || a.categories.size() != b.categories.size()) {
      return false;
    }
    for (std::size_t c = 0; c < a.categories.size(); ++c) {
      if (a.categories[c].code != b.categories[c].code) {
        return false;
      }
    }
  }
  return made.cell_count() == made.cells.size();
}

// A published cell gives the figure that was counted, a hidden one none.
bool honest(const Crowd& crowd, const Cell& cell, bool of_means) {
  if (cell.status != CellStatus::published) {
    return cell.patients == 0 && !cell.mean;
  }
  if (cell.patients != crowd.patients || (cell.mean && !of_means)) {
    return false;
  }
  if (!cell.mean) {
    return true;
  }
  if (!crowd.value || crowd.value->patients == 0) {
    return false;
  }
  const double mean = static_cast<double>(crowd.value->sum) / 1e6 / crowd.value->patients;
  return std::abs(*cell.mean - mean) <= 1e-9 * std::max(1.0, std::abs(mean));
}

// G5.
Result<Check> nothing_but_tables(const Counted& counted, const Protected& made, const Rules& rules,
                                 const Study& study) {
  constexpr const char* check = "nothing-but-tables";
  if (counted.tables.size() != made.tables.size()) {
    return refusal(check, "tables", "the tables are not those that were counted", rules);
  }
  std::set<std::string> by_practice;
  for (const Variable& variable : study.variables) {
    const FieldTest* field = std::get_if<FieldTest>(&variable.source);
    if (field != nullptr && field->field == "practice") {
      by_practice.insert(variable.id);
    }
  }
  WordCount words;
  for (std::size_t t = 0; t < made.tables.size(); ++t) {
    const CrowdTable& crowds = counted.tables[t];
    const Table& table = made.tables[t];
    if (!same_shape(crowds, table)) {
      return refusal(check, "tables", "a table is not as it was counted", rules);
    }
    for (std::size_t i = 0; i < table.cells.size(); ++i) {
      if (!honest(crowds.cells[i], table.cells[i], table.mean_of.has_value())) {
        return refusal(check, "figures",
                       "a cell holds a figure that is not its own, or is hidden and holds one",
                       rules);
      }
    }
    for (const Dimension& dimension : table.dimensions) {
      if (by_practice.contains(dimension.id)) {
        return refusal(check, "practice", "a table is by practice, and practices are never named",
                       rules);
      }
    }
    const WordCount here = look_at_words(table);
    words.looked_at += here.looked_at;
    words.identifiers += here.identifiers;
  }
  if (words.identifiers > 0) {
    return refusal(check, "identifiers",
                   fmt::format("{} names in the tables look like identifiers", words.identifiers),
                   rules);
  }
  const CellCount count = count_cells(made.tables);
  const NeededCount needed = count_needed(made.tables, needs_of(study).kept);
  if (count.cells != made.summary.cells || count.published != made.summary.published ||
      count.means != made.summary.means_published || needed.cells != made.summary.needed ||
      needed.published != made.summary.needed_published) {
    return refusal(check, "figures", "the summary does not count the cells that it is about",
                   rules);
  }
  const std::string looked = grouped(words.looked_at);
  return Check{check,
               {fmt::format("Nothing but tables leaves: none of {} names is an identifier, no "
                            "table is by practice, and a "
                            "hidden cell holds no figure.",
                            looked),
                fmt::format("Rien d’autre que des tableaux ne sort : aucun des {} libellés n’est "
                            "un identifiant, aucun tableau "
                            "n’est par cabinet, et une case masquée ne contient aucun chiffre.",
                            looked)},
               words.looked_at};
}

// How many published figures (a cell's patients, or its mean) were looked at, and how many break a
// rule.
struct Broken {
  std::uint64_t looked_at = 0;
  std::uint64_t broken = 0;
  std::optional<Rule> first;

  void look(std::optional<Rule> rule) {
    ++looked_at;
    if (rule) {
      first = first.value_or(*rule);
      ++broken;
    }
  }
};

// G2.
Result<Check> rules_hold(const Counted& counted, const Protected& made, const Rules& rules) {
  constexpr const char* check = "rules";
  if (counted.population.patients == 0) {
    return refusal(check, name_of(Rule::patients_min), "nobody is in the population", rules);
  }
  if (const std::optional<Rule> rule = disobeyed_alone(counted.population, rules)) {
    return refusal(check, name_of(*rule), "the whole population breaks a rule by itself", rules);
  }
  Broken figures;
  for (std::size_t t = 0; t < made.tables.size(); ++t) {
    for (std::size_t i = 0; i < made.tables[t].cells.size(); ++i) {
      const Cell& cell = made.tables[t].cells[i];
      if (cell.status == CellStatus::published) {
        figures.look(disobeyed(facts_of(counted.tables[t], i, counted.population), rules));
      }
      if (cell.mean) {
        figures.look(disobeyed_by_mean(counted.tables[t].cells[i], rules));
      }
    }
  }
  if (figures.broken > 0) {
    return refusal(
        check, name_of(*figures.first),
        fmt::format("{} of {} published figures break a rule", figures.broken, figures.looked_at),
        rules);
  }
  const std::string looked = grouped(figures.looked_at);
  return Check{check,
               {fmt::format("Every one of {} published figures obeys every rule of the rules file, "
                            "worked out again from the "
                            "people behind it.",
                            looked),
                fmt::format("Chacun des {} chiffres publiés respecte toutes les règles du fichier "
                            "de règles, recalculées à "
                            "partir des personnes comptées.",
                            looked)},
               figures.looked_at};
}

// G3.
Result<Check> hidden_stay_hidden(const Recovery& recovered, const Rules& rules) {
  constexpr const char* check = "hidden-cells";
  if (recovered.determined > 0) {
    return refusal(check, "hidden cells are not determined",
                   fmt::format("{} of {} hidden figures can be worked out from the published ones",
                               recovered.determined, recovered.hidden),
                   rules);
  }
  const std::string hidden = grouped(recovered.hidden);
  const std::string relations = grouped(recovered.relations);
  return Check{check,
               {fmt::format("None of {} hidden figures can be worked out from the published ones "
                            "by any of the {} sums that "
                            "hold within and between the tables.",
                            hidden, relations),
                fmt::format("Aucun des {} chiffres masqués ne se déduit des chiffres publiés par "
                            "l’une des {} sommes vraies "
                            "dans les tableaux et entre eux.",
                            hidden, relations)},
               recovered.hidden};
}

// G6.
Result<Check> not_too_close(const Closeness& found, const Rules& rules) {
  constexpr const char* check = "closeness";
  if (found.narrow > 0) {
    return refusal(check, "width_min",
                   fmt::format("{} of {} unsafe hidden counts can be narrowed to a range below {}",
                               found.narrow, found.asked, rules.width_min),
                   rules);
  }
  if (found.taught > 0) {
    return refusal(check, "cover_insiders",
                   fmt::format("{} times somebody who is alone in a hidden cell can work out "
                               "another one from it",
                               found.taught),
                   rules);
  }
  Label what{"The rules do not ask how closely a hidden count can be bounded.",
             "Les règles ne demandent rien sur l’encadrement des effectifs masqués."};
  if (rules.width_min > 0) {
    const std::string asked = grouped(found.asked);
    const std::string proved = grouped(found.proved);
    what = {fmt::format("For each of {} unsafe hidden counts the published sums leave a range {} "
                        "wide at least; of {} of them two whole tables that far apart were found "
                        "and added up.",
                        asked, rules.width_min, proved),
            fmt::format("Pour chacun des {} effectifs masqués à risque, les sommes publiées "
                        "laissent une plage d’au moins {} ; pour {} d’entre eux, deux tableaux "
                        "entiers aussi éloignés ont été trouvés et vérifiés par addition.",
                        asked, rules.width_min, proved)};
  }
  if (rules.cover_insiders) {
    what.en += " Nobody who is alone in a hidden cell can work out another one from it.";
    what.fr += " Qui est seul dans une case masquée ne peut en déduire aucune autre.";
  }
  return Check{check, std::move(what), found.asked};
}

// Whether some cell has too few people: then some attack must find something before protection.
bool any_small_cell(const Counted& counted, const Rules& rules) {
  return std::ranges::any_of(counted.tables, [&](const CrowdTable& table) {
    return std::ranges::any_of(table.cells, [&](const Crowd& crowd) {
      return crowd.patients > 0 && crowd.patients < rules.patients_min;
    });
  });
}

// G4.
Result<Check> attacks_fail(const std::vector<AttackRun>& attacks, bool any_small,
                           const Rules& rules) {
  constexpr const char* check = "attacks";
  std::uint64_t tried = 0;
  bool anything_found = false;
  for (const AttackRun& attack : attacks) {
    if (attack.outcome.succeeded > 0) {
      return refusal(check, "attacks fail",
                     fmt::format("attack '{}' succeeds {} times in {} on what would leave",
                                 attack.outcome.id, attack.outcome.succeeded, attack.outcome.tried),
                     rules);
    }
    if (attack.to_find > 0 && attack.control.succeeded == 0) {
      return refusal(check, "controls succeed",
                     fmt::format("attack '{}' finds nothing before protection either, where there "
                                 "is something to find, so "
                                 "that its failure shows nothing",
                                 attack.outcome.id),
                     rules);
    }
    anything_found = anything_found || attack.control.succeeded > 0;
    tried += attack.outcome.tried;
  }
  if (attacks.empty() || (any_small && !anything_found)) {
    return refusal(check, "controls succeed", "no attack was tried that could find anything",
                   rules);
  }
  const Label control = anything_found
                            ? Label{"before protection the same attacks succeed",
                                    "avant protection, les mêmes attaques réussissent"}
                            : Label{"before protection there was nothing to find either",
                                    "avant protection, il n’y avait rien à trouver non plus"};
  return Check{
      check,
      {fmt::format("{} attacks were tried on the tables that leave, and all failed; {}.",
                   attacks.size(), control.en),
       fmt::format(
           "{} attaques ont été menées sur les tableaux diffusés et ont toutes échoué ; {}.",
           attacks.size(), control.fr)},
      tried};
}

}  // namespace

Result<Verdict> judge(const Counted& counted, Protected made, const Rules& rules,
                      std::vector<AttackRun> attacks, const Study& study) {
  ASSIGN_OR_RETURN(Check tables, nothing_but_tables(counted, made, rules, study));
  ASSIGN_OR_RETURN(Check obeyed, rules_hold(counted, made, rules));
  ASSIGN_OR_RETURN(Check hidden, hidden_stay_hidden(recovery(counted, made.tables), rules));
  ASSIGN_OR_RETURN(const Closeness found, closeness(counted, made.tables, rules));
  ASSIGN_OR_RETURN(Check close, not_too_close(found, rules));
  ASSIGN_OR_RETURN(Check attacked, attacks_fail(attacks, any_small_cell(counted, rules), rules));
  return Verdict(std::move(made), rules, std::move(attacks),
                 {std::move(obeyed), std::move(hidden), std::move(close), std::move(attacked),
                  std::move(tables)},
                 counted.population.patients);
}

}  // namespace parcours
