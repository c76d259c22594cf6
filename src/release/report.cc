#include "release/report.h"

#include <fmt/format.h>

#include <string_view>

#include "base/day.h"
#include "page/page.h"
#include "release/answers.h"
#include "release/chart.h"
#include "release/earlier.h"
#include "release/figures.h"
#include "release/notes.h"
#include "release/said_checks.h"
#include "release/table_view.h"
#include "study/labels.h"
#include "study/phrases.h"
#include "vocabulary/kinds.h"

namespace parcours::release {
std::string_view report_html();  // report_html.cc

namespace {

using nlohmann::json;

constexpr std::size_t sentences_shown = 6;  // of what was asked; the rest is folded
constexpr std::size_t most_answers = 4;     // on the first screen
constexpr std::size_t most_rows = 600;      // of one table; the rest is in its file

// What is left to see of a table that shows few of its patients; null of others.
json little_shown(const tables::Table& table) {
  if (!shows_little({&table, 1})) {
    return nullptr;
  }
  const std::optional<tables::Label> margins = margins_that_show(table);
  return {{"margins", margins ? page::both(*margins) : json(nullptr)}};
}

// The answers of the first tables, for the first screen.
json answers_shown(const std::vector<tables::Table>& tables) {
  json answers = json::array();
  for (const tables::Table& table : tables) {
    const std::optional<tables::Label> answer = answer_of(table);
    if (answer && answers.size() < most_answers) {
      answers.push_back(
          {{"id", table.id}, {"title", page::both(table.title)}, {"answer", page::both(*answer)}});
    }
  }
  return answers;
}

json table_shown(const tables::Table& table, std::size_t number,
                 const std::vector<past::EarlierFigure>& earlier) {
  const CellCount count = count_cells({&table, 1});
  const std::optional<Shown> part = shown(table);
  json shown_table = table_view(table, most_rows, earlier);
  shown_table["id"] = table.id;
  shown_table["number"] = number;
  shown_table["title"] = page::both(table.title);
  shown_table["mean_of"] = table.mean_of ? page::both(*table.mean_of) : json(nullptr);
  shown_table["with_patients"] = page::grouped(count.with_patients());
  shown_table["published"] = page::grouped(count.published_with_patients());
  shown_table["empty"] = count.empty == 0 ? json(nullptr) : json(page::grouped(count.empty));
  shown_table["part"] = part && count.with_patients() > 0
                            ? page::both(page::percentage(part->part()))
                            : json(nullptr);
  shown_table["little"] = little_shown(table);
  shown_table["earlier_figures"] =
      earlier.empty() ? json(nullptr) : json(page::grouped(earlier.size()));
  bool additive = true;
  for (const tables::Dimension& dimension : table.dimensions) {
    additive = additive && dimension.additive;
  }
  shown_table["several"] = !additive;
  shown_table["drawn"] = can_be_drawn(table);
  shown_table["nobody"] = count.with_patients() == 0;
  if (can_be_drawn(table)) {
    shown_table["chart_en"] = page::drawn(chart(table, page::Language::english));
    shown_table["chart_fr"] = page::drawn(chart(table, page::Language::french));
  }
  return shown_table;
}

// Of the margins that the study needs most; null where it names none.
json needed_shown(const protect::ProtectionSummary& summary) {
  if (summary.needed == 0) {
    return nullptr;
  }
  const std::uint64_t hidden = summary.needed - summary.needed_published;
  return {{"all", page::grouped(summary.needed)},
          {"shown", page::grouped(summary.needed_published)},
          {"hidden", hidden == 0 ? json(nullptr) : json(page::grouped(hidden))}};
}

json attack_shown(const attacks::AttackRun& attack) {
  return {{"name", page::both(attack.outcome.name)},
          {"how", page::both(attack.outcome.how)},
          {"tried", page::grouped(attack.outcome.tried)},
          {"succeeded", page::grouped(attack.outcome.succeeded)}};
}

// What a rule's value is in the file, by the rule's name.
tables::Label value_of(const protect::Rules& rules, std::string_view rule) {
  const auto number = [](std::uint32_t n) {
    return tables::Label{fmt::format("{}", n), fmt::format("{}", n)};
  };
  const auto below = [](double part) {
    const tables::Label limit = page::percentage(part);
    return tables::Label{"< " + limit.en, "< " + limit.fr};
  };
  if (rule == "patients_min" || rule == "complement_min") {
    const tables::Label least =
        number(rule == "patients_min" ? rules.patients_min : rules.complement_min);
    return {"0 or ≥ " + least.en, "0 ou ≥ " + least.fr};
  }
  if (rule == "practices_min" || rule == "without_largest_practice_min") {
    const tables::Label least =
        number(rule == "practices_min" ? rules.practices_min : rules.without_largest_practice_min);
    return {"≥ " + least.en, "≥ " + least.fr};
  }
  if (rule == "largest_practice_share_below") {
    return below(rules.largest_practice_share_below);
  }
  if (rule == "largest_value_share_below") {
    return below(rules.largest_value_share_below);
  }
  if (rule == "mean_rounding_patients") {
    return number(rules.mean_rounding_patients);
  }
  if (rule == "hide_group_disclosure") {
    return rules.hide_group_disclosure ? tables::Label{"yes", "oui"} : tables::Label{"no", "non"};
  }
  if (rule == "width_min") {
    return {fmt::format("≥ {}", rules.width_min), fmt::format("≥ {}", rules.width_min)};
  }
  if (rule == "cover_insiders") {
    return rules.cover_insiders ? tables::Label{"yes", "oui"} : tables::Label{"no", "non"};
  }
  if (rule == "sensitive") {
    tables::Label named;
    for (const std::string& word : rules.sensitive) {
      const std::optional<vocabulary::KindId> kind = vocabulary::find_kind(word);
      const tables::Label label = kind ? study::kind_label(*kind) : tables::Label{word, word};
      named.en += (named.en.empty() ? "" : ", ") + label.en;
      named.fr += (named.fr.empty() ? "" : ", ") + label.fr;
    }
    return named;
  }
  return {};
}

json rules_shown(const protect::Rules& rules) {
  json reasons = json::array();
  for (const protect::RuleReason& reason : rules.reasons) {
    reasons.push_back({{"rule", reason.rule},
                       {"value", page::both(value_of(rules, reason.rule))},
                       {"because", page::both(reason.because)},
                       {"source", page::both(reason.source)}});
  }
  return {{"id", rules.id},
          {"title", page::both(rules.title)},
          {"sha256", rules.sha256},
          {"no_practices_because",
           rules.has_practices ? json(nullptr) : page::both(rules.no_practices_because)},
          {"reasons", reasons}};
}

// "26 November 2026", "le 26 novembre 2026"
tables::Label day_of_release(const std::string& day) {
  const std::optional<Day> read = parse_iso_day(day);
  return read ? study::day_phrase(*read, Calendar::dates) : tables::Label{day, "le " + day};
}

json asked_shown(const Asked& asked, const Permitted& permitted) {
  json first = json::array();
  json rest = json::array();
  for (const tables::Label& sentence : asked.sentences) {
    (first.size() < sentences_shown ? first : rest).push_back(page::both(sentence));
  }
  return {{"study", asked.study},
          {"study_sha256", asked.study_sha256},
          {"title", page::both(asked.title)},
          {"permit", permitted.reference()},
          {"permit_digest", permitted.digest()},
          {"permit_key", permitted.signed_with()},
          {"period", asked.period ? page::both(*asked.period) : json(nullptr)},
          {"sentences", first},
          {"more",
           rest.empty()
               ? json(nullptr)
               : json{{"count", rest.size()}, {"several", rest.size() > 1}, {"sentences", rest}}},
          {"day", page::both(day_of_release(asked.day))},
          {"seed", asked.seed},
          {"software", asked.software}};
}

// How many hidden groups share a value; null where none does.
json shared_shown(const SharedByHidden& shared) {
  if (shared.sharing == 0) {
    return nullptr;
  }
  return {{"groups", page::grouped(shared.groups)}, {"sharing", page::grouped(shared.sharing)}};
}

// What the published tables alone say: anybody can count it again.
json counts_shown(const Release& release) {
  const std::vector<tables::Table>& tables = release.verdict().tables();
  const CellCount count = count_cells(tables);
  const std::optional<Shown> part = shown(tables);
  json content;
  content["cells"] = page::grouped(count.cells);
  content["cells_empty"] = page::grouped(count.empty);
  content["cells_with_patients"] = page::grouped(count.with_patients());
  content["cells_published"] = page::grouped(count.published_with_patients());
  content["cells_hidden"] = page::grouped(count.hidden());
  content["part_published"] = page::both(page::percentage(count.published_part()));
  content["part_shown"] = part ? page::both(page::percentage(part->part())) : json(nullptr);
  const std::optional<Note> little = shows_little_note(release);
  content["little"] =
      little ? json{{"head", page::both(little->head)}, {"text", page::both(little->text)}}
             : json(nullptr);
  content["shared"] = shared_shown(shared_by_hidden(tables, release.asked().sensitive));
  const std::uint64_t means = count.means + count.means_hidden;
  content["means"] =
      means == 0 ? json(nullptr)
                 : json{{"all", page::grouped(means)}, {"shown", page::grouped(count.means)}};
  return content;
}

// The editions whose figures stand, each with its number on the page; null where there is none.
json editions_shown(const past::EarlierFigures& earlier) {
  const std::vector<std::uint64_t> figures = figures_by_edition(earlier);
  json shown = json::array();
  for (std::size_t e = 0; e < figures.size(); ++e) {
    const past::Edition& edition = earlier.editions[e];
    shown.push_back(
        {{"letter", letter_of(e)},
         {"figures", page::grouped(figures[e])},
         {"day", page::both(day_of_release(edition.day))},
         {"period", edition.period.empty() ? json(nullptr) : page::both(edition.period_in_words)}});
  }
  return shown.empty() ? json(nullptr) : json{{"list", shown}};
}

json verdict_shown(const Release& release) {
  const Verdict& verdict = release.verdict();
  json content = counts_shown(release);
  content["rules"] = rules_shown(verdict.rules());
  content["population"] =
      verdict.population() ? json(page::grouped(*verdict.population())) : json(nullptr);
  content["needed"] = needed_shown(verdict.hidden());
  content["attacks"] = json::array();
  for (const attacks::AttackRun& attack : verdict.attacks()) {
    content["attacks"].push_back(attack_shown(attack));
  }
  content["attack_count"] = verdict.attacks().size();
  content["checks"] = json::array();
  for (const SaidCheck& check : said_checks(verdict, release.permitted())) {
    content["checks"].push_back({{"id", check.id}, {"what", page::both(check.what)}});
  }
  content["tables"] = json::array();
  for (std::size_t t = 0; t < verdict.tables().size(); ++t) {
    content["tables"].push_back(
        table_shown(verdict.tables()[t], t + 1, release.earlier().tables[t]));
  }
  content["table_count"] = verdict.tables().size();
  content["editions"] = editions_shown(release.earlier());
  content["answers"] = answers_shown(verdict.tables());
  content["answered"] = !content["answers"].empty();
  return content;
}

}  // namespace

Result<std::string> report(const Release& release) {
  json content = verdict_shown(release);
  content["asked"] = asked_shown(release.asked(), release.permitted());
  content["not_judged"] = json::array();
  for (const Note& note : not_judged(release.asked(), release.verdict().rules())) {
    content["not_judged"].push_back(
        {{"head", page::both(note.head)}, {"text", page::both(note.text)}});
  }
  return page::page(report_html(), std::move(content));
}

}  // namespace parcours::release
