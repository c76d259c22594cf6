#include "assessment/people_section.h"

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

constexpr std::size_t most_fields = 25;

json fields_shown(const PeopleAnswer& people) {
  const std::uint64_t records = people.alike.records();
  json rows = json::array();
  for (const FieldAnswer& field : people.fields) {
    if (rows.size() == most_fields) {
      break;
    }
    rows.push_back({{"column", field.column},
                    {"values", count_cell(field.values)},
                    {"share", percent_cell(field.suda_share)},
                    {"width", fmt::format("{:.1f}", 100 * field.suda_share)},
                    {"without", percent_cell(field.alone_without, records)},
                    {"coarser", field.coarser.en.empty()
                                    ? json(nullptr)
                                    : json{{"form", page::both(field.coarser)},
                                           {"with", percent_cell(field.alone_coarser, records)}}}});
  }
  return rows;
}

json order_shown(const PeopleAnswer& people) {
  json steps = json::array();
  for (const DropStep& step : people.drop_order) {
    steps.push_back(
        {{"column", step.column}, {"left", percent_cell(step.alone_left, people.alike.records())}});
  }
  return steps;
}

// "+3.1": a difference in percentage points.
tables::Label points(double difference) {
  const tables::Label number = page::decimal(100 * difference, 1);
  const char* plus = difference < 0 ? "" : "+";
  return {plus + number.en, plus + number.fr};
}

json sensitive_shown(const PeopleAnswer& people) {
  json rows = json::array();
  for (const SensitiveAnswer& one : people.sensitive) {
    rows.push_back(
        {{"column", one.column},
         {"alike", count_cell(static_cast<std::uint64_t>(one.learnt.of))},
         {"learnt", count_cell(one.learnt)},
         {"share", percent_cell(one.learnt.value())},
         {"fewest", count_cell(one.fewest_values)},
         {"effective", page::both(page::decimal(one.effective_values, 2))},
         {"farthest", page::both(page::decimal(one.farthest, 2))},
         {"guessed", one.guessed ? json{{"in", percent_cell(one.guessed->exported.value())},
                                        {"out", percent_cell(one.guessed->held_out.value())},
                                        {"more", page::both(points(one.guessed->advantage()))}}
                                 : json(nullptr)}});
  }
  return rows;
}

json estimates_shown(const microdata::PopulationUniques& unique) {
  json estimates = json::array();
  const auto add = [&](const tables::Label& name, std::optional<double> value) {
    estimates.push_back(
        {{"name", page::both(name)},
         {"share", value ? percent_cell(*value) : page::both({"no solution", "sans solution"})}});
  };
  add({"chosen by Dankar’s rule from the three below",
       "choisie par la règle de Dankar parmi les trois qui "
       "suivent"},
      unique.dankar);
  add({"Pitman", "Pitman"}, unique.pitman);
  add({"Zayatz", "Zayatz"}, unique.zayatz);
  add({"Slide negative binomial", "binomiale négative décalée (SNB)"}, unique.snb);
  return estimates;
}

json population_shown(const PeopleAnswer& people, const std::vector<Figure>& figures) {
  if (!people.population && !people.population_uniques) {
    return nullptr;
  }
  json rows = json::array();
  for (const Figure& figure : figures) {
    if (figure.section == Section::population && figure.id.starts_with("in_population_groups")) {
      rows.push_back({{"what", page::both(figure.what)},
                      {"people", count_cell(figure.share)},
                      {"share", percent_cell(figure.share.value())}});
    }
  }
  json journalist = nullptr;
  if (people.population) {
    const microdata::MatchRisk risk = people.population->journalist_risk();
    journalist = {{"average", percent_cell(risk.average)}, {"highest", percent_cell(risk.highest)}};
  }
  return {{"journalist", journalist},
          {"from",
           people.population_from.en.empty() ? json(nullptr) : page::both(people.population_from)},
          {"rows", rows},
          {"estimates",
           people.population_uniques ? estimates_shown(*people.population_uniques) : json::array()},
          {"fraction", people.fraction ? percent_cell(*people.fraction) : json(nullptr)},
          {"presence", people.presence ? json{{"highest", percent_cell(people.presence->highest)},
                                              {"sure", count_cell(people.presence->people_sure)},
                                              {"people", count_cell(people.presence->people)}}
                                       : json(nullptr)}};
}

json described_shown(const PeopleAnswer& people) {
  if (!people.described) {
    return nullptr;
  }
  return {{"fields", people.described_by},
          {"tried", count_cell(static_cast<std::uint64_t>(people.described->exported.of))},
          {"in", percent_cell(people.described->exported.value())},
          {"out", percent_cell(people.described->held_out.value())}};
}

// "3 of 1,234 people are alone."
tables::Label alone(const PeopleAnswer& people) {
  const std::uint64_t some = people.alike.uniques();
  const tables::Label number = page::thousands(some);
  const tables::Label all = page::thousands(people.alike.records());
  const bool lines = people.several_lines;
  return {fmt::format("{} of {} {} {} singled out.", number.en, all.en, lines ? "lines" : "people",
                      some == 1 ? "is" : "are"),
          fmt::format("Sur {} {}, {}.", all.fr, lines ? "lignes" : "personnes",
                      some == 0                        ? "aucune n’est individualisée"
                      : some == 1                      ? "une est individualisée"
                      : some == people.alike.records() ? "toutes sont individualisées"
                                                       : number.fr + " sont individualisées")};
}

}  // namespace

json people_section(const PeopleAnswer& people, const std::vector<Figure>& figures) {
  const bool with_chart = !people.alone_by.empty() && people.columns.size() >= 4;
  json section = {
      {"chart_en", page::drawn(group_chart(people, page::Language::english))},
      {"chart_fr", page::drawn(group_chart(people, page::Language::french))},
      {"file", people.file},
      {"alone", page::both(alone(people))},
      {"lines", page::both(people.several_lines ? tables::Label{"lines", "lignes"}
                                                : tables::Label{"people", "personnes"})},
      {"columns", listed(people.columns)},
      {"known",
       page::both(people.columns.size() == 1
                      ? tables::Label{"one field", "une variable"}
                      : tables::Label{fmt::format("{} fields", people.columns.size()),
                                      fmt::format("{} variables", people.columns.size())})},
      {"from_events", people.from_events},
      {"several_lines", people.several_lines},
      {"named_by", people.named_by.empty()
                       ? json(nullptr)
                       : json(fmt::format("{}", fmt::join(people.named_by, ", ")))},
      {"average", percent_cell(people.prosecutor.average)},
      {"highest", percent_cell(people.prosecutor.highest)},
      {"alone_chart", nullptr}};
  if (with_chart) {
    section["alone_chart"] = {{"en", page::drawn(alone_chart(people, page::Language::english))},
                              {"fr", page::drawn(alone_chart(people, page::Language::french))}};
  }
  section["fields"] = fields_shown(people);
  section["enough"] = enough(people);
  section["has_order"] = !people.drop_order.empty() && !of_no_use(people);
  section["of_no_use"] = of_no_use(people);
  section["steps"] = people.drop_order.size();
  section["drawn"] = people.drawn ? page::both(page::thousands(*people.drawn)) : json(nullptr);
  section["order"] = order_shown(people);
  section["alone_share"] = percent_cell(people.alike.share_below(2).value());
  section["more_fields"] =
      people.fields.size() > most_fields ? json(people.fields.size() - most_fields) : json(nullptr);
  section["described"] = described_shown(people);
  section["has_sensitive"] = !people.sensitive.empty();
  section["sensitive"] = sensitive_shown(people);
  section["population"] = population_shown(people, figures);
  return section;
}

}  // namespace parcours::assessment
