#include "assessment/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <functional>
#include <iterator>
#include <string_view>
#include <utility>

#include "page/numbers.h"

namespace parcours {
namespace {

std::string small(std::string text) {
  text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
  return text;
}

Label small(const Label& label) {
  return {small(label.en), small(label.fr)};
}

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

// ", each known to within 7 days"
Label within_in_words(std::int32_t within_days) {
  if (within_days == 0) {
    return {};
  }
  const Label tolerance = tolerance_in_words(within_days);
  return {", each known " + tolerance.en, ", chacun connu " + tolerance.fr};
}

// "9 of 10 patients are singled out by {how}."; French puts a second negation into "none is".
Label singled_out(double share, Whom whom, bool exact, const Label& how) {
  const SaidShare part = said(share, whom, exact);
  const bool feminine = whom != Whom::patients;
  const std::string verb =
      fmt::format("{}{}{}",
                  share == 0    ? "n’est"
                  : part.plural ? "sont"
                                : "est",
                  feminine ? " individualisée" : " individualisé", part.plural ? "s" : "");
  return {fmt::format("{} {} singled out by {}.", part.text.en, part.plural ? "are" : "is", how.en),
          fmt::format("{} {} par {}.", part.text.fr, verb, how.fr)};
}

Label answer_of(const PathsAnswer& paths) {
  const CurvePoint& point = headline(paths.curve);
  const Label known = known_in_words(point.known);
  const Label within = within_in_words(point.within_days);
  return singled_out(point.unique_share, Whom::patients, point.exact,
                     {known.en + within.en, known.fr + within.fr});
}

Label answer_with_fields(const PathsAnswer& paths) {
  const CurvePoint& point = headline_with_fields(paths);
  const double share = point.unique_share;
  const SaidShare part = said(share, Whom::patients, point.exact);
  const Label fields = fields_in_words(paths.fields);
  const Label patients = small(part.text);
  return {fmt::format("With {} known as well, {} {}.", fields.en, patients.en,
                      part.plural ? "are" : "is"),
          fmt::format("Si l’on connaît aussi {}, {} {}.", fields.fr, patients.fr,
                      share == 0    ? "ne l’est"
                      : part.plural ? "le sont"
                                    : "l’est")};
}

Label answer_of(const PeopleAnswer& people) {
  const auto records = static_cast<double>(people.alike.records());
  const std::size_t columns = people.columns.size();
  return singled_out(records == 0 ? 0 : static_cast<double>(people.alike.uniques()) / records,
                     people.several_lines ? Whom::lines
                     : people.from_events ? Whom::patients
                                          : Whom::people,
                     true,
                     columns == 1 ? Label{"the one field known of them", "la seule variable connue"}
                                  : Label{fmt::format("the {} fields known of them", columns),
                                          fmt::format("les {} variables connues", columns)});
}

Label answer_of(const TablesAnswer& tables) {
  const std::size_t all = tables.attacks.size();
  const auto through = std::ranges::count_if(
      tables.attacks, [](const AttackOutcome& attack) { return attack.succeeded > 0; });
  if (through == 0) {
    return {fmt::format("None of {} attacks on these tables got through.", all),
            fmt::format("Aucune des {} attaques menées contre ces tableaux n’a abouti.", all)};
  }
  return {fmt::format("{} of {} attacks on these tables got through.", through, all),
          fmt::format("Sur {} attaques menées contre ces tableaux, {} {} abouti.", all, through,
                      through == 1 ? "a" : "ont")};
}

// The attacker who singles out the largest share of those they apply to; nullptr where none singles anybody out.
const AttackerAnswer* worst_attacker(const PathsAnswer& paths) {
  const AttackerAnswer* worst = nullptr;
  for (const AttackerAnswer& one : paths.attackers) {
    if (one.figure.applies > 0 && one.figure.unique_share > 0 &&
        (worst == nullptr || one.figure.unique_share > worst->figure.unique_share)) {
      worst = &one;
    }
  }
  return worst;
}

// The way that joins the largest share rightly, or at all where it is not known who is who.
const LinkWay* best_way(const PathsLinkageAnswer& linkage) {
  const LinkWay* best = nullptr;
  const auto joined = [&](const LinkWay& way) {
    return part_of(linkage.in_both ? way.found.correct : way.found.joined, way.found.tried);
  };
  for (const LinkWay& way : linkage.ways) {
    if (way.found.tried > 0 && (best == nullptr || joined(way) > joined(*best))) {
      best = &way;
    }
  }
  return best;
}

// What is joined of people who cannot be joined rightly stands beside what is joined, or a join would look like a proof.
Label answer_of(const PathsLinkageAnswer& linkage, const LinkWay& best) {
  const LinkFigures& found = best.found;
  const bool all = found.tried == (linkage.in_both ? found.in_both : found.first);
  const Label chance = percentage(part_of(found.by_chance, found.tried));
  if (linkage.in_both) {
    const SaidShare part = said(part_of(found.correct, found.tried), Whom::patients, all);
    const char* are = part.plural ? "are" : "is";
    return {fmt::format("{} who {} in {} as well {} joined with themselves by what both say; of "
                        "strangers {} are joined with somebody.",
                        part.text.en, are, linkage.other, are, chance.en),
            fmt::format("{} également présent{} dans {} {} par ce que les deux exports disent ; "
                        "parmi des inconnus, {} sont reliés à quelqu’un.",
                        part.text.fr, part.plural ? "s" : "", linkage.other,
                        part.none     ? "n’est relié à lui-même"
                        : part.plural ? "sont reliés à eux-mêmes"
                                      : "est relié à lui-même",
                        chance.fr)};
  }
  const Label joined = percentage(part_of(found.joined, found.tried));
  return {fmt::format("{} of patients are joined with one of {} by what both say, and {} of "
                      "strangers who are not in it.",
                      joined.en, linkage.other, chance.en),
          fmt::format("{} des patients sont reliés à un patient de {} par ce que les deux exports "
                      "disent, et {} d’inconnus qui n’y sont pas.",
                      joined.fr, linkage.other, chance.fr)};
}

Label answer_of(const AttackerAnswer& worst) {
  const double share = worst.figure.unique_share;
  const Label patients = small(said(share, Whom::patients, worst.figure.exact).text);
  const Label title = {worst.attacker.title.en, worst.attacker.title.fr};
  return {fmt::format("{} would single out {} of whom they saw enough.", title.en, patients.en),
          fmt::format("{} individualiserait {}{} dont suffisamment d’événements lui sont connus.",
                      in(Language::french, title), patients.fr, share == 1 ? "" : " parmi ceux")};
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

std::vector<Label> answers(const Assessment& assessment) {
  std::vector<Label> sentences;
  if (assessment.paths) {
    sentences.push_back(answer_of(*assessment.paths));
    if (!assessment.paths->with_fields.empty()) {
      sentences.push_back(answer_with_fields(*assessment.paths));
    }
    if (const AttackerAnswer* worst = worst_attacker(*assessment.paths)) {
      sentences.push_back(answer_of(*worst));
    }
  }
  if (assessment.paths_linkage) {
    if (const LinkWay* best = best_way(*assessment.paths_linkage)) {
      sentences.push_back(answer_of(*assessment.paths_linkage, *best));
    }
  }
  if (assessment.people) {
    sentences.push_back(answer_of(*assessment.people));
  }
  if (assessment.tables) {
    sentences.push_back(answer_of(*assessment.tables));
  }
  return sentences;
}

std::string answer(const Assessment& assessment) {
  std::vector<std::string> sentences;
  std::ranges::transform(answers(assessment), std::back_inserter(sentences), &Label::en);
  return fmt::format("{}", fmt::join(sentences, " "));
}

SaidShare said(double share, Whom whom, bool exact) {
  struct Nouns {
    Label none, hardly_any, all, nearly_all, one_of_them, many;
  };
  static const Nouns nouns[] = {{{"No patient", "Aucun patient"},
                                 {"Hardly any patient", "Presque aucun patient"},
                                 {"All patients", "Tous les patients"},
                                 {"Nearly all patients", "Presque tous les patients"},
                                 {"patients", "patient"},
                                 {"patients", "patients"}},
                                {{"No person", "Aucune personne"},
                                 {"Hardly any person", "Presque aucune personne"},
                                 {"All people", "Toutes les personnes"},
                                 {"Nearly all people", "Presque toutes les personnes"},
                                 {"people", "personne"},
                                 {"people", "personnes"}},
                                {{"No line", "Aucune ligne"},
                                 {"Hardly any line", "Presque aucune ligne"},
                                 {"All lines", "Toutes les lignes"},
                                 {"Nearly all lines", "Presque toutes les lignes"},
                                 {"lines", "ligne"},
                                 {"lines", "lignes"}}};
  const Nouns& noun = nouns[static_cast<std::size_t>(whom)];
  if (share == 0) {
    return exact ? SaidShare{noun.none, false, true} : SaidShare{noun.hardly_any, false, true};
  }
  if (share == 1) {
    return exact ? SaidShare{noun.all, true, false} : SaidShare{noun.nearly_all, true, false};
  }
  const int of = share < 0.00095                   ? 100'000
                 : share < 0.0095 || share > 0.995 ? 1000
                 : share < 0.095 || share > 0.95   ? 100
                                                   : 10;
  const auto count = std::clamp(std::lround(share * of), 1L, of - 1L);
  const Label whole = thousands(static_cast<std::uint64_t>(of));
  const Label& who = count == 1 ? noun.one_of_them : noun.many;
  return {{fmt::format("{} of {} {}", count, whole.en, who.en),
           fmt::format("{} {} sur {}", count, who.fr, whole.fr)},
          count != 1,
          false};
}

Label known_in_words(std::optional<std::uint32_t> known) {
  static const Label words[] = {
      {"one", "un"},  {"two", "deux"},   {"three", "trois"}, {"four", "quatre"}, {"five", "cinq"},
      {"six", "six"}, {"seven", "sept"}, {"eight", "huit"},  {"nine", "neuf"},   {"ten", "dix"}};
  if (!known) {
    return {"all their dated events", "tous leurs événements datés"};
  }
  const Label number = *known <= std::size(words) ? words[*known - 1] : thousands(*known);
  const char* s = *known == 1 ? "" : "s";
  return {fmt::format("{} known dated event{}", number.en, s),
          fmt::format("{0} événement{1} daté{1} connu{1}", number.fr, s)};
}

Label tolerance_in_words(std::int32_t within_days) {
  if (within_days == 0) {
    return {"on the day", "au jour près"};
  }
  const char* s = within_days == 1 ? "" : "s";
  return {fmt::format("to within {} day{}", within_days, s),
          fmt::format("à {} jour{} près", within_days, s)};
}

Label with_fields_in_words(const PathsAnswer& paths) {
  const Label day = tolerance_in_words(paths.question.within_days.front());
  const Label fields = fields_in_words(paths.fields);
  return {day.en + ", and " + fields.en, day.fr + ", avec " + fields.fr};
}

Label in_words(Timing timing) {
  switch (timing) {
    case Timing::days:
      return {"the day of each event", "le jour de chaque événement"};
    case Timing::weeks:
      return {"the week of each event", "la semaine de chaque événement"};
    case Timing::months:
      return {"the month of each event", "le mois de chaque événement"};
    case Timing::since_first:
      return {"the days since the patient's first event",
              "le nombre de jours depuis le premier événement du patient"};
    case Timing::order:
      return {"which code came before which", "l’ordre dans lequel les codes sont apparus"};
    case Timing::none:
      break;
  }
  return {"the codes alone", "les codes seuls"};
}

Label in_words(const LinkWay& way) {
  const int within = way.within_days;
  Label events =
      way.timing == Timing::none
          ? Label{"the same codes, whenever", "les mêmes codes, sans les dates"}
      : within == 0
          ? Label{"the same codes on the same days", "les mêmes codes aux mêmes jours"}
          : Label{fmt::format("the same codes within {} day{}", within, within == 1 ? "" : "s"),
                  fmt::format("les mêmes codes à {} jour{} près", within, within == 1 ? "" : "s")};
  if (way.with_fields) {
    events.en += ", and the fields";
    events.fr += ", et les variables";
  }
  return events;
}

Label fields_in_words(const std::vector<std::string>& fields) {
  constexpr std::size_t most = 4;
  if (fields.size() > most) {
    return {fmt::format("{} fields", fields.size()), fmt::format("{} variables", fields.size())};
  }
  return {listed(fields, "and"), listed(fields, "et")};
}

Label not_there_in_words(const AttackFigure& figure) {
  if (figure.not_there.empty()) {
    return {};
  }
  std::vector<std::string> french;
  std::ranges::transform(figure.not_there, std::back_inserter(french), french_name);
  return {fields_in_words(figure.not_there).en, fields_in_words(french).fr};
}

Idle idle_attackers(const PathsAnswer& paths) {
  std::vector<std::string> english;
  std::vector<std::string> french;
  Idle idle;
  for (const AttackerAnswer& one : paths.attackers) {
    if (one.figure.applies == 0) {
      const auto& missing = one.figure.not_there;
      english.push_back(one.attacker.title.en);
      french.push_back(in(Language::french, {one.attacker.title.en, one.attacker.title.fr}));
      idle.for_want_of_kinds = idle.for_want_of_kinds ||
                               std::ranges::find(missing, std::string("kind")) != missing.end();
    }
  }
  if (!english.empty()) {
    idle.titles = {listed(english, "and"), listed(french, "et")};
  }
  return idle;
}

std::vector<ToldGroup> worst_first(const GroupRisks& risks) {
  std::vector<ToldGroup> groups;
  for (const GroupRisk& group : risks.groups) {
    groups.push_back({group.group.empty() ? Label{"not known", "non connu"}
                                          : Label{group.group, french_group(risks.by, group.group)},
                      group});
  }
  if (risks.others) {
    groups.push_back({{"all others", "tous les autres"}, *risks.others});
  }
  std::ranges::stable_sort(groups, std::greater(),
                           [](const ToldGroup& group) { return group.risk.unique_share; });
  return groups;
}

Label grouping_in_words(const std::string& by) {
  return by == "rarest code" ? Label{"rarest code (how many patients have it)",
                                     "code le plus rare (nombre de patients qui l’ont)"}
                             : Label{by, french_name(by)};
}

}  // namespace parcours
