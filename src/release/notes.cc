#include "release/notes.h"

#include <fmt/format.h>

namespace parcours {
namespace {

Note permit(const Asked& asked) {
  Note note{"permit", {"The permit", "La formalité"}, {}};
  if (asked.permit.empty()) {
    note.text = {
        "The study names no permit. Whether a formality covers it was not judged.",
        "L’étude ne cite aucune formalité. Savoir si une formalité la couvre n’a pas été examiné."};
  } else {
    note.text = {fmt::format("The study says that it runs under permit {}. Whether that permit "
                             "exists, is in force and covers "
                             "this question was not judged.",
                             asked.permit),
                 fmt::format("L’étude déclare relever de la formalité {}. Son existence, sa "
                             "validité et son étendue n’ont pas "
                             "été examinées.",
                             asked.permit)};
  }
  return note;
}

}  // namespace

std::vector<Note> not_judged(const Asked& asked, const Rules& rules) {
  std::vector<Note> notes = {
      permit(asked),
      {"other-releases",
       {"Other releases", "Les autres diffusions"},
       {"This release was judged alone. What it tells together with other releases about the same "
        "patients, made before "
        "or after it, was not judged.",
        "Cette diffusion a été jugée seule. Ce qu’elle apprend rapprochée d’autres diffusions sur "
        "les mêmes patients, "
        "antérieures ou ultérieures, n’a pas été examiné."}},
      {"sign-off",
       {"A person’s signature", "La validation humaine"},
       {"Nobody has signed this release off, and it carries no signature: SHA256SUMS shows that "
        "the files have not changed since "
        "they were written, not who wrote them.",
        "Personne n’a validé cette diffusion, et elle ne porte pas de signature : SHA256SUMS "
        "montre que les fichiers n’ont pas "
        "changé depuis leur écriture, non qui les a écrits."}},
      {"objections",
       {"Objections and retention", "Oppositions et durées de conservation"},
       {"The records were counted as the vault holds them. Whether every objection had been "
        "applied and every retention "
        "period kept was not judged.",
        "Les dossiers ont été comptés tels que l’entrepôt les contient. L’application de toutes "
        "les oppositions et le "
        "respect des durées de conservation n’ont pas été examinés."}},
      {"truth",
       {"Whether the records are right", "L’exactitude des dossiers"},
       {"The figures count what practices wrote down. They were not held against any other source, "
        "and they are not weighted to "
        "stand for people who are not in these records.",
        "Les chiffres comptent ce que les cabinets ont saisi. Ils n’ont été rapprochés d’aucune "
        "autre source et ne sont pas "
        "redressés pour représenter des personnes absentes de ces dossiers."}},
  };
  if (rules.width_min == 0) {
    notes.push_back(
        {"intervals",
         {"How closely a hidden number can be bounded", "L’encadrement des nombres masqués"},
         {"No hidden number can be worked out exactly from the published sums. How narrowly it can "
          "be bounded, knowing that counts are never negative, is not asked by these rules.",
          "Aucun nombre masqué ne se déduit exactement des sommes publiées. L’étroitesse de "
          "l’encadrement que permet la positivité des effectifs n’est pas demandée par ces "
          "règles."}});
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

}  // namespace parcours
