#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <numeric>
#include <optional>
#include <span>

#include "base/hex.h"
#include "vault/catalog.h"
#include "vault/catalog_objections.h"
#include "vault/catalog_receipts.h"
#include "vault/catalog_row.h"
#include "vault/catalog_seal.h"
#include "vault/catalog_sealing.h"
#include "vault/catalog_sense.h"
#include "vault/clock.h"
#include "vocabulary/kinds.h"

// Reading the catalog: it is held against its seals, each value against its range, and the rows
// against one another; then it is believed.

namespace parcours::vault {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 3> calendar_names = {"dates", "days", "order"};

// Past these a number is absurd, and sums of it are not safe. How often a vault is committed to:
constexpr std::int64_t most_commits = std::int64_t{1} << 40;
constexpr std::int64_t most_releases = 999'999;  // their files are numbered with six digits
// What one package may count of a kind.
constexpr std::int64_t most_counted = std::int64_t{1} << 32;
constexpr std::int64_t most_file_bytes = std::int64_t{1} << 50;
constexpr std::int64_t first_day = std::numeric_limits<std::int32_t>::min() + 1;
constexpr std::int64_t last_day = std::numeric_limits<std::int32_t>::max() - 1;

std::int64_t last_of(std::size_t count) {
  return static_cast<std::int64_t>(count) - 1;
}

Status read_head(Sqlite& database, CatalogContents& contents, const fs::path& file) {
  int found = 0;
  RETURN_IF_ERROR(
      for_rows(database, "SELECT calendar, buckets, sequence FROM vault",
               [&](const SqliteStatement& statement) -> Status {
                 CatalogRow row(statement, file);
                 const auto name = std::ranges::find(calendar_names, row.text(0, "the calendar"));
                 row.hold(name != calendar_names.end(), "the calendar");
                 contents.calendar = static_cast<Calendar>(name - calendar_names.begin());
                 contents.buckets =
                     static_cast<int>(row.number(1, 1, most_buckets, "the number of buckets"));
                 contents.sequence =
                     static_cast<Sequence>(row.number(2, 0, most_commits, "the number of commits"));
                 ++found;
                 return row.status();
               }));
  return found == 1 ? Status()
                    : damaged_catalog(file, "it does not have exactly one row about the vault");
}

Status read_key(Sqlite& database, CatalogContents& contents, const fs::path& file) {
  int found = 0;
  RETURN_IF_ERROR(
      for_rows(database, "SELECT check_value, salt, operations, memory FROM key",
               [&](const SqliteStatement& statement) -> Status {
                 CatalogRow row(statement, file);
                 records::KeyCheck& key = contents.key;
                 row.hold(from_hex(row.text(0, "the key's check value"), key.value),
                          "the key's check value");
                 if (!row.null(1)) {
                   records::PassphraseCost cost;
                   row.hold(from_hex(row.text(1, "the passphrase's salt"), cost.salt),
                            "the passphrase's salt");
                   constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
                   cost.operations =
                       static_cast<std::uint64_t>(row.number(2, 1, most, "a passphrase's cost"));
                   cost.memory_bytes =
                       static_cast<std::uint64_t>(row.number(3, 1, most, "a passphrase's cost"));
                   row.hold(cost.sound(), "a passphrase's cost");
                   key.passphrase = cost;
                 }
                 ++found;
                 return row.status();
               }));
  return found == 1 ? Status()
                    : damaged_catalog(file, "it does not have exactly one row about the key");
}

Status read_names(Sqlite& database, CatalogContents& contents, const fs::path& file) {
  RETURN_IF_ERROR(for_rows(database, "SELECT id, name FROM practices ORDER BY id",
                           [&](const SqliteStatement& statement) -> Status {
                             CatalogRow row(statement, file);
                             const auto next = last_of(contents.practices.size() + 1);
                             row.number(0, next, next, "a practice's number");
                             // Of a forgotten practice only the number is left.
                             contents.practices.push_back(
                                 row.null(1) ? "" : row.text(1, "a practice's name"));
                             return row.status();
                           }));
  return for_rows(
      database, "SELECT id, kind, system, code FROM codes ORDER BY id",
      [&](const SqliteStatement& statement) -> Status {
        CatalogRow row(statement, file);
        vocabulary::Code code{{}, row.text(2, "a code's system"), row.text(3, "a code")};
        if (!row.null(1)) {
          code.kind = vocabulary::find_kind(row.text(1, "a code's kind"));
          row.hold(code.kind.has_value(), "a code's kind");
        }
        RETURN_IF_ERROR(row.status());
        const auto id = static_cast<std::int64_t>(code.forgotten() ? contents.codes.skip()
                                                                   : contents.codes.intern(code));
        row.number(0, id, id, "a code's number");
        return row.status();
      });
}

Status read_past(Sqlite& database, CatalogContents& contents, const fs::path& file) {
  int found = 0;
  RETURN_IF_ERROR(for_rows(
      database, "SELECT vault, releases, files FROM past",
      [&](const SqliteStatement& statement) -> Status {
        CatalogRow row(statement, file);
        row.hold(from_hex(row.text(0, "the vault's own number"), contents.past.vault),
                 "the vault's own number");
        contents.past.releases =
            static_cast<std::uint32_t>(row.number(1, 0, most_releases, "the number of releases"));
        const std::optional<records::Digest> files =
            records::Digest::parse(row.text(2, "the digest of the releases"));
        row.hold(files.has_value(), "the digest of the releases");
        contents.past.files = files.value_or(records::Digest());
        ++found;
        return row.status();
      }));
  return found == 1 ? Status()
                    : damaged_catalog(file, "it does not have exactly one row about the releases");
}

Result<std::int64_t> count_packages(Sqlite& database) {
  std::int64_t packages = 0;
  RETURN_IF_ERROR(for_rows(database, "SELECT count(*) FROM packages",
                           [&](const SqliteStatement& row) -> Status {
                             packages = row.integer(0);
                             return {};
                           }));
  return packages;
}

Status read_packages(Sqlite& database, CatalogContents& contents, const fs::path& file) {
  ASSIGN_OR_RETURN(const std::int64_t packages, count_packages(database));
  return for_rows(
      database,
      "SELECT id, practice, period, imported_at, patients, first_day, last_day, replaced_by, "
      "died, forgotten, permit, number, digest, made_at FROM packages ORDER BY id",
      [&](const SqliteStatement& statement) -> Status {
        CatalogRow row(statement, file);
        const auto next = last_of(contents.packages.size() + 1);
        Package package{.id = static_cast<rows::PackageId>(row.number(
                            0, next, std::min<std::int64_t>(next, rows::most_packages - 1),
                            "a package's number")),
                        .practice = static_cast<records::PracticeId>(row.number(
                            1, 0, last_of(contents.practices.size()), "a package's practice")),
                        .period = row.text(2, "a package's period"),
                        .imported_at = row.text(3, "a package's time of import"),
                        .replaced_by = {},
                        .counts = {},
                        .forgotten = row.number(9, 0, 1, "the mark of a forgotten package") == 1,
                        .permit = row.text(10, "a package's permit")};
        if (!row.null(11)) {
          const std::optional<records::Digest> digest =
              records::Digest::parse(row.text(12, "a package's digest"));
          row.hold(digest.has_value(), "a package's digest");
          package.delivery = {.number = static_cast<std::uint64_t>(row.number(
                                  11, 1, most_commits, "a package's number at its practice")),
                              .digest = digest.value_or(records::Digest()),
                              .made_at = row.text(13, "the moment when a package was made"),
                              .receipt = {}};
        }
        package.counts.patients = static_cast<std::uint64_t>(
            row.number(4, 0, most_counted, "a package's number of patients"));
        if (!row.null(5) || !row.null(6)) {
          const auto first = row.number(5, first_day, last_day, "a package's first day");
          const auto last = row.number(6, first, last_day, "a package's last day");
          package.counts.days.take(Day{static_cast<std::int32_t>(first)});
          package.counts.days.take(Day{static_cast<std::int32_t>(last)});
        }
        if (row.null(7)) {
          row.number(8, 0, 0, "a living package's time of replacement");
        } else {
          package.replaced_by = static_cast<rows::PackageId>(
              row.number(7, next + 1, packages - 1, "the replacement of a package"));
          package.died =
              static_cast<Sequence>(row.number(8, 1, static_cast<std::int64_t>(contents.sequence),
                                               "a package's time of replacement"));
        }
        contents.packages.push_back(std::move(package));
        return row.status();
      });
}

Status read_package_events(Sqlite& database, CatalogContents& contents, const fs::path& file) {
  return for_rows(database, "SELECT package, kind, events FROM package_events",
                  [&](const SqliteStatement& statement) -> Status {
                    CatalogRow row(statement, file);
                    const auto package = row.number(0, 0, last_of(contents.packages.size()),
                                                    "the package of a count");
                    const std::optional<vocabulary::KindId> kind =
                        vocabulary::find_kind(row.text(1, "the kind of a count"));
                    row.hold(kind.has_value(), "the kind of a count");
                    const auto events =
                        row.number(2, 1, most_counted, "a package's number of events");
                    RETURN_IF_ERROR(row.status());
                    contents.packages[static_cast<std::size_t>(package)].counts.events[*kind] =
                        static_cast<std::uint64_t>(events);
                    return {};
                  });
}

// As they stand; Catalog::verify_acts() says whether they hold.
Status read_acts(Sqlite& database, CatalogContents& contents, const fs::path& file) {
  return for_rows(
      database, "SELECT id, text, signature, entered_at FROM acts ORDER BY id",
      [&](const SqliteStatement& statement) -> Status {
        CatalogRow row(statement, file);
        const auto next = last_of(contents.acts.size() + 1);
        row.number(0, next, next, "an act's number");
        contents.acts.push_back({row.text(1, "an act"), row.text(2, "an act's signature"),
                                 row.text(3, "an act's time")});
        return row.status();
      });
}

Status read_answers(Sqlite& database, CatalogContents& contents, const fs::path& file) {
  return for_rows(database, "SELECT at, asker FROM answers ORDER BY id",
                  [&](const SqliteStatement& statement) -> Status {
                    CatalogRow row(statement, file);
                    contents.answers.push_back({.at = row.text(0, "the time of an answer"),
                                                .asker = row.text(1, "who got an answer")});
                    return row.status();
                  });
}

// As describe() in bucket_file.h makes it: digits, a dash, digits, and what kind of file it is.
bool is_file_name(std::string_view name) {
  const std::string_view ending =
      name.ends_with(encrypted_ending) ? encrypted_ending : parquet_ending;
  if (!name.ends_with(ending)) {
    return false;
  }
  name.remove_suffix(ending.size());
  const std::size_t dash = name.find('-');
  const auto digits = [](std::string_view text) {
    return !text.empty() && text.size() <= 20 &&
           std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
  };
  return dash != std::string_view::npos && digits(name.substr(0, dash)) &&
         digits(name.substr(dash + 1));
}

Status read_files(Sqlite& database, CatalogContents& contents, const fs::path& file) {
  const auto last_package = last_of(contents.packages.size());
  return for_rows(
      database,
      "SELECT content, bucket, name, written, rows, bytes, first_package, last_package, digest "
      "FROM files ORDER BY content, bucket, written, name",
      [&](const SqliteStatement& statement) -> Status {
        CatalogRow row(statement, file);
        const std::string content = row.text(0, "a file's content");
        row.hold(
            content == folder_name(Content::patients) || content == folder_name(Content::events),
            "a file's content");
        const auto first = row.number(6, 0, last_package, "the first package of a file");
        const std::optional<records::Digest> digest =
            records::Digest::parse(row.text(8, "a file's digest"));
        row.hold(digest.has_value(), "a file's digest");
        BucketFile entry{
            .content =
                content == folder_name(Content::patients) ? Content::patients : Content::events,
            .bucket = static_cast<int>(row.number(1, 0, contents.buckets - 1, "a file's bucket")),
            .name = row.text(2, "a file's name"),
            .written = static_cast<Sequence>(row.number(
                3, 1, static_cast<std::int64_t>(contents.sequence), "a file's time of writing")),
            .rows = static_cast<std::uint64_t>(
                row.number(4, 1, most_bucket_rows, "a file's number of rows")),
            .bytes = static_cast<std::uint64_t>(row.number(5, 1, most_file_bytes, "a file's size")),
            .first_package = static_cast<rows::PackageId>(first),
            .last_package = static_cast<rows::PackageId>(
                row.number(7, first, last_package, "the last package of a file")),
            .digest = digest.value_or(records::Digest())};
        row.hold(is_file_name(entry.name), "a file's name");
        contents.files.push_back(std::move(entry));
        return row.status();
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

Result<CatalogContents> Catalog::read_all() {
  RETURN_IF_ERROR(check_seals(file_.database(), file_.path()));
  CatalogContents contents;
  for (const auto part : {read_head, read_clock, read_key, read_past, read_acts, read_names,
                          read_packages, read_receipts, read_package_events, read_files,
                          read_objections, read_answers, read_sealing}) {
    RETURN_IF_ERROR(part(file_.database(), contents, file_.path()));
  }
  RETURN_IF_ERROR(verify_acts(contents));
  RETURN_IF_ERROR(check_sense(contents, file_.path()));
  return contents;
}

// What the acts say follows from their texts in order and the vault's number alone. So what was
// verified holds again, and everything else is verified anew.
Status Catalog::verify_acts(CatalogContents& contents) {
  const std::string vault = to_hex(contents.past.vault);
  std::size_t known = 0;
  if (verified_ && verified_->formalities.vault() == vault &&
      verified_->acts.size() <= contents.acts.size() &&
      std::ranges::equal(verified_->acts, std::span(contents.acts).first(verified_->acts.size()))) {
    known = verified_->acts.size();
    contents.formalities = verified_->formalities;
  } else {
    contents.formalities = formalities::Formalities(vault);
  }
  for (std::size_t i = known; i < contents.acts.size(); ++i) {
    if (const Status good = contents.formalities.add(contents.acts[i], file_.path().string());
        !good) {
      return damaged_catalog(file_.path(), "an act does not hold: " + good.error().found);
    }
  }
  if (!verified_ || known < contents.acts.size()) {
    verified_ = Verified{contents.acts, contents.formalities};
  }
  return {};
}

Result<CatalogContents> Catalog::read() {
  std::optional<CatalogContents> contents;
  RETURN_IF_ERROR(file_.look([&]() -> Status {
    ASSIGN_OR_RETURN(contents, read_all());
    return {};
  }));
  return *std::move(contents);
}

Status Catalog::read_back() {
  Result<CatalogContents> contents = read_all();
  if (!contents) {
    contents.error().right = "this is a fault of the program; the vault was not changed";
    return std::unexpected(std::move(contents).error());
  }
  return {};
}

}  // namespace parcours::vault
