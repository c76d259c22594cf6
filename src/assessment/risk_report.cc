#include "assessment/risk_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "assessment/risk_charts.h"
#include "page/embedded.h"
#include "page/numbers.h"
#include "page/page.h"

namespace parcours {
namespace embedded {
std::string_view risk_html();  // risk_html.cc
}

namespace {

using nlohmann::json;

constexpr std::size_t fields_shown = 25;
constexpr std::size_t groups_shown = 8;  // of each kind, the worst off first

std::string percent(double share) {
  return percentage(share).en;
}

double share(std::uint64_t some, std::uint64_t all) {
  return all == 0 ? 0 : static_cast<double>(some) / static_cast<double>(all);
}

json tile(const std::string& figure, const std::string& what, bool bad) {
  return {{"figure", figure}, {"what", what}, {"bad", bad}};
}

// Of the curve the points on the day, else of its first tolerance.
std::vector<CurvePoint> first_line(const PathsAnswer& paths) {
  std::vector<CurvePoint> points;
  std::ranges::copy_if(paths.curve, std::back_inserter(points), [&](const CurvePoint& point) {
    return point.within_days == paths.curve.front().within_days;
  });
  return points;
}

json tiles_of(const Assessment& assessment) {
  json tiles = json::array();
  if (const auto& paths = assessment.paths) {
    tiles.push_back(tile(grouped(paths->patients), "patients with dated events", false));
    for (const CurvePoint& point : first_line(*paths)) {
      if (tiles.size() < 4 && (!point.known || *point.known <= 2) &&
          (point.known || paths->with_fields.empty())) {
        tiles.push_back(tile(percent(point.unique_share),
                             "singled out by " + known_in_words(point.known),
                             point.unique_share > 0));
      }
    }
  }
  if (assessment.paths && !assessment.paths->with_fields.empty() && tiles.size() < 4) {
    const PathsAnswer& paths = *assessment.paths;
    const auto two =
        std::ranges::find(paths.with_fields, std::optional<std::uint32_t>(2), &CurvePoint::known);
    const CurvePoint& point = two == paths.with_fields.end() ? paths.with_fields.front() : *two;
    tiles.push_back(
        tile(percent(point.unique_share),
             "by " + known_in_words(point.known) + ", and " + fields_in_words(paths.fields),
             point.unique_share > 0));
  }
  if (const auto& people = assessment.people; people && tiles.size() < 4) {
    const std::uint64_t records = people->alike.records();
    if (tiles.empty()) {
      tiles.push_back(tile(grouped(records), people->several_lines ? "lines" : "people", false));
      tiles.push_back(tile(percent(share(people->alike.records_below(11), records)),
                           "in a group of fewer than 11", true));
      tiles.push_back(
          tile(percent(people->prosecutor.average), "of all matches would be right", true));
    }
    tiles.push_back(tile(percent(share(people->alike.uniques(), records)),
                         fmt::format("singled out by {} known fields", people->columns.size()),
                         people->alike.uniques() > 0));
  }
  if (const auto& tables = assessment.tables) {
    const auto through = std::ranges::count_if(
        tables->attacks, [](const AttackOutcome& attack) { return attack.succeeded > 0; });
    tiles.push_back(tile(std::to_string(tables->tables), "tables", false));
    tiles.push_back(tile(std::to_string(tables->attacks.size()), "attacks tried", false));
    tiles.push_back(tile(std::to_string(through), "got through", through > 0));
  }
  return tiles;
}

json share_cell(double share, bool exact, double low, double high) {
  return {{"share", percent(share)},
          {"interval",
           exact ? json(nullptr) : json(fmt::format("{:.1f} to {:.1f}", 100 * low, 100 * high))}};
}

json timings_of(const PathsAnswer& paths) {
  json rows = json::array();
  for (const TimingAnswer& one : paths.timings) {
    json cells = json::array();
    for (const auto& known : {headline(paths.curve).known, std::optional<std::uint32_t>()}) {
      const auto at = std::ranges::find(one.curve, known, &CurvePoint::known);
      cells.push_back(at == one.curve.end()
                          ? json{{"share", ""}, {"interval", nullptr}}
                          : share_cell(at->unique_share, at->exact, at->low, at->high));
    }
    cells.push_back(share_cell(share(one.whole.unique, one.whole.patients), true, 0, 0));
    rows.push_back({{"knowing", in_words(one.timing)}, {"cells", cells}});
  }
  return rows;
}

json attackers_of(const PathsAnswer& paths) {
  json rows = json::array();
  for (const AttackerAnswer& one : paths.attackers) {
    const AttackFigure& found = one.figure;
    const std::string missing = not_there_in_words(found);
    json row = found.applies == 0
                   ? json{{"share", "-"}, {"interval", nullptr}}
                   : share_cell(found.unique_share, found.exact, found.low, found.high);
    row["title"] = one.attacker.title.en;
    row["who"] = one.attacker.who.en;
    row["applies"] = grouped(found.applies);
    row["missing"] = missing.empty() ? json(nullptr) : json(missing);
    rows.push_back(std::move(row));
  }
  return rows;
}

json worst_off_of(const WorstOff& worst) {
  json groupings = json::array();
  for (const GroupRisks& risks : worst.groupings) {
    json rows = json::array();
    const std::vector<GroupRisk> groups = worst_first(risks);
    for (std::size_t i = 0; i < std::min(groups_shown, groups.size()); ++i) {
      json row =
          share_cell(groups[i].unique_share, worst.point.exact, groups[i].low, groups[i].high);
      row["group"] = groups[i].group;
      row["patients"] = grouped(groups[i].patients);
      row["width"] = fmt::format("{:.1f}", 100 * groups[i].unique_share);
      rows.push_back(std::move(row));
    }
    groupings.push_back({{"by", risks.by},
                         {"rows", rows},
                         {"more", groups.size() > groups_shown ? json(groups.size() - groups_shown)
                                                               : json(nullptr)}});
  }
  const auto& spread = worst.practices;
  return {{"known", known_in_words(worst.point.known)},
          {"all", percent(worst.point.unique_share)},
          {"threshold", worst.threshold},
          {"groupings", groupings},
          {"practices", spread ? json{{"count", grouped(spread->groups)},
                                      {"low", percent(spread->p10)},
                                      {"median", percent(spread->median)},
                                      {"high", percent(spread->p90)}}
                               : json(nullptr)}};
}

json paths_of(const PathsAnswer& paths) {
  const CurveQuestion& question = paths.question;
  json heads = json::array();
  for (const std::int32_t within : question.within_days) {
    heads.push_back(within == 0 ? "on the day" : fmt::format("to within {} days", within));
  }
  if (!paths.with_fields.empty()) {
    heads.push_back(heads[0].get<std::string>() + ", and " + fields_in_words(paths.fields));
  }
  json rows = json::array();
  for (std::size_t i = 0; i < question.known.size(); ++i) {
    json cells = json::array();
    for (std::size_t j = 0; j < question.within_days.size(); ++j) {
      const CurvePoint& point = paths.curve[j * question.known.size() + i];
      cells.push_back(
          {{"share", percent(point.unique_share)},
           {"interval", point.exact ? json(nullptr)
                                    : json(fmt::format("{:.1f} to {:.1f}", 100 * point.low,
                                                       100 * point.high))}});
    }
    if (!paths.with_fields.empty()) {
      const CurvePoint& point = paths.with_fields[i];
      cells.push_back({{"share", percent(point.unique_share)}, {"interval", nullptr}});
    }
    const auto& known = question.known[i];
    rows.push_back({{"known", known ? std::to_string(*known) : "all of them"}, {"cells", cells}});
  }
  const bool exact = std::ranges::all_of(paths.curve, &CurvePoint::exact);
  return {{"chart", drawn(curve_chart(paths))},
          {"heads", heads},
          {"rows", rows},
          {"patients", grouped(paths.patients)},
          {"events", grouped(paths.events)},
          {"left_out", paths.left_out == 0 ? json(nullptr) : json(grouped(paths.left_out))},
          {"exact", exact},
          {"has_timings", !paths.timings.empty()},
          {"timings", timings_of(paths)},
          {"headline", known_in_words(headline(paths.curve).known)},
          {"has_attackers", !paths.attackers.empty()},
          {"attackers", attackers_of(paths)},
          {"worst_off", paths.worst_off ? worst_off_of(*paths.worst_off) : json(nullptr)},
          {"draws", grouped(question.draws)},
          {"seed", question.seed}};
}

json fields_of(const PeopleAnswer& people) {
  json rows = json::array();
  for (const FieldAnswer& field : people.fields) {
    if (rows.size() == fields_shown) {
      break;
    }
    rows.push_back(
        {{"column", field.column},
         {"values", grouped(field.values)},
         {"share", percent(field.suda_share)},
         {"width", fmt::format("{:.1f}", 100 * field.suda_share)},
         {"without", percent(share(field.alone_without, people.alike.records()))},
         {"coarser",
          field.coarser.empty()
              ? json(nullptr)
              : json{{"form", field.coarser},
                     {"with", percent(share(field.alone_coarser, people.alike.records()))}}}});
  }
  return rows;
}

json order_of(const PeopleAnswer& people) {
  json steps = json::array();
  for (const DropStep& step : people.drop_order) {
    steps.push_back({{"column", step.column},
                     {"left", percent(share(step.alone_left, people.alike.records()))}});
  }
  return steps;
}

json sensitive_of(const PeopleAnswer& people) {
  json rows = json::array();
  for (const SensitiveAnswer& one : people.sensitive) {
    rows.push_back(
        {{"column", one.column},
         {"alike", grouped(one.people_alike)},
         {"learnt", grouped(one.people_learnt)},
         {"share", percent(share(one.people_learnt, one.people_alike))},
         {"farthest", fmt::format("{:.2f}", one.farthest)},
         {"guessed", one.guessed
                         ? json{{"in", percent(one.guessed->exported.share())},
                                {"out", percent(one.guessed->held_out.share())},
                                {"more", fmt::format("{:+.1f}", 100 * one.guessed->advantage())}}
                         : json(nullptr)}});
  }
  return rows;
}

json population_of(const PeopleAnswer& people) {
  if (!people.population && !people.population_uniques) {
    return nullptr;
  }
  json rows = json::array();
  if (people.population) {
    for (const std::uint64_t k : group_sizes) {
      const std::uint64_t count = people.population->records_below(k);
      rows.push_back({{"what", k == 2 ? "nobody else alike in the population"
                                      : fmt::format("fewer than {} alike in the population", k)},
                      {"people", grouped(count)},
                      {"share", percent(share(count, people.alike.records()))}});
    }
  }
  json estimates = json::array();
  if (const auto& unique = people.population_uniques) {
    const auto add = [&](const char* name, std::optional<double> value) {
      estimates.push_back({{"name", name}, {"share", value ? percent(*value) : "no solution"}});
    };
    add("Dankar's rule, of the three below", unique->dankar);
    add("Pitman", unique->pitman);
    add("Zayatz", unique->zayatz);
    add("Slide negative binomial", unique->snb);
  }
  return {{"from", people.population_from},
          {"rows", rows},
          {"estimates", estimates},
          {"fraction", people.fraction ? json(percent(*people.fraction)) : json(nullptr)}};
}

json people_of(const PeopleAnswer& people) {
  const std::uint64_t records = people.alike.records();
  const auto few = std::ranges::find(people.alone_by, std::size_t{3}, &AloneBy::fields);
  return {{"chart", drawn(group_chart(people))},
          {"file", people.file},
          {"records", grouped(records)},
          {"lines", people.several_lines ? "lines" : "people"},
          {"columns", people.columns},
          {"column_count", people.columns.size()},
          {"from_events", people.from_events},
          {"several_lines", people.several_lines},
          {"named_by", people.named_by.empty()
                           ? json(nullptr)
                           : json(fmt::format("{}", fmt::join(people.named_by, ", ")))},
          {"alone", grouped(people.alike.uniques())},
          {"average", percent(people.prosecutor.average)},
          {"highest", percent(people.prosecutor.highest)},
          {"alone_chart", people.alone_by.empty() || people.columns.size() < 4
                              ? json(nullptr)
                              : json(drawn(alone_chart(people)))},
          {"few", few == people.alone_by.end() ? json(nullptr)
                                               : json(percent(share(few->people, records)))},
          {"fields", fields_of(people)},
          {"enough", enough(people)},
          {"has_order", !people.drop_order.empty()},
          {"order", order_of(people)},
          {"alone_share", percent(share(people.alike.uniques(), records))},
          {"more_fields", people.fields.size() > fields_shown
                              ? json(people.fields.size() - fields_shown)
                              : json(nullptr)},
          {"has_sensitive", !people.sensitive.empty()},
          {"sensitive", sensitive_of(people)},
          {"population", population_of(people)}};
}

json linkage_of(const LinkageAnswer& linkage) {
  const Linkage& found = linkage.found;
  return {{"other", linkage.other},
          {"columns", linkage.columns},
          {"records", grouped(found.first_records)},
          {"joined", grouped(found.joined)},
          {"share", percent(share(found.joined, found.first_records))},
          {"chance", grouped(found.joined_by_chance)},
          {"known", found.known ? json{{"right", grouped(found.known->joined_right)},
                                       {"both", grouped(found.known->in_both)}}
                                : json(nullptr)}};
}

json attacks_of(const std::vector<AttackOutcome>& outcomes) {
  json rows = json::array();
  for (const AttackOutcome& attack : outcomes) {
    rows.push_back({{"name", attack.name.en},
                    {"how", attack.how.en},
                    {"tried", grouped(attack.tried)},
                    {"succeeded", grouped(attack.succeeded)},
                    {"through", attack.succeeded > 0}});
  }
  return rows;
}

json tables_of(const TablesAnswer& tables) {
  const bool through = std::ranges::any_of(
      tables.attacks, [](const AttackOutcome& attack) { return attack.succeeded > 0; });
  return {{"count", tables.tables},
          {"through", through},
          {"threshold", tables.threshold},
          {"attacks", attacks_of(tables.attacks)},
          {"insiders", attacks_of(tables.insiders)}};
}

json files_of(const std::vector<FileGuess>& guesses) {
  json files = json::array();
  for (const FileGuess& guess : guesses) {
    json columns = json::array();
    for (const ColumnGuess& column : guess.columns) {
      columns.push_back({{"name", column.name},
                         {"role", name_of(column.role)},
                         {"known", known_to_attackers(column.role)},
                         {"reason", column.reason}});
    }
    files.push_back(
        {{"name", guess.file},
         {"holds", guess.form == FileForm::events ? "one line an event" : "one line a person"},
         {"count", guess.columns.size()},
         {"columns", columns}});
  }
  return files;
}

json limits_of(const std::vector<Held>& held) {
  json limits = json::array();
  for (const Held& one : held) {
    limits.push_back({{"measure", one.limit.measure},
                      {"most", fmt::format("{:.4g}", one.limit.most)},
                      {"value", fmt::format("{:.4g}", one.value)},
                      {"over", one.over}});
  }
  return limits;
}

}  // namespace

Result<std::string> risk_report(const Assessment& assessment, const std::vector<Held>& held,
                                const std::string& day) {
  const std::vector<Measure> taken = measures(assessment);
  const auto singled = std::ranges::find(taken, "singled_out", &Measure::name);
  const std::vector<std::string> sentences = answers(assessment);
  json content;
  content["what"] = assessment.what;
  content["answer"] = sentences.empty() ? "" : sentences[0];
  content["lead"] =
      sentences.size() < 2
          ? json(nullptr)
          : json(fmt::format("{}", fmt::join(sentences.begin() + 1, sentences.end(), " ")));
  content["day"] = day;
  content["software"] = embedded::software();
  content["tiles"] = tiles_of(assessment);
  content["records"] = singled != taken.end();
  content["singled_out"] = singled != taken.end() && singled->value > 0;
  content["limits"] = limits_of(held);
  content["link"] = assessment.link ? json{{"people", assessment.link->people},
                                           {"events", assessment.link->events},
                                           {"in_people", grouped(assessment.link->in_people)},
                                           {"in_both", grouped(assessment.link->in_both)}}
                                    : json(nullptr);
  content["paths"] = assessment.paths ? paths_of(*assessment.paths) : json(nullptr);
  content["people"] = assessment.people ? people_of(*assessment.people) : json(nullptr);
  content["linkage"] = assessment.linkage ? linkage_of(*assessment.linkage) : json(nullptr);
  content["tables"] = assessment.tables ? tables_of(*assessment.tables) : json(nullptr);
  content["files"] = files_of(assessment.files);
  return page(embedded::risk_html(), std::move(content));
}

}  // namespace parcours
