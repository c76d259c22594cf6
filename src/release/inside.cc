#include "release/inside.h"

namespace parcours::release {

using nlohmann::ordered_json;

std::vector<HiddenBy> hidden_by(const Verdict& verdict) {
  std::vector<HiddenBy> hidden;
  for (const protect::Rule rule : protect::all_rules) {
    if (rule != protect::Rule::largest_value_share_below &&
        protect::applies(rule, verdict.rules())) {
      hidden.push_back({std::string(protect::name_of(rule)), verdict.hidden().hidden_by(rule)});
    }
  }
  hidden.push_back({"secondary", verdict.hidden().secondary});
  return hidden;
}

ordered_json inside(const Verdict& verdict) {
  ordered_json by_rule = ordered_json::object();
  for (const HiddenBy& hidden : hidden_by(verdict)) {
    by_rule[hidden.rule] = hidden.cells;
  }
  ordered_json controls = ordered_json::array();
  for (const attacks::AttackRun& attack : verdict.attacks()) {
    controls.push_back({{"id", attack.outcome.id},
                        {"tried", attack.control.tried},
                        {"succeeded", attack.control.succeeded},
                        {"to_find", attack.to_find}});
  }
  ordered_json checks = ordered_json::array();
  for (const Check& check : verdict.checks()) {
    checks.push_back({{"id", check.id},
                      {"looked_at", check.looked_at},
                      {"en", check.what.en},
                      {"fr", check.what.fr}});
  }
  return {{"stays_inside", true},
          {"hidden_by_rule", by_rule},
          {"means_hidden_for_others", verdict.hidden().means_secondary},
          {"controls", controls},
          {"checks", checks}};
}

}  // namespace parcours::release
