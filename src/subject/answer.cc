#include "subject/answer.h"

#include <fmt/format.h>

#include <array>
#include <cctype>

#include "records/record.h"
#include "vocabulary/kinds.h"

namespace parcours::subject {
namespace {

class Writer {
 public:
  Writer(const Held& held, const vocabulary::Vocabulary& names, bool french)
      : held_(held), names_(names), french_(french) {}

  std::string text() && {
    head();
    if (!held_.persons.empty() || !held_.facts.empty()) {
      formalities();
      persons();
      facts();
    }
    releases();
    rights();
    return std::move(text_);
  }

 private:
  const std::string& in(const Text& text) const { return french_ ? text.fr : text.en; }
  template <class... T>
  void line(fmt::format_string<const T&...> en, fmt::format_string<const T&...> fr,
            const T&... values) {
    text_ += french_ ? fmt::format(fr, values...) : fmt::format(en, values...);
    text_ += '\n';
  }
  void heading(const Text& title) { text_ += fmt::format("\n{}. {}\n\n", ++section_, in(title)); }

  void head() {
    line("What is held of you", "Ce qui est détenu à votre sujet");
    line("On {}, in the vault {}", "Le {}, dans l'entrepôt de données {}",
         to_string(held_.day, Calendar::dates), held_.vault);
    text_ += '\n';
    line("You asked what this vault holds of you (General Data Protection Regulation, article 15).",
         "Vous avez demandé quelles données cet entrepôt détient à votre sujet (règlement général "
         "sur la protection des données, article 15).");
    line(
        "It does not have your name: it knows you by a pseudonym, which your practice or its "
        "collector made again for this answer.",
        "Il ne contient pas votre nom : vous y figurez sous un pseudonyme, que votre cabinet ou le "
        "collecteur a recalculé pour cette réponse.");
    if (held_.of_one_practice) {
      line(
          "This answer has what the practice that asked for you sent. If others treat you, ask each "
          "of them.",
          "Cette réponse porte sur ce qu'a envoyé le cabinet qui a fait la demande pour vous. Si "
          "d'autres cabinets vous suivent, adressez-vous à chacun d'eux.");
    }
    if (!held_.objected_at.empty()) {
      line(
          "You objected on {}. Nothing of yours has been used since; what is still on the disk is "
          "deleted when the vault is next compacted.",
          "Vous vous êtes opposé(e) le {}. Vos données ne sont plus utilisées depuis ; celles qui se "
          "trouvent encore sur le disque sont supprimées au prochain compactage de l'entrepôt.",
          held_.objected_at.substr(0, 10));
    }
    if (held_.persons.empty() && held_.facts.empty()) {
      text_ += '\n';
      line("The vault holds no record of you.",
           "L'entrepôt ne détient aucune donnée à votre sujet.");
    }
  }

  void formalities() {
    heading({"What allows it", "La formalité qui le permet"});
    for (const formalities::KnownPermit& known : held_.permits) {
      for (const Text& sentence : formalities::sentences(known.permit)) {
        text_ += in(sentence) + "\n";
      }
      if (!known.in_force(held_.day)) {
        line("It is not in force today, so nothing collected under it is used.",
             "Elle n'est pas en vigueur aujourd'hui : rien de ce qu'elle a permis de collecter "
             "n'est utilisé.");
      }
    }
    if (held_.permits.empty()) {
      line("The vault does not name the formality.", "L'entrepôt ne nomme pas la formalité.");
    }
  }

  void persons() {
    heading({"You", "Vous"});
    constexpr std::array<std::pair<const char*, const char*>, 3> sexes = {
        {{"not known", "non connu"}, {"female", "féminin"}, {"male", "masculin"}}};
    for (const HeldPerson& person : held_.persons) {
      const auto& sex = sexes[static_cast<std::size_t>(person.patient.sex)];
      const std::string born = person.patient.birth_year == records::no_birth_year
                                   ? std::string("-")
                                   : std::to_string(person.patient.birth_year);
      const std::string place = place_of(person);
      line("Year of birth {}, sex {}, place of residence {}; from the practice {}{}.",
           "Année de naissance {}, sexe {}, lieu de résidence {} ; du cabinet {}{}.", born,
           french_ ? sex.second : sex.first, place, person.practice, unused(person.use));
    }
    if (held_.persons.empty()) {
      line("Nothing but your facts.", "Rien, en dehors de vos données de soins.");
    }
  }

  // "94 (Val-de-Marne)"
  std::string place_of(const HeldPerson& person) const {
    if (person.place.code.empty()) {
      return "-";
    }
    const auto label = names_.label(person.place.system, person.place.code);
    return label ? fmt::format("{} ({})", person.place.code, in(*label)) : person.place.code;
  }

  // Why it is not used, after a semicolon.
  std::string unused(RowUse use) const {
    static const std::array<Text, 4> words = {
        {{"", ""},
         {"; not used: you objected", " ; non utilisé : vous vous êtes opposé(e)"},
         {"; not used: the formality or the time for which it is kept has ended",
          " ; non utilisé : la formalité ou la durée de conservation a pris fin"},
         {"; not used: the practice sent it again",
          " ; non utilisé : le cabinet l'a envoyé de nouveau"}}};
    return in(words[static_cast<std::size_t>(use)]);
  }

  void facts() {
    heading({"Your care", "Vos soins"});
    std::optional<vocabulary::KindId> kind;
    for (const HeldFact& fact : held_.facts) {
      if (fact.code.kind && fact.code.kind != kind) {
        kind = fact.code.kind;
        std::string title = in(vocabulary::words_of_kind(*kind));
        title.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(title.front())));
        text_ += title + (french_ ? " :\n" : ":\n");
      }
      tell(fact);
    }
    line("In all: {}.", "En tout : {}.", held_.facts.size());
  }

  void tell(const HeldFact& fact) {
    static const std::array<Text, 4> ways = {
        {{"written down by the practice", "saisi par le cabinet"},
         {"sent to the practice", "reçu par le cabinet"},
         {"taken over by an act of the doctor", "repris par un acte du médecin"},
         {"only consulted", "seulement consulté"}}};
    const auto label = names_.label(fact.code.system, fact.code.code);
    text_ += fmt::format(
        "  {}  {} ({}){}{}{} {}, {}{}\n", to_string(fact.day, held_.calendar), fact.code.code,
        fact.code.system, label ? fmt::format(" {}", in(*label)) : std::string(),
        records::has_value(fact.value) ? fmt::format(" = {}", fact.value) : std::string(),
        french_ ? " ;" : ";", in(ways[static_cast<std::size_t>(fact.provenance)]), fact.practice,
        unused(fact.use));
  }

  void releases() {
    heading({"Statistics in which you were counted",
             "Statistiques dans lesquelles vous êtes compté(e)"});
    for (const HeldRelease& release : held_.releases) {
      line("  {}  {}{}", "  {}  {}{}", release.day, in(release.title),
           release.withdrawn ? in({" (withdrawn)", " (retirée)"}) : std::string());
    }
    if (held_.releases.empty()) {
      line("None.", "Aucune.");
    } else {
      line("They hold figures of groups of people. No record of yours has left the vault.",
           "Elles contiennent des chiffres sur des groupes de personnes. Aucune de vos données "
           "individuelles n'est sortie de l'entrepôt.");
    }
  }

  void rights() {
    heading({"What you can do", "Ce que vous pouvez faire"});
    line(
        "You can object at your practice, at any time and without a reason: from then on nothing "
        "of yours is used, and it is erased.",
        "Vous pouvez vous opposer auprès de votre cabinet, à tout moment et sans motif : vos données "
        "ne sont alors plus utilisées, et sont effacées.");
    line(
        "You can have what is wrong put right at your practice; the vault takes the correction "
        "with the next delivery of the same period.",
        "Vous pouvez faire rectifier auprès de votre cabinet ce qui est inexact ; l'entrepôt reprend "
        "la correction au prochain envoi de la même période.");
    line(
        "You can ask whoever holds the formality to erase your records or to restrict their use "
        "(General Data Protection Regulation, articles 17 and 18).",
        "Vous pouvez demander au titulaire de la formalité l'effacement de vos données ou la "
        "limitation de leur traitement (règlement général sur la protection des données, articles "
        "17 et 18).");
    line("You can complain to the authority that protects personal data; in France, the CNIL.",
         "Vous pouvez introduire une réclamation auprès de l'autorité de contrôle ; en France, la "
         "CNIL.");
  }

  const Held& held_;
  const vocabulary::Vocabulary& names_;
  bool french_;
  int section_ = 0;
  std::string text_;
};

}  // namespace

std::string answer_text(const Held& held, const vocabulary::Vocabulary& names, bool french) {
  return Writer(held, names, french).text();
}

}  // namespace parcours::subject
