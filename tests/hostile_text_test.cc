// Names of files, columns, codes and studies that hold orders to a terminal: no verb passes them
// on.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/utf8.h"
#include "command.h"
#include "story.h"

namespace parcours {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

// Clears the screen, in two ways; turns the direction of reading; deletes.
const std::string orders =
    "\x1b[2J\xC2\x9B"
    "2J\xE2\x80\xAE\x7F";
const std::string orders_of_fields =
    "\xC2\x9B"
    "2J\xE2\x80\xAE\xE2\x81\xA6";

MATCHER(IsObeyedByNoTerminal, "holds nothing that a terminal obeys") {
  return valid_utf8(arg) &&
         std::ranges::none_of(arg,
                              [](char c) {
                                return (static_cast<unsigned char>(c) < 0x20 && c != '\n') ||
                                       c == '\x7F';
                              }) &&
         arg.find("\xC2\x9B") == std::string::npos &&
         arg.find("\xE2\x80\xAE") == std::string::npos &&
         arg.find("\xE2\x81\xA6") == std::string::npos;
}

class HostileText : public testing::Test {
 protected:
  // Runs it as text and as JSON; all of what it says is looked at.
  Ran run(std::vector<std::string> words) {
    const Ran text = run_parcours(words);
    EXPECT_THAT(text.out, IsObeyedByNoTerminal());
    EXPECT_THAT(text.err, IsObeyedByNoTerminal());
    words.emplace_back("--json");
    const Ran json = run_parcours(words);
    EXPECT_EQ(json.exit, text.exit);
    EXPECT_THAT(json.out, IsObeyedByNoTerminal());
    EXPECT_THAT(json.err, IsObeyedByNoTerminal());
    if (json.exit == 0) {
      EXPECT_TRUE(nlohmann::json::accept(json.out));
    }
    return text;
  }

  std::string file(const std::string& name, const std::string& text) {
    write(folder / name, text);
    return folder / name;
  }

  Folder folder;
};

TEST_F(HostileText, OfFilesThatAreNotThere) {
  for (const std::string& name : {orders, std::string("\xFF.csv"), std::string("a\nparcours: b")}) {
    for (const std::vector<std::string>& verb : {std::vector<std::string>{"risk"},
                                                 {"audit"},
                                                 {"vault", "status"},
                                                 {"vault", "compact"},
                                                 {"study", "check"}}) {
      std::vector<std::string> words = verb;
      words.push_back(folder / name);
      const Ran ran = run(words);
      EXPECT_EQ(ran.exit, 2);
      EXPECT_EQ(std::ranges::count(ran.err, '\n'), 1) << ran.err;
    }
    EXPECT_EQ(run({name}).exit, 2);
  }
}

TEST_F(HostileText, OfAnExport) {
  const std::string evil = orders_of_fields;
  std::string text = "patient,day,code," + evil + "\n";
  for (int i = 0; i < 60; ++i) {
    text += std::to_string(i % 20) + ",2024-01-" + std::to_string(10 + i % 18) + ",J" + evil +
            std::to_string(i % 3) + "," + evil + std::to_string(i % 4) + "\n";
  }
  const std::string csv = file(orders + ".csv", text);
  EXPECT_EQ(run({"risk", csv, "--guess"}).exit, 0);
  const Ran found = run({"risk", csv});
  EXPECT_EQ(found.exit, 0) << found.err;
  EXPECT_THAT(found.out, HasSubstr("\\u{202e}"));
  run({"risk", csv, "--find", "event J*, in 2024-01", "--show-path"});
  run({"risk", csv, "--find", evil + " " + evil + "1"});
  run({"risk", csv, "--sensitive", evil});
  run({"risk", csv, "--with", csv});
  run({"risk", csv, "--report", folder / (orders + ".html")});
}

TEST_F(HostileText, OfAPublishedTable) {
  const std::string evil = orders_of_fields;
  const std::string csv = file(orders + ".csv", evil + ",sex,n\n" + evil + "a,F,3\n" + evil +
                                                    "a,M,<11\n" + evil + "a,all,7\n");
  const Ran found = run({"audit", csv, "--hidden", "<11=1..10"});
  EXPECT_EQ(found.exit, 1) << found.err;
  EXPECT_THAT(found.out, HasSubstr("\\u{202e}"));
  run({"audit", csv});
}

TEST_F(HostileText, OfAStudyAndAVault) {
  const std::string study =
      file(orders + ".toml", with(good_study(), "\"adults\"", "\"a\\u001b[2J\\u202e\""));
  run({"study", "check", study});
  run({"study", "check", study, "--vault", small_panel() / "panel.vault"});
  const std::string vault = folder / (orders + ".vault");
  const std::vector<std::string> create =
      create_vault(vault, {"--key", folder / (orders + ".key")});
  ASSERT_EQ(run_parcours(create).exit, 0);
  EXPECT_EQ(run(create).exit, 2);
  EXPECT_EQ(run({"vault", "status", vault}).exit, 0);
}

TEST(ClosedErrors, DoNotChangeTheExitCode) {
  const Folder folder;
  write(folder / "e.csv", "id,day,code\na,1,x\na,2,y\nb,1,x\n");
  EXPECT_EQ(run_parcours({"risk", folder / "e.csv"}, {.no_errors = true}).exit, 0);
  EXPECT_EQ(run_parcours({"risk", folder / "none.csv"}, {.no_errors = true}).exit, 2);
}

TEST(FindFile, SaysTheFactsAsTheArgumentDoes) {
  const Folder folder;
  const std::string vault = folder / "panel.vault";  // a copy, as each exercise is logged in it
  fs::copy(small_panel() / "panel.vault", vault, fs::copy_options::recursive);
  write(folder / "facts", "age 40\nF,\r\n\ndiagnosis I10* in 2024\n");
  const Ran spoken =
      run_parcours({"risk", vault, "--quiet", "--find", "age 40, F, diagnosis I10* in 2024"});
  ASSERT_EQ(spoken.exit, 0) << spoken.err;
  EXPECT_EQ(run_parcours({"risk", vault, "--quiet", "--find-file", folder / "facts"}).out,
            spoken.out);
  EXPECT_EQ(run_parcours({"risk", vault, "--quiet", "--find-file", "-"},
                         {.input = "age 40, F\ndiagnosis I10* in 2024"})
                .out,
            spoken.out);
}

TEST(FindFile, WhatALineSaysIsNotShown) {
  const Folder folder;
  write(folder / "e.csv", "id,day,code\na,2024-01-01,x\na,2024-01-02,y\nb,2024-01-01,x\n");
  for (const char* facts : {"Mme DUPONT-SECRET", "F\nvisit in SECRET", "DUPONT-SECRET 5"}) {
    write(folder / "facts", facts);
    for (const fs::path& file : {small_panel() / "panel.vault", folder / "e.csv"}) {
      const Ran ran = run_parcours({"risk", file, "--find-file", folder / "facts"});
      EXPECT_EQ(ran.exit, 2);
      EXPECT_EQ(std::ranges::count(ran.err, '\n'), 1);
      EXPECT_THAT(ran.err, HasSubstr("fact"));
      EXPECT_THAT(ran.err, testing::Not(HasSubstr("SECRET")));
      EXPECT_THAT(ran.err, testing::Not(HasSubstr("secret")));
    }
  }
}

TEST(FindFile, AMistakeIsOneError) {
  const std::string vault = small_panel() / "panel.vault";
  for (const Ran& ran :
       {run_parcours({"risk", vault, "--find-file", "/nowhere/facts"}),
        run_parcours({"risk", vault, "--find-file", "-"}),
        run_parcours({"risk", vault, "--find-file", "-"}, {.input = std::string(5000, ',')}),
        run_parcours({"risk", vault, "--find", "F", "--find-file", "-"}, {.input = "F"})}) {
    EXPECT_EQ(ran.exit, 2);
    EXPECT_EQ(std::ranges::count(ran.err, '\n'), 1) << ran.err;
  }
}

}  // namespace
}  // namespace parcours
