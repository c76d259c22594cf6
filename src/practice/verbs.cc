#include "practice/verbs.h"

#include <cstdlib>

#include "base/memory.h"
#include "program/entry_point.h"
#include "program/say.h"

namespace parcours::practice {
namespace {

// Before the command line is read, because its help is in that language.
Language language_asked_for(const std::vector<std::string>& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == "--language" && i + 1 < words.size()) {
      return language_of(words[i + 1]);
    }
    if (words[i].starts_with("--language=")) {
      return language_of(std::string_view(words[i]).substr(11));
    }
  }
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): no other thread runs
    if (value != nullptr && *value != '\0') {
      return language_of(value);
    }
  }
  return Language::en;
}

}  // namespace

CLI::App* add_verb(CLI::App& root, Session& session, const std::string& name, const Text& what,
                   const std::string& example) {
  CLI::App* verb = root.add_subcommand(name, in(session.language, what));
  verb->add_flag("--json", session.json,
                 in(session.language, {"Print the answer as JSON, for programs",
                                       "Donner la réponse en JSON, pour des programmes"}));
  verb->add_flag("--quiet,-q", session.quiet,
                 in(session.language, {"Show no progress", "Ne pas afficher l'avancement"}));
  verb->footer(in(session.language, {"Example:", "Exemple :"}) + "\n  parcours-practice " +
               example);
  verb->fallthrough();  // --language may stand after the verb
  return verb;
}

void work(CLI::App* verb, Session& session, std::function<Status(Session&)> work) {
  verb->callback([&session, work = std::move(work)] { session.work = work; });
}

void add_folder(CLI::App* verb, const Session& session, std::string& folder) {
  verb->add_option(in(session.language, {"folder", "dossier"}), folder,
                   in(session.language, {"The practice's folder", "Le dossier du cabinet"}))
      ->required();
}

void answer(const Session& session, const std::string& text, const Json& json) {
  if (session.json) {
    program::say_json(json);
  } else {
    program::say_lines(text);
  }
}

Status run(const std::vector<std::string>& words, Stop& stop) {
  Session session{.stop = stop, .language = language_asked_for(words)};
  CLI::App app(in(session.language,
                  {"What a doctor's practice does: it sends the records that a permit covers, "
                   "under pseudonyms, and nothing else",
                   "Le programme d'un cabinet médical : il envoie, sous pseudonymes, les données "
                   "que couvre une formalité, et rien d'autre"}),
               "parcours-practice");
  std::string language;
  app.add_option(
         "--language", language,
         in(session.language, {"en or fr; else as LANG says", "en ou fr ; sinon selon LANG"}))
      ->check(CLI::IsMember({"en", "fr"}));
  app.set_version_flag("--version", PARCOURS_PRACTICE_VERSION);
  app.require_subcommand(1);
  app.get_formatter()->column_width(34);
  add_joining_verbs(app, session);
  add_packing_verbs(app, session);
  add_patient_verbs(app, session);
  ASSIGN_OR_RETURN(const bool asked, program::read_words(app, words));
  if (!asked) {
    return {};
  }
  limit_memory(0);  // to the machine's
  return session.work(session);
}

}  // namespace parcours::practice
