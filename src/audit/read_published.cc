#include "audit/read_published.h"

namespace parcours::audit {

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
  return system_of(std::move(tables), reading);
}

Result<PublishedSystem> parse_published(
    const std::vector<std::pair<std::string, std::string>>& tables, const Reading& reading) {
  std::vector<PublishedTable> understood;
  for (const auto& [name, csv] : tables) {
    ASSIGN_OR_RETURN(TableText text, table_text(csv, name, {reading.separator}));
    ASSIGN_OR_RETURN(PublishedTable table, understand(std::move(text), reading));
    understood.push_back(std::move(table));
  }
  return system_of(std::move(understood), reading);
}

}  // namespace parcours::audit
