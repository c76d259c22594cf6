#include "assessment/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <string_view>
#include <utility>

#include "page/numbers.h"

namespace parcours::assessment {
namespace {

// What fields and timings are called here, in French; others are called as the file calls them.
std::string french_name(const std::string& name) {
  static constexpr std::pair<std::string_view, std::string_view> known[] = {
      {"sex", "sexe"},
      {"age", "âge"},
      {"birth_year", "année de naissance"},
      {"region", "région"},
      {"practice", "cabinet"},
      {"kind", "nature des événements"},
      {"days", "jour des événements"},
      {"weeks", "semaine des événements"},
      {"months", "mois des événements"},
      {"since_first", "jours depuis le premier événement"}};
  const auto* const found =
      std::ranges::find(known, name, &std::pair<std::string_view, std::string_view>::first);
  return found == std::end(known) ? name : std::string(found->second);
}

std::string listed(const std::vector<std::string>& names, const char* and_word) {
  if (names.size() == 1) {
    return names[0];
  }
  return fmt::format("{} {} {}", fmt::join(names.begin(), names.end() - 1, ", "), and_word,
                     names.back());
}

// "0-5" and "75+" of ages, "101-1,000" and "over 1,000" of patients.
std::string french_group(const std::string& by, std::string group) {
  if (by != "age" && by != "rarest code") {
    return group;
  }
  if (const std::size_t dash = group.find('-'); dash != std::string::npos) {
    group.replace(dash, 1, " à ");
  }
  if (by == "age") {
    return group.ends_with('+') ? group.substr(0, group.size() - 1) + " ans et plus"
                                : group + " ans";
  }
  if (group.starts_with("over ")) {
    group.replace(0, 5, "plus de ");
  }
  if (const std::size_t comma = group.find(','); comma != std::string::npos) {
    group.replace(comma, 1, "\u202f");
  }
  return group;
}

}  // namespace

// ", each known to within 7 days"
tables::Label within_in_words(std::int32_t within_days) {
  if (within_days == 0) {
    return {};
  }
  const tables::Label tolerance = tolerance_in_words(within_days, Precision::days);
  return {", each known " + tolerance.en, ", chacun connu " + tolerance.fr};
}

tables::Label stays_inside() {
  return {
      "This answer stays inside: it is about the people of a vault, and no gate has judged it. It "
      "serves to protect their records; hand it to nobody who may not see these.",
      "Cette réponse reste en interne : elle porte sur les personnes d’un entrepôt, et aucun "
      "contrôle de diffusion ne l’a jugée. Elle sert à protéger leurs données ; ne la remettez à "
      "personne qui n’ait pas le droit de les voir."};
}

tables::Label known_in_words(std::optional<std::uint32_t> known) {
  static const tables::Label words[] = {
      {"one", "un"},  {"two", "deux"},   {"three", "trois"}, {"four", "quatre"}, {"five", "cinq"},
      {"six", "six"}, {"seven", "sept"}, {"eight", "huit"},  {"nine", "neuf"},   {"ten", "dix"}};
  if (!known) {
    return {"all their dated events", "tous leurs événements datés"};
  }
  const tables::Label number =
      *known <= std::size(words) ? words[*known - 1] : page::thousands(*known);
  const char* s = *known == 1 ? "" : "s";
  return {fmt::format("{} known dated event{}", number.en, s),
          fmt::format("{0} événement{1} daté{1} connu{1}", number.fr, s)};
}

tables::Label period_in_words(Precision precision) {
  static const tables::Label words[] = {
      {},
      {", each known by its week", ", chacun connu à la semaine près"},
      {", each known by its month", ", chacun connu au mois près"},
      {", each known by its quarter", ", chacun connu au trimestre près"},
      {", each known by its year", ", chacun connu à l’année près"}};
  return words[static_cast<std::size_t>(precision)];
}

tables::Label tolerance_in_words(std::int32_t within_days, Precision precision) {
  if (within_days == 0) {
    static const tables::Label words[] = {{"on the day", "au jour près"},
                                          {"in the week", "à la semaine près"},
                                          {"in the month", "au mois près"},
                                          {"in the quarter", "au trimestre près"},
                                          {"in the year", "à l’année près"}};
    return words[static_cast<std::size_t>(precision)];
  }
  const char* s = within_days == 1 ? "" : "s";
  return {fmt::format("to within {} day{}", within_days, s),
          fmt::format("à {} jour{} près", within_days, s)};
}

tables::Label with_fields_in_words(const PathsAnswer& paths) {
  const tables::Label day = tolerance_in_words(paths.question.within_days.front(), paths.precision);
  const tables::Label fields = fields_in_words(paths.fields);
  return {day.en + ", and " + fields.en, day.fr + ", avec " + fields.fr};
}

tables::Label in_words(paths::Timing timing, Precision precision) {
  static const tables::Label of_each[] = {
      {"the day of each event", "le jour de chaque événement"},
      {"the week of each event", "la semaine de chaque événement"},
      {"the month of each event", "le mois de chaque événement"},
      {"the quarter of each event", "le trimestre de chaque événement"},
      {"the year of each event", "l’année de chaque événement"}};
  static const tables::Label since[] = {{"days", "de jours"},
                                        {"weeks", "de semaines"},
                                        {"months", "de mois"},
                                        {"quarters", "de trimestres"},
                                        {"years", "d’années"}};
  const auto level = static_cast<std::size_t>(precision);
  switch (timing) {
    case paths::Timing::days:
      return of_each[level];
    case paths::Timing::weeks:
      return {"the week of each event", "la semaine de chaque événement"};
    case paths::Timing::months:
      return {"the month of each event", "le mois de chaque événement"};
    case paths::Timing::since_first:
      return {fmt::format("the {} since the patient's first event", since[level].en),
              fmt::format("le nombre {} depuis le premier événement du patient", since[level].fr)};
    case paths::Timing::order:
      return {"which code came before which", "l’ordre dans lequel les codes sont apparus"};
    case paths::Timing::none:
      break;
  }
  return {"the codes alone", "les codes seuls"};
}

tables::Label in_words(const LinkWay& way) {
  const int within = way.within_days;
  static const tables::Label same[] = {
      {"the same codes on the same days", "les mêmes codes aux mêmes jours"},
      {"the same codes in the same weeks", "les mêmes codes aux mêmes semaines"},
      {"the same codes in the same months", "les mêmes codes aux mêmes mois"},
      {"the same codes in the same years", "les mêmes codes aux mêmes années"}};
  tables::Label events =
      way.timing == paths::Timing::none
          ? tables::Label{"the same codes, whenever", "les mêmes codes, sans les dates"}
      : way.timing == paths::Timing::order
          ? tables::Label{"the same codes in the same order", "les mêmes codes dans le même ordre"}
      : way.timing == paths::Timing::since_first
          ? tables::Label{"the same codes as long after the first event",
                          "les mêmes codes à la même distance du premier événement"}
      : within == 0
          ? same[static_cast<std::size_t>(way.precision)]
          : tables::Label{
                fmt::format("the same codes within {} day{}", within, within == 1 ? "" : "s"),
                fmt::format("les mêmes codes à {} jour{} près", within, within == 1 ? "" : "s")};
  if (way.with_fields) {
    events.en += ", and the fields";
    events.fr += ", et les variables";
  }
  return events;
}

tables::Label fields_in_words(const std::vector<std::string>& fields) {
  constexpr std::size_t most = 4;
  if (fields.size() > most) {
    return {fmt::format("{} fields", fields.size()), fmt::format("{} variables", fields.size())};
  }
  std::vector<std::string> quoted;
  std::ranges::transform(fields, std::back_inserter(quoted),
                         [](const std::string& field) { return "« " + field + " »"; });
  return {listed(fields, "and"),
          fmt::format("{} {}", fields.size() == 1 ? "la variable" : "les variables",
                      listed(quoted, "et"))};
}

tables::Label not_there_in_words(const paths::AttackFigure& figure) {
  if (figure.not_there.empty()) {
    return {};
  }
  std::vector<std::string> french;
  std::ranges::transform(figure.not_there, std::back_inserter(french), french_name);
  return {fields_in_words(figure.not_there).en, listed(french, "et")};
}

Idle idle_attackers(const PathsAnswer& paths) {
  std::vector<std::string> english;
  std::vector<std::string> french;
  Idle idle;
  for (const AttackerAnswer& one : paths.attackers) {
    if (one.figure.applies == 0) {
      const auto& missing = one.figure.not_there;
      english.push_back(one.attacker.title.en);
      french.push_back(
          page::in(page::Language::french, {one.attacker.title.en, one.attacker.title.fr}));
      idle.for_want_of_kinds = idle.for_want_of_kinds ||
                               std::ranges::find(missing, std::string("kind")) != missing.end();
    }
  }
  if (!english.empty()) {
    idle.titles = {listed(english, "and"), listed(french, "et")};
  }
  return idle;
}

std::vector<ToldGroup> worst_first(const paths::GroupRisks& risks) {
  std::vector<ToldGroup> groups;
  for (const paths::GroupRisk& group : risks.groups) {
    groups.push_back({group.group.empty()
                          ? tables::Label{"not known", "non connu"}
                          : tables::Label{group.group, french_group(risks.by, group.group)},
                      group});
  }
  if (risks.others) {
    const tables::Label number = page::thousands(risks.put_together);
    groups.push_back({{fmt::format("all others ({} groups)", number.en),
                       fmt::format("tous les autres ({} groupes)", number.fr)},
                      *risks.others});
  }
  std::ranges::stable_sort(groups, std::greater(),
                           [](const ToldGroup& group) { return group.risk.singled_out.value(); });
  return groups;
}

tables::Label grouping_in_words(const std::string& by) {
  return by == "rarest code" ? tables::Label{"rarest code (how many patients have it)",
                                             "code le plus rare (nombre de patients qui l’ont)"}
                             : tables::Label{by, french_name(by)};
}

}  // namespace parcours::assessment
