// The complete answer of `parcours audit`, as JSON for programs.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>

#include "audit/audit.h"

namespace parcours::cli {

nlohmann::ordered_json audit_json(const audit::PublishedSystem& published,
                                  const audit::TableAudit& audit,
                                  std::optional<std::int64_t> width);

}  // namespace parcours::cli
