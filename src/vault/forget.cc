#include "vault/forget.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "vault/bucket_file.h"
#include "vault/catalog.h"
#include "vault/forgotten.h"
#include "vault/living.h"
#include "vault/snapshot.h"
#include "vault/staging.h"

namespace parcours::vault {
namespace {

namespace fs = std::filesystem;

// What is to go, by number.
struct Doomed {
  std::vector<bool> packages;
  std::vector<bool> codes;
  std::optional<Living> kept = {};  // of a purge: what stays
  // Of the bucket that is read, whose events come first: patients of whom a fact has outlived its
  // retention, and of whom no fact stays; and, where a package was sent before, of whom one stays.
  std::set<records::PatientId> outlived = {};
  std::set<records::PatientId> heard = {};
  bool sent_before = false;

  bool is(const rows::EventRow& row) const {
    return packages[row.package] || codes[row.code] || (kept && !kept->lives(row));
  }
  bool is(const rows::PatientRow& row) const {
    return packages[row.package] || outlived.contains(row.patient.id) ||
           (kept &&
            (!kept->lives(row) || (kept->outlived(row) && !heard.contains(row.patient.id))));
  }
  // Begins a bucket.
  void meet(const std::vector<rows::EventRow>& rows);
};

void Doomed::meet(const std::vector<rows::EventRow>& rows) {
  outlived.clear();
  heard.clear();
  for (const rows::EventRow& row : rows) {
    if (kept && kept->outlived(row)) {
      outlived.insert(row.patient);
    }
  }
  for (auto row = rows.begin(); row != rows.end() && !outlived.empty(); ++row) {
    if (!is(*row)) {
      outlived.erase(row->patient);
    }
  }
  for (auto row = rows.begin(); row != rows.end() && sent_before; ++row) {
    if (!is(*row)) {
      heard.insert(row->patient);
    }
  }
}

std::unexpected<Error> not_here(const char* what) {
  return bad_input(std::string("the vault holds no such ") + what, {},
                   "what an earlier 'vault forget' may have left on the disk is now deleted");
}

// Finds in the catalog what is meant.
class Finding {
 public:
  explicit Finding(const CatalogContents& contents)
      : contents_(contents),
        doomed_{std::vector<bool>(contents.packages.size(), false),
                std::vector<bool>(contents.codes.size(), false)} {}

  Result<Doomed> operator()(const PracticeToForget& what) {
    return of_packages("practice", [&](const Package& package) {
      return contents_.practices[package.practice] == what.name;
    });
  }
  Result<Doomed> operator()(const PackageToForget& what) {
    return of_packages("package", [&](const Package& package) {
      return contents_.practices[package.practice] == what.practice &&
             package.period == what.period;
    });
  }
  Result<Doomed> operator()(const PeriodToForget& what) {
    return of_packages("period",
                       [&](const Package& package) { return package.period == what.period; });
  }
  Result<Doomed> operator()(const CodesToForget& what) {
    bool found = false;
    for (vocabulary::CodeId id = 0; id < contents_.codes.size(); ++id) {
      const vocabulary::Code& code = contents_.codes.at(id);
      doomed_.codes[id] = !code.forgotten() && code.system == what.system &&
                          (!what.code || code.code == *what.code);
      found = found || doomed_.codes[id];
    }
    return found ? Result<Doomed>(std::move(doomed_)) : not_here("codes");
  }

 private:
  template <class Meant>
  Result<Doomed> of_packages(const char* what, Meant meant) {
    bool found = false;
    for (const Package& package : contents_.packages) {
      doomed_.packages[package.id] = !package.forgotten && meant(package);
      found = found || doomed_.packages[package.id];
    }
    return found ? Result<Doomed>(std::move(doomed_)) : not_here(what);
  }

  const CatalogContents& contents_;
  Doomed doomed_;
};

struct Forgetting {
  VaultPlace vault;
  FileLock writer_lock;
  FileLock readers_lock;
  Catalog catalog;
  CatalogContents contents;
  Living living;
  Staging staging;
  RowLimits limits;
  BucketFileWriter writer;
  FileReader reader;

  Doomed doomed{};
  CatalogChange change{};
  ForgetSummary summary{};
  std::vector<bool> used{};                // by code: a row that stays has it
  std::vector<PackageCounts> recounted{};  // by package: of the events that stay

  template <class Row>
  Status pass(int bucket, const std::vector<BucketFile>& files);
  void note(const rows::EventRow& row);
  void note(const rows::PatientRow& row);
  Status finish(const Stop& stop);
};

// A row that stays.
void Forgetting::note(const rows::EventRow& row) {
  PackageCounts& counts = recounted[row.package];
  ++counts.events[row.kind];
  counts.days.take(row.day);
  used[row.code] = true;
}

void Forgetting::note(const rows::PatientRow& row) {
  ++recounted[row.package].patients;
  if (row.patient.place != vocabulary::no_code) {
    used[row.patient.place] = true;
  }
}

// Reads a bucket's files, and writes them anew as one where something of them is to go.
template <class Row>
Status Forgetting::pass(int bucket, const std::vector<BucketFile>& files) {
  const Living all = Living::all(contents);
  std::vector<Row> rows;
  for (const BucketFile& file : files) {
    RETURN_IF_ERROR(read_rows(reader, vault, file, limits, all, rows));
  }
  if constexpr (std::is_same_v<Row, rows::EventRow>) {
    doomed.meet(rows);
  }
  const std::size_t before = rows.size();
  bool touched = std::erase_if(rows, [&](const Row& row) { return doomed.is(row); }) > 0;
  if constexpr (std::is_same_v<Row, rows::PatientRow>) {
    for (Row& row : rows) {
      if (row.patient.place != vocabulary::no_code && doomed.codes[row.patient.place]) {
        row.patient.place = vocabulary::no_code;
        summary.places_removed += living.lives(row) ? 1 : 0;
        touched = true;
      }
      touched = (doomed.kept && doomed.kept->mask(row)) || touched;
    }
  }
  // What is written anew is written without dead rows; files that stay keep theirs, and the codes
  // of those.
  if (touched) {
    std::erase_if(rows, [&](const Row& row) { return !living.lives(row); });
  }
  for (const Row& row : rows) {
    note(row);
  }
  if (!touched) {
    return {};
  }
  summary.rows_removed += before - rows.size();
  change.removed.insert(change.removed.end(), files.begin(), files.end());
  if (rows.empty()) {
    return {};
  }
  std::ranges::sort(rows, std::less());
  BucketFile file = writer.describe(std::span<const Row>(rows), bucket, contents.sequence + 1, 0);
  RETURN_IF_ERROR(writer.write(std::span<const Row>(rows), staging.path_of(file), file));
  change.added.push_back(std::move(file));
  return {};
}

// The commit, and what it leaves on the disk.
Status Forgetting::finish(const Stop& stop) {
  Forgotten& forgotten = change.forgotten;
  for (Package& package : contents.packages) {
    if (doomed.packages[package.id]) {
      package.forgotten = true;
      forgotten.packages.push_back(package.id);
    } else if (package.living()) {
      const PackageCounts& counts = recounted[package.id];
      if (counts.events != package.counts.events || counts.patients != package.counts.patients) {
        package.counts = counts;
        forgotten.recounted.push_back(package);
      }
    }
  }
  Forgotten unused = unused_names(contents, used);
  forgotten.practices = std::move(unused.practices);
  forgotten.codes = std::move(unused.codes);
  summary.packages = forgotten.packages.size();
  summary.practices = forgotten.practices.size();
  summary.codes = forgotten.codes.size();

  RETURN_IF_ERROR(staging.place(change.added, stop));
  RETURN_IF_ERROR(catalog.commit(change, contents.sequence));
  ASSIGN_OR_RETURN(const CatalogContents now, catalog.read());
  RETURN_IF_ERROR(remove_unnamed(vault.path(), now.files));
  return catalog.scrub();
}

Result<Forgetting> begin_forgetting(const VaultPlace& vault) {
  RETURN_IF_ERROR(Catalog::open(vault, Sqlite::Access::read));
  ASSIGN_OR_RETURN(FileLock writer_lock, FileLock::take(writer_lock_path(vault.path())));
  Result<FileLock> readers_lock = FileLock::take(readers_lock_path(vault.path()));
  if (!readers_lock) {
    return machine_fault(
        "another program has the vault open, so the files that it reads could not be deleted",
        vault.path().string(), "wait until that program has ended, and run the command again");
  }
  ASSIGN_OR_RETURN(Catalog catalog, Catalog::open(vault, Sqlite::Access::write));
  ASSIGN_OR_RETURN(CatalogContents contents, catalog.read());
  RETURN_IF_ERROR(check_files(vault.path(), contents.files));
  RETURN_IF_ERROR(remove_aside(vault.path()));
  RETURN_IF_ERROR(remove_unnamed(vault.path(), contents.files));
  RETURN_IF_ERROR(catalog.scrub());
  ASSIGN_OR_RETURN(Staging staging, Staging::make(vault.path()));
  ASSIGN_OR_RETURN(BucketFileWriter writer, BucketFileWriter::open(vault, contents.calendar));
  ASSIGN_OR_RETURN(FileReader reader, FileReader::make());
  Living living = Living::unreplaced(contents);
  RowLimits limits(contents);
  return Forgetting{.vault = vault,
                    .writer_lock = std::move(writer_lock),
                    .readers_lock = *std::move(readers_lock),
                    .catalog = std::move(catalog),
                    .contents = std::move(contents),
                    .living = std::move(living),
                    .staging = std::move(staging),
                    .limits = std::move(limits),
                    .writer = std::move(writer),
                    .reader = std::move(reader)};
}

}  // namespace

namespace {

Result<ForgetSummary> run_forgetting(Forgetting work, Doomed doomed, Progress& progress,
                                     const Stop& stop) {
  work.change.purged = doomed.kept.has_value();
  work.doomed = std::move(doomed);
  work.used.resize(work.contents.codes.size());
  work.recounted.resize(work.contents.packages.size());
  std::map<int, std::map<Content, std::vector<BucketFile>>> buckets;
  for (const BucketFile& file : work.contents.files) {
    buckets[file.bucket][file.content].push_back(file);
  }
  progress.begin("forgetting", buckets.size());
  for (auto& [bucket, files] : buckets) {
    if (stop.requested()) {
      return stopped();
    }
    // Without files of a content it still begins the bucket.
    RETURN_IF_ERROR(work.pass<rows::EventRow>(bucket, files[Content::events]));
    RETURN_IF_ERROR(work.pass<rows::PatientRow>(bucket, files[Content::patients]));
    progress.add(1);
  }
  progress.end();
  RETURN_IF_ERROR(work.finish(stop));
  return work.summary;
}

// What a purge would remove; nothing where there is nothing.
std::optional<Doomed> to_purge(const CatalogContents& contents, Day day) {
  Doomed doomed{std::vector<bool>(contents.packages.size(), false),
                std::vector<bool>(contents.codes.size(), false), Living::kept_on(contents, day)};
  bool any =
      std::ranges::any_of(contents.objections, [](const Objection& one) { return !one.purged; });
  for (const Package& package : contents.packages) {
    if (package.living()) {
      const Living& kept = *doomed.kept;
      const bool dead = !kept.package(package.id);
      const bool remembered = kept.over_by_collection(package.id);
      const bool empty = package.counts.patients + package.counts.all_events() == 0;
      doomed.packages[package.id] = dead && !remembered;
      doomed.sent_before = doomed.sent_before || kept.sent_before(package.id);
      any = any || (dead && !(remembered && empty)) || !kept.whole(package.id) ||
            kept.masks(package.id);
    }
  }
  return any ? std::optional(std::move(doomed)) : std::nullopt;
}

}  // namespace

Result<ForgetSummary> forget(const VaultPlace& vault, const ToForget& what, Progress& progress,
                             const Stop& stop) {
  ASSIGN_OR_RETURN(Forgetting work, begin_forgetting(vault));
  ASSIGN_OR_RETURN(Doomed doomed, std::visit(Finding(work.contents), what));
  return run_forgetting(std::move(work), std::move(doomed), progress, stop);
}

Result<ForgetSummary> purge(const VaultPlace& vault, Day day, Progress& progress,
                            const Stop& stop) {
  {
    ASSIGN_OR_RETURN(Catalog catalog, Catalog::open(vault, Sqlite::Access::read));
    ASSIGN_OR_RETURN(const CatalogContents contents, catalog.read());
    if (!to_purge(contents, day)) {
      return ForgetSummary();
    }
  }
  ASSIGN_OR_RETURN(Forgetting work, begin_forgetting(vault));
  std::optional<Doomed> doomed = to_purge(work.contents, day);
  return doomed ? run_forgetting(std::move(work), *std::move(doomed), progress, stop)
                : ForgetSummary();
}

}  // namespace parcours::vault
