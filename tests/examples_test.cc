// The examples on real patients' records, from the files to the release. Aggregate figures only.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <nlohmann/json.hpp>

#include "command.h"
#include "source_tree.h"
#include "story.h"

namespace parcours {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

const fs::path data = source_tree / ".." / "shared" / "data";

Json json_of(const Ran& ran) {
  EXPECT_EQ(ran.exit, 0) << ran.err;
  return Json::parse(ran.out, nullptr, false);
}

// Imports and releases an example; the folder holds vault/ and release/.
void release_example(const std::string& name, const std::string& calendar, const Folder& folder) {
  const fs::path example = source_tree / "examples" / name;
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
           {"vault", "create", folder / "vault", "--key", folder / "key", "--calendar", calendar,
            "--keeper", folder / "keeper", "--permit", example / "permit.toml"},
           {"vault", "import", folder / "vault", "--key", folder / "key", "--mapping",
            example / "mapping.toml", "--data", data / name, "--quiet"},
           {"study", "check", example / "study.toml", "--vault", folder / "vault"},
           {"release", "--vault", folder / "vault", "--study", example / "study.toml", "--rules",
            example / "rules.toml", "--key", folder / "key", "--out", folder / "release",
            "--quiet"}}) {
    const Ran ran = run_parcours(words);
    ASSERT_EQ(ran.exit, 0) << words[0] << ' ' << words[1] << ": " << ran.err;
  }
  const std::string check =
      "cd '" + (folder / "release").string() + "' && sha256sum --check --quiet SHA256SUMS";
  EXPECT_EQ(std::system(check.c_str()), 0);
}

TEST(Examples, NafldIsReleased) {
  if (!fs::exists(data / "nafld")) {
    GTEST_SKIP() << "the NAFLD cohort is not beside this checkout";
  }
  const Folder folder;
  release_example("nafld", "days", folder);
  const Json status = json_of(run_parcours({"vault", "status", folder / "vault", "--json"}));
  EXPECT_EQ(status["patients"], 17549);
  EXPECT_EQ(status["events"], 434468 - 18);  // 18 diagnoses have no day
  EXPECT_FALSE(status.contains("codes_by_kind"));
  const Json codes = json_of(
      run_parcours({"vault", "status", folder / "vault", "--codes", "--json"}))["codes_by_kind"];
  EXPECT_EQ(
      codes["lab"]["all"]["events"].get<int>() + codes["diagnosis"]["all"]["events"].get<int>(),
      434468 - 18);
  EXPECT_EQ(codes["lab"]["named"]["codes"], 0) << "the source's own codes have no names here";
  EXPECT_EQ(codes["lab"]["grouped"]["codes"], 0);
  EXPECT_GE(std::distance(fs::directory_iterator(folder / "release" / "charts"),
                          fs::directory_iterator()),
            4);
}

TEST(Examples, Diabetes130IsReleased) {
  if (!fs::exists(data / "diabetes130")) {
    GTEST_SKIP() << "the diabetes data is not beside this checkout";
  }
  const Folder folder;
  release_example("diabetes130", "order", folder);
}

// The figures are those of brute force over the same file.
TEST(Examples, NafldsPatientsAreAsUniqueAsBruteForceFound) {
  if (!fs::exists(data / "nafld")) {
    GTEST_SKIP() << "the NAFLD cohort is not beside this checkout";
  }
  const Json risk = json_of(run_parcours({"risk", data / "nafld" / "nafld3.csv", "--patient", "id",
                                          "--day", "days", "--code", "event", "--json"}));
  EXPECT_EQ(risk["patients"], 12453);
  std::map<std::pair<std::string, int>, double> share;
  for (const Json& point : risk["curve"]) {
    const std::string known = point["known"].is_string()
                                  ? point["known"].get<std::string>()
                                  : std::to_string(point["known"].get<int>());
    share[{known, point["within_days"]}] = point["unique_share"];
  }
  EXPECT_NEAR((share[{"1", 0}]), .412412, 5e-7);
  EXPECT_NEAR((share[{"2", 0}]), .743709, 2e-3);
  EXPECT_EQ(std::lround((share[{"all", 0}]) * 12453), 9579);
  EXPECT_NEAR((share[{"1", 7}]), .036995, 5e-7);
  EXPECT_NEAR((share[{"2", 7}]), .523211, 2e-3);
  EXPECT_EQ(std::lround((share[{"all", 7}]) * 12453), 7660);
  std::map<std::string, int> whole;
  for (const Json& timing : risk["timings"]) {
    whole[timing["timing"]] = timing["whole_paths_unique"];
  }
  EXPECT_EQ(whole["days"], 11200);
  EXPECT_EQ(whole["since_first"], 7923);
  EXPECT_EQ(whole["order"], 1615);
}

}  // namespace
}  // namespace parcours
