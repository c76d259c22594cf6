#include "release/make.h"

#include <fmt/format.h>

#include <set>
#include <system_error>

#include "crowds/count.h"
#include "page/embedded.h"
#include "protect/protect.h"
#include "protect/sha256.h"
#include "release/gate.h"
#include "release/words.h"
#include "study/names.h"
#include "study/phrases.h"
#include "study/sentences.h"
#include "study/windows.h"

namespace parcours {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t people_tried = 1000;  // of the attack that looks for people

// A table with every cell shown: for the attacks' controls, never to leave.
Table as_counted(const CrowdTable& crowds) {
  Table table{crowds.id, crowds.title, crowds.dimensions, {}, crowds.mean_of};
  table.cells.reserve(crowds.cells.size());
  for (const Crowd& crowd : crowds.cells) {
    table.cells.push_back({CellStatus::published, crowd.patients, {}});
  }
  return table;
}

std::optional<Label> period_of(const Study& study, Calendar calendar) {
  if (!study.period) {
    return std::nullopt;
  }
  const auto [first, last] = *study.period;
  const Label from = day_phrase(first, calendar);
  const Label to = day_phrase(last, calendar);
  return Label{fmt::format("{} to {}", from.en, to.en),
               fmt::format("{} {}", with_de(from.fr), with_a(to.fr))};
}

std::vector<std::string> sensitive_dimensions(const Counted& counted) {
  std::set<std::string> ids;
  for (const CrowdTable& table : counted.tables) {
    for (std::size_t d = 0; d < table.dimensions.size(); ++d) {
      if (table.sensitive[d]) {
        ids.insert(table.dimensions[d].id);
      }
    }
  }
  return {ids.begin(), ids.end()};
}

Asked asked_of(const Study& study, const Counted& counted, const Vocabulary& vocabulary,
               const Vault& vault, const Question& question) {
  const Calendar calendar = vault.calendar();
  Asked asked;
  if (const std::optional<Period> known = vault.period()) {
    asked.windows_beyond = windows_that_leave(study, calendar, {known->first, known->last});
  }
  asked.sensitive = sensitive_dimensions(counted);
  asked.study = study.id;
  asked.study_sha256 = sha256(question.study_text);
  asked.title = study.title;
  asked.permit = study.permit;
  asked.period = period_of(study, calendar);
  asked.sentences = in_sentences(study, vocabulary, calendar);
  asked.day = question.day;
  asked.seed = question.seed;
  asked.software = embedded::software();
  return asked;
}

Result<Counted> counted_of(const Vault& vault, const Study& study, const Vocabulary& vocabulary,
                           const Question& question, Progress& progress, const Stop& stop) {
  std::optional<std::pair<Day, Day>> period;
  if (const std::optional<Period> known = vault.period()) {
    period = std::pair(known->first, known->last);
  }
  ASSIGN_OR_RETURN(const Plan plan, Plan::make(study, vault.codes(), vocabulary, vault.practices(),
                                               vault.calendar(), period));
  const Rules& rules = question.rules;
  return count(vault, plan,
               {.threads = question.threads,
                .practices_exact = rules.has_practices ? rules.practices_min : 1,
                .few = rules.patients_min},
               progress, stop);
}

}  // namespace

std::vector<AttackRun> attack_tables(const Counted& counted, const std::vector<Table>& made,
                                     const Rules& rules, std::uint64_t seed) {
  std::vector<Table> bare;
  bare.reserve(counted.tables.size());
  std::vector<std::string> sensitive;
  for (const CrowdTable& crowds : counted.tables) {
    bare.push_back(as_counted(crowds));
    for (std::size_t d = 0; rules.hide_group_disclosure && d < crowds.dimensions.size(); ++d) {
      if (crowds.sensitive[d]) {
        sensitive.push_back(crowds.dimensions[d].id);
      }
    }
  }
  return attack(made, bare,
                {.threshold = rules.patients_min,
                 .people = people_tried,
                 .seed = seed,
                 .sensitive = std::move(sensitive)});
}

Status same_rules(const Study& study, const Question& question) {
  std::error_code failed;
  if (study.rules == question.rules.id ||
      fs::equivalent(question.study_file.parent_path() / study.rules, question.rules_file,
                     failed)) {
    return {};
  }
  return bad_input(fmt::format("the study names the rules '{}', but the rules file is '{}'",
                               study.rules, question.rules.id),
                   question.rules_file.string(), "give the rules file that the study names");
}

Result<Release> make_release(const Vault& vault, const Question& question, Progress& progress,
                             const Stop& stop) {
  ASSIGN_OR_RETURN(const Study study,
                   parse_study(question.study_text, question.study_file, vault.calendar()));
  RETURN_IF_ERROR(same_rules(study, question));
  ASSIGN_OR_RETURN(const Vocabulary vocabulary, vocabulary_of(study, vault.codes()));
  ASSIGN_OR_RETURN(const Counted counted,
                   counted_of(vault, study, vocabulary, question, progress, stop));
  RETURN_IF_ERROR(no_identifiers(counted, question.study_file));
  progress.begin("protecting", 0);
  ASSIGN_OR_RETURN(Protected made, protect(counted, question.rules, needs_of(study)));
  progress.end();
  if (stop.requested()) {
    return stopped();
  }
  progress.begin("attacking", 0);
  std::vector<AttackRun> attacks =
      attack_tables(counted, made.tables, question.rules, question.seed);
  progress.end();
  if (stop.requested()) {
    return stopped();
  }
  ASSIGN_OR_RETURN(Verdict verdict,
                   judge(counted, std::move(made), question.rules, std::move(attacks), study));
  return Release(std::move(verdict), asked_of(study, counted, vocabulary, vault, question));
}

}  // namespace parcours
