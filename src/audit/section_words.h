// How the sections of the audit's page name cells and places. For audit_page()'s own use.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

#include "audit/audit.h"

namespace parcours::audit {

// "age 30-39, sex F" in both languages.
nlohmann::json cell_name(const PublishedSystem& published, std::uint32_t cell);

// Where a cell stands: "deaths.csv:12"; "deaths.csv, no line".
nlohmann::json place_name(const std::string& place);

// Which cells give another one away, for the script: "+12 -13".
std::string cells_of(const Derivation& derivation);

// Whether the tables give it away.
inline bool is_broken(const Disclosure& disclosure) {
  return disclosure.exposure != HowKnown::bounded;
}

}  // namespace parcours::audit
