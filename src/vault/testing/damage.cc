#include "vault/testing/damage.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "base/check.h"
#include "duck/duck.h"
#include "vault/catalog_seal.h"
#include "vault/walk.h"

namespace parcours::vault {
namespace {

namespace fs = std::filesystem;

std::string text_of(const records::Record& record) {
  const records::Patient& patient = record.patient;
  std::string text =
      fmt::format("{:x}-{:x} {} {} {} {}\n", patient.id.high, patient.id.low, patient.practice,
                  patient.birth_year, static_cast<int>(patient.sex), patient.place);
  std::vector<std::string> events;
  for (std::size_t i = 0; i < record.size(); ++i) {
    events.push_back(fmt::format("  {} {} {} {}\n", record.codes[i], record.days[i].number,
                                 record.practices[i], record.values[i]));
  }
  std::ranges::sort(events);
  return text + fmt::format("{}", fmt::join(events, ""));
}

std::string text_of(const CatalogContents& contents) {
  std::string text = fmt::format("{} {} {}\n", calendar_name(contents.calendar), contents.buckets,
                                 fmt::join(contents.practices, " "));
  for (vocabulary::CodeId id = 0; id < contents.codes.size(); ++id) {
    const vocabulary::Code& code = contents.codes.at(id);
    text += fmt::format("{} {} {}\n", code.kind.value_or(99), code.system, code.code);
  }
  for (const Package& package : contents.packages) {
    text += fmt::format("{} {} {} {} {} {} {} {}\n", package.practice, package.period,
                        package.imported_at, package.replaced_by.value_or(0), package.died,
                        package.counts.patients, fmt::join(package.counts.events, " "),
                        package.counts.days.last().number);
  }
  return text;
}

}  // namespace

Status edit_catalog(const fs::path& vault, const std::string& sql) {
  ASSIGN_OR_RETURN(Sqlite catalog, Sqlite::open(vault / "catalog.sqlite", Sqlite::Access::write));
  RETURN_IF_ERROR(catalog.run("BEGIN"));
  RETURN_IF_ERROR(catalog.run(sql));
  RETURN_IF_ERROR(seal_all(catalog));
  return catalog.run("COMMIT");
}

Status rewrite(const fs::path& vault, Content content, int bucket, const std::string& select) {
  ASSIGN_OR_RETURN(Catalog catalog, Catalog::open(vault, Sqlite::Access::read));
  ASSIGN_OR_RETURN(const CatalogContents contents, catalog.read());
  const auto file = std::ranges::find_if(contents.files, [&](const BucketFile& one) {
    return one.content == content && one.bucket == bucket;
  });
  PARCOURS_CHECK(file != contents.files.end());
  const fs::path path = file->path(vault);
  const fs::path aside = path.string() + ".aside";
  ASSIGN_OR_RETURN(duck::Database database, duck::Database::open({.in_order = true}));
  ASSIGN_OR_RETURN(duck::Connection duck, database.connect());
  ASSIGN_OR_RETURN(InputFile whole, InputFile::open(path));
  const duck::FileTable table = duck::FileTable::parquet(std::move(whole));
  RETURN_IF_ERROR(duck::write_parquet(
      duck, fmt::format("WITH rows AS (FROM {}) {}", table.sql(), select), aside));
  fs::rename(aside, path);
  ASSIGN_OR_RETURN(const records::Digest digest, records::digest_of_file(path));
  return edit_catalog(
      vault, fmt::format("UPDATE files SET bytes = {}, digest = '{}' WHERE content = '{}' AND "
                         "bucket = {}",
                         fs::file_size(path), digest.hex(), folder_name(content), bucket));
}

void flip_bit(const fs::path& file, std::size_t bit) {
  std::fstream bytes(file, std::ios::in | std::ios::out | std::ios::binary);
  const auto place = static_cast<std::streamoff>(bit / 8);
  bytes.seekg(place);
  const auto byte = static_cast<char>(bytes.get() ^ (1 << (bit % 8)));
  bytes.seekp(place);
  bytes.put(byte);
  PARCOURS_CHECK(bytes.good());
}

Result<std::string> all_of(const VaultPlace& path) {
  ASSIGN_OR_RETURN(const Vault vault, Vault::open(path));
  std::string text = text_of(vault.catalog());
  Progress none(Progress::Manner::none);
  RETURN_IF_ERROR(for_buckets(vault, {.day = true, .practice = true, .value = true}, "", none,
                              Stop(), [&](const Bucket& bucket) {
                                for (std::size_t i = 0; i < bucket.patients(); ++i) {
                                  text += text_of(bucket.record(i));
                                }
                              }));
  return text;
}

}  // namespace parcours::vault
