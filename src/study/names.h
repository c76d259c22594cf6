// The names of codes that a study's author brings: [[names]] of the study file.
//
//   [[names]]                           # two columns of any file
//   system   = "orphanet"
//   file     = "orphanet.csv"           # beside the study file
//   code     = "ORPHAcode"
//   label    = "Name"
//   language = "en"
//
//   [[names]]                           # Athena's CONCEPT.csv, as OHDSI gives it out
//   system     = "snomed"
//   file       = "CONCEPT.csv"
//   vocabulary = "SNOMED"               # concept_code by vocabulary_id; without it, concept_id
#pragma once

#include "base/sheet.h"
#include "study/study.h"
#include "vocabulary/code_book.h"
#include "vocabulary/vocabulary.h"

namespace parcours::study {

// The sections [[names]] of a study file.
std::vector<CodeNames> names_from(Sheet& file);

// The built-in names and those of the study. Of Athena's file only names are kept that `codes` can
// need: it has millions. Errors: a file that cannot be read, a column that it has not; with the
// study's line.
Result<vocabulary::Vocabulary> vocabulary_of(const Study& study, const vocabulary::CodeBook& codes);
// The same of the [[names]] of a TOML file, whatever else stands in it.
Result<vocabulary::Vocabulary> vocabulary_of(const std::filesystem::path& file,
                                             const vocabulary::CodeBook& codes);

}  // namespace parcours::study
