#include "audit/audit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>

#include "audit/audit_page.h"
#include "audit/audit_words.h"
#include "audit/read_published.h"

namespace parcours::audit {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Tables = std::vector<std::pair<std::string, std::string>>;

struct Audited {
  PublishedSystem published;
  TableAudit audit;

  const Disclosure& of(const std::string& name) const {
    const auto at = std::ranges::find_if(audit.disclosures, [&](const Disclosure& disclosure) {
      return published.name(disclosure.cell) == name;
    });
    EXPECT_NE(at, audit.disclosures.end()) << name;
    return *at;
  }
  std::string interval(const std::string& name) const {
    return interval_text(published, of(name)).en;
  }
  std::string first_sentence() const { return answer(audit).en; }
};

Audited audited(const Tables& tables, const Reading& reading = {}) {
  Audited made;
  auto published = parse_published(tables, reading);
  EXPECT_TRUE(published) << published.error().sentence();
  made.published = *std::move(published);
  Progress progress(Progress::Manner::none);
  const Stop stop;
  auto found = audit(made.published, {}, progress, stop);
  EXPECT_TRUE(found) << found.error().sentence();
  made.audit = *std::move(found);
  const auto page = audit_page(made.published, made.audit, 11);
  EXPECT_TRUE(page) << page.error().sentence();
  return made;
}

TEST(Audit, WorksOutTheOneHiddenPartOfATotal) {
  const Audited a = audited({{"t.csv", "sex,n\nF,\nM,5\nT,12\n"}});
  EXPECT_EQ(a.first_sentence(), "The one hidden cell can be worked out exactly.");
  EXPECT_EQ(a.of("sex F").derivation->value(), 7);
}

TEST(Audit, BoundsWhatItCannotWorkOut) {
  const Audited a =
      audited({{"t.csv", "age,n\na,<5\nb,<5\nc,9\nT,15\n"}}, {.marks = {{"<5", 1, 4}}});
  EXPECT_EQ(a.first_sentence(), "None of 2 hidden cells can be worked out exactly.");
  EXPECT_EQ(a.interval("age a"), "2 to 4");
  EXPECT_TRUE(narrower(a.published, a.of("age a"), 3));
  EXPECT_FALSE(narrower(a.published, a.of("age a"), 2));
}

// Two hidden cells of one row that sum to two, and neither is empty: each is one.
TEST(Audit, SeesThatWhatCannotBeEmptyIsKnownWhereItIsAsSmallAsItCanBe) {
  const Audited a =
      audited({{"t.csv", "age,n\na,<5\nb,<5\nc,9\nT,11\n"}}, {.marks = {{"<5", 1, 4}}});
  EXPECT_EQ(a.interval("age a"), "1");
  EXPECT_EQ(a.of("age a").exposure, HowKnown::pinned);
  EXPECT_EQ(a.first_sentence(), "All 2 hidden cells can be worked out exactly.");
}

TEST(Audit, LinksTables) {
  const Audited a = audited(
      {{"a.csv", "age,sex,n\na,F,\na,M,\nb,F,4\nb,M,5\n"}, {"b.csv", "sex,n\nF,10\nM,8\n"}});
  EXPECT_EQ(a.of("age a, sex F").derivation->value(), 6);
  EXPECT_EQ(a.of("age a, sex M").derivation->value(), 3);
}

TEST(Audit, SaysWhatAnotherTablePrints) {
  const Audited a = audited({{"a.csv", "sex,n\nF,\nM,\nT,9\n"}, {"b.csv", "sex,n\nF,4\n"}});
  EXPECT_EQ(a.of("sex F").exposure, HowKnown::shown);
  EXPECT_EQ(a.of("sex M").exposure, HowKnown::worked_out);
}

// 10 and 10 make 25, all rounded to fives: each part is 12 and their sum is 23 or 24.
TEST(Audit, UndoesRounding) {
  const Audited a = audited({{"t.csv", "sex,n\nF,10\nM,10\nT,25\n"}},
                            {.rounding = Rounding{{5, 0}, RoundedTo::nearest}});
  EXPECT_EQ(a.audit.rounded(), 3u);
  EXPECT_EQ(a.interval("sex F"), "11 to 12");
  EXPECT_EQ(a.interval("total"), "23 to 24");
}

TEST(Audit, ReadsPercentagesAsTheCountsThatTheyAreOf) {
  const Audited a = audited({{"t.csv", "sex,percent,base\nF,,40\nM,62.5,40\nT,100.0,40\n"}},
                            {.value = "percent", .percent_of = "base"});
  EXPECT_EQ(a.of("sex F").derivation->value(), 15);
}

TEST(Audit, BoundsSeveralAnswersByTheirUnion) {
  const Audited a = audited({{"t.csv", "drug,n\na,\nb,7\n_ANY,12\n"}});
  EXPECT_EQ(a.interval("drug a"), "5 to 12");
}

TEST(Audit, SaysOfAnyAndOfNothingInBothLanguagesWhatTheyAre) {
  const Audited a = audited({{"t.csv", "drug,n\n\"\",4\na,\nb,7\n_ANY,12\n"}});
  const std::string page = audit_page(a.published, a.audit, {}).value();
  EXPECT_THAT(page, HasSubstr("<span lang=\"fr\">au moins un</span>"));
  EXPECT_THAT(page, HasSubstr("<span lang=\"en\">any</span>"));
  EXPECT_THAT(page, HasSubstr("<span lang=\"fr\">(vide)</span>"));
  EXPECT_THAT(page, HasSubstr("<span lang=\"en\">(empty)</span>"));
}

TEST(Audit, KnowsWhoInsideCouldDoBetter) {
  const Audited a = audited({{"t.csv", "sex,n\nF,\nM,\nX,3\nT,12\n"}});
  ASSERT_EQ(a.audit.insiders.groups.size(), 1u);
  EXPECT_THAT(summary(a.published, a.audit, {}),
              testing::Contains(testing::Field(&tables::Label::en,
                                               HasSubstr("An insider who knows one hidden cell"))));
}

TEST(Audit, G2DoesNotAuditWhatDoesNotAddUp) {
  const Audited a = audited({{"t.csv", "age,sex,n\na,F,1\na,M,2\na,T,4\nb,F,\nb,M,5\nb,T,9\n"}});
  ASSERT_EQ(a.audit.disagreements.size(), 1u);
  EXPECT_EQ(a.audit.disagreements[0].where, "t.csv:4");
  EXPECT_TRUE(a.audit.disclosures.empty());
}

TEST(Audit, G2SeesAContradictionThatNoSingleSumShows) {
  // The hidden column is 10 by its parts' rows and 12 by its total.
  const Audited a = audited(
      {{"t.csv", "age,sex,n\na,F,\na,M,2\na,T,7\nb,F,\nb,M,5\nb,T,10\nT,F,12\nT,M,7\nT,T,19\n"}});
  ASSERT_FALSE(a.audit.disagreements.empty());
}

TEST(Audit, CountsInDecimalsWhereTheTableDoes) {
  const Audited a = audited({{"t.csv", "sex,n\nF,\nM,2.5\nT,6.25\n"}});
  EXPECT_EQ(derived_value(a.published, *a.of("sex F").derivation), "3.75");
}

std::string page_of(const Audited& a) {
  return audit_page(a.published, a.audit, {}).value();
}

TEST(Audit, SaysItsAnswerInFrenchToo) {
  EXPECT_EQ(answer(audited({{"t.csv", "sex,n\nF,\nM,5\nT,12\n"}}).audit).fr,
            "La seule case masquée se déduit exactement.");
  const Reading reading{.marks = {{"<5", 1, 4}}};
  EXPECT_EQ(answer(audited({{"t.csv", "age,n\na,<5\nb,<5\nc,9\nT,15\n"}}, reading).audit).fr,
            "Aucune des 2 cases masquées ne se déduit exactement.");
  EXPECT_EQ(answer(audited({{"t.csv", "age,n\na,<5\nb,<5\nc,9\nT,11\n"}}, reading).audit).fr,
            "Les 2 cases masquées se déduisent toutes exactement.");
  EXPECT_EQ(answer(audited({{"t.csv", "sex,n\nF,7\nM,5\nT,12\n"}}).audit).fr,
            "Aucune case n’est masquée.");
}

TEST(Audit, PageSaysEverythingInBothLanguages) {
  for (const std::string& page :
       {page_of(audited({{"t.csv", "sex,n\nF,\nM,5\nT,12\n"}})),
        page_of(audited({{"t.csv", "age,n\na,<5\nb,<5\nc,9\nT,15\n"}}, {.marks = {{"<5", 1, 4}}})),
        page_of(audited({{"t.csv", "sex,n\nF,7\nM,5\nT,13\n"}}))}) {
    const auto count = [&](std::string_view what) {
      std::size_t n = 0;
      for (std::size_t at = page.find(what); at != std::string::npos;
           at = page.find(what, at + 1)) {
        ++n;
      }
      return n;
    };
    EXPECT_GT(count("<span lang=\"fr\">"), 10);
    EXPECT_EQ(count("<span lang=\"en\">"), count("<span lang=\"fr\">"));
    EXPECT_EQ(count("></span>"), 0);
    EXPECT_EQ(count("id=\"french\""), 1);
  }
  EXPECT_THAT(page_of(audited({{"t.csv", "sex,n\nF,7\nM,5\nT,13\n"}})),
              HasSubstr("total vaut 13, mais ses parties par sex (2) font 12"));
}

TEST(Audit, PageHoldsNothingThatATableCouldRun) {
  auto published =
      parse_published({{"<b>.csv", "sex,n\n<script>alert(1)</script>,\nM,5\nT,12\n"}}, {});
  Progress progress(Progress::Manner::none);
  const Stop stop;
  const auto found = audit(*published, {}, progress, stop);
  const std::string page = audit_page(*published, *found, {}).value();
  EXPECT_THAT(page, testing::Not(HasSubstr("<script>alert")));
  EXPECT_THAT(page, HasSubstr("&lt;script&gt;alert"));
}

// The slow twin: all whole tables of a row and column that fit what is printed.
RC_GTEST_PROP(Audit, AgreesWithEveryTableThatFits, ()) {
  std::vector<std::int64_t> world(4);
  for (std::int64_t& cell : world) {
    cell = *rc::gen::inRange(0, 5);
  }
  const std::vector<std::int64_t> all = {world[0],
                                         world[1],
                                         world[0] + world[1],
                                         world[2],
                                         world[3],
                                         world[2] + world[3],
                                         world[0] + world[2],
                                         world[1] + world[3],
                                         world[0] + world[1] + world[2] + world[3]};
  std::vector<bool> hidden(9);
  std::string csv = "age,sex,n\n";
  for (std::size_t c = 0; c < 9; ++c) {
    hidden[c] = *rc::gen::arbitrary<bool>();
    csv += std::string(1, "abT"[c / 3]) + "," + std::string(1, "FMT"[c % 3]) + "," +
           (hidden[c] ? "" : std::to_string(all[c])) + "\n";
  }
  const Audited a = audited({{"t.csv", csv}});
  const std::int64_t most = 20;  // what is unbounded reaches it
  std::vector<std::pair<std::int64_t, std::int64_t>> reach(9, {most, 0});
  for (std::int64_t x = 0; x <= most; ++x) {
    for (std::int64_t y = 0; y <= most; ++y) {
      for (std::int64_t z = 0; z <= most; ++z) {
        for (std::int64_t w = 0; w <= most; ++w) {
          const std::int64_t t[] = {x, y, x + y, z, w, z + w, x + z, y + w, x + y + z + w};
          bool fits = true;
          for (std::size_t c = 0; c < 9; ++c) {
            fits = fits && (hidden[c] || t[c] == all[c]);
          }
          for (std::size_t c = 0; c < 9 && fits; ++c) {
            reach[c] = {std::min(reach[c].first, t[c]), std::max(reach[c].second, t[c])};
          }
        }
      }
    }
  }
  for (const Disclosure& disclosure : a.audit.disclosures) {
    const auto& [low, high] = reach[disclosure.cell];
    if (disclosure.exposure == HowKnown::worked_out) {
      RC_ASSERT(low == high);
      RC_ASSERT(disclosure.derivation->value() == low);
    } else {
      RC_ASSERT(disclosure.interval->whole_low == low);
      RC_ASSERT((disclosure.exposure == HowKnown::pinned) == (low == high));
      RC_ASSERT(high >= most || disclosure.interval->whole_high == high);
      RC_ASSERT(high < most || disclosure.interval->whole_high == sums::no_limit);
    }
  }
}

}  // namespace
}  // namespace parcours::audit
