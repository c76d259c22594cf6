#include "assessment/assessment_json.h"

#include "assessment/answer.h"
#include "assessment/doubts.h"
#include "assessment/figures.h"

namespace parcours::assessment {
namespace {

using nlohmann::ordered_json;

std::uint64_t whole(double count) {
  return static_cast<std::uint64_t>(count);
}

ordered_json english_of(const std::vector<tables::Label>& sentences) {
  ordered_json list = ordered_json::array();
  for (const tables::Label& sentence : sentences) {
    list.push_back(sentence.en);
  }
  return list;
}

ordered_json interval_of(const Share& share) {
  return {share.low, share.high};
}

ordered_json curve_of(const std::vector<paths::CurvePoint>& curve) {
  ordered_json points = ordered_json::array();
  for (const paths::CurvePoint& point : curve) {
    points.push_back({{"known", point.known ? ordered_json(*point.known) : ordered_json("all")},
                      {"within_days", point.within_days},
                      {"unique_share", point.share.value()},
                      {"exact", point.exact()},
                      {"interval", interval_of(point.share)}});
  }
  return points;
}

ordered_json timings_of(const PathsAnswer& paths) {
  ordered_json rows = ordered_json::array();
  for (const TimingAnswer& one : paths.timings) {
    rows.push_back({{"timing", paths::timings()[static_cast<std::size_t>(one.timing)]},
                    {"curve", curve_of(one.curve)},
                    {"whole_paths_unique", whole(one.whole.unique.some)},
                    {"whole_paths_different", one.whole.different}});
  }
  return rows;
}

ordered_json attackers_of(const PathsAnswer& paths) {
  ordered_json rows = ordered_json::array();
  for (const AttackerAnswer& one : paths.attackers) {
    const paths::AttackFigure& figure = one.figure;
    rows.push_back({{"id", one.attacker.id},
                    {"title", one.attacker.title.en},
                    {"who", one.attacker.who.en},
                    {"applies", figure.applies},
                    {"not_there", figure.not_there},
                    {"unique_share", nullptr}});
    if (figure.applies > 0) {
      rows.back()["unique_share"] = figure.singled_out.value();
      rows.back()["exact"] = figure.singled_out.is_exact;
      rows.back()["interval"] = interval_of(figure.singled_out);
    }
  }
  return rows;
}

ordered_json group_of(const paths::GroupRisk& group) {
  return {{"group", group.group},
          {"patients", group.patients},
          {"unique_share", group.singled_out.value()},
          {"interval", interval_of(group.singled_out)}};
}

ordered_json worst_off_of(const WorstOff& worst) {
  ordered_json groupings = ordered_json::array();
  for (const paths::GroupRisks& risks : worst.groupings) {
    ordered_json groups = ordered_json::array();
    for (const paths::GroupRisk& group : risks.groups) {
      groups.push_back(group_of(group));
    }
    groupings.push_back(
        {{"by", risks.by},
         {"groups", groups},
         {"others", risks.others ? group_of(*risks.others) : ordered_json(nullptr)}});
  }
  ordered_json json = {{"point", curve_of({worst.point})[0]},
                       {"threshold", worst.threshold},
                       {"groupings", groupings},
                       {"practices", nullptr}};
  if (const auto& spread = worst.practices) {
    json["practices"] = {{"practices", spread->groups},
                         {"p10", spread->p10},
                         {"median", spread->median},
                         {"p90", spread->p90}};
  }
  return json;
}

ordered_json tally_of(const Share& right) {
  return {{"tried", whole(right.of)}, {"right", whole(right.some)}};
}

ordered_json sensitive_of(const PeopleAnswer& people) {
  ordered_json rows = ordered_json::array();
  for (const SensitiveAnswer& one : people.sensitive) {
    rows.push_back({{"column", one.column},
                    {"with_others_alike", whole(one.learnt.of)},
                    {"learnt", whole(one.learnt.some)},
                    {"fewest_values", one.fewest_values},
                    {"effective_values", one.effective_values},
                    {"farthest_group", one.farthest}});
    if (one.guessed) {
      rows.back()["guessed"] = {{"in_file", tally_of(one.guessed->exported)},
                                {"held_out", tally_of(one.guessed->held_out)},
                                {"commonest", tally_of(one.guessed->commonest)},
                                {"advantage", one.guessed->advantage()}};
    }
  }
  return rows;
}

ordered_json estimates_of(const PeopleAnswer& people) {
  if (!people.population_uniques) {
    return nullptr;
  }
  const microdata::PopulationUniques& unique = *people.population_uniques;
  const auto maybe = [](std::optional<double> value) {
    return value ? ordered_json(*value) : ordered_json(nullptr);
  };
  return {{"fraction", maybe(people.fraction)},
          {"reliable", !people.fraction || *people.fraction >= microdata::least_fraction},
          {"dankar", unique.dankar},
          {"zayatz", unique.zayatz},
          {"pitman", maybe(unique.pitman)},
          {"snb", maybe(unique.snb)}};
}

ordered_json stand_ins_in_json(const std::vector<StandIn>& found) {
  ordered_json all = ordered_json::array();
  for (const StandIn& one : found) {
    all.push_back({{"column", one.column}, {"value", one.value}, {"lines", one.records}});
  }
  return all;
}

ordered_json linkage_of(const LinkageAnswer& linkage) {
  const microdata::Linkage& found = linkage.found;
  ordered_json json = {{"other", linkage.other},
                       {"columns", linkage.columns},
                       {"taken_for_empty", stand_ins_in_json(linkage.stand_ins)},
                       {"taken_for_empty_in_other", stand_ins_in_json(linkage.stand_ins_of_other)},
                       {"records", found.first_records},
                       {"records_of_other", found.second_records},
                       {"joined", whole(found.joined.some)},
                       {"joined_by_chance", whole(found.joined_by_chance.some)}};
  if (found.known) {
    json["in_both"] = found.known->in_both;
    json["joined_right"] = whole(found.known->joined_right.some);
    json["guesses"] = whole(found.known->guessed_right.of);
    json["guessed_right"] = found.known->guessed_right.some;
    json["guessed_right_by_chance"] = found.known->guessed_right_by_chance.some;
  }
  return json;
}

// `known`: it is known who is who.
ordered_json joined_of(const paths::LinkFigures& found, bool known) {
  ordered_json json = {{"tried", found.tried},
                       {"joined", whole(found.joined.some)},
                       {"interval", interval_of(found.joined)},
                       {"joined_by_chance", whole(found.by_chance.some)},
                       {"interval_by_chance", interval_of(found.by_chance)}};
  if (known) {
    json["in_both"] = found.in_both;
    json["joined_right"] = whole(found.correct.some);
    json["interval_right"] = interval_of(found.correct);
    json["best_right"] = whole(found.best.some);
  }
  return json;
}

ordered_json paths_linkage_of(const PathsLinkageAnswer& linkage) {
  const bool known = linkage.in_both.has_value();
  ordered_json ways = ordered_json::array();
  for (const LinkWay& way : linkage.ways) {
    ways.push_back({{"timing", paths::timings()[static_cast<std::size_t>(way.timing)]},
                    {"within_days", way.within_days},
                    {"with_fields", way.with_fields},
                    {"found", joined_of(way.found, known)}});
  }
  return {{"other", linkage.other},
          {"patients_of_other", linkage.patients_of_other},
          {"in_both", known ? ordered_json(*linkage.in_both) : ordered_json(nullptr)},
          {"known_by", linkage.known_by},
          {"nobody_in_both", linkage.nobody_in_both},
          {"same_codes", linkage.same_codes},
          {"whole_paths_joined",
           linkage.whole ? ordered_json(linkage.whole->joined) : ordered_json(nullptr)},
          {"whole_paths_joined_right",
           linkage.whole && known ? ordered_json(linkage.whole->correct) : ordered_json(nullptr)},
          {"fields", linkage.fields},
          {"taken_for_empty", stand_ins_in_json(linkage.stand_ins)},
          {"taken_for_empty_in_other", stand_ins_in_json(linkage.stand_ins_of_other)},
          {"ways", ways}};
}

// Of a period with fewer patients than the threshold nothing is told but that it is one.
ordered_json succession_of(const SuccessionAnswer& succession, Calendar calendar) {
  ordered_json periods = ordered_json::array();
  for (const PeriodAnswer& period : succession.periods) {
    const paths::PeriodFigures& figures = period.figures;
    const auto told = [&](const auto& figure) {
      return period.told ? ordered_json(figure) : ordered_json(nullptr);
    };
    const auto joined = [&](const std::optional<paths::LinkFigures>& found) {
      return found && period.told ? joined_of(*found, true) : ordered_json(nullptr);
    };
    periods.push_back({{"from", to_string(Day{figures.first_day}, calendar)},
                       {"patients", told(figures.patients)},
                       {"unique_share_alone", told(figures.unique_alone.value())},
                       {"patients_so_far", told(figures.patients_so_far)},
                       {"unique_share_so_far", told(figures.unique_so_far.value())},
                       {"joined_without_code", joined(figures.joined)},
                       {"joined_without_code_with_fields", joined(period.joined_with_fields)}});
  }
  return {{"periods", periods}, {"fields", succession.fields}};
}

ordered_json described_of(const PeopleAnswer& people) {
  if (!people.described) {
    return nullptr;
  }
  return {{"fields", people.described_by},
          {"in_file", tally_of(people.described->exported)},
          {"held_out", tally_of(people.described->held_out)},
          {"by_weight", people.described->by_weight},
          {"advantage", people.described->advantage()}};
}

// The chance to match a person.
ordered_json match_of(const microdata::MatchRisk& risk) {
  return {{"average", risk.average}, {"highest", risk.highest}};
}

ordered_json presence_of(const PeopleAnswer& people) {
  if (!people.presence) {
    return nullptr;
  }
  const microdata::Presence& found = *people.presence;
  return {{"lowest", found.lowest},
          {"highest", found.highest},
          {"people", found.people},
          {"sure", found.people_sure},
          {"not_covered", found.not_covered}};
}

ordered_json people_of(const PeopleAnswer& people) {
  ordered_json sizes = ordered_json::array();
  for (const microdata::ClassSize& size : people.alike.sizes) {
    sizes.push_back({{"alike", size.records}, {"groups", size.classes}});
  }
  ordered_json fields = ordered_json::array();
  for (const FieldAnswer& field : people.fields) {
    fields.push_back({{"column", field.column},
                      {"values", field.values},
                      {"suda_share", field.suda_share},
                      {"singled_out_without", field.alone_without}});
    if (!field.coarser.en.empty()) {
      fields.back()["coarser"] = {{"form", field.coarser.en}, {"singled_out", field.alone_coarser}};
    }
  }
  ordered_json order = ordered_json::array();
  for (const DropStep& step : people.drop_order) {
    order.push_back({{"drop", step.column}, {"singled_out", step.alone_left}});
  }
  ordered_json alone = ordered_json::array();
  for (const AloneBy& one : people.alone_by) {
    alone.push_back({{"fields", one.fields}, {"people", whole(one.people.some)}});
  }
  return {{"file", people.file},
          {"fields", fields},
          {"drop_order", order},
          {"singled_out_by_fields", alone},
          {"singled_out_by_fields_drawn",
           people.drawn ? ordered_json(*people.drawn) : ordered_json(nullptr)},
          {"sensitive", sensitive_of(people)},
          {"singled_out_by_descriptions", described_of(people)},
          {"presence", presence_of(people)},
          {"prosecutor", match_of(people.prosecutor)},
          {"journalist", people.population ? match_of(people.population->journalist_risk())
                                           : ordered_json(nullptr)},
          {"population_uniques", estimates_of(people)},
          {"known_columns", people.columns},
          {"identifying_columns", people.named_by},
          {"fields_of_an_events_file", people.from_events},
          {"several_lines_a_patient", people.several_lines},
          {"taken_for_empty", stand_ins_in_json(people.stand_ins)},
          {"taken_for_empty_in_population", stand_ins_in_json(people.population_stand_ins)},
          {"records", people.alike.records()},
          {"groups", people.alike.classes()},
          {"singled_out", people.alike.uniques()},
          {"group_sizes", sizes},
          {"population_from",
           people.population ? ordered_json(people.population_from.en) : ordered_json(nullptr)}};
}

ordered_json attacks_of(const std::vector<attacks::AttackOutcome>& outcomes) {
  ordered_json attacks = ordered_json::array();
  for (const attacks::AttackOutcome& attack : outcomes) {
    attacks.push_back({{"id", attack.id},
                       {"name", attack.name.en},
                       {"how", attack.how.en},
                       {"tried", attack.tried},
                       {"succeeded", attack.succeeded}});
  }
  return attacks;
}

ordered_json tables_of(const TablesAnswer& tables) {
  return {{"tables", tables.tables},
          {"threshold", tables.threshold},
          {"attacks", attacks_of(tables.attacks)},
          {"insiders", attacks_of(tables.insiders)}};
}

}  // namespace

ordered_json as_json(const std::vector<exports::FileGuess>& guesses,
                     const std::vector<std::string>& settled) {
  ordered_json files = ordered_json::array();
  for (const exports::FileGuess& guess : guesses) {
    ordered_json columns = ordered_json::array();
    for (const exports::ColumnGuess& column : guess.columns) {
      columns.push_back({{"column", column.name},
                         {"role", exports::name_of(column.role)},
                         {"reason", column.reason.en},
                         {"missing_share", column.missing}});
    }
    files.push_back({{"file", guess.file},
                     {"holds", guess.form == exports::FileForm::events ? "events" : "people"},
                     {"day_format", guess.day_format},
                     {"doubts", english_of(doubts({guess}, settled))},
                     {"columns", columns}});
  }
  return files;
}

ordered_json as_json(const Assessment& assessment, const std::vector<Held>& held) {
  ordered_json json = {{"format", "parcours-risk/1"}, {"answer", answer(assessment)}};
  json["doubts"] = english_of(doubts(assessment));
  if (assessment.of_vault) {
    json["stays_inside"] = true;
  }
  if (assessment.paths) {
    const PathsAnswer& paths = *assessment.paths;
    json["patients"] = paths.patients;
    json["events"] = paths.events;
    json["left_out"] = paths.left_out.lines;
    static constexpr const char* precisions[] = {"days", "weeks", "months", "years"};
    json["precision"] = precisions[static_cast<std::size_t>(paths.precision)];
    json["draws"] = paths.question.draws;
    json["seed"] = paths.question.seed;
    json["curve"] = curve_of(paths.curve);
    json["fields"] = paths.fields;
    json["curve_with_fields"] = curve_of(paths.with_fields);
    json["timings"] = timings_of(paths);
    json["attackers"] = attackers_of(paths);
    if (paths.worst_off) {
      json["worst_off"] = worst_off_of(*paths.worst_off);
    }
    if (paths.succession) {
      json["succession"] = succession_of(*paths.succession, paths.calendar);
    }
  }
  if (assessment.paths_linkage) {
    json["paths_linkage"] = paths_linkage_of(*assessment.paths_linkage);
  }
  if (assessment.people) {
    json["people"] = people_of(*assessment.people);
  }
  if (assessment.linkage) {
    json["linkage"] = linkage_of(*assessment.linkage);
  }
  if (assessment.tables) {
    json["tables"] = tables_of(*assessment.tables);
  }
  if (const auto& link = assessment.link) {
    json["link"] = {{"people", link->people},
                    {"events", link->events},
                    {"in_people", link->in_people},
                    {"in_events", link->in_events},
                    {"in_both", link->in_both}};
  }
  json["measures"] = ordered_json::object();
  for (const Figure& figure : figures(assessment)) {
    if (figure.limit) {
      json["measures"][figure.id] = figure.value();
    }
  }
  json["limits"] = ordered_json::array();
  for (const Held& one : held) {
    json["limits"].push_back({{"measure", one.limit.measure},
                              {"most", one.limit.most},
                              {"value", one.value},
                              {"over", one.over}});
  }
  if (!assessment.files.empty()) {
    json["files"] = as_json(assessment.files, settled_columns(assessment));
  }
  return json;
}

}  // namespace parcours::assessment
