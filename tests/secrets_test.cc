// Names planted in every kind of input: no verb that fails repeats one, in what it says or in any
// file that it leaves.

#include <gtest/gtest.h>
#include <zlib.h>

#include <array>
#include <fstream>
#include <iterator>
#include <span>

#include "base/testing/sanitizer.h"
#include "command.h"
#include "duck/duck.h"
#include "duck/file_table.h"
#include "story.h"

namespace parcours {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 4> secrets = {"DUPONT-SECRET", "1850578006048", "Xylander",
                                                     "HIV positive"};

std::string secret_in(std::string_view text) {
  for (const std::string_view secret : secrets) {
    if (text.find(secret) != std::string_view::npos) {
      return std::string(secret);
    }
  }
  return {};
}

// Lines about people without a header; of each a planted name or more.
const std::string no_header =
    "1850578006048,DUPONT-SECRET,1985-07-02,F,HIV positive\n"
    "2850578006049,Xylander,1990-01-09,M,asthma\n"
    "1850578006048,DUPONT-SECRET,1985-07-02,F,asthma\n";

class Secrets : public testing::Test {
 protected:
  Secrets() {
    fs::create_directory(in);
    fs::create_directory(out);
    write(in / "mapping.toml", R"(calendar = "dates"
period = "2024"
[patients]
file = "people.csv"
patient = "id"
practice = { constant = "p" }
birth_year = "born"
sex = { column = "sex", female = ["F"], male = ["M"] }
[[events]]
file = "events.csv"
patient = "id"
practice = { constant = "p" }
day = "day"
kind = { constant = "diagnosis" }
code = "code"
system = "icd10"
)");
    run_parcours(create_vault(vault, {"--key", folder / "key"}));
  }

  fs::path file(const std::string& name, const std::string& text) const {
    write(in / name, text);
    return in / name;
  }

  // Runs it in a folder of its own; a failure that repeats no secret.
  Ran fails(const std::vector<std::string>& words) const {
    const Ran ran = run_parcours(words, {.folder = out});
    std::string said;
    for (const std::string& word : words) {
      said += word + " ";
    }
    EXPECT_EQ(ran.exit, 2) << said << ran.err;
    EXPECT_EQ(std::ranges::count(ran.err, '\n'), 1) << said << ran.err;
    EXPECT_EQ(secret_in(ran.out + ran.err), "") << said << ran.out << ran.err;
    for (const fs::path& place : {out, vault}) {
      for (const auto& entry : fs::recursive_directory_iterator(place)) {
        if (entry.is_regular_file()) {
          EXPECT_EQ(secret_in(text_of(entry.path())), "") << said << entry.path();
        }
      }
    }
    return ran;
  }

  void every_risk_fails(const fs::path& file, const std::vector<std::string>& more = {}) const {
    for (const std::vector<std::string>& how : std::vector<std::vector<std::string>>{
             {},
             {"--guess"},
             {"--guess", "--json"},
             {"--json", "--quiet"},
             {"--report", "page.html"},
             {"--save-columns", "columns.toml"},
             {"--patient", "id", "--day", "day", "--code", "code"},
             {"--column", "id=patient"},
             {"--find", "age 15, M"},
             {"--find", "code J45*", "--show-path"},
             {"--limit", "singled_out=0.05"},
             {"--with", file}}) {
      std::vector<std::string> words = {"risk", file};
      words.insert(words.end(), more.begin(), more.end());
      words.insert(words.end(), how.begin(), how.end());
      fails(words);
    }
  }

  void every_import_fails() const {
    for (const std::vector<std::string>& how :
         std::vector<std::vector<std::string>>{{},
                                               {"--check", "--max-bad-rows", "0"},
                                               {"--quarantine", "bad.csv"},
                                               {"--json", "--quarantine", "bad.csv"}}) {
      std::vector<std::string> words = {
          "vault", "import", vault, "--key", folder / "key", "--mapping", in / "mapping.toml"};
      words.insert(words.end(), how.begin(), how.end());
      // A check of rows that can be read, bad ones among them, is no failure.
      if (how.size() == 3 && run_parcours(words, {.folder = out}).exit == 0) {
        continue;
      }
      fails(words);
    }
  }

  void every_audit_fails(const std::vector<std::string>& words) const {
    for (const std::vector<std::string>& how : std::vector<std::vector<std::string>>{
             {}, {"--json"}, {"--report", "audit.html"}, {"--value", "n"}}) {
      std::vector<std::string> all = {"audit"};
      all.insert(all.end(), words.begin(), words.end());
      all.insert(all.end(), how.begin(), how.end());
      fails(all);
    }
  }

  Folder folder;
  fs::path in = folder / "in";
  fs::path out = folder / "out";
  fs::path vault = folder / "panel.vault";
};

std::string zipped(const fs::path& path, const std::string& text) {
  gzFile file = gzopen(path.c_str(), "wb");
  gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
  gzclose(file);
  return path;
}

TEST_F(Secrets, AreFoundWhereTheyAre) {
  EXPECT_EQ(secret_in(text_of(file("people.csv", no_header))), "DUPONT-SECRET");
}

TEST_F(Secrets, OfAnExportWithoutAHeader) {
  every_risk_fails(file("export.csv", no_header));
  every_risk_fails(zipped(in / "export.csv.gz", no_header));
  std::string tabs = no_header;
  std::ranges::replace(tabs, ',', '\t');
  every_risk_fails(file("export.tsv", tabs));
  every_risk_fails(file("two.csv", "DUPONT-SECRET,Xylander\nDUPONT-SECRET,b\n"));
}

TEST_F(Secrets, OfAnExportThatLacksAColumn) {
  const fs::path names = file("export.csv", "DUPONT-SECRET,Xylander\nab,cd\n");
  fails({"risk", names, "--patient", "id"});
  fails({"risk", names, "--column", "id=patient"});
  fails({"risk", names, "--find", "id 12"});
}

TEST_F(Secrets, OfLinesThatCannotBeRead) {
  const std::string good = "id,name,day,code\n1,ab,2023-01-02,J45\n1,ab,2023-01-09,J45\n";
  const std::vector<std::pair<std::string, std::string>> broken = {
      {"wide.csv", good + "2,DUPONT-SECRET,2023-01-02,J45,1850578006048\n"},
      {"quote.csv", good + "\"Xylander\" oh,DUPONT-SECRET,2023-01-02,J45\n"},
      {"latin.csv", good + "2,DUPONT-SECRET\xe9,2023-01-02,J45\n"},
      {"latin-header.csv", "id,DUPONT-SECRET\xe9\n1,2\n"},
      {"control.csv", "id,DUPONT-SECRET\x01\n1,2\n"},
      {"nul.csv", good + std::string("2,DUPONT-SECRET\0,2023-01-02,J45\n", 33)},
      {"utf16.csv", std::string("\xff\xfe", 2) + "DUPONT-SECRET"}};
  for (const auto& [name, text] : broken) {
    every_risk_fails(file(name, text));
    write(in / "people.csv", text);
    write(in / "events.csv", text);
    every_import_fails();
    every_audit_fails({in / name});
  }
  for (const auto& [name, text] : std::span(broken).first(under_sanitizer ? 1 : broken.size())) {
    every_risk_fails(zipped(in / (name + ".gz"), text));
  }
}

TEST_F(Secrets, OfDaysThatAreNone) {
  const fs::path days = file(
      "days.csv", "id,day,code\n1,2023-01-02,J45\n1,Xylander,J45\n2,2023-01-05,HIV positive\n");
  fails({"risk", days, "--patient", "id", "--day", "day", "--code", "code"});
}

TEST_F(Secrets, OfASend) {
  write(in / "people.csv", no_header);
  write(in / "events.csv", no_header);
  every_import_fails();
  write(in / "people.csv",
        "id,born,sex\n1850578006048,DUPONT-SECRET,F\n2,1985,HIV positive\n3,1990,M\n");
  write(in / "events.csv",
        "id,day,code\n1850578006048,Xylander,J45\n2,2023-01-02,J45\n3,2023-01-02,J45\n");
  every_import_fails();
  write(in / "people.csv", "number,DUPONT-SECRET,sex\nx,y,z\n");
  every_import_fails();
}

TEST_F(Secrets, OfPublishedTables) {
  every_audit_fails({file("table.csv", no_header)});
  every_audit_fails({file("value.csv", "place,n\nnorth,12\nsouth,DUPONT-SECRET\n")});
  every_audit_fails({file("twice.csv", "place,n\nXylander,12\nXylander,13\nnorth,4\n")});
  const fs::path table = file("good.csv", "place,n\nnorth,12\nXylander,13\n");
  const fs::path other = file("hierarchy.csv",
                              "north,all\nsouth,all\nDUPONT-SECRET,a\n"
                              "DUPONT-SECRET,b\n");
  every_audit_fails({table, "--hierarchy", "place=" + other.string()});
  const fs::path circle = file("circle.csv", "Xylander,b\nb,Xylander\n");
  every_audit_fails({table, "--hierarchy", "place=" + circle.string()});
  const fs::path short_one = file("short.csv", "north,all\nsouth,all\n");
  every_audit_fails({table, "--hierarchy", "place=" + short_one.string()});
}

TEST_F(Secrets, OfParquet) {
  duck::Database database = *duck::Database::open({.threads = 1});
  duck::Connection connection = *database.connect();
  const auto make = [&](const std::string& name, const std::string& sql) {
    const fs::path path = in / name;
    EXPECT_TRUE(duck::write_parquet(connection, sql, path));
    return path;
  };
  // Made by a program that took the first line for names.
  const fs::path names = make(
      "names.parquet",
      "SELECT 2850578006049 AS \"1850578006048\", 'MARTIN' AS \"DUPONT-SECRET\", 'F' AS \"F\"");
  every_risk_fails(names);
  every_audit_fails({names});
  const fs::path values =
      make("values.parquet",
           "SELECT 1850578006048 AS id, 'Xylander' AS day, 'HIV positive' AS code UNION ALL "
           "SELECT 2, '2023-01-02', 'J45' UNION ALL SELECT 2, '2023-01-09', 'J45'");
  fails({"risk", values, "--patient", "id", "--day", "day", "--code", "code"});
  fails({"risk", values, "--patient", "number"});
  every_audit_fails({values});
}

}  // namespace
}  // namespace parcours
