#include "release/said_checks.h"

#include <fmt/format.h>

#include "release/figures.h"
#include "release/words.h"

namespace parcours::release {
namespace {

SaidCheck said_permit(const Permitted& permitted) {
  return {
      "permit",
      {fmt::format("Permit {} ({}, of {}) was in force on the day of the release, and covers all "
                   "{} things that the study and its rules ask of it: purpose, people, kinds, "
                   "codes, fields and days.",
                   permitted.reference(), permitted.kind().en, permitted.holder(),
                   permitted.looked_at()),
       fmt::format("La formalité {} ({}, détenue par {}) était en vigueur le jour de la "
                   "diffusion et couvre les {} points que l’étude et ses règles lui demandent : "
                   "finalité, demandeur, types, codes, champs et jours.",
                   permitted.reference(), permitted.kind().fr, permitted.holder(),
                   permitted.looked_at())},
      permitted.looked_at()};
}

SaidCheck said_rules(const CellCount& count) {
  const std::uint64_t figures = count.published + count.means;
  const tables::Label number = page::thousands(figures);
  return {"rules",
          {fmt::format("Each of the {} published figures obeys every rule of the rules file. The "
                       "gate judged each again from the patients that it counts.",
                       number.en),
           fmt::format("Chacun des {} chiffres publiés respecte toutes les règles du fichier de "
                       "règles. Le contrôle les a vérifiées de nouveau à partir des patients "
                       "comptés.",
                       number.fr)},
          figures};
}

SaidCheck said_hidden(const CellCount& count) {
  return {"hidden-cells",
          {"No hidden figure can be worked out from the published ones with the sums that hold "
           "within and between the tables.",
           "Aucun chiffre masqué ne peut être reconstitué à partir des chiffres publiés au moyen "
           "des sommes qui relient les cases d’un même tableau ou de plusieurs."},
          count.figures_hidden()};
}

SaidCheck said_closeness(const protect::Rules& rules) {
  tables::Label what{"The rules set no minimum width for the interval of a hidden count.",
                     "Les règles ne fixent pas de largeur minimale pour l’intervalle d’un effectif "
                     "masqué."};
  if (rules.width_min > 0) {
    what = {fmt::format("For each hidden count that breaks a rule, the published sums leave an "
                        "interval at least {} wide.",
                        rules.width_min),
            fmt::format("Pour chaque effectif masqué qui enfreint une règle, les sommes publiées "
                        "laissent un intervalle d’une largeur d’au moins {}.",
                        rules.width_min)};
  }
  if (rules.cover_insiders) {
    what.en +=
        " No patient or practice alone in hidden cells can work out another hidden cell from them.";
    what.fr +=
        " Aucun patient ni cabinet seul dans des cases masquées ne peut en déduire une autre.";
  }
  return {"closeness", std::move(what), std::nullopt};
}

// Whether a control found anything depends on hidden counts: of two cells that sum to 24, "before
// protection a small cell is found" says that one has 1 to 10 patients, and "none is found" that
// each has 11 to 13. So every release says the same: the gate lets none pass whose control found
// nothing although there was something to find.
SaidCheck said_attacks(const std::vector<attacks::AttackRun>& attacks) {
  std::uint64_t tried = 0;
  for (const attacks::AttackRun& attack : attacks) {
    tried += attack.outcome.tried;
  }
  return {"attacks",
          {fmt::format("The gate tried {} attacks on the released tables and all failed. It also "
                       "tried each on the tables before protection, where it had to find what "
                       "there was to find.",
                       attacks.size()),
           fmt::format("Le contrôle a mené {} attaques sur les tableaux diffusés et toutes ont "
                       "échoué. Il a aussi mené chacune sur les tableaux avant protection, où elle "
                       "devait trouver ce qu’il y avait à trouver.",
                       attacks.size())},
          tried};
}

SaidCheck said_names(const std::vector<tables::Table>& tables) {
  std::uint64_t names = 0;
  for (const tables::Table& table : tables) {
    names += look_at_words(table).looked_at;
  }
  const tables::Label number = page::thousands(names);
  return {"nothing-but-tables",
          {fmt::format("The release holds nothing but tables: none of their {} names is an "
                       "identifier, no table is by practice, and no hidden cell holds a figure.",
                       number.en),
           fmt::format("La diffusion ne contient que des tableaux : aucun de leurs {} libellés "
                       "n’est un identifiant, aucun tableau n’est ventilé par cabinet et aucune "
                       "case masquée ne contient de chiffre.",
                       number.fr)},
          names};
}

}  // namespace

std::vector<SaidCheck> said_checks(const Verdict& verdict, const Permitted& permitted) {
  const CellCount count = count_cells(verdict.tables());
  return {said_permit(permitted),
          said_rules(count),
          said_hidden(count),
          said_closeness(verdict.rules()),
          said_attacks(verdict.attacks()),
          said_names(verdict.tables())};
}

}  // namespace parcours::release
