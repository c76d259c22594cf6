// Any bytes as a catalog: read, and where it is believed, changed and read again. The first byte
// says whether it is sealed before, so that what lies behind the seals is met too.
#include <unistd.h>

#include <cstdint>
#include <fstream>

#include "base/check.h"
#include "base/files.h"
#include "vault/catalog.h"
#include "vault/catalog_seal.h"

extern "C" const char* __asan_default_options() {
  return "alloc_dealloc_mismatch=0";
}

namespace parcours::vault {
namespace {

namespace fs = std::filesystem;

void seal_file(const fs::path& file) {
  Result<Sqlite> database = Sqlite::open(file, Sqlite::Access::write);
  if (database) {
    static_cast<void>(database->run("PRAGMA synchronous = OFF"));
    static_cast<void>(seal_all(*database));
  }
}

// Whatever was believed fits together, and takes a change.
void change(const fs::path& folder, const CatalogContents& contents) {
  for (const BucketFile& file : contents.files) {
    PARCOURS_CHECK(file.bucket >= 0 && file.bucket < contents.buckets);
    PARCOURS_CHECK(file.last_package < contents.packages.size());
    PARCOURS_CHECK(file.path(folder).lexically_relative(folder).begin()->string() ==
                   folder_name(file.content));
  }
  Result<Catalog> catalog = Catalog::open(folder, Sqlite::Access::write);
  if (!catalog) {
    return;
  }
  const CatalogChange one{.practices = {"a practice of nobody else"}};
  if (catalog->commit(one, contents.sequence)) {
    const Result<CatalogContents> after = catalog->read();
    PARCOURS_CHECK(after && after->sequence == contents.sequence + 1);
    PARCOURS_CHECK(after->practices.size() == contents.practices.size() + 1);
  }
}

}  // namespace
}  // namespace parcours::vault

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace parcours;
  using namespace parcours::vault;
  static const ScratchFolder folder =
      *ScratchFolder::make(::access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp", "parcours-fuzz-");
  if (size < 2) {
    return 0;
  }
  const fs::path file = folder.path() / "catalog.sqlite";
  for (const char* more : {"", "-journal", "-wal", "-shm"}) {
    fs::remove(file.string() + more);
  }
  std::ofstream(file, std::ios::binary)
      .write(reinterpret_cast<const char*>(data) + 1, static_cast<std::streamsize>(size - 1));
  if (data[0] % 2 == 1) {
    seal_file(file);
  }
  Result<CatalogContents> contents = [&]() -> Result<CatalogContents> {
    ASSIGN_OR_RETURN(Catalog catalog, Catalog::open(folder.path(), Sqlite::Access::read));
    return catalog.read();
  }();
  if (contents) {
    change(folder.path(), *contents);
  }
  return 0;
}
