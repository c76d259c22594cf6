#include "past/past_releases.h"

#include <fmt/format.h>

#include <system_error>

#include "base/bytes.h"
#include "base/check.h"
#include "base/hex.h"
#include "past/sealed_file.h"
#include "records/digest.h"
#include "vault/place.h"

namespace parcours::past {
namespace {

namespace fs = std::filesystem;

constexpr const char* restore = "restore the vault from a copy";

std::unexpected<Error> not_written_here(const fs::path& path) {
  return bad_input("this is no past release that the program wrote", path.string(), restore);
}

}  // namespace

fs::path PastReleases::file(std::uint32_t number, const char* what) const {
  return folder_ / fmt::format("{:06}.{}", number, what);
}

// No other vault's file can stand in for it.
std::string PastReleases::purpose(std::uint32_t number, const char* what) const {
  return fmt::format("{} {} of {}", what, number, to_hex(mark_.vault));
}

// Of the files of the first so many releases.
Result<records::Digest> PastReleases::digest_of(std::uint32_t releases) const {
  if (releases == 0) {
    return records::Digest();
  }
  records::Digester all;
  for (std::uint32_t number = 1; number <= releases; ++number) {
    for (const char* what : {"people", "release"}) {
      ASSIGN_OR_RETURN(const records::Digest one, records::digest_of_file(file(number, what)));
      all.take(one.hex());
    }
  }
  return all.finish();
}

Status PastReleases::check_files() const {
  const auto exchanged = [&] {
    return bad_input(
        fmt::format("the vault remembers {} releases, and its folder 'past' is not the one that "
                    "has them: it was deleted or exchanged, or is of an older copy",
                    mark_.releases),
        folder_.string(), "put the newest folder 'past' of this vault back, or restore the vault");
  };
  // One more than the catalog knows: a crash came before it was marked.
  if (count_ < mark_.releases || count_ > mark_.releases + 1) {
    return exchanged();
  }
  ASSIGN_OR_RETURN(const records::Digest files, digest_of(mark_.releases));
  if (files == mark_.files) {
    return {};
  }
  for (std::uint32_t number = 1; number <= mark_.releases; ++number) {
    for (const char* what : {"people", "release"}) {
      RETURN_IF_ERROR(read_sealed(file(number, what), purpose(number, what), *key_));
    }
  }
  return exchanged();
}

Status PastReleases::mark(std::uint32_t releases) {
  vault::PastMark now = mark_;
  now.releases = releases;
  ASSIGN_OR_RETURN(now.files, digest_of(releases));
  ASSIGN_OR_RETURN(vault::Catalog catalog,
                   vault::Catalog::open(vault_, vault::Sqlite::Access::write));
  RETURN_IF_ERROR(catalog.mark_past(mark_, now));
  mark_ = now;
  return {};
}

Result<PastReleases> PastReleases::open(const vault::VaultPlace& vault,
                                        const records::ProgrammeKey& key, const Stop& stop) {
  const fs::path folder = vault::past_path(vault.path());
  std::error_code failed;
  if (fs::is_symlink(folder, failed)) {
    return bad_input("the vault's memory of releases is a link, not a folder", folder.string(),
                     restore);
  }
  const auto not_written = [&](const Error& error) {
    return machine_fault("the vault keeps what was released from it, and cannot be written to",
                         folder.string(), error.found);
  };
  const Result<bool> fresh = make_folder(folder, Readers::owner);
  if (!fresh) {
    return not_written(fresh.error());
  }
  if (*fresh) {
    RETURN_IF_ERROR(flush_to_disk(vault.path()));
  }
  Result<FileLock> lock = FileLock::wait(folder / "lock", stop);
  if (!lock) {
    const bool machine = lock.error().fault == Fault::machine;
    return machine ? not_written(lock.error()) : std::unexpected(std::move(lock).error());
  }
  ASSIGN_OR_RETURN(vault::Catalog catalog,
                   vault::Catalog::open(vault, vault::Sqlite::Access::read));
  ASSIGN_OR_RETURN(const vault::CatalogContents contents, catalog.read());
  PastReleases past(vault, folder, key, *std::move(lock), contents.past);
  while (fs::exists(past.file(past.count_ + 1, "release"), failed)) {
    ++past.count_;
  }
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, failed)) {
    const std::string name = entry.path().filename().string();
    if (entry.path().extension() == ".release" &&
        name > past.file(past.count_, "release").filename().string()) {
      return bad_input(fmt::format("the memory of releases has {} and not the one before", name),
                       past.file(past.count_ + 1, "release").string(), restore);
    }
  }
  if (failed) {
    return machine_fault("cannot look into a folder: " + failed.message(), folder.string());
  }
  RETURN_IF_ERROR(past.check_files());
  RETURN_IF_ERROR(past.read_people());
  if (past.count_ > contents.past.releases) {
    RETURN_IF_ERROR(past.read(past.count_));
    RETURN_IF_ERROR(past.mark(past.count_));
  }
  return past;
}

Status PastReleases::read_people() {
  for (std::uint32_t number = 1; number <= count_; ++number) {
    const fs::path path = file(number, "people");
    ASSIGN_OR_RETURN(const std::string bytes, read_sealed(path, purpose(number, "people"), *key_));
    if (!people_.add(bytes)) {
      return not_written_here(path);
    }
  }
  return {};
}

Status PastReleases::check_number(std::uint32_t number) const {
  if (number >= 1 && number <= count_) {
    return {};
  }
  return bad_input(fmt::format("there is no release {}", number), {},
                   count_ == 0 ? "no release was made from this vault yet"
                               : fmt::format("the releases are numbered from 1 to {}", count_));
}

Result<PastRelease> PastReleases::read(std::uint32_t number) const {
  RETURN_IF_ERROR(check_number(number));
  const fs::path path = file(number, "release");
  ASSIGN_OR_RETURN(const std::string bytes, read_sealed(path, purpose(number, "release"), *key_));
  ByteReader from(bytes);
  const std::string people = from.text();
  ASSIGN_OR_RETURN(PastRelease release, past_release_of(from.text()));
  if (!from.good() || !from.at_end() || !past::read_people(people, people_.count(), release.roll)) {
    return not_written_here(path);
  }
  release.entry.number = number;
  return release;
}

Status PastReleases::add(NewRelease made) {
  auto& [release, people] = made;
  PARCOURS_CHECK(people.count() >= people_.count());
  const std::uint32_t number = count_ + 1;
  release.entry.number = number;
  ByteWriter to;
  to.text(people_to_bytes(release.roll));
  to.text(to_bytes(release));
  RETURN_IF_ERROR(write_sealed(file(number, "people"), purpose(number, "people"),
                               people.to_bytes(people_.count()), *key_));
  // With this file the release is remembered, be the catalog marked or not.
  RETURN_IF_ERROR(
      write_sealed(file(number, "release"), purpose(number, "release"), to.take(), *key_));
  people_ = std::move(people);
  count_ = number;
  return mark(number);
}

Result<std::optional<Withdrawal>> PastReleases::withdrawal(std::uint32_t number) const {
  RETURN_IF_ERROR(check_number(number));
  const fs::path path = file(number, "withdrawn");
  std::error_code failed;
  if (!fs::exists(path, failed)) {
    return std::nullopt;
  }
  ASSIGN_OR_RETURN(const std::string bytes, read_sealed(path, purpose(number, "withdrawn"), *key_));
  ByteReader from(bytes);
  Withdrawal made;
  made.day = from.text();
  made.reason = from.text();
  return made;
}

Status PastReleases::withdraw(std::uint32_t number, const Withdrawal& withdrawal_now) {
  ASSIGN_OR_RETURN(const std::optional<Withdrawal> before, withdrawal(number));
  if (before) {
    return bad_input(fmt::format("release {} was withdrawn on {} already", number, before->day));
  }
  ByteWriter to;
  to.text(withdrawal_now.day);
  to.text(withdrawal_now.reason);
  return write_sealed(file(number, "withdrawn"), purpose(number, "withdrawn"), to.take(), *key_);
}

}  // namespace parcours::past
