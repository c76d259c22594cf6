// parcours-practice preview, pack, send, receipt.
#include <fmt/format.h>
#include <unistd.h>

#include <memory>

#include "base/letters.h"
#include "practice/exchange.h"
#include "practice/pack.h"
#include "practice/step_one.h"
#include "practice/verbs.h"
#include "practice/words.h"

namespace parcours::practice {
namespace {

struct SourceWords {
  std::string folder, mapping, period, patient;
  std::vector<std::string> from;
};

void add_source(CLI::App* verb, const Session& session, SourceWords& told) {
  add_folder(verb, session, told.folder);
  verb->add_option(
          "--from", told.from,
          in(session.language,
             {"The software's export: FHIR, CDA, or the folder of the mapping's CSV files",
              "L'export du logiciel : FHIR, CDA, ou le dossier des CSV que décrit le fichier de correspondance"}))
      ->required();
  verb->add_option("--mapping", told.mapping,
                   in(session.language, {"Instead of the mapping.toml of the practice's folder",
                                         "À la place du mapping.toml du dossier du cabinet"}));
}

PackOptions options_of(const SourceWords& told) {
  return {.from = told.from, .mapping = told.mapping, .period = told.period};
}

Result<records::PatientId> patient_called(const Office& office, const SourceWords& told) {
  const Day day = parse_iso_day(told.period).value_or(today());
  const std::string label = label_of(office.permit().covers.new_keys, day);
  if (!office.state().keys.contains(label)) {
    return refuse(office.language(), words::key_missing(label));
  }
  ASSIGN_OR_RETURN(const records::ProgrammeKey key, read_key(key_file(office.folder(), label)));
  return records::pseudonym(records::pseudonym_hash(key), trimmed(told.patient));
}

Status show_preview(const SourceWords& told, Session& s) {
  if (!told.patient.empty() && (s.json || ::isatty(STDOUT_FILENO) == 0)) {
    return complain(s.language, words::terminal_only(), "--patient");
  }
  ASSIGN_OR_RETURN(const Office office, Office::open(told.folder, s.language));
  Progress progress(Progress::manner_for_stderr(s.quiet || s.json));
  ASSIGN_OR_RETURN(const Selection chosen, preview(office, options_of(told), s.stop, &progress));
  if (!told.patient.empty()) {
    ASSIGN_OR_RETURN(const records::PatientId patient, patient_called(office, told));
    answer(s, patient_text(chosen, patient, office.permit(), s.language), {});
    return {};
  }
  std::string text;
  for (const Text& sentence : formalities::sentences(office.permit())) {
    text += in(s.language, sentence) + "\n";
  }
  answer(s, text + "\n" + selection_text(chosen, office.permit(), s.language),
         selection_json(chosen));
  return {};
}

void add_preview(CLI::App& root, Session& session) {
  auto told = std::make_shared<SourceWords>();
  CLI::App* verb = add_verb(
      root, session, "preview",
      {"Show what would leave and what is cut, and why; nothing is written",
       "Montrer ce qui serait transmis, ce qui est écarté, et pourquoi ; rien n'est écrit"},
      "preview cabinet/ --from export/");
  add_source(verb, session, *told);
  verb->add_option(
      "--patient", told->patient,
      in(session.language,
         {"A patient's number at the source: show their rows, on the terminal alone",
          "Le numéro d'un patient à la source : afficher ses lignes, à l'écran seulement"}));
  work(verb, session, [told](Session& s) { return show_preview(*told, s); });
}

void add_pack(CLI::App& root, Session& session) {
  auto told = std::make_shared<SourceWords>();
  CLI::App* verb = add_verb(root, session, "pack",
                            {"Make a sealed package of what the permit covers",
                             "Préparer un paquet scellé de ce que couvre la formalité"},
                            "pack cabinet/ --from export/ --period 2026-11-27");
  add_source(verb, session, *told);
  verb->add_option("--period", told->period,
                   in(session.language,
                      {"The day of the export: 2026-11-27", "Le jour de l'export : 2026-11-27"}))
      ->required();
  work(verb, session, [told](Session& s) -> Status {
    ASSIGN_OR_RETURN(Office office, Office::open(told->folder, s.language));
    Progress progress(Progress::manner_for_stderr(s.quiet || s.json));
    ASSIGN_OR_RETURN(const Packed packed, pack(office, options_of(*told), s.stop, &progress));
    Json json = {{"number", packed.number},
                 {"file", packed.file.string()},
                 {"objections", packed.objections}};
    json.update(selection_json(packed.selection));
    answer(
        s,
        selection_text(packed.selection, office.permit(), s.language) +
            fmt::format("{} {}\n", in(s.language, {"Packed:", "Préparé :"}), packed.file.string()),
        json);
    return {};
  });
}

void add_send(CLI::App& root, Session& session) {
  struct Words {
    std::string folder, to;
  };
  auto told = std::make_shared<Words>();
  CLI::App* verb = add_verb(root, session, "send",
                            {"Copy the packages that wait into a folder",
                             "Copier dans un dossier les paquets en attente"},
                            "send cabinet/ --to /media/usb");
  add_folder(verb, session, told->folder);
  verb->add_option("--to", told->to,
                   in(session.language, {"A folder from which they go to the collector",
                                         "Un dossier d'où ils partent chez le collecteur"}))
      ->required();
  work(verb, session, [told](Session& s) -> Status {
    ASSIGN_OR_RETURN(Office office, Office::open(told->folder, s.language));
    ASSIGN_OR_RETURN(const std::vector<Sent> sent, send(office, told->to));
    std::string text;
    Json json = Json::array();
    for (const Sent& one : sent) {
      text += one.file.string() + "\n";
      json.push_back({{"number", one.number}, {"file", one.file.string()}});
    }
    answer(s, text, json);
    return {};
  });
}

void add_receipt(CLI::App& root, Session& session) {
  struct Words {
    std::string folder;
    std::vector<std::string> files;
  };
  auto told = std::make_shared<Words>();
  CLI::App* verb = add_verb(
      root, session, "receipt",
      {"Take the vault's receipts, and delete the packages that they answer",
       "Enregistrer les accusés de réception de l'entrepôt, et supprimer les paquets auxquels ils répondent"},
      "receipt cabinet/ cabinet-012-000001.receipt");
  add_folder(verb, session, told->folder);
  verb->add_option(
          "files", told->files,
          in(session.language, {"The vault's receipts", "Les accusés de réception de l'entrepôt"}))
      ->required();
  work(verb, session, [told](Session& s) -> Status {
    ASSIGN_OR_RETURN(Office office, Office::open(told->folder, s.language));
    std::string text;
    Json json = Json::array();
    Status status;
    for (const std::string& file : told->files) {
      const Result<Answered> answered = take_receipt(office, file);
      if (!answered) {
        status = std::unexpected(answered.error());
        break;  // what was taken before it is told all the same
      }
      text += receipt_text(*answered, s.language);
      json.push_back(receipt_json(*answered));
    }
    answer(s, text, json);
    return status;
  });
}

}  // namespace

void add_packing_verbs(CLI::App& root, Session& session) {
  add_preview(root, session);
  add_pack(root, session);
  add_send(root, session);
  add_receipt(root, session);
}

}  // namespace parcours::practice
