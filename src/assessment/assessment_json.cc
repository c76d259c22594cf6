#include "assessment/assessment_json.h"

namespace parcours {
namespace {

using nlohmann::ordered_json;

ordered_json curve_of(const PathsAnswer& paths) {
  ordered_json points = ordered_json::array();
  for (const CurvePoint& point : paths.curve) {
    points.push_back({{"known", point.known ? ordered_json(*point.known) : ordered_json("all")},
                      {"within_days", point.within_days},
                      {"unique_share", point.unique_share},
                      {"exact", point.exact},
                      {"interval", {point.low, point.high}}});
  }
  return points;
}

ordered_json people_of(const PeopleAnswer& people) {
  ordered_json sizes = ordered_json::array();
  for (const ClassSize& size : people.alike.sizes) {
    sizes.push_back({{"alike", size.records}, {"groups", size.classes}});
  }
  return {{"file", people.file},
          {"known_columns", people.columns},
          {"identifying_columns", people.named_by},
          {"fields_of_an_events_file", people.from_events},
          {"several_lines_a_patient", people.several_lines},
          {"records", people.alike.records()},
          {"groups", people.alike.classes()},
          {"singled_out", people.alike.uniques()},
          {"group_sizes", sizes},
          {"population_from",
           people.population ? ordered_json(people.population_from) : ordered_json(nullptr)}};
}

ordered_json tables_of(const TablesAnswer& tables) {
  ordered_json attacks = ordered_json::array();
  for (const AttackOutcome& attack : tables.attacks) {
    attacks.push_back({{"id", attack.id},
                       {"name", attack.name.en},
                       {"how", attack.how.en},
                       {"tried", attack.tried},
                       {"succeeded", attack.succeeded}});
  }
  return {{"tables", tables.tables}, {"threshold", tables.threshold}, {"attacks", attacks}};
}

}  // namespace

ordered_json as_json(const std::vector<FileGuess>& guesses) {
  ordered_json files = ordered_json::array();
  for (const FileGuess& guess : guesses) {
    ordered_json columns = ordered_json::array();
    for (const ColumnGuess& column : guess.columns) {
      columns.push_back({{"column", column.name},
                         {"role", name_of(column.role)},
                         {"reason", column.reason},
                         {"missing_share", column.missing}});
    }
    files.push_back({{"file", guess.file},
                     {"holds", guess.form == FileForm::events ? "events" : "people"},
                     {"day_format", guess.day_format},
                     {"columns", columns}});
  }
  return files;
}

ordered_json as_json(const Assessment& assessment, const std::vector<Held>& held) {
  ordered_json json = {{"format", "parcours-risk/1"}, {"answer", answer(assessment)}};
  if (assessment.paths) {
    const PathsAnswer& paths = *assessment.paths;
    json["patients"] = paths.patients;
    json["events"] = paths.events;
    json["left_out"] = paths.left_out;
    json["draws"] = paths.question.draws;
    json["seed"] = paths.question.seed;
    json["curve"] = curve_of(paths);
  }
  if (assessment.people) {
    json["people"] = people_of(*assessment.people);
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
  for (const Measure& measure : measures(assessment)) {
    json["measures"][measure.name] = measure.value;
  }
  json["limits"] = ordered_json::array();
  for (const Held& one : held) {
    json["limits"].push_back({{"measure", one.limit.measure},
                              {"most", one.limit.most},
                              {"value", one.value},
                              {"over", one.over}});
  }
  if (!assessment.files.empty()) {
    json["files"] = as_json(assessment.files);
  }
  return json;
}

}  // namespace parcours
