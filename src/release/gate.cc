#include "release/gate.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <set>

#include "release/breach.h"
#include "release/figures.h"
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

// G2.
Result<Check> rules_hold(const Counted& counted, const Protected& made, const Rules& rules) {
  constexpr const char* check = "rules";
  if (counted.population.patients == 0) {
    return refusal(check, "patients_min", "nobody is in the population", rules);
  }
  if (const Breach b = breach_of_population(counted.population, rules); b != Breach::none) {
    return refusal(check, rule_of(b), "the whole population is too small a group to tell of",
                   rules);
  }
  std::uint64_t looked_at = 0;
  std::uint64_t broken = 0;
  Breach first = Breach::none;
  for (std::size_t t = 0; t < made.tables.size(); ++t) {
    for (std::size_t i = 0; i < made.tables[t].cells.size(); ++i) {
      const Cell& cell = made.tables[t].cells[i];
      if (cell.status != CellStatus::published) {
        continue;
      }
      ++looked_at;
      const Breach b = breach(counted.tables[t], i, rules);
      // The count may stand where the mean is not shown: what breaks this rule is the mean alone.
      const bool mean_not_shown = b == Breach::largest_value && !cell.mean;
      if (b != Breach::none && !mean_not_shown) {
        first = broken == 0 ? b : first;
        ++broken;
      }
    }
  }
  if (broken > 0) {
    return refusal(check, rule_of(first),
                   fmt::format("{} of {} published cells break a rule", broken, looked_at), rules);
  }
  const std::string looked = grouped(looked_at);
  return Check{check,
               {fmt::format("Every one of {} published cells obeys every rule of the rules file, "
                            "worked out again from the "
                            "people behind it.",
                            looked),
                fmt::format("Chacune des {} cases publiées respecte toutes les règles du fichier "
                            "de règles, recalculées à "
                            "partir des personnes comptées.",
                            looked)},
               looked_at};
}

// G3.
Result<Check> hidden_stay_hidden(const Recovery& recovered, const Rules& rules) {
  constexpr const char* check = "hidden-cells";
  if (recovered.determined > 0) {
    return refusal(check, "hidden cells are not determined",
                   fmt::format("{} of {} hidden cells can be worked out from the published ones",
                               recovered.determined, recovered.hidden),
                   rules);
  }
  const std::string hidden = grouped(recovered.hidden);
  const std::string relations = grouped(recovered.relations);
  return Check{check,
               {fmt::format("None of {} hidden cells can be worked out from the published ones, by "
                            "any of the {} sums that hold "
                            "within and between the tables.",
                            hidden, relations),
                fmt::format("Aucune des {} cases masquées ne se déduit des cases publiées, par "
                            "aucune des {} sommes vraies dans "
                            "les tableaux et entre eux.",
                            hidden, relations)},
               recovered.hidden};
}

std::uint64_t unsafe_cells(const Counted& counted, const Rules& rules) {
  std::uint64_t unsafe = 0;
  for (const CrowdTable& table : counted.tables) {
    for (std::size_t i = 0; i < table.cells.size(); ++i) {
      unsafe += breach(table, i, rules) != Breach::none ? 1 : 0;
    }
  }
  return unsafe;
}

// G4.
Result<Check> attacks_fail(const std::vector<Attempt>& attempts, bool something_to_find,
                           const Rules& rules) {
  constexpr const char* check = "attacks";
  if (attempts.empty()) {
    return refusal(check, "attacks fail", "no attack was tried", rules);
  }
  std::uint64_t tried = 0;
  for (const Attempt& attempt : attempts) {
    if (attempt.succeeded > 0) {
      return refusal(check, "attacks fail",
                     fmt::format("attack '{}' succeeds {} times in {} on what would leave",
                                 attempt.id, attempt.succeeded, attempt.tried),
                     rules);
    }
    if (something_to_find && attempt.control_succeeded == 0) {
      return refusal(check, "controls succeed",
                     fmt::format("attack '{}' finds nothing before protection either, so that its "
                                 "failure shows nothing",
                                 attempt.id),
                     rules);
    }
    tried += attempt.tried;
  }
  return Check{check,
               {fmt::format("{} attacks were tried on the tables that leave, and all failed; the "
                            "same attacks succeed on the "
                            "tables before protection.",
                            attempts.size()),
                fmt::format("{} attaques ont été menées sur les tableaux diffusés et ont toutes "
                            "échoué ; les mêmes réussissent "
                            "sur les tableaux avant protection.",
                            attempts.size())},
               tried};
}

// Whether the size of the population, next to a table's published total, tells of a small group:
// those who have no place in the table.
bool leaves_a_small_group(const Counted& counted, const std::vector<Table>& tables,
                          const Rules& rules) {
  for (std::size_t t = 0; t < tables.size(); ++t) {
    const std::uint32_t left =
        counted.population.patients - counted.tables[t].cells.back().patients;
    if (tables[t].cells.back().status == CellStatus::published && left > 0 &&
        left < rules.complement_min) {
      return true;
    }
  }
  return false;
}

}  // namespace

Result<Verdict> judge(const Counted& counted, Protected made, const Rules& rules,
                      std::vector<Attempt> attempts, const Study& study) {
  ASSIGN_OR_RETURN(Check tables, nothing_but_tables(counted, made, rules, study));
  ASSIGN_OR_RETURN(Check obeyed, rules_hold(counted, made, rules));
  const Recovery recovered = recovery(counted, made.tables);
  ASSIGN_OR_RETURN(Check hidden, hidden_stay_hidden(recovered, rules));
  ASSIGN_OR_RETURN(Check attacked, attacks_fail(attempts, unsafe_cells(counted, rules) > 0, rules));
  const bool tells =
      recovered.population_tells || leaves_a_small_group(counted, made.tables, rules);
  std::optional<std::uint64_t> population;
  if (!tells) {
    population = counted.population.patients;
  }
  return Verdict(std::move(made), rules, std::move(attempts),
                 {std::move(obeyed), std::move(hidden), std::move(attacked), std::move(tables)},
                 population);
}

}  // namespace parcours
