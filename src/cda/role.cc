#include "cda/role.h"

#include <algorithm>
#include <array>

namespace parcours::cda {
namespace {

struct RoleName {
  std::string_view text;
  Role role;
};

// Templates: of IHE PCC (1.3.6.1.4.1.19376.1.5.3.1), IHE PaLM (.1.3), IHE Pharmacy (.1.9) and the
// health agency's CI-SIS (1.2.250.1.213.1.1.2).
constexpr std::array<RoleName, 42> section_templates = {
    {{"1.3.6.1.4.1.19376.1.5.3.1.3.6", Role::problems},
     {"1.2.250.1.213.1.1.2.132", Role::problems},
     {"1.3.6.1.4.1.19376.1.5.3.1.3.8", Role::history},
     {"1.2.250.1.213.1.1.2.134", Role::history},
     {"1.3.6.1.4.1.19376.1.5.3.1.3.14", Role::family},
     {"1.3.6.1.4.1.19376.1.5.3.1.3.15", Role::family},
     {"1.2.250.1.213.1.1.2.139", Role::family},
     {"1.3.6.1.4.1.19376.1.5.3.1.3.11", Role::procedures},
     {"1.3.6.1.4.1.19376.1.5.3.1.3.12", Role::procedures},
     {"1.2.250.1.213.1.1.2.136", Role::procedures},
     {"1.3.6.1.4.1.19376.1.5.3.1.1.13.2.11", Role::procedures},
     {"1.2.250.1.213.1.1.2.118", Role::procedures},
     {"1.3.6.1.4.1.19376.1.5.3.1.3.13", Role::allergies},
     {"1.2.250.1.213.1.1.2.137", Role::allergies},
     {"1.2.250.1.213.1.1.2.247", Role::adverse_effects},
     {"1.3.6.1.4.1.19376.1.5.3.1.3.19", Role::treatments},
     {"1.2.250.1.213.1.1.2.143", Role::treatments},
     {"1.3.6.1.4.1.19376.1.9.1.2.1", Role::prescriptions},
     {"1.2.250.1.213.1.1.2.171", Role::prescriptions},
     {"1.3.6.1.4.1.19376.1.5.3.1.3.21", Role::administered},
     {"1.2.250.1.213.1.1.2.145", Role::administered},
     {"1.3.6.1.4.1.19376.1.9.1.2.3", Role::dispensations},
     {"1.2.250.1.213.1.1.2.236", Role::dispensations},
     {"1.3.6.1.4.1.19376.1.5.3.1.1.5.3.5", Role::devices},
     {"1.2.250.1.213.1.1.2.1", Role::devices},
     {"1.2.250.1.213.1.1.2.222", Role::devices},
     {"1.3.6.1.4.1.19376.1.5.3.1.3.23", Role::vaccinations},
     {"1.2.250.1.213.1.1.2.147", Role::vaccinations},
     {"1.3.6.1.4.1.19376.1.5.3.1.3.25", Role::vital_signs},
     {"1.3.6.1.4.1.19376.1.5.3.1.1.5.3.2", Role::vital_signs},
     {"1.2.250.1.213.1.1.2.75", Role::vital_signs},
     {"1.3.6.1.4.1.19376.1.5.3.1.3.16", Role::risk_factors},
     {"1.3.6.1.4.1.19376.1.5.3.1.3.16.1", Role::risk_factors},
     {"1.3.6.1.4.1.19376.1.5.3.1.1.5.3.4", Role::pregnancies},
     {"1.3.6.1.4.1.19376.1.3.3.2.1", Role::results},
     {"1.3.6.1.4.1.19376.1.3.3.2.2", Role::results},
     {"1.3.6.1.4.1.19376.1.5.3.1.3.27", Role::results},
     {"1.3.6.1.4.1.19376.1.5.3.1.3.28", Role::results},
     {"1.2.250.1.213.1.1.2.244", Role::results},
     {"1.3.6.1.4.1.19376.1.5.3.1.1.5.3.3", Role::encounters},
     {"1.3.6.1.4.1.19376.1.5.3.1.3.31", Role::plan},
     {"1.3.6.1.4.1.19376.1.5.3.1.3.36", Role::plan}}};

// LOINC codes of sections.
constexpr std::array<RoleName, 29> section_codes = {
    {{"11450-4", Role::problems},        {"11348-0", Role::history},
     {"10157-6", Role::family},          {"47519-4", Role::procedures},
     {"29554-3", Role::procedures},      {"48765-2", Role::allergies},
     {"44939-7", Role::adverse_effects}, {"10160-0", Role::treatments},
     {"57828-6", Role::prescriptions},   {"18610-6", Role::administered},
     {"60590-7", Role::dispensations},   {"46264-8", Role::devices},
     {"11369-6", Role::vaccinations},    {"8716-3", Role::vital_signs},
     {"29762-2", Role::risk_factors},    {"57207-3", Role::risk_factors},
     {"10161-8", Role::risk_factors},    {"10162-6", Role::pregnancies},
     {"30954-2", Role::results},         {"26436-6", Role::results},
     {"46240-8", Role::encounters},      {"18776-5", Role::plan},
     {"55107-7", Role::attachments},     {"55108-5", Role::attachments},
     {"57723-9", Role::attachments},     {"42348-3", Role::directives},
     {"47420-5", Role::abilities},       {"55112-7", Role::attachments},
     {"18726-0", Role::procedures}}};

constexpr std::string_view loinc_root = "2.16.840.1.113883.6.1";

}  // namespace

std::string_view name_of(Role role) {
  constexpr std::array<std::string_view, roles> names = {
      "other sections", "problems",        "history",      "family history", "procedures",
      "allergies",      "adverse effects", "treatments",   "prescriptions",  "drugs given",
      "dispensations",  "devices",         "vaccinations", "vital signs",    "risk factors",
      "pregnancies",    "results",         "encounters",   "plan",           "attachments",
      "directives",     "abilities"};
  return names.at(static_cast<std::size_t>(role));
}

Role role_of(Element section, Role parent) {
  for (Element one = section.first(); one; one = one.next()) {
    if (one.tag() == Tag::template_id) {
      const auto found = std::ranges::find(section_templates, one[Attr::root], &RoleName::text);
      if (found != section_templates.end()) {
        return found->role;
      }
    }
  }
  const Element code = section.child(Tag::code);
  if (code[Attr::code_system] == loinc_root) {
    const auto found = std::ranges::find(section_codes, code[Attr::code], &RoleName::text);
    if (found != section_codes.end()) {
      return found->role;
    }
  }
  return parent;
}

}  // namespace parcours::cda
