#include "release/report.h"

#include <fmt/format.h>

#include <string_view>

#include "base/day.h"
#include "page/page.h"
#include "release/answers.h"
#include "release/chart.h"
#include "release/figures.h"
#include "release/notes.h"
#include "release/said_checks.h"
#include "release/table_view.h"
#include "study/labels.h"
#include "study/phrases.h"
#include "vocabulary/kinds.h"

namespace parcours {
namespace embedded {
std::string_view report_html();  // report_html.cc
}

namespace {

using nlohmann::json;

constexpr std::size_t sentences_shown = 6;  // of what was asked; the rest is folded
constexpr std::size_t most_answers = 4;     // on the first screen
constexpr std::size_t most_rows = 600;      // of one table; the rest is in its file

// What is left to see of a table that shows few of its patients; null of others.
json little_shown(const Table& table) {
  if (!shows_little({&table, 1})) {
    return nullptr;
  }
  const std::optional<Label> margins = margins_that_show(table);
  return {{"margins", margins ? both(*margins) : json(nullptr)}};
}

// The answers of the first tables, for the first screen.
json answers_shown(const std::vector<Table>& tables) {
  json answers = json::array();
  for (const Table& table : tables) {
    const std::optional<Label> answer = answer_of(table);
    if (answer && answers.size() < most_answers) {
      answers.push_back(
          {{"id", table.id}, {"title", both(table.title)}, {"answer", both(*answer)}});
    }
  }
  return answers;
}

json table_shown(const Table& table, std::size_t number) {
  const CellCount count = count_cells({&table, 1});
  const std::optional<Shown> part = shown(table);
  json shown_table = table_view(table, most_rows);
  shown_table["id"] = table.id;
  shown_table["number"] = number;
  shown_table["title"] = both(table.title);
  shown_table["mean_of"] = table.mean_of ? both(*table.mean_of) : json(nullptr);
  shown_table["with_patients"] = grouped(count.with_patients());
  shown_table["published"] = grouped(count.published_with_patients());
  shown_table["empty"] = count.empty == 0 ? json(nullptr) : json(grouped(count.empty));
  shown_table["part"] =
      part && count.with_patients() > 0 ? both(percentage(part->part())) : json(nullptr);
  shown_table["little"] = little_shown(table);
  bool additive = true;
  for (const Dimension& dimension : table.dimensions) {
    additive = additive && dimension.additive;
  }
  shown_table["several"] = !additive;
  shown_table["drawn"] = can_be_drawn(table);
  shown_table["nobody"] = count.with_patients() == 0;
  if (can_be_drawn(table)) {
    shown_table["chart_en"] = drawn(chart(table, Language::english));
    shown_table["chart_fr"] = drawn(chart(table, Language::french));
  }
  return shown_table;
}

// Of the margins that the study needs most; null where it names none.
json needed_shown(const ProtectionSummary& summary) {
  if (summary.needed == 0) {
    return nullptr;
  }
  const std::uint64_t hidden = summary.needed - summary.needed_published;
  return {{"all", grouped(summary.needed)},
          {"shown", grouped(summary.needed_published)},
          {"hidden", hidden == 0 ? json(nullptr) : json(grouped(hidden))}};
}

json attack_shown(const AttackRun& attack) {
  return {{"name", both(attack.outcome.name)},
          {"how", both(attack.outcome.how)},
          {"tried", grouped(attack.outcome.tried)},
          {"succeeded", grouped(attack.outcome.succeeded)}};
}

// What a rule's value is in the file, by the rule's name.
Label value_of(const Rules& rules, std::string_view rule) {
  const auto number = [](std::uint32_t n) {
    return Label{fmt::format("{}", n), fmt::format("{}", n)};
  };
  const auto below = [](double part) {
    const Label limit = percentage(part);
    return Label{"< " + limit.en, "< " + limit.fr};
  };
  if (rule == "patients_min" || rule == "complement_min") {
    const Label least = number(rule == "patients_min" ? rules.patients_min : rules.complement_min);
    return {"0 or ≥ " + least.en, "0 ou ≥ " + least.fr};
  }
  if (rule == "practices_min" || rule == "without_largest_practice_min") {
    const Label least =
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
    return rules.hide_group_disclosure ? Label{"yes", "oui"} : Label{"no", "non"};
  }
  if (rule == "width_min") {
    return {fmt::format("≥ {}", rules.width_min), fmt::format("≥ {}", rules.width_min)};
  }
  if (rule == "cover_insiders") {
    return rules.cover_insiders ? Label{"yes", "oui"} : Label{"no", "non"};
  }
  if (rule == "sensitive") {
    Label named;
    for (const std::string& word : rules.sensitive) {
      const std::optional<KindId> kind = find_kind(word);
      const Label label = kind ? kind_label(*kind) : Label{word, word};
      named.en += (named.en.empty() ? "" : ", ") + label.en;
      named.fr += (named.fr.empty() ? "" : ", ") + label.fr;
    }
    return named;
  }
  return {};
}

json rules_shown(const Rules& rules) {
  json reasons = json::array();
  for (const RuleReason& reason : rules.reasons) {
    reasons.push_back({{"rule", reason.rule},
                       {"value", both(value_of(rules, reason.rule))},
                       {"because", both(reason.because)},
                       {"source", both(reason.source)}});
  }
  return {{"id", rules.id},
          {"title", both(rules.title)},
          {"sha256", rules.sha256},
          {"no_practices_because",
           rules.has_practices ? json(nullptr) : both(rules.no_practices_because)},
          {"reasons", reasons}};
}

// "26 November 2026", "le 26 novembre 2026"
Label day_of_release(const std::string& day) {
  const std::optional<Day> read = parse_iso_day(day);
  return read ? day_phrase(*read, Calendar::dates) : Label{day, "le " + day};
}

json asked_shown(const Asked& asked, const Permitted& permitted) {
  json first = json::array();
  json rest = json::array();
  for (const Label& sentence : asked.sentences) {
    (first.size() < sentences_shown ? first : rest).push_back(both(sentence));
  }
  return {{"study", asked.study},
          {"study_sha256", asked.study_sha256},
          {"title", both(asked.title)},
          {"permit", permitted.reference()},
          {"permit_digest", permitted.digest()},
          {"permit_key", permitted.signed_with()},
          {"period", asked.period ? both(*asked.period) : json(nullptr)},
          {"sentences", first},
          {"more",
           rest.empty()
               ? json(nullptr)
               : json{{"count", rest.size()}, {"several", rest.size() > 1}, {"sentences", rest}}},
          {"day", both(day_of_release(asked.day))},
          {"seed", asked.seed},
          {"software", asked.software}};
}

// How many hidden groups share a value; null where none does.
json shared_shown(const SharedByHidden& shared) {
  if (shared.sharing == 0) {
    return nullptr;
  }
  return {{"groups", grouped(shared.groups)}, {"sharing", grouped(shared.sharing)}};
}

// What the published tables alone say: anybody can count it again.
json counts_shown(const std::vector<Table>& tables, const Asked& asked) {
  const CellCount count = count_cells(tables);
  const std::optional<Shown> part = shown(tables);
  json content;
  content["cells"] = grouped(count.cells);
  content["cells_empty"] = grouped(count.empty);
  content["cells_with_patients"] = grouped(count.with_patients());
  content["cells_published"] = grouped(count.published_with_patients());
  content["cells_hidden"] = grouped(count.hidden());
  content["part_published"] = both(percentage(count.published_part()));
  content["part_shown"] = part ? both(percentage(part->part())) : json(nullptr);
  const std::optional<Note> little = shows_little_note(tables);
  content["little"] =
      little ? json{{"head", both(little->head)}, {"text", both(little->text)}} : json(nullptr);
  content["shared"] = shared_shown(shared_by_hidden(tables, asked.sensitive));
  const std::uint64_t means = count.means + count.means_hidden;
  content["means"] =
      means == 0 ? json(nullptr) : json{{"all", grouped(means)}, {"shown", grouped(count.means)}};
  return content;
}

json verdict_shown(const Release& release) {
  const Verdict& verdict = release.verdict();
  json content = counts_shown(verdict.tables(), release.asked());
  content["rules"] = rules_shown(verdict.rules());
  content["population"] =
      verdict.population() ? json(grouped(*verdict.population())) : json(nullptr);
  content["needed"] = needed_shown(verdict.hidden());
  content["attacks"] = json::array();
  for (const AttackRun& attack : verdict.attacks()) {
    content["attacks"].push_back(attack_shown(attack));
  }
  content["attack_count"] = verdict.attacks().size();
  content["checks"] = json::array();
  for (const SaidCheck& check : said_checks(verdict, release.permitted())) {
    content["checks"].push_back({{"id", check.id}, {"what", both(check.what)}});
  }
  content["tables"] = json::array();
  for (std::size_t t = 0; t < verdict.tables().size(); ++t) {
    content["tables"].push_back(table_shown(verdict.tables()[t], t + 1));
  }
  content["table_count"] = verdict.tables().size();
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
    content["not_judged"].push_back({{"head", both(note.head)}, {"text", both(note.text)}});
  }
  return page(embedded::report_html(), std::move(content));
}

}  // namespace parcours
