// Reading CDA documents as rows, beside expat merely parsing the same bytes.

#include <expat.h>
#include <fmt/format.h>

#include <atomic>

#include "base/files.h"
#include "bench/bench.h"
#include "bench/measure.h"
#include "cda/cda.h"
#include "columns/chunk.h"

namespace parcours::bench {
namespace {

namespace fs = std::filesystem;

constexpr int documents_small = 2'000;
constexpr int documents_full = 20'000;
constexpr int entries_each = 40;

// As CI-SIS has a problem, with its narrative text and author.
std::string entry(int patient, int number) {
  return fmt::format(
      R"(          <entry>
            <act classCode="ACT" moodCode="EVN">
              <templateId root="2.16.840.1.113883.10.20.1.27"/>
              <templateId root="1.3.6.1.4.1.19376.1.5.3.1.4.5.1"/>
              <templateId root="1.3.6.1.4.1.19376.1.5.3.1.4.5.2"/>
              <templateId root="1.2.250.1.213.1.1.3.39"/>
              <id root="12DA3A06-18E7-40B7-{0:04}-{1:012}"/>
              <code nullFlavor="NA"/>
              <statusCode code="active"/>
              <effectiveTime xsi:type="IVL_TS"><low value="20190811"/></effectiveTime>
              <entryRelationship typeCode="SUBJ" inversionInd="false">
                <observation classCode="OBS" moodCode="EVN" negationInd="false">
                  <templateId root="2.16.840.1.113883.10.20.1.28"/>
                  <templateId root="1.3.6.1.4.1.19376.1.5.3.1.4.5"/>
                  <templateId root="1.2.250.1.213.1.1.3.37"/>
                  <id root="12DA3A06-18E7-40B7-{0:04}-{1:012}"/>
                  <code code="282291009" codeSystem="2.16.840.1.113883.6.96" displayName="diagnostic"/>
                  <text><reference value="#pathologie{1}"/></text>
                  <statusCode code="completed"/>
                  <effectiveTime><low value="20{2:02}0811"/></effectiveTime>
                  <value xsi:type="CD" code="J{3:02}.{4}" displayName="Asthme"
                    codeSystem="2.16.840.1.113883.6.3" codeSystemName="CIM-10"/>
                </observation>
              </entryRelationship>
            </act>
          </entry>
)",
      patient % 10'000, number, 10 + number % 14, 10 + (patient + number) % 80, number % 10);
}

std::string document(int patient) {
  std::string rows;
  std::string entries;
  for (int i = 0; i < entries_each; ++i) {
    rows += fmt::format("<tr><td ID=\"pathologie{}\">Asthme</td><td>11/08/2019</td></tr>\n", i);
    entries += entry(patient, i);
  }
  return fmt::format(
      R"(<?xml version="1.0" encoding="UTF-8"?>
<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <templateId root="1.2.250.1.213.1.1.1.13" extension="201310"/>
  <id root="1.2.3" extension="{0}"/>
  <code code="SYNTH" codeSystem="1.2.250.1.213.1.1.4.12"/>
  <effectiveTime value="20240601120000+0200"/>
  <recordTarget><patientRole><id root="1.2.250.1.213.1.4.10" extension="2800275{0:06}"/>
    <addr><postalCode>75007</postalCode></addr>
    <patient><administrativeGenderCode code="F"/><birthTime value="19800214"/></patient>
  </patientRole></recordTarget>
  <author><assignedAuthor><representedOrganization><id root="1.2.9" extension="a"/>
  </representedOrganization></assignedAuthor></author>
  <component><structuredBody><component><section>
    <code code="11450-4" codeSystem="2.16.840.1.113883.6.1"/>
    <text><table><tbody>{1}</tbody></table></text>
{2}
  </section></component></structuredBody></component>
</ClinicalDocument>
)",
      patient, rows, entries);
}

Result<std::vector<fs::path>> made_documents(const fs::path& folder, int count) {
  fs::create_directories(folder);
  std::vector<fs::path> files;
  for (int i = 0; i < count; ++i) {
    files.push_back(folder / fmt::format("{}.xml", i));
    if (!fs::exists(files.back())) {
      RETURN_IF_ERROR(write_file(files.back(), document(i)));
    }
  }
  return files;
}

Result<std::string> parse(const std::vector<fs::path>& files) {
  std::uint64_t elements = 0;
  for (const fs::path& path : files) {
    ASSIGN_OR_RETURN(const std::string text, read_file(path));
    XML_Parser parser = XML_ParserCreateNS(nullptr, '|');
    XML_SetUserData(parser, &elements);
    XML_SetStartElementHandler(parser, [](void* data, const XML_Char*, const XML_Char**) {
      ++*static_cast<std::uint64_t*>(data);
    });
    const XML_Status status =
        XML_Parse(parser, text.data(), static_cast<int>(text.size()), XML_TRUE);
    XML_ParserFree(parser);
    if (status != XML_STATUS_OK) {
      return bad_input("expat cannot parse this", path.string());
    }
  }
  return std::string();
}

Result<std::uint64_t> drain(ingest::RowSource& source) {
  columns::Chunk chunk(source.columns());
  const std::unique_ptr<columns::Source::Reader> reader = source.reader();
  std::uint64_t rows = 0;
  while (true) {
    ASSIGN_OR_RETURN(const std::size_t got, chunk.fill(*reader));
    if (got == 0) {
      return rows;
    }
    rows += got;
  }
}

Result<std::string> read(const std::vector<fs::path>& files) {
  ASSIGN_OR_RETURN(const std::unique_ptr<ingest::Intake> intake,
                   cda::open_cda(shown_as_they_are(files), {}));
  vocabulary::CodeBook codes;
  const records::ProgrammeKey key = records::ProgrammeKey::generate();
  const ingest::Registry registry{
      .codes = codes,
      .key = key,
      .period = "2024",
      .practice = [](std::string_view) { return records::PracticeId{1}; },
      .package = [](records::PracticeId, std::string_view) { return rows::PackageId{1}; }};
  ingest::Quarantine quarantine(0);
  const Stop stop;
  const ingest::Reading reading{registry, quarantine, stop};
  ASSIGN_OR_RETURN(const std::uint64_t patients, drain(*intake->patients(reading)));
  ASSIGN_OR_RETURN(const std::uint64_t events, drain(*intake->events(reading)));
  if (patients != files.size() || events != files.size() * entries_each) {
    return bad_input("rows are missing");
  }
  return std::string();
}

}  // namespace

Status cda_bench(const Setting& setting, Figures& figures) {
  ASSIGN_OR_RETURN(
      const std::vector<fs::path> files,
      made_documents(setting.folder / "cda", setting.full ? documents_full : documents_small));
  double megabytes = 0;
  for (const fs::path& file : files) {
    megabytes += static_cast<double>(fs::file_size(file)) / 1e6;
  }
  // On one thread, both.
  ASSIGN_OR_RETURN(const Measured parsed, best_of(3, [&] { return parse(files); }));
  ASSIGN_OR_RETURN(const Measured read_rows, best_of(3, [&] { return read(files); }));
  figures.add("cda.time", read_rows.seconds, "s", "expat alone", parsed.seconds, 2);
  figures.add("cda.memory", read_rows.megabytes, "MB", "1 GB", 1024, 1);
  fmt::print("cda: {:.0f} MB of documents, {:.0f} MB/s on one thread\n", megabytes,
             megabytes / read_rows.seconds);
  return {};
}

}  // namespace parcours::bench
