#include "release/notes.h"

#include <fmt/format.h>

#include "release/figures.h"

namespace parcours::release {

std::optional<Note> shows_little_note(const Release& release) {
  const std::vector<tables::Table>& tables = release.verdict().tables();
  if (!shows_little(tables)) {
    return std::nullopt;
  }
  const std::optional<Shown> part = shown(tables);
  const tables::Label share =
      page::percentage(part ? part->part() : count_cells(tables).published_part());
  const tables::Label found =
      part ? tables::Label{fmt::format("Its published cells, totals left out, count {} of "
                                       "them.",
                                       share.en),
                           fmt::format("Hors totaux, ses cases publiées couvrent {} "
                                       "d’entre eux.",
                                       share.fr)}
           : tables::Label{
                 fmt::format("It publishes {} of the cells that count patients.", share.en),
                 fmt::format("Elle publie {} des cases qui comptent des "
                             "patients.",
                             share.fr)};
  const tables::Label again =
      release.earlier().count() == 0
          ? tables::Label{}
          : tables::Label{
                " The study was asked before: asked less often, it shows more that is new.",
                " L’étude a déjà été posée : posée moins souvent, elle donnerait "
                "davantage de nouveaux chiffres."};
  return Note{
      "shows-little",
      {"This release shows few of its patients.", "Cette diffusion montre peu de patients."},
      {found.en + again.en +
           " A coarser study would show more: wider bands, codes at a higher level, "
           "regions instead of departments, or tables with fewer variables.",
       found.fr + again.fr +
           " Une étude moins fine en montrerait davantage : tranches plus larges, codes à "
           "un niveau supérieur, régions au lieu de départements, ou tableaux croisant "
           "moins de variables."}};
}

std::vector<Note> not_judged(const Asked& asked, const protect::Rules& rules) {
  std::vector<Note> notes = {
      {"other-releases",
       {"Other releases", "Les autres diffusions"},
       {"The gate judged this release together with all releases that were made before it from "
        "the same vault: it looked at the groups of patients that every two of their tables tell "
        "apart. It did not judge groups that only three tables together tell apart, nor what "
        "other sources about the same patients reveal.",
        "Le contrôle a examiné cette diffusion avec toutes celles qui l’ont précédée à partir du "
        "même entrepôt : il a tenu compte des groupes de patients que leurs tableaux, pris deux à "
        "deux, permettent de distinguer. Il n’a examiné ni les groupes que seuls trois tableaux "
        "réunis permettent de distinguer, ni ce que révèlent d’autres sources sur les mêmes "
        "patients."}},
      {"sign-off",
       {"Sign-off by a person", "La validation humaine"},
       {"No person has signed this release off, and it carries no electronic signature. "
        "SHA256SUMS shows that the files have not changed since they were written, but not who "
        "wrote them.",
        "Personne n’a validé cette diffusion, et elle ne porte pas de signature électronique. "
        "SHA256SUMS montre que les fichiers n’ont pas changé depuis leur écriture, mais n’indique "
        "pas qui les a écrits."}},
      {"objections",
       {"Objections and retention", "Oppositions et durées de conservation"},
       {"The study counted no record whose patient had objected at the vault or whose retention was "
        "over on that day. The gate cannot know of an objection that has not reached the vault.",
        "L’étude n’a compté aucun dossier dont le patient s’était opposé auprès de l’entrepôt, ni "
        "aucun dossier dont la durée de conservation était échue à cette date. Le contrôle ne peut "
        "connaître une opposition qui n’est pas encore parvenue à l’entrepôt."}},
      {"truth",
       {"Accuracy of the records", "L’exactitude des dossiers"},
       {"The figures count what the records hold. They were not compared with another source, "
        "and they are not weighted to represent people outside these records.",
        "Les chiffres dénombrent ce qui figure dans les dossiers. Ils n’ont été comparés à aucune "
        "autre source et ne sont pas redressés pour représenter des personnes absentes de ces "
        "dossiers."}},
  };
  if (rules.width_min == 0) {
    notes.push_back(
        {"intervals",
         {"Width of the interval of a hidden figure", "L’encadrement des chiffres masqués"},
         {"No hidden figure can be worked out exactly from the published sums. These rules do not "
          "limit how narrowly it can be bounded by someone who knows that counts are never "
          "negative.",
          "Aucun chiffre masqué ne se déduit exactement des sommes publiées. Ces règles ne "
          "limitent pas la précision avec laquelle on peut l’encadrer en sachant qu’un effectif "
          "n’est jamais négatif."}});
  }
  if (asked.windows_beyond) {
    notes.push_back(
        {"windows",
         {"Windows that leave the records", "Les fenêtres qui sortent des données"},
         {"Some windows of the study reach beyond the records. A patient who was there before the "
          "records began looks new, and what comes after their end is not counted. The gate did "
          "not judge how much this changes the figures." +
              asked.windows_beyond->en,
          "Certaines fenêtres de l’étude sortent de la période couverte par les données. Un "
          "patient suivi avant le début des données paraît nouveau, et ce qui suit leur fin n’est "
          "pas compté. Le contrôle n’a pas examiné l’effet sur les chiffres." +
              asked.windows_beyond->fr}});
  }
  if (!rules.has_practices) {
    notes.insert(notes.begin(),
                 {"practices",
                  {"Practices", "Les cabinets"},
                  {"The rules on practices were not applied. " + rules.no_practices_because.en,
                   "Les règles sur les cabinets n’ont pas été appliquées. " +
                       rules.no_practices_because.fr}});
  }
  return notes;
}

}  // namespace parcours::release
