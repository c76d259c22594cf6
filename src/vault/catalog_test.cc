// Catalogs that are sealed and make no sense, or that are no catalogs: each is an error, and
// nothing that they say is run. What a catalog of ours says is read back as it was committed.

#include "vault/catalog.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "base/files.h"
#include "vault/testing/damage.h"
#include "vault/testing/permits.h"
#include "vault/testing/worlds.h"

namespace parcours::vault {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

SmallVault twice_filled() {
  SmallVault small = *SmallVault::make({.buckets = 2});
  for (const char* code : {"J45", "E10"}) {
    EXPECT_TRUE(small.import({{"P1",
                               "2024",
                               {{.id = {1, 1}}, {.id = {2, 2}}},
                               {{.patient = {1, 1}, .code = code}, {.patient = {2, 2}}}},
                              {"P2", "2024", {{.id = {3, 1}}}, {{.patient = {3, 1}}}}}));
  }
  return small;
}

std::string found_after(const std::string& sql) {
  // One vault for all of them: an edit changes its catalog alone.
  static const SmallVault small = twice_filled();
  const fs::path catalog = small.path() / "catalog.sqlite";
  const Result<std::string> whole = read_file(catalog);
  EXPECT_TRUE(whole);
  const Status edited = edit_catalog(small.path(), sql);
  EXPECT_TRUE(edited) << sql << ": " << edited.error().sentence();
  const Result<std::string> read = all_of(small.path());
  EXPECT_TRUE(write_file(catalog, *whole));
  if (read) {
    return "nothing";
  }
  EXPECT_EQ(read.error().fault, Fault::input) << sql;
  EXPECT_EQ(read.error().right, "restore the vault from a copy") << sql;
  return read.error().found;
}

// G4 of catalog.h: what was verified at the opening is not taken for what stands there now.
TEST(Catalog, G4_AnActThatIsForgedWhileTheCatalogIsOpenIsFound) {
  for (const char* forgery :
       {"UPDATE acts SET text = replace(text, 'valid', 'Valid') WHERE id = 1",
        "UPDATE acts SET text = text || '#' WHERE id = 0",
        "UPDATE acts SET signature = (SELECT signature FROM acts WHERE id = 0) WHERE id = 1",
        "INSERT INTO acts SELECT 2, replace(text, '2026-DR-014', '2026-DR-015'), signature, "
        "entered_at FROM acts WHERE id = 1"}) {
    const SmallVault small = twice_filled();
    Catalog open = *Catalog::open(small.path(), Sqlite::Access::write);
    ASSERT_TRUE(open.read());
    ASSERT_TRUE(edit_catalog(small.path(), forgery)) << forgery;
    const Result<CatalogContents> read = open.read();
    ASSERT_FALSE(read) << forgery;
    EXPECT_THAT(read.error().found, HasSubstr("an act does not hold")) << forgery;
    EXPECT_FALSE(open.note({.at = "2026-11-23T20:18:00Z", .asker = "SHA256:x"})) << forgery;
  }
}

// What is verified once stays so; what another program took away or entered meanwhile counts.
TEST(Catalog, ActsThatAnotherProgramEntersOrThatAreTakenBackAreReadAsTheyStand) {
  const SmallVault small = twice_filled();
  Catalog open = *Catalog::open(small.path(), Sqlite::Access::write);
  ASSERT_EQ(open.read()->formalities.permits().size(), 1u);
  ASSERT_TRUE(enter_signed(small.path(), broad_permit(Calendar::dates, "2026-DR-015")));
  EXPECT_EQ(open.read()->formalities.permits().size(), 2u);
  ASSERT_TRUE(edit_catalog(small.path(), "DELETE FROM acts WHERE id = 2"));
  EXPECT_EQ(open.read()->formalities.permits().size(), 1u);
  ASSERT_TRUE(enter_signed(small.path(), broad_permit(Calendar::dates, "2026-DR-016")));
  EXPECT_NE(open.read()->formalities.permit("2026-DR-016"), nullptr);
}

// G3 of catalog.h: what is out of its range, although it is sealed.
TEST(Catalog, G3_EveryNumberIsInItsRange) {
  const auto says = [](const char* what) {
    return "the catalog is damaged: " + std::string(what) + " is not valid";
  };
  EXPECT_EQ(found_after("SELECT 1"), "nothing");
  for (const char* value : {"'weeks'", "1", "x'64617465'"}) {
    EXPECT_EQ(found_after(std::string("UPDATE vault SET calendar = ") + value),
              says("the calendar"));
  }
  for (const char* value : {"0", "-1", "4097", "1e300", "'many'", "9223372036854775807"}) {
    EXPECT_EQ(found_after(std::string("UPDATE vault SET buckets = ") + value),
              says("the number of buckets"));
  }
  EXPECT_EQ(found_after("UPDATE vault SET sequence = -1"), says("the number of commits"));
  EXPECT_EQ(found_after("UPDATE vault SET sequence = 1 << 62"), says("the number of commits"));
  EXPECT_EQ(found_after("UPDATE vault SET sequence = 1"), says("a package's time of replacement"));
  EXPECT_EQ(found_after("UPDATE clock SET noted = 'soon'"), says("the newest moment"));
  EXPECT_EQ(found_after("DELETE FROM clock"),
            "the catalog is damaged: it does not have exactly one row about the clock");
  EXPECT_EQ(found_after("UPDATE past SET vault = 'ab'"), says("the vault's own number"));
  for (const char* value : {"-1", "1000000", "'many'"}) {
    EXPECT_EQ(found_after(std::string("UPDATE past SET releases = ") + value),
              says("the number of releases"));
  }
  EXPECT_EQ(found_after("UPDATE past SET files = 'ab'"), says("the digest of the releases"));
  EXPECT_EQ(found_after("UPDATE practices SET id = 7 WHERE id = 1"), says("a practice's number"));
  EXPECT_EQ(found_after("UPDATE practices SET name = x'00ff' WHERE id = 1"),
            says("a practice's name"));
  EXPECT_EQ(found_after("UPDATE practices SET name = CAST(x'ff' AS TEXT) WHERE id = 1"),
            says("a practice's name"));
  EXPECT_EQ(found_after("UPDATE practices SET name = 'a' || char(0) || 'b' WHERE id = 1"),
            says("a practice's name"));
  EXPECT_EQ(found_after("UPDATE codes SET kind = 'diagnossis'"), says("a code's kind"));
  EXPECT_EQ(found_after("UPDATE codes SET id = 9 WHERE id = 1"), says("a code's number"));
  EXPECT_EQ(found_after("INSERT INTO codes SELECT max(id) + 1, kind, system, code FROM codes"),
            says("a code's number"));
  EXPECT_EQ(found_after("UPDATE packages SET practice = 2 WHERE id = 3"),
            says("a package's practice"));
  EXPECT_EQ(found_after("UPDATE packages SET practice = -1 WHERE id = 3"),
            says("a package's practice"));
  EXPECT_EQ(found_after("UPDATE packages SET patients = -1 WHERE id = 3"),
            says("a package's number of patients"));
  EXPECT_EQ(found_after("UPDATE packages SET patients = 1 << 60 WHERE id = 3"),
            says("a package's number of patients"));
  EXPECT_EQ(found_after("UPDATE packages SET first_day = 1 << 40 WHERE id = 3"),
            says("a package's first day"));
  EXPECT_EQ(found_after("UPDATE packages SET first_day = 5, last_day = 4 WHERE id = 3"),
            says("a package's last day"));
  EXPECT_EQ(found_after("UPDATE packages SET first_day = NULL WHERE id = 3"),
            says("a package's first day"));
  for (const char* value : {"0", "4", "-1", "1 << 40"}) {
    EXPECT_EQ(
        found_after(std::string("UPDATE packages SET replaced_by = ") + value + " WHERE id = 0"),
        says("the replacement of a package"));
  }
  EXPECT_EQ(found_after("UPDATE packages SET died = 3 WHERE id = 0"),
            says("a package's time of replacement"));
  EXPECT_EQ(found_after("UPDATE packages SET died = 1 WHERE id = 3"),
            says("a living package's time of replacement"));
  for (const char* withdrawn : {"'2026-11-27T00:00:00Z', NULL", "NULL, 1", "'', 1", "'now', 5"}) {
    EXPECT_EQ(found_after("INSERT INTO objections VALUES ('000000000000000b000000000000000c', '', "
                          "'2026-11-26T00:00:00Z', " +
                          std::string(withdrawn) + ", 0)"),
              says("the withdrawal of an objection"));
  }
  EXPECT_EQ(found_after("INSERT INTO receipts VALUES (4, 'x')"), says("the package of a receipt"));
  EXPECT_EQ(found_after("INSERT INTO receipts VALUES (3, 'x')"), says("a package's receipt"));
  EXPECT_EQ(found_after("UPDATE package_events SET package = 4 WHERE package = 3"),
            says("the package of a count"));
  EXPECT_EQ(found_after("UPDATE package_events SET kind = 'x' WHERE package = 3"),
            says("the kind of a count"));
  EXPECT_EQ(found_after("UPDATE package_events SET events = 0 WHERE package = 3"),
            says("a package's number of events"));
  EXPECT_EQ(found_after("UPDATE files SET content = 'x' WHERE content = 'events'"),
            says("a file's content"));
  EXPECT_EQ(found_after("UPDATE files SET bucket = bucket + 2"), says("a file's bucket"));
  EXPECT_EQ(found_after("UPDATE files SET bucket = -1 - bucket"), says("a file's bucket"));
  for (const char* name : {"..", "../../../etc/passwd", "/etc/passwd", "", "1-1.csv", "a.parquet",
                           "*.parquet", "1-1.parquet/x", "1-1.parquet''", "1-x.parquet"}) {
    EXPECT_EQ(found_after("UPDATE files SET name = '" + std::string(name) +
                          "' WHERE content = 'events' AND bucket = 0 AND written = 2"),
              says("a file's name"))
        << name;
  }
  EXPECT_EQ(found_after("UPDATE files SET written = 3 WHERE written = 2"),
            says("a file's time of writing"));
  for (const char* value : {"0", "-1", "1 << 32", "1.5"}) {
    EXPECT_EQ(found_after(std::string("UPDATE files SET rows = ") + value),
              says("a file's number of rows"));
  }
  EXPECT_EQ(found_after("UPDATE files SET bytes = -1"), says("a file's size"));
  EXPECT_EQ(found_after("UPDATE files SET bytes = 1 << 60"), says("a file's size"));
  EXPECT_EQ(found_after("UPDATE files SET first_package = 4"), says("the first package of a file"));
  EXPECT_EQ(found_after("UPDATE files SET last_package = 4"), says("the last package of a file"));
  EXPECT_EQ(found_after("UPDATE files SET first_package = 3, last_package = 2"),
            says("the last package of a file"));
  EXPECT_EQ(found_after("UPDATE files SET digest = upper(digest)"), says("a file's digest"));
}

// G1 of catalog_sense.h.
TEST(Catalog, G1_WhatRowsSayOfOneAnotherFitsTogether) {
  EXPECT_THAT(found_after("DELETE FROM vault"), HasSubstr("it does not have exactly one row"));
  EXPECT_THAT(found_after("DELETE FROM past"), HasSubstr("exactly one row about the releases"));
  EXPECT_THAT(found_after("INSERT INTO vault SELECT * FROM vault"),
              HasSubstr("it does not have exactly one row"));
  EXPECT_THAT(found_after("UPDATE packages SET replaced_by = NULL, died = 0 WHERE id = 0"),
              HasSubstr("two living packages have the same practice and period"));
  EXPECT_THAT(found_after("UPDATE packages SET replaced_by = 3 WHERE id = 0"),
              HasSubstr("replaced by one of another practice or period"));
  EXPECT_THAT(found_after("UPDATE packages SET first_day = NULL, last_day = NULL WHERE id = 3"),
              HasSubstr("events without days"));
  EXPECT_THAT(found_after("DELETE FROM package_events WHERE package = 3"),
              HasSubstr("days without events"));
  EXPECT_THAT(found_after("UPDATE files SET rows = 100"),
              HasSubstr("do not have the rows that its packages sent"));
  EXPECT_THAT(found_after("DELETE FROM files WHERE content = 'events'"),
              HasSubstr("do not have the rows that its packages sent"));
  EXPECT_THAT(found_after("UPDATE files SET rows = 4294967295 WHERE content = 'events'"),
              HasSubstr("more rows than a bucket can hold"));
}

// G1 of catalog_seal.h and of sqlite.h: a catalog of other tables, views, triggers or indexes.
TEST(Catalog, G1_OtherTablesThanAVaultsAreRefusedAndRunNothing) {
  for (const char* sql :
       {"CREATE VIEW extra AS SELECT 1", "CREATE TABLE extra (x)",
        "CREATE TRIGGER t AFTER INSERT ON packages BEGIN DELETE FROM practices; END",
        "ALTER TABLE files DROP COLUMN digest", "ALTER TABLE files ADD COLUMN more",
        "DROP INDEX packages_by_period", "CREATE INDEX more ON files (rows)",
        "DROP TABLE package_events", "DROP TABLE seals",
        "ALTER TABLE practices RENAME TO p; CREATE VIEW practices AS SELECT * FROM p",
        "CREATE VIRTUAL TABLE search USING fts5(x)"}) {
    const SmallVault small = twice_filled();
    {
      sqlite3* other = nullptr;  // a program that minds nothing
      ASSERT_EQ(sqlite3_open((small.path() / "catalog.sqlite").c_str(), &other), SQLITE_OK);
      ASSERT_EQ(sqlite3_exec(other, sql, nullptr, nullptr, nullptr), SQLITE_OK) << sql;
      sqlite3_close(other);
    }
    const Result<std::string> read = all_of(small.path());
    ASSERT_FALSE(read) << sql;
    EXPECT_EQ(read.error().fault, Fault::input);
    EXPECT_EQ(read.error().found, "the catalog is damaged: its tables are not those of a vault")
        << sql;
    EXPECT_FALSE(small.import({{"P3", "2024", {{.id = {9, 9}}}, {}}}));
  }
}

TEST(Catalog, AnIndexThatSaysOtherThanItsTableIsFound) {
  const SmallVault small = twice_filled();
  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open((small.path() / "catalog.sqlite").c_str(), &other), SQLITE_OK);
  // The index by practice and period becomes one by practice and time, its text unchanged.
  ASSERT_EQ(sqlite3_exec(other,
                         "DROP INDEX packages_by_period;CREATE INDEX packages_by_period ON "
                         "packages (practice, imported_at);PRAGMA writable_schema = ON;UPDATE "
                         "sqlite_schema SET sql = 'CREATE INDEX packages_by_period ON packages "
                         "(practice, period)' WHERE name = 'packages_by_period'",
                         nullptr, nullptr, nullptr),
            SQLITE_OK);
  sqlite3_close(other);
  EXPECT_EQ(all_of(small.path()).error().found,
            "the catalog is damaged: its pages do not agree "
            "with each other");
}

TEST(Catalog, AValueThatIsHugeIsAnError) {
  const SmallVault small = twice_filled();
  sqlite3* other = nullptr;
  ASSERT_EQ(sqlite3_open((small.path() / "catalog.sqlite").c_str(), &other), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(other, "UPDATE practices SET name = hex(zeroblob(2000000)) WHERE id = 0",
                         nullptr, nullptr, nullptr),
            SQLITE_OK);
  sqlite3_close(other);
  const Result<std::string> read = all_of(small.path());
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().fault, Fault::input);
}

// G4 of catalog.h.
TEST(Catalog, G4_NothingIsCommittedThatCouldNotBeRead) {
  const SmallVault small = twice_filled();
  const std::string before = *all_of(small.path());
  for (const char* name : {"\xff", "\xc0\x80"}) {
    EXPECT_FALSE(small.import({{"P1", name, {{.id = {9, 9}}}, {}}}));
    EXPECT_FALSE(small.import({{"P1", "2025", {}, {{.patient = {9, 9}, .code = name}}}}));
    EXPECT_EQ(*all_of(small.path()), before);
  }
  EXPECT_FALSE(small.import({{"P1", std::string("2025\0", 5), {{.id = {9, 9}}}, {}}}));
  EXPECT_EQ(*all_of(small.path()), before);
}

TEST(Catalog, AVaultWhoseNameLooksLikeAnAddressIsAFolder) {
  const SmallVault small = twice_filled();
  const fs::path here = fs::current_path();
  fs::current_path(small.path().parent_path());
  fs::rename("vault", "file:vault?mode=memory");
  EXPECT_TRUE(Vault::open("file:vault?mode=memory"));
  fs::rename("file:vault?mode=memory", "vault");
  fs::current_path(here);
}

}  // namespace
}  // namespace parcours::vault
