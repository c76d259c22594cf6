#include "vault/vault.h"

#include <algorithm>
#include <set>

#include "base/files.h"
#include "vault/catalog.h"
#include "vault/clock.h"
#include "vault/snapshot.h"
#include "vault/staging.h"

namespace parcours::vault {

namespace fs = std::filesystem;

bool may_hold_dead(const BucketFile& file, const std::vector<Package>& packages) {
  const auto last = std::min<std::size_t>(packages.size(), std::size_t{file.last_package} + 1);
  for (std::size_t package = file.first_package; package < last; ++package) {
    if (packages[package].died > file.written) {
      return true;
    }
  }
  return false;
}

std::vector<const BucketFile*> Snapshot::files(Content content, int bucket) const {
  std::vector<const BucketFile*> found;
  for (const BucketFile& file : contents.files) {
    if (file.content == content && file.bucket == bucket) {
      found.push_back(&file);
    }
  }
  return found;
}

Vault::Vault(std::shared_ptr<const Snapshot> snapshot) : snapshot_(std::move(snapshot)) {}
Vault::Vault(Vault&&) noexcept = default;
Vault::~Vault() = default;

Result<Vault> Vault::create(const VaultPlace& place, const records::KeyCheck& key,
                            const VaultOptions& options) {
  if (options.buckets < 1 || options.buckets > most_buckets) {
    return bad_input("the number of buckets is out of range", place.path().string(),
                     "use 1 to 4096 buckets; 64 suit millions of patients");
  }
  ASSIGN_OR_RETURN(ScratchFolder folder, ScratchFolder::make_beside(place.path()));
  RETURN_IF_ERROR(Catalog::create(place.at(folder.path()), key, options.calendar, options.buckets));
  RETURN_IF_ERROR(write_file(writer_lock_path(folder.path()), "", Readers::owner));
  RETURN_IF_ERROR(write_file(readers_lock_path(folder.path()), "", Readers::owner));
  for (const Content content : {Content::patients, Content::events}) {
    RETURN_IF_ERROR(make_folder(folder.path() / folder_name(content), Readers::owner));
  }
  RETURN_IF_ERROR(std::move(folder).keep_as(place.path()));
  return open(place);
}

Result<Vault> Vault::open(const VaultPlace& place, std::optional<Day> asked) {
  // The lock comes before the catalog is read, or a sweep could come between.
  ASSIGN_OR_RETURN(Catalog catalog, Catalog::open(place, Sqlite::Access::read));
  ASSIGN_OR_RETURN(FileLock lock, FileLock::share(readers_lock_path(place.path())));
  ASSIGN_OR_RETURN(CatalogContents contents, catalog.read());
  ASSIGN_OR_RETURN(const Day day, day_of(contents, asked, place.path()));
  RETURN_IF_ERROR(check_files(place.path(), contents.files));
  Living living = Living::on(contents, day);
  for (Package& package : contents.packages) {
    package.ended = package.living() && !living.package(package.id);
  }
  RowLimits limits(contents);
  return Vault(std::make_shared<const Snapshot>(Snapshot{
      place, day, std::move(lock), std::move(contents), std::move(living), std::move(limits)}));
}

const VaultPlace& Vault::place() const {
  return snapshot_->place;
}
Day Vault::day() const {
  return snapshot_->day;
}
Calendar Vault::calendar() const {
  return snapshot_->contents.calendar;
}
int Vault::buckets() const {
  return snapshot_->contents.buckets;
}
const vocabulary::CodeBook& Vault::codes() const {
  return snapshot_->contents.codes;
}
const std::vector<std::string>& Vault::practices() const {
  return snapshot_->contents.practices;
}
std::vector<std::string> Vault::practices_beside(std::string_view permit) const {
  std::set<std::string> names;
  const formalities::Formalities& formalities = catalog().formalities;
  const formalities::KnownPermit* named = formalities.permit(permit);
  const auto lists_all_of = [&](const std::string& other) {
    const formalities::KnownPermit* known = formalities.permit(other);
    return named != nullptr && known != nullptr && !named->permit.covers.all_practices &&
           formalities::covers_practices_of(named->permit.covers, known->permit.covers);
  };
  for (const Package& package : catalog().packages) {
    if (package.living() && package.permit != permit && !lists_all_of(package.permit)) {
      names.insert(practices()[package.practice]);
    }
  }
  return {names.begin(), names.end()};
}
const CatalogContents& Vault::catalog() const {
  return snapshot_->contents;
}

std::uint64_t Vault::patient_count() const {
  std::uint64_t count = 0;
  for (const Package& package : catalog().packages) {
    count += package.living() ? package.counts.patients : 0;
  }
  return count;
}

std::uint64_t Vault::event_count() const {
  std::uint64_t count = 0;
  for (const Package& package : catalog().packages) {
    count += package.living() ? package.counts.all_events() : 0;
  }
  return count;
}

std::optional<Period> Vault::period() const {
  DaySpan days;
  for (const Package& package : catalog().packages) {
    if (package.living()) {
      days.take(package.counts.days);
    }
  }
  return days.empty() ? std::nullopt : std::optional(Period{days.first(), days.last()});
}

}  // namespace parcours::vault
