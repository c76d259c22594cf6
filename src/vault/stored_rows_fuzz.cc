// Any bytes as a bucket's file that the catalog vouches for. The first byte says of which content.
#include <fmt/format.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <new>
#include <optional>

#include "base/check.h"
#include "base/files.h"
#include "vault/stored_rows.h"

// DuckDB's library brings an operator delete of its own. And it asks for as much memory as a file
// says that a page has: whether a machine has that much, and how long it takes to clear it, is not
// what is tried here. So nobody gets more than `most_mebibytes` at once.
constexpr std::size_t most_mebibytes = 64;
extern "C" const char* __asan_default_options() {
  return "alloc_dealloc_mismatch=0:allocator_may_return_null=1:max_allocation_size_mb=64"
         ":quarantine_size_mb=16";
}

// What DuckDB's Parquet reader forgets of a forged page is its own matter.
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libduckdb.so";
}

// Where memory is refused, `new` throws, as it does outside the sanitizer.
void* operator new(std::size_t size) {
  constexpr std::size_t most = most_mebibytes << 20;
  void* memory = size > most ? nullptr : std::malloc(size);
  if (memory == nullptr) {
    throw std::bad_alloc();
  }
  return memory;
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}

namespace parcours::vault {
namespace {

namespace fs = std::filesystem;

CatalogContents catalog() {
  CatalogContents contents;
  contents.buckets = 1;
  contents.practices = {"P1", "P2"};
  contents.codes.intern({{}, "fr-department", "69"});
  for (const char* code : {"J45", "E10", "I10"}) {
    contents.codes.intern({vocabulary::KindId{1}, "icd10", code});
  }
  Package package{.counts = {}};
  package.counts.days.take(Day{0});
  package.counts.days.take(Day{30000});
  contents.packages = {package};
  return contents;
}

// Whether the reader is still good: DuckDB does nothing more after a mistake of its own.
template <class Chunk, class See>
bool read_all(FileReader& reader, const fs::path& vault, const BucketFile& file,
              const RowLimits& limits, See see) {
  auto rows = StoredRows<Chunk>::open(reader, vault, file, limits);
  if (!rows) {
    return rows.error().fault != Fault::machine;
  }
  while (true) {
    const Result<const Chunk*> chunk = rows->next();
    if (!chunk) {
      return chunk.error().fault != Fault::machine;
    }
    if (*chunk == nullptr) {
      return true;
    }
    for (std::size_t row = 0; row < (*chunk)->patients.size(); ++row) {
      PARCOURS_CHECK((*chunk)->practices[row] < 2);
      PARCOURS_CHECK((*chunk)->packages[row] <= 5);
      see(**chunk, row);
    }
  }
}

struct World {
  CatalogContents contents = catalog();
  RowLimits limits{contents};
  ScratchFolder folder =
      *ScratchFolder::make(::access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp", "parcours-fuzz-");
};

}  // namespace
}  // namespace parcours::vault

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace parcours;
  using namespace parcours::vault;
  static const World world;
  if (size < 2) {
    return 0;
  }
  const bool events = data[0] % 2 == 0;
  BucketFile file{.content = events ? Content::events : Content::patients,
                  .name = "000001-00.parquet",
                  .written = 1,
                  .rows = 4096,
                  .bytes = size - 1,
                  .last_package = 5};
  const fs::path path = file.path(world.folder.path());
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary)
      .write(reinterpret_cast<const char*>(data) + 1, static_cast<std::streamsize>(size - 1));
  file.digest = *records::digest_of_file(path);
  // Never destroyed: at the end of the program DuckDB's own globals are gone before it.
  static std::optional<FileReader>& reader = *new std::optional<FileReader>();
  if (!reader) {
    reader.emplace(*FileReader::make());
  }
  bool good = true;
  if (events) {
    good = read_all<StoredEvents>(*reader, world.folder.path(), file, world.limits,
                                  [](const StoredEvents& chunk, std::size_t row) {
                                    PARCOURS_CHECK(chunk.codes[row] >= 1 && chunk.codes[row] <= 3);
                                    PARCOURS_CHECK(chunk.kinds[row] == 1);
                                    PARCOURS_CHECK(chunk.days[row] >= Day{0});
                                  });
  } else {
    good = read_all<StoredPatients>(
        *reader, world.folder.path(), file, world.limits,
        [](const StoredPatients& chunk, std::size_t row) {
          PARCOURS_CHECK(chunk.sexes[row] <= records::Sex::male);
          PARCOURS_CHECK(!rows::is_set(chunk.places_given, row) || chunk.places[row] == 0);
        });
  }
  if (!good) {
    reader.reset();
  }
  return 0;
}
