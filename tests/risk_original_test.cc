// parcours risk on files in their original form, which nobody prepared: what is guessed wrongly
// there must not become a headline without a word.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "risk_command.h"

namespace parcours {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class RiskOriginal : public RiskCommand {
 protected:
  std::string first_line(const std::vector<std::string>& words) const {
    const std::string out = risk(words).out;
    return out.substr(0, out.find('\n'));
  }
  static std::string role(const Json& answer, const std::string& column) {
    for (const Json& one : answer["files"][0]["columns"]) {
      if (one["column"] == column) {
        return one["role"];
      }
    }
    return "-";
  }
};

// An event log: 40 cases of 10 lines; a result that few lines have, and a diagnosis of the case.
std::string event_log() {
  const char* activities[] = {"Registration", "CRP", "Leucocytes", "Release", "Admission"};
  std::string text =
      "Case ID,CASE_diagnosis,DiagnosticArtAstrup,Activity,Complete Timestamp,org:group\n";
  for (int line = 0; line < 400; ++line) {
    const int patient = line / 10;
    text += fmt::format("K{},D{},{},{},2014-{:02}-{:02} 10:00:00,{}\n", patient, patient % 7,
                        line % 14 == 0 ? "true" : "", activities[line * 7 % 5 * (line % 3) % 5],
                        1 + line % 12, 1 + patient % 28, "ABC"[line % 3]);
  }
  return text;
}

TEST_F(RiskOriginal, TheCodeIsTheColumnThatLinesHaveAndThatChangesWithinPatients) {
  const Json answer = json({file("log.csv", event_log())});
  EXPECT_EQ(role(answer, "Activity"), "code");
  EXPECT_EQ(role(answer, "Case ID"), "patient");
  EXPECT_EQ(answer["events"], 400);
  EXPECT_TRUE(answer["doubts"].empty());
}

TEST_F(RiskOriginal, AnAnswerAboutFewLinesSaysSoFirstAndNamesTheOtherColumn) {
  const fs::path log = file("log.csv", event_log());
  const std::vector<std::string> wrong = {log, "--code", "DiagnosticArtAstrup"};
  const std::string first = first_line(wrong);
  EXPECT_THAT(first, StartsWith("Check this first: only 29 of 400 lines and 29 of 40 patients"));
  EXPECT_THAT(first, HasSubstr("If 'Activity' is the code, say --code Activity."));
  const Json answer = json(wrong);
  EXPECT_EQ(answer["doubts"][0], first);
  EXPECT_THAT(answer["answer"].get<std::string>(), StartsWith(first));
  const fs::path page = folder / "risk.html";
  EXPECT_EQ(risk({log, "--code", "DiagnosticArtAstrup", "--report", page}).exit, 0);
  const std::string html = text_of(page);
  EXPECT_LT(html.find("only 29 of 400 lines"), html.find("<h1"));
  EXPECT_THAT(html, HasSubstr("seules 29 lignes sur 400 et 29 patients sur 40"));
}

TEST_F(RiskOriginal, AKeyThatLooksLikeACodeIsNotTheCodeOfADrugTable) {
  std::string text = "subject_id,hadm_id,order_provider_id,starttime,drug_type,drug\n";
  for (int line = 0; line < 600; ++line) {
    const int patient = line / 6;
    text += fmt::format("{},{},{},2150-{:02}-{:02} 08:00:00,MAIN,{}\n", 10000 + patient,
                        20000 + patient, patient % 4 == 0 ? fmt::format("P{:02}AB", line % 60) : "",
                        1 + line % 12, 1 + patient % 28,
                        std::vector<const char*>{"Aspirin", "Heparin", "Insulin"}[line % 3]);
  }
  const Json answer = json({file("prescriptions.csv", text)});
  EXPECT_EQ(role(answer, "drug"), "code");
  EXPECT_EQ(answer["patients"], 100);
}

TEST_F(RiskOriginal, TwoColumnsThatFitAlikeAreBothNamed) {
  std::string text = "patient,day,event,item\n";
  for (int line = 0; line < 200; ++line) {
    text += fmt::format("p{},{},e{},i{}\n", line / 5, line, line % 7, line % 5);
  }
  const fs::path log = file("log.csv", text);
  EXPECT_THAT(first_line({log}), AllOf(HasSubstr("'event' or 'item' may be the code of events"),
                                       HasSubstr("--code item")));
  EXPECT_THAT(risk({log, "--guess"}).out, HasSubstr("'event' or 'item' may be the code"));
  EXPECT_THAT(first_line({log, "--code", "item"}), Not(HasSubstr("Check this first")));
  // A label of the code says the same, so nothing is in doubt.
  std::string labelled = "patient,day,code,event\n";
  for (int line = 0; line < 200; ++line) {
    labelled += fmt::format("p{},{},{},name of {}\n", line / 5, line, line % 7, line % 7);
  }
  EXPECT_THAT(first_line({file("labelled.csv", labelled)}), Not(HasSubstr("Check this first")));
}

TEST_F(RiskOriginal, WhatIsMissingIsLeftOutAndSpacesDoNotCount) {
  const fs::path log = file("log.csv",
                            "patient,date,code\na,2023-01-01,J45 \na,NA,J45\nb,2023-01-01, J45\n"
                            "b ,2023-01-05,I10\nc,NULL,I10\nNA,2023-01-05,I10\nc,2023-01-09,.\n"
                            "c,2023-01-05,I10\nd,.,I10\n");
  const Json answer = json({log});
  EXPECT_EQ(answer["patients"], 3);
  EXPECT_EQ(answer["events"], 4);
  EXPECT_EQ(answer["left_out"], 5);
  EXPECT_EQ(answer["curve"][0]["unique_share"], 0);  // J45 of that day is a's and b's
  EXPECT_THAT(answer["doubts"][0].get<std::string>(), HasSubstr("3 of 4 patients"));
}

}  // namespace
}  // namespace parcours
