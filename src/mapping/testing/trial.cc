#include "mapping/testing/trial.h"

#include <cstdlib>

#include "mapping/mapped_files.h"

namespace parcours::mapping {

Trial::Trial() : folder_(*ScratchFolder::make(std::filesystem::temp_directory_path(), "trial-")) {}

Trial& Trial::knowing(std::vector<std::string> patients) {
  ids_ = std::move(patients);
  return *this;
}

Trial& Trial::file(const std::string& name, const std::string& text) {
  if (!write_file(folder_.path() / name, text)) {
    std::abort();
  }
  return *this;
}

Trial& Trial::reading_parquet(ParquetText parquet) {
  parquet_ = std::move(parquet);
  return *this;
}

Trial& Trial::most_bad_rows(std::uint64_t most) {
  most_ = most;
  return *this;
}

Trial& Trial::telling_provenance() {
  provenance_ = true;
  return *this;
}

Trial& Trial::blocks_of(std::size_t bytes) {
  options_.block_bytes = bytes;
  return *this;
}

ingest::Outcome Trial::run(const std::string& text, int threads) const {
  Result<Mapping> mapping = parse_mapping(text, "m.toml");
  if (!mapping) {
    return {.error = mapping.error().sentence()};
  }
  Result<Plan> plan = make_plan(*std::move(mapping), folder_.path(), parquet_, options_);
  ingest::Outcome outcome;
  if (plan) {
    MappedFiles files(*std::move(plan));
    outcome = ingest::outcome_of(
        files,
        {.patients = ids_, .most_bad_rows = most_, .threads = threads, .provenance = provenance_});
  } else {
    outcome.error = plan.error().sentence();
  }
  outcome.shorten(folder_.path());
  return outcome;
}

}  // namespace parcours::mapping
