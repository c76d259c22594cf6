// The answer of `parcours audit` as text: first a summary, then each cell that the tables give
// away, with the sum that gives it, line by line.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "audit/audit.h"

namespace parcours::cli {

// `width`: what counts as narrow, where the user said so.
std::string audit_text(const audit::PublishedSystem& published, const audit::TableAudit& audit,
                       std::optional<std::int64_t> width);

// Where tables contradict themselves.
std::string disagreements_text(const audit::PublishedSystem& published,
                               const audit::TableAudit& audit);

}  // namespace parcours::cli
