// parcours study check: says in plain words what a study will count, or names every mistake in it.

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/files.h"
#include "cli/command.h"
#include "cli/vault_option.h"
#include "crowds/beyond_count.h"
#include "page/numbers.h"
#include "program/say.h"
#include "study/names.h"
#include "study/phrases.h"
#include "study/plan.h"
#include "study/sentences.h"
#include "study/windows.h"
#include "vault/vault.h"

namespace parcours::cli {
namespace {

struct StudyCheckOptions {
  std::string file;
  VaultOption vault;
};

// What a vault adds: its calendar, and what its codes and its period have to say.
std::vector<Error> mistakes_with(const vault::Vault& vault, const study::Study& study,
                                 const vocabulary::Vocabulary& vocabulary) {
  std::optional<std::pair<Day, Day>> period;
  if (const auto known = vault.period()) {
    period = std::pair(known->first, known->last);
  }
  return study::Plan::mistakes(study, vault.codes(), vocabulary, vault.practices(),
                               vault.calendar(), period);
}

// The windows of a study, and whom they reach beyond the records of.
struct CheckedWindows {
  std::vector<study::StudyWindow> windows;
  crowds::BeyondCount counted;
};

Result<CheckedWindows> check_windows(const vault::Vault& vault, const study::Study& study,
                                     const vocabulary::Vocabulary& vocabulary, Session& session) {
  CheckedWindows checked{study::windows_of(study, vocabulary), {}};
  std::optional<std::pair<Day, Day>> period;
  if (const auto known = vault.period()) {
    period = std::pair(known->first, known->last);
  }
  ASSIGN_OR_RETURN(const study::Plan plan,
                   study::Plan::make(study, vault.codes(), vocabulary, vault.practices(),
                                     vault.calendar(), period));
  Progress progress(session.progress_manner());
  ASSIGN_OR_RETURN(checked.counted,
                   crowds::count_beyond(vault, plan, checked.windows, progress, session.stop));
  return checked;
}

std::string looks_through(const study::StudyWindow& window) {
  std::vector<std::string> names;
  std::ranges::transform(window.of, std::back_inserter(names), &tables::Label::en);
  return fmt::format("{}", fmt::join(names, ", "));
}

std::vector<std::string> window_sentences(const CheckedWindows& checked) {
  std::vector<std::string> sentences;
  const crowds::BeyondCount& all = checked.counted;
  for (std::size_t w = 0; w < checked.windows.size(); ++w) {
    const study::StudyWindow& window = checked.windows[w];
    const auto tell = [&](const crowds::BeyondCount::End& end, const char* what) {
      if (end.patients > 0) {
        sentences.push_back(fmt::format(
            "For {} of {} patients, in {} of {} practices, the window {} ({}) {} that their "
            "practice sent.",
            page::grouped(end.patients), page::grouped(all.patients), page::grouped(end.practices),
            page::grouped(all.practices), study::time_phrase(window.window, false).en,
            looks_through(window), what));
      }
    };
    tell(all.windows[w].before, "begins before the first record");
    tell(all.windows[w].after, "ends after the last record");
  }
  if (sentences.empty() && !checked.windows.empty()) {
    sentences.emplace_back("No window reaches beyond what the practices sent.");
  }
  return sentences;
}

nlohmann::json windows_json(const CheckedWindows& checked) {
  nlohmann::json list = nlohmann::json::array();
  for (std::size_t w = 0; w < checked.windows.size(); ++w) {
    const study::StudyWindow& window = checked.windows[w];
    const crowds::BeyondCount::OfWindow& counted = checked.counted.windows[w];
    list.push_back({{"first", window.window.first},
                    {"last", window.window.last},
                    {"of", looks_through(window)},
                    {"patients_before", counted.before.patients},
                    {"practices_before", counted.before.practices},
                    {"patients_after", counted.after.patients},
                    {"practices_after", counted.after.practices}});
  }
  return {{"patients", checked.counted.patients},
          {"practices", checked.counted.practices},
          {"windows", list}};
}

void print_json(const StudyCheckOptions& options, const std::vector<std::string>& sentences,
                const std::vector<Error>& mistakes, const std::optional<CheckedWindows>& windows) {
  nlohmann::json answer = {
      {"file", options.file}, {"sentences", sentences}, {"mistakes", nlohmann::json::array()}};
  for (const Error& mistake : mistakes) {
    answer["mistakes"].push_back(
        {{"where", mistake.where}, {"found", mistake.found}, {"right", mistake.right}});
  }
  if (windows) {
    answer["records"] = windows_json(*windows);
  }
  program::say_json(answer);
}

void print_text(const std::vector<std::string>& sentences, const std::vector<Error>& mistakes,
                const std::optional<CheckedWindows>& windows) {
  for (const std::string& sentence : sentences) {
    program::say("{}\n", sentence);
  }
  for (const Error& mistake : mistakes) {
    program::say("{}\n", mistake.sentence());
  }
  for (const std::string& sentence :
       windows ? window_sentences(*windows) : std::vector<std::string>()) {
    program::say("{}\n", sentence);
  }
}

Status check_study(const StudyCheckOptions& options, Session& session) {
  ASSIGN_OR_RETURN(const std::string text, read_file(options.file, study::largest_study_file));
  std::optional<vault::Vault> vault;
  if (!options.vault.path.empty()) {
    ASSIGN_OR_RETURN(const vault::VaultPlace place, options.vault.unlocked());
    ASSIGN_OR_RETURN(vault::Vault opened, vault::Vault::open(place));
    vault.emplace(std::move(opened));
  }
  const Calendar calendar = vault ? vault->calendar() : study::calendar_of_study(text);
  vocabulary::Vocabulary vocabulary = vocabulary::Vocabulary::built_in();
  study::Examined examined = study::examine_study(text, options.file, calendar);
  if (vault && examined.mistakes.empty()) {
    ASSIGN_OR_RETURN(vocabulary, study::vocabulary_of(examined.study, vault->codes()));
    examined.mistakes = mistakes_with(*vault, examined.study, vocabulary);
  }
  std::vector<std::string> sentences;
  if (examined.mistakes.empty()) {
    for (tables::Label& sentence : study::in_sentences(examined.study, vocabulary, calendar)) {
      sentences.push_back(std::move(sentence.en));
    }
  }
  std::optional<CheckedWindows> windows;
  if (vault && examined.mistakes.empty()) {
    ASSIGN_OR_RETURN(windows, check_windows(*vault, examined.study, vocabulary, session));
  }
  session.json ? print_json(options, sentences, examined.mistakes, windows)
               : print_text(sentences, examined.mistakes, windows);
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
  CLI::App* study = group(root, "study", "Check, count or sign a study");
  CLI::App* verb = study->add_subcommand(
      "check", "Say in plain words what a study will count, or name every mistake in it");
  verb->add_option("file", options->file, "The study file (TOML)")->required();
  add_vault_option(verb, "--vault", options->vault,
                   "Also check the study against the codes, places and period of this vault, and "
                   "count for how many patients a window leaves the records");
  finish(verb, session, "parcours study check study.toml --vault panel.vault",
         [options](Session& s) { return check_study(*options, s); });
}

}  // namespace parcours::cli
