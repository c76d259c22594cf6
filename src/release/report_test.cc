#include "release/report.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <regex>

#include "release/evidence.h"
#include "release/figures.h"
#include "release/gate.h"
#include "release/testing/example.h"

namespace parcours::release {
namespace {

Release release_of(crowds::Counted counted, const Asked& asked,
                   const protect::Rules& rules = example::rules()) {
  protect::Protected made = example::protect_plainly(counted, rules);
  return Release(*judge(counted, std::move(made), rules, example::attacks(), example::study()),
                 example::permitted(), asked);
}

const std::string& page() {
  static const std::string page = *report(release_of(example::counted(), example::asked()));
  return page;
}

// The page without what stands between <script> and </script>.
std::string markup(std::string page) {
  for (std::size_t at = page.find("<script"); at != std::string::npos;
       at = page.find("<script", at)) {
    const std::size_t inside = page.find('>', at) + 1;
    page.erase(inside, page.find("</script>", inside) - inside);
    at = inside;
  }
  return page;
}

TEST(Report, ReachesForNothingOutsideItself) {
  const std::string html = markup(page());
  EXPECT_EQ(html.find("http:"), std::string::npos);
  EXPECT_EQ(html.find("https:"), std::string::npos);
  EXPECT_EQ(html.find("src="), std::string::npos);
  EXPECT_EQ(html.find("url("), std::string::npos);
  EXPECT_EQ(html.find("@import"), std::string::npos);
  EXPECT_EQ(html.find("<link"), std::string::npos);
  // And the browser is told to refuse it if something in the scripts tried.
  EXPECT_NE(html.find("default-src 'none'"), std::string::npos);
  const std::regex reference("href=\"([^\"]*)\"");
  for (auto it = std::sregex_iterator(html.begin(), html.end(), reference);
       it != std::sregex_iterator(); ++it) {
    const std::string target = (*it)[1];
    EXPECT_TRUE(target.starts_with("#") || target.starts_with("tables/") ||
                target.starts_with("charts/") || target == "evidence.json" ||
                target == "datapackage.json")
        << target;
  }
}

TEST(Report, EveryScriptElementIsClosedOnceAndChartsAreReadable) {
  std::size_t charts = 0;
  const std::string open = "<script type=\"application/json\">";
  for (std::size_t at = page().find(open); at != std::string::npos;
       at = page().find(open, at + 1)) {
    const std::size_t begin = at + open.size();
    const auto chart =
        nlohmann::json::parse(page().substr(begin, page().find("</script>", begin) - begin));
    EXPECT_TRUE(chart.contains("data"));
    ++charts;
  }
  EXPECT_EQ(charts, 8);  // four tables in two languages
  const auto count = [](std::string_view what) {
    std::size_t n = 0;
    for (std::size_t at = page().find(what); at != std::string::npos;
         at = page().find(what, at + 1)) {
      ++n;
    }
    return n;
  };
  EXPECT_EQ(count("<script"), count("</script>"));
}

TEST(Report, SaysEverythingInBothLanguages) {
  const std::string html = markup(page());
  const auto count = [&](std::string_view what) {
    std::size_t n = 0;
    for (std::size_t at = html.find(what); at != std::string::npos; at = html.find(what, at + 1)) {
      ++n;
    }
    return n;
  };
  EXPECT_GT(count("lang=\"fr\""), 100u);
  EXPECT_EQ(count("lang=\"en\"") - 1, count("lang=\"fr\""));  // one more: the page's own
}

TEST(Report, ShowsATableOfNoDimensionAsASingleFigure) {
  crowds::Counted counted = example::counted();
  crowds::CrowdTable one{"all", {"All", "Tous"}, {}, {}, {}, {counted.population}};
  counted.tables = {one};
  protect::Protected made{{example::bare(one)}, {}};
  example::count(made);
  std::vector<attacks::AttackRun> attacks = example::attacks();
  const Release release(*judge(counted, made, example::rules(), attacks, example::study()),
                        example::permitted(), example::asked());
  EXPECT_NE(report(release)->find("<td>2\u202f400</td>"), std::string::npos);
}

// The release of the example, of whose tables these margins are needed most.
Release release_of_needs(std::vector<tables::Margin> of_controller,
                         std::vector<tables::Margin> of_ages) {
  const crowds::Counted counted = example::counted();
  study::Study study = example::study();
  study.tables.resize(2);
  study.tables[0].keep = std::move(of_controller);
  study.tables[1].keep = std::move(of_ages);
  protect::Protected made = example::protect_plainly(counted, example::rules());
  const NeededCount needed = count_needed(made.tables, study::needs_of(study).kept);
  made.summary.needed = needed.cells;
  made.summary.needed_published = needed.published;
  return Release(*judge(counted, std::move(made), example::rules(), example::attacks(), study),
                 example::permitted(), example::asked());
}

TEST(Report, SaysHowManyOfTheNeededCellsAreShownAndWhyNoMore) {
  const Release release = release_of_needs({{"region", "sex", "controller"}}, {});
  const std::string html = *report(release);
  EXPECT_NE(html.find("Of the 52 cells that the study needs most, 40 are published and 12 hidden:"),
            std::string::npos);
  EXPECT_NE(
      html.find("Sur les 52 cases dont l’étude a le plus besoin, 40 sont publiées et 12 masqu"),
      std::string::npos);
  const auto needed = evidence(release, {})["hidden"]["needed"];
  EXPECT_EQ(needed["cells"], 52);
  EXPECT_EQ(needed["published"], 40);
}

TEST(Report, OfNeededCellsThatAreAllShownItSaysNoMore) {
  EXPECT_NE(report(release_of_needs({}, {{"age", "sex"}}))
                ->find("Of the 8 cells that the study needs most, 8 are published.</span>"),
            std::string::npos);
  EXPECT_EQ(page().find("that the study needs most"), std::string::npos);
}

TEST(Report, AnswersFirstAndHasPercentagesBesideCounts) {
  const std::string html = page();
  const std::size_t answer = html.find("<ul class=\"answers\">");
  ASSERT_NE(answer, std::string::npos);
  EXPECT_LT(answer, html.find("patients counted"));
  EXPECT_NE(html.find("Of 2\u202f400 patients, "), std::string::npos);
  EXPECT_NE(html.find("Sur 2\u202f400 patients, "), std::string::npos);
  EXPECT_TRUE(std::regex_search(html, std::regex("<td>[0-9]+<small><span lang=\"en\">[0-9.]+")));
}

// The language's switch is in the banner, so that all of the page lies in a landmark.
TEST(Report, HasNothingOutsideItsLandmarks) {
  const std::string html = page();
  EXPECT_GT(html.find("class=\"switch\""), html.find("<header"));
  EXPECT_LT(html.find("class=\"switch\""), html.find("</header>"));
}

// The example's tables as far as nobody is in them and all else is hidden.
TEST(Report, SaysFirstThatItShowsFewOfItsPatients) {
  const crowds::Counted counted = example::counted();
  protect::Protected made = example::protect_plainly(counted, example::rules());
  for (std::size_t t = 0; t < made.tables.size(); ++t) {
    for (std::size_t i = 0; i < made.tables[t].cells.size(); ++i) {
      if (counted.tables[t].cells[i].patients != counted.population.patients &&
          counted.tables[t].cells[i].patients > 0) {
        example::hide(made.tables[t], i);
      }
    }
  }
  example::count(made);
  const Release release(
      *judge(counted, std::move(made), example::rules(), example::attacks(), example::study()),
      example::permitted(), example::asked());
  const std::string html = markup(*report(release));
  const std::size_t english = html.find("This release shows few of its patients.");
  const std::size_t french = html.find("Cette diffusion montre peu de patients.");
  ASSERT_NE(english, std::string::npos);
  ASSERT_NE(french, std::string::npos);
  EXPECT_LT(english, html.find("patients counted"));
  EXPECT_EQ(evidence(release, {})["hidden"]["shows_little"], true);
  EXPECT_EQ(page().find("shows few of its patients"), std::string::npos);
}

// Of two small regions nobody has a controller: how many they are is hidden, what they share not.
TEST(Report, SaysOfHowManyHiddenGroupsItIsPublicWhatAllMembersShare) {
  std::vector<example::Person> people;
  for (std::size_t i = 0; i < 131; ++i) {
    const std::size_t region = i < 5 ? 0 : i < 11 ? 1 : 2;
    people.push_back({.age = 0,
                      .sex = 0,
                      .region = region,
                      .controller = region == 2 && i % 2 == 0 ? 0U : 1U,
                      .practice = i % 5,
                      .drugs = {},
                      .peak_flow = 0});
  }
  using Places = std::vector<std::set<std::size_t>>;
  const auto all = example::dimensions();
  tables::Dimension regions = all[2];
  regions.categories.resize(3);
  crowds::Counted counted;
  counted.population = example::count_table(people, "", {}, {}, {}, {}, [](const auto&) {
                         return Places();
                       }).cells[0];
  counted.tables = {example::count_table(people, "controller", {"Treatment", "Traitement"},
                                         {regions, all[3]}, {false, true}, {}, [](const auto& p) {
                                           return Places{{p.region}, {p.controller}};
                                         })};
  const Release release = release_of(counted, example::asked());
  const auto said = evidence(release, {})["hidden"]["shared_values"];
  EXPECT_EQ(said["hidden_groups"], 2);
  EXPECT_EQ(said["sharing"], 2);
  const std::string html = *report(release);
  EXPECT_NE(html.find("Hidden groups whose members are known to share a value: 2 of 2."),
            std::string::npos);
  EXPECT_NE(html.find("que tous les membres partagent une valeur\u00a0: 2 sur 2."),
            std::string::npos);
  EXPECT_EQ(page().find("are known to share a value"), std::string::npos);
}

TEST(Report, FoldsOneMoreSentenceInTheSingular) {
  Asked asked = example::asked();
  asked.sentences.resize(7, {"One.", "Un."});
  std::string html = *report(release_of(example::counted(), asked));
  EXPECT_NE(html.find("1 more sentence:"), std::string::npos);
  EXPECT_NE(html.find("1 autre phrase\u00a0:"), std::string::npos);
  asked.sentences.resize(8, {"One.", "Un."});
  html = *report(release_of(example::counted(), asked));
  EXPECT_NE(html.find("2 more sentences:"), std::string::npos);
  EXPECT_NE(html.find("2 autres phrases\u00a0:"), std::string::npos);
}

TEST(Report, WritesDaysAsPeopleDo) {
  EXPECT_NE(page().find("released on 23 November 2026"), std::string::npos);
  EXPECT_NE(page().find("diffusée le 23 novembre 2026"), std::string::npos);
}

// The template's own French: both() sets only what is filled in.
TEST(Report, NoFrenchLineBeginsWithAMark) {
  const std::string html = markup(page());
  const std::regex french("<span lang=\"fr\">([^<]*)");
  for (auto it = std::sregex_iterator(html.begin(), html.end(), french);
       it != std::sregex_iterator(); ++it) {
    const std::string text = (*it)[1];
    EXPECT_FALSE(std::regex_search(text, std::regex(" (?:[:;?!%]|»)"))) << text;
  }
}

TEST(Report, SaysWhatIsNotJudged) {
  EXPECT_NE(page().find("The gate cannot know of an objection that has not reached the vault."),
            std::string::npos);
  EXPECT_NE(page().find("The gate judged this release together with all releases"),
            std::string::npos);
  EXPECT_NE(page().find("Le contrôle a examiné cette diffusion avec toutes celles"),
            std::string::npos);
}

TEST(Report, RepeatsWhyTheRulesOnPracticesDidNotApply) {
  protect::Rules rules = example::rules();
  rules.has_practices = false;
  rules.no_practices_because = {"one source, no practices", "une seule source, sans cabinets"};
  const std::string html = *report(release_of(example::counted(), example::asked(), rules));
  EXPECT_NE(html.find("one source, no practices"), std::string::npos);
  EXPECT_NE(html.find("une seule source, sans cabinets"), std::string::npos);
}

TEST(Report, WordsFromAStudyCannotBecomeMarkup) {
  const std::string evil = "</script><img src=x onerror=alert(1)>\"'";
  Asked asked = example::asked();
  asked.title = {evil, evil};
  asked.sentences = {{evil, evil}};
  crowds::Counted counted = example::counted();
  counted.tables[0].title = {evil, evil};
  counted.tables[0].dimensions[0].label = {evil, evil};
  counted.tables[0].dimensions[0].categories[3].label = {evil, evil};
  EXPECT_EQ(markup(*report(release_of(counted, asked))).find("<img"), std::string::npos);
}

}  // namespace
}  // namespace parcours::release
