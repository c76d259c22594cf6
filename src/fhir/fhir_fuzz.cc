// Reads whatever bytes as FHIR, cut into blocks of two sizes: what comes of them must be the same.
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/input_file.h"
#include "fhir/fhir.h"
#include "ingest/check.h"

namespace {

using namespace parcours;

std::vector<std::uint64_t> counts_of(const std::filesystem::path& path, std::size_t block_bytes) {
  const auto intake =
      fhir::open_fhir({path}, ingest::Choices(), fhir::CutOptions{.block_bytes = block_bytes});
  ingest::Quarantine quarantine(1'000'000);
  const Stop stop;
  const auto counts = ingest::check(**intake, quarantine, stop, nullptr, 1);
  if (!counts) {
    return {static_cast<std::uint64_t>(!counts.error().sentence().empty())};
  }
  std::vector<std::uint64_t> all = {counts->patients, counts->events, quarantine.rows()};
  for (const ingest::SectionCount& section : (*intake)->sections()) {
    all.insert(all.end(), {section.items, section.patients, section.events, section.refused,
                           section.left_out});
  }
  return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const InputFile memory = *InputFile::in_memory("fuzz.json");
  const int descriptor = memory.descriptor();
  if (size == 0 || ::ftruncate(descriptor, 0) != 0 ||
      ::pwrite(descriptor, data, size, 0) != static_cast<ssize_t>(size)) {
    return -1;
  }
  const std::filesystem::path path = "/proc/self/fd/" + std::to_string(descriptor);
  if (counts_of(path, 1 + data[size - 1] % 64U) != counts_of(path, std::size_t{1} << 14)) {
    std::abort();
  }
  return 0;
}
