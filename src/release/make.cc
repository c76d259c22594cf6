#include "release/make.h"

#include <fmt/format.h>

#include <set>
#include <system_error>

#include "base/check.h"
#include "crowds/count.h"
#include "page/embedded.h"
#include "page/numbers.h"
#include "past/all_past.h"
#include "protect/primary.h"
#include "protect/protect.h"
#include "protect/sha256.h"
#include "release/gate.h"
#include "release/words.h"
#include "study/names.h"
#include "study/phrases.h"
#include "study/sentences.h"
#include "study/windows.h"
#include "vault/catalog.h"

namespace parcours::release {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t people_tried = 1000;  // of the attack that looks for people

// A table with every cell shown: for the attacks' controls, never to leave.
tables::Table as_counted(const crowds::CrowdTable& crowds) {
  tables::Table table{crowds.id, crowds.title, crowds.dimensions, {}, crowds.mean_of};
  table.cells.reserve(crowds.cells.size());
  for (const crowds::Crowd& crowd : crowds.cells) {
    table.cells.push_back({tables::CellStatus::published, crowd.patients, {}});
  }
  return table;
}

std::uint32_t practices_exact(const protect::Rules& rules) {
  return rules.has_practices ? rules.practices_min : 1;
}

std::optional<tables::Label> period_of(const study::Study& study, Calendar calendar) {
  if (!study.period) {
    return std::nullopt;
  }
  const auto [first, last] = *study.period;
  const tables::Label from = study::day_phrase(first, calendar);
  const tables::Label to = study::day_phrase(last, calendar);
  return tables::Label{fmt::format("{} to {}", from.en, to.en),
                       fmt::format("{} {}", study::with_de(from.fr), study::with_a(to.fr))};
}

std::vector<std::string> sensitive_dimensions(const crowds::Counted& counted) {
  std::set<std::string> ids;
  for (const crowds::CrowdTable& table : counted.tables) {
    for (std::size_t d = 0; d < table.dimensions.size(); ++d) {
      if (table.sensitive[d]) {
        ids.insert(table.dimensions[d].id);
      }
    }
  }
  return {ids.begin(), ids.end()};
}

Asked asked_of(const study::Study& study, const crowds::Counted& counted,
               const vocabulary::Vocabulary& vocabulary, const vault::Vault& vault,
               const Question& question) {
  const Calendar calendar = vault.calendar();
  Asked asked;
  if (const std::optional<vault::Period> known = vault.period()) {
    asked.windows_beyond =
        study::windows_that_leave(study, vocabulary, calendar, {known->first, known->last});
  }
  asked.sensitive = sensitive_dimensions(counted);
  asked.study = study.id;
  asked.study_sha256 = protect::sha256(question.study_text);
  asked.title = study.title;
  asked.period = period_of(study, calendar);
  asked.sentences = study::in_sentences(study, vocabulary, calendar);
  asked.day = question.day;
  asked.seed = question.seed;
  asked.software = page::software();
  return asked;
}

Result<Permitted> permitted_of(const vault::Vault& vault, const study::Study& study,
                               const Question& question) {
  const std::optional<Day> day = parse_iso_day(question.day);
  PARCOURS_CHECK(day);
  return judge_permit(study, {question.study_file, question.study_text, question.rules_text},
                      question.rules, vault, *day);
}

struct CountedWithRoll {
  crowds::Counted counted;
  crowds::Roll roll;
};

Result<CountedWithRoll> counted_of(const vault::Vault& vault, const study::Study& study,
                                   const vocabulary::Vocabulary& vocabulary,
                                   const Question& question, const records::KeyedHash& fingerprints,
                                   Progress& progress, const Stop& stop) {
  std::optional<std::pair<Day, Day>> period;
  if (const std::optional<vault::Period> known = vault.period()) {
    period = std::pair(known->first, known->last);
  }
  ASSIGN_OR_RETURN(const study::Plan plan,
                   study::Plan::make(study, vault.codes(), vocabulary, vault.practices(),
                                     vault.calendar(), period));
  CountedWithRoll made;
  ASSIGN_OR_RETURN(made.counted, count(vault, plan,
                                       {.threads = question.threads,
                                        .practices_exact = practices_exact(question.rules),
                                        .few = question.rules.patients_min,
                                        .fingerprints = fingerprints},
                                       progress, stop, &made.roll));
  return made;
}

past::PastEntry entry_of(const vault::Vault& vault, const study::Study& study,
                         const Question& question) {
  past::PastEntry entry;
  entry.day = question.day;
  entry.study = study.id;
  entry.title = study.title;
  entry.study_sha256 = protect::sha256(question.study_text);
  entry.rules = question.rules.id;
  entry.rules_sha256 = question.rules.sha256;
  entry.state = vault.catalog().sequence + vault.catalog().acts.size();
  entry.question = past::question_of(study);
  if (study.period) {
    const auto [first, last] = *study.period;
    entry.period =
        fmt::format("{}/{}", to_string(first, vault.calendar()), to_string(last, vault.calendar()));
    entry.period_in_words = *period_of(study, vault.calendar());
    entry.last_day = last.number;
  }
  return entry;
}

// What releases before told may leave no way to say how many patients there are; then it is not
// said, and the rest may be safe.
Result<protect::Protected> protected_tables(const past::PastReleases& past,
                                            const Question& question, const study::Study& study,
                                            crowds::Counted& counted) {
  Result<protect::Protected> made =
      protect::protect(counted, question.rules, study::needs_of(study));
  if (made || made.error().fault != Fault::rule || past.count() == 0 ||
      counted.population_withheld) {
    return made;
  }
  counted.population_withheld = true;
  made = protect::protect(counted, question.rules, study::needs_of(study));
  if (!made) {
    made.error().right +=
        "; earlier releases from this vault count too ('parcours releases list' "
        "names them)";
  }
  return made;
}

// A study may ask that a new edition be made only where enough is new.
Status enough_is_new(const past::EarlierFigures& earlier, const crowds::Counted& counted,
                     const protect::Rules& rules, const study::Study& study) {
  const std::size_t figures = earlier.count();
  if (!study.renewed_min || figures == 0) {
    return {};
  }
  std::size_t renewed = 0;
  for (std::size_t t = 0; t < earlier.tables.size(); ++t) {
    const auto broken = protect::primary(counted.tables[t], counted.population, rules).cells;
    renewed += static_cast<std::size_t>(std::ranges::count_if(
        earlier.tables[t],
        [&](const past::EarlierFigure& figure) { return !broken[figure.cell]; }));
  }
  const double part = page::part_of(renewed, figures);
  if (part >= *study.renewed_min) {
    return {};
  }
  return refused(
      fmt::format(
          "the study's 'renewed_min': {} of the {} figures that its earlier releases showed "
          "could be new ones, and it asks for {}",
          page::percentage(part).en, page::grouped(figures),
          page::percentage(*study.renewed_min).en),
      study.file.string(),
      fmt::format("keep the release of {}, and ask again when more patients have come and left",
                  earlier.editions.back().day));
}

}  // namespace

std::vector<attacks::AttackRun> attack_tables(const crowds::Counted& counted,
                                              const std::vector<tables::Table>& made,
                                              const protect::Rules& rules, std::uint64_t seed) {
  std::vector<tables::Table> bare;
  bare.reserve(counted.tables.size());
  std::vector<std::string> sensitive;
  for (const crowds::CrowdTable& crowds : counted.tables) {
    bare.push_back(as_counted(crowds));
    for (std::size_t d = 0; rules.hide_group_disclosure && d < crowds.dimensions.size(); ++d) {
      if (crowds.sensitive[d]) {
        sensitive.push_back(crowds.dimensions[d].id);
      }
    }
  }
  return attacks::attack(made, bare,
                         {.threshold = rules.patients_min,
                          .people = people_tried,
                          .seed = seed,
                          .sensitive = std::move(sensitive)});
}

Status same_rules(const study::Study& study, const Question& question) {
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

Result<MadeRelease> make_release(const vault::Vault& vault, const Question& question,
                                 const past::PastReleases& past, Progress& progress,
                                 const Stop& stop) {
  ASSIGN_OR_RETURN(const study::Study study,
                   study::parse_study(question.study_text, question.study_file, vault.calendar()));
  RETURN_IF_ERROR(same_rules(study, question));
  ASSIGN_OR_RETURN(Permitted permitted, permitted_of(vault, study, question));
  ASSIGN_OR_RETURN(const vocabulary::Vocabulary vocabulary,
                   study::vocabulary_of(study, vault.codes()));
  const records::KeyedHash fingerprints = past.fingerprints();
  ASSIGN_OR_RETURN(auto counted_with_roll,
                   counted_of(vault, study, vocabulary, question, fingerprints, progress, stop));
  auto& [counted, roll] = counted_with_roll;
  RETURN_IF_ERROR(no_identifiers(counted, question.study_file));
  past::PastEntry entry = entry_of(vault, study, question);
  past::ToldStudy told = past::told_by(study, vault.codes());
  past::People people = past.people();
  past::PastRoll numbered = people.enter(std::exchange(roll, {}));
  ASSIGN_OR_RETURN(past::AllPast before,
                   past::add_all_past(past, {entry, told, numbered, people},
                                      {.few = question.rules.patients_min,
                                       .practices_exact = practices_exact(question.rules)},
                                      question.threads, counted, progress, stop));
  if (!before.same) {
    RETURN_IF_ERROR(enough_is_new(before.earlier, counted, question.rules, study));
  }
  progress.begin("protecting", 0);
  ASSIGN_OR_RETURN(protect::Protected made,
                   before.same
                       ? protect::protected_as_before(counted, question.rules, before.same->tables,
                                                      study::needs_of(study))
                       : protected_tables(past, question, study, counted));
  progress.end();
  if (stop.requested()) {
    return stopped();
  }
  progress.begin("attacking", 0);
  std::vector<attacks::AttackRun> attacks =
      attack_tables(counted, made.tables, question.rules, question.seed);
  progress.end();
  if (stop.requested()) {
    return stopped();
  }
  ASSIGN_OR_RETURN(Verdict verdict,
                   judge(counted, std::move(made), question.rules, std::move(attacks), study));
  Release release(std::move(verdict), std::move(permitted),
                  asked_of(study, counted, vocabulary, vault, question), std::move(before.earlier));
  entry.population_shown = !counted.population_withheld;
  past::PastRelease to_remember{std::move(entry),
                                std::move(told),
                                release.verdict().tables(),
                                std::move(numbered),
                                std::move(before.ties),
                                std::move(before.own),
                                release.verdict().narrow_before()};
  return MadeRelease{std::move(release),
                     {std::move(to_remember), std::move(people)},
                     before.same ? std::optional(before.same->entry.number) : std::nullopt};
}

}  // namespace parcours::release
