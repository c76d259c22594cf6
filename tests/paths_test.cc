// A path is a name and nothing more. Every verb is run with files and folders whose names are
// patterns, quotes or no text at all, beside files that such a pattern would match, and must answer
// what it answers for plain names.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <span>
#include <sstream>

#include "base/testing/sanitizer.h"
#include "base/utf8.h"
#include "command.h"
#include "story.h"

namespace parcours {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

struct Odd {
  std::string name;   // before an ending, of files and folders
  std::string decoy;  // what it would match if it were a pattern; empty: none
};

const std::vector<Odd> odd_names = {{"x[1]{a,b}?*", "x1aqq"},
                                    {"it's \"q\" \\b\nl", "it's \"q\" b"},
                                    {"\xff\xfe\xe9", ""},
                                    {"-rf", "rf"},
                                    {"date=2026-03-01", ""}};

std::string events(int patients) {
  std::string text = "id,date,code,sex\n";
  for (int i = 0; i < patients * 6; ++i) {
    text += std::to_string(i % patients) + ",2024-0" + std::to_string(1 + i % 9) + "-" +
            std::to_string(10 + i * 7 % 19) + "," + "ABCDE"[i * i % 5] + "," +
            (i % patients % 3 == 0 ? "F" : "M") + "\n";
  }
  return text;
}

std::string people(int count) {
  std::string text = "id,sex,age,region,illness\n";
  for (int i = 0; i < count; ++i) {
    text += std::to_string(i) + "," + (i % 3 == 0 ? "F" : "M") + "," +
            std::to_string(20 + i * 13 % 50) + "," + std::to_string(1 + i % 5) + "," +
            (i % 4 == 0 ? "yes" : "no") + "\n";
  }
  return text;
}

constexpr const char* attackers = R"([[attacker]]
id     = "ours"
title  = { en = "Someone", fr = "Quelqu'un" }
who    = { en = "Knows one event.", fr = "Connaît un événement." }
person = ["sex"]
timing = "days"
within = 0
detail = "code"
knows  = [{ events = ["*"], how_many = 1 }]
)";

// What every verb says in a folder where everything has one name, without what differs by right:
// the name itself and the time that it took.
class Told {
 public:
  Told(const fs::path& folder, std::string name) : folder_(folder), name_(std::move(name)) {}

  std::map<std::string, std::string> everything() {
    write(file(".csv"), events(40));
    write(file(".people.csv"), people(60));
    write(file(".toml"), good_study());
    write(file(".rules"), good_rules());
    fs::create_directory_symlink(small_panel() / "send", file(".send"));
    of_exports();
    of_tables();
    of_vaults();
    return std::move(told_);
  }

 private:
  fs::path file(const std::string& ending) const { return folder_ / (name_ + ending); }
  std::string arg(const std::string& ending) const { return "./" + name_ + ending; }

  // Runs a verb with --json; keeps its exit code and its answer, and looks at what it wrote.
  void run(const std::string& what, std::vector<std::string> words,
           const std::string& written = "") {
    words.insert(words.end(), {"--json", "--quiet"});
    const Ran ran = run_parcours(words, {.folder = folder_});
    Json answer = Json::parse(ran.out, nullptr, false);
    EXPECT_FALSE(answer.is_discarded()) << what << " of " << name_ << ": " << ran.err << ran.out;
    if (answer.is_object()) {
      for (const char* differs : {"seconds", "path", "folder", "release", "report", "bytes", "file",
                                  "bytes_before", "bytes_after"}) {
        answer.erase(differs);
      }
    }
    told_[what] = std::to_string(ran.exit) + " " + without_name(answer.dump());
    if (!written.empty()) {
      const std::string page = text_of(folder_ / written);
      EXPECT_FALSE(page.empty()) << what << " of " << name_ << ": " << ran.err;
      EXPECT_TRUE(valid_utf8(page)) << what << " of " << name_;
    }
  }

  // The name in all the ways in which it may be written.
  std::string without_name(std::string text) const {
    const std::string shown = as_utf8(name_);
    const std::string quoted = Json(shown).dump();
    for (const std::string& way : {quoted.substr(1, quoted.size() - 2), shown, name_}) {
      for (std::size_t at = text.find(way); at != std::string::npos; at = text.find(way, at)) {
        text.replace(at, way.size(), "NAME");
        at += 4;
      }
    }
    return text;
  }

  void of_exports() {
    const auto risk = [&](std::vector<std::string> words) {
      words.insert(words.begin(), "risk");
      words.insert(words.end(), {"--patient", "id", "--day", "date", "--code", "code"});
      return words;
    };
    run("risk --report", risk({arg(".csv"), "--report", arg(".html")}), name_ + ".html");
    run("risk --save-columns", risk({arg(".csv"), "--guess", "--save-columns", arg(".columns")}),
        name_ + ".columns");
    run("risk --columns", {"risk", arg(".csv"), "--columns", arg(".columns")});
    run("risk --column", {"risk", arg(".csv"), "--column", name_ + ".csv:sex=drop"});
    run("risk --with", risk({arg(".csv"), "--with", arg(".csv"), "--periods", "quarter"}));
    run("risk --attackers", risk({arg(".csv"), "--attackers", arg(".attackers")}));
    run("risk --find", risk({arg(".csv"), "--find", "F"}));
    run("risk of people",
        {"risk", arg(".people.csv"), "--population", arg(".people.csv"), "--attacks", "100",
         "--report", arg(".people.html")},
        name_ + ".people.html");
    run("risk of both", {"risk", arg(".people.csv"), arg(".csv")});
  }

  void of_tables() {
    fs::copy(fs::path(PARCOURS_SOURCE_DIR) / "examples/audit/asthma.csv", file(".table"));
    fs::copy(fs::path(PARCOURS_SOURCE_DIR) / "examples/audit/places.csv", file(".places"));
    run("audit",
        {"audit", arg(".table"), "--hidden", "<11=1..10", "--hierarchy", "place=" + arg(".places"),
         "--report", arg(".audit.html")},
        name_ + ".audit.html");
  }

  void of_vaults() {
    const std::string made = arg(".made");
    const std::vector<std::string> import = {"vault",
                                             "import",
                                             made,
                                             "--key",
                                             arg(".key"),
                                             "--mapping",
                                             arg(".send") + "/mapping.toml",
                                             "--data",
                                             arg(".send"),
                                             "--period",
                                             "2024",
                                             "--max-bad-rows",
                                             "5",
                                             "--quarantine",
                                             arg(".quarantine")};
    run("vault create", create_vault(made, {"--key", arg(".key")}));
    run("vault import", import);
    run("vault import again", import);
    run("vault compact", {"vault", "compact", made});
    run("vault status", {"vault", "status", made});

    const std::string vault = arg(".vault");
    fs::copy(small_panel() / "panel.vault", file(".vault"), fs::copy_options::recursive);
    run("study check", {"study", "check", arg(".toml"), "--vault", vault});
    run("study run", {"study", "run", arg(".toml"), "--vault", vault, "--rules", arg(".rules")});
    const Ran release = run_parcours(
        {"release", "--vault", vault, "--study", arg(".toml"), "--rules", arg(".rules"), "--key",
         small_panel_key(), "--out", arg(".release"), "--json"},
        {.folder = folder_});
    EXPECT_EQ(release.exit, 0) << release.err;
    EXPECT_FALSE(Json::parse(release.out, nullptr, false).is_discarded());
    for (const char* json : {"evidence.json", "datapackage.json"}) {
      EXPECT_FALSE(Json::parse(text_of(file(".release") / json), nullptr, false).is_discarded());
    }
    EXPECT_TRUE(valid_utf8(text_of(file(".release") / "report.html")));
    told_["release"] = text_of(file(".release") / "tables" / "hypertension.csv");
    fs::copy(file(".release") / "tables" / "hypertension.parquet", file(".parquet"));
    run("audit of Parquet", {"audit", arg(".parquet")});
    run("risk of Parquet", {"risk", arg(".parquet")});
    run("risk of a release", {"risk", arg(".release")});
    run("risk of a release, --find", {"risk", arg(".release"), "--find", "F"});
    run("risk of a vault",
        {"risk", vault, "--draws", "100", "--known", "1", "--report", arg(".vault.html")},
        name_ + ".vault.html");
    run("risk of a vault, --find", {"risk", vault, "--find", "F, diagnosis I10*"});
    run("synth", {"synth", arg(".panel"), "--patients", "40"});
  }

  fs::path folder_;
  std::string name_;
  std::map<std::string, std::string> told_;
};

// Files that a pattern would match, all of them different from what is asked for.
void put_decoys(const fs::path& folder, const std::string& name) {
  if (name.empty()) {
    return;
  }
  write(folder / (name + ".csv"), events(3));
  write(folder / (name + ".people.csv"), people(3));
  write(folder / (name + ".parquet"), "PAR1");
  write(folder / (name + ".table"), "a,n\nx,1\n");
  fs::copy(small_panel() / "panel.vault", folder / (name + ".vault"), fs::copy_options::recursive);
}

TEST(Paths, EveryVerbAnswersForAnyNameWhatItAnswersForAPlainOne) {
  const Folder plain;
  write(plain / "plain.attackers", attackers);
  const auto expected = Told(plain.path(), "plain").everything();
  for (const auto& [what, answer] : expected) {
    const bool refused = what == "audit" || what == "risk of a release";
    EXPECT_EQ(answer.substr(0, 2), what == "release" ? "ag"
                                   : refused         ? answer.substr(0, 2)
                                                     : "0 ")
        << what << answer;
  }
  const std::size_t names = under_sanitizer ? 1 : odd_names.size();
  for (const Odd& odd : std::span(odd_names).first(names)) {
    const Folder folder;
    // In a folder of such a name as well, which says nothing of any column.
    const fs::path inner = folder.path() / odd.name / "date=2026-03-01";
    fs::create_directories(inner);
    write(inner / (odd.name + ".attackers"), attackers);
    put_decoys(inner, odd.decoy);
    const auto told = Told(inner, odd.name).everything();
    ASSERT_EQ(told.size(), expected.size());
    for (const auto& [what, answer] : expected) {
      EXPECT_EQ(told.at(what), answer) << what << " of " << odd.name;
    }
  }
}

double singled_out(const fs::path& file) {
  const Ran ran =
      run_parcours({"risk", file, "--patient", "id", "--day", "date", "--code", "code", "--json"});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  return Json::parse(ran.out)["measures"]["singled_out"].get<double>();
}

TEST(Paths, AFoldersNameIsNoColumn) {
  const Folder folder;
  fs::create_directories(folder / "date=2026-03-01" / "code=X");
  write(folder / "export.csv", events(10));
  write(folder / "date=2026-03-01" / "export.csv", events(10));
  fs::copy(folder / "export.csv", folder / "date=2026-03-01" / "code=X" / "export.csv");
  const double plain = singled_out(folder / "export.csv");
  EXPECT_GT(plain, 0.5);
  EXPECT_EQ(singled_out(folder / "date=2026-03-01" / "export.csv"), plain);
  EXPECT_EQ(singled_out(folder / "date=2026-03-01" / "code=X" / "export.csv"), plain);
}

TEST(Paths, AFileNamedLikeAPatternIsItselfAndNotWhatItMatches) {
  const Folder folder;
  write(folder / "export[1].csv", events(10));
  write(folder / "export1.csv",
        "id,date,code\n1,2024-01-01,A\n1,2024-01-02,A\n2,2024-01-01,A\n2,2024-01-02,A\n");
  write(folder / "plain.csv", events(10));
  EXPECT_EQ(singled_out(folder / "export[1].csv"), singled_out(folder / "plain.csv"));
  fs::remove(folder / "export[1].csv");
  const Ran ran = run_parcours({"risk", folder / "export[1].csv"});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.err, testing::HasSubstr("there is no such file"));
}

TEST(Paths, AVaultNamedLikeAPatternIsCompactedByItself) {
  const Folder folder;
  const auto counts = [&](const std::string& vault) {
    const Ran ran = run_parcours({"vault", "status", folder / vault, "--json"});
    Json status = Json::parse(ran.out, nullptr, false);
    return std::pair(status["patients"], status["events_by_kind"]);
  };
  const Ran made = run_parcours({"synth", folder / "few", "--patients", "50"});
  EXPECT_EQ(made.exit, 0) << made.err;
  for (const auto& [vault, send] :
       {std::pair<std::string, fs::path>("v1", folder / "few"), {"v[1]", small_panel() / "send"}}) {
    run_parcours(create_vault(folder / vault, {"--key", folder / "key"}));
    for (int twice = 0; twice < 2; ++twice) {
      const Ran ran = run_parcours({"vault", "import", folder / vault, "--key", folder / "key",
                                    "--mapping", send / "mapping.toml", "--period", "2024"});
      EXPECT_EQ(ran.exit, 0) << ran.err;
    }
  }
  const auto before = counts("v[1]");
  const auto other = counts("v1");
  EXPECT_NE(before, other);
  const Ran ran = run_parcours({"vault", "compact", folder / "v[1]", "--json"});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_GT(Json::parse(ran.out)["rows_removed"], 6000);
  EXPECT_EQ(counts("v[1]"), before);
  EXPECT_EQ(counts("v1"), other);
  // And its rows are its own: a risk that reads them all counts as many patients as before.
  const Ran risk = run_parcours(
      {"risk", folder / "v[1]", "--json", "--known", "1", "--draws", "100", "--quiet"});
  EXPECT_EQ(Json::parse(risk.out)["patients"], before.first) << risk.out;
}

TEST(Paths, AVaultNamedLikeAUriIsAFolder) {
  const Folder folder;
  const Ran made =
      run_parcours(create_vault("file:v?mode=memory", {"--key", "key"}), {.folder = folder.path()});
  EXPECT_EQ(made.exit, 0) << made.err;
  EXPECT_TRUE(fs::exists(folder / "file:v?mode=memory" / "catalog.sqlite"));
  const Ran status =
      run_parcours({"vault", "status", "file:v?mode=memory"}, {.folder = folder.path()});
  EXPECT_EQ(status.exit, 0) << status.err;
}

}  // namespace
}  // namespace parcours
