#include "release/permit_demands.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "base/check.h"

namespace parcours::release {
namespace {

// Nothing of a rule that does not apply to a source without practices.
std::optional<double> value_of_rule(const protect::Rules& rules, std::string_view rule) {
  const bool of_practices = rule == "practices_min" || rule == "largest_practice_share_below" ||
                            rule == "without_largest_practice_min";
  if (of_practices && !rules.has_practices) {
    return std::nullopt;
  }
  if (rule == "patients_min") {
    return rules.patients_min;
  }
  if (rule == "complement_min") {
    return rules.complement_min;
  }
  if (rule == "practices_min") {
    return rules.practices_min;
  }
  if (rule == "largest_practice_share_below") {
    return rules.largest_practice_share_below;
  }
  if (rule == "without_largest_practice_min") {
    return rules.without_largest_practice_min;
  }
  if (rule == "largest_value_share_below") {
    return rules.largest_value_share_below;
  }
  if (rule == "mean_rounding_patients") {
    return rules.mean_rounding_patients;
  }
  if (rule == "hide_group_disclosure") {
    return rules.hide_group_disclosure ? 1.0 : 0.0;
  }
  if (rule == "width_min") {
    return rules.width_min;
  }
  PARCOURS_CHECK(rule == "cover_insiders");
  return rules.cover_insiders ? 1.0 : 0.0;
}

std::string said_value(formalities::DemandKind kind, double value) {
  if (kind == formalities::DemandKind::flag) {
    return value == 0 ? "false" : "true";
  }
  return fmt::format("{}", value);
}

study::PermitFinding demand_finding(const protect::Rules& rules,
                                    const formalities::Demand& demand) {
  const auto known =
      std::ranges::find(formalities::demand_rules(), demand.rule, &formalities::DemandRule::rule);
  PARCOURS_CHECK(known != formalities::demand_rules().end());
  const std::optional<double> value = value_of_rule(rules, demand.rule);
  const bool covered =
      value && (known->kind == formalities::DemandKind::at_most ? *value <= demand.value
                                                                : *value >= demand.value);
  const std::string needed = said_value(known->kind, demand.value);
  const std::string found = value ? said_value(known->kind, *value) : "";
  if (covered) {
    return {true,
            {fmt::format("The rule {} ({}) is as strict as the permit demands ({}).", demand.rule,
                         found, needed),
             fmt::format("La règle {} ({}) est aussi stricte que la formalité l’exige ({}).",
                         demand.rule, found, needed)},
            {}};
  }
  if (!value) {
    return {
        false,
        {fmt::format("The permit demands the rule {}, and the rules count no practices.",
                     demand.rule),
         fmt::format("La formalité exige la règle {}, et les règles ne comptent pas les cabinets.",
                     demand.rule)},
        {"take rules with practices = \"counted\"",
         "prendre des règles où practices = \"counted\""}};
  }
  return {false,
          {fmt::format("The rule {} ({}) is less strict than the permit demands ({}).", demand.rule,
                       found, needed),
           fmt::format("La règle {} ({}) est moins stricte que la formalité ne l’exige ({}).",
                       demand.rule, found, needed)},
          {fmt::format("take rules whose {} is {}{}", demand.rule, needed,
                       known->kind == formalities::DemandKind::flag      ? ""
                       : known->kind == formalities::DemandKind::at_most ? " or less"
                                                                         : " or more"),
           fmt::format("prendre des règles dont {} vaut {}{}", demand.rule, needed,
                       known->kind == formalities::DemandKind::flag      ? ""
                       : known->kind == formalities::DemandKind::at_most ? " ou moins"
                                                                         : " ou plus")}};
}

}  // namespace

std::vector<study::PermitFinding> check_demands(const protect::Rules& rules,
                                                const formalities::Permit& permit) {
  const std::string named =
      permit.rules.empty() ? "-" : fmt::format("{}", fmt::join(permit.rules, ", "));
  std::vector<study::PermitFinding> findings;
  if (std::ranges::find(permit.rules, rules.id) != permit.rules.end()) {
    findings.push_back({true,
                        {fmt::format("The permit names the rules {}.", rules.id),
                         fmt::format("La formalité cite les règles {}.", rules.id)},
                        {}});
  } else {
    findings.push_back({false,
                        {fmt::format("The permit does not name the rules {}.", rules.id),
                         fmt::format("La formalité ne cite pas les règles {}.", rules.id)},
                        {fmt::format("release under one of: {}", named),
                         fmt::format("diffuser selon l’une de : {}", named)}});
  }
  const std::vector<study::PermitFinding> strict = check_strictness(rules, permit);
  findings.insert(findings.end(), strict.begin(), strict.end());
  return findings;
}

std::vector<study::PermitFinding> check_strictness(const protect::Rules& rules,
                                                   const formalities::Permit& permit) {
  std::vector<study::PermitFinding> findings;
  for (const formalities::Demand& demand : permit.demands) {
    findings.push_back(demand_finding(rules, demand));
  }
  return findings;
}

}  // namespace parcours::release
