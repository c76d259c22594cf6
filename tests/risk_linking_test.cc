// parcours risk --with and --periods, as a user meets them: two exports of events under other
// names, and successive ones.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "command.h"
#include "risk_command.h"
#include "story.h"

namespace parcours {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using testing::HasSubstr;

// Forty patients who each have visits on days and of codes that few share, every year again.
std::string events(const std::string& names, int from_year, int to_year, bool with_truth) {
  std::string text = std::string("patient,day,code,sex") + (with_truth ? ",truth" : "") + "\n";
  for (int year = from_year; year <= to_year; ++year) {
    for (int i = 0; i < 40; ++i) {
      for (int event = 0; event < 3; ++event) {
        text += fmt::format("{}{},{}-{:02}-{:02},C{},{}{}\n", names, i * 7 % 40, year,
                            1 + (i + event) % 12, 1 + (i * 5 + event * 3) % 28,
                            event == 0 ? i : event * 50 + i % 4, i % 2 == 0 ? "F" : "M",
                            with_truth ? fmt::format(",SECRET{}", i) : "");
      }
    }
  }
  return text;
}

class RiskLinking : public RiskCommand {
 protected:
  RiskLinking() : RiskCommand({"--attackers", "none", "--timing", "days", "--quiet"}) {}
  // What the first way with that timing found.
  static Json way(const Json& linkage, const std::string& timing, bool with_fields = false) {
    for (const Json& one : linkage["ways"]) {
      if (one["timing"] == timing && one["with_fields"] == with_fields) {
        return one["found"];
      }
    }
    return {};
  }
};

TEST_F(RiskLinking, TwoClientsFilesAreJoinedWhateverThePatientsAreCalled) {
  const fs::path first = file("a.csv", events("x", 2023, 2024, true));
  const fs::path second = file("b.csv", events("y", 2023, 2024, true));
  const Json answer = json({first, "--with", second, "--person", "truth"});
  const Json& linkage = answer["paths_linkage"];
  EXPECT_EQ(linkage["other"], "b.csv");
  EXPECT_EQ(linkage["in_both"], 40);
  EXPECT_EQ(linkage["known_by"], "truth");
  EXPECT_EQ(linkage["whole_paths_joined"], 40);
  EXPECT_EQ(linkage["whole_paths_joined_right"], 40);
  EXPECT_EQ(linkage["fields"], Json{"sex"});  // and not the truth
  // Days, days within 7, days since the first event, order, codes; three of them with fields.
  ASSERT_EQ(linkage["ways"].size(), 8);
  for (const Json& way : linkage["ways"]) {
    EXPECT_EQ(way["found"]["joined_right"], 40);
  }
  EXPECT_EQ(answer["measures"]["linked_by_codes_right"], 1);
  EXPECT_EQ(risk({first, "--with", second, "--limit", "linked_by_days=0.1"}).exit, 1);

  const Ran told = risk({first, "--with", second, "--person", "truth"});
  EXPECT_THAT(told.out,
              HasSubstr("All patients who are in b.csv as well are joined with themselves"));
  EXPECT_THAT(told.out, testing::Not(HasSubstr("SECRET")));
}

// 999 is no year of birth, and two patients do not share it.
TEST_F(RiskLinking, AYearOfBirthThatIsNotKnownJoinsNobodyAndIsSaidFirst) {
  const auto born = [](const std::string& names) {
    std::string text = "patient,day,code,birth_year\n";
    for (int line = 0; line < 120; ++line) {
      const int i = line / 3;
      text += fmt::format("{}{},2023-01-{:02},C{},{}\n", names, i, 1 + i % 5 + 7 * (line % 3),
                          line % 3, i % 2 == 0 ? 999 : 1950 + i);
    }
    return text;
  };
  const fs::path first = file("a.csv", born("x"));
  const fs::path second = file("b.csv", born("y"));
  const Json answer = json({first, "--with", second});
  ASSERT_EQ(answer["doubts"].size(), 2);
  EXPECT_THAT(answer["doubts"][0], HasSubstr("in 'birth_year' of a.csv, 999 stands"));
  EXPECT_THAT(answer["doubts"][1], HasSubstr("in 'birth_year' of b.csv, 999 stands"));
  const Json& linkage = answer["paths_linkage"];
  EXPECT_EQ(linkage["taken_for_empty_in_other"][0]["lines"], 20);
  EXPECT_EQ(way(linkage, "days", true)["joined"], 20);
}

TEST_F(RiskLinking, WithoutTheTruthStrangersAreTheBaseRate) {
  const Json linkage = json({file("a.csv", events("x", 2023, 2023, false)), "--with",
                             file("b.csv", events("y", 2024, 2024, false))})["paths_linkage"];
  EXPECT_TRUE(linkage["in_both"].is_null());
  EXPECT_EQ(linkage["same_codes"], 0);
  EXPECT_EQ(linkage["whole_paths_joined"], 0);  // no day is in both
  EXPECT_EQ(way(linkage, "days")["joined"], 0);
  EXPECT_FALSE(way(linkage, "days").contains("joined_right"));
  EXPECT_GT(way(linkage, "none")["joined"], 30);  // but the codes come again
  EXPECT_TRUE(way(linkage, "none")["joined_by_chance"].is_number());
  EXPECT_LT(way(linkage, "none", true)["joined_by_chance"], 40);
}

// Every patient's days are moved by some number of days of their own, in each export by another.
TEST_F(RiskLinking, DaysThatWereShiftedByPatientAreJoinedByTheDaysBetween) {
  const auto shifted = [](const std::string& names, unsigned shift) {
    std::string text = "patient,day,code,truth\n";
    unsigned seed = 7;
    for (int i = 0; i < 100; ++i) {
      shift = shift * 1664525U + 1013904223U;
      for (int event = 0; event < 6; ++event) {
        seed = seed * 1664525U + 1013904223U;
        text += fmt::format("{}{},{},C{},t{}\n", names, i, (shift >> 8) % 3000 + (seed >> 8) % 400,
                            (seed >> 20) % 5, i);
      }
    }
    return text;
  };
  const fs::path first = file("a.csv", shifted("x", 1));
  const fs::path second = file("b.csv", shifted("y", 99));
  const Json answer = json({first, "--with", second, "--person", "truth"});
  EXPECT_LT(way(answer["paths_linkage"], "days")["joined_right"], 20);
  EXPECT_GT(way(answer["paths_linkage"], "since_first")["joined_right"], 90);
  EXPECT_GE(answer["measures"]["linked_by_since_first_right"], 0.9);
  EXPECT_TRUE(answer["measures"].contains("linked_by_order"));
  const Ran told = risk({first, "--with", second, "--person", "truth"});
  EXPECT_THAT(told.out,
              HasSubstr("joined with themselves by the same codes as long after the first "
                        "event; of strangers"));
  EXPECT_THAT(told.out, HasSubstr("100 patients are in both exports; all of them were tried."));
  // So are days that count from a day of the patient's own.
  std::string dates = "patient,day,code\n";
  std::string numbers = "patient,day,code\n";
  unsigned seed = 3;
  for (int i = 0; i < 40; ++i) {
    for (int event = 0; event < 4; ++event) {
      seed = seed * 1664525U + 1013904223U;
      const unsigned day = (seed >> 12) % 28;
      dates += fmt::format("x{},2023-01-{:02},C{}\n", i, 1 + day, event);
      numbers += fmt::format("y{},{},C{}\n", i, 100 + day, event);
    }
  }
  const Json both = json({file("c.csv", dates), "--with", file("d.csv", numbers)})["paths_linkage"];
  EXPECT_TRUE(way(both, "days").is_null());
  EXPECT_GT(way(both, "since_first")["joined"], 10);
}

// Other people altogether: what is joined is chance, and chance says so.
TEST_F(RiskLinking, StrangersAreJoinedAsOftenAsByChance) {
  const auto drawn = [](const std::string& names, unsigned seed) {
    std::string text = "patient,day,code\n";
    for (int i = 0; i < 300; ++i) {
      for (int event = 0; event < 4; ++event) {
        seed = seed * 1664525U + 1013904223U;
        text += fmt::format("{}{},2023-01-{:02},C{}\n", names, i, 1 + (seed >> 8) % 28,
                            (seed >> 16) % 60);
      }
    }
    return text;
  };
  const Json linkage = json(
      {file("a.csv", drawn("x", 1)), "--with", file("b.csv", drawn("y", 99))})["paths_linkage"];
  for (const Json& way : linkage["ways"]) {
    const double joined = way["found"]["joined"].get<double>();
    EXPECT_NEAR(joined, way["found"]["joined_by_chance"].get<double>(), 0.1 * 300) << way;
  }
}

TEST_F(RiskLinking, ThatCodesAreTheSameSaysNotWhoIsWhoUntilTheUserSaysSo) {
  const fs::path first = file("a.csv", events("x", 2023, 2023, false));
  const fs::path second = file("b.csv", events("x", 2024, 2024, false));
  const Json unsaid = json({first, "--with", second})["paths_linkage"];
  EXPECT_TRUE(unsaid["in_both"].is_null());
  EXPECT_EQ(unsaid["same_codes"], 40);
  EXPECT_THAT(risk({first, "--with", second}).out, HasSubstr("say so with --person"));
  const Json said = json({first, "--with", second, "--person", "patient"})["paths_linkage"];
  EXPECT_EQ(said["in_both"], 40);
  EXPECT_EQ(said["known_by"], "patient");
  EXPECT_EQ(way(said, "none")["joined_right"], 40);
}

TEST_F(RiskLinking, WhoeverIsInBothIsTriedHoweverFewTheyAre) {
  std::string second = events("y", 2023, 2024, true);
  for (std::size_t at = second.find("SECRET"); at != std::string::npos;
       at = second.find("SECRET", at + 6)) {
    if (second.compare(at, 9, "SECRET17\n") != 0) {
      second.replace(at, 6, "OTHER_");
    }
  }
  const fs::path first = file("a.csv", events("x", 2023, 2024, true));
  const Json linkage = json({first, "--with", file("b.csv", second), "--person", "truth",
                             "--attacks", "5"})["paths_linkage"];
  EXPECT_EQ(linkage["in_both"], 1);
  EXPECT_EQ(way(linkage, "days")["tried"], 1);
  // Nobody is in both: then whoever is joined is joined wrongly.
  const Json nobody = json({file("o.csv", with(second, "SECRET17", "OTHER_17")), "--with", first,
                            "--person", "truth"})["paths_linkage"];
  EXPECT_TRUE(nobody["nobody_in_both"]);
  EXPECT_TRUE(nobody["in_both"].is_null());
  EXPECT_THAT(mistake({first, "--with", file("c.csv", events("y", 2023, 2024, false)), "--person",
                       "truth"}),
              HasSubstr("no column 'truth'"));
}

TEST_F(RiskLinking, PeriodsSayWhatAStableCodeAdds) {
  const fs::path panel = file("a.csv", events("x", 2022, 2024, false));
  const Json succession = json({panel, "--periods", "year"})["succession"];
  ASSERT_EQ(succession["periods"].size(), 3);
  EXPECT_EQ(succession["periods"][0]["from"], "2022-01-01");
  EXPECT_TRUE(succession["periods"][0]["joined_without_code"].is_null());
  EXPECT_EQ(succession["periods"][2]["patients_so_far"], 40);
  EXPECT_EQ(succession["periods"][2]["joined_without_code"]["in_both"], 40);
  EXPECT_EQ(succession["fields"], Json{"sex"});
  EXPECT_THAT(risk({panel, "--periods", "quarter"}).out,
              HasSubstr("adds that patients keep their pseudonym"));
  // Of a period of few patients nothing is told from the threshold on.
  const fs::path stray = file("s.csv", events("x", 2022, 2024, false) + "x1,2019-05-05,C1,F\n");
  const Json few = json({stray, "--periods", "year", "--threshold", "11"})["succession"]["periods"];
  EXPECT_TRUE(few[0]["patients"].is_null());
  EXPECT_TRUE(few[0]["unique_share_alone"].is_null());
  EXPECT_EQ(few[3]["patients"], 40);
  // Nor of the few who came back, of whom a share would tell how many there were.
  std::string back;
  for (int i = 0; i < 40; ++i) {
    back += fmt::format("p{0},2020-02-{1:02},C{2},F\nr{0},2021-02-{1:02},C{2},F\n", i, 1 + i % 28,
                        i % 9);
  }
  const Json one = json({file("r.csv", "patient,day,code,sex\n" + back + "p3,2021-05-05,C3,F\n"),
                         "--periods", "year", "--threshold", "11"})["succession"]["periods"];
  EXPECT_EQ(one[1]["patients"], 41);
  EXPECT_TRUE(one[1]["joined_without_code"].is_null());
  EXPECT_THAT(mistake({panel, "--periods", "week"}), HasSubstr("month, quarter, year"));
  EXPECT_THAT(mistake({panel, "--periods", "1"}), HasSubstr("more than 60 periods"));
}

TEST_F(RiskLinking, AVaultHasPeriodsAndFieldsThatMayBeCalledUnknown) {
  const fs::path vault = small_panel() / "panel.vault";
  const Json answer = json({vault, "--periods", "year", "--known", "2", "--within", "0"});
  EXPECT_EQ(answer["fields"], (Json{"sex", "birth_year", "place", "practice"}));
  EXPECT_GT(answer["curve_with_fields"][0]["unique_share"], answer["curve"][0]["unique_share"]);
  EXPECT_EQ(answer["succession"]["periods"].size(), 3);
  EXPECT_EQ(json({vault, "--drop", "practice", "--known", "2", "--within", "0"})["fields"],
            (Json{"sex", "birth_year", "place"}));
  EXPECT_THAT(mistake({vault, "--drop", "practise"}), HasSubstr("did you mean 'practice'?"));
  EXPECT_THAT(mistake({vault, "--with", vault}), HasSubstr("--periods year"));
}

TEST_F(RiskLinking, WhatCannotBeJoinedIsSaid) {
  const fs::path panel = file("a.csv", events("x", 2023, 2023, false));
  const fs::path people = file("p.csv", "id,age\na,1\nb,2\n");
  EXPECT_THAT(mistake({panel, "--with", people}), HasSubstr("of events and the other of people"));
  EXPECT_THAT(mistake({panel, "--person", "sex"}), HasSubstr("--person without --with"));
  const fs::path ours = folder / "ours.toml";
  fs::copy_file(fs::path(PARCOURS_SOURCE_DIR) / "attackers/default.toml", ours);
  const Ran nobody = run_parcours({"risk", people, "--attackers", ours});
  EXPECT_EQ(nobody.exit, 2);
  EXPECT_THAT(nobody.err, HasSubstr("these attackers know nothing"));
  EXPECT_THAT(mistake({panel, "--with", panel, "--person", "who"}), HasSubstr("who"));
  EXPECT_THAT(mistake({people, "--periods", "year"}), HasSubstr("no events to cut into periods"));
}

}  // namespace
}  // namespace parcours
