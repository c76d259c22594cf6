// parcours study check: says in plain words what a study will count, or names every mistake in it.

#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/files.h"
#include "cli/command.h"
#include "cli/say.h"
#include "study/plan.h"
#include "study/sentences.h"
#include "vault/vault.h"

namespace parcours {
namespace {

struct StudyCheckOptions {
  std::string file;
  std::string vault;
};

// What a vault adds: its calendar, and what its codes and its period have to say.
std::vector<Error> mistakes_with(const Vault& vault, const Study& study,
                                 const Vocabulary& vocabulary) {
  std::optional<std::pair<Day, Day>> period;
  if (const auto known = vault.period()) {
    period = std::pair(known->first, known->last);
  }
  return Plan::mistakes(study, vault.codes(), vocabulary, vault.practices(), vault.calendar(),
                        period);
}

void print_json(const StudyCheckOptions& options, const std::vector<std::string>& sentences,
                const std::vector<Error>& mistakes) {
  nlohmann::json answer = {
      {"file", options.file}, {"sentences", sentences}, {"mistakes", nlohmann::json::array()}};
  for (const Error& mistake : mistakes) {
    answer["mistakes"].push_back(
        {{"where", mistake.where}, {"found", mistake.found}, {"right", mistake.right}});
  }
  say_json(answer);
}

void print_text(const std::vector<std::string>& sentences, const std::vector<Error>& mistakes) {
  for (const std::string& sentence : sentences) {
    say("{}\n", sentence);
  }
  for (const Error& mistake : mistakes) {
    say("{}\n", mistake.sentence());
  }
}

Status check_study(const StudyCheckOptions& options, const Session& session) {
  ASSIGN_OR_RETURN(const std::string text, read_file(options.file, largest_study_file));
  std::optional<Vault> vault;
  if (!options.vault.empty()) {
    ASSIGN_OR_RETURN(Vault opened, Vault::open(options.vault));
    vault.emplace(std::move(opened));
  }
  const Calendar calendar = vault ? vault->calendar() : calendar_of_study(text);
  const Vocabulary vocabulary = Vocabulary::built_in();
  Examined examined = examine_study(text, options.file, calendar);
  if (vault && examined.mistakes.empty()) {
    examined.mistakes = mistakes_with(*vault, examined.study, vocabulary);
  }
  std::vector<std::string> sentences;
  if (examined.mistakes.empty()) {
    for (Label& sentence : in_sentences(examined.study, vocabulary, calendar)) {
      sentences.push_back(std::move(sentence.en));
    }
  }
  session.json ? print_json(options, sentences, examined.mistakes)
               : print_text(sentences, examined.mistakes);
  const std::size_t many = examined.mistakes.size();
  if (many > 0) {
    return bad_input(fmt::format("the study has {} mistake{}", many, many == 1 ? "" : "s"),
                     options.file);
  }
  return {};
}

}  // namespace

void add_study_check(CLI::App& root, Session& session) {
  auto options = std::make_shared<StudyCheckOptions>();
  CLI::App* study = group(root, "study", "Check or count a study");
  CLI::App* verb = study->add_subcommand(
      "check", "Say in plain words what a study will count, or name every mistake in it");
  verb->add_option("file", options->file, "The study file (TOML)")->required();
  verb->add_option("--vault", options->vault,
                   "Also check the study against the codes, places and period of this vault");
  finish(verb, session, "parcours study check study.toml --vault panel.vault",
         [options](Session& s) { return check_study(*options, s); });
}

}  // namespace parcours
