// The tables as the audit's page draws them: as pages of rows and columns, and in each cell what is
// printed there or what the tables give away of it. For audit_page()'s own use.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>

#include "audit/audit.h"

namespace parcours::audit {

// Table by table.
nlohmann::json drawn_tables(const PublishedSystem& published, const TableAudit& audit,
                            std::optional<std::int64_t> width);

}  // namespace parcours::audit
