// What a source is that a user names: FHIR, CDA, OMOP. Files are judged by their first bytes,
// OMOP's also by their names, since a CSV file does not say which table it is.
//
//   ASSIGN_OR_RETURN(const Recognised source, recognise({"export/"}));
//   say("{}\n", source.why);    // "OMOP: 7 of 12 files are called after its tables"
//   ASSIGN_OR_RETURN(const auto intake, open(source, choices));
//
// G1: a folder is read with all folders in it, in order of name; links in it are not followed.
// G2: what is not read is counted by what it is, and never silently.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/named_file.h"
#include "ingest/choices.h"
#include "ingest/intake.h"

namespace parcours::formats {

enum class Form { fhir, cda, omop, omop_duckdb, omop_postgres };

std::string_view to_string(Form form);  // "FHIR R4"

struct Recognised {
  Form form;
  std::vector<NamedFile> files;          // that will be read, in order of name
  std::string database;                  // its address
  std::string why;                       // a sentence
  std::vector<std::string> passed_over;  // "3 PDF files", of what is in the folders beside
};

// Errors: nothing there, nothing that is known, two forms at once, or a file that is damaged.
Result<Recognised> recognise(const std::vector<std::string>& what);

Result<std::unique_ptr<ingest::Intake>> open(const Recognised& source, ingest::Choices choices);

}  // namespace parcours::formats
