#include "practice/answers.h"

#include <fmt/format.h>

#include <algorithm>

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
      line(text, language, "    {}: leaves, of {} patients", "    {} : part, pour {} patients",
           name, field.patients);
    } else {
      line(text, language, "    {}: stays; the permit does not name it ({} patients have it)",
           "    {} : reste ; l'autorisation ne la nomme pas ({} patients l'ont)", name,
           field.patients);
    }
  }
}

void add_cut(std::string& text, const Selection& chosen, Language language) {
  for (std::size_t why = 0; why < chosen.cut.size(); ++why) {
    if (chosen.cut[why] > 0) {
      line(text, language, "    {} events {}", "    {} événements {}", chosen.cut[why],
           in(language,
              words::reason(formalities::to_string(static_cast<formalities::Uncovered>(why)))));
    }
  }
  if (chosen.expired > 0) {
    line(text, language, "    {} events {}", "    {} événements {}", chosen.expired,
         in(language, words::reason(cut_as_expired)));
  }
  if (chosen.of_objectors > 0) {
    line(text, language, "    {} events of patients who object",
         "    {} événements de patients qui s'opposent", chosen.of_objectors);
  }
}

void add_unread(std::string& text, const Selection& chosen, Language language) {
  if (chosen.refused.empty() && chosen.left_out.empty()) {
    return;
  }
  line(text, language, "Not read:", "Pas lu :");
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
  line(text, language, "Under permit {} of {}, {} of {} events and {} of {} patients leave.",
       "Sous l'autorisation {} de {}, {} événements sur {} et {} patients sur {} partent.",
       permit.reference, permit.holder, chosen.events.size(), chosen.events_read,
       chosen.patients.size(), chosen.patients_read);
  if (chosen.first) {
    const Calendar calendar = permit.covers.calendar;
    line(text, language, "Their days lie between {} and {}; no time of day leaves.",
         "Leurs jours vont du {} au {} ; aucune heure ne part.", to_string(*chosen.first, calendar),
         to_string(*chosen.last, calendar));
  }
  line(text, language, "Of each event its day, kind, code and value leave:",
       "De chaque événement partent le jour, la nature, le code et la valeur :");
  add_kinds(text, chosen, language);
  line(text, language, "Of each patient a pseudonym leaves, never a name or a number; and:",
       "De chaque patient part un pseudonyme, jamais un nom ni un numéro ; et :");
  add_fields(text, chosen, language);
  line(text, language, "What stays: {} events, and {} patients of whom no event leaves.",
       "Ce qui reste : {} événements, et {} patients dont aucun événement ne part.",
       chosen.events_read - chosen.events.size(), chosen.silent);
  add_cut(text, chosen, language);
  if (permit.covers.otherwise == formalities::Otherwise::refuse && chosen.all_cut() > 0) {
    line(text, language, "The permit refuses a source with such events: nothing can be packed.",
         "L'autorisation refuse une source avec de tels événements : rien ne peut être emballé.");
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
         "Ce patient s'oppose : rien ne part.");
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
  line(text, language, "{} events of this patient leave.", "{} événements de ce patient partent.",
       shown);
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
           "Il est gardé : envoyez-le à nouveau après le paquet {}.", receipt.refused->next_number);
    } else {
      line(text, language, "It is deleted here; its number goes to the next package.",
           "Il est supprimé ici ; son numéro va au prochain paquet.");
    }
    return text;
  }
  std::uint64_t events = 0;
  for (const post::KindCount& kind : receipt.taken.events) {
    events += kind.events;
  }
  line(text, language, "The vault took package {}: {} events of {} patients. It is deleted here.",
       "L'entrepôt a pris le paquet {} : {} événements de {} patients. Il est supprimé ici.",
       receipt.number, events, receipt.taken.patients);
  if (receipt.made_anew) {
    line(text, language,
         "The vault no longer keeps its first receipt: it does not say again what stayed out.",
         "L'entrepôt ne garde plus son premier accusé : il ne redit pas ce qui est resté dehors.");
  }
  if (receipt.old_card) {
    line(text, language,
         "It was sealed to an old key of the vault, which is soon destroyed. Ask the collector for "
         "the renewal, and take it: parcours-practice card FOLDER --renewal FILE",
         "Il était scellé avec une ancienne clé de l'entrepôt, bientôt détruite. Demandez le "
         "renouvellement au collecteur, et prenez-le : parcours-practice card DOSSIER --renewal "
         "FICHIER");
  }
  for (const auto* some : {&receipt.taken.cut, &receipt.taken.refused_rows}) {
    for (const post::CutCount& cut : *some) {
      line(text, language, "    {} rows stayed out: {}", "    {} lignes laissées dehors : {}",
           cut.rows, in(language, words::reason(cut.reason)));
    }
  }
  if (receipt.taken.objections > 0) {
    line(text, language,
         "It noted {} objections: nothing of these patients is read there any more.",
         "Il a noté {} oppositions : plus rien de ces patients n’y est lu.",
         receipt.taken.objections);
  }
  if (receipt.taken.withdrawn > 0) {
    line(text, language,
         "It noted that {} objections are withdrawn: it takes what is sent of these patients from "
         "now on. What came before does not come back.",
         "Il a noté {} oppositions retirées : il prend ce qui est envoyé de ces patients à partir "
         "de maintenant. Ce qui était venu avant ne revient pas.",
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
