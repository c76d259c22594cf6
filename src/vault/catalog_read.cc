#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "vault/catalog.h"
#include "vocabulary/kinds.h"

// Reading the catalog: what was written by others is believed only where it fits together.

namespace parcours {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 3> calendar_names = {"dates", "days", "order"};

std::int64_t signed_number(std::uint64_t number) {
  return static_cast<std::int64_t>(number);
}

std::unexpected<Error> damaged(const fs::path& file, std::string what) {
  return bad_input("a damaged catalog: " + std::move(what), file.string(),
                   "restore the vault from a copy");
}

Status read_head(Sqlite& database, CatalogContents& contents, const fs::path& file) {
  bool found = false;
  RETURN_IF_ERROR(for_rows(database, "SELECT calendar, buckets, sequence FROM vault",
                           [&](const SqliteStatement& row) -> Status {
                             const auto name = std::ranges::find(calendar_names, row.text(0));
                             if (name == calendar_names.end()) {
                               return damaged(file, "unknown calendar");
                             }
                             contents.calendar =
                                 static_cast<Calendar>(name - calendar_names.begin());
                             contents.buckets = static_cast<int>(row.integer(1));
                             contents.sequence = static_cast<Sequence>(row.integer(2));
                             found = true;
                             return {};
                           }));
  return found ? Status() : damaged(file, "it says nothing about the vault");
}

// Bytes from hexadecimal digits; false where they are not so many.
template <std::size_t size>
bool bytes_of(std::string_view digits, std::array<unsigned char, size>& bytes) {
  const auto value = [](char digit) {
    return digit >= '0' && digit <= '9'   ? digit - '0'
           : digit >= 'a' && digit <= 'f' ? digit - 'a' + 10
                                          : -1;
  };
  if (digits.size() != 2 * size) {
    return false;
  }
  for (std::size_t i = 0; i < size; ++i) {
    const int high = value(digits[2 * i]);
    const int low = value(digits[2 * i + 1]);
    if (high < 0 || low < 0) {
      return false;
    }
    bytes[i] = static_cast<unsigned char>(high << 4 | low);
  }
  return true;
}

Status read_key(Sqlite& database, CatalogContents& contents, const fs::path& file) {
  bool found = false;
  RETURN_IF_ERROR(
      for_rows(database, "SELECT check_value, salt, operations, memory FROM key",
               [&](const SqliteStatement& row) -> Status {
                 KeyCheck& key = contents.key;
                 if (!row.null(1)) {
                   key.passphrase = {.operations = static_cast<std::uint64_t>(row.integer(2)),
                                     .memory_bytes = static_cast<std::uint64_t>(row.integer(3))};
                 }
                 if (!bytes_of(row.text(0), key.value) ||
                     (key.passphrase &&
                      !(bytes_of(row.text(1), key.passphrase->salt) && key.passphrase->sound()))) {
                   return damaged(file, "what it keeps of the key makes no sense");
                 }
                 found = true;
                 return {};
               }));
  return found ? Status() : damaged(file, "it says nothing about the key");
}

Status read_names(Sqlite& database, CatalogContents& contents, const fs::path& file) {
  RETURN_IF_ERROR(for_rows(database, "SELECT id, name FROM practices ORDER BY id",
                           [&](const SqliteStatement& row) -> Status {
                             if (row.integer(0) != signed_number(contents.practices.size())) {
                               return damaged(file, "a practice is missing");
                             }
                             contents.practices.push_back(row.text(1));
                             return {};
                           }));
  return for_rows(database, "SELECT id, kind, system, code FROM codes ORDER BY id",
                  [&](const SqliteStatement& row) -> Status {
                    Code code{{}, row.text(2), row.text(3)};
                    if (!row.null(1)) {
                      code.kind = find_kind(row.text(1));
                      if (!code.kind) {
                        return damaged(file, "unknown kind '" + row.text(1) + "'");
                      }
                    }
                    const CodeId id =
                        code.forgotten() ? contents.codes.skip() : contents.codes.intern(code);
                    if (id != row.integer(0)) {
                      return damaged(file, "a code is missing or twice in it");
                    }
                    return {};
                  });
}

Status read_packages(Sqlite& database, CatalogContents& contents, const fs::path& file) {
  RETURN_IF_ERROR(for_rows(
      database,
      "SELECT id, practice, period, imported_at, patients, first_day, last_day, replaced_by, died, "
      "forgotten "
      "FROM packages ORDER BY id",
      [&](const SqliteStatement& row) -> Status {
        Package package{.id = static_cast<PackageId>(row.integer(0)),
                        .practice = static_cast<PracticeId>(row.integer(1)),
                        .period = row.text(2),
                        .imported_at = row.text(3),
                        .replaced_by = {},
                        .died = static_cast<Sequence>(row.integer(8)),
                        .counts = {},
                        .forgotten = row.integer(9) != 0};
        if (package.id != contents.packages.size() ||
            package.practice >= contents.practices.size()) {
          return damaged(file, "a package is missing or of no practice");
        }
        package.counts.patients = static_cast<std::uint64_t>(row.integer(4));
        if (!row.null(5)) {
          package.counts.days.take(Day{static_cast<std::int32_t>(row.integer(5))});
          package.counts.days.take(Day{static_cast<std::int32_t>(row.integer(6))});
        }
        if (!row.null(7)) {
          package.replaced_by = static_cast<PackageId>(row.integer(7));
        }
        contents.packages.push_back(std::move(package));
        return {};
      }));
  return for_rows(database, "SELECT package, kind, events FROM package_events",
                  [&](const SqliteStatement& row) -> Status {
                    const auto package = static_cast<std::size_t>(row.integer(0));
                    const std::optional<KindId> kind = find_kind(row.text(1));
                    if (package >= contents.packages.size() || !kind) {
                      return damaged(file, "counts of an unknown package or kind");
                    }
                    contents.packages[package].counts.events[*kind] =
                        static_cast<std::uint64_t>(row.integer(2));
                    return {};
                  });
}

Status read_files(Sqlite& database, CatalogContents& contents, const fs::path& file) {
  return for_rows(database,
                  "SELECT content, bucket, name, written, rows, bytes, first_package, last_package "
                  "FROM files ORDER BY content, bucket, written, name",
                  [&](const SqliteStatement& row) -> Status {
                    const BucketFile entry{.content = row.text(0) == folder_name(Content::patients)
                                                          ? Content::patients
                                                          : Content::events,
                                           .bucket = static_cast<int>(row.integer(1)),
                                           .name = row.text(2),
                                           .written = static_cast<Sequence>(row.integer(3)),
                                           .rows = static_cast<std::uint64_t>(row.integer(4)),
                                           .bytes = static_cast<std::uint64_t>(row.integer(5)),
                                           .first_package = static_cast<PackageId>(row.integer(6)),
                                           .last_package = static_cast<PackageId>(row.integer(7))};
                    if (entry.bucket < 0 || entry.bucket >= contents.buckets ||
                        entry.name.find('/') != std::string::npos) {
                      return damaged(file, "a file of no bucket");
                    }
                    contents.files.push_back(entry);
                    return {};
                  });
}

}  // namespace

std::string_view calendar_name(Calendar calendar) {
  return calendar_names[static_cast<std::size_t>(calendar)];
}

std::string_view folder_name(Content content) {
  return content == Content::patients ? "patients" : "events";
}

void DaySpan::take(Day day) {
  first_ = std::min(first_, day);
  last_ = std::max(last_, day);
}

void DaySpan::take(const DaySpan& other) {
  first_ = std::min(first_, other.first_);
  last_ = std::max(last_, other.last_);
}

std::uint64_t PackageCounts::all_events() const {
  return std::accumulate(events.begin(), events.end(), std::uint64_t{0});
}

fs::path BucketFile::path(const fs::path& vault) const {
  return vault / folder_name(content) / fmt::format("bucket={:02}", bucket) / name;
}

Result<CatalogContents> Catalog::read() {
  CatalogContents contents;
  RETURN_IF_ERROR(database_.run("BEGIN"));
  Status status = read_head(database_, contents, file_);
  for (const auto part : {read_key, read_names, read_packages, read_files}) {
    if (status) {
      status = part(database_, contents, file_);
    }
  }
  RETURN_IF_ERROR(database_.run("ROLLBACK"));
  RETURN_IF_ERROR(status);
  return contents;
}

}  // namespace parcours
