#include "cli/risk_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "assessment/answer.h"
#include "assessment/doubts.h"
#include "assessment/figures.h"
#include "assessment/words.h"
#include "base/printable.h"
#include "cli/figures_text.h"
#include "cli/paths_text.h"
#include "cli/risk_columns.h"

namespace parcours::cli {
namespace {

std::string help_text(const assessment::PeopleAnswer& people) {
  std::string text;
  if (assessment::of_no_use(people)) {
    text =
        fmt::format("\n  Dropping {}, at each step the one that helps most, helps almost nobody.\n",
                    counted_text(people.drop_order.size(), "column"));
  }
  for (const assessment::DropStep& step :
       assessment::of_no_use(people) ? std::vector<assessment::DropStep>() : people.drop_order) {
    text += fmt::format(
        "{} without {}: {}", text.empty() ? "\n  What would help here: singled out" : ", then",
        printable(step.column), share_text(step.alone_left, people.alike.records()));
  }
  text += text.empty() || assessment::of_no_use(people) ? "" : ".\n";
  if (!assessment::enough(people) && !assessment::of_no_use(people)) {
    text += "  That is not enough: the other columns still single out most of them.\n";
  }
  constexpr std::size_t most = 3;
  std::size_t told = 0;
  for (const assessment::FieldAnswer& field : people.fields) {
    if (!field.coarser.en.empty() && field.alone_coarser < people.alike.uniques() && told < most) {
      text += fmt::format("{} {} in {}: {}", told++ == 0 ? "  Or coarser:" : ",",
                          printable(field.column), field.coarser.en,
                          share_text(field.alone_coarser, people.alike.records()));
    }
  }
  text += told == 0 ? "" : ".\n";
  return text;
}

std::string sensitive_text(const assessment::PeopleAnswer& people) {
  std::string text = fmt::format(
      "\n"
      "What an attacker who knows all other columns learns of the sensitive ones\n"
      "\n"
      "  {:<28}{:>14}{:>14}{:>10}{:>18}{:>28}{:>28}\n",
      "column", "fewest values", "as varied as", "farthest", "learnt of alike",
      "guessed: in the file", "not in it");
  bool alone = false;
  for (const assessment::SensitiveAnswer& one : people.sensitive) {
    alone = alone || one.learnt.of < static_cast<double>(people.alike.records());
    const auto& guessed = one.guessed;
    text += fmt::format(
        "  {:<28}{:>14}{:>14.2f}{:>10.2f}{:>18}{:>28}{:>28}\n", printable(one.column),
        one.fewest_values, one.effective_values, one.farthest, text_of(one.learnt),
        guessed ? text_of(guessed->exported) : "-", guessed ? text_of(guessed->held_out) : "-");
  }
  return text +
         "\n"
         "  In equivalence classes of the other columns: the fewest different values "
         "(l-diversity); the effective number\n"
         "  of values, by entropy; the largest distance from the whole file's distribution "
         "(t-closeness); and the people\n"
         "  whose value the attacker learns, because all people of their class have it." +
         (alone ? " A class of one person has one value.\n" : "\n");
}

// Above lines_text(): what the numbers are of.
std::string columns_over(const std::string& title, const std::string& of) {
  return fmt::format("{}\n\n  {:<76}{:>12}{:>27}\n", title, "", of, "share");
}

std::string linkage_text(const assessment::LinkageAnswer& linkage,
                         const std::vector<assessment::Figure>& figures) {
  return columns_over(fmt::format("Joined with people of {} by {}", printable(linkage.other),
                                  names_text(linkage.columns)),
                      "people") +
         lines_text(figures, assessment::Section::joined_people);
}

// The estimates that the rule chose from.
std::string estimates_text(const microdata::PopulationUniques& estimate,
                           std::optional<double> fraction) {
  const auto one = [](std::optional<double> share) {
    return share ? percent_text(*share) : std::string("no solution");
  };
  const std::string text = fmt::format(
      "  Estimated alone in the population: Pitman {}, Zayatz {}, SNB {}; Dankar's rule says which "
      "to believe.\n",
      one(estimate.pitman), percent_text(estimate.zayatz), one(estimate.snb));
  return !fraction || *fraction >= microdata::least_fraction
             ? text
             : text + fmt::format(
                          "  The file is {} of the population: too little for any of them to "
                          "be relied on.\n",
                          percent_text(*fraction));
}

std::string people_text(const assessment::PeopleAnswer& people,
                        const std::vector<assessment::Figure>& figures) {
  std::string text = columns_over(
      fmt::format("Alike in {} that the attacker knows: {}",
                  people.columns.size() == 1 ? "the one field"
                                             : fmt::format("all {} fields", people.columns.size()),
                  names_text(people.columns)),
      people.several_lines ? "lines" : "people");
  text += lines_text(figures, assessment::Section::people);
  if (const std::string population = lines_text(figures, assessment::Section::population);
      !population.empty()) {
    text += "\n" + population;
  }
  if (people.population_uniques) {
    text += estimates_text(*people.population_uniques, people.fraction);
  }
  if (people.drawn) {
    text += fmt::format("  In brackets: 95 % interval of {} drawn.\n",
                        counted_text(*people.drawn, "person", "people"));
  }
  text += help_text(people);
  if (people.several_lines) {
    text +=
        "  A patient has several lines. An attacker who knows more than one of them knows more "
        "than this.\n";
  }
  if (!people.named_by.empty()) {
    text += fmt::format(
        "  Not used by the attacks, because they identify people or lines directly: {}. Drop "
        "them.\n",
        names_text(people.named_by));
  }
  return people.sensitive.empty() ? text : text + sensitive_text(people);
}

std::string tables_text(const assessment::TablesAnswer& tables) {
  std::string text =
      fmt::format("  {:<32}{:>10}{:>12}  what it does\n", "attack", "tried", "succeeded");
  const auto rows = [&](const std::vector<attacks::AttackOutcome>& attacks) {
    for (const attacks::AttackOutcome& attack : attacks) {
      text += fmt::format("  {:<32}{:>10}{:>12}  {}\n", attack.id, grouped_text(attack.tried),
                          grouped_text(attack.succeeded), attack.name.en);
    }
  };
  rows(tables.attacks);
  text +=
      "\n  Possible for an insider, who is in the tables or knows a person in them (whether there "
      "is one is not known):\n";
  rows(tables.insiders);
  return text;
}

}  // namespace

std::string assessment_text(const assessment::Assessment& assessment) {
  const std::vector<assessment::Figure> all = assessment::figures(assessment);
  std::string text;
  if (assessment.of_vault) {
    text += assessment::stays_inside().en + "\n\n";
  }
  for (const tables::Label& doubt : assessment::doubts(assessment)) {
    text += printable(doubt.en) + "\n\n";
  }
  std::vector<std::string> sentences;
  std::ranges::transform(assessment::answers(assessment), std::back_inserter(sentences),
                         &tables::Label::en);
  text += printable(fmt::format("{}", fmt::join(sentences, " "))) + "\n";
  if (assessment.link) {
    const assessment::Link& link = *assessment.link;
    text += fmt::format("\n{} of {} in {} {} events in {}.\n", grouped_text(link.in_both),
                        counted_text(link.in_people, "person", "people"), printable(link.people),
                        link.in_both == 1 ? "has" : "have", printable(link.events));
  }
  if (assessment.paths) {
    text += "\n" + paths_text(*assessment.paths);
  }
  if (assessment.paths_linkage) {
    text += "\n" + paths_linkage_text(*assessment.paths_linkage);
  }
  if (assessment.people) {
    text += "\n" + people_text(*assessment.people, all);
  }
  if (assessment.linkage) {
    text += "\n" + linkage_text(*assessment.linkage, all);
  }
  if (assessment.tables) {
    text += "\n" + tables_text(*assessment.tables);
  }
  if (!assessment.files.empty()) {
    text += "\n" + columns_table(assessment.files, assessment::settled_columns(assessment));
  }
  return text;
}

}  // namespace parcours::cli
