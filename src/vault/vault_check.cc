#include "vault/vault_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <optional>
#include <set>
#include <system_error>

#include "base/files.h"
#include "base/input_file.h"
#include "base/threads.h"
#include "vault/bucket_file.h"
#include "vault/catalog.h"
#include "vault/place.h"
#include "vault/staging.h"

namespace parcours::vault {
namespace {

namespace fs = std::filesystem;

using Counts = std::vector<PackageCounts>;  // by PackageId

void count(PackageCounts& counts, const rows::EventRow& row) {
  ++counts.events[row.kind];
  counts.days.take(row.day);
}

void count(PackageCounts& counts, const rows::PatientRow&) {
  ++counts.patients;
}

records::PracticeId practice_of(const rows::EventRow& row) {
  return row.practice;
}
records::PracticeId practice_of(const rows::PatientRow& row) {
  return row.patient.practice;
}

void add(PackageCounts& sum, const PackageCounts& some) {
  sum.patients += some.patients;
  for (std::size_t kind = 0; kind < most_kinds; ++kind) {
    sum.events[kind] += some.events[kind];
  }
  sum.days.take(some.days);
}

// A living package has all the rows that it was sent with; of one that was replaced, a compaction
// may have removed some.
bool fits(const Package& package, const PackageCounts& found) {
  const PackageCounts& sent = package.counts;
  if (package.living()) {
    return found.patients == sent.patients && found.events == sent.events &&
           found.days.first() == sent.days.first() && found.days.last() == sent.days.last();
  }
  return found.patients <= sent.patients &&
         std::ranges::equal(found.events, sent.events, std::ranges::less_equal());
}

// What the workers share.
class Checking {
 public:
  Checking(const VaultPlace& vault, const CatalogContents& contents)
      : vault_(vault),
        contents_(contents),
        limits_(contents),
        every_(Living::all(contents)),
        damages_(contents.files.size()),
        counts_(contents.packages.size()) {}

  Status run(int threads, Progress& progress, const Stop& stop);
  VaultCheck result() const;

 private:
  Status work(Progress& progress, const Stop& stop);
  template <class Row>
  Status look(FileReader& reader, const BucketFile& file, Counts& counts) const;

  const VaultPlace& vault_;
  const CatalogContents& contents_;
  RowLimits limits_;
  Living every_;  // rows of dead packages are read too
  std::atomic<std::size_t> next_ = 0;
  std::vector<std::optional<Error>> damages_;  // by file
  std::mutex mutex_;
  Counts counts_;  // of all files that were looked at
};

// Reads a file, and holds its rows against one another and against their packages.
template <class Row>
Status Checking::look(FileReader& reader, const BucketFile& file, Counts& counts) const {
  std::vector<Row> rows;
  RETURN_IF_ERROR(read_rows(reader, vault_, file, limits_, every_, rows));
  const auto wrong = [&](std::size_t row, const char* what) {
    return bad_input(fmt::format("row {} {}", row + 1, what), file.path(vault_.path()).string(),
                     restore_hint);
  };
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Package& package = contents_.packages[rows[i].package];
    if (i > 0 && rows[i] < rows[i - 1]) {
      return wrong(i, "is not in order");
    }
    if (practice_of(rows[i]) != package.practice) {
      return wrong(i, "belongs to another practice than its package");
    }
    if (!package.living() && package.died <= file.written) {
      return wrong(i, "belongs to a package that was replaced before the file was written");
    }
    count(counts[package.id], rows[i]);
  }
  return {};
}

Status Checking::work(Progress& progress, const Stop& stop) {
  ASSIGN_OR_RETURN(FileReader reader, FileReader::make());
  Counts counts(contents_.packages.size());
  for (std::size_t i = next_++; i < contents_.files.size(); i = next_++) {
    if (stop.requested()) {
      return stopped();
    }
    const BucketFile& file = contents_.files[i];
    const Status sound = file.content == Content::events
                             ? look<rows::EventRow>(reader, file, counts)
                             : look<rows::PatientRow>(reader, file, counts);
    if (!sound && sound.error().found == permission_denied) {
      return sound;  // tells nothing of what the file holds
    }
    if (!sound) {
      damages_[i] = sound.error();
    }
    progress.add(file.bytes);
  }
  const std::lock_guard guard(mutex_);
  for (std::size_t package = 0; package < counts.size(); ++package) {
    add(counts_[package], counts[package]);
  }
  return {};
}

Status Checking::run(int threads, Progress& progress, const Stop& stop) {
  std::uint64_t bytes = 0;
  for (const BucketFile& file : contents_.files) {
    bytes += file.bytes;
  }
  progress.begin("checking", bytes);
  Status done = at_once(threads, [&](int) { return work(progress, stop); });
  progress.end();
  return done;
}

VaultCheck Checking::result() const {
  VaultCheck check{.files = contents_.files.size()};
  for (std::size_t i = 0; i < contents_.files.size(); ++i) {
    check.bytes += contents_.files[i].bytes;
    if (damages_[i]) {
      check.damages.push_back(*damages_[i]);
    } else {
      check.rows += contents_.files[i].rows;
    }
  }
  // Where a file is damaged its packages have fewer rows for that reason.
  const bool files_whole = check.whole();
  for (const Package& package : contents_.packages) {
    if (files_whole && !fits(package, counts_[package.id])) {
      check.damages.push_back(
          bad_input(
              fmt::format("package {} does not have the rows that it was sent with", package.id),
              vault_.path().string(), restore_hint)
              .error());
    }
  }
  return check;
}

// The memory of releases: its folder, its lock, and three files a release.
bool of_past_releases(const fs::path& path) {
  const fs::path folder = past_path({});
  if (path == folder || path == folder / "lock") {
    return true;
  }
  const std::string number = path.stem().string();
  const std::string kind = path.extension().string();
  return path.parent_path() == folder && number.size() == 6 &&
         number.find_first_not_of("0123456789") == std::string::npos &&
         (kind == ".people" || kind == ".release" || kind == ".withdrawn");
}

std::vector<fs::path> strangers_in(const fs::path& vault, const CatalogContents& contents) {
  std::set<fs::path> known = {"exercises.log"};
  for (const fs::path& part :
       {catalog_path(vault), fs::path(catalog_path(vault)) += "-journal", catalog_lock_path(vault),
        writer_lock_path(vault), readers_lock_path(vault)}) {
    known.insert(part.lexically_relative(vault));
  }
  for (const Content content : {Content::patients, Content::events}) {
    known.insert(folder_name(content));
  }
  for (const BucketFile& file : contents.files) {
    const fs::path path = file.path(vault).lexically_relative(vault);
    known.insert(path);
    known.insert(path.parent_path());
  }
  std::vector<fs::path> strangers;
  std::error_code failed;
  for (fs::recursive_directory_iterator entry(vault, failed), end; !failed && entry != end;
       entry.increment(failed)) {
    const fs::path path = entry->path().lexically_relative(vault);
    std::error_code unseen;
    // A bucket's folder that is empty now stays where it is.
    const bool empty = entry->is_directory(unseen) && fs::is_empty(entry->path(), unseen);
    if (!known.contains(path) && !empty && !of_past_releases(path)) {
      strangers.push_back(path);
      entry.disable_recursion_pending();
    }
  }
  std::ranges::sort(strangers);
  return strangers;
}

}  // namespace

Result<VaultCheck> check_vault(const VaultPlace& vault, int threads, Progress& progress,
                               const Stop& stop) {
  ASSIGN_OR_RETURN(Catalog catalog, Catalog::open(vault, Sqlite::Access::read));
  ASSIGN_OR_RETURN(const FileLock lock, FileLock::share(readers_lock_path(vault.path())));
  const Result<CatalogContents> contents = catalog.read();
  if (!contents && contents.error().fault == Fault::input) {
    return VaultCheck{.damages = {contents.error()}};
  }
  if (!contents) {
    return std::unexpected(contents.error());
  }
  Checking checking(vault, *contents);
  RETURN_IF_ERROR(checking.run(threads, progress, stop));
  VaultCheck check = checking.result();
  check.strangers = strangers_in(vault.path(), *contents);
  return check;
}

}  // namespace parcours::vault
