// `parcours audit` as a user runs it: on tables made by hand, on what users get wrong, and on
// tables of Adult.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "command.h"
#include "one_line.h"
#include "source_tree.h"
#include "story.h"

namespace parcours {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using testing::HasSubstr;

const fs::path adult = source_tree / ".." / "shared" / "data" / "arx_adult";

class Audit : public testing::Test {
 protected:
  // Audits one table of this text.
  Ran audit(const std::string& csv, std::vector<std::string> more = {}) const {
    write(folder / "t.csv", csv);
    more.insert(more.begin(), {"audit", folder / "t.csv", "--quiet"});
    return run_parcours(more);
  }
  Json json(const std::string& csv, std::vector<std::string> more = {}) const {
    more.emplace_back("--json");
    return Json::parse(audit(csv, more).out, nullptr, false);
  }

  Folder folder;
};

constexpr const char* one_hidden = "sex,n\nF,<11\nM,50\nT,57\n";

TEST_F(Audit, AWidthIsNotPassedOverWhereNoIntervalIsWorkedOut) {
  const Ran ran = audit(one_hidden, {"--hidden", "<11=1..10", "--width", "100", "--no-intervals"});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.err, HasSubstr("--width is given with --no-intervals"));
}

TEST_F(Audit, SaysWhatIsWorkedOutAndBySumsOfWhich) {
  const Ran ran = audit(one_hidden, {"--hidden", "<11=1..10"});
  EXPECT_EQ(ran.exit, 1);
  EXPECT_THAT(ran.out, testing::StartsWith("The one hidden cell can be worked out exactly.\n"));
  EXPECT_THAT(ran.out, HasSubstr("= 7\n"));
  EXPECT_THAT(ran.out, HasSubstr("t.csv:4"));
  EXPECT_THAT(ran.err, IsOneLine());
}

TEST_F(Audit, SaysFirstWhichNumbersStandWhereNothingIsKnown) {
  const std::string csv = "sex,n\nF,-9\nM,50\nT,57\n";
  const Ran ran = audit(csv);
  EXPECT_EQ(ran.exit, 1);
  EXPECT_THAT(ran.out, testing::StartsWith("Check this first: in 'n' of "));
  EXPECT_THAT(ran.out, HasSubstr("\n\nThe one hidden cell can be worked out exactly.\n"));
  EXPECT_EQ(json(csv)["doubts"].size(), 1u);
  const Ran as_number = audit(csv, {"--number=-9"});
  EXPECT_EQ(as_number.exit, 2);
  EXPECT_THAT(as_number.out, HasSubstr("total is 57, but its 2 parts by sex make 41"));
}

TEST_F(Audit, WritesItsPageOverNoTable) {
  const Ran ran = audit(one_hidden, {"--report", folder / "t.csv"});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.err, HasSubstr("would overwrite an input"));
  EXPECT_EQ(fs::file_size(folder / "t.csv"), std::string(one_hidden).size());
}

TEST_F(Audit, IsContentWithWhatIsHiddenWell) {
  const Ran ran = audit("age,n\na,\nb,\nc,5\nT,500\n", {"--width", "11"});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_THAT(ran.out, testing::StartsWith("None of 2 hidden cells can be worked out exactly.\n"));
}

TEST_F(Audit, RefusesWhatIsKnownMoreNarrowlyThanAskedFor) {
  const std::string csv = "age,n\na,c\nb,c\nc,5\nT,12\n";
  EXPECT_EQ(audit(csv, {"--hidden", "c"}).exit, 0);
  EXPECT_EQ(audit(csv, {"--hidden", "c", "--width", "7"}).exit, 0);
  const Ran ran = audit(csv, {"--hidden", "c", "--width", "8"});
  EXPECT_EQ(ran.exit, 1);
  EXPECT_THAT(ran.err, HasSubstr("2 of 2 hidden cells are known more narrowly than 8"));
}

TEST_F(Audit, DoesNotAuditWhatDoesNotAddUp) {
  const Ran ran = audit("age,sex,n\na,F,\na,M,2\na,T,7\nb,F,1\nb,M,5\nb,T,9\n");
  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.out, HasSubstr("t.csv:7: age b is 9, but its 2 parts by sex make 6"));
  EXPECT_THAT(ran.err, IsOneLine());
  EXPECT_THAT(ran.err, HasSubstr("t.csv:7"));
  EXPECT_FALSE(json("age,sex,n\na,F,\na,M,2\na,T,7\nb,F,1\nb,M,5\nb,T,9\n")["adds_up"]);
}

TEST_F(Audit, ReadsTheMarksOfOthers) {
  // A semicolon, a decimal comma, thousands, and a dot-dot for a hidden value.
  const Json answer = json("sexe;valeur\nF;..\nM;1 250,5\nEnsemble;1 300,0\n",
                           {"--hidden", "..", "--decimal", ","});
  EXPECT_EQ(answer["disclosures"][0]["value"], 49.5);
  // A status column, as Eurostat and our own releases have it.
  EXPECT_EQ(
      json("sex,status,patients\nF,confidential,\nM,published,5\n_T,published,9\n")["disclosures"]
                                                                                   [0]["value"],
      4);
  EXPECT_EQ(json("sex,n,flag\nF,:,c\nM,5,\nT,9,\n", {"--hidden", ":"})["worked_out"], 1);
  // GROUP BY CUBE: an empty code is the total.
  EXPECT_EQ(
      json("sex,age,n\nF,a,\nM,a,2\nF,b,1\nM,b,4\n,a,3\n,b,5\nF,,2\nM,,6\n,,8\n")["disclosures"][0]
                                                                                 ["value"],
      1);
}

// A release with tables of counts, of `each` and of means: about everyone, about who has any such
// event, and about who has a value.
TEST_F(Audit, AReleaseIsReadAsWhatItIs) {
  write(folder / "study.toml", good_study() + R"(
[[table]]
id   = "chapters"
by   = ["age", "sex"]
each = { code = "diagnosis:*", level = "chapter" }

[[table]]
id   = "mean-visits"
by   = ["age", "sex"]
mean = "visits"
)");
  std::string study = text_of(folder / "study.toml");
  study = with(
      study, "hypertension = {",
      "visits = { count = \"consultation:*\", label = { en = \"visits\", fr = \"visites\" } }\n"
      "hypertension = {");
  write(folder / "study.toml", study);
  write(folder / "france-2026.toml", good_rules());
  const Ran made =
      run_parcours({"release", "--vault", copy_of_panel(folder / "panel.vault"), "--study",
                    folder / "study.toml", "--rules", folder / "france-2026.toml", "--key",
                    small_panel_key(), "--out", folder / "release", "--quiet"});
  ASSERT_EQ(made.exit, 0) << made.err;
  EXPECT_THAT(made.out, HasSubstr("stays inside; not in the release"));
  const fs::path tables = folder / "release" / "tables";
  const Ran ran = run_parcours(
      {"audit", tables / "chapters.csv", tables / "hypertension.csv", tables / "mean-visits.csv"});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_THAT(ran.out, testing::StartsWith("None of "));
  EXPECT_THAT(ran.err, HasSubstr("chapters.csv: a table of a Parcours release"));
  EXPECT_THAT(ran.err, HasSubstr("in code a person may be counted several times ('_ANY')"));
}

TEST_F(Audit, LinksTablesAndWritesThePage) {
  write(folder / "a.csv", "age,sex,n\na,F,\na,M,\nb,F,4\nb,M,5\n");
  write(folder / "b.csv", "sex,n\nF,10\nM,8\n");
  const Ran ran = run_parcours(
      {"audit", folder / "a.csv", folder / "b.csv", "--report", folder / "audit.html", "--quiet"});
  EXPECT_EQ(ran.exit, 1);
  EXPECT_THAT(ran.out, testing::StartsWith("All 2 hidden cells can be worked out exactly.\n"));
  const std::string page = text_of(folder / "audit.html");
  EXPECT_THAT(page, HasSubstr("All 2 hidden cells can be worked out exactly."));
  EXPECT_THAT(page, HasSubstr("10 − 4"));
}

TEST_F(Audit, SaysWhatItTookForGranted) {
  write(folder / "t.csv", one_hidden);
  const Ran ran = run_parcours({"audit", folder / "t.csv", "--hidden", "<11"});
  EXPECT_THAT(ran.err, HasSubstr("the total of sex is 'T' (by its name)"));
}

// tests/published: one made-up table in the form of each office.
struct OfOffice {
  const char* file;
  std::vector<std::string> more;
  const char* read;
  const char* answer;
};

TEST(AuditForms, ReadsTablesAsOfficesPublishThem) {
  const std::vector<OfOffice> tables = {
      {"opensafely.csv",
       {},
       "counts are rounded to the nearest 5",
       "The one hidden cell cannot be worked out exactly."},
      {"nhs.csv",
       {"--rounded", "5"},
       "'*' in 'Admissions' hides a value (NHS England",
       "None of 2 hidden cells"},
      {"eurostat.csv", {}, "the codes of geo are a tree", "All 3 hidden cells"},
      {"eurostat.tsv", {}, "the total of geo is 'ZZ'", "All 2 hidden cells"},
      {"insee.csv", {}, "'s' in 'effectif' hides a value (Insee", "1 of 3 hidden cells"},
      {"sdmx.csv", {}, "the status is 'CONF_STATUS'", "All 3 hidden cells"}};
  for (const OfOffice& table : tables) {
    std::vector<std::string> words = {"audit", source_tree / "tests" / "published" / table.file};
    words.insert(words.end(), table.more.begin(), table.more.end());
    const Ran ran = run_parcours(words);
    EXPECT_THAT(ran.err, HasSubstr(table.read)) << table.file;
    EXPECT_THAT(ran.out, HasSubstr(table.answer)) << table.file << ran.err;
  }
}

TEST(AuditForms, AsksWhetherTheNhsRounded) {
  const Ran ran = run_parcours({"audit", source_tree / "tests" / "published" / "nhs.csv"});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.err, HasSubstr("--rounded 5"));
}

struct Wrong {
  const char* csv;
  std::vector<std::string> more;
  const char* said;
};

TEST_F(Audit, AnswersWhatIsWrongInOneLineThatNamesThePlace) {
  const std::vector<Wrong> wrongs = {
      {"sex,n\nF,<11\n", {}, "t.csv:2: '<11' is not a number"},
      {"sex,n\nF,1\nF,2\n", {}, "t.csv:3: a cell twice"},
      {"sex,n\nF,1,2\n", {}, "t.csv:2"},
      {"sex,n\n\"F,1\n", {}, "t.csv:2"},
      {"sex,age\nF,a\n", {}, "t.csv: the column of the values is not known"},
      {"sex,n\nF,1\n", {"--value", "m"}, "no column 'm'"},
      {"sex,n\nF,1\n", {"--total", "sex=X"}, "no line has the total 'X' of sex"},
      {"sex,n\nF,1\n", {"--total", "sax=F"}, "did you mean 'sex'?"},
      {"sex,n\nF,1\n", {"--hierarchy", "sex=missing.csv"}, "missing.csv"},
      {"sex,n\nF,1\n", {"--hidden", "x=5..1"}, "--hidden"},
      {"sex,n\nF,1\n", {"--rounded", "zero"}, "--rounded"},
      {"sex,n\nF,1\nM,5\n", {"--rounded", "5"}, "t.csv:2: 1 is not a multiple of 5"},
      {"a,b,n\nx,F,1\ny,F,2\ny,M,2\n", {}, "--absent"},
      {"sex,n\nF,1\n", {"--absent", "maybe"}, "--absent"},
      {"", {}, "t.csv: the file is empty"},
      {"sex,n\n", {}, "t.csv: the table has no line"},
      {"PK\x03\x04 spreadsheet", {}, "XLSX"},
      {"PAR1 broken", {}, "t.csv"},
      {"sex,n\nF,\xff\n", {}, "t.csv:2"}};
  for (const Wrong& wrong : wrongs) {
    const Ran ran = audit(wrong.csv, wrong.more);
    EXPECT_EQ(ran.exit, 2) << wrong.said << ": " << ran.err;
    EXPECT_THAT(ran.err, IsOneLine());
    EXPECT_THAT(ran.err, HasSubstr(wrong.said));
    EXPECT_EQ(ran.out, "") << wrong.said;
  }
  EXPECT_EQ(run_parcours({"audit", folder / "none.csv"}).exit, 2);
  EXPECT_EQ(run_parcours({"audit"}).exit, 2);
}

TEST(AuditExample, IsToldAsTheReadmeTellsIt) {
  const fs::path example = source_tree / "examples" / "audit";
  const Ran ran = run_parcours({"audit", example / "asthma.csv", "--hierarchy",
                                "place=" + (example / "places.csv").string(), "--hidden",
                                "<11=1..10", "--quiet"});
  EXPECT_EQ(ran.exit, 1);
  EXPECT_THAT(ran.out, testing::StartsWith("3 of 11 hidden cells can be worked out exactly.\n"));
}

using Codes = std::vector<std::string>;

std::vector<std::string> cut(const std::string& line) {
  std::vector<std::string> fields;
  std::stringstream stream(line);
  for (std::string field; std::getline(stream, field, ';');) {
    fields.push_back(field);
  }
  return fields;
}

// A table of Adult with every node of the hierarchies, counts of 1 to 9 hidden and nothing else:
// what a naive publisher does.
std::string adult_table(const Codes& dimensions) {
  std::ifstream file(adult / "adult.csv");
  std::string line;
  std::getline(file, line);
  const Codes header = cut(line);
  std::vector<std::size_t> columns;
  std::vector<std::map<std::string, Codes>>
      ways;  // by dimension, by leaf: itself and its ancestors
  std::vector<std::map<std::string, bool>> codes;
  for (const std::string& dimension : dimensions) {
    columns.push_back(
        static_cast<std::size_t>(std::ranges::find(header, dimension) - header.begin()));
    ways.emplace_back();
    codes.emplace_back();
    std::ifstream tree(adult / ("adult_hierarchy_" + dimension + ".csv"));
    while (std::getline(tree, line)) {
      line.erase(std::remove(line.begin(), line.end(), '\r'), line.end());
      Codes way = cut(line);
      way.erase(std::unique(way.begin(), way.end()), way.end());
      for (const std::string& code : way) {
        codes.back()[code] = true;
      }
      ways.back()[way.front()] = way;
    }
  }
  std::map<Codes, int> counts;
  const auto spread = [&](const auto& self, const Codes& person, Codes cell, int by) -> void {
    const std::size_t d = cell.size();
    if (d == dimensions.size()) {
      counts[cell] += by;
      return;
    }
    for (const std::string& code : ways[d].at(person[columns[d]])) {
      cell.push_back(code);
      self(self, person, cell, by);
      cell.pop_back();
    }
  };
  std::string text;
  for (const std::string& dimension : dimensions) {
    text += dimension + ",";
  }
  text += "n\n";
  while (std::getline(file, line)) {
    line.erase(std::remove(line.begin(), line.end(), '\r'), line.end());
    spread(spread, cut(line), {}, 1);
  }
  const auto list = [&](const auto& self, Codes cell) -> void {
    if (cell.size() < dimensions.size()) {
      for (const auto& [code, is] : codes[cell.size()]) {
        cell.push_back(code);
        self(self, cell);
        cell.pop_back();
      }
      return;
    }
    for (const std::string& code : cell) {
      text += code + ",";
    }
    const auto found = counts.find(cell);
    const int count = found == counts.end() ? 0 : found->second;
    text += count >= 1 && count <= 9 ? "c\n" : std::to_string(count) + "\n";
  };
  list(list, {});
  return text;
}

Json audit_of_adult(const Codes& dimensions, std::vector<std::string> more = {}) {
  const Folder folder;
  write(folder / "adult.csv", adult_table(dimensions));
  std::vector<std::string> words = {"audit", folder / "adult.csv", "--hidden", "c=1..9", "--json"};
  for (const std::string& dimension : dimensions) {
    words.emplace_back("--hierarchy");
    words.push_back(dimension + "=" + (adult / ("adult_hierarchy_" + dimension + ".csv")).string());
  }
  words.insert(words.end(), more.begin(), more.end());
  const Ran ran = run_parcours(words);
  EXPECT_EQ(ran.exit, 1) << ran.err;
  return Json::parse(ran.out, nullptr, false);
}

TEST(AuditAdult, HiddenNaivelyIsWorkedOutInTwoDimensions) {
  if (!fs::exists(adult)) {
    GTEST_SKIP() << "Adult is not beside this checkout";
  }
  const Json answer = audit_of_adult({"education", "native-country"});
  EXPECT_EQ(answer["cells"], 1058);
  EXPECT_EQ(answer["hidden"], 467);
  EXPECT_EQ(answer["worked_out"], 80);
}

TEST(AuditAdult, HiddenNaivelyIsWorkedOutInThreeDimensions) {
  if (!fs::exists(adult)) {
    GTEST_SKIP() << "Adult is not beside this checkout";
  }
  const Json answer =
      audit_of_adult({"education", "occupation", "marital-status"}, {"--no-intervals"});
  EXPECT_EQ(answer["cells"], 4140);
  EXPECT_EQ(answer["hidden"], 1122);
  EXPECT_EQ(answer["worked_out"], 804);
}

TEST(AuditAdult, HiddenNaivelyIsWorkedOutInFourDimensions) {
  if (!fs::exists(adult)) {
    GTEST_SKIP() << "Adult is not beside this checkout";
  }
  const Json answer =
      audit_of_adult({"sex", "race", "workclass", "marital-status"}, {"--no-intervals"});
  EXPECT_GT(answer["worked_out"], 0);
  for (const Json& disclosure : answer["disclosures"]) {
    if (disclosure["is"] == "worked_out") {
      std::int64_t sum = 0;
      for (const Json& term : disclosure["sum_of"]) {
        sum += term["times"].get<std::int64_t>() * term["value"].get<std::int64_t>();
      }
      EXPECT_EQ(sum, disclosure["value"].get<std::int64_t>() *
                         disclosure["divided_by"].get<std::int64_t>());
    }
  }
}

}  // namespace
}  // namespace parcours
