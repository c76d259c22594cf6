#include "release/evidence.h"

#include <algorithm>

#include "release/earlier.h"
#include "release/figures.h"
#include "release/notes.h"
#include "release/said_checks.h"

namespace parcours::release {
namespace {

using nlohmann::ordered_json;

ordered_json in_both(const tables::Label& label) {
  return {{"en", page::in(page::Language::english, label)},
          {"fr", page::in(page::Language::french, label)}};
}

ordered_json study_of(const Asked& asked, const Permitted& permitted) {
  ordered_json study;
  study["id"] = asked.study;
  study["title"] = in_both(asked.title);
  study["sha256"] = asked.study_sha256;
  study["period"] = asked.period ? in_both(*asked.period) : ordered_json(nullptr);
  study["sentences"] = ordered_json::array();
  for (const tables::Label& sentence : asked.sentences) {
    study["sentences"].push_back(in_both(sentence));
  }
  study["permit"] = {{"named", permitted.reference()},
                     {"judged", true},
                     {"digest", permitted.digest()},
                     {"kind", {{"en", permitted.kind().en}, {"fr", permitted.kind().fr}}},
                     {"law", permitted.law()},
                     {"holder", permitted.holder()},
                     {"purpose", permitted.purpose()},
                     {"valid_until", permitted.valid_until()},
                     {"signed_with", permitted.signed_with()}};
  study["permit"]["signatures"] = ordered_json::array();
  for (const StudySignature& one : permitted.signatures()) {
    study["permit"]["signatures"].push_back(
        {{"role", formalities::to_string(one.role)}, {"signed_with", one.key}});
  }
  return study;
}

ordered_json rules_of(const protect::Rules& rules) {
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
  json["without_largest_practice_min"] = rules.has_practices
                                             ? ordered_json(rules.without_largest_practice_min)
                                             : ordered_json(nullptr);
  json["largest_value_share_below"] = rules.largest_value_share_below;
  json["mean_rounding_patients"] = rules.mean_rounding_patients;
  json["hide_group_disclosure"] = rules.hide_group_disclosure;
  json["width_min"] = rules.width_min;
  json["cover_insiders"] = rules.cover_insiders;
  json["sensitive"] = rules.sensitive;
  json["reasons"] = ordered_json::array();
  for (const protect::RuleReason& reason : rules.reasons) {
    json["reasons"].push_back({{"rule", reason.rule},
                               {"because", in_both(reason.because)},
                               {"source", reason.source.en}});
  }
  return json;
}

bool is_sensitive(const Asked& asked, const tables::Dimension& dimension) {
  return std::ranges::find(asked.sensitive, dimension.id) != asked.sensitive.end();
}

ordered_json table_of(const tables::Table& table, const Asked& asked) {
  const CellCount count = count_cells({&table, 1});
  const std::optional<Shown> part = shown(table);
  ordered_json json;
  json["id"] = table.id;
  json["title"] = in_both(table.title);
  json["dimensions"] = ordered_json::array();
  for (const tables::Dimension& dimension : table.dimensions) {
    json["dimensions"].push_back({{"id", dimension.id},
                                  {"label", in_both(dimension.label)},
                                  {"categories", dimension.categories.size()},
                                  {"additive", dimension.additive},
                                  {"sensitive", is_sensitive(asked, dimension)}});
  }
  json["mean_of"] = table.mean_of ? in_both(*table.mean_of) : ordered_json(nullptr);
  json["cells"] = count.cells;
  json["empty"] = count.empty;
  json["published"] = count.published;
  json["confidential"] = count.hidden();
  json["patients_shown_share"] = part ? ordered_json(part->part()) : ordered_json(nullptr);
  return json;
}

ordered_json hidden_of(const Verdict& verdict, const Asked& asked) {
  const CellCount count = count_cells(verdict.tables());
  const SharedByHidden shared = shared_by_hidden(verdict.tables(), asked.sensitive);
  const std::optional<Shown> part = shown(verdict.tables());
  return {{"cells", count.cells},
          {"empty", count.empty},
          {"published", count.published},
          {"confidential", count.hidden()},
          {"means", {{"cells", count.means + count.means_hidden}, {"published", count.means}}},
          {"needed",
           {{"cells", verdict.hidden().needed}, {"published", verdict.hidden().needed_published}}},
          {"patients_shown_share", part ? ordered_json(part->part()) : ordered_json(nullptr)},
          {"shows_little", shows_little(verdict.tables())},
          {"shared_values", {{"hidden_groups", shared.groups}, {"sharing", shared.sharing}}}};
}

// What stands beside the tables, by edition, the latest last.
ordered_json earlier_of(const past::EarlierFigures& earlier) {
  const std::vector<std::uint64_t> figures = figures_by_edition(earlier);
  ordered_json json = ordered_json::array();
  for (std::size_t e = 0; e < figures.size(); ++e) {
    const past::Edition& edition = earlier.editions[e];
    json.push_back({{"released_on", edition.day},
                    {"period", edition.period.empty() ? ordered_json(nullptr)
                                                      : in_both(edition.period_in_words)},
                    {"figures", figures[e]}});
  }
  return json;
}

// Of the control only what is true of every release: said_checks.cc says why.
ordered_json attack_of(const attacks::AttackRun& attack) {
  return {
      {"id", attack.outcome.id},
      {"name", in_both(attack.outcome.name)},
      {"how", in_both(attack.outcome.how)},
      {"on_release", {{"tried", attack.outcome.tried}, {"succeeded", attack.outcome.succeeded}}},
      {"control_before_protection", "passed"}};
}

}  // namespace

ordered_json evidence(const Release& release, const std::vector<Made>& files) {
  const Verdict& verdict = release.verdict();
  const Asked& asked = release.asked();
  ordered_json json;
  json["format"] = "parcours-evidence/2";
  json["released_on"] = asked.day;
  json["software"] = asked.software;
  json["seed"] = asked.seed;
  json["study"] = study_of(asked, release.permitted());
  json["population"] = {{"patients", verdict.population() ? ordered_json(*verdict.population())
                                                          : ordered_json(nullptr)}};
  json["rules"] = rules_of(verdict.rules());
  json["tables"] = ordered_json::array();
  for (const tables::Table& table : verdict.tables()) {
    json["tables"].push_back(table_of(table, asked));
  }
  json["hidden"] = hidden_of(verdict, asked);
  json["earlier"] = earlier_of(release.earlier());
  json["checks"] = ordered_json::array();
  for (const SaidCheck& check : said_checks(verdict, release.permitted())) {
    json["checks"].push_back(
        {{"id", check.id},
         {"passed", true},
         {"looked_at", check.looked_at ? ordered_json(*check.looked_at) : ordered_json(nullptr)},
         {"what", in_both(check.what)}});
  }
  json["attacks"] = ordered_json::array();
  for (const attacks::AttackRun& attack : verdict.attacks()) {
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

}  // namespace parcours::release
