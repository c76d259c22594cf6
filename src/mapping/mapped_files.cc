#include "mapping/mapped_files.h"

#include <algorithm>
#include <iterator>

#include "mapping/source.h"

namespace parcours::mapping {

std::vector<std::filesystem::path> MappedFiles::files() const {
  std::vector<std::filesystem::path> all = {plan_.mapping->path};
  for (const auto* some : {&plan_.patient_files, &plan_.event_files}) {
    std::ranges::transform(*some, std::back_inserter(all),
                           [](const FilePlan& one) { return one.file.path; });
  }
  return all;
}

std::unique_ptr<ingest::RowSource> MappedFiles::patients(const ingest::Reading& reading) {
  if (!plan_.mapping->patients) {
    return nullptr;
  }
  return std::make_unique<PatientSource>(plan_, reading, consulted_);
}

std::unique_ptr<ingest::RowSource> MappedFiles::events(const ingest::Reading& reading) {
  if (plan_.mapping->events.empty()) {
    return nullptr;
  }
  return std::make_unique<EventSource>(plan_, reading, consulted_);
}

std::vector<ingest::ReasonCount> MappedFiles::left_out() const {
  const std::uint64_t rows = consulted_.load();
  return rows == 0
             ? std::vector<ingest::ReasonCount>{}
             : std::vector<ingest::ReasonCount>{{std::string(ingest::only_consulted), rows, ""}};
}

}  // namespace parcours::mapping
