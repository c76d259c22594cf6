#include "cda/testing/documents.h"

#include <fmt/format.h>
#include <zip.h>

#include <cstdlib>

#include "cda/cda.h"

namespace parcours::cda {

std::string MadeDocument::text() const {
  return fmt::format(
      R"(<?xml version="1.0" encoding="UTF-8"?>
<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
{}
{}
{}
<effectiveTime value="{}"/>
{}
<recordTarget><patientRole>{}{}<patient><name><family>DUPONT</family></name>
<administrativeGenderCode code="{}"/><birthTime value="{}"/></patient></patientRole></recordTarget>
<author><time value="20240601"/><assignedAuthor><id root="1.2.250.1.71.4.2.1" extension="899700000017"/><representedOrganization>{}</representedOrganization></assignedAuthor></author>
<custodian><assignedCustodian><representedCustodianOrganization><id root="1.2.9" extension="host"/></representedCustodianOrganization></assignedCustodian></custodian>
{}
<component><structuredBody>
{}</structuredBody></component>
</ClinicalDocument>
)",
      templates, id, code, made, set, number, addr, sex, born, organisation, related, body);
}

std::string section(const std::string& code, const std::string& entries,
                    const std::string& templates) {
  return fmt::format(
      "<component><section>{}<code code=\"{}\" codeSystem=\"2.16.840.1.113883.6.1\"/>"
      "<text>Texte libre</text>\n{}</section></component>\n",
      templates, code, entries);
}

std::string problem(const std::string& code, const std::string& day) {
  return fmt::format(
      R"(<entry><act classCode="ACT" moodCode="EVN"><templateId root="1.3.6.1.4.1.19376.1.5.3.1.4.5.2"/>
<code nullFlavor="NA"/><statusCode code="active"/><effectiveTime><low value="20240601"/></effectiveTime>
<entryRelationship typeCode="SUBJ"><observation classCode="OBS" moodCode="EVN" negationInd="false">
<templateId root="1.3.6.1.4.1.19376.1.5.3.1.4.5"/><code code="282291009" codeSystem="2.16.840.1.113883.6.96"/>
<effectiveTime><low value="{}"/></effectiveTime>
<value xsi:type="CD" code="{}" codeSystem="2.16.840.1.113883.6.3"/>
</observation></entryRelationship></act></entry>
)",
      day, code);
}

std::string result(const std::string& code, const std::string& day, const std::string& value) {
  return fmt::format(
      R"(<entry><act classCode="ACT" moodCode="EVN"><code code="18719-5" codeSystem="2.16.840.1.113883.6.1"/>
<entryRelationship typeCode="COMP"><observation classCode="OBS" moodCode="EVN">
<templateId root="1.3.6.1.4.1.19376.1.3.1.6"/><code code="{}" codeSystem="2.16.840.1.113883.6.1"/>
<statusCode code="completed"/><effectiveTime value="{}"/>{}
</observation></entryRelationship></act></entry>
)",
      code, day, value);
}

Read read_paths(const std::vector<std::filesystem::path>& paths, const ingest::Choices& choices,
                const ingest::OutcomeOptions& options) {
  Read read;
  const auto intake = open_cda(shown_as_they_are(paths), choices);
  if (!intake) {
    read.outcome.error = intake.error().sentence();
    return read;
  }
  read.outcome = ingest::outcome_of(**intake, options);
  for (const ingest::SectionCount& one : (*intake)->sections()) {
    read.sections.push_back(fmt::format("{}: {} = {} + {} + {} + {}", one.section, one.items,
                                        one.patients, one.events, one.refused, one.left_out));
    read.items += one.items;
  }
  for (const ingest::ReasonCount& one : (*intake)->left_out()) {
    read.left_out.push_back(fmt::format("{} {}", one.rows, one.reason));
  }
  return read;
}

Read read_files(const std::map<std::string, std::string>& files, const ingest::Choices& choices,
                const ingest::OutcomeOptions& options) {
  const ScratchFolder folder = *ScratchFolder::make(std::filesystem::temp_directory_path(), "cda-");
  std::vector<std::filesystem::path> paths;
  for (const auto& [name, text] : files) {
    paths.push_back(folder.path() / name);
    if (!write_file(paths.back(), text)) {
      std::abort();
    }
  }
  Read read = read_paths(paths, choices, options);
  read.outcome.shorten(folder.path());
  return read;
}

std::string zip_of(const std::vector<std::pair<std::string, std::string>>& members) {
  const ScratchFolder folder = *ScratchFolder::make(std::filesystem::temp_directory_path(), "cda-");
  const std::filesystem::path path = folder.path() / "made.zip";
  int error = 0;
  zip_t* zip = zip_open(path.c_str(), ZIP_CREATE, &error);
  for (const auto& [name, text] : members) {
    zip_source_t* source = zip_source_buffer(zip, text.data(), text.size(), 0);
    if (zip_file_add(zip, name.c_str(), source, ZIP_FL_ENC_UTF_8) < 0) {
      std::abort();
    }
  }
  if (zip_close(zip) != 0) {
    std::abort();
  }
  return *read_file(path);
}

}  // namespace parcours::cda
