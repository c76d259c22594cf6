#include "cli/bash_completion.h"

#include <fmt/format.h>

#include "program/described.h"

namespace parcours::cli {
namespace {

// The words that lead to a verb, and the line of the script that says what may follow them.
void add_candidates(const CLI::App& app, std::string& known, std::string& cases) {
  const std::string words = program::words_to(app);
  known += words + "|";
  std::string candidates;
  for (const CLI::App* verb : program::verbs_of(app)) {
    candidates += verb->get_name() + " ";
  }
  for (const CLI::Option* option : program::options_of(app)) {
    for (const std::string& name : option->get_lnames()) {
      candidates += "--" + name + " ";
    }
  }
  cases += fmt::format("    '{}') candidates='{}' ;;\n", words, candidates);
  for (const CLI::App* verb : program::verbs_of(app)) {
    add_candidates(*verb, known, cases);
  }
}

// After "help" stand the words of verbs.
void add_help_candidates(const CLI::App& app, const std::string& before, std::string& known,
                         std::string& cases) {
  std::string candidates;
  for (const CLI::App* verb : program::verbs_of(app)) {
    candidates += verb->get_name() + " ";
    const std::string words = before + " " + verb->get_name();
    if (!program::verbs_of(*verb).empty()) {
      known += words + "|";
      add_help_candidates(*verb, words, known, cases);
    }
  }
  cases += fmt::format("    '{}') candidates='{}' ;;\n", before, candidates);
}

}  // namespace

std::string bash_completion(const CLI::App& root) {
  std::string known;
  std::string cases;
  add_help_candidates(root, root.get_name() + " help", known, cases);
  add_candidates(root, known, cases);
  return fmt::format(
      R"(# bash completion for parcours
_parcours() {{
  local known='|{}' words=parcours word candidates=
  for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    [[ $known == *"|$words $word|"* ]] || break
    words+=" $word"
  done
  case "$words" in
{}  esac
  mapfile -t COMPREPLY < <(compgen -W "$candidates" -- "${{COMP_WORDS[COMP_CWORD]}}")
}}
complete -o default -F _parcours parcours
)",
      known, cases);
}

}  // namespace parcours::cli
