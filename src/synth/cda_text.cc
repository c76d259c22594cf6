#include "synth/cda_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/check.h"

namespace parcours::synth {
namespace {

// What the generator names itself lies below an identifier of its own, made of a UUID (ISO/IEC
// 9834-8).
constexpr std::string_view own_root = "2.25.217493813402518741605862790431275064321";

struct CdaSystem {
  std::string_view name;
  std::string_view oid;  // empty: of the generator's own
  int own = 0;           // below own_root
};

constexpr std::array<CdaSystem, 8> cda_systems = {{{"icd10", "2.16.840.1.113883.6.3"},
                                                   {"atc", "2.16.840.1.113883.6.73"},
                                                   {"ccam", "1.2.250.1.213.2.5"},
                                                   {"consultation", "", 1},
                                                   {"lab", "", 2},
                                                   {"vital", "", 3},
                                                   {"allergy", "", 4},
                                                   {"history", "", 5}}};
constexpr int own_patients = 9;
constexpr int own_practices = 10;
constexpr int own_documents = 11;

std::string below_own_root(int number) {
  return fmt::format("{}.{}", own_root, number);
}

std::string oid_of(std::string_view system) {
  const auto found = std::ranges::find(cda_systems, system, &CdaSystem::name);
  PARCOURS_CHECK(found != cda_systems.end());
  return found->oid.empty() ? below_own_root(found->own) : std::string(found->oid);
}

// A section for each kind, in the order of a French medical summary, and how it says an event: {0}
// is the day, {1} the code's attributes, {2} the value element.
struct SectionForm {
  std::string_view kind;
  std::string_view code;  // LOINC
  std::string_view entry;
};

constexpr std::string_view concern_of_problem =
    R"(<entry><act classCode="ACT" moodCode="EVN"><templateId root="1.3.6.1.4.1.19376.1.5.3.1.4.5.2"/><code nullFlavor="NA"/><statusCode code="active"/><effectiveTime><low value="{0}"/></effectiveTime><entryRelationship typeCode="SUBJ"><observation classCode="OBS" moodCode="EVN"><templateId root="1.3.6.1.4.1.19376.1.5.3.1.4.5"/><code code="282291009" codeSystem="2.16.840.1.113883.6.96"/><statusCode code="completed"/><effectiveTime><low value="{0}"/></effectiveTime><value xsi:type="CD" {1}/></observation></entryRelationship></act></entry>
)";
constexpr std::string_view concern_of_allergy =
    R"(<entry><act classCode="ACT" moodCode="EVN"><templateId root="1.3.6.1.4.1.19376.1.5.3.1.4.5.3"/><code nullFlavor="NA"/><statusCode code="active"/><effectiveTime><low value="{0}"/></effectiveTime><entryRelationship typeCode="SUBJ"><observation classCode="OBS" moodCode="EVN"><templateId root="1.3.6.1.4.1.19376.1.5.3.1.4.6"/><code code="416098002" codeSystem="2.16.840.1.113883.6.96"/><statusCode code="completed"/><effectiveTime><low value="{0}"/></effectiveTime><participant typeCode="CSM"><participantRole classCode="MANU"><playingEntity classCode="MMAT"><code {1}/></playingEntity></participantRole></participant></observation></entryRelationship></act></entry>
)";
constexpr std::string_view substance =
    R"(<entry><substanceAdministration classCode="SBADM" moodCode="EVN"><statusCode code="completed"/><effectiveTime xsi:type="IVL_TS"><low value="{0}"/></effectiveTime><consumable><manufacturedProduct><manufacturedMaterial><code {1}/></manufacturedMaterial></manufacturedProduct></consumable></substanceAdministration></entry>
)";
constexpr std::string_view measured =
    R"(<entry><observation classCode="OBS" moodCode="EVN"><code {1}/><statusCode code="completed"/><effectiveTime value="{0}"/>{2}</observation></entry>
)";
constexpr std::string_view done =
    R"(<entry><procedure classCode="PROC" moodCode="EVN"><code {1}/><statusCode code="completed"/><effectiveTime value="{0}"/></procedure></entry>
)";
constexpr std::string_view seen =
    R"(<entry><encounter classCode="ENC" moodCode="EVN"><code {1}/><effectiveTime value="{0}"/></encounter></entry>
)";

constexpr std::array<SectionForm, 9> section_forms = {{{"diagnosis", "11450-4", concern_of_problem},
                                                       {"history", "11348-0", concern_of_problem},
                                                       {"procedure", "47519-4", done},
                                                       {"allergy", "48765-2", concern_of_allergy},
                                                       {"prescription", "10160-0", substance},
                                                       {"vaccination", "11369-6", substance},
                                                       {"vital", "8716-3", measured},
                                                       {"lab", "30954-2", measured},
                                                       {"consultation", "46240-8", seen}}};

std::string postal_code(std::string_view department) {
  if (department == "2A" || department == "2B") {
    return department == "2A" ? "20000" : "20200";
  }
  std::string code(department);
  code.resize(5, '0');
  return code;
}

std::string hl7_day(Day day) {
  std::string text = to_string(day, Calendar::dates);
  std::erase(text, '-');
  return text;
}

}  // namespace

std::string cda_choices(std::string_view period) {
  std::string text = fmt::format(
      "# How `parcours vault import` reads these generated documents. No line is about a real "
      "person.\nperiod = \"{}\"\npatient_identifier = \"{}\"\n",
      period, below_own_root(own_patients));
  for (const CdaSystem& system : cda_systems) {
    if (system.oid.empty()) {
      text +=
          fmt::format("\n[[code_system]]\nname  = \"{0}\"\noid   = [\"{1}\"]\nkinds = [\"{0}\"]\n",
                      system.name, oid_of(system.name));
    }
  }
  return text;
}

std::string CdaText::document(std::string_view patient, std::string_view practice,
                              const Person& person, const std::vector<const Visit*>& visits,
                              const Visits& all) const {
  std::array<std::string, section_forms.size()> entries;
  for (const Visit* visit : visits) {
    const std::string day = hl7_day(visit->day);
    for (const Event& event : all.events_of(*visit)) {
      const vocabulary::Code& code = model_.codes.at(event.code);
      const auto form =
          std::ranges::find(section_forms, vocabulary::kinds()[*code.kind], &SectionForm::kind);
      if (form == section_forms.end()) {
        continue;  // a sick leave
      }
      const std::string coded =
          fmt::format("code=\"{}\" codeSystem=\"{}\"", code.code, oid_of(code.system));
      const std::string value = event.has_value
                                    ? fmt::format("<value xsi:type=\"REAL\" value=\"{}\"/>",
                                                  model_.measures.written(event.code, event.value))
                                    : "";
      entries.at(static_cast<std::size_t>(form - section_forms.begin())) +=
          fmt::format(fmt::runtime(form->entry), day, coded, value);
    }
  }
  std::string text = fmt::format(
      R"(<?xml version="1.0" encoding="UTF-8"?>
<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<realmCode code="FR"/><typeId root="2.16.840.1.113883.1.3" extension="POCD_HD000040"/>
<templateId root="1.2.250.1.213.1.1.1.1"/><templateId root="1.2.250.1.213.1.1.1.13"/>
<id root="{0}" extension="{1}"/><code code="SYNTH" codeSystem="1.2.250.1.213.1.1.4.12"/>
<title>Patient inventé</title><effectiveTime value="{2}"/><languageCode code="fr-FR"/>
<recordTarget><patientRole><id root="{3}" extension="{1}"/><addr><postalCode>{4}</postalCode><country>FRANCE</country></addr>
<patient><administrativeGenderCode code="{5}" codeSystem="2.16.840.1.113883.5.1"/><birthTime value="{6}"/></patient></patientRole></recordTarget>
<author><time value="{2}"/><assignedAuthor><id nullFlavor="NI"/><representedOrganization><id root="{7}" extension="{8}"/></representedOrganization></assignedAuthor></author>
<custodian><assignedCustodian><representedCustodianOrganization><id root="{7}" extension="{8}"/></representedCustodianOrganization></assignedCustodian></custodian>
<component><structuredBody>
)",
      below_own_root(own_documents), patient, hl7_day(model_.last), below_own_root(own_patients),
      postal_code(model_.population.places()[person.place].department),
      person.sex == records::Sex::female ? "F"
      : person.sex == records::Sex::male ? "M"
                                         : "UN",
      year_of(person.born), below_own_root(own_practices), practice);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (!entries.at(i).empty()) {
      text += fmt::format(
          "<component><section><code code=\"{}\" codeSystem=\"2.16.840.1.113883.6.1\"/>\n{}"
          "</section></component>\n",
          section_forms.at(i).code, entries.at(i));
    }
  }
  text += "</structuredBody></component>\n</ClinicalDocument>\n";
  return text;
}

}  // namespace parcours::synth
