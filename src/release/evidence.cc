#include "release/evidence.h"

#include <fmt/format.h>

#include "release/figures.h"
#include "release/notes.h"
#include "release/rule_words.h"

namespace parcours {
namespace {

using nlohmann::ordered_json;

ordered_json in_both(const Label& label) {
  return {{"en", in(Language::english, label)}, {"fr", in(Language::french, label)}};
}

ordered_json study_of(const Asked& asked) {
  ordered_json study;
  study["id"] = asked.study;
  study["title"] = in_both(asked.title);
  study["sha256"] = asked.study_sha256;
  study["period"] = asked.period ? in_both(*asked.period) : ordered_json(nullptr);
  study["sentences"] = ordered_json::array();
  for (const Label& sentence : asked.sentences) {
    study["sentences"].push_back(in_both(sentence));
  }
  study["permit"] = {
      {"named", asked.permit.empty() ? ordered_json(nullptr) : ordered_json(asked.permit)},
      {"judged", false}};
  return study;
}

ordered_json rules_of(const Rules& rules) {
  ordered_json json;
  json["id"] = rules.id;
  json["title"] = in_both(rules.title);
  json["sha256"] = rules.sha256;
  json["patients_min"] = rules.patients_min;
  json["complement_min"] = rules.complement_min;
  json["practices_apply"] = rules.has_practices;
  json["practices_do_not_apply_because"] =
      rules.has_practices ? ordered_json(nullptr) : in_both(rules.no_practices_because);
  json["practices_min"] =
      rules.has_practices ? ordered_json(rules.practices_min) : ordered_json(nullptr);
  json["largest_practice_share_below"] = rules.has_practices
                                             ? ordered_json(rules.largest_practice_share_below)
                                             : ordered_json(nullptr);
  json["largest_value_share_below"] = rules.largest_value_share_below;
  json["mean_rounding_patients"] = rules.mean_rounding_patients;
  json["hide_group_disclosure"] = rules.hide_group_disclosure;
  json["width_min"] = rules.width_min;
  json["cover_insiders"] = rules.cover_insiders;
  json["sensitive"] = rules.sensitive;
  json["reasons"] = ordered_json::array();
  for (const RuleReason& reason : rules.reasons) {
    json["reasons"].push_back(
        {{"rule", reason.rule}, {"because", in_both(reason.because)}, {"source", reason.source}});
  }
  return json;
}

ordered_json table_of(const Table& table) {
  const CellCount count = count_cells({&table, 1});
  const std::optional<Shown> part = shown(table);
  ordered_json json;
  json["id"] = table.id;
  json["title"] = in_both(table.title);
  json["dimensions"] = ordered_json::array();
  for (const Dimension& dimension : table.dimensions) {
    json["dimensions"].push_back({{"id", dimension.id},
                                  {"label", in_both(dimension.label)},
                                  {"categories", dimension.categories.size()},
                                  {"additive", dimension.additive}});
  }
  json["mean_of"] = table.mean_of ? in_both(*table.mean_of) : ordered_json(nullptr);
  json["cells"] = count.cells;
  json["published"] = count.published;
  json["confidential"] = count.cells - count.published;
  json["patients_shown_share"] = part ? ordered_json(part->part()) : ordered_json(nullptr);
  return json;
}

ordered_json hidden_of(const Verdict& verdict) {
  const ProtectionSummary& summary = verdict.hidden();
  ordered_json by_rule = ordered_json::object();
  for (const HiddenBy& hidden : hidden_by(summary, verdict.rules())) {
    by_rule[hidden.rule] = hidden.cells;
  }
  return {{"cells", summary.cells},
          {"published", summary.published},
          {"confidential", summary.cells - summary.published},
          {"by_rule", by_rule},
          {"means",
           {{"cells", summary.means},
            {"published", summary.means_published},
            {"secondary", summary.means_secondary}}},
          {"needed", {{"cells", summary.needed}, {"published", summary.needed_published}}},
          {"patients_shown_share", shown(verdict.tables()).part()}};
}

ordered_json attack_of(const AttackRun& attack) {
  return {
      {"id", attack.outcome.id},
      {"name", in_both(attack.outcome.name)},
      {"how", in_both(attack.outcome.how)},
      {"on_release", {{"tried", attack.outcome.tried}, {"succeeded", attack.outcome.succeeded}}},
      {"control_before_protection",
       {{"tried", attack.control.tried},
        {"succeeded", attack.control.succeeded},
        {"to_find", attack.to_find}}}};
}

}  // namespace

std::vector<HiddenBy> hidden_by(const ProtectionSummary& summary, const Rules& rules) {
  std::vector<HiddenBy> hidden;
  for (const Rule rule : all_rules) {
    if (rule != Rule::largest_value_share_below && applies(rule, rules)) {
      hidden.push_back(
          {std::string(name_of(rule)), words_of(rule, rules), summary.hidden_by(rule)});
    }
  }
  hidden.push_back({"secondary",
                    {"secondary suppression: safe, but would give another hidden cell away",
                     "secret secondaire : case sûre, mais qui révélerait une autre case masquée"},
                    summary.secondary});
  return hidden;
}

ordered_json evidence(const Release& release, const std::vector<Made>& files) {
  const Verdict& verdict = release.verdict();
  const Asked& asked = release.asked();
  ordered_json json;
  json["format"] = "parcours-evidence/1";
  json["released_on"] = asked.day;
  json["software"] = asked.software;
  json["seed"] = asked.seed;
  json["study"] = study_of(asked);
  json["population"] = {{"patients", verdict.population()}};
  json["rules"] = rules_of(verdict.rules());
  json["tables"] = ordered_json::array();
  for (const Table& table : verdict.tables()) {
    json["tables"].push_back(table_of(table));
  }
  json["hidden"] = hidden_of(verdict);
  json["checks"] = ordered_json::array();
  for (const Check& check : verdict.checks()) {
    json["checks"].push_back({{"id", check.id},
                              {"passed", true},
                              {"looked_at", check.looked_at},
                              {"what", in_both(check.what)}});
  }
  json["attacks"] = ordered_json::array();
  for (const AttackRun& attack : verdict.attacks()) {
    json["attacks"].push_back(attack_of(attack));
  }
  json["not_judged"] = ordered_json::array();
  for (const Note& note : not_judged(asked, verdict.rules())) {
    json["not_judged"].push_back({{"id", note.id}, {"en", note.text.en}, {"fr", note.text.fr}});
  }
  json["files"] = ordered_json::array();
  for (const Made& file : files) {
    json["files"].push_back({{"path", file.path}, {"bytes", file.bytes}, {"sha256", file.sha256}});
  }
  return json;
}

}  // namespace parcours
