#include "vault/sqlite.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include <cerrno>
#include <cstdint>
#include <fstream>

#include "base/files.h"

namespace parcours::vault {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

// A disk that gives no bytes, as long as this lives.
class BrokenDisk {
 public:
  BrokenDisk() {
    for (const char* call : {"read", "pread", "pread64"}) {
      set(call, reinterpret_cast<sqlite3_syscall_ptr>(&fail));
    }
  }
  ~BrokenDisk() {
    for (const char* call : {"read", "pread", "pread64"}) {
      set(call, nullptr);  // SQLite's own
    }
  }

 private:
  static ssize_t fail(int, void*, std::size_t, off_t) {
    errno = EIO;
    return -1;
  }
  static void set(const char* call, sqlite3_syscall_ptr function) {
    sqlite3_vfs* system = sqlite3_vfs_find(nullptr);
    system->xSetSystemCall(system, call, function);
  }
};

class Databases : public testing::Test {
 protected:
  Status read() const {
    ASSIGN_OR_RETURN(Sqlite database, Sqlite::open(file, Sqlite::Access::read));
    return for_rows(database, "SELECT n FROM t", [](const SqliteStatement&) { return Status(); });
  }
  ScratchFolder folder = *ScratchFolder::make(fs::temp_directory_path(), "sqlite-");
  fs::path file = folder.path() / "catalog.sqlite";
};

TEST_F(Databases, ADiskThatCannotBeReadIsNotADamagedCatalog) {
  ASSERT_TRUE(Sqlite::open(file, Sqlite::Access::create)->run("CREATE TABLE t (n INTEGER)"));
  ASSERT_TRUE(read());
  Sqlite opened = *Sqlite::open(file, Sqlite::Access::read);
  SqliteStatement rows = *opened.prepare("SELECT n FROM t");
  Status whole;
  Result<bool> midway;
  {
    const BrokenDisk broken;
    whole = read();
    midway = rows.step();  // this is where SQLite itself would say "malformed"
  }
  ASSERT_FALSE(whole);
  ASSERT_FALSE(midway);
  EXPECT_EQ(whole.error().fault, Fault::machine);
  EXPECT_EQ(midway.error().fault, Fault::machine);
  EXPECT_THAT(midway.error().sentence(), HasSubstr("catalog.sqlite: cannot read the catalog: "));
  EXPECT_TRUE(read());
}

TEST_F(Databases, ADamagedCatalogIsSaidToBeDamaged) {
  std::ofstream(file) << std::string(10'000, 'x');
  const Status status = read();
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().fault, Fault::input);
  EXPECT_THAT(status.error().found, HasSubstr("the catalog is damaged"));
}

TEST(DatabaseInMemory, ItsImageIsADatabaseAgainAndCanGrow) {
  Sqlite first = *Sqlite::in_memory({}, "first");
  ASSERT_TRUE(first.run("CREATE TABLE t (n INTEGER); INSERT INTO t VALUES (7)"));
  Sqlite second = *Sqlite::in_memory(*first.image(), "second");
  // Past what the image had room for, twice.
  ASSERT_TRUE(
      second.run("BEGIN; CREATE TABLE u (x BLOB); INSERT INTO u VALUES (zeroblob(900000)); "
                 "COMMIT; DELETE FROM u"));
  EXPECT_GT(second.image()->size(), 900'000);
  ASSERT_TRUE(second.run("VACUUM"));
  EXPECT_LT(second.image()->size(), 100'000);
  ASSERT_TRUE(second.run("BEGIN; DELETE FROM t; ROLLBACK"));
  int rows = 0;
  ASSERT_TRUE(for_rows(second, "SELECT n FROM t", [&](const SqliteStatement&) -> Status {
    ++rows;
    return {};
  }));
  EXPECT_EQ(rows, 1);
}

TEST(DatabaseInMemory, AnImageThatIsNoneIsWrongInput) {
  Result<Sqlite> database = Sqlite::in_memory(std::string(8192, 'x'), "here");
  const Status read =
      database ? database->run("SELECT * FROM sqlite_schema") : std::unexpected(database.error());
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().fault, Fault::input);
  EXPECT_EQ(read.error().where, "here");
}

}  // namespace
}  // namespace parcours::vault
