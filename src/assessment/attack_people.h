// The attacks on lines about people, one after another.
#pragma once

#include <string>
#include <vector>

#include "assessment/assess.h"
#include "assessment/assessment.h"
#include "exports/export_file.h"

namespace parcours {

// `people` says which file and which columns are known; `sensitive` are those of them that others would like to learn, `weight` the
// column of sampling weights (empty: none).
Result<PeopleAnswer> attack_people(ExportFile& file, PeopleAnswer people,
                                   const std::vector<std::string>& sensitive,
                                   const std::string& weight, const AssessmentQuestion& question,
                                   Progress& progress, const Stop& stop);

// Joins the file with another by those of `columns` that both have.
Result<LinkageAnswer> link_people(ExportFile& file, const std::vector<std::string>& columns,
                                  ExportFile& other, const AssessmentQuestion& question,
                                  Progress& progress, const Stop& stop);

}  // namespace parcours
