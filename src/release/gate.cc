#include "release/gate.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "crowds/cell_facts.h"
#include "protect/mean.h"
#include "protect/mean_sums.h"
#include "release/closeness.h"
#include "release/figures.h"
#include "release/obeys.h"
#include "release/recovery.h"
#include "release/words.h"

namespace parcours::release {
namespace {

std::unexpected<Error> refusal(std::string_view check, std::string_view rule,
                               std::string_view found, const protect::Rules& rules) {
  return refused(
      fmt::format("the release is refused: {} (rule '{}', check '{}')", found, rule, check),
      rules.id, "nothing was written");
}

bool same_shape(const crowds::CrowdTable& counted, const tables::Table& made) {
  if (counted.id != made.id || counted.cells.size() != made.cells.size() ||
      counted.dimensions.size() != made.dimensions.size()) {
    return false;
  }
  for (std::size_t d = 0; d < made.dimensions.size(); ++d) {
    const tables::Dimension& a = counted.dimensions[d];
    const tables::Dimension& b = made.dimensions[d];
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

// A published cell gives the figure that was counted, a mean rounded to a multiple of its unit that
// is not further than half of it; a hidden cell gives none.
bool honest(const crowds::Crowd& crowd, const tables::Cell& cell, bool of_means,
            const protect::Rules& rules) {
  if (cell.status != tables::CellStatus::published) {
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
  const double slack = 1e-9 * std::max(1.0, std::abs(mean));
  if (rules.mean_rounding_patients == 0) {
    return std::abs(*cell.mean - mean) <= slack;
  }
  const double unit = static_cast<double>(protect::mean_unit(*crowd.value, rules)) / 1e6;
  const double multiples = *cell.mean / unit;
  return unit * crowd.value->patients >= rules.mean_rounding_patients * std::abs(mean) - slack &&
         std::abs(*cell.mean - mean) <= unit / 2 + slack &&
         std::abs(multiples - std::round(multiples)) <= 1e-6 * std::max(1.0, std::abs(multiples));
}

// G5.
Result<Check> nothing_but_tables(const crowds::Counted& counted, const protect::Protected& made,
                                 const protect::Rules& rules, const study::Study& study) {
  constexpr const char* check = "nothing-but-tables";
  if (counted.tables.size() != made.tables.size()) {
    return refusal(check, "tables", "the tables are not those that were counted", rules);
  }
  std::set<std::string> by_practice;
  for (const study::Variable& variable : study.variables) {
    const study::FieldTest* field = std::get_if<study::FieldTest>(&variable.source);
    if (field != nullptr && field->field == "practice") {
      by_practice.insert(variable.id);
    }
  }
  WordCount words;
  for (std::size_t t = 0; t < made.tables.size(); ++t) {
    const crowds::CrowdTable& crowds = counted.tables[t];
    const tables::Table& table = made.tables[t];
    if (!same_shape(crowds, table)) {
      return refusal(check, "tables", "a table differs from the one that was counted", rules);
    }
    for (std::size_t i = 0; i < table.cells.size(); ++i) {
      if (!honest(crowds.cells[i], table.cells[i], table.mean_of.has_value(), rules)) {
        return refusal(check, "figures",
                       "a published cell differs from its count, or a hidden cell holds a figure",
                       rules);
      }
    }
    for (const tables::Dimension& dimension : table.dimensions) {
      if (by_practice.contains(dimension.id)) {
        return refusal(check, "practice",
                       "a table is by practice, and a release never names practices", rules);
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
  const NeededCount needed = count_needed(made.tables, study::needs_of(study).kept);
  if (count.cells != made.summary.cells || count.published != made.summary.published ||
      count.means != made.summary.means_published || needed.cells != made.summary.needed ||
      needed.published != made.summary.needed_published) {
    return refusal(check, "figures", "the summary does not match the cells of the tables", rules);
  }
  const std::string looked = page::grouped(words.looked_at);
  return Check{check,
               {fmt::format("The release holds nothing but tables: none of their {} names is an "
                            "identifier, no table is by practice, and no hidden cell holds a "
                            "figure.",
                            looked),
                fmt::format("La diffusion ne contient que des tableaux : aucun de leurs {} "
                            "libellés n’est un identifiant, aucun tableau n’est ventilé par "
                            "cabinet et aucune case masquée ne contient de chiffre.",
                            looked)},
               words.looked_at};
}

// How many published figures (a cell's patients, or its mean) were looked at, and how many break a
// rule.
struct Broken {
  std::uint64_t looked_at = 0;
  std::uint64_t broken = 0;
  std::optional<protect::Rule> first;

  void look(std::optional<protect::Rule> rule) {
    ++looked_at;
    if (rule) {
      first = first.value_or(*rule);
      ++broken;
    }
  }
};

// G2.
Result<Check> rules_hold(const crowds::Counted& counted, const protect::Protected& made,
                         const protect::Rules& rules) {
  constexpr const char* check = "rules";
  if (counted.population.patients == 0) {
    return refusal(check, protect::name_of(protect::Rule::patients_min), "the population is empty",
                   rules);
  }
  if (const std::optional<protect::Rule> rule = disobeyed_alone(counted.population, rules)) {
    return refusal(check, protect::name_of(*rule), "the whole population breaks a rule by itself",
                   rules);
  }
  Broken figures;
  for (std::size_t t = 0; t < made.tables.size(); ++t) {
    for (std::size_t i = 0; i < made.tables[t].cells.size(); ++i) {
      const tables::Cell& cell = made.tables[t].cells[i];
      if (cell.status == tables::CellStatus::published) {
        figures.look(disobeyed(crowds::facts_of(counted.tables[t], i, counted.population), rules));
      }
      if (cell.mean) {
        const std::vector<bool>& moved = counted.tables[t].moved_means;
        figures.look(!moved.empty() && moved[i]
                         ? protect::Rule::patients_min
                         : disobeyed_by_mean(counted.tables[t].cells[i], rules));
      }
    }
  }
  if (figures.broken > 0) {
    return refusal(
        check, protect::name_of(*figures.first),
        fmt::format("{} of {} published figures break a rule", figures.broken, figures.looked_at),
        rules);
  }
  const std::string looked = page::grouped(figures.looked_at);
  return Check{check,
               {fmt::format("Each of the {} published figures obeys every rule of the rules file. "
                            "The gate checked each again from the patients that it counts.",
                            looked),
                fmt::format("Chacun des {} chiffres publiés respecte toutes les règles du fichier "
                            "de règles. Le contrôle les a vérifiées de nouveau à partir des "
                            "patients comptés.",
                            looked)},
               figures.looked_at};
}

// G3.
Result<Check> hidden_stay_hidden(const Recovery& recovered, const protect::Rules& rules) {
  constexpr const char* check = "hidden-cells";
  if (recovered.determined > 0) {
    return refusal(check, "hidden cells are not determined",
                   fmt::format("{} of {} hidden figures can be worked out from the published ones",
                               recovered.determined, recovered.hidden),
                   rules);
  }
  const std::string hidden = page::grouped(recovered.hidden);
  const std::string relations = page::grouped(recovered.relations);
  return Check{check,
               {fmt::format("None of the {} hidden figures can be worked out from the published "
                            "ones with the {} sums that hold within and between the tables.",
                            hidden, relations),
                fmt::format("Aucun des {} chiffres masqués ne peut être reconstitué à partir des "
                            "chiffres publiés au moyen des {} sommes qui relient les cases d’un "
                            "même tableau ou de plusieurs.",
                            hidden, relations)},
               recovered.hidden};
}

// G6.
Result<Check> not_too_close(const Closeness& found, const protect::NarrowedByMeans& by_means,
                            const protect::Rules& rules) {
  constexpr const char* check = "closeness";
  if (by_means.narrow > 0) {
    return refusal(check, "width_min",
                   fmt::format("with the means, {} hidden figures can be narrowed to a range of "
                               "less than {}",
                               by_means.narrow, rules.width_min),
                   rules);
  }
  if (found.narrow > 0) {
    auto narrow = refusal(check, "width_min",
                          fmt::format("{} of {} unsafe hidden counts can be narrowed to a range "
                                      "of less than {}",
                                      found.narrow, found.asked, rules.width_min),
                          rules);
    if (!found.tables.empty()) {
      narrow.error().right += fmt::format("; use coarser categories in table '{}', or leave it out",
                                          fmt::join(found.tables, "' or '"));
    }
    return narrow;
  }
  if (found.taught > 0) {
    return refusal(check, "cover_insiders",
                   fmt::format("{} times a patient or practice alone in hidden cells can work "
                               "out another hidden cell from them",
                               found.taught),
                   rules);
  }
  tables::Label what{"The rules set no minimum width for the interval of a hidden count.",
                     "Les règles ne fixent pas de largeur minimale pour l’intervalle d’un effectif "
                     "masqué."};
  if (rules.width_min > 0) {
    const std::string asked = page::grouped(found.asked);
    const std::string proved = page::grouped(found.proved);
    what = {fmt::format("{} hidden figures are unsafe: counts, and what a cell leaves of a wider "
                        "one in another table. The published sums leave each an interval at least "
                        "{} wide. For {} of them the gate found two complete sets of tables that "
                        "agree with everything published and differ by that width, and checked "
                        "their sums.",
                        asked, rules.width_min, proved),
            fmt::format("{} chiffres masqués sont à risque : des effectifs, et ce qu’une case "
                        "laisse d’une case plus large d’un autre tableau. Les sommes publiées "
                        "laissent à chacun un intervalle d’une largeur d’au moins {}. Pour {} "
                        "d’entre eux, le contrôle a trouvé deux jeux complets de tableaux, "
                        "compatibles avec tout ce qui est publié et distants de cette largeur, et "
                        "en a vérifié les sommes.",
                        asked, rules.width_min, proved)};
  }
  if (rules.cover_insiders) {
    what.en +=
        " No patient or practice alone in hidden cells can work out another hidden cell from them.";
    what.fr +=
        " Aucun patient ni cabinet seul dans des cases masquées ne peut en déduire une autre.";
  }
  return Check{check, std::move(what), found.asked};
}

// Whether some cell has too few people: then some attack must find something before protection.
bool any_small_cell(const crowds::Counted& counted, const protect::Rules& rules) {
  return std::ranges::any_of(counted.tables, [&](const crowds::CrowdTable& table) {
    return std::ranges::any_of(table.cells, [&](const crowds::Crowd& crowd) {
      return crowd.patients > 0 && crowd.patients < rules.patients_min;
    });
  });
}

// G4.
Result<Check> attacks_fail(const std::vector<attacks::AttackRun>& attacks, bool any_small,
                           const protect::Rules& rules) {
  constexpr const char* check = "attacks";
  std::uint64_t tried = 0;
  bool anything_found = false;
  for (const attacks::AttackRun& attack : attacks) {
    if (attack.outcome.succeeded > 0) {
      return refusal(check, "attacks fail",
                     fmt::format("attack '{}' succeeds {} times in {} on the protected tables",
                                 attack.outcome.id, attack.outcome.succeeded, attack.outcome.tried),
                     rules);
    }
    if (attack.to_find > 0 && attack.control.succeeded == 0) {
      return refusal(check, "controls succeed",
                     fmt::format("attack '{}' finds nothing before protection either, although "
                                 "there is something to find, so its failure proves nothing",
                                 attack.outcome.id),
                     rules);
    }
    anything_found = anything_found || attack.control.succeeded > 0;
    tried += attack.outcome.tried;
  }
  if (attacks.empty() || (any_small && !anything_found)) {
    return refusal(check, "controls succeed", "no attack that was tried could find anything",
                   rules);
  }
  const tables::Label control =
      anything_found ? tables::Label{"before protection the same attacks succeed",
                                     "avant protection, les mêmes attaques réussissent"}
                     : tables::Label{"before protection there was nothing to find",
                                     "avant protection, il n’y avait rien à trouver"};
  return Check{
      check,
      {fmt::format("The gate tried {} attacks on the released tables and all failed; {}.",
                   attacks.size(), control.en),
       fmt::format(
           "Le contrôle a mené {} attaques sur les tableaux diffusés et toutes ont échoué ; {}.",
           attacks.size(), control.fr)},
      tried};
}

}  // namespace

Result<Verdict> judge(const crowds::Counted& counted, protect::Protected made,
                      const protect::Rules& rules, std::vector<attacks::AttackRun> attacks,
                      const study::Study& study) {
  ASSIGN_OR_RETURN(Check tables, nothing_but_tables(counted, made, rules, study));
  ASSIGN_OR_RETURN(Check obeyed, rules_hold(counted, made, rules));
  // From who has this release alone, and from who has those before it.
  const crowds::Counted alone = counted.alone();
  ASSIGN_OR_RETURN(Check hidden, hidden_stay_hidden(recovery(alone, made.tables, rules), rules));
  ASSIGN_OR_RETURN(const Closeness found, closeness(alone, made.tables, rules, made.witnesses));
  ASSIGN_OR_RETURN(const protect::NarrowedByMeans by_means,
                   protect::narrowed_by_means(alone, made.tables, rules));
  ASSIGN_OR_RETURN(Check close, not_too_close(found, by_means, rules));
  std::vector<crowds::NarrowBefore> narrow_before;
  if (alone.overlaps.size() < counted.overlaps.size()) {
    RETURN_IF_ERROR(hidden_stay_hidden(recovery(counted, made.tables, rules), rules));
    ASSIGN_OR_RETURN(Closeness with_past, closeness(counted, made.tables, rules, made.witnesses));
    ASSIGN_OR_RETURN(const protect::NarrowedByMeans by_all,
                     protect::narrowed_by_means(counted, made.tables, rules));
    RETURN_IF_ERROR(not_too_close(with_past, by_all, rules));
    narrow_before = std::move(with_past.narrow_before);
  }
  ASSIGN_OR_RETURN(Check attacked, attacks_fail(attacks, any_small_cell(counted, rules), rules));
  return Verdict(std::move(made), rules, std::move(attacks),
                 {std::move(obeyed), std::move(hidden), std::move(close), std::move(attacked),
                  std::move(tables)},
                 counted.population_withheld
                     ? std::nullopt
                     : std::optional<std::uint64_t>(counted.population.patients),
                 std::move(narrow_before));
}

}  // namespace parcours::release
