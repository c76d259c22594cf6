#include "assessment/answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>
#include <iterator>

#include "assessment/doubts.h"
#include "assessment/words.h"
#include "page/numbers.h"

namespace parcours::assessment {
namespace {

// The round number of people of whom a share is said: more where few are singled out, or few are
// not, so that these few are not rounded away.
long of_how_many(double share) {
  constexpr long most = 1'000'000'000;
  const double few = std::min(share, 1 - share);
  if (share > 0.9995 || share < 0.00095) {
    long number = share < 0.5 ? 100'000 : 10'000;
    while (few * static_cast<double>(number) < 0.95 && number < most) {
      number *= 10;
    }
    return number;
  }
  return share < 0.0095 || share > 0.995 ? 1000 : share < 0.095 || share > 0.95 ? 100 : 10;
}

std::string small(std::string text) {
  text[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
  return text;
}

tables::Label small(const tables::Label& label) {
  return {small(label.en), small(label.fr)};
}

// "9 of 10 patients are singled out by {how}."; French puts a second negation into "none is".
tables::Label sentence_of(const Share& share, Whom whom, const tables::Label& how) {
  const SaidShare part = said(share, whom);
  const bool feminine = whom != Whom::patients;
  const std::string verb =
      fmt::format("{}{}{}",
                  part.none     ? "n’est"
                  : part.plural ? "sont"
                                : "est",
                  feminine ? " individualisée" : " individualisé", part.plural ? "s" : "");
  return {fmt::format("{} {} singled out by {}.", part.text.en, part.plural ? "are" : "is", how.en),
          fmt::format("{} {} par {}.", part.text.fr, verb, how.fr)};
}

tables::Label answer_of(const PathsAnswer& paths) {
  const paths::CurvePoint& point = headline(paths.curve);
  const tables::Label known = known_in_words(point.known);
  const tables::Label within = point.within_days == 0 ? period_in_words(paths.precision)
                                                      : within_in_words(point.within_days);
  return sentence_of(point.share, Whom::patients, {known.en + within.en, known.fr + within.fr});
}

tables::Label answer_with_fields(const PathsAnswer& paths) {
  const SaidShare part = said(headline_with_fields(paths).share, Whom::patients);
  const tables::Label fields = fields_in_words(paths.fields);
  const tables::Label patients = small(part.text);
  return {fmt::format("With {} known as well, {} {}.", fields.en, patients.en,
                      part.plural ? "are" : "is"),
          fmt::format("Si l’on connaît aussi {}, {} {}.", fields.fr, patients.fr,
                      part.none     ? "ne l’est"
                      : part.plural ? "le sont"
                                    : "l’est")};
}

tables::Label answer_of(const PeopleAnswer& people) {
  const std::size_t columns = people.columns.size();
  return sentence_of(people.alike.share_below(2),
                     people.several_lines ? Whom::lines
                     : people.from_events ? Whom::patients
                                          : Whom::people,
                     columns == 1
                         ? tables::Label{"the one known field", "la seule variable connue"}
                         : tables::Label{fmt::format("the {} known fields", columns),
                                         fmt::format("les {} variables connues", columns)});
}

tables::Label answer_of(const TablesAnswer& tables) {
  const std::size_t all = tables.attacks.size();
  const auto through = std::ranges::count_if(
      tables.attacks, [](const attacks::AttackOutcome& attack) { return attack.succeeded > 0; });
  if (through == 0) {
    return {fmt::format("None of {} attacks on these tables got through.", all),
            fmt::format("Aucune des {} attaques menées contre ces tableaux n’a abouti.", all)};
  }
  return {fmt::format("{} of {} attacks on these tables got through.", through, all),
          fmt::format("Sur {} attaques menées contre ces tableaux, {} {} abouti.", all, through,
                      through == 1 ? "a" : "ont")};
}

// The attacker who singles out the largest share of those they apply to; nullptr where none singles
// anybody out.
const AttackerAnswer* worst_attacker(const PathsAnswer& paths) {
  const AttackerAnswer* worst = nullptr;
  for (const AttackerAnswer& one : paths.attackers) {
    const double share = one.figure.singled_out.value();
    if (one.figure.applies > 0 && share > 0 &&
        (worst == nullptr || share > worst->figure.singled_out.value())) {
      worst = &one;
    }
  }
  return worst;
}

// The way that joins the largest share rightly, or more than by chance where it is not known who is
// who.
const LinkWay* best_way(const PathsLinkageAnswer& linkage) {
  const LinkWay* best = nullptr;
  const auto joined = [&](const LinkWay& way) {
    return linkage.in_both ? way.found.correct.value()
                           : way.found.joined.value() - way.found.by_chance.value();
  };
  for (const LinkWay& way : linkage.ways) {
    if (way.found.tried > 0 && (best == nullptr || joined(way) > joined(*best))) {
      best = &way;
    }
  }
  return best;
}

// What is joined of people who cannot be joined rightly stands beside what is joined, or a join
// would look like a proof.
tables::Label answer_of(const PathsLinkageAnswer& linkage, const LinkWay& best) {
  const paths::LinkFigures& found = best.found;
  const bool all = found.tried == (linkage.in_both ? found.in_both : found.first);
  const tables::Label chance = page::percentage(found.by_chance.value());
  const tables::Label by = in_words(best);
  if (linkage.in_both) {
    const SaidShare part = said(
        all ? Share::exact(found.correct.some, found.correct.of) : found.correct, Whom::patients);
    const char* are = part.plural ? "are" : "is";
    return {fmt::format("{} who {} in {} as well {} joined with themselves by {}; of strangers, {} "
                        "are joined with another person.",
                        part.text.en, are, linkage.other, are, by.en, chance.en),
            fmt::format("{} également présent{} dans {} {} par {} ; parmi des inconnus, {} sont "
                        "reliés à quelqu’un.",
                        part.text.fr, part.plural ? "s" : "", linkage.other,
                        part.none     ? "n’est relié à lui-même"
                        : part.plural ? "sont reliés à eux-mêmes"
                                      : "est relié à lui-même",
                        by.fr, chance.fr)};
  }
  const tables::Label joined = page::percentage(found.joined.value());
  return {fmt::format("{} of patients are joined with a patient of {} by {}, and {} of strangers "
                      "who are not in it.",
                      joined.en, linkage.other, by.en, chance.en),
          fmt::format("{} des patients sont reliés à un patient de {} par {}, et {} d’inconnus qui "
                      "n’y sont pas.",
                      joined.fr, linkage.other, by.fr, chance.fr)};
}

tables::Label answer_of(const AttackerAnswer& worst) {
  const Share& share = worst.figure.singled_out;
  const tables::Label patients = small(said(share, Whom::patients).text);
  const tables::Label title = {worst.attacker.title.en, worst.attacker.title.fr};
  return {fmt::format("{} would single out {} with enough known events.", title.en, patients.en),
          fmt::format("{} individualiserait {}{} dont suffisamment d’événements lui sont connus.",
                      page::in(page::Language::french, title), patients.fr,
                      share.value() == 1 ? "" : " parmi ceux")};
}

}  // namespace

std::vector<tables::Label> answers(const Assessment& assessment) {
  std::vector<tables::Label> sentences;
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
  std::ranges::transform(doubts(assessment), std::back_inserter(sentences), &tables::Label::en);
  std::ranges::transform(answers(assessment), std::back_inserter(sentences), &tables::Label::en);
  return fmt::format("{}", fmt::join(sentences, " "));
}

SaidShare said(const Share& of, Whom whom) {
  const double share = of.value();
  struct Nouns {
    tables::Label none, hardly_any, all, nearly_all, one_of_them, many;
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
    return SaidShare{of.is_exact ? noun.none : noun.hardly_any, false, true};
  }
  if (share == 1) {
    return SaidShare{of.is_exact ? noun.all : noun.nearly_all, true, false};
  }
  const long whole_number = of_how_many(share);
  const auto count =
      std::clamp(std::lround(share * static_cast<double>(whole_number)), 1L, whole_number - 1L);
  const tables::Label whole = page::thousands(static_cast<std::uint64_t>(whole_number));
  const tables::Label some = page::thousands(static_cast<std::uint64_t>(count));
  const tables::Label& who = count == 1 ? noun.one_of_them : noun.many;
  return {{fmt::format("{} of {} {}", some.en, whole.en, who.en),
           fmt::format("{} {} sur {}", some.fr, who.fr, whole.fr)},
          count != 1,
          false};
}

}  // namespace parcours::assessment
