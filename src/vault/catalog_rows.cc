#include "vault/catalog_rows.h"

#include <cstdint>
#include <optional>

#include "vault/catalog_receipts.h"
#include "vocabulary/kinds.h"

namespace parcours::vault {
namespace {

std::int64_t as_signed(std::uint64_t number) {
  return static_cast<std::int64_t>(number);
}

}  // namespace

void bind_days(SqliteStatement& statement, int parameter, const DaySpan& days) {
  const auto day = [&](Day of) {
    return days.empty() ? std::optional<std::int64_t>() : std::optional<std::int64_t>(of.number);
  };
  statement.bind(parameter, day(days.first()));
  statement.bind(parameter + 1, day(days.last()));
}

Status add_package_events(Sqlite& database, const std::vector<Package>& packages) {
  ASSIGN_OR_RETURN(
      SqliteStatement insert,
      database.prepare("INSERT INTO package_events (package, kind, events) VALUES (?, ?, ?)"));
  for (const Package& package : packages) {
    for (std::size_t kind = 0; kind < vocabulary::kinds().size(); ++kind) {
      if (package.counts.events[kind] > 0) {
        insert.bind(1, std::int64_t{package.id});
        insert.bind(2, vocabulary::kinds()[kind]);
        insert.bind(3, static_cast<std::int64_t>(package.counts.events[kind]));
        RETURN_IF_ERROR(insert.run());
      }
    }
  }
  return {};
}

Status add_practices(Sqlite& database, const std::vector<std::string>& names) {
  ASSIGN_OR_RETURN(SqliteStatement insert,
                   database.prepare("INSERT INTO practices (id, name) VALUES ((SELECT "
                                    "coalesce(max(id) + 1, 0) FROM practices), ?)"));
  for (const std::string& name : names) {
    insert.bind(1, name);
    RETURN_IF_ERROR(insert.run());
  }
  return {};
}

Status add_codes(Sqlite& database, const std::vector<vocabulary::Code>& codes) {
  ASSIGN_OR_RETURN(SqliteStatement insert,
                   database.prepare("INSERT INTO codes (id, kind, system, code) VALUES ((SELECT "
                                    "coalesce(max(id) + 1, 0) FROM codes), ?, ?, ?)"));
  for (const vocabulary::Code& code : codes) {
    if (code.kind) {
      insert.bind(1, vocabulary::kinds()[*code.kind]);
    } else {
      insert.bind(1, std::optional<std::int64_t>());
    }
    insert.bind(2, code.system);
    insert.bind(3, code.code);
    RETURN_IF_ERROR(insert.run());
  }
  return {};
}

Status add_packages(Sqlite& database, const std::vector<Package>& packages) {
  ASSIGN_OR_RETURN(SqliteStatement insert,
                   database.prepare("INSERT INTO packages (id, practice, period, imported_at, "
                                    "patients, first_day, last_day, permit, number, digest, "
                                    "made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"));
  for (const Package& package : packages) {
    insert.bind(1, std::int64_t{package.id});
    insert.bind(2, std::int64_t{package.practice});
    insert.bind(3, package.period);
    insert.bind(4, package.imported_at);
    insert.bind(5, as_signed(package.counts.patients));
    bind_days(insert, 6, package.counts.days);
    insert.bind(8, package.permit);
    if (package.delivery) {
      insert.bind(9, as_signed(package.delivery->number));
      insert.bind(10, package.delivery->digest.hex());
      insert.bind(11, package.delivery->made_at);
    } else {
      insert.bind(9, std::optional<std::int64_t>());
      insert.bind(10, std::optional<std::int64_t>());
      insert.bind(11, std::optional<std::int64_t>());
    }
    RETURN_IF_ERROR(insert.run());
  }
  RETURN_IF_ERROR(add_receipts(database, packages));
  return add_package_events(database, packages);
}

Result<std::uint64_t> replace_older(Sqlite& database, const std::vector<Package>& packages,
                                    Sequence sequence) {
  ASSIGN_OR_RETURN(
      SqliteStatement replace,
      database.prepare("UPDATE packages SET replaced_by = ?1, died = ?2 WHERE practice = ?3 AND "
                       "period = ?4 AND replaced_by IS NULL AND id < ?1"));
  std::uint64_t replaced = 0;
  for (const Package& package : packages) {
    replace.bind(1, std::int64_t{package.id});
    replace.bind(2, as_signed(sequence));
    replace.bind(3, std::int64_t{package.practice});
    replace.bind(4, package.period);
    RETURN_IF_ERROR(replace.run());
    replaced += database.changes();
  }
  return replaced;
}

Status add_files(Sqlite& database, const std::vector<BucketFile>& files) {
  ASSIGN_OR_RETURN(SqliteStatement insert,
                   database.prepare("INSERT INTO files (content, bucket, name, written, rows, "
                                    "bytes, first_package, last_package, digest) VALUES (?, ?, ?, "
                                    "?, ?, ?, ?, ?, ?)"));
  for (const BucketFile& file : files) {
    insert.bind(1, folder_name(file.content));
    insert.bind(2, std::int64_t{file.bucket});
    insert.bind(3, file.name);
    insert.bind(4, as_signed(file.written));
    insert.bind(5, as_signed(file.rows));
    insert.bind(6, as_signed(file.bytes));
    insert.bind(7, std::int64_t{file.first_package});
    insert.bind(8, std::int64_t{file.last_package});
    insert.bind(9, file.digest.hex());
    RETURN_IF_ERROR(insert.run());
  }
  return {};
}

Status remove_files(Sqlite& database, const std::vector<BucketFile>& files) {
  ASSIGN_OR_RETURN(
      SqliteStatement remove,
      database.prepare("DELETE FROM files WHERE content = ? AND bucket = ? AND name = ?"));
  for (const BucketFile& file : files) {
    remove.bind(1, folder_name(file.content));
    remove.bind(2, std::int64_t{file.bucket});
    remove.bind(3, file.name);
    RETURN_IF_ERROR(remove.run());
  }
  return {};
}

}  // namespace parcours::vault
