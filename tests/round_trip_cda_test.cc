// The generated panel, written in two forms with the same options, gives the same rows.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "base/files.h"
#include "cda/cda.h"
#include "ingest/testing/outcome.h"
#include "mapping/mapped_files.h"
#include "synth/panel.h"
#include "vocabulary/text_table.h"

namespace parcours {
namespace {

namespace fs = std::filesystem;

class CdaRoundTrip : public testing::TestWithParam<std::uint64_t> {
 protected:
  fs::path write(const std::string& name, synth::PanelForm form) {
    synth::PanelOptions options{.patients = 300, .seed = GetParam(), .threads = 2};
    options.first = *day_of(2023, 1, 1);
    options.last = *day_of(2024, 12, 31);
    options.form = form;
    Progress progress(Progress::Manner::none);
    Stop stop;
    const auto summary = synth::write_panel(folder_.path() / name, options, progress, stop);
    EXPECT_TRUE(summary) << (summary ? "" : summary.error().sentence());
    return folder_.path() / name;
  }

  ScratchFolder folder_ = *ScratchFolder::make(fs::temp_directory_path(), "parcours-test-");
};

std::vector<std::string> patients_of(const fs::path& csv) {
  std::vector<std::string> ids;
  const vocabulary::TextTable table =
      *vocabulary::parse_text_table(*read_file(csv / "patients.csv"), "patients.csv");
  for (const vocabulary::TextTable::Row& row : table.rows) {
    ids.push_back(row.fields[0]);
  }
  return ids;
}

// What documents do not say: sick leaves, and the days of a treatment.
std::vector<std::string> as_documents_say(const std::vector<std::string>& events) {
  std::vector<std::string> said;
  for (std::string event : events) {
    if (event.find(" sick_leave ") != std::string::npos) {
      continue;
    }
    if (event.find(" prescription ") != std::string::npos) {
      const std::size_t provenance = event.rfind(' ');
      event = event.substr(0, event.rfind(' ', provenance - 1)) + " -" + event.substr(provenance);
    }
    said.push_back(std::move(event));
  }
  std::ranges::sort(said);
  return said;
}

// Documents name a practice below an identifier: "2.25.2174....10^P01".
std::vector<std::string> with_plain_practices(std::vector<std::string> rows) {
  for (std::string& row : rows) {
    const std::size_t from = row.find("2.25.");
    row.erase(from, row.find('^') + 1 - from);
  }
  std::ranges::sort(rows);
  return rows;
}

TEST_P(CdaRoundTrip, DocumentsOfThePanelGiveTheRowsOfItsCsv) {
  const fs::path csv = write("csv", synth::PanelForm::csv);
  const fs::path cda = write("cda", synth::PanelForm::cda);
  const ingest::OutcomeOptions options{
      .patients = patients_of(csv), .threads = 2, .provenance = true};

  auto plan = mapping::make_plan(*mapping::read_mapping(csv / "mapping.toml"), csv, nullptr);
  ASSERT_TRUE(plan) << plan.error().sentence();
  mapping::MappedFiles mapped(*std::move(plan));
  const ingest::Outcome from_csv = ingest::outcome_of(mapped, options);

  std::vector<fs::path> documents;
  for (const auto& entry : fs::recursive_directory_iterator(cda)) {
    if (entry.path().extension() == ".xml") {
      documents.push_back(entry.path());
    }
  }
  auto choices = ingest::read_choices(cda / "choices.toml");
  ASSERT_TRUE(choices) << choices.error().sentence();
  const auto intake = cda::open_cda(shown_as_they_are(documents), *choices);
  ASSERT_TRUE(intake) << intake.error().sentence();
  const ingest::Outcome from_cda = ingest::outcome_of(**intake, options);

  EXPECT_EQ(from_csv.error, "");
  EXPECT_EQ(from_cda.error, "");
  EXPECT_THAT(from_cda.bad_rows, testing::IsEmpty());
  EXPECT_GT(from_csv.events.size(), 1000u);
  EXPECT_EQ(with_plain_practices(from_cda.patients), from_csv.patients);
  EXPECT_EQ(with_plain_practices(from_cda.events), as_documents_say(from_csv.events));
}

INSTANTIATE_TEST_SUITE_P(OfSeeds, CdaRoundTrip, testing::Values(1, 2, 7, 2026));

}  // namespace
}  // namespace parcours
