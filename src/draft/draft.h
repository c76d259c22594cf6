// Drafts the mapping of a vendor's files: which hold patients and which hold events, what each
// column means, and how the files are joined. It is a guess that can be run; the reason for each
// line stands beside it.
//
//   ASSIGN_OR_RETURN(const Draft made, draft({"patients.csv", "visits.csv", "labs.csv"}, stop,
//   progress)); write_file("mapping.toml", made.text);
//
// G1: the text is a mapping that parse_mapping reads.
// G2: of the files' values only words for the sexes and marks of missing values stand in it.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/progress.h"
#include "base/stop.h"

namespace parcours::draft {

struct Draft {
  std::string text;
  std::vector<std::string> doubts;    // what to look at before it is run; sentences
  std::vector<std::string> left_out;  // files that seem to hold neither patients nor events
  std::size_t patient_files = 0;
  std::size_t event_files = 0;
};

// The files lie in one folder; `progress` counts them. An error where none of them holds patients
// or events.
Result<Draft> draft(const std::vector<std::filesystem::path>& files, int threads, const Stop& stop,
                    Progress& progress);

}  // namespace parcours::draft
