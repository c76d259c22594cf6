// parcours-practice objections, subject.
#include <fmt/format.h>

#include <memory>

#include "base/files.h"
#include "practice/access.h"
#include "practice/deeds.h"
#include "practice/verbs.h"
#include "practice/words.h"

namespace parcours::practice {
namespace {

struct ObjectionWords {
  std::string folder, file;
  std::vector<std::string> add, withdraw;
  bool count = false;
};

Status note_objections(const ObjectionWords& told, Session& s) {
  ASSIGN_OR_RETURN(Office office, Office::open(told.folder, s.language));
  std::vector<std::string> numbers = told.add;
  if (!told.file.empty()) {
    ASSIGN_OR_RETURN(const std::vector<std::string> more, numbers_in(told.file));
    numbers.insert(numbers.end(), more.begin(), more.end());
  }
  if (numbers.empty() && told.withdraw.empty() && !told.count) {
    return complain(s.language, words::no_number(), "objections");
  }
  ASSIGN_OR_RETURN(const std::uint64_t added, object(office, numbers));
  ASSIGN_OR_RETURN(const std::uint64_t taken_back, take_back(office, told.withdraw));
  ASSIGN_OR_RETURN(const Objections objections, office.objections());
  const std::string text = fmt::format(
      fmt::runtime(in(
          s.language,
          {"{} new, {} withdrawn; {} patients object. The next package tells the vault of both; of "
           "who withdraws it takes what is sent from then on.\n",
           "Oppositions ajoutées : {} ; retirées : {} ; patients qui s'opposent : {}. Le prochain paquet "
           "en informe l'entrepôt ; d'un patient qui retire la sienne, il accepte ce qui est envoyé ensuite.\n"})),
      added, taken_back, objections.count());
  answer(s, text, {{"added", added}, {"withdrawn", taken_back}, {"patients", objections.count()}});
  return {};
}

struct SubjectWords {
  std::string folder, patient, out, open;
};

Status ask_vault(const SubjectWords& told, Session& s) {
  ASSIGN_OR_RETURN(Office office, Office::open(told.folder, s.language));
  ASSIGN_OR_RETURN(const std::string request, ask(office, told.patient));
  RETURN_IF_ERROR(write_file(told.out, request));
  answer(
      s,
      fmt::format(fmt::runtime(in(s.language,
                                  {"Wrote {}. Send it to the collector, who answers with a "
                                   "sealed letter; open it with --open.\n",
                                   "Demande écrite dans {}. Envoyez-la au collecteur, qui répond "
                                   "par une lettre scellée ; ouvrez-la avec --open.\n"})),
                  told.out),
      {{"file", told.out}});
  return {};
}

Status tell_patient(const SubjectWords& told, Session& s) {
  ASSIGN_OR_RETURN(Office office, Office::open(told.folder, s.language));
  ASSIGN_OR_RETURN(const std::string text, read_answer(office, told.open));
  answer(s, text, {{"text", text}});
  return {};
}

void add_objections(CLI::App& root, Session& session) {
  auto told = std::make_shared<ObjectionWords>();
  CLI::App* verb =
      add_verb(root, session, "objections",
               {"Note the patients who object; their numbers are not stored",
                "Enregistrer les patients qui s'opposent ; leurs numéros ne sont pas conservés"},
               "objections cabinet/ --add 1042");
  add_folder(verb, session, told->folder);
  verb->add_option(
      "--add", told->add,
      in(session.language, {"Patients' numbers, as the software's export has them",
                            "Des numéros de patients, tels que dans l'export du logiciel"}));
  verb->add_option(
      "--add-file", told->file,
      in(session.language, {"A file with a number a line", "Un fichier, un numéro par ligne"}));
  verb->add_option("--withdraw", told->withdraw,
                   in(session.language,
                      {"Patients who no longer object", "Des patients qui ne s'opposent plus"}));
  verb->add_flag("--count", told->count,
                 in(session.language, {"Say how many object", "Indiquer combien s'opposent"}));
  work(verb, session, [told](Session& s) { return note_objections(*told, s); });
}

void add_subject(CLI::App& root, Session& session) {
  auto told = std::make_shared<SubjectWords>();
  CLI::App* verb = add_verb(
      root, session, "subject",
      {"Ask the vault what it holds of a patient, for the patient; read its answer",
       "Demander à l'entrepôt, pour un patient, ce qu'il détient à son sujet ; lire la réponse"},
      "subject cabinet/ --patient 1042 --out cabinet-012.request");
  add_folder(verb, session, told->folder);
  verb->add_option("--patient", told->patient,
                   in(session.language, {"The patient's number, as the software's export has it",
                                         "Le numéro du patient, tel que dans l'export"}));
  verb->add_option(
      "--out", told->out,
      in(session.language, {"The new file for the request; it names nobody",
                            "Le fichier à créer pour la demande ; il ne nomme personne"}));
  verb->add_option("--open", told->open,
                   in(session.language, {"The vault's sealed answer: print it for the patient",
                                         "La réponse scellée de l'entrepôt : l'imprimer pour le "
                                         "patient"}));
  work(verb, session, [told](Session& s) -> Status {
    const bool asks = !told->patient.empty() && !told->out.empty();
    if (asks == !told->open.empty()) {
      return complain(s.language, words::ask_or_open(), "subject");
    }
    return asks ? ask_vault(*told, s) : tell_patient(*told, s);
  });
}

}  // namespace

void add_patient_verbs(CLI::App& root, Session& session) {
  add_objections(root, session);
  add_subject(root, session);
}

}  // namespace parcours::practice
