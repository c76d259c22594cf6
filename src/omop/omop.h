// Reads an OMOP Common Data Model 5.3 or 5.4: files (CSV plain or gzip, Parquet), a DuckDB
// database, or a PostgreSQL database. docs/formats/omop.md says what is read and what is not.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/error.h"
#include "ingest/choices.h"
#include "ingest/intake.h"
#include "omop/table.h"

namespace parcours::omop {

// An error when there is no table `person` or none with events.
Result<std::unique_ptr<ingest::Intake>> make_intake(std::unique_ptr<Tables> tables,
                                                    ingest::Choices choices);

}  // namespace parcours::omop
