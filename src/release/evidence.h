// The evidence of a release for programs: evidence.json. docs/evidence.md describes its keys; they
// do not change within a format number.
//
// G1: two releases whose published tables, rules, study and population are the same have the same
//     evidence: nothing in it depends on a hidden count (release/inside.h says why).
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "release/release.h"

namespace parcours::release {

// A file of the release folder, already made.
struct Made {
  std::string path;  // inside the folder: "tables/controller.csv"
  std::string sha256;
  std::uint64_t bytes = 0;
};

nlohmann::ordered_json evidence(const Release& release, const std::vector<Made>& files);

}  // namespace parcours::release
