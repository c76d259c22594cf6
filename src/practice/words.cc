#include "practice/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "ingest/intake.h"
#include "ingest/reasons.h"
#include "practice/counted.h"
#include "practice/selection.h"

namespace parcours::practice::words {
namespace {

template <class... T>
Text told(fmt::format_string<const T&...> en, fmt::format_string<const T&...> fr,
          const T&... values) {
  return {fmt::format(en, values...), fmt::format(fr, values...)};
}

struct Named {
  std::string_view name;
  std::string_view en;
  std::string_view fr;
};

// The name itself where it has no words.
template <std::size_t N>
Text named(const std::array<Named, N>& all, std::string_view name) {
  const auto found = std::ranges::find(all, name, &Named::name);
  return found == all.end() ? Text{std::string(name), std::string(name)}
                            : Text{std::string(found->en), std::string(found->fr)};
}

Text packed(const Entry& entry) {
  const Text events = counted(entry.events, Noun::event);
  const Text patients = counted(entry.patients, Noun::patient);
  return {fmt::format("packed package {} for {}: {} of {} (events cut: {})", entry.number,
                      entry.period, events.en, patients.en, entry.cut),
          fmt::format("paquet {} préparé pour {} : {} de {} (événements écartés : {})",
                      entry.number, entry.period, events.fr, patients.fr, entry.cut)};
}

}  // namespace

Complaint no_practice_folder() {
  return {{"this is not a practice's folder", "ce n'est pas le dossier d'un cabinet"},
          {"make one with parcours-practice join", "créez-le avec parcours-practice join"}};
}
Complaint bad_log_line() {
  return {{"this is no line of a log", "ce n'est pas une ligne du journal"},
          {"restore the file from a backup; nobody but this program writes it",
           "rétablissez le fichier depuis une sauvegarde ; seul ce programme y écrit"}};
}
Complaint has_left() {
  return {{"the practice has left; only its log is here",
           "le cabinet s'est retiré ; il ne reste ici que son journal"},
          {"to take part again, join with a new folder, and name this one with --objections",
           "pour participer de nouveau, faites join dans un nouveau dossier, et indiquez celui-ci "
           "avec --objections"}};
}
Complaint bad_name() {
  return {
      {"a practice's name has letters, digits, '-', '_' and '.', at most 64 of them, and begins "
       "with a letter or digit",
       "le nom d'un cabinet se compose de lettres, de chiffres, de « - », « _ » et « . », au plus "
       "64, et commence par une lettre ou un chiffre"},
      {"use the name under which the collector admits the practice: cabinet-012",
       "prenez le nom sous lequel le collecteur admet le cabinet : cabinet-012"}};
}
Complaint not_a_keeper(std::string_view key) {
  return {
      told(
          "the permit is signed by {}, which is no key of a permit-keeper on the vault's card",
          "la formalité est signée par {}, qui n'est la clé d'aucun responsable des formalités inscrit "
          "sur la carte de l'entrepôt",
          key),
      {"ask the collector for the card and the permit that belong together",
       "demandez au collecteur la carte et la formalité qui vont ensemble"}};
}
Complaint other_card(std::string_view fingerprint) {
  return {told("the card's fingerprint is {}, not the one that was given",
               "l'empreinte de la carte est {}, et non celle qui a été donnée", fingerprint),
          {"call the collector, and use the card whose fingerprint they read to you",
           "appelez le collecteur, et prenez la carte dont il vous lit l'empreinte"}};
}
Complaint no_collection(std::string_view permit) {
  return {told("permit {} does not allow collection", "la formalité {} ne permet pas la collecte",
               permit),
          {}};
}
Complaint practice_not_covered(std::string_view permit, std::string_view practice) {
  return {told("permit {} does not cover the practice '{}'",
               "la formalité {} ne couvre pas le cabinet « {} »", permit, practice),
          {}};
}
Complaint share_needed() {
  return {
      {"the permit follows patients across practices, so the programme's key is needed",
       "la formalité prévoit de suivre les patients d'un cabinet à l'autre : il faut la clé du programme"},
      {"ask the programme's keeper for the key file, and give it with --share",
       "demandez le fichier à la personne qui détient la clé du programme, et donnez-le avec --share"}};
}
Complaint no_share_wanted() {
  return {
      {"the permit follows patients within one practice, so no programme's key is taken",
       "la formalité prévoit de suivre les patients au sein d'un seul cabinet : aucune clé de programme n'est acceptée"},
      {"leave --share out", "retirez --share"}};
}
Complaint not_in_force(std::string_view permit, std::string_view first, std::string_view last) {
  return {told("permit {} is not in force today: it holds from {} to {}",
               "la formalité {} n'est pas en vigueur aujourd'hui : elle est valable du {} au {}",
               permit, first, last),
          {"nothing can be packed", "aucun paquet ne peut être préparé"}};
}
Complaint no_agreement(std::string_view permit) {
  return {
      told("the doctor has not agreed to permit {} as it stands here",
           "le médecin n'a pas donné son accord à la formalité {} telle qu'elle est ici", permit),
      {"look at it with parcours-practice preview, then parcours-practice agree",
       "consultez-la avec parcours-practice preview, puis faites parcours-practice agree"}};
}
Complaint no_agreement_to_withdraw() {
  return {{"there is no agreement to withdraw", "il n'y a pas d'accord à retirer"}, {}};
}
Complaint bad_period() {
  return {{"the period is no day", "la période n'est pas un jour"},
          {"write it as 2026-11-27", "écrivez-la ainsi : 2026-11-27"}};
}
Complaint key_destroyed(std::string_view label) {
  return {
      told(
          "the key of {} was destroyed, and nothing can be packed for that time",
          "la clé de {} a été détruite : aucun paquet ne peut plus être préparé pour cette période",
          label),
      {}};
}
Complaint key_missing(std::string_view label) {
  return {told("the programme's key of {} is not here", "la clé du programme de {} n'est pas ici",
               label),
          told("parcours-practice key FOLDER --add FILE --label {}",
               "parcours-practice key DOSSIER --add FICHIER --label {}", label)};
}
Complaint key_there(std::string_view label) {
  return {told("there is a key of {} already", "il y a déjà une clé de {}", label), {}};
}
Complaint no_such_key(std::string_view label) {
  return {told("there is no key of {}", "il n'y a pas de clé de {}", label),
          {"parcours-practice log FOLDER names those that there are",
           "parcours-practice log DOSSIER indique celles qui existent"}};
}
Complaint bad_label() {
  return {{"a key's label is 'all', a year or a month",
           "une clé est désignée par « all », une année ou un mois"},
          {"write 2026 or 2026-11", "écrivez 2026 ou 2026-11"}};
}
Complaint uncovered(std::uint64_t events) {
  return {
      told("the permit does not cover {} of the events, and says that such a source is refused",
           "la formalité ne couvre pas {} des événements, et prévoit le refus d'une telle source",
           events),
      {"parcours-practice preview says which; export without them",
       "parcours-practice preview indique lesquels ; exportez sans eux"}};
}
Complaint nothing_to_pack() {
  return {{"there is no event that the permit covers, and nobody objects",
           "aucun événement n'est couvert par la formalité, et aucun patient ne s'oppose"},
          {"parcours-practice preview says why", "parcours-practice preview en indique la raison"}};
}
Complaint other_calendar() {
  return {{"the source's days are not written as the permit's are",
           "les dates de la source ne sont pas écrites comme celles de la formalité"},
          {"set calendar in the mapping",
           "indiquez calendar dans le fichier de correspondance (mapping)"}};
}
Complaint several_practices(std::uint64_t count) {
  return {
      told("the source holds the records of {} practices",
           "la source contient les dossiers de {} cabinets", count),
      {"export one practice, or name one with practice = \"...\" in the mapping or the choices",
       "exportez un seul cabinet, ou indiquez-en un par practice = \"...\" dans le fichier de correspondance (mapping) ou les choix"}};
}
Complaint no_mapping(std::string_view place) {
  return {
      {"no file is FHIR or CDA, and there is no mapping",
       "aucun fichier n'est au format FHIR ou CDA, et il n'y a pas de fichier de correspondance"},
      told("CSV needs a mapping that says what its columns mean: put it at {}, or name it with "
           "--mapping",
           "le CSV demande un fichier de correspondance, qui donne le sens de ses colonnes : "
           "placez-le dans {}, ou indiquez-le avec --mapping",
           place)};
}
Complaint several_folders() {
  return {{"CSV is read from one folder, and several are named",
           "le CSV se lit dans un seul dossier, et plusieurs sont indiqués"},
          {"name the folder; the mapping names its files",
           "indiquez le dossier ; le fichier de correspondance nomme ses fichiers"}};
}
Complaint several_forms(std::uint64_t fhir, std::uint64_t cda) {
  return {told("{} files are FHIR and {} are CDA",
               "{} fichiers sont au format FHIR et {} au format CDA", fhir, cda),
          {"read them one form at a time", "lisez-les un format à la fois"}};
}
Complaint nothing_waits() {
  return {{"no package waits to be sent", "aucun paquet n'attend d'être envoyé"},
          {"make one with parcours-practice pack", "préparez-en un avec parcours-practice pack"}};
}
Complaint package_changed() {
  return {
      {"the package is not as it was packed", "le paquet n'est plus tel qu'il a été préparé"},
      {"pack the period again; the vault says which number it waits for",
       "préparez de nouveau le paquet de cette période ; l'entrepôt indique quel numéro il attend"}};
}
Complaint no_such_package(std::uint64_t number) {
  return {told("the receipt is of package {}, which does not wait for one",
               "l'accusé de réception est celui du paquet {}, qui n'en attend pas", number),
          {}};
}
Complaint other_package(std::uint64_t number) {
  return {
      told(
          "the receipt names package {}, but another file than the one that was packed",
          "l'accusé de réception nomme le paquet {}, mais un autre fichier que celui qui a été préparé",
          number),
      {"send the package again", "envoyez de nouveau le paquet"}};
}
Complaint terminal_only() {
  return {{"a patient's rows are shown on a terminal alone",
           "les lignes d'un patient ne s'affichent que sur un terminal"},
          {"leave out --json and do not send the answer to a file",
           "retirez --json, et ne redirigez pas la réponse vers un fichier"}};
}
Complaint no_number() {
  return {{"no patient is named", "aucun patient n'est indiqué"},
          {"give --add NUMBER, --add-file FILE, --withdraw NUMBER or --count",
           "donnez --add NUMÉRO, --add-file FICHIER, --withdraw NUMÉRO ou --count"}};
}
Complaint leave_unsure() {
  return {{"leaving destroys the keys and the packages that wait, and cannot be undone",
           "le retrait détruit les clés et les paquets en attente ; il est définitif"},
          {"add --yes", "ajoutez --yes"}};
}
Complaint no_key_left() {
  return {
      {"every key that made this practice's pseudonyms is destroyed, so nobody tells any more "
       "which records in the vault are this patient's",
       "toutes les clés qui ont servi aux pseudonymes de ce cabinet sont détruites : plus "
       "personne ne peut dire quelles données de l'entrepôt concernent ce patient"}};
}
Complaint ask_or_open() {
  return {{"it is not said what to do", "aucune action n'est indiquée"},
          {"give --patient and --out to ask, or --open to read an answer",
           "donnez --patient et --out pour demander, ou --open pour lire une réponse"}};
}

Complaint follows_otherwise(std::string_view permit) {
  return {told("permit {} follows patients in another way than the one here, so their pseudonyms "
               "change",
               "la formalité {} ne suit pas les patients comme celle d'ici : leurs pseudonymes "
               "changent",
               permit),
          {"join again with it, in a new folder",
           "refaites join avec cette formalité, dans un nouveau dossier"}};
}
Complaint no_renewal() {
  return {{"this is not the renewal of a vault's key",
           "ce n'est pas le renouvellement de la clé d'un entrepôt"},
          {"ask the collector for the file that 'parcours vault card --renewal' writes",
           "demandez au collecteur le fichier qu'écrit « parcours vault card --renewal »"}};
}
Complaint renewal_of_no_keeper(std::string_view key) {
  return {
      told("the renewal is signed by {}, which is no key of a permit-keeper on the card here",
           "le renouvellement est signé par {}, qui n'est la clé d'aucun responsable des "
           "formalités inscrit sur la carte présente ici",
           key),
      {"call the collector; if the permit-keepers have changed, join again with the new card, "
       "in a new folder",
       "appelez le collecteur ; si les responsables des formalités ont changé, refaites join avec la nouvelle "
       "carte, dans un nouveau dossier"}};
}
Complaint renewal_of_other_vault() {
  return {
      {"the renewal is of another vault than the card here",
       "le renouvellement est celui d'un autre entrepôt que la carte présente ici"},
      {"ask the collector for that of this vault", "demandez au collecteur celui de cet entrepôt"}};
}
Complaint old_renewal(std::uint64_t number, std::uint64_t held) {
  return {
      told("the renewal brings the vault's key {}, and the card here has key {} already",
           "le renouvellement apporte la clé {} de l'entrepôt, et la carte présente ici a déjà "
           "la clé {}",
           number, held),
      {"nothing is to be done, unless the vault refuses packages: then ask for the last renewal",
       "il n'y a rien à faire, sauf si l'entrepôt refuse les paquets : demandez alors le dernier "
       "renouvellement"}};
}

Text reason(std::string_view uncovered) {
  static constexpr std::array<Named, 7> all = {
      {{"its kind", "of a kind that the permit does not name",
        "d'une nature que la formalité ne prévoit pas"},
       {"its code", "with a code that the permit does not name",
        "d'un code que la formalité ne prévoit pas"},
       {"its day", "of a day outside the permit's days", "hors des dates que la formalité prévoit"},
       {"its provenance", "from elsewhere than the permit allows",
        "d'une provenance que la formalité ne permet pas"},
       {"its practice", "of another practice", "d'un autre cabinet"},
       {"its retention", "older than the permit lets the collector keep",
        "plus anciens que la durée de conservation que la formalité prévoit"},
       {"objection", "of patients who object", "de patients qui s'opposent"}}};
  if (uncovered == cut_as_consulted) {
    return ingest::said(ingest::only_consulted);
  }
  const auto found = std::ranges::find(all, uncovered, &Named::name);
  return found == all.end() ? ingest::said(uncovered)
                            : Text{std::string(found->en), std::string(found->fr)};
}

Text field(std::string_view name) {
  static constexpr std::array<Named, 3> all = {
      {{"birth_year", "birth year", "année de naissance"},
       {"sex", "sex", "sexe"},
       {"place", "place of residence", "lieu de résidence"}}};
  return named(all, name);
}

Text sentence(const Entry& entry) {
  switch (entry.deed) {
    case Deed::join:
      return told("joined as '{}' under permit {}", "cabinet « {} » inscrit sous la formalité {}",
                  entry.practice, entry.permit);
    case Deed::agree:
      return told("{} agreed to permit {}", "{} a donné son accord à la formalité {}", entry.doctor,
                  entry.permit);
    case Deed::withdraw:
      return told("{} withdrew the agreement", "{} a retiré l'accord", entry.doctor);
    case Deed::make_key:
      return told("took a key for {}", "clé enregistrée pour {}", entry.key);
    case Deed::destroy_key:
      return told("destroyed the key of {}", "clé de {} détruite", entry.key);
    case Deed::object:
      return told("{} objection(s) noted", "{} opposition(s) notée(s)", entry.patients);
    case Deed::take_back:
      return told("{} objection(s) withdrawn", "{} opposition(s) retirée(s)", entry.patients);
    case Deed::pack:
      return packed(entry);
    case Deed::send:
      return told("handed out package {}", "paquet {} remis", entry.number);
    case Deed::receipt:
      return entry.outcome == "taken"
                 ? told("the vault took package {} (rows that stayed out: {})",
                        "l'entrepôt a accepté le paquet {} (lignes écartées : {})", entry.number,
                        entry.cut)
                 : told("the vault refused package {}: {}", "l'entrepôt a refusé le paquet {} : {}",
                        entry.number, entry.reason);
    case Deed::ask:
      return {"asked what the vault holds of a patient",
              "demande à l'entrepôt de ce qu'il détient sur un patient"};
    case Deed::read:
      return {"opened the vault's answer about a patient",
              "lecture de la réponse de l'entrepôt sur un patient"};
    case Deed::card:
      return told("took the vault's key {} to seal packages to",
                  "clé {} de l'entrepôt enregistrée, pour sceller les paquets", entry.number);
    case Deed::leave:
      break;
  }
  return {"left", "cabinet retiré"};
}

}  // namespace parcours::practice::words
