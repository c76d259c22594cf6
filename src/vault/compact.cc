#include "vault/compact.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "vault/bucket_file.h"
#include "vault/catalog.h"
#include "vault/clock.h"
#include "vault/forget.h"
#include "vault/forgotten.h"
#include "vault/snapshot.h"
#include "vault/staging.h"

namespace parcours::vault {
namespace {

using Place = std::pair<Content, int>;  // of a bucket's files
using FilesByPlace = std::map<Place, std::vector<BucketFile>>;

// The buckets that compaction is for.
FilesByPlace untidy(const CatalogContents& contents) {
  FilesByPlace places;
  for (const BucketFile& file : contents.files) {
    places[{file.content, file.bucket}].push_back(file);
  }
  std::erase_if(places, [&](const auto& entry) {
    return entry.second.size() == 1 && !may_hold_dead(entry.second.front(), contents.packages);
  });
  return places;
}

std::uint64_t bytes_of(const std::vector<BucketFile>& files) {
  return std::accumulate(
      files.begin(), files.end(), std::uint64_t{0},
      [](std::uint64_t sum, const BucketFile& file) { return sum + file.bytes; });
}

CompactSummary operator+(const CompactSummary& a, const CompactSummary& b) {
  return {a.buckets + b.buckets,
          a.rows_removed + b.rows_removed,
          a.rows_purged + b.rows_purged,
          a.codes_removed + b.codes_removed,
          a.receipts_removed + b.receipts_removed,
          a.sealing_keys_destroyed + b.sealing_keys_destroyed,
          a.files_before + b.files_before,
          a.files_after + b.files_after,
          a.bytes_before + b.bytes_before,
          a.bytes_after + b.bytes_after};
}

struct Compaction {
  VaultPlace vault;
  FileLock lock;
  Catalog catalog;
  CatalogContents contents;
  Staging staging;
  Living living;
  RowLimits limits;
  BucketFileWriter writer;
  FileReader reader;

  template <class Row>
  Result<CompactSummary> rewrite(int bucket, const std::vector<BucketFile>& files,
                                 const Stop& stop);
  Status note_codes(const BucketFile& file, std::vector<bool>& used);
  Result<std::uint64_t> drop_unused_codes(const Stop& stop);
  Result<std::uint64_t> drop_receipts(Day before);
};

template <class Row>
Result<CompactSummary> Compaction::rewrite(int bucket, const std::vector<BucketFile>& files,
                                           const Stop& stop) {
  std::uint64_t before = 0;
  std::vector<Row> rows;
  for (const BucketFile& file : files) {
    before += file.rows;
    RETURN_IF_ERROR(read_rows(reader, vault, file, limits, living, rows));
  }
  std::ranges::sort(rows, std::less());

  CatalogChange change{.removed = files};
  if (!rows.empty()) {
    BucketFile file = writer.describe(std::span<const Row>(rows), bucket, contents.sequence + 1, 0);
    RETURN_IF_ERROR(writer.write(std::span<const Row>(rows), staging.path_of(file), file));
    change.added.push_back(std::move(file));
  }
  RETURN_IF_ERROR(staging.place(change.added, stop));
  RETURN_IF_ERROR(catalog.commit(change, contents.sequence));
  ++contents.sequence;
  discard(vault.path(), files);

  return CompactSummary{.buckets = 1,
                        .rows_removed = before - rows.size(),
                        .files_before = files.size(),
                        .files_after = change.added.size(),
                        .bytes_before = bytes_of(files),
                        .bytes_after = bytes_of(change.added)};
}

// Marks the codes and places of a file's living rows.
Status Compaction::note_codes(const BucketFile& file, std::vector<bool>& used) {
  if (file.content == Content::events) {
    std::vector<rows::EventRow> rows;
    RETURN_IF_ERROR(read_rows(reader, vault, file, limits, living, rows));
    for (const rows::EventRow& row : rows) {
      used[row.code] = true;
    }
    return {};
  }
  std::vector<rows::PatientRow> rows;
  RETURN_IF_ERROR(read_rows(reader, vault, file, limits, living, rows));
  for (const rows::PatientRow& row : rows) {
    if (row.patient.place != vocabulary::no_code) {
      used[row.patient.place] = true;
    }
  }
  return {};
}

// Where every package lives each code has a row, and nothing need be read.
Result<std::uint64_t> Compaction::drop_unused_codes(const Stop& stop) {
  if (std::ranges::all_of(contents.packages, &Package::living)) {
    return 0;
  }
  ASSIGN_OR_RETURN(contents, catalog.read());
  std::vector<bool> used(contents.codes.size(), false);
  for (const BucketFile& file : contents.files) {
    if (stop.requested()) {
      return stopped();
    }
    RETURN_IF_ERROR(note_codes(file, used));
  }
  CatalogChange change{.forgotten = unused_names(contents, used)};
  if (change.forgotten.codes.empty()) {
    return 0;
  }
  RETURN_IF_ERROR(catalog.commit(change, contents.sequence));
  RETURN_IF_ERROR(catalog.scrub());
  return change.forgotten.codes.size();
}

// Of packages that came before a day.
Result<std::uint64_t> Compaction::drop_receipts(Day before) {
  ASSIGN_OR_RETURN(contents, catalog.read());
  CatalogChange change;
  for (const Package& package : contents.packages) {
    const std::optional<Day> came = day_of_moment(package.imported_at);
    if (package.delivery && !package.delivery->receipt.empty() && came && *came < before) {
      change.receipts.push_back(package.id);
    }
  }
  if (change.receipts.empty()) {
    return 0;
  }
  RETURN_IF_ERROR(catalog.commit(change, contents.sequence));
  RETURN_IF_ERROR(catalog.scrub());
  return change.receipts.size();
}

Result<Compaction> begin(const VaultPlace& vault) {
  RETURN_IF_ERROR(Catalog::open(vault, Sqlite::Access::read));
  ASSIGN_OR_RETURN(FileLock lock, FileLock::take(writer_lock_path(vault.path())));
  ASSIGN_OR_RETURN(Catalog catalog, Catalog::open(vault, Sqlite::Access::write));
  ASSIGN_OR_RETURN(CatalogContents contents, catalog.read());
  RETURN_IF_ERROR(check_files(vault.path(), contents.files));
  RETURN_IF_ERROR(sweep(vault.path(), contents.files));
  ASSIGN_OR_RETURN(Staging staging, Staging::make(vault.path()));
  ASSIGN_OR_RETURN(BucketFileWriter writer, BucketFileWriter::open(vault, contents.calendar));
  ASSIGN_OR_RETURN(FileReader reader, FileReader::make());
  Living living = Living::unreplaced(contents);
  RowLimits limits(contents);
  return Compaction{vault,
                    std::move(lock),
                    std::move(catalog),
                    std::move(contents),
                    std::move(staging),
                    std::move(living),
                    std::move(limits),
                    std::move(writer),
                    std::move(reader)};
}

Result<Day> day_asked(const VaultPlace& vault, std::optional<Day> asked) {
  ASSIGN_OR_RETURN(Catalog catalog, Catalog::open(vault, Sqlite::Access::read));
  ASSIGN_OR_RETURN(const CatalogContents contents, catalog.read());
  return day_of(contents, asked, vault.path());
}

}  // namespace

Result<CompactSummary> compact(const VaultPlace& vault, Progress& progress, const Stop& stop,
                               const CompactOptions& options) {
  ASSIGN_OR_RETURN(const Day day, day_asked(vault, options.day));
  ASSIGN_OR_RETURN(const ForgetSummary purged, purge(vault, day, progress, stop));
  ASSIGN_OR_RETURN(Compaction compaction, begin(vault));
  RETURN_IF_ERROR(compaction.catalog.note_now());
  CompactSummary summary{.rows_purged = purged.rows_removed, .codes_removed = purged.codes};
  const FilesByPlace places = untidy(compaction.contents);
  progress.begin("compacting", places.size());
  const auto each = [&]() -> Status {
    for (const auto& [place, files] : places) {
      if (stop.requested()) {
        return stopped();
      }
      ASSIGN_OR_RETURN(const CompactSummary one,
                       place.first == Content::events
                           ? compaction.rewrite<rows::EventRow>(place.second, files, stop)
                           : compaction.rewrite<rows::PatientRow>(place.second, files, stop));
      summary = summary + one;
      progress.add(1);
    }
    progress.end();
    ASSIGN_OR_RETURN(const std::uint64_t codes, compaction.drop_unused_codes(stop));
    summary.codes_removed += codes;
    ASSIGN_OR_RETURN(summary.sealing_keys_destroyed, compaction.catalog.destroy_closed(day));
    if (options.receipts_older_than) {
      const Day before{day.number - *options.receipts_older_than};
      ASSIGN_OR_RETURN(summary.receipts_removed, compaction.drop_receipts(before));
    }
    return {};
  };
  if (Status done = each(); !done) {
    Error error = std::move(done).error();
    if (error.fault == Fault::stopped && summary.buckets > 0) {
      error.found = fmt::format(
          "stopped on request; the files of {} of {} buckets are compacted, and the vault is "
          "whole",
          summary.buckets, places.size());
    }
    return std::unexpected(std::move(error));
  }
  return summary;
}

}  // namespace parcours::vault
