// What a practice's software has written: FHIR, CDA, or CSV by a mapping, told by its content.
//
// G1: Parquet and databases are refused: this program has no DuckDB.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/error.h"
#include "ingest/intake.h"
#include "practice/language.h"

namespace parcours::practice {

struct Source {
  std::string form;  // "FHIR R4", "CDA R2", "CSV"
  std::unique_ptr<ingest::Intake> intake;
  std::uint64_t most_bad_rows = 0;
};

// `what`: files and folders. `mapping`: a mapping of CSV, or choices for the other two; there need
// be no such file for them. CSV files lie in the one folder that is named, or beside the one file.
Result<Source> open_source(const std::vector<std::string>& what,
                           const std::filesystem::path& mapping, Language language);

}  // namespace parcours::practice
