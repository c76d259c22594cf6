#include "assessment/paths_section.h"

#include <fmt/format.h>

#include <algorithm>

#include "assessment/cells.h"
#include "assessment/risk_charts.h"
#include "assessment/words.h"
#include "page/numbers.h"
#include "page/page.h"

namespace parcours::assessment {
namespace {

using nlohmann::json;

constexpr std::size_t groups_shown = 8;  // of each kind, the worst off first

json timings_shown(const PathsAnswer& paths) {
  json rows = json::array();
  for (const TimingAnswer& one : paths.timings) {
    json cells = json::array();
    for (const auto& known : {headline(paths.curve).known, std::optional<std::uint32_t>()}) {
      const auto at = std::ranges::find(one.curve, known, &paths::CurvePoint::known);
      cells.push_back(at == one.curve.end() ? json{{"share", page::both({})}, {"interval", nullptr}}
                                            : share_cell(at->share));
    }
    cells.push_back(share_cell(one.whole.unique));
    rows.push_back(
        {{"knowing", page::both(in_words(one.timing, paths.precision))}, {"cells", cells}});
  }
  return rows;
}

json attackers_shown(const PathsAnswer& paths) {
  json rows = json::array();
  for (const AttackerAnswer& one : paths.attackers) {
    const paths::AttackFigure& found = one.figure;
    if (found.applies == 0) {
      continue;
    }
    const tables::Label missing = not_there_in_words(found);
    json row = share_cell(found.singled_out);
    row["title"] = page::both({one.attacker.title.en, one.attacker.title.fr});
    row["who"] = page::both({one.attacker.who.en, one.attacker.who.fr});
    row["applies"] = count_cell(found.applies);
    row["missing"] = missing.en.empty() ? json(nullptr) : page::both(missing);
    rows.push_back(std::move(row));
  }
  return rows;
}

json grouping_shown(const paths::GroupRisks& risks) {
  json rows = json::array();
  const std::vector<ToldGroup> groups = worst_first(risks);
  for (std::size_t i = 0; i < std::min(groups_shown, groups.size()); ++i) {
    const paths::GroupRisk& risk = groups[i].risk;
    json row = share_cell(risk.singled_out);
    row["group"] = page::both(groups[i].name);
    row["patients"] = count_cell(risk.patients);
    row["width"] = fmt::format("{:.1f}", 100 * risk.singled_out.value());
    rows.push_back(std::move(row));
  }
  return {
      {"by", page::both(grouping_in_words(risks.by))},
      {"rows", rows},
      {"more", groups.size() > groups_shown ? json(groups.size() - groups_shown) : json(nullptr)}};
}

json worst_off_shown(const WorstOff& worst) {
  json groupings = json::array();
  for (const paths::GroupRisks& risks : worst.groupings) {
    groupings.push_back(grouping_shown(risks));
  }
  const auto& spread = worst.practices;
  return {{"known", page::both(known_in_words(worst.point.known))},
          {"all", percent_cell(worst.point.share.value())},
          {"threshold", count_cell(worst.threshold)},
          {"groupings", groupings},
          {"practices",
           spread ? json{{"count", count_cell(spread->groups)},
                         {"too_small",
                          spread->too_small == 0 ? json(nullptr) : count_cell(spread->too_small)},
                         {"low", percent_cell(spread->p10)},
                         {"median", percent_cell(spread->median)},
                         {"high", percent_cell(spread->p90)}}
                  : json(nullptr)}};
}

// A column for each tolerance, and one for who knows the fields as well.
json heads_shown(const PathsAnswer& paths) {
  json heads = json::array();
  for (const std::int32_t within : paths.question.within_days) {
    heads.push_back(page::both(tolerance_in_words(within, paths.precision)));
  }
  if (!paths.with_fields.empty()) {
    heads.push_back(page::both(with_fields_in_words(paths)));
  }
  return heads;
}

// A line for each number of events known.
json curve_shown(const PathsAnswer& paths) {
  const paths::CurveQuestion& question = paths.question;
  json rows = json::array();
  for (std::size_t i = 0; i < question.known.size(); ++i) {
    json cells = json::array();
    for (std::size_t j = 0; j < question.within_days.size(); ++j) {
      cells.push_back(share_cell(paths.curve[j * question.known.size() + i].share));
    }
    if (!paths.with_fields.empty()) {
      cells.push_back(share_cell(paths.with_fields[i].share));
    }
    const auto& known = question.known[i];
    rows.push_back({{"known", page::both(known ? page::thousands(*known)
                                               : tables::Label{"all of them", "tous"})},
                    {"cells", cells}});
  }
  return rows;
}

// "1 event", "2,345 events"; French has its own words beside the number.
json counted(std::uint64_t number, const std::string& one) {
  const tables::Label count = page::thousands(number);
  return page::both({count.en + " " + one + (number == 1 ? "" : "s"), count.fr});
}

}  // namespace

json paths_section(const PathsAnswer& paths) {
  const Idle idle = idle_attackers(paths);
  return {
      {"chart_en", page::drawn(curve_chart(paths, page::Language::english))},
      {"chart_fr", page::drawn(curve_chart(paths, page::Language::french))},
      {"heads", heads_shown(paths)},
      {"rows", curve_shown(paths)},
      {"patients", count_cell(paths.patients)},
      {"of_patients", counted(paths.patients, "patient")},
      {"of_events", counted(paths.events, "event")},
      {"events", count_cell(paths.events)},
      {"left_out", paths.left_out.lines == 0 ? json(nullptr) : count_cell(paths.left_out.lines)},
      {"exact", std::ranges::all_of(paths.curve, &paths::CurvePoint::exact)},
      {"has_timings", !paths.timings.empty()},
      {"timings", timings_shown(paths)},
      {"headline", page::both(known_in_words(headline(paths.curve).known))},
      {"has_attackers", !paths.attackers.empty()},
      {"attackers", attackers_shown(paths)},
      {"some_attackers",
       std::ranges::any_of(paths.attackers,
                           [](const AttackerAnswer& one) { return one.figure.applies > 0; })},
      {"idle", idle.titles.en.empty()
                   ? json(nullptr)
                   : json{{"titles", page::both(idle.titles)}, {"kinds", idle.for_want_of_kinds}}},
      {"worst_off", paths.worst_off ? worst_off_shown(*paths.worst_off) : json(nullptr)},
      {"draws", count_cell(paths.question.draws)},
      {"seed", paths.question.seed}};
}

}  // namespace parcours::assessment
