// The audit as one page that opens offline: what can be worked out, each table with these cells
// marked, and the sum that gives each of them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "audit/audit.h"
#include "base/error.h"

namespace parcours::audit {

// `width`: what counts as narrow, where the user said so.
Result<std::string> audit_page(const PublishedSystem& published, const TableAudit& audit,
                               std::optional<std::int64_t> width);

}  // namespace parcours::audit
