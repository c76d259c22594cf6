// What parcours risk looks at before any long work: every flag that is given does something, and
// what is to be written has a place. What the files have nothing for is an error, and not passed
// over.
#pragma once

#include <string>

#include "assessment/assessment.h"
#include "assessment/inputs.h"
#include "assessment/limits.h"
#include "base/stop.h"
#include "cli/risk_options.h"

namespace parcours::cli {

// What is written takes the place of nothing that is read, and can be written at all.
Status check_places(const RiskOptions& options);

// No population is given; `why` there must be none.
Status check_no_population(const RiskOptions& options, const std::string& why);

// Nothing is said of first lines; `why` there are none.
Status check_no_first_line(const RiskOptions& options, const std::string& why);

// Of what has no events nothing is asked that is about them: no periods, no attackers.
Status check_without_events(const RiskOptions& options);

// What has no columns is given no flag about columns; `what` it is stands in the error.
Status check_no_columns(const RiskOptions& options, const std::string& what);

// Refused where an attack got through a release, unless the user gave a limit for that.
Status check_attacks(const assessment::TablesAnswer& tables,
                     const std::vector<assessment::Limit>& limits, const std::string& what);

// The population has the people's columns and is no smaller than the export; there are events where
// groups of patients, periods or attackers are asked for.
Status check_asked(const RiskOptions& options, assessment::Inputs& inputs, const Stop& stop);

}  // namespace parcours::cli
