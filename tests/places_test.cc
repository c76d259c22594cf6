// Where the command reads and writes: what is no file is refused at once, what may not be read is
// said to be forbidden, nothing is written into a vault, and nobody reads what the user's umask
// keeps from them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <fstream>

#include "command.h"
#include "one_line.h"
#include "story.h"

namespace parcours {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

constexpr const char* export_text =
    "id,date,code\na,2024-01-01,A\nb,2024-01-02,B\na,2024-01-03,B\nb,2024-01-04,A\n";

class PlacesOfCommand : public testing::Test {
 protected:
  PlacesOfCommand() {
    write(folder / "export.csv", export_text);
    write(folder / "study.toml", good_study());
    write(folder / "rules.toml", good_rules());
  }
  // Killed where it waits for what does not come.
  Ran run(const std::vector<std::string>& words, RunOptions options = {}) const {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    options.kill_when = [until] { return std::chrono::steady_clock::now() > until; };
    options.folder = folder.path();
    return run_parcours(words, options);
  }
  fs::path own_vault() const {
    fs::copy(small_panel() / "panel.vault", folder / "panel.vault", fs::copy_options::recursive);
    return folder / "panel.vault";
  }
  int mode(const fs::path& file) const {
    return static_cast<int>(fs::symlink_status(folder / file.string()).permissions());
  }
  Folder folder;
  const std::string vault = small_panel() / "panel.vault";
  const std::string key = small_panel() / "programme.key";
  const std::string mapping = small_panel() / "send" / "mapping.toml";
};

TEST_F(PlacesOfCommand, APipeIsRefusedAtOnceByEveryVerb) {
  ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
  fs::create_directory(folder / "release");
  fs::create_directory(folder / "release" / "tables");
  write(folder / "release" / "evidence.json",
        R"({"format": "parcours-evidence/2", "rules": {"patients_min": 11},
            "files": [{"path": "tables/t.csv", "sha256": "none"}]})");
  ASSERT_EQ(::mkfifo((folder / "release" / "tables" / "t.csv").c_str(), 0600), 0);
  write(folder / "table.csv", "place,n\nA,20\nB,30\nT,50\n");
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
           {"risk", "pipe"},
           {"risk", "/dev/null"},
           {"risk", "export.csv", "--with", "pipe"},
           {"risk", "export.csv", "--attackers", "pipe"},
           {"risk", "export.csv", "--columns", "pipe"},
           {"risk", "release"},
           {"audit", "pipe"},
           {"audit", "table.csv", "--value", "n", "--hierarchy", "place=pipe"},
           {"study", "check", "pipe"},
           {"study", "run", "pipe", "--vault", vault, "--rules", "rules.toml"},
           {"study", "run", "study.toml", "--vault", vault, "--rules", "pipe"},
           {"release", "--vault", vault, "--study", "pipe", "--rules", "rules.toml", "--key", key,
            "--out", "o"},
           {"vault", "import", vault, "--mapping", "pipe", "--check"}}) {
    const Ran ran = run(words);
    EXPECT_EQ(ran.exit, 2) << words[1] << ": " << ran.err;
    EXPECT_THAT(ran.err, IsOneLine());
    EXPECT_THAT(ran.err, HasSubstr(", not a file"));
  }
  // And by a vault whose parts are pipes.
  for (const char* part : {"catalog.sqlite", "readers.lock", "writer.lock", "exercises.log"}) {
    const fs::path harmed = own_vault();
    fs::remove(harmed / part);
    ASSERT_EQ(::mkfifo((harmed / part).c_str(), 0600), 0);
    for (const std::vector<std::string>& words :
         {std::vector<std::string>{"risk", harmed, "--find", "F"}, {"vault", "compact", harmed}}) {
      EXPECT_NE(run(words).exit, -SIGKILL) << part;
    }
    fs::remove_all(harmed);
  }
}

TEST_F(PlacesOfCommand, WhatMayNotBeReadIsSaidToBeForbidden) {
  const RunOptions bound = {.bound_by_permissions = true};
  const fs::path closed = own_vault();
  fs::create_directory(folder / "closed");
  write(folder / "closed" / "export.csv", export_text);
  for (const fs::path& place : {closed, folder / "closed", folder / "export.csv"}) {
    fs::permissions(place, fs::perms::none);
  }
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
           {"vault", "status", closed},
           {"vault", "compact", closed},
           {"vault", "import", closed, "--key", key, "--mapping", mapping},
           {"study", "run", "study.toml", "--vault", closed, "--rules", "rules.toml"},
           {"risk", closed},
           {"risk", "closed"},
           {"risk", "closed/export.csv"},
           {"risk", "export.csv"},
           {"audit", "export.csv"},
           {"study", "check", "export.csv"}}) {
    const Ran ran = run(words, bound);
    EXPECT_EQ(ran.exit, 2) << words[1] << ": " << ran.err;
    EXPECT_THAT(ran.err, IsOneLine());
    EXPECT_THAT(ran.err, HasSubstr("permission denied; ask"));
    EXPECT_THAT(ran.err, Not(HasSubstr("not a vault")));
  }
  for (const fs::path& place : {closed, folder / "closed"}) {
    fs::permissions(place, fs::perms::owner_all);
  }
  // One whose catalog alone may not be read.
  fs::permissions(closed / "catalog.sqlite", fs::perms::none);
  const Ran ran = run({"vault", "status", closed}, bound);
  EXPECT_EQ(ran.exit, 2) << ran.err;
  EXPECT_THAT(ran.err, HasSubstr("catalog.sqlite: permission denied; ask"));
}

TEST_F(PlacesOfCommand, NothingIsWrittenIntoAVault) {
  const fs::path inside = own_vault();
  fs::create_directory_symlink(inside / "events", folder / "way");
  const auto files = [&] {
    return std::distance(fs::recursive_directory_iterator(inside),
                         fs::recursive_directory_iterator());
  };
  const auto before = files();
  for (const std::string place : {"panel.vault/new", "panel.vault/events/new", "way/new",
                                  "./panel.vault/../panel.vault/new"}) {
    for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
             {"release", "--vault", vault, "--study", "study.toml", "--rules", "rules.toml",
              "--key", key, "--out", place},
             {"risk", "export.csv", "--report", place},
             {"risk", "export.csv", "--guess", "--save-columns", place},
             {"audit", "export.csv", "--report", place},
             {"vault", "import", vault, "--mapping", mapping, "--check", "--quarantine", place},
             create_vault(place, {"--key", "new.key"}),
             {"synth", place, "--patients", "10"},
             {"demo", "--dir", place}}) {
      const Ran ran = run(words);
      EXPECT_EQ(ran.exit, 2) << words[0] << ": " << ran.err;
      EXPECT_THAT(ran.err, IsOneLine());
      EXPECT_THAT(ran.err, HasSubstr("inside a vault"));
      EXPECT_EQ(files(), before) << words[0];
    }
  }
}

TEST_F(PlacesOfCommand, WhatIsWrittenIsReadByWhomTheUmaskSays) {
  struct Case {
    mode_t mask;
    int file;
    int folder;
  };
  for (const Case& each : {Case{077, 0600, 0700}, Case{022, 0644, 0755}, Case{027, 0640, 0750}}) {
    const RunOptions options = {.mask = each.mask};
    EXPECT_EQ(run({"risk", "export.csv", "--report", "risk.html"}, options).exit, 0);
    EXPECT_EQ(run({"risk", "export.csv", "--guess", "--save-columns", "c.toml"}, options).exit, 0);
    run({"audit", (folder / "export.csv").string(), "--value", "id", "--report", "audit.html"},
        options);
    EXPECT_EQ(
        run({"vault", "import", vault, "--mapping", mapping, "--check", "--quarantine", "bad.csv"},
            options)
            .exit,
        0);
    EXPECT_EQ(run({"release", "--vault", vault, "--study", "study.toml", "--rules", "rules.toml",
                   "--key", key, "--out", "out"},
                  options)
                  .exit,
              0);
    for (const char* file :
         {"risk.html", "c.toml", "bad.csv", "out/report.html", "out/evidence.json",
          "out/SHA256SUMS", "out/datapackage.json", "out/tables/hypertension.csv",
          "out/tables/hypertension.parquet", "out/charts/hypertension.en.vl.json"}) {
      EXPECT_EQ(mode(file), each.file) << file;
    }
    for (const char* place : {"out", "out/tables", "out/charts"}) {
      EXPECT_EQ(mode(place), each.folder) << place;
    }
    fs::remove_all(folder / "out");
  }
}

// A vault is personal data: its owner alone reads it, whatever the umask.
TEST_F(PlacesOfCommand, AVaultIsReadByItsOwnerAlone) {
  const RunOptions open = {.mask = 0};
  ASSERT_EQ(run(create_vault("v", {"--key", "v.key"}), open).exit, 0);
  ASSERT_EQ(run({"vault", "import", "v", "--key", "v.key", "--mapping", mapping}, open).exit, 0);
  ASSERT_EQ(run({"vault", "import", "v", "--key", "v.key", "--mapping", mapping}, open).exit, 0);
  ASSERT_EQ(run({"vault", "compact", "v"}, open).exit, 0);
  ASSERT_EQ(run({"risk", "v", "--find", "F"}, open).exit, 0);
  EXPECT_EQ(mode("v"), 0700);
  for (const auto& entry : fs::recursive_directory_iterator(folder / "v")) {
    const auto others =
        entry.status().permissions() & (fs::perms::group_all | fs::perms::others_all);
    EXPECT_EQ(others, fs::perms::none) << entry.path();
  }
}

// Cheap, as what is not written of a file takes no room and no time: NULs without a line's end.
TEST_F(PlacesOfCommand, AnEndlessLineOfAnExportIsOneClearError) {
  std::string text = "id,date,code\n";
  for (int i = 0; i < 20'000; ++i) {
    text += std::to_string(i % 50) + ",2024-01-02,A\n";
  }
  write(folder / "export.csv", text);
  fs::resize_file(folder / "export.csv", text.size() + (std::uintmax_t{2} << 30));
  const Ran last = run({"risk", "export.csv"});
  EXPECT_EQ(last.exit, 2);
  EXPECT_THAT(last.err, IsOneLine());
  EXPECT_THAT(last.err, HasSubstr("its last line is of over 2097152 bytes"));

  // In the midst of the file, where only reading it tells.
  write(folder / "midst.csv", text + std::string(40'000'000, 'x') + ",2024-01-02,A\n" + text);
  const Ran midst = run({"risk", "midst.csv"});
  EXPECT_EQ(midst.exit, 2);
  EXPECT_THAT(midst.err, IsOneLine());
  EXPECT_THAT(midst.err, HasSubstr("a line is longer than 2097152 bytes"));
  EXPECT_THAT(midst.err, Not(HasSubstr("Not implemented")));

  // And the first, which would be the header.
  write(folder / "first.csv", std::string(3'000'000, 'x') + "\n1\n");
  const Ran first = run({"risk", "first.csv"});
  EXPECT_EQ(first.exit, 2);
  EXPECT_THAT(first.err, IsOneLine());
  EXPECT_THAT(first.err, HasSubstr("2097152 bytes"));
}

}  // namespace
}  // namespace parcours
