#include "vault/catalog.h"

#include <fmt/format.h>

#include "base/check.h"
#include "base/hex.h"
#include "base/random.h"
#include "vault/catalog_objections.h"
#include "vault/catalog_receipts.h"
#include "vault/catalog_rows.h"
#include "vault/catalog_seal.h"
#include "vault/catalog_sealing.h"
#include "vault/clock.h"
#include "vocabulary/kinds.h"

namespace parcours::vault {

const char* const catalog_schema = R"(
  CREATE TABLE vault (calendar TEXT NOT NULL, buckets INTEGER NOT NULL, sequence INTEGER NOT NULL);
  CREATE TABLE clock (noted TEXT NOT NULL);
  CREATE TABLE key (check_value TEXT NOT NULL, salt TEXT, operations INTEGER, memory INTEGER);
  CREATE TABLE past (vault TEXT NOT NULL, releases INTEGER NOT NULL, files TEXT NOT NULL);
  CREATE TABLE practices (id INTEGER PRIMARY KEY, name TEXT UNIQUE);
  CREATE TABLE codes (id INTEGER PRIMARY KEY, kind TEXT, system TEXT NOT NULL, code TEXT NOT NULL);
  CREATE TABLE packages (
    id INTEGER PRIMARY KEY,
    practice INTEGER NOT NULL REFERENCES practices,
    period TEXT NOT NULL,
    imported_at TEXT NOT NULL,
    patients INTEGER NOT NULL,
    first_day INTEGER,
    last_day INTEGER,
    replaced_by INTEGER REFERENCES packages,
    died INTEGER NOT NULL DEFAULT 0,
    forgotten INTEGER NOT NULL DEFAULT 0,
    permit TEXT NOT NULL,
    number INTEGER,
    digest TEXT,
    made_at TEXT);
  CREATE TABLE receipts (package INTEGER PRIMARY KEY REFERENCES packages, text TEXT NOT NULL);
  CREATE INDEX packages_by_period ON packages (practice, period);
  CREATE TABLE package_events (
    package INTEGER NOT NULL REFERENCES packages,
    kind TEXT NOT NULL,
    events INTEGER NOT NULL,
    PRIMARY KEY (package, kind)) WITHOUT ROWID;
  CREATE TABLE files (
    content TEXT NOT NULL,
    bucket INTEGER NOT NULL,
    name TEXT NOT NULL,
    written INTEGER NOT NULL,
    rows INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    first_package INTEGER NOT NULL,
    last_package INTEGER NOT NULL,
    digest TEXT NOT NULL,
    PRIMARY KEY (content, bucket, name)) WITHOUT ROWID;
  CREATE TABLE acts (
    id INTEGER PRIMARY KEY,
    text TEXT NOT NULL,
    signature TEXT NOT NULL,
    entered_at TEXT NOT NULL);
  CREATE TABLE objections (
    patient TEXT NOT NULL,
    told_by TEXT NOT NULL,
    noted_at TEXT NOT NULL,
    withdrawn_at TEXT,
    dead_below INTEGER,
    purged INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (patient, told_by)) WITHOUT ROWID;
  CREATE TABLE answers (
    id INTEGER PRIMARY KEY,
    at TEXT NOT NULL,
    asker TEXT NOT NULL);
  CREATE TABLE sealing (key TEXT PRIMARY KEY, closed TEXT NOT NULL) WITHOUT ROWID;
  CREATE TABLE seals (name TEXT PRIMARY KEY, digest TEXT NOT NULL) WITHOUT ROWID;
)";

namespace {

namespace fs = std::filesystem;

constexpr std::int64_t application_id = 0x50617263;  // "Parc"
constexpr std::int64_t format = 8;

std::int64_t signed_number(std::uint64_t number) {
  return static_cast<std::int64_t>(number);
}

Status add_key(Sqlite& database, const records::KeyCheck& key) {
  ASSIGN_OR_RETURN(SqliteStatement insert,
                   database.prepare("INSERT INTO key (check_value, salt, operations, memory) "
                                    "VALUES (?, ?, ?, ?)"));
  insert.bind(1, to_hex(key.value));
  if (const std::optional<records::PassphraseCost>& cost = key.passphrase) {
    insert.bind(2, to_hex(cost->salt));
    insert.bind(3, signed_number(cost->operations));
    insert.bind(4, signed_number(cost->memory_bytes));
  }
  return insert.run();
}

Status add_past(Sqlite& database) {
  PastMark mark;
  fill_secret(std::as_writable_bytes(std::span(mark.vault)));
  ASSIGN_OR_RETURN(SqliteStatement insert,
                   database.prepare("INSERT INTO past (vault, releases, files) VALUES (?, ?, ?)"));
  insert.bind(1, to_hex(mark.vault));
  insert.bind(2, std::int64_t{mark.releases});
  insert.bind(3, mark.files.hex());
  return insert.run();
}

Status advance(Sqlite& database, Sequence from, const fs::path& file) {
  RETURN_IF_ERROR(database.run(
      fmt::format("UPDATE vault SET sequence = {} WHERE sequence = {}", from + 1, from)));
  if (database.changes() != 1) {
    return machine_fault("another program changed the vault meanwhile", file.string(),
                         "run the command again");
  }
  return {};
}

// Whether a change touches more than the files.
bool names_change(const CatalogChange& change) {
  return !change.practices.empty() || !change.codes.empty() || !change.packages.empty() ||
         !change.forgotten.empty() || !change.receipts.empty() || !change.objections.empty() ||
         !change.withdrawn.empty() || change.purged;
}

// A compaction commits once a bucket, and leaves the large tables as they are.
Status seal_changed(Sqlite& database, const CatalogChange& change) {
  return names_change(change) ? seal_all(database) : seal(database, {"vault", "files"});
}

Result<std::uint64_t> apply(Sqlite& database, const CatalogChange& change, Sequence after,
                            const fs::path& file) {
  RETURN_IF_ERROR(advance(database, after, file));
  RETURN_IF_ERROR(add_practices(database, change.practices));
  RETURN_IF_ERROR(add_codes(database, change.codes));
  RETURN_IF_ERROR(withdraw_objections(database, change.withdrawn));  // before what came with it
  RETURN_IF_ERROR(add_packages(database, change.packages));
  ASSIGN_OR_RETURN(const std::uint64_t replaced,
                   replace_older(database, change.packages, after + 1));
  RETURN_IF_ERROR(add_files(database, change.added));
  RETURN_IF_ERROR(remove_files(database, change.removed));
  RETURN_IF_ERROR(take_out(database, change.forgotten));
  RETURN_IF_ERROR(drop_receipts(database, change.receipts));
  if (change.purged) {
    RETURN_IF_ERROR(purge_objections(database));
  }
  RETURN_IF_ERROR(add_objections(database, change.objections));
  RETURN_IF_ERROR(seal_changed(database, change));
  return replaced;
}

}  // namespace

Status Catalog::create(const VaultPlace& vault, const records::KeyCheck& key, Calendar calendar,
                       int buckets) {
  PARCOURS_CHECK(vocabulary::kinds().size() <= most_kinds);
  return CatalogFile::create(vault, [&](Sqlite& database) -> Status {
    RETURN_IF_ERROR(database.run(fmt::format(
        "PRAGMA application_id = {}; PRAGMA user_version = {};", application_id, format)));
    RETURN_IF_ERROR(database.run(catalog_schema));
    RETURN_IF_ERROR(database.run(
        fmt::format("INSERT INTO vault VALUES ('{}', {}, 0)", calendar_name(calendar), buckets)));
    RETURN_IF_ERROR(database.run(fmt::format("INSERT INTO clock VALUES ('{}')", utc_now())));
    RETURN_IF_ERROR(add_key(database, key));
    RETURN_IF_ERROR(add_past(database));
    return seal_all(database);
  });
}

Result<Catalog> Catalog::open(const VaultPlace& vault, Sqlite::Access access) {
  ASSIGN_OR_RETURN(CatalogFile file, CatalogFile::open(vault, access));
  Catalog catalog(std::move(file));
  RETURN_IF_ERROR(catalog.check_format());
  return catalog;
}

Status Catalog::check_format() {
  std::int64_t application = 0;
  std::int64_t version = 0;
  const auto into = [](std::int64_t& number) {
    return [&number](const SqliteStatement& row) -> Status {
      number = row.integer(0);
      return {};
    };
  };
  RETURN_IF_ERROR(for_rows(file_.database(), "PRAGMA application_id", into(application)));
  RETURN_IF_ERROR(for_rows(file_.database(), "PRAGMA user_version", into(version)));
  if (application != application_id) {
    return bad_input("this is not the catalog of a vault", file_.path().string(),
                     "name a folder that holds a vault");
  }
  if (version != format) {
    return bad_input(
        fmt::format("the vault has format {}, but this program reads format {}", version, format),
        file_.path().string(),
        version > format ? "use a newer parcours"
                         : "create a new vault, and import the sources' files again");
  }
  return {};
}

Status Catalog::scrub() {
  return file_.scrub();
}

Status Catalog::change(const std::function<Status()>& write, Back back) {
  return file_.change([&]() -> Status {
    RETURN_IF_ERROR(write());
    RETURN_IF_ERROR(note_moment(file_.database(), utc_now()));
    return back == Back::read ? read_back() : Status();
  });
}

Status Catalog::note_now() {
  return change([] { return Status(); }, Back::unread);
}

Result<std::uint64_t> Catalog::commit(const CatalogChange& change, Sequence after) {
  std::uint64_t replaced = 0;
  const auto write = [&]() -> Status {
    ASSIGN_OR_RETURN(replaced, apply(file_.database(), change, after, file_.path()));
    return {};
  };
  RETURN_IF_ERROR(this->change(write, names_change(change) ? Back::read : Back::unread));
  return replaced;
}

Status Catalog::enter(const formalities::Act& act, const std::string& where) {
  ASSIGN_OR_RETURN(CatalogContents contents, read());
  RETURN_IF_ERROR(contents.formalities.add(act, where));
  RETURN_IF_ERROR(check_sealing(contents, where));
  ASSIGN_OR_RETURN(const formalities::ActText text, formalities::parse_act(act.text, where));
  const auto* clock = std::get_if<formalities::ClockAct>(&text);
  if (clock != nullptr) {
    RETURN_IF_ERROR(check_correction(contents, *clock, where));
  }
  return change([&]() -> Status {
    // The number is taken where another program entered an act meanwhile.
    ASSIGN_OR_RETURN(SqliteStatement insert,
                     file_.database().prepare("INSERT INTO acts (id, text, signature, entered_at) "
                                              "VALUES (?, ?, ?, ?)"));
    insert.bind(1, static_cast<std::int64_t>(contents.acts.size()));
    insert.bind(2, act.text);
    insert.bind(3, act.signature);
    insert.bind(4, act.entered_at);
    RETURN_IF_ERROR(insert.run());
    if (clock != nullptr) {
      RETURN_IF_ERROR(correct_moments(file_.database(), act.entered_at));
    }
    return seal(file_.database(), {"acts"});
  });
}

Status Catalog::note(const AccessAnswer& answer) {
  return change([&]() -> Status {
    ASSIGN_OR_RETURN(SqliteStatement insert,
                     file_.database().prepare("INSERT INTO answers (at, asker) VALUES (?, ?)"));
    insert.bind(1, answer.at);
    insert.bind(2, answer.asker);
    RETURN_IF_ERROR(insert.run());
    return seal(file_.database(), {"answers"});
  });
}

Status Catalog::keep(const SealingSecret& secret) {
  ASSIGN_OR_RETURN(const CatalogContents contents, read());
  return change([&]() -> Status {
    RETURN_IF_ERROR(keep_sealing(file_.database(), contents, secret));
    return seal(file_.database(), {"sealing"});
  });
}

Result<std::uint64_t> Catalog::destroy_closed(Day day) {
  ASSIGN_OR_RETURN(const CatalogContents contents, read());
  const std::vector<formalities::SealKey> closed = closed_by(contents, day);
  if (closed.empty()) {
    return 0;
  }
  RETURN_IF_ERROR(change([&]() -> Status {
    RETURN_IF_ERROR(drop_sealing(file_.database(), closed));
    return seal(file_.database(), {"sealing"});
  }));
  RETURN_IF_ERROR(scrub());
  return closed.size();
}

Status Catalog::copy_to(const VaultPlace& to, const std::vector<BucketFile>& files) {
  return file_.copy_to(to, [&](Sqlite& database) -> Status {
    RETURN_IF_ERROR(database.run("DELETE FROM files"));
    RETURN_IF_ERROR(add_files(database, files));
    return seal(database, {"files"});
  });
}

Status Catalog::apply_mark(const PastMark& before, const PastMark& now) {
  ASSIGN_OR_RETURN(
      SqliteStatement update,
      file_.database().prepare("UPDATE past SET releases = ?, files = ? WHERE vault = ? AND "
                               "releases = ? AND files = ?"));
  update.bind(1, std::int64_t{now.releases});
  update.bind(2, now.files.hex());
  update.bind(3, to_hex(before.vault));
  update.bind(4, std::int64_t{before.releases});
  update.bind(5, before.files.hex());
  RETURN_IF_ERROR(update.run());
  if (file_.database().changes() != 1) {
    return machine_fault("another program changed the vault meanwhile", file_.path().string(),
                         "run the command again");
  }
  return seal(file_.database(), {"past"});
}

Status Catalog::mark_past(const PastMark& before, const PastMark& now) {
  return change([&] { return apply_mark(before, now); });
}

}  // namespace parcours::vault
