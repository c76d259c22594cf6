// A permit in plain sentences, English and French side by side, so that neither says what the other
// does not.

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"
#include "formalities/permit.h"
#include "formalities/words.h"

namespace parcours::formalities {
namespace {

class PermitTeller {
 public:
  explicit PermitTeller(const Permit& permit) : permit_(permit), covers_(permit.covers) {}

  std::vector<Text> sentences() && {
    tell_head();
    tell_studies();
    tell_facts();
    tell_patients();
    tell_retention();
    tell_demands();
    return std::move(told_);
  }

 private:
  void tell(std::string en, std::string fr) { told_.push_back({std::move(en), std::move(fr)}); }

  void tell_head() {
    const Framework* framework = find_framework(permit_.kind);
    PARCOURS_CHECK(framework != nullptr);
    tell(fmt::format("Permit {} ({}) is of the kind: {} ({}).", permit_.reference, permit_.title.en,
                     framework->name.en, framework->law),
         fmt::format("La formalité {} ({}) est de la nature suivante : {} ({}).", permit_.reference,
                     permit_.title.fr, framework->name.fr, framework->law));
    const Text valid = days_words(permit_.valid, Calendar::dates);
    tell(fmt::format("{} holds it, and it is valid {}.", permit_.holder, valid.en),
         fmt::format("{} en est titulaire ; elle est valable {}.", permit_.holder, valid.fr));
    std::vector<Text> names;
    for (const std::string& id : permit_.purposes) {
      const Purpose* purpose = find_purpose(id);
      PARCOURS_CHECK(purpose != nullptr);
      names.push_back(purpose->name);
    }
    const Text purposes = listed(names);
    tell(fmt::format("Records serve: {}.", purposes.en),
         fmt::format("Les données servent à : {}.", purposes.fr));
    if (!permit_.supersedes.empty()) {
      tell(fmt::format("It takes the place of permit {}, which ends when this one is entered.",
                       permit_.supersedes),
           fmt::format("Elle remplace la formalité {}, qui prend fin dès que celle-ci est versée.",
                       permit_.supersedes));
    }
    if (!permit_.takes_over_from.empty()) {
      tell(fmt::format("Its records pass to {} from {}, who held them until then.", permit_.holder,
                       permit_.takes_over_from),
           fmt::format("Ses données passent à {} ; {} les détenait jusque-là.", permit_.holder,
                       permit_.takes_over_from));
    }
  }

  void tell_studies() {
    tell(permit_.collection ? "Records may be collected under it."
                            : "No records may be collected under it.",
         permit_.collection ? "Elle permet de collecter des données."
                            : "Elle ne permet de collecter aucune donnée.");
    if (!permit_.studies) {
      tell("No study may be asked under it.", "Elle ne permet aucune étude.");
      return;
    }
    const Text askers = names_listed(permit_.askers);
    std::vector<Text> parts;
    for (const std::string& one : permit_.leaves) {
      parts.push_back(one == "counts" ? Text{"counts", "des effectifs"}
                                      : Text{"means", "des moyennes"});
    }
    const Text leaves = listed(parts);
    const Text rules = names_listed(permit_.rules);
    tell(fmt::format("Studies may be asked by: {}.", askers.en),
         fmt::format("Peuvent demander des études : {}.", askers.fr));
    tell(fmt::format("Only {} may leave, released under these rules: {}.", leaves.en, rules.en),
         fmt::format("Seuls peuvent sortir {}, diffusés selon ces règles : {}.", leaves.fr,
                     rules.fr));
    for (const std::string& role : permit_.signatures) {
      const bool checker = role == "checker";
      tell(checker ? "Somebody with the role checker signs each study before its release."
                   : "Somebody of the data team signs each study before its release.",
           checker ? "Une personne ayant le rôle de vérificateur signe chaque étude avant sa "
                     "diffusion."
                   : "Une personne de l’équipe de données signe chaque étude avant sa diffusion.");
    }
  }

  void tell_facts() {
    std::vector<Text> named;
    for (std::size_t kind = 0; kind < covers_.kinds.size(); ++kind) {
      if (covers_.kinds[kind]) {
        named.push_back(vocabulary::words_of_kind(static_cast<vocabulary::KindId>(kind)));
      }
    }
    std::vector<std::string> patterns;
    for (const vocabulary::Pattern& pattern : covers_.codes) {
      patterns.push_back(vocabulary::to_string(pattern));
    }
    std::vector<Text> ways;
    for (std::size_t one = 0; one < covers_.provenance.size(); ++one) {
      if (covers_.provenance[one]) {
        ways.push_back(provenance_word(one));
      }
    }
    const Text all = listed(named);
    const Text codes = names_listed(patterns);
    const Text way = listed(ways);
    const Text days = days_words(covers_.days, covers_.calendar);
    tell(fmt::format("It covers {}, with the codes {}.", all.en, codes.en),
         fmt::format("Elle couvre : {} ; codes : {}.", all.fr, codes.fr));
    tell(fmt::format("Their days lie {}.", days.en), fmt::format("Leurs dates vont {}.", days.fr));
    tell(fmt::format("They were {}; what was only consulted is never collected.", way.en),
         fmt::format("Ils ont été {} ; ce qui a été seulement consulté n’est jamais collecté.",
                     way.fr));
    if (covers_.otherwise == Otherwise::cut) {
      tell("Whatever else is sent is left out.", "Tout autre élément reçu est écarté.");
    } else {
      tell("A package with anything else is refused.",
           "Un envoi qui contient autre chose est refusé.");
    }
  }

  void tell_patients() {
    std::vector<Text> fields;
    for (const std::string& field : covers_.fields) {
      fields.push_back(field_word(field));
    }
    const Text known = listed(fields);
    tell(fields.empty() ? "Nothing is kept of the patients themselves."
                        : fmt::format("Of each patient it covers: {}.", known.en),
         fields.empty() ? "Rien n’est conservé sur les patients eux-mêmes."
                        : fmt::format("De chaque patient, elle couvre : {}.", known.fr));
    const Text practices = names_listed(covers_.practices);
    tell(covers_.all_practices ? "It covers all practices."
                               : fmt::format("It covers these practices: {}.", practices.en),
         covers_.all_practices ? "Elle couvre tous les cabinets."
                               : fmt::format("Elle couvre ces cabinets : {}.", practices.fr));
    if (covers_.follow == Follow::practice) {
      tell("A patient is followed within one practice alone.",
           "Un patient n’est suivi qu’au sein d’un même cabinet.");
    } else {
      tell("A patient is followed across practices.",
           "Un patient est suivi d’un cabinet à l’autre.");
    }
    if (covers_.new_keys != NewKeys::never) {
      const bool year = covers_.new_keys == NewKeys::year;
      tell(fmt::format("Pseudonyms begin anew every {}.", year ? "year" : "month"),
           fmt::format("Les pseudonymes changent chaque {}.", year ? "année" : "mois"));
    }
  }

  void tell_retention() {
    const Text kept = kept_words(permit_.retention);
    tell(fmt::format("Records are kept for {}.", kept.en),
         fmt::format("Les données sont conservées {}.", kept.fr));
  }

  void tell_demands() {
    for (const Demand& demand : permit_.demands) {
      tell(fmt::format("The rules must be at least so strict: {} {}.", demand.rule, demand.value),
           fmt::format("Les règles doivent être au moins aussi strictes : {} {}.", demand.rule,
                       demand.value));
    }
  }

  const Permit& permit_;
  const Covers& covers_;
  std::vector<Text> told_;
};

}  // namespace

std::vector<Text> sentences(const Permit& permit) {
  return PermitTeller(permit).sentences();
}

}  // namespace parcours::formalities
