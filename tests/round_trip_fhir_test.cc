// The generated panel, written in two forms, is the same once it is read.
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "base/files.h"
#include "fhir/fhir.h"
#include "ingest/testing/outcome.h"
#include "mapping/mapped_files.h"
#include "synth/fhir_text.h"
#include "synth/panel.h"

namespace parcours {
namespace {

namespace fs = std::filesystem;

class FhirRoundTrip : public testing::TestWithParam<std::uint64_t> {
 protected:
  fs::path write(synth::PanelForm form) {
    const fs::path folder = folder_.path() / (form == synth::PanelForm::csv ? "csv" : "fhir");
    Progress progress(Progress::Manner::none);
    Stop stop;
    const synth::PanelOptions options{.patients = 600,
                                      .events = std::nullopt,
                                      .practices = std::nullopt,
                                      .seed = GetParam(),
                                      .threads = 2,
                                      .first = *day_of(2023, 1, 1),
                                      .last = *day_of(2024, 12, 31),
                                      .form = form};
    const auto written = synth::write_panel(folder, options, progress, stop);
    EXPECT_TRUE(written) << written.error().sentence();
    return folder;
  }

  ingest::Outcome rows_of_csv() {
    const fs::path folder = write(synth::PanelForm::csv);
    mapping::Mapping mapping = *mapping::read_mapping(folder / "mapping.toml");
    mapping::MappedFiles files(*mapping::make_plan(std::move(mapping), folder, nullptr));
    numbers_ = numbers_in(*read_file(folder / "patients.csv"));
    return ingest::outcome_of(files, {.patients = numbers_, .provenance = true});
  }

  ingest::Outcome rows_of_fhir() {
    const fs::path folder = write(synth::PanelForm::fhir);
    std::vector<fs::path> files;
    for (const std::string_view type : synth::FhirText::types) {
      files.push_back(folder / (std::string(type) + ".ndjson"));
    }
    const auto choices = ingest::read_choices(folder / "choices.toml");
    EXPECT_TRUE(choices) << choices.error().sentence();
    const auto intake = fhir::open_fhir(shown_as_they_are(files), *choices);
    return ingest::outcome_of(**intake, {.patients = numbers_, .provenance = true});
  }

  // The first column: the numbers that pseudonyms are made of.
  static std::vector<std::string> numbers_in(const std::string& csv) {
    std::vector<std::string> numbers;
    for (std::size_t at = 0; at < csv.size(); at = csv.find('\n', at) + 1) {
      numbers.push_back(csv.substr(at, csv.find(',', at) - at));
    }
    return numbers;
  }

  std::vector<std::string> numbers_;
  ScratchFolder folder_ = *ScratchFolder::make(fs::temp_directory_path(), "round-trip-");
};

// What FHIR says of an event of the CSV; nothing where it cannot say it: it has no sick leave and
// no history that are events, and no value of a prescription (the days of treatment).
std::optional<std::string> as_fhir_says(const std::string& event) {
  if (event.find(" sick_leave ") != std::string::npos ||
      event.find(" history ") != std::string::npos) {
    return std::nullopt;
  }
  if (event.find(" prescription ") != std::string::npos) {
    const std::size_t provenance = event.rfind(' ');
    return event.substr(0, event.rfind(' ', provenance - 1)) + " -" + event.substr(provenance);
  }
  return event;
}

TEST_P(FhirRoundTrip, ThePanelAsFhirGivesTheRowsOfThePanelAsCsv) {
  const ingest::Outcome csv = rows_of_csv();
  const ingest::Outcome fhir = rows_of_fhir();
  std::vector<std::string> events;
  for (const std::string& event : csv.events) {
    if (const auto said = as_fhir_says(event)) {
      events.push_back(*said);
    }
  }
  std::ranges::sort(events);
  EXPECT_EQ(fhir.error, "");
  EXPECT_TRUE(fhir.bad_rows.empty());
  EXPECT_GT(events.size(), 1000);
  EXPECT_EQ(fhir.patients.size(), 600);
  EXPECT_EQ(std::ranges::count_if(fhir.patients,
                                  [](const std::string& row) { return row.starts_with('?'); }),
            0);
  EXPECT_EQ(fhir.patients, csv.patients);
  EXPECT_EQ(fhir.events, events);
}

INSTANTIATE_TEST_SUITE_P(OfSeeds, FhirRoundTrip, testing::Values(1, 2, 7, 2026));

}  // namespace
}  // namespace parcours
