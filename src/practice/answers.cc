#include "practice/answers.h"

#include <fmt/format.h>

#include <algorithm>

#include "practice/counted.h"
#include "practice/words.h"
#include "records/record.h"
#include "vocabulary/kinds.h"

namespace parcours::practice {
namespace {

template <class... T>
void line(std::string& text, Language language, fmt::format_string<const T&...> en,
          fmt::format_string<const T&...> fr, const T&... values) {
  text += language == Language::fr ? fmt::format(fr, values...) : fmt::format(en, values...);
  text += '\n';
}

void add_kinds(std::string& text, const Selection& chosen, Language language) {
  for (std::size_t kind = 0; kind < chosen.leaving.size(); ++kind) {
    if (chosen.leaving[kind] > 0) {
      line(text, language, "    {} {}", "    {} {}", chosen.leaving[kind],
           in(language, vocabulary::words_of_kind(static_cast<vocabulary::KindId>(kind))));
    }
  }
}

void add_fields(std::string& text, const Selection& chosen, Language language) {
  for (const FieldCount& field : chosen.fields) {
    const std::string name = in(language, words::field(field.name));
    if (field.leaves) {
      line(text, language, "    {}: leaves, of {}", "    {} : transmis pour {}", name,
           in(language, counted(field.patients, Noun::patient)));
    } else {
      line(
          text, language, "    {}: stays; the permit does not name it (known of {})",
          "    {} : reste au cabinet, car la formalité ne prévoit pas cette donnée (connue pour {})",
          name, in(language, counted(field.patients, Noun::patient)));
    }
  }
}

void add_cut(std::string& text, const Selection& chosen, Language language) {
  for (std::size_t why = 0; why < chosen.cut.size(); ++why) {
    if (chosen.cut[why] > 0) {
      line(text, language, "    {} {}", "    {} {}",
           in(language, counted(chosen.cut[why], Noun::event)),
           in(language,
              words::reason(formalities::to_string(static_cast<formalities::Uncovered>(why)))));
    }
  }
  if (chosen.expired > 0) {
    line(text, language, "    {} {}", "    {} {}",
         in(language, counted(chosen.expired, Noun::event)),
         in(language, words::reason(cut_as_expired)));
  }
  if (chosen.of_objectors > 0) {
    line(text, language, "    {} of patients who object", "    {} de patients qui s'opposent",
         in(language, counted(chosen.of_objectors, Noun::event)));
  }
}

void add_unread(std::string& text, const Selection& chosen, Language language) {
  if (chosen.refused.empty() && chosen.left_out.empty()) {
    return;
  }
  line(text, language, "Not read:", "Éléments non lus :");
  for (const auto* some : {&chosen.refused, &chosen.left_out}) {
    for (const ingest::ReasonCount& one : *some) {
      text += fmt::format("    {} {}\n", one.rows, in(language, words::reason(one.reason)));
    }
  }
}

}  // namespace

std::string selection_text(const Selection& chosen, const formalities::Permit& permit,
                           Language language) {
  std::string text;
  const auto of = [&](std::size_t some, std::uint64_t all, Noun noun) {
    return in(language, {fmt::format("{} of {}", some, counted(all, noun).en),
                         fmt::format("{} sur {}", counted(some, noun).fr, all)});
  };
  line(text, language, "Under permit {} of {}, {} and {} leave.",
       "Sous la formalité {} ({}), sont transmis : {} et {}.", permit.reference, permit.holder,
       of(chosen.events.size(), chosen.events_read, Noun::event),
       of(chosen.patients.size(), chosen.patients_read, Noun::patient));
  if (chosen.first) {
    const Calendar calendar = permit.covers.calendar;
    line(text, language, "Their days lie between {} and {}; no time of day leaves.",
         "Leurs dates vont du {} au {} ; aucune heure n'est transmise.",
         to_string(*chosen.first, calendar), to_string(*chosen.last, calendar));
  }
  line(text, language, "Of each event its day, kind, code and value leave:",
       "De chaque événement sont transmis la date, la nature, le code et la valeur :");
  add_kinds(text, chosen, language);
  line(text, language, "Of each patient a pseudonym leaves, never a name or a number; and:",
       "De chaque patient est transmis un pseudonyme, jamais un nom ni un numéro, ainsi que :");
  add_fields(text, chosen, language);
  line(text, language, "What stays: {}, and {} of whom no event leaves.",
       "Restent au cabinet : {}, et {} dont aucun événement n'est transmis.",
       in(language, counted(chosen.events_read - chosen.events.size(), Noun::event)),
       in(language, counted(chosen.silent, Noun::patient)));
  add_cut(text, chosen, language);
  if (permit.covers.otherwise == formalities::Otherwise::refuse && chosen.all_cut() > 0) {
    line(
        text, language, "The permit refuses a source with such events: nothing can be packed.",
        "La formalité prévoit le refus d'une source qui contient de tels événements : aucun paquet ne "
        "peut être préparé.");
  }
  add_unread(text, chosen, language);
  return text;
}

Json selection_json(const Selection& chosen) {
  Json json = {{"patients", chosen.patients.size()},
               {"patients_read", chosen.patients_read},
               {"events", chosen.events.size()},
               {"events_read", chosen.events_read},
               {"kinds", Json::object()},
               {"fields", Json::object()},
               {"cut", Json::object()},
               {"events_of_objectors", chosen.of_objectors},
               {"not_read", Json::object()}};
  for (std::size_t kind = 0; kind < chosen.leaving.size(); ++kind) {
    if (chosen.leaving[kind] > 0) {
      json["kinds"][vocabulary::kinds()[kind]] = chosen.leaving[kind];
    }
  }
  for (const FieldCount& field : chosen.fields) {
    json["fields"][field.name] = {{"leaves", field.leaves}, {"patients", field.patients}};
  }
  for (std::size_t why = 0; why < chosen.cut.size(); ++why) {
    if (chosen.cut[why] > 0) {
      json["cut"][std::string(formalities::to_string(static_cast<formalities::Uncovered>(why)))] =
          chosen.cut[why];
    }
  }
  if (chosen.expired > 0) {
    json["cut"][std::string(cut_as_expired)] = chosen.expired;
  }
  for (const auto* some : {&chosen.refused, &chosen.left_out}) {
    for (const ingest::ReasonCount& one : *some) {
      json["not_read"][one.reason] = one.rows;
    }
  }
  return json;
}

std::string patient_text(const Selection& chosen, const records::PatientId& patient,
                         const formalities::Permit& permit, Language language) {
  std::string text;
  if (std::ranges::find(chosen.objectors, patient) != chosen.objectors.end()) {
    line(text, language, "This patient objects: nothing leaves.",
         "Ce patient s'oppose : rien n'est transmis.");
    return text;
  }
  const auto row = std::ranges::find(chosen.patients, patient,
                                     [](const rows::PatientRow& one) { return one.patient.id; });
  if (row != chosen.patients.end()) {
    const records::Patient& known = row->patient;
    constexpr const char* sexes[] = {"-", "F", "M"};
    line(text, language, "Birth year {}, sex {}, place {}; as a pseudonym {:016x}{:016x}.",
         "Année de naissance {}, sexe {}, lieu {} ; sous le pseudonyme {:016x}{:016x}.",
         known.birth_year == records::no_birth_year ? "-" : std::to_string(known.birth_year),
         sexes[static_cast<std::size_t>(known.sex)],
         known.place == vocabulary::no_code ? "-" : chosen.codes[known.place].code, patient.high,
         patient.low);
  }
  std::uint64_t shown = 0;
  for (const rows::EventRow& event : chosen.events) {
    if (event.patient == patient) {
      const vocabulary::Code& code = chosen.codes[event.code];
      text += fmt::format("    {}  {}  {} {}{}\n", to_string(event.day, permit.covers.calendar),
                          vocabulary::kinds()[event.kind], code.system, code.code,
                          records::has_value(event.value) ? fmt::format("  {}", event.value) : "");
      ++shown;
    }
  }
  line(text, language, "Events of this patient that leave: {}.",
       "Événements de ce patient qui sont transmis : {}.", shown);
  return text;
}

std::string receipt_text(const Answered& answered, Language language) {
  const post::Receipt& receipt = answered.receipt;
  std::string text;
  if (receipt.refused) {
    line(text, language, "The vault refused package {}: {}",
         "L'entrepôt a refusé le paquet {} : {}", receipt.number,
         in(language, post::sentence(receipt.refused->why)));
    if (answered.waits) {
      line(text, language, "It is kept: send it again after package {}.",
           "Il est conservé : envoyez-le de nouveau après le paquet {}.",
           receipt.refused->next_number);
    } else {
      line(text, language, "It is deleted here; its number goes to the next package.",
           "Il est supprimé ici ; le prochain paquet prendra son numéro.");
    }
    return text;
  }
  std::uint64_t events = 0;
  for (const post::KindCount& kind : receipt.taken.events) {
    events += kind.events;
  }
  line(text, language, "The vault took package {}: {} of {}. It is deleted here.",
       "L'entrepôt a accepté le paquet {} : {} de {}. Ce paquet est supprimé ici.", receipt.number,
       in(language, counted(events, Noun::event)),
       in(language, counted(receipt.taken.patients, Noun::patient)));
  if (receipt.made_anew) {
    line(
        text, language,
        "The vault no longer keeps its first receipt: it does not say again what stayed out.",
        "L'entrepôt ne conserve plus son premier accusé de réception : celui-ci ne répète pas ce qui a "
        "été écarté.");
  }
  if (receipt.old_card) {
    line(
        text, language,
        "It was sealed to an old key of the vault, which is soon destroyed. Ask the collector for "
        "the renewal, and take it: parcours-practice card FOLDER --renewal FILE",
        "Il était scellé avec une ancienne clé de l'entrepôt, bientôt détruite. Demandez le "
        "renouvellement au collecteur, puis enregistrez-le : parcours-practice card DOSSIER --renewal "
        "FICHIER");
  }
  for (const auto* some : {&receipt.taken.cut, &receipt.taken.refused_rows}) {
    for (const post::CutCount& cut : *some) {
      line(text, language, "    stayed out: {}, {}", "    écarté : {}, {}",
           in(language, counted(cut.rows, Noun::row)), in(language, words::reason(cut.reason)));
    }
  }
  if (receipt.taken.objections > 0) {
    line(text, language,
         "It noted objections: {}. Nothing of these patients is read there any more.",
         "Oppositions enregistrées : {}. Les données de ces patients n'y sont plus utilisées.",
         receipt.taken.objections);
  }
  if (receipt.taken.withdrawn > 0) {
    line(
        text, language,
        "It noted objections that are withdrawn: {}. It takes what is sent of these patients from "
        "now on. What came before does not come back.",
        "Oppositions retirées : {}. L'entrepôt accepte ce qui est envoyé désormais de ces patients ; "
        "ce qui avait été envoyé avant ne revient pas.",
        receipt.taken.withdrawn);
  }
  return text;
}

Json receipt_json(const Answered& answered) {
  const auto& refusal = answered.receipt.refused;
  return {{"number", answered.receipt.number},
          {"result", refusal ? "refused" : "taken"},
          {"reason", refusal ? std::string(post::to_string(refusal->why)) : ""},
          {"waits", answered.waits},
          {"old_card", answered.receipt.old_card}};
}

std::string log_text(const std::vector<Entry>& entries, Language language) {
  std::string text;
  for (const Entry& entry : entries) {
    text += fmt::format("{}  {}\n", entry.at, in(language, words::sentence(entry)));
  }
  return text;
}

}  // namespace parcours::practice
