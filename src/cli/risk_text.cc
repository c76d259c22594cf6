#include "cli/risk_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "assessment/words.h"
#include "base/printable.h"
#include "cli/figures_text.h"
#include "cli/paths_text.h"
#include "cli/risk_columns.h"

namespace parcours {
namespace {

std::string help_text(const PeopleAnswer& people) {
  std::string text;
  if (of_no_use(people)) {
    text = fmt::format(
        "\n  Dropping {} columns one after another, each the one that then helps most, helps "
        "hardly "
        "anybody.\n",
        people.drop_order.size());
  }
  for (const DropStep& step : of_no_use(people) ? std::vector<DropStep>() : people.drop_order) {
    text += fmt::format(
        "{} without {}: {}", text.empty() ? "\n  What would help here: singled out" : ", then",
        printable(step.column), share_text(step.alone_left, people.alike.records()));
  }
  text += text.empty() || of_no_use(people) ? "" : ".\n";
  if (!enough(people) && !of_no_use(people)) {
    text += "  That is not enough: what is left singles out most of them as well.\n";
  }
  constexpr std::size_t most = 3;
  std::size_t told = 0;
  for (const FieldAnswer& field : people.fields) {
    if (!field.coarser.en.empty() && field.alone_coarser < people.alike.uniques() && told < most) {
      text += fmt::format("{} {} in {}: {}", told++ == 0 ? "  Or coarser:" : ",",
                          printable(field.column), field.coarser.en,
                          share_text(field.alone_coarser, people.alike.records()));
    }
  }
  text += told == 0 ? "" : ".\n";
  return text;
}

std::string sensitive_text(const PeopleAnswer& people) {
  std::string text = fmt::format(
      "\nLearnt of sensitive columns by who knows all the others\n\n  "
      "{:<28}{:>14}{:>14}{:>10}{:>20}"
      "{:>24}{:>12}\n",
      "column", "fewest values", "as varied as", "farthest", "learnt of alike",
      "guessed: in the file", "not in it");
  for (const SensitiveAnswer& one : people.sensitive) {
    const auto& guessed = one.guessed;
    text += fmt::format("  {:<28}{:>14}{:>14.2f}{:>10.2f}{:>20}{:>24}{:>12}\n",
                        printable(one.column), one.fewest_values, one.effective_values,
                        one.farthest, share_text(one.people_learnt, one.people_alike),
                        guessed ? percent_text(guessed->exported.share()) : "-",
                        guessed ? percent_text(guessed->held_out.share()) : "-");
  }
  return text +
         "\n  Of groups alike in the others: the fewest different values (l-diversity), as varied "
         "as so "
         "many equally\n  frequent ones, the farthest from everybody's (t-closeness), and of whom "
         "it is "
         "learnt since all have the same.\n";
}

std::string linkage_text(const LinkageAnswer& linkage) {
  const Linkage& found = linkage.found;
  return fmt::format(
      "Joined with exactly one of {} by {}: {} of {} people; by chance {}.{}\n",
      printable(linkage.other), names_text(linkage.columns), grouped_text(found.joined),
      grouped_text(found.first_records), grouped_text(found.joined_by_chance),
      found.known
          ? fmt::format(" Of {} in both, {} are joined rightly.",
                        grouped_text(found.known->in_both), grouped_text(found.known->joined_right))
          : "");
}

std::string people_text(const PeopleAnswer& people) {
  const std::uint64_t records = people.alike.records();
  std::string text = fmt::format(
      "Alike in {} known of them: {}\n\n  {:<32}{:>14}{:>12}\n",
      people.columns.size() == 1 ? "the one field"
                                 : fmt::format("all {} fields", people.columns.size()),
      names_text(people.columns), "", people.several_lines ? "lines" : "people", "share");
  const auto row = [&](const std::string& what, std::uint64_t count) {
    text += fmt::format("  {:<32}{:>14}{:>12}\n", what, grouped_text(count),
                        share_text(count, records));
  };
  row("in the file", records);
  row("nobody else alike", people.alike.uniques());
  for (const std::uint64_t k : group_sizes) {
    if (k > 2) {
      row(fmt::format("in a group of fewer than {}", k), people.alike.records_below(k));
    }
  }
  if (people.population) {
    for (const std::uint64_t k : group_sizes) {
      row(fmt::format("fewer than {} in the population", k), people.population->records_below(k));
    }
  }
  if (const auto& estimate = people.population_uniques) {
    const auto one = [](std::optional<double> share) {
      return share ? percent_text(*share) : std::string("no solution");
    };
    text += fmt::format(
        "\n  Estimated to be alone in the population: {} (Pitman {}, Zayatz {}, SNB {}; the first "
        "by "
        "Dankar's rule of which to believe).\n",
        percent_text(estimate->dankar), one(estimate->pitman), percent_text(estimate->zayatz),
        one(estimate->snb));
  }
  text += fmt::format(
      "\n  Chance to match a person known to be in the file: {} on average, {} at most.\n",
      percent_text(people.prosecutor.average), percent_text(people.prosecutor.highest));
  if (people.population) {
    const MatchRisk journalist = people.population->journalist_risk(1);
    text += fmt::format(
        "  Chance to match a person of the file in the population (journalist): {} on average, {} "
        "at "
        "most.\n",
        percent_text(journalist.average), percent_text(journalist.highest));
  }
  if (const auto& described = people.described) {
    text += fmt::format(
        "  A description by {} fields drawn fits one person alone: {} in the file, {} of as many "
        "not in "
        "it.\n",
        people.described_by, percent_text(described->exported.share()),
        percent_text(described->held_out.share()));
  }
  if (const auto& presence = people.presence) {
    text += fmt::format(
        "  That somebody of the population is in the file is sure of {} of {} people; the chance "
        "is {} "
        "at most (delta-presence).\n",
        grouped_text(presence->people_sure), grouped_text(presence->people),
        percent_text(presence->highest));
  }
  text += help_text(people);
  if (people.several_lines) {
    text +=
        "  A patient has several lines; who knows more than one of them knows more than this.\n";
  }
  if (!people.named_by.empty()) {
    text += fmt::format(
        "  Not attacked, since they name people or lines by themselves: {}. Drop them.\n",
        names_text(people.named_by));
  }
  return people.sensitive.empty() ? text : text + sensitive_text(people);
}

std::string tables_text(const TablesAnswer& tables) {
  std::string text =
      fmt::format("  {:<32}{:>10}{:>12}  what it does\n", "attack", "tried", "succeeded");
  const auto rows = [&](const std::vector<AttackOutcome>& attacks) {
    for (const AttackOutcome& attack : attacks) {
      text += fmt::format("  {:<32}{:>10}{:>12}  {}\n", attack.id, grouped_text(attack.tried),
                          grouped_text(attack.succeeded), attack.name.en);
    }
  };
  rows(tables.attacks);
  text +=
      "\n  Possible for somebody who is in the tables, or knows of somebody in them (no proof that "
      "there is one):\n";
  rows(tables.insiders);
  return text;
}

}  // namespace

std::string assessment_text(const Assessment& assessment) {
  std::string text = printable(answer(assessment)) + "\n";
  if (assessment.link) {
    const Link& link = *assessment.link;
    text +=
        fmt::format("\n{} of {} people in {} have events in {}.\n", grouped_text(link.in_both),
                    grouped_text(link.in_people), printable(link.people), printable(link.events));
  }
  if (assessment.paths) {
    text += "\n" + paths_text(*assessment.paths);
  }
  if (assessment.paths_linkage) {
    text += "\n" + paths_linkage_text(*assessment.paths_linkage);
  }
  if (assessment.people) {
    text += "\n" + people_text(*assessment.people);
  }
  if (assessment.linkage) {
    text += "\n" + linkage_text(*assessment.linkage);
  }
  if (assessment.tables) {
    text += "\n" + tables_text(*assessment.tables);
  }
  if (!assessment.files.empty()) {
    text += "\n" + columns_table(assessment.files);
  }
  return text;
}

}  // namespace parcours
