// For tests: a DuckDB database file.
#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace parcours::duck {

// Makes one with a table of each CSV text, every column of the type that it seems to have.
void write_database(const std::filesystem::path& path,
                    const std::map<std::string, std::string>& csv_by_table);
// The same of one table, as Parquet.
void write_csv_as_parquet(const std::filesystem::path& path, const std::string& csv);

}  // namespace parcours::duck
