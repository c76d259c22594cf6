// parcours risk on files of a test's own: what it answers, and the one error of a mistake.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "command.h"
#include "story.h"

namespace parcours {

class RiskCommand : public testing::Test {
 protected:
  // `usual` are words that every run begins with.
  explicit RiskCommand(std::vector<std::string> usual = {}) : usual_(std::move(usual)) {}

  std::filesystem::path file(const std::string& name, const std::string& text) const {
    write(folder / name, text);
    return folder / name;
  }
  Ran risk(std::vector<std::string> words) const {
    words.insert(words.begin(), usual_.begin(), usual_.end());
    words.insert(words.begin(), "risk");
    return run_parcours(words);
  }
  nlohmann::json json(std::vector<std::string> words) const {
    words.emplace_back("--json");
    const Ran ran = risk(words);
    EXPECT_EQ(ran.exit, 0) << ran.err;
    return nlohmann::json::parse(ran.out, nullptr, false);
  }
  // One error, with exit code 2.
  std::string mistake(const std::vector<std::string>& words) const {
    const Ran ran = risk(words);
    EXPECT_EQ(ran.exit, 2) << ran.out;
    EXPECT_EQ(std::ranges::count(ran.err, '\n'), 1) << ran.err;
    EXPECT_TRUE(ran.out.empty());
    return ran.err;
  }
  Folder folder;

 private:
  std::vector<std::string> usual_;
};

}  // namespace parcours
