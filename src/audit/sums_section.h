// The section of the audit's page that says why: for each cell that the tables give away, the sum,
// which a reader can add by hand. For audit_page()'s own use.
#pragma once

#include <nlohmann/json.hpp>

#include "audit/audit.h"

namespace parcours::audit {

// Null where no cell is given away.
nlohmann::json sums_section(const PublishedSystem& published, const TableAudit& audit);

}  // namespace parcours::audit
