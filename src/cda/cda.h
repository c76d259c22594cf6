// Care records as documents of HL7's CDA R2, as French practice software exports them: the intake
// of XML files, plain or gzip, and zip archives (IHE XDM or not).
//
// docs/formats/cda.md says what is read, what is refused and what is left out.
//
// G1: of names, addresses, texts, pictures and practitioners nothing is kept; of the time of day
//     neither. Of the patients' names keyed hashes serve to find them where a code should stand.
// G2: documents of the insurer's history (CNAM-HR) give no patient and no event.
// G3: a bad document is one refused item and gives no event; the others are read all the same.
#pragma once

#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/named_file.h"
#include "ingest/choices.h"
#include "ingest/intake.h"

namespace parcours::cda {

// An error where a file cannot be opened.
Result<std::unique_ptr<ingest::Intake>> open_cda(std::vector<NamedFile> files,
                                                 ingest::Choices choices);

// By the first bytes of a file, unpacked: 16 KB of them are enough, as comments may come first.
bool looks_like_cda(std::string_view head);
bool looks_like_zip(std::string_view head);

}  // namespace parcours::cda
