#include "audit/read_published.h"

#include <algorithm>
#include <iterator>

#include "audit/doubtful_numbers.h"

namespace parcours::audit {
namespace {

// With what the sums say of numbers that may stand where nothing is known: if they say another
// thing than what was read, the tables are understood once more.
Result<PublishedSystem> decided_system(std::vector<PublishedTable> tables, const Reading& reading) {
  ASSIGN_OR_RETURN(PublishedSystem published, system_of(std::move(tables), reading));
  Decided decided = decide(published, reading);
  if (decided.changed) {
    std::vector<PublishedTable> again;
    for (std::size_t t = 0; t < published.tables.size(); ++t) {
      ASSIGN_OR_RETURN(PublishedTable table,
                       understand(std::move(published.tables[t].text), decided.readings[t]));
      again.push_back(std::move(table));
    }
    ASSIGN_OR_RETURN(published, system_of(std::move(again), reading));
  }
  published.doubts = std::move(decided.doubts);
  return published;
}

}  // namespace

Result<PublishedSystem> read_published(const std::vector<std::filesystem::path>& files,
                                       const Reading& reading, Progress& progress,
                                       const Stop& stop) {
  progress.begin("reading tables", files.size());
  std::vector<PublishedTable> tables;
  for (const std::filesystem::path& file : files) {
    if (stop.requested()) {
      return stopped();
    }
    ASSIGN_OR_RETURN(TableText text, read_table_text(file, {reading.separator}, stop));
    ASSIGN_OR_RETURN(PublishedTable table, understand(std::move(text), reading));
    tables.push_back(std::move(table));
    progress.add(1);
  }
  progress.end();
  return decided_system(std::move(tables), reading);
}

Result<PublishedSystem> parse_published(
    const std::vector<std::pair<std::string, std::string>>& tables, const Reading& reading) {
  std::vector<PublishedTable> understood;
  for (const auto& [name, csv] : tables) {
    ASSIGN_OR_RETURN(TableText text, table_text(csv, name, {reading.separator}));
    ASSIGN_OR_RETURN(PublishedTable table, understand(std::move(text), reading));
    understood.push_back(std::move(table));
  }
  return decided_system(std::move(understood), reading);
}

}  // namespace parcours::audit
