#include "fhir/testing/fhir_trial.h"

#include <fmt/format.h>

#include <cstdlib>

namespace parcours::fhir {

FhirTrial::FhirTrial()
    : folder_(*ScratchFolder::make(std::filesystem::temp_directory_path(), "fhir-")) {}

FhirTrial& FhirTrial::knowing(std::vector<std::string> patients) {
  ids_ = std::move(patients);
  return *this;
}

FhirTrial& FhirTrial::file(const std::string& name, const std::string& text) {
  paths_.push_back(folder_.path() / name);
  if (!write_file(paths_.back(), text)) {
    std::abort();
  }
  return *this;
}

FhirTrial& FhirTrial::existing(const std::filesystem::path& path) {
  paths_.push_back(path);
  return *this;
}

FhirTrial& FhirTrial::choices(const std::string& toml) {
  choices_ = toml;
  return *this;
}

FhirTrial& FhirTrial::cut(const CutOptions& options) {
  options_ = options;
  return *this;
}

FhirTrial& FhirTrial::most_bad_rows(std::uint64_t most) {
  most_ = most;
  return *this;
}

FhirOutcome FhirTrial::run(int threads) const {
  FhirOutcome outcome;
  Result<ingest::Choices> choices = ingest::parse_choices(choices_, "choices.toml");
  if (!choices) {
    outcome.error = choices.error().sentence();
    return outcome;
  }
  const Result<std::unique_ptr<ingest::Intake>> intake =
      open_fhir(shown_as_they_are(paths_), *std::move(choices), options_);
  if (!intake) {
    outcome.error = intake.error().sentence();
  } else {
    static_cast<ingest::Outcome&>(outcome) = ingest::outcome_of(
        **intake, {.patients = ids_, .most_bad_rows = most_, .threads = threads});
    for (const ingest::SectionCount& section : (*intake)->sections()) {
      outcome.sections.push_back(fmt::format("{} {} = {} + {} + {} + {}", section.section,
                                             section.items, section.patients, section.events,
                                             section.refused, section.left_out));
    }
    for (const ingest::ReasonCount& reason : (*intake)->left_out()) {
      outcome.left_out.push_back(fmt::format("{} {}", reason.rows, reason.reason));
    }
  }
  outcome.shorten(folder_.path());
  return outcome;
}

}  // namespace parcours::fhir
