#include "assessment/risk_report.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <regex>

#include "assessment/testing/example.h"

namespace parcours::assessment {
namespace {

using testing::HasSubstr;
using testing::Not;

TEST(RiskReport, ThePageSaysTheAnswerAndEscapesWhatFilesAreCalled) {
  Assessment assessment = example::of_events(0.71, 0.97);
  assessment.what = "<script>.csv";
  const std::string html = *risk_report(assessment, {}, "2026-03-06");
  EXPECT_THAT(html, HasSubstr("7 of 10 patients are singled out"));
  EXPECT_THAT(html, HasSubstr("&lt;script&gt;.csv"));
  EXPECT_THAT(html, HasSubstr("This file is not anonymous"));
  EXPECT_THAT(*risk_report(example::of_events(0, 0), {}, "2026-03-06"),
              HasSubstr("None of these attacks singled out a person"));
}

TEST(RiskReport, ThePageSaysWhoCouldDoIt) {
  const std::string html = *risk_report(example::with_attackers(), {}, "2026-03-06");
  EXPECT_THAT(html, HasSubstr("Who could do it"));
  EXPECT_THAT(html, HasSubstr("Saw &lt;one&gt; visit."));
  EXPECT_THAT(html, HasSubstr("Not in this export, so not used: region."));
  EXPECT_THAT(html, HasSubstr("Absent de cet export, donc non utilisé\u00a0: région."));
  EXPECT_THAT(html, HasSubstr("the week of each event"));
  EXPECT_THAT(html, HasSubstr("Groups that are singled out most"));
  EXPECT_THAT(html, testing::Not(HasSubstr("{{")));
}

const std::string& page_of_both() {
  static const std::string page = *risk_report(
      example::of_both(), {{{"singled_out", 0.05}, {"the worst", "le pire"}, 0.7123, 0.7123, true}},
      "2026-03-06");
  return page;
}

const std::string& page_of_tables() {
  static const std::string page = *risk_report(example::of_tables(5), {}, "2026-03-06");
  return page;
}

const std::string& page_of_links() {
  static const std::string page = *risk_report(example::of_links(), {}, "2026-03-06");
  return page;
}

// What stands between two texts, again and again.
std::vector<std::string> all_between(const std::string& page, const std::string& open,
                                     const std::string& close) {
  std::vector<std::string> found;
  for (std::size_t at = page.find(open); at != std::string::npos; at = page.find(open, at)) {
    const std::size_t begin = at + open.size();
    const std::size_t end = page.find(close, begin);
    found.push_back(page.substr(begin, end - begin));
    at = end;
  }
  return found;
}

std::string without(std::string page, const std::string& open, const std::string& close) {
  for (std::size_t at = page.find(open); at != std::string::npos; at = page.find(open, at)) {
    page.erase(at, page.find(close, at) + close.size() - at);
  }
  return page;
}

// The words that a reader of this language sees, in the page's order. Names of files and
// columns, and titles of papers stay as they are.
std::string read_in(const std::string& language, std::string page) {
  const std::string other = language == "fr" ? "en" : "fr";
  page = page.substr(page.find("<div id=\"page\""));
  page = without(page, "<script", "</script>");
  page = without(page, "<span lang=\"" + other + "\">", "</span>");
  page = without(page, "<p lang=\"" + other + "\">", "</p>");
  page = without(page, "<code>", "</code>");
  page = without(page, "<cite>", "</cite>");
  page = without(page, "<p class=\"languages\">", "</p>");
  page = without(page, "<", ">");
  return page;
}

TEST(RiskReport, NoEnglishIsLeftInTheFrenchAndNoFrenchInTheEnglish) {
  const std::regex english(
      "\\b(the|of|and|is|are|by|with|who|known|patients? are|people|yes|no)\\b");
  const std::regex french(
      "é|è|ê|à|ç|œ|\\b(les?|la|des|du|et|est|sont|par|sur|qui|aucune?)\\b|’(a|i)");
  for (const std::string& page : {page_of_both(), page_of_links(), page_of_tables()}) {
    std::smatch found;
    const std::string fr = read_in("fr", page);
    EXPECT_FALSE(std::regex_search(fr, found, english))
        << found.prefix().str().substr(
               found.prefix().length() < 200 ? 0 : found.prefix().length() - 200)
        << " -> " << found[0];
    const std::string en = read_in("en", page);
    EXPECT_FALSE(std::regex_search(en, found, french))
        << found.prefix().str().substr(
               found.prefix().length() < 200 ? 0 : found.prefix().length() - 200)
        << " -> " << found[0];
    EXPECT_GT(fr.size(), 1500);
    EXPECT_GT(en.size(), 1500);
  }
}

TEST(RiskReport, EveryTextStandsInBothLanguagesAndNoneIsEmpty) {
  for (const std::string& page : {page_of_both(), page_of_links(), page_of_tables()}) {
    const auto en = all_between(page, "<span lang=\"en\">", "</span>");
    const auto fr = all_between(page, "<span lang=\"fr\">", "</span>");
    EXPECT_EQ(en.size(), fr.size());
    EXPECT_THAT(en, Not(testing::Contains("")));
    EXPECT_THAT(fr, Not(testing::Contains("")));
  }
}

TEST(RiskReport, FiguresAreWrittenAsEachLanguageWritesThem) {
  const std::string fr = without(read_in("fr", page_of_both()), "parcours 0.", ";");
  const std::string en = read_in("en", page_of_both());
  EXPECT_THAT(en, HasSubstr("Of 12,345 patients"));
  EXPECT_THAT(fr, HasSubstr("sur 12\u202f345 patients"));
  EXPECT_THAT(en, HasSubstr("it is 45.2\u00a0%"));
  EXPECT_THAT(fr, HasSubstr("médiane est de 45,2\u00a0%"));
  EXPECT_THAT(en, HasSubstr("(the worst) is 0.7123; at most 0.05"));
  EXPECT_THAT(fr, HasSubstr("(le pire) vaut 0,7123\u202f; 0,05 au plus"));
  EXPECT_THAT(fr, HasSubstr("tranches de 2,5"));
  EXPECT_THAT(fr, Not(testing::ContainsRegex("[0-9][.,][0-9]+ ?%")));  // an ordinary space, or none
  EXPECT_THAT(fr, Not(testing::ContainsRegex("[0-9]\\.[0-9]")));
  EXPECT_THAT(fr, Not(testing::ContainsRegex(" (:|;|\\?|!|»)")));
  EXPECT_THAT(fr, Not(HasSubstr("'")));
}

TEST(RiskReport, ChartsAreDrawnInBothLanguages) {
  std::size_t french = 0;
  std::size_t all = 0;
  for (const std::string& text :
       all_between(page_of_both(), "<script type=\"application/json\">", "</script>")) {
    const auto chart = nlohmann::json::parse(text);
    const bool is_french = chart["config"]["locale"]["number"]["decimal"] == ",";
    EXPECT_EQ(chart["description"].get<std::string>().starts_with("Part des"), is_french);
    EXPECT_EQ(text.find("singled out") == std::string::npos &&
                  text.find("the people") == std::string::npos,
              is_french);
    french += is_french ? 1 : 0;
    ++all;
  }
  EXPECT_EQ(all, 6);
  EXPECT_EQ(french, 3);
}

TEST(RiskReport, ThePageSaysWhoIsJoinedAndWhatAStableCodeAdds) {
  const std::string en = read_in("en", page_of_links());
  EXPECT_THAT(en, HasSubstr("8 of 10 patients who are in other.csv as well are joined"));
  EXPECT_THAT(en, HasSubstr("70.0 to 90.0"));
  EXPECT_THAT(en, HasSubstr("95.5 to 98.5"));  // with the fields: drawn as well
  EXPECT_THAT(en, HasSubstr("1972-01-01few"));
  EXPECT_THAT(en, HasSubstr("joined again without the pseudonym"));
  EXPECT_THAT(en, HasSubstr("1971-01-01"));
  EXPECT_THAT(read_in("fr", page_of_links()), HasSubstr("70,0 à 90,0"));
  EXPECT_THAT(page_of_both(), Not(HasSubstr("id=\"joined\"")));
}

TEST(RiskReport, ThePageHasALanguageSwitch) {
  EXPECT_THAT(page_of_both(), HasSubstr("id=\"french\""));
  EXPECT_THAT(page_of_both(), HasSubstr("data-title-fr=\"Risque de réidentification\u00a0: "));
}

}  // namespace
}  // namespace parcours::assessment
