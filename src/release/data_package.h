// datapackage.json: the schemas of the tables as a Frictionless Data Package v1, so that programs
// can read the tables.
#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "release/evidence.h"
#include "release/release.h"

namespace parcours::release {

// `files`: the tables as written, CSV and Parquet.
nlohmann::ordered_json data_package(const Release& release, const std::vector<Made>& files);

}  // namespace parcours::release
