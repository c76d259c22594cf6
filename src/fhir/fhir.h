// Opens FHIR R4 as a source of records: files of NDJSON (any types of resources in any file),
// Bundles and single resources, plain or gzip. The content decides what a file is, not its name.
// docs/formats/fhir.md says what is read.
//
//   ASSIGN_OR_RETURN(auto intake, open_fhir({"Patient.ndjson", "Condition.ndjson"}, choices));
//
// The files are read three times: for what is deleted or stands twice, for the patients and the
// drugs that prescriptions point to, and for the events. What is kept grows with these, and not
// with the events.
//
// G1: every resource, and every value of an observation, is a patient, an event, refused or left
//     out; the ledger's sections are the resource types.
// G2: no text of a resource stands in an error, a reason or a section's name.
// G3: a resource with a modifier extension, of which this reader knows none, never becomes a row.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/named_file.h"
#include "ingest/choices.h"
#include "ingest/intake.h"

namespace parcours::fhir {

// How files are cut; only tests need others.
struct CutOptions {
  std::size_t block_bytes = std::size_t{1} << 18;    // that a thread takes at a time
  std::size_t longest_piece = std::size_t{8} << 20;  // a longer resource is refused
};

// An error where a file is missing or cannot be opened.
Result<std::unique_ptr<ingest::Intake>> open_fhir(std::vector<NamedFile> files,
                                                  ingest::Choices choices,
                                                  const CutOptions& options = {});

// Whether R4 has a type of resource of this name, in either case of letters.
bool is_resource_type(std::string_view name);

// Whether a file that begins with these bytes (already unzipped) may be FHIR.
bool looks_like_fhir(std::string_view head);

}  // namespace parcours::fhir
