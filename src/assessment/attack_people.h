// The attacks on lines about people, one after another.
#pragma once

#include <string>
#include <vector>

#include "assessment/assess.h"
#include "assessment/assessment.h"
#include "exports/export_file.h"

namespace parcours {

// What some of the columns are.
struct SpecialColumns {
  std::vector<std::string> sensitive;  // others would like to learn them
  std::vector<std::string> names;      // places and codes: numbers that only name something
  std::string weight;                  // of a sample; empty: none
};

// `people` says which file and which columns are known.
Result<PeopleAnswer> attack_people(ExportFile& file, PeopleAnswer people,
                                   const SpecialColumns& special,
                                   const AssessmentQuestion& question, Progress& progress,
                                   const Stop& stop);

// Joins the file with another by those of `columns` that both have.
Result<LinkageAnswer> link_people(ExportFile& file, const std::vector<std::string>& columns,
                                  ExportFile& other, const AssessmentQuestion& question,
                                  Progress& progress, const Stop& stop);

}  // namespace parcours
