#include "assessment/figures.h"

#include <fmt/format.h>

#include <algorithm>

#include "assessment/words.h"

namespace parcours::assessment {
namespace {

Share count_of(std::size_t things) {
  return Share::exact(static_cast<double>(things), static_cast<double>(things));
}

std::string id_of(const paths::CurvePoint& point) {
  const std::string known = point.known ? std::to_string(*point.known) : "all";
  return point.within_days == 0
             ? fmt::format("singled_out_by_{}", known)
             : fmt::format("singled_out_by_{}_within_{}", known, point.within_days);
}

tables::Label words_of(const paths::CurvePoint& point) {
  const tables::Label known = known_in_words(point.known);
  const tables::Label within = within_in_words(point.within_days);
  return {"patients singled out by " + known.en + within.en,
          "patients individualisés par " + known.fr + within.fr};
}

tables::Label knowing(const tables::Label& what, paths::Timing timing, Precision precision) {
  const tables::Label known = in_words(timing, precision);
  return {what.en + ", knowing " + known.en, what.fr + ", en connaissant " + known.fr};
}

Figure figure_of(const paths::CurvePoint& point) {
  return {.id = id_of(point),
          .section = Section::events,
          .what = words_of(point),
          .share = point.share};
}

// A reader reads of one and two known events first, of all of them where nothing else is known.
void add_curve(const PathsAnswer& paths, std::vector<Figure>& all) {
  for (const paths::CurvePoint& point : paths.curve) {
    all.push_back(figure_of(point));
    all.back().tile = point.within_days == paths.curve.front().within_days &&
                      (point.known ? *point.known <= 2 : paths.with_fields.empty());
  }
  for (const paths::CurvePoint& point : paths.with_fields) {
    const tables::Label fields = fields_in_words(paths.fields);
    Figure figure = figure_of(point);
    figure.id += "_with_fields";
    figure.what.en += ", and " + fields.en;
    figure.what.fr += ", avec " + fields.fr;
    figure.tile = &point == &headline_with_fields(paths);
    all.push_back(std::move(figure));
  }
}

void add_timings(const PathsAnswer& paths, std::vector<Figure>& all) {
  for (const TimingAnswer& one : paths.timings) {
    const std::string& timing = paths::timings()[static_cast<std::size_t>(one.timing)];
    for (const paths::CurvePoint& point : one.curve) {
      if (one.timing != paths::Timing::days) {  // the curve's own
        Figure figure = figure_of(point);
        figure.id += "_" + timing;
        figure.what = knowing(figure.what, one.timing, paths.precision);
        all.push_back(std::move(figure));
      }
    }
    all.push_back({.id = "whole_path_" + timing,
                   .section = Section::events,
                   .what = knowing({"patients whose whole path no other patient has",
                                    "patients dont personne ne partage le parcours entier"},
                                   one.timing, paths.precision),
                   .share = one.whole.unique});
  }
}

void add_attackers(const PathsAnswer& paths, std::vector<Figure>& all) {
  for (const AttackerAnswer& one : paths.attackers) {
    const Text& title = one.attacker.title;
    if (one.figure.applies > 0) {
      all.push_back({.id = "attacker_" + one.attacker.id,
                     .section = Section::events,
                     .what = {title.en + ": patients singled out, of those with enough known "
                                         "events",
                              (title.fr.empty() ? title.en : title.fr) +
                                  " : patients individualisés, parmi ceux dont suffisamment "
                                  "d’événements lui sont connus"},
                     .share = one.figure.singled_out});
    }
  }
}

// What is still joined from one period to the next, at most, when every period has codes of its
// own; nothing where nobody came back.
template <class JoinedOf>
void add_most_joined(const SuccessionAnswer& succession, const JoinedOf& joined_of,
                     const std::string& id, const tables::Label& what, std::vector<Figure>& all) {
  const Share* most = nullptr;
  for (const PeriodAnswer& period : succession.periods) {
    const std::optional<paths::LinkFigures>& joined = joined_of(period);
    if (period.told && joined && joined->tried > 0 &&
        (most == nullptr || joined->correct.value() > most->value())) {
      most = &joined->correct;
    }
  }
  if (most != nullptr) {
    all.push_back({.id = id, .section = Section::events, .what = what, .share = *most});
  }
}

void add_succession(const SuccessionAnswer& succession, std::vector<Figure>& all) {
  const tables::Label what = {
      "patients joined with themselves from one period to the next by their codes "
      "alone, at most",
      "patients reliés à eux-mêmes d’une période à la suivante par leurs seuls "
      "codes, au plus"};
  add_most_joined(
      succession, [](const PeriodAnswer& period) -> auto& { return period.figures.joined; },
      "joined_across_periods", what, all);
  add_most_joined(
      succession, [](const PeriodAnswer& period) -> auto& { return period.joined_with_fields; },
      "joined_across_periods_with_fields",
      {what.en + ", with the person's fields known as well",
       what.fr + ", en connaissant aussi les variables de la personne"},
      all);
}

void add_paths(const PathsAnswer& paths, std::vector<Figure>& all) {
  all.push_back({.id = "patients",
                 .section = Section::events,
                 .form = Form::count,
                 .what = {"patients with dated events", "patients avec événements datés"},
                 .share = count_of(paths.patients),
                 .limit = false,
                 .tile = true});
  add_curve(paths, all);
  add_timings(paths, all);
  add_attackers(paths, all);
  if (paths.succession) {
    add_succession(*paths.succession, all);
  }
}

std::string id_of(const LinkWay& way) {
  return fmt::format("linked_by_{}{}{}",
                     way.timing == paths::Timing::none
                         ? "codes"
                         : paths::timings()[static_cast<std::size_t>(way.timing)],
                     way.within_days == 0 ? "" : fmt::format("_within_{}", way.within_days),
                     way.with_fields ? "_with_fields" : "");
}

void add_linkage(const PathsLinkageAnswer& linkage, std::vector<Figure>& all) {
  for (const LinkWay& way : linkage.ways) {
    const paths::LinkFigures& found = way.found;
    const std::string id = id_of(way);
    const tables::Label by = in_words(way);
    const auto add = [&](const char* ending, const tables::Label& what, const Share& share) {
      all.push_back({.id = id + ending,
                     .section = Section::joined_events,
                     .what = {what.en + ", by " + by.en, what.fr + ", par " + by.fr},
                     .share = share});
    };
    if (found.tried == 0) {
      continue;
    }
    add("",
        {"patients joined with one of the other export",
         "patients reliés à un patient de l’autre export"},
        found.joined);
    add("_by_chance",
        {"people who are not in the other export, joined with one of its patients",
         "inconnus reliés à un patient de l’autre export, où ils ne figurent pas"},
        found.by_chance);
    if (linkage.in_both) {
      add("_right",
          {"patients of both exports joined with themselves",
           "patients des deux exports reliés à eux-mêmes"},
          found.correct);
    }
  }
}

void add_tables(const TablesAnswer& tables, std::vector<Figure>& all) {
  const auto add = [&](const std::string& id, std::size_t number, const tables::Label& what,
                       bool risk, bool tile) {
    all.push_back({.id = id,
                   .section = Section::tables,
                   .form = Form::count,
                   .what = what,
                   .share = count_of(number),
                   .limit = risk,
                   .tile = tile});
  };
  const auto through = static_cast<std::size_t>(std::ranges::count_if(
      tables.attacks, [](const attacks::AttackOutcome& attack) { return attack.succeeded > 0; }));
  add("tables", tables.tables, {"tables", "tableaux"}, false, true);
  add("attacks_tried", tables.attacks.size(), {"attacks tried", "attaques menées"}, false, true);
  add("attacks_through", through,
      {"attacks on the tables got through", through < 2 ? "attaque aboutie contre les tableaux"
                                                        : "attaques abouties contre les tableaux"},
      true, true);
  for (const attacks::AttackOutcome& attack : tables.attacks) {
    add("attack_" + attack.id, attack.succeeded, attack.name, true, false);
  }
}

// The worst of what the name means. Of dated events it means two that are known: where these were
// not asked about nothing else takes their place.
std::optional<Figure> singled_out(const Assessment& assessment) {
  std::vector<Share> shares;
  if (const auto& paths = assessment.paths) {
    if (headline(paths->curve).known != 2) {
      return std::nullopt;
    }
    shares.push_back(headline(paths->curve).share);
    if (!paths->with_fields.empty()) {
      shares.push_back(headline_with_fields(*paths).share);
    }
  }
  if (assessment.people) {
    shares.push_back(assessment.people->alike.share_below(2));
  }
  if (shares.empty()) {
    return std::nullopt;
  }
  Share worst = std::ranges::max(shares, {}, &Share::value);
  worst.high = std::ranges::max(shares, {}, &Share::high).high;
  return Figure{.id = "singled_out",
                .what = {"singled out by two known dated events, by all fields, or by both, "
                         "whichever is more",
                         "individualisés par deux événements datés connus, par toutes les "
                         "variables, ou par les deux : le chiffre le plus élevé"},
                .share = worst};
}

}  // namespace

std::vector<Figure> figures(const Assessment& assessment) {
  std::vector<Figure> all;
  const auto add = [&](std::vector<Figure> more) {
    all.insert(all.end(), std::make_move_iterator(more.begin()),
               std::make_move_iterator(more.end()));
  };
  if (auto worst = singled_out(assessment)) {
    all.push_back(*std::move(worst));
  }
  if (assessment.paths) {
    add_paths(*assessment.paths, all);
  }
  if (assessment.paths_linkage) {
    add_linkage(*assessment.paths_linkage, all);
  }
  if (assessment.people) {
    add(figures_of(*assessment.people, assessment.paths.has_value()));
  }
  if (assessment.linkage) {
    add(figures_of(*assessment.linkage));
  }
  if (assessment.tables) {
    add_tables(*assessment.tables, all);
  }
  return all;
}

const Figure* find_figure(const std::vector<Figure>& figures, const std::string& id) {
  const auto found = std::ranges::find(figures, id, &Figure::id);
  return found == figures.end() ? nullptr : &*found;
}

}  // namespace parcours::assessment
