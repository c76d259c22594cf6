// Every reason for which a source's item is refused or left out is said in French, too: the test
// reads the reasons in the sources of all forms that the practice's program reads.
#include "ingest/reasons.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <regex>
#include <set>

#include "base/files.h"
#include "ingest/person_like.h"
#include "practice/words.h"

namespace parcours::practice {
namespace {

namespace fs = std::filesystem;
using testing::IsEmpty;

// The texts that a source hands to reason() or leaving(), or gives a name or a list for them.
std::set<std::string> reasons_in(const std::string& source) {
  static const std::regex handed(
      R"re((?:reason|leaving)\(\s*((?:"[^"]*"\s*)+)\)|(?:return|=)\s+((?:"[^"]*"\s*)+);|^ {6}((?:"[^"]*"\s*)+)[,}])re",
      std::regex::multiline);
  static const std::regex piece(R"re("([^"]*)")re");
  std::set<std::string> found;
  for (std::sregex_iterator one(source.begin(), source.end(), handed), end; one != end; ++one) {
    const std::string all = (*one)[1].str() + (*one)[2].str() + (*one)[3].str();
    std::string text;
    for (std::sregex_iterator part(all.begin(), all.end(), piece); part != end; ++part) {
      text += (*part)[1].str();
    }
    if (text.find(' ') != std::string::npos) {  // else a code system, a name
      found.insert(text);
    }
  }
  return found;
}

std::set<std::string> without_french(const std::set<std::string>& reasons) {
  std::set<std::string> missing;
  for (const std::string& reason : reasons) {
    const Text text = words::reason(reason);
    if (text.fr == text.en) {
      missing.insert(reason);
    }
  }
  return missing;
}

class ReasonsOf : public testing::TestWithParam<const char*> {};

// These files hold reasons and no other texts of their form.
INSTANTIATE_TEST_SUITE_P(Sources, ReasonsOf,
                         testing::Values("ingest/fact_rows.cc", "ingest/people.cc",
                                         "ingest/entering_code.h", "ingest/national_identity.h",
                                         "ingest/intake.h", "ingest/reasons.h", "fhir/facts.cc",
                                         "fhir/walk.cc", "cda/cda.cc", "cda/defect.cc"),
                         [](const auto& run) {
                           std::string name = run.param;
                           std::ranges::replace_if(
                               name, [](char c) { return c == '/' || c == '.'; }, '_');
                           return name;
                         });

TEST_P(ReasonsOf, AreAllSaidInFrench) {
  const auto text = read_file(fs::path(PARCOURS_SOURCE_DIR) / "src" / GetParam());
  ASSERT_TRUE(text.has_value());
  const std::set<std::string> reasons = reasons_in(*text);
  EXPECT_FALSE(reasons.empty());
  EXPECT_THAT(without_french(reasons), IsEmpty());
}

// A test of the lists by their beginnings and ends, as other texts stand in these files.
std::set<std::string> texts_between(const char* file, std::string_view from, std::string_view to) {
  const std::string text = *read_file(fs::path(PARCOURS_SOURCE_DIR) / "src" / file);
  const std::size_t begin = text.find(from);
  EXPECT_NE(begin, std::string::npos);
  const std::string part = text.substr(begin, text.find(to, begin) - begin);
  static const std::regex piece(R"re("([^"]*)")re");
  std::set<std::string> found;
  for (std::sregex_iterator one(part.begin(), part.end(), piece), end; one != end; ++one) {
    found.insert((*one)[1].str());
  }
  return found;
}

TEST(Reasons, WhatFhirLeavesOutIsSaidInFrench) {
  EXPECT_THAT(without_french(texts_between("fhir/resource_types.cc", "not_read =", "{\"Account")),
              IsEmpty());
}

TEST(Reasons, WhatCdaLeavesOutIsSaidInFrench) {
  EXPECT_THAT(without_french(texts_between("cda/statements.cc", "words = {", "};")), IsEmpty());
}

TEST(Reasons, WhatLooksLikeAPersonIsSaidInFrench) {
  for (const ingest::PersonLike like : ingest::person_likes) {
    for (const char* what : {"a code", "a place"}) {
      const std::string reason = std::string(what) + " that " + std::string(ingest::looks(like));
      EXPECT_THAT(without_french({reason, reason + " in column 'c'", reason + " in the mapping"}),
                  IsEmpty());
    }
  }
}

TEST(Reasons, ANumberStaysInFrench) {
  EXPECT_EQ(ingest::said("elements nested over 250 levels deep").fr,
            "des éléments imbriqués sur plus de 250 niveaux");
}

TEST(Reasons, AColumnStaysInFrench) {
  EXPECT_EQ(ingest::said("no day in column 'date'").fr, "sans jour (colonne 'date')");
}

TEST(Reasons, OneThatIsNotListedIsSaidAsItIs) {
  EXPECT_EQ(ingest::said("no reason at all").fr, "no reason at all");
}

}  // namespace
}  // namespace parcours::practice
