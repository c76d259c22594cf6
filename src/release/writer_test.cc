#include "release/writer.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "base/csv.h"
#include "base/files.h"
#include "duck/duck.h"
#include "protect/sha256.h"
#include "release/gate.h"
#include "release/testing/example.h"
#include "tables/csv.h"

namespace parcours::release {
namespace {

namespace fs = std::filesystem;

const crowds::Counted& counted() {
  static const crowds::Counted counted = example::counted();
  return counted;
}

const Release& passed() {
  static const Release release(
      *judge(counted(), example::protect_plainly(counted(), example::rules()), example::rules(),
             example::attacks(), example::study()),
      example::permitted(), example::asked());
  return release;
}

// The same, asked before: an earlier edition showed 77 patients in every cell, and of one before it
// no figure is left.
Release asked_again() {
  past::EarlierFigures earlier;
  earlier.editions = {{"2024-11-23", "2023-01-01/2023-12-31", {"2023", "2023"}},
                      {"2025-11-23", "2024-01-01/2024-12-31", {"2024", "2024"}}};
  for (const tables::Table& table : passed().verdict().tables()) {
    std::vector<past::EarlierFigure>& figures = earlier.tables.emplace_back();
    for (std::size_t c = 0; c < table.cells.size(); ++c) {
      figures.push_back(
          {c,
           1,
           {tables::CellStatus::published, 77, table.mean_of ? std::optional(2.5) : std::nullopt}});
    }
  }
  return Release(passed().verdict(), example::permitted(), example::asked(), std::move(earlier));
}

std::map<std::string, std::string> files_in(const fs::path& folder) {
  std::map<std::string, std::string> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) {
      files[fs::relative(entry.path(), folder).string()] = *read_file(entry.path());
    }
  }
  return files;
}

class Writer : public testing::Test {
 protected:
  const ScratchFolder outer = *ScratchFolder::make(fs::temp_directory_path(), "parcours-test-");
  const fs::path folder = outer.path() / "release";
  Stop stop;

  void write_release(const Release& release = passed()) {
    const Status status = write(release, folder, stop);
    ASSERT_TRUE(status) << status.error().sentence();
  }

  std::ptrdiff_t left_behind() const {
    return std::distance(fs::directory_iterator(outer.path()), fs::directory_iterator());
  }
};

TEST_F(Writer, WritesTheWholeFolder) {
  write_release();
  const auto files = files_in(folder);
  for (const char* table : {"controller", "ages", "drugs", "peak-flow"}) {
    EXPECT_TRUE(files.contains(std::string("tables/") + table + ".csv"));
    EXPECT_TRUE(files.contains(std::string("tables/") + table + ".parquet"));
    EXPECT_TRUE(files.contains(std::string("charts/") + table + ".en.vl.json"));
    EXPECT_TRUE(files.contains(std::string("charts/") + table + ".fr.vl.json"));
  }
  for (const char* file : {"report.html", "evidence.json", "datapackage.json", "SHA256SUMS"}) {
    EXPECT_TRUE(files.contains(file)) << file;
  }
  EXPECT_EQ(files.size(), 20);
  EXPECT_EQ(left_behind(), 1);
}

TEST_F(Writer, G1RefusesAFolderThatIsThere) {
  fs::create_directory(folder);
  const Status status = write(passed(), folder, stop);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().fault, Fault::input);
  EXPECT_TRUE(fs::is_empty(folder));
}

TEST_F(Writer, G1RefusesATableWhoseNameWouldLeadElsewhere) {
  crowds::Counted moved = counted();
  moved.tables[0].id = "../elsewhere";
  const Release release(*judge(moved, example::protect_plainly(moved, example::rules()),
                               example::rules(), example::attacks(), example::study()),
                        example::permitted(), example::asked());
  const Status status = write(release, folder, stop);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().fault, Fault::input);
  EXPECT_EQ(left_behind(), 0);
}

TEST_F(Writer, G1WhatAFaultLeftIsRemovedBeforeTheNextRunBegins) {
  fs::create_directories(outer.path() / ".release.aside-abcdef" / "tables");
  ASSERT_TRUE(may_be_written(folder));
  EXPECT_EQ(left_behind(), 0);
}

// Nobody stands in a table of `each`, which is published as zeros.
TEST_F(Writer, WritesATableInWhichNobodyStands) {
  crowds::Counted nobody = counted();
  for (crowds::Crowd& crowd : nobody.tables[2].cells) {
    crowd = {};
  }
  const Release release(*judge(nobody, example::protect_plainly(nobody, example::rules()),
                               example::rules(), example::attacks(), example::study()),
                        example::permitted(), example::asked());
  const Status status = write(release, folder, stop);
  ASSERT_TRUE(status) << status.error().sentence();
  EXPECT_EQ(left_behind(), 1);
  const auto files = files_in(folder);
  EXPECT_TRUE(files.contains("tables/drugs.csv"));
  EXPECT_FALSE(files.contains("charts/drugs.en.vl.json"));
  EXPECT_NE(files.at("report.html").find("Nobody is in this table"), std::string::npos);
}

TEST_F(Writer, G1LeavesNothingWhenItIsStopped) {
  stop.request();
  const Status status = write(passed(), folder, stop);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().fault, Fault::stopped);
  EXPECT_EQ(left_behind(), 0);
}

// A disk that takes no more than 100,000 bytes a file: the tables fit, the report does not.
class SmallDisk {
 public:
  SmallDisk() {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{100'000, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &small);
  }
  ~SmallDisk() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, SIG_DFL);
  }

 private:
  rlimit before_;
};

TEST_F(Writer, G1LeavesNothingWhenTheDiskIsFull) {
  const SmallDisk disk;
  const Status status = write(passed(), folder, stop);
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().fault, Fault::machine);
  EXPECT_EQ(left_behind(), 0);
}

TEST_F(Writer, G2TheSumsNameEveryOtherFileAndAreRight) {
  write_release();
  auto files = files_in(folder);
  std::istringstream sums(files["SHA256SUMS"]);
  files.erase("SHA256SUMS");
  for (std::string line; std::getline(sums, line);) {
    const std::string name = line.substr(66);
    ASSERT_TRUE(files.contains(name)) << name;
    EXPECT_EQ(line.substr(0, 66), protect::sha256(files[name]) + "  ");
    files.erase(name);
  }
  EXPECT_TRUE(files.empty());
}

TEST_F(Writer, G3TheSameReleaseGivesTheSameBytes) {
  write_release();
  ASSERT_TRUE(write(passed(), outer.path() / "again", stop));
  EXPECT_EQ(files_in(folder), files_in(outer.path() / "again"));
}

TEST_F(Writer, NoFingerprintAndNoPathOfTheMachineIsInAnyFile) {
  write_release();
  for (const auto& [name, bytes] : files_in(folder)) {
    EXPECT_EQ(bytes.find(outer.path().string()), std::string::npos) << name;
    EXPECT_EQ(bytes.find(fs::current_path().string()), std::string::npos) << name;
    for (const crowds::CrowdTable& table : counted().tables) {
      for (const crowds::Crowd& crowd : table.cells) {
        if (crowd.patients == 0) {
          continue;
        }
        const auto high = static_cast<std::uint64_t>(crowd.fingerprint >> 64);
        const std::string digits = fmt::format("{:016x}", high);
        EXPECT_EQ(bytes.find(digits), std::string::npos) << name;
        EXPECT_EQ(bytes.find(std::string(reinterpret_cast<const char*>(&high), 8)),
                  std::string::npos)
            << name;
      }
    }
  }
}

TEST_F(Writer, ParquetAndCsvSayTheSame) {
  write_release();
  duck::Connection duck = *duck::Database::open({})->connect();
  for (const tables::Table& table : passed().verdict().tables()) {
    const std::string base = (folder / "tables" / table.id).string();
    const std::string text = "SELECT CAST(COLUMNS(*) AS VARCHAR) FROM ";
    const auto typed = duck::FileTable::parquet(*InputFile::open(base + ".parquet"));
    const auto written =
        duck::FileTable::csv(*InputFile::open(base + ".csv"),
                             {.columns = CsvFile::open(base + ".csv")->header().reveal()});
    const std::string parquet = text + typed.sql();
    const std::string csv = text + written.sql();
    Result<duck::Stream> stream =
        duck.stream("SELECT count(*)::INTEGER FROM ((" + parquet + " EXCEPT " + csv +
                    ") UNION ALL (" + csv + " EXCEPT " + parquet + "))");
    ASSERT_TRUE(stream) << stream.error().sentence();
    ASSERT_TRUE(*stream->next());
    EXPECT_EQ(stream->column<std::int32_t>(0)[0], 0) << table.id;
  }
}

// So many resources.
void expect_described(const std::map<std::string, std::string>& files, std::size_t resources) {
  const auto package = nlohmann::json::parse(files.at("datapackage.json"));
  EXPECT_EQ(package["resources"].size(), resources);
  for (const auto& resource : package["resources"]) {
    const std::string path = resource["path"];
    ASSERT_TRUE(files.contains(path));
    EXPECT_EQ(resource["hash"], "sha256:" + protect::sha256(files.at(path)));
    // A validator reads Parquet as a table and counts no bytes of it.
    EXPECT_EQ(resource.contains("bytes"), resource["format"] == "csv");
    if (resource["format"] == "csv") {
      EXPECT_EQ(resource["bytes"], files.at(path).size());
      std::string header;
      for (const auto& field : resource["schema"]["fields"]) {
        header += (header.empty() ? "" : ",") + field["name"].get<std::string>();
      }
      EXPECT_EQ(files.at(path).substr(0, files.at(path).find_first_of("\r\n")), header);
    }
  }
}

TEST_F(Writer, TheDataPackageDescribesEveryTable) {
  write_release();
  expect_described(files_in(folder), 8);
}

TEST_F(Writer, FiguresOfEarlierEditionsStandWhereThisOneHidesItsOwn) {
  write_release(asked_again());
  const auto files = files_in(folder);
  std::size_t hidden = 0;
  std::size_t with_hidden = 0;
  for (const tables::Table& table : passed().verdict().tables()) {
    std::ptrdiff_t here = 0;
    for (const tables::Cell& cell : table.cells) {
      here += cell.status == tables::CellStatus::published ? 0 : 1;
    }
    const auto file = files.find("earlier/" + table.id + ".csv");
    ASSERT_EQ(file != files.end(), here > 0) << table.id;
    if (here > 0) {
      EXPECT_EQ(std::ranges::count(file->second, '\n'), here + 1) << table.id;
      EXPECT_NE(file->second.find(table.mean_of ? ",77,2.5,2024-01-01/2024-12-31,2025-11-23\n"
                                                : ",77,2024-01-01/2024-12-31,2025-11-23\n"),
                std::string::npos)
          << file->second;
      // What this release says is what it says without them.
      EXPECT_EQ(files.at("tables/" + table.id + ".csv"), *tables::csv(table));
      ++with_hidden;
      hidden += static_cast<std::size_t>(here);
    }
  }
  ASSERT_GT(hidden, 0u);
  expect_described(files, 8 + with_hidden);
  const auto evidence = nlohmann::json::parse(files.at("evidence.json"));
  ASSERT_EQ(evidence["earlier"].size(), 1u);
  EXPECT_EQ(evidence["earlier"][0]["figures"], hidden);
  EXPECT_EQ(evidence["earlier"][0]["released_on"], "2025-11-23");
  EXPECT_NE(files.at("report.html").find("<td class=\"earlier\">77<sup>a</sup></td>"),
            std::string::npos);
  EXPECT_NE(files.at("SHA256SUMS").find("  earlier/"), std::string::npos);
}

TEST_F(Writer, WithoutEarlierEditionsThereIsNoFolderOfTheirs) {
  write_release();
  EXPECT_FALSE(fs::exists(folder / "earlier"));
}

TEST_F(Writer, TheEvidenceGivesTheFiguresOfTheTables) {
  write_release();
  const auto evidence = nlohmann::json::parse(*read_file(folder / "evidence.json"));
  EXPECT_EQ(evidence["format"], "parcours-evidence/2");
  std::uint64_t published = 0;
  std::uint64_t cells = 0;
  for (const tables::Table& table : passed().verdict().tables()) {
    for (const tables::Cell& cell : table.cells) {
      ++cells;
      published += cell.status == tables::CellStatus::published ? 1 : 0;
    }
  }
  EXPECT_EQ(evidence["hidden"]["cells"], cells);
  EXPECT_EQ(evidence["hidden"]["published"], published);
  EXPECT_EQ(evidence["hidden"]["confidential"], cells - published);
  EXPECT_EQ(evidence["study"]["permit"]["judged"], true);
  EXPECT_EQ(evidence["study"]["permit"]["digest"], example::permitted().digest());
  EXPECT_EQ(evidence["not_judged"][0]["id"], "other-releases");
  EXPECT_EQ(evidence["checks"].size(), 6);
  EXPECT_EQ(evidence["checks"][0]["id"], "permit");
}

}  // namespace
}  // namespace parcours::release
