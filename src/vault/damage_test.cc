// Files that changed after they were written. Nothing that a vault says may change with them: what
// is read is what was written, or there is an error.

#include "vault/testing/damage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

#include "base/random.h"
#include "base/testing/sanitizer.h"
#include "vault/catalog.h"
#include "vault/compact.h"
#include "vault/testing/worlds.h"
#include "vault/verified_file.h"

namespace parcours::vault {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

// Three imports, one of which replaced a package of another.
SmallVault thrice_filled() {
  SmallVault small = *SmallVault::make({.buckets = 2});
  for (int i = 0; i < 3; ++i) {
    SmallPackage package{i == 1 ? "P2" : "P1", "2024", {}, {}};
    for (std::uint64_t id = 0; id < 12; ++id) {
      package.patients.push_back({.id = {id << 60, id}, .birth_year = 1950, .place = "69"});
      package.events.push_back({.patient = {id << 60, id}, .day = 10 + i, .value = 2.5});
      package.events.push_back({.patient = {id << 60, id}, .kind = "lab", .code = "HbA1c"});
    }
    EXPECT_TRUE(small.import({package}));
  }
  return small;
}

std::vector<fs::path> files_of(const fs::path& vault) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(vault)) {
    if (entry.is_regular_file() && entry.file_size() > 0) {
      files.push_back(entry.path());
    }
  }
  std::ranges::sort(files);
  return files;
}

std::string bytes_of(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void put_bytes(const fs::path& file, const std::string& bytes) {
  std::ofstream(file, std::ios::binary) << bytes;
}

bool is_the_same(const CatalogContents& a, const CatalogContents& b) {
  const auto same_package = [](const Package& x, const Package& y) {
    return x.practice == y.practice && x.period == y.period && x.imported_at == y.imported_at &&
           x.replaced_by == y.replaced_by && x.died == y.died &&
           x.counts.patients == y.counts.patients && x.counts.events == y.counts.events &&
           x.counts.days.first() == y.counts.days.first() &&
           x.counts.days.last() == y.counts.days.last();
  };
  const auto same_file = [](const BucketFile& x, const BucketFile& y) {
    return x.content == y.content && x.bucket == y.bucket && x.name == y.name &&
           x.written == y.written && x.rows == y.rows && x.bytes == y.bytes &&
           x.first_package == y.first_package && x.last_package == y.last_package &&
           x.digest == y.digest;
  };
  bool same = a.calendar == b.calendar && a.buckets == b.buckets && a.sequence == b.sequence &&
              a.practices == b.practices && a.codes.size() == b.codes.size() &&
              std::ranges::equal(a.packages, b.packages, same_package) &&
              std::ranges::equal(a.files, b.files, same_file);
  for (vocabulary::CodeId id = 0; same && id < a.codes.size(); ++id) {
    same = a.codes.at(id) == b.codes.at(id);
  }
  return same;
}

Result<CatalogContents> read_catalog(const fs::path& vault) {
  ASSIGN_OR_RETURN(Catalog catalog, Catalog::open(vault, Sqlite::Access::read));
  return catalog.read();
}

// G1 of verified_file.h.
TEST(Damage, G1_AFlippedBitInAnyByteOfABucketsFileIsFound) {
  const SmallVault small = thrice_filled();
  const CatalogContents contents = *read_catalog(small.path());
  VerifiedFile reader = *VerifiedFile::make();
  Random random(1);
  std::size_t flips = 0;
  for (const BucketFile& file : contents.files) {
    const fs::path path = file.path(small.path());
    ASSERT_TRUE(reader.read(small.path(), file));
    for (std::size_t byte = 0; byte < file.bytes; ++byte, ++flips) {
      const std::size_t bit = byte * 8 + random.below(8);
      flip_bit(path, bit);
      const Status read = reader.read(small.path(), file);
      ASSERT_FALSE(read) << "byte " << byte << " of " << path;
      ASSERT_EQ(read.error().found, "a file of the vault was changed after it was written");
      ASSERT_EQ(read.error().fault, Fault::input);
      flip_bit(path, bit);
    }
    ASSERT_TRUE(reader.read(small.path(), file));
  }
  EXPECT_GT(flips, 5000);
}

// G3 of catalog.h.
TEST(Damage, G3_AFlippedBitInTheCatalogIsFoundOrChangesNothing) {
  const SmallVault small = thrice_filled();
  const fs::path path = small.path() / "catalog.sqlite";
  const CatalogContents whole = *read_catalog(small.path());
  const std::size_t bits = fs::file_size(path) * 8;
  Random random(2);
  std::size_t found = 0;
  std::size_t harmless = 0;
  // Each bit of SQLite's header, then one here and there.
  const std::uint32_t step = under_sanitizer ? 600 : 150;
  for (std::size_t bit = 0; bit < bits; bit += bit < 800 ? 1 : 1 + random.below(step)) {
    flip_bit(path, bit);
    const Result<CatalogContents> read = read_catalog(small.path());
    if (read) {
      ASSERT_TRUE(is_the_same(*read, whole)) << "bit " << bit << " changed what is read";
      ++harmless;
    } else {
      ASSERT_FALSE(read.error().found.empty());
      ++found;
    }
    flip_bit(path, bit);
  }
  ASSERT_TRUE(read_catalog(small.path()));
  RecordProperty("found", static_cast<int>(found));
  RecordProperty("harmless", static_cast<int>(harmless));  // most of a small catalog is unused
  EXPECT_GT(found, 500);
}

// What somebody writes into the catalog without its seals, row by row and column by column.
TEST(Damage, G3_NothingInTheCatalogCanBeSetToAnotherValue) {
  const SmallVault small = thrice_filled();
  const std::string whole = bytes_of(small.path() / "catalog.sqlite");
  for (const char* sql : {"UPDATE vault SET calendar = 'days'",
                          "UPDATE vault SET buckets = 3",
                          "UPDATE vault SET sequence = 2",
                          "UPDATE practices SET name = 'P3' WHERE id = 1",
                          "UPDATE codes SET code = 'J46' WHERE code = 'J45'",
                          "UPDATE codes SET system = 'icd9' WHERE code = 'J45'",
                          "UPDATE codes SET kind = 'history' WHERE code = 'J45'",
                          "UPDATE packages SET practice = 1 - practice WHERE id = 2",
                          "UPDATE packages SET period = '2023' WHERE id = 1",
                          "UPDATE packages SET imported_at = '2026-01-01T00:00:00Z' WHERE id = 1",
                          "UPDATE packages SET patients = 13 WHERE id = 1",
                          "UPDATE packages SET first_day = -1 WHERE id = 1",
                          "UPDATE packages SET last_day = 99 WHERE id = 1",
                          "UPDATE packages SET replaced_by = NULL, died = 0 WHERE id = 0",
                          "UPDATE package_events SET events = events + 1 WHERE package = 1",
                          "DELETE FROM package_events WHERE package = 1",
                          "UPDATE files SET rows = rows + 1 WHERE bucket = 1",
                          "UPDATE files SET last_package = 2 WHERE last_package = 1",
                          "UPDATE files SET digest = '00' || substr(digest, 3)",
                          "DELETE FROM files WHERE bucket = 1 AND written = 3",
                          "DELETE FROM seals WHERE name = 'files'",
                          "UPDATE seals SET name = 'x' WHERE name = 'files'",
                          "INSERT INTO seals VALUES ('x', '')"}) {
    ASSERT_TRUE(Sqlite::open(small.path() / "catalog.sqlite", Sqlite::Access::write)->run(sql))
        << sql;
    const Result<std::string> read = all_of(small.path());
    ASSERT_FALSE(read) << sql;
    EXPECT_THAT(read.error().found, HasSubstr("the catalog is damaged")) << sql;
    put_bytes(small.path() / "catalog.sqlite", whole);
    ASSERT_TRUE(all_of(small.path()));
  }
}

// Whatever happens to the bytes of one or more files.
TEST(Damage, AnyHarmIsAnErrorOrChangesNothing) {
  const SmallVault small = thrice_filled();
  const std::string whole = *all_of(small.path());
  const std::vector<fs::path> files = files_of(small.path());
  Random random(3);
  int found = 0;
  for (int round = 0; round < 150; ++round) {
    const fs::path& path = files[random.below(files.size())];
    const std::string bytes = bytes_of(path);
    std::string harmed = bytes;
    const std::size_t place = random.below(bytes.size());
    switch (random.below(5)) {
      case 0:
        harmed.resize(place);
        break;
      case 1:
        harmed += bytes.substr(place);
        break;
      case 2:
        harmed.replace(place, 512, std::min<std::size_t>(512, bytes.size() - place), '\0');
        break;
      case 3:
        harmed = bytes_of(files[random.below(files.size())]);
        break;
      default:
        for (std::size_t flips = 1 + random.below(8); flips > 0; --flips) {
          char& byte = harmed[random.below(harmed.size())];
          byte = static_cast<char>(byte ^ (1 << random.below(8)));
        }
    }
    put_bytes(path, harmed);
    const Result<std::string> read = all_of(small.path());
    if (read) {
      ASSERT_EQ(*read, whole) << "round " << round << ", " << path;
    } else {
      ASSERT_FALSE(read.error().found.empty());
      ++found;
    }
    put_bytes(path, bytes);
  }
  EXPECT_GT(found, 80);
  EXPECT_EQ(*all_of(small.path()), whole);
}

TEST(Damage, CompactionTakesNoDamagedFileForItsRows) {
  const SmallVault small = thrice_filled();
  flip_bit(small.path() / "events" / "bucket=01" / "000002-00.parquet", 8 * 100);
  Progress progress(Progress::Manner::none);
  const Stop stop;
  const Result<CompactSummary> compacted = compact(small.path(), progress, stop);
  ASSERT_FALSE(compacted);
  EXPECT_THAT(compacted.error().where, HasSubstr("events/bucket=01/000002-00.parquet"));
  EXPECT_EQ(compacted.error().right, "restore the vault from a copy");
}

TEST(Damage, WhatIsNoFileIsNotWaitedFor) {
  const SmallVault small = thrice_filled();
  const fs::path path = small.path() / "events" / "bucket=01" / "000002-00.parquet";
  const CatalogContents contents = *read_catalog(small.path());
  const auto file = std::ranges::find_if(
      contents.files, [&](const BucketFile& one) { return one.path(small.path()) == path; });
  ASSERT_NE(file, contents.files.end());
  const fs::path kept = small.path() / "kept";
  fs::rename(path, kept);
  EXPECT_EQ(VerifiedFile::make()->read(small.path(), *file).error().found,
            "a file of the vault is missing");
  const auto other = [&] {
    const Status read = VerifiedFile::make()->read(small.path(), *file);
    fs::remove(path);
    return read ? "" : read.error().found;
  };
  constexpr const char* something =
      "this should be a file of the vault, but it is not a regular "
      "file";
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  EXPECT_EQ(other(), something);
  fs::create_symlink(kept, path);
  EXPECT_EQ(other(), something);
  fs::create_directory(path);
  EXPECT_EQ(other(), something);
}

}  // namespace
}  // namespace parcours::vault
