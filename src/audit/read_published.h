// Reads table files into one system of their cells.
//
//   ASSIGN_OR_RETURN(const PublishedSystem published,
//                    read_published({"deaths.csv", "by_age.parquet"}, reading, progress, stop));
//
// Worked example: a file of age,sex,deaths with total codes T and marks "<11" is nine cells of age
// (a, b, T) by sex (F, M, T), six sums, and a range for each cell.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "audit/published_system.h"
#include "base/progress.h"
#include "base/stop.h"

namespace parcours::audit {

Result<PublishedSystem> read_published(const std::vector<std::filesystem::path>& files,
                                       const Reading& reading, Progress& progress,
                                       const Stop& stop);

// The same of CSV in memory: the name and the text of each table.
Result<PublishedSystem> parse_published(
    const std::vector<std::pair<std::string, std::string>>& tables, const Reading& reading);

}  // namespace parcours::audit
