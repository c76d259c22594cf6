// parcours-practice objections.
#include <fmt/format.h>

#include <memory>

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
          {"{} new, {} withdrawn; {} patients object. The next package tells the vault of new ones; "
           "what a vault was told stands there for good.\n",
           "{} de plus, {} retirées ; {} patients s'opposent. Le prochain paquet dit les "
           "nouvelles au coffre ; ce qui lui a été dit y reste.\n"})),
      added, taken_back, objections.count());
  answer(s, text, {{"added", added}, {"withdrawn", taken_back}, {"patients", objections.count()}});
  return {};
}

}  // namespace

void add_patient_verbs(CLI::App& root, Session& session) {
  auto told = std::make_shared<ObjectionWords>();
  CLI::App* verb =
      add_verb(root, session, "objections",
               {"Note the patients who object; their numbers are not stored",
                "Noter les patients qui s'opposent ; leurs numéros ne sont pas gardés"},
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
                 in(session.language, {"Say how many object", "Dire combien s'opposent"}));
  work(verb, session, [told](Session& s) { return note_objections(*told, s); });
}

}  // namespace parcours::practice
