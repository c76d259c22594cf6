// The generated panel as OMOP's tables gives the rows of the panel as CSV.
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>

#include "base/files.h"
#include "ingest/testing/outcome.h"
#include "mapping/mapped_files.h"
#include "omop/omop.h"
#include "synth/panel.h"
#include "vocabulary/text_table.h"

namespace parcours {
namespace {

namespace fs = std::filesystem;

class OmopRoundTrip : public testing::TestWithParam<std::uint64_t> {
 protected:
  fs::path write(const std::string& name, synth::PanelForm form) {
    const synth::PanelOptions options{.patients = 400,
                                      .events = std::nullopt,
                                      .practices = std::nullopt,
                                      .seed = GetParam(),
                                      .threads = 2,
                                      .first = *day_of(2023, 1, 1),
                                      .last = *day_of(2024, 12, 31),
                                      .form = form};
    Progress progress(Progress::Manner::none);
    Stop stop;
    const auto written = synth::write_panel(folder_.path() / name, options, progress, stop);
    EXPECT_TRUE(written) << written.error().sentence();
    return folder_.path() / name;
  }

  ScratchFolder folder_ = *ScratchFolder::make(fs::temp_directory_path(), "round-trip-");
};

std::vector<std::string> patients_in(const fs::path& csv) {
  std::vector<std::string> ids;
  const vocabulary::TextTable table =
      *vocabulary::parse_text_table(*read_file(csv / "patients.csv"), "patients.csv");
  for (const vocabulary::TextTable::Row& row : table.rows) {
    ids.push_back(row.fields[0]);
  }
  return ids;
}

void replace(std::string& text, const std::string& what, const std::string& with) {
  if (const std::size_t at = text.find(what); at != std::string::npos) {
    text.replace(at, what.size(), with);
  }
}

// What OMOP says of an event of the CSV; nothing where it cannot say it. A practice is its number:
// "P01" is "1".
std::optional<std::string> as_omop_says(std::string row) {
  if (row.find(" sick_leave ") != std::string::npos) {
    return std::nullopt;
  }
  replace(row, " vaccination atc:", " prescription atc:");
  replace(row, " allergy allergy:", " history history:");
  replace(row, " vital vital:PEAKFLOW", " lab lab:PEAKFLOW");
  if (row.find(" prescription ") != std::string::npos) {
    row = row.substr(0, row.rfind(' ')) + " -";
  }
  const std::size_t practice = row.find(' ') + 1;
  const std::size_t digits = row.find_first_not_of("P0", practice);
  row.erase(practice, digits - practice);
  return row;
}

std::vector<std::string> as_omop_says(const std::vector<std::string>& rows) {
  std::vector<std::string> said;
  for (const std::string& row : rows) {
    if (auto one = as_omop_says(row)) {
      said.push_back(*std::move(one));
    }
  }
  std::ranges::sort(said);
  return said;
}

TEST_P(OmopRoundTrip, ThePanelAsOmopGivesTheRowsOfThePanelAsCsv) {
  const fs::path csv = write("csv", synth::PanelForm::csv);
  const fs::path cdm = write("cdm", synth::PanelForm::omop);
  const ingest::OutcomeOptions options{.patients = patients_in(csv), .threads = 2};
  mapping::MappedFiles mapped(
      *mapping::make_plan(*mapping::read_mapping(csv / "mapping.toml"), csv, nullptr));
  const ingest::Outcome from_csv = ingest::outcome_of(mapped, options);

  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(cdm)) {
    files.push_back(entry.path());
  }
  const auto choices = ingest::read_choices(cdm / "choices.toml");
  ASSERT_TRUE(choices) << choices.error().sentence();
  const auto intake = omop::make_intake(*omop::open_files(shown_as_they_are(files)), *choices);
  ASSERT_TRUE(intake) << intake.error().sentence();
  const ingest::Outcome from_omop = ingest::outcome_of(**intake, options);

  EXPECT_EQ(from_csv.error, "");
  EXPECT_EQ(from_omop.error, "");
  EXPECT_EQ(from_omop.bad_rows, std::vector<std::string>());
  EXPECT_GT(from_csv.events.size(), 1000u);
  EXPECT_EQ(from_omop.patients, as_omop_says(from_csv.patients));
  EXPECT_EQ(from_omop.events, as_omop_says(from_csv.events));
}

INSTANTIATE_TEST_SUITE_P(OfSeeds, OmopRoundTrip, testing::Values(1, 2, 7, 2026));

}  // namespace
}  // namespace parcours
