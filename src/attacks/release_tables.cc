#include "attacks/release_tables.h"

#include <algorithm>

#include "attacks/contradiction.h"
#include "tables/csv.h"

namespace parcours::attacks {

namespace fs = std::filesystem;

Result<std::vector<tables::Table>> read_release_tables(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator(folder / "tables", failed)) {
    if (entry.path().extension() == ".csv") {
      files.push_back(entry.path());
    }
  }
  if (failed || files.empty()) {
    return bad_input("the release has no tables", (folder / "tables").string(),
                     "name a folder that parcours release wrote");
  }
  std::ranges::sort(files);
  std::vector<tables::Table> tables;
  for (const fs::path& file : files) {
    ASSIGN_OR_RETURN(tables::Table table, tables::read_table(file));
    if (const std::optional<std::string> found = contradiction(table)) {
      return bad_input("the table does not add up: " + *found, file.string(),
                       "name a release as it was written: its tables add up");
    }
    tables.push_back(std::move(table));
  }
  return tables;
}

}  // namespace parcours::attacks
