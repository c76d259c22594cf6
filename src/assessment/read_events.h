// Reads the events of an export or a vault, with the people whom they are about. Every attack on
// dated events begins here.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "assessment/inputs.h"
#include "base/error.h"
#include "base/progress.h"
#include "base/stand_ins.h"
#include "base/stop.h"
#include "paths/people.h"
#include "paths/read_paths.h"
#include "vault/vault.h"

namespace parcours::assessment {

// Personal data.
struct EventsRead {
  paths::PathsRead read;
  paths::People named;             // fields by the names that attackers' files use: "region"
  paths::People known;             // all that is known of the people, by the columns' own names
  std::vector<StandIn> stand_ins;  // values of `known` that stood where nothing is known, taken out
  std::optional<paths::PersonField>
      who;  // a column that says who a person is, if one was asked for
};

// The events alone, without what is said of their people, which takes longer to read where columns
// are many. Nothing where no file holds events.
Result<std::optional<EventsRead>> read_events(Inputs& inputs, Progress& progress, const Stop& stop);

// The same events with their people, who are asked about by `wanted` fields beside the usual ones.
// An error where `person`, a column's name, is asked for and not there.
Result<EventsRead> with_people(EventsRead events, Inputs& inputs,
                               const std::vector<std::string>& wanted, const std::string& person,
                               Progress& progress, const Stop& stop);

// Of a vault, whose people have sex, birth_year, place, region and practice. What the place says
// already is not known twice.
Result<EventsRead> read_events(const vault::Vault& vault, const std::vector<std::string>& unknown,
                               int threads, Progress& progress, const Stop& stop);

}  // namespace parcours::assessment
