#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/files.h"
#include "cli/run.h"
#include "vault/testing/worlds.h"

namespace parcours::cli {
namespace {

using testing::HasSubstr;

const char* const study = R"([study]
id = "s"
title = "S"
rules = "r"
[population]
index = { first = "diagnosis:J45*" }
[variables]
sex = { field = "sex" }
[[table]]
id = "t"
by = ["sex"]
)";

struct Answer {
  Status status;
  std::string text;
};

// `parcours study check` on a file of that text.
Answer check(const std::string& text, const std::vector<std::string>& options) {
  const auto folder = ScratchFolder::make(testing::TempDir(), "study");
  EXPECT_TRUE(folder);
  const auto file = folder->path() / "s.toml";
  EXPECT_TRUE(write_file(file, text));
  std::vector<std::string> words = {"study", "check", file.string()};
  words.insert(words.end(), options.begin(), options.end());
  Stop stop;
  testing::internal::CaptureStdout();
  Status status = run_command(words, stop);
  std::fflush(stdout);
  return {std::move(status), testing::internal::GetCapturedStdout()};
}

TEST(StudyCheck, SaysWhatWillBeCounted) {
  const Answer answer = check(study, {});
  ASSERT_TRUE(answer.status) << answer.status.error().sentence();
  EXPECT_THAT(answer.text,
              HasSubstr("The study counts the patients who have a diagnosis J45* (Asthma)"));
}

TEST(StudyCheck, NamesEveryMistake) {
  std::string text = study;
  text.replace(text.find("title"), 5, "titel");
  text.replace(text.find("\"sex\" }"), 5, "\"sax\"");
  const Answer answer = check(text, {"--json"});
  ASSERT_FALSE(answer.status);
  EXPECT_EQ(answer.status.error().fault, Fault::input);
  EXPECT_THAT(answer.status.error().sentence(), HasSubstr("the study has 2 mistakes"));
  const auto json = nlohmann::json::parse(answer.text);
  EXPECT_EQ(json["mistakes"].size(), 2u);
  EXPECT_THAT(json["mistakes"][1]["where"].get<std::string>(), testing::EndsWith("s.toml:8"));
  EXPECT_EQ(json["mistakes"][1]["right"], "did you mean 'sex'?");
}

TEST(StudyCheck, HoldsTheStudyAgainstAVault) {
  const auto small = vault::SmallVault::make({.buckets = 1});
  ASSERT_TRUE(small);
  ASSERT_TRUE(small->import(
      {{"P1", "2024", {{.id = {0, 7}}}, {{.patient = {0, 7}, .day = 12, .code = "J44"}}}}));
  const Answer answer = check(study, {"--vault", small->path().string()});
  ASSERT_FALSE(answer.status);
  EXPECT_THAT(answer.text, HasSubstr("no code in the vault matches 'diagnosis:J45*'"));
  EXPECT_THAT(answer.text, HasSubstr("did you mean 'diagnosis:J44'?"));
}

TEST(StudyCheck, SaysForHowManyPatientsAWindowLeavesTheRecords) {
  const auto small = vault::SmallVault::make({.buckets = 1});
  ASSERT_TRUE(small);
  ASSERT_TRUE(small->import({{"P1",
                              "2024",
                              {{.id = vault::ann}, {.id = vault::ben}},
                              {{.patient = vault::ann, .day = 10, .code = "J45"},
                               {.patient = vault::ben, .day = 900, .code = "J45"}}}}));
  std::string text = study;
  text.replace(text.find("[variables]"), 0,
               "exclude = [{ any = \"diagnosis:J45*\", within = [-365, -1] }]\n");
  const Answer answer = check(text, {"--vault", small->path().string()});
  ASSERT_TRUE(answer.status) << answer.status.error().sentence();
  EXPECT_THAT(
      answer.text,
      HasSubstr("For 1 of 2 patients, in 1 of 1 practices, the window from 365 days before "
                "the index day to 1 day before it (the condition 'diagnosis J45* (Asthma)') "
                "begins before the first record that their practice sent."));
  const auto json =
      nlohmann::json::parse(check(text, {"--json", "--vault", small->path().string()}).text);
  EXPECT_EQ(json["records"]["windows"][0]["patients_before"], 1);
}

}  // namespace
}  // namespace parcours::cli
