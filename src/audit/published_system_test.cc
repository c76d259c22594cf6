#include "audit/published_system.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>

#include "audit/assumed.h"
#include "audit/disagreements.h"
#include "audit/read_published.h"
#include "tables/csv.h"

namespace parcours::audit {
namespace {

using assumed::english;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using Tables = std::vector<std::pair<std::string, std::string>>;

PublishedSystem right(const Tables& tables, const Reading& reading = {}) {
  auto system = parse_published(tables, reading);
  EXPECT_TRUE(system) << system.error().sentence();
  return system ? *std::move(system) : PublishedSystem{};
}

std::string wrong(const Tables& tables, const Reading& reading = {}) {
  const auto system = parse_published(tables, reading);
  return system ? "it is right" : system.error().sentence();
}

// Each sum as its cells' names, the whole first: "total = sex F + sex M".
std::set<std::string> sums(const PublishedSystem& published) {
  std::set<std::string> said;
  for (const tables::Relation& relation : published.system.relations) {
    std::string whole;
    std::vector<std::string> parts;
    for (const tables::Relation::Term& term : relation.terms) {
      (term.coefficient > 0 ? whole : parts.emplace_back()) =
          term.cell < published.proper_cells ? published.name(term.cell) : "more";
    }
    std::ranges::sort(parts);
    for (std::size_t p = 0; p < parts.size(); ++p) {
      whole += (p == 0 ? " = " : " + ") + parts[p];
    }
    said.insert(whole);
  }
  return said;
}

class HierarchyFile {
 public:
  explicit HierarchyFile(const std::string& text)
      : path_(std::filesystem::path(testing::TempDir()) /
              ("hierarchy_" + std::to_string(reinterpret_cast<std::uintptr_t>(this)) + ".csv")) {
    std::ofstream(path_) << text;
  }
  ~HierarchyFile() { std::filesystem::remove(path_); }
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

TEST(PublishedSystem, OfATableIsItsCellsAndItsSums) {
  const PublishedSystem published = right({{"t.csv",
                                            "age,sex,n\na,F,1\na,M,2\na,T,3\nb,F,4\nb,M,5\nb,T,9\n"
                                            "T,F,5\nT,M,7\nT,T,12\n"}});
  EXPECT_EQ(published.proper_cells, 9u);
  EXPECT_THAT(
      sums(published),
      ElementsAre("age a = age a, sex F + age a, sex M", "age b = age b, sex F + age b, sex M",
                  "sex F = age a, sex F + age b, sex F", "sex M = age a, sex M + age b, sex M",
                  "total = age a + age b", "total = sex F + sex M"));
  EXPECT_TRUE(disagreements(published).empty());
}

TEST(PublishedSystem, FindsTheTotalByItsNameOrByAddingUp) {
  const PublishedSystem published =
      right({{"t.csv",
              "age,sex,n\na,F,1\na,M,2\na,0,3\nall,F,1\nall,M,2\nall,0,3\nb,F,0\nb,M,0\nb,0,"
              "0\n"}});
  EXPECT_THAT(english(published.assumed),
              ElementsAre("the total of age is 'all' (by its name)",
                          "the total of sex is '0' (found by adding up)",
                          "no code is part of another one, totals left out, in: age, sex (if one "
                          "is: --hierarchy or --prefix)"));
}

TEST(PublishedSystem, SaysWhatItTookForGrantedInFrenchAsWell) {
  EXPECT_THAT(
      right({{"t.csv", "age,sex,n\na,F,*\na,M,2\na,T,3\n"}}, {.absent = Absent::hidden}).assumed,
      Contains(testing::Field(&tables::Label::fr, "le total de sex est « T » (d’après son nom)")));
}

TEST(PublishedSystem, SaysOfADimensionThatItHasNoTotal) {
  EXPECT_THAT(english(right({{"t.csv", "age,n\na,1\nb,7\n"}}).assumed),
              Contains("no code of age is its total (if one is: --total age=CODE)"));
}

TEST(PublishedSystem, AsksWhichOfTwoCodesIsTheTotal) {
  const Tables tables = {{"t.csv", "place,n\nEnsemble,90\nTotal,97\na,90\nb,7\n"}};
  EXPECT_THAT(wrong(tables), AllOf(HasSubstr("'Ensemble', 'Total'"), HasSubstr("--total 'place=")));
  EXPECT_THAT(sums(right(tables, {.totals = {{"place", "Total"}}})),
              Contains("total = place Ensemble + place a + place b"));
  EXPECT_THAT(wrong({{"t.csv", "place,n\na,9\nb,9\nc,0\n"}}), HasSubstr("may each be its total"));
}

// FR is printed as FR1 + FR2: a tree. Where nothing printed says so or the contrary, the user does.
TEST(PublishedSystem, FindsATreeOfPrefixesByAddingUpOrAsks) {
  const PublishedSystem tree = right({{"t.csv", "geo,n\nFR,9\nFR1,4\nFR2,5\nIT,3\nTotal,12\n"}});
  EXPECT_THAT(sums(tree), ElementsAre("geo FR = geo FR1 + geo FR2", "total = geo FR + geo IT"));
  EXPECT_THAT(english(tree.assumed), Contains(HasSubstr("--flat geo")));
  const Tables unclear = {{"t.csv", "geo,n\nFR,\nFR1,4\nFR2,5\nIT,3\nTotal,12\n"}};
  EXPECT_THAT(wrong(unclear), AllOf(HasSubstr("--prefix geo"), HasSubstr("--flat geo")));
  EXPECT_THAT(sums(right(unclear, {.prefixes = {"geo"}})), Contains("geo FR = geo FR1 + geo FR2"));
  EXPECT_THAT(sums(right(unclear, {.flat = {"geo"}})),
              ElementsAre("total = geo FR + geo FR1 + geo FR2 + geo IT"));
  // Contradicted: 1 is no whole of 10 and 11.
  EXPECT_THAT(sums(right({{"t.csv", "age,n\n1,2\n10,4\n11,5\nTotal,11\n"}})),
              ElementsAre("total = age 1 + age 10 + age 11"));
}

TEST(PublishedSystem, FindsATotalByAddingUpBesideHiddenCells) {
  const PublishedSystem published =
      right({{"t.csv", "sex,age,n\nF,1,\nM,1,2\n0,1,3\nF,2,4\nM,2,5\n0,2,9\n"}});
  EXPECT_THAT(english(published.assumed), Contains("the total of sex is '0' (found by adding up)"));
}

TEST(PublishedSystem, TakesSeveralCodesOfOneTotalInSeveralTables) {
  const PublishedSystem published =
      right({{"a.csv", "sex,n\nF,1\nM,2\nT,3\n"}, {"b.csv", "sex,n\nF,1\nM,2\nAll,3\n"}},
            {.totals = {{"sex", "T"}, {"", "All"}}});
  EXPECT_EQ(published.proper_cells, 3u);
  EXPECT_EQ(published.system.relations.size(), 1u);
}

constexpr const char* ages_of_release =
    "age,status,patients\na,published,60\nb,published,40\n_T,published,100\n";

TEST(PublishedSystem, OfAReleaseAHiddenCellIsOneOrMore) {
  const Tables tables = {
      {"ages.csv", "age,status,patients\na,confidential,\nb,confidential,\n_T,published,100\n"}};
  const PublishedSystem published = right(tables);
  EXPECT_THAT(published.system.ranges,
              ElementsAre(sums::Range{1, sums::no_limit}, sums::Range{1, sums::no_limit},
                          sums::Range{100, 100}));
  EXPECT_THAT(english(assumptions(published)),
              Contains(HasSubstr("ages.csv: a table of a Parcours release")));
  // If it is none, the user can say so.
  EXPECT_THAT(right(tables, {.marks = {{"confidential", 0, {}}}}).system.ranges,
              Contains(sums::Range{0, sums::no_limit}));
  // Another table's empty value may be 0.
  EXPECT_THAT(right({{"t.csv", "age,n\na,\nb,\nT,9\n"}}).system.ranges,
              Contains(sums::Range{0, sums::no_limit}));
}

TEST(PublishedSystem, TheTotalAnyIsNotTheTotalOfAnotherTable) {
  const PublishedSystem published =
      right({{"ages.csv", ages_of_release},
             {"drugs.csv",
              "age,drug,status,patients\na,x,published,30\na,y,published,20\na,_ANY,published,45\n"
              "b,x,published,11\nb,y,published,12\nb,_ANY,published,23\n_T,x,published,41\n"
              "_T,y,published,32\n_T,_ANY,published,68\n"}});
  EXPECT_TRUE(disagreements(published).empty());
  EXPECT_EQ(published.proper_cells, 12u);
}

TEST(PublishedSystem, TheSameDimensionMaySumInOneTableAndNotInAnother) {
  const PublishedSystem published = right(
      {{"some.csv", "drug,status,patients\nx,published,30\ny,published,30\n_ANY,published,50\n"},
       {"first.csv", "drug,status,patients\nx,confidential,\ny,published,40\n_T,published,60\n"}});
  EXPECT_THAT(sums(published), Contains("total = drug x + drug y"));
  EXPECT_TRUE(disagreements(published).empty());
}

TEST(PublishedSystem, ATableOfMeansIsAboutThoseWhoHaveAValue) {
  const Tables tables = {
      {"means.csv",
       "age,status,patients,mean\na,published,50,1.5\nb,confidential,,\n_T,confidential,,\n"},
      {"ages.csv", ages_of_release}};
  const PublishedSystem published = right(tables);
  EXPECT_TRUE(disagreements(published).empty());
  EXPECT_EQ(published.proper_cells, 6u);
  EXPECT_THAT(english(published.assumed),
              Contains("means.csv is not about the people of the other tables: "
                       "it counts those who have a value"));
  // If everyone has a value, they are the same people.
  EXPECT_EQ(right({{"ages.csv", ages_of_release},
                   {"means.csv",
                    "age,status,patients,mean\na,published,60,1.5\nb,published,40,2\n"
                    "_T,published,100,1.7\n"}})
                .proper_cells,
            3u);
}

TEST(PublishedSystem, TablesOfReleasesAboutDifferentPeopleAreKeptApart) {
  const PublishedSystem published = right(
      {{"one.csv", ages_of_release},
       {"two.csv", "age,status,patients\na,published,61\nb,confidential,\n_T,confidential,\n"}});
  EXPECT_TRUE(disagreements(published).empty());
  EXPECT_EQ(published.proper_cells, 6u);
  EXPECT_THAT(english(published.assumed),
              Contains("two.csv is not about the people of the other tables: its "
                       "published counts differ"));
}

TEST(PublishedSystem, ATableOfAReleaseThatDoesNotAddUpIsStillSaid) {
  EXPECT_EQ(disagreements(right({{"t.csv",
                                  "age,status,patients\na,published,61\nb,published,40\n"
                                  "_T,published,100\n"}}))
                .size(),
            1u);
}

TEST(PublishedSystem, OfATreeIsItsSums) {
  const HierarchyFile tree("North;FR\nLille;North;FR\nAmiens;North;FR\nSouth;FR\n");
  const PublishedSystem published =
      right({{"t.csv", "place,n\nLille,1\nAmiens,2\nNorth,3\nSouth,4\nFR,7\n"}},
            {.trees = {{"place", tree.path()}}});
  EXPECT_THAT(sums(published), ElementsAre("place North = place Amiens + place Lille",
                                           "total = place North + place South"));
}

TEST(PublishedSystem, GoesThroughLevelsThatATableDoesNotList) {
  const HierarchyFile tree("Lille;North;FR\nAmiens;North;FR\nNice;South;FR\nPau;South;FR\n");
  const PublishedSystem published =
      right({{"t.csv", "place,n\nLille,1\nAmiens,2\nSouth,4\nFR,7\n"}},
            {.trees = {{"place", tree.path()}}});
  EXPECT_THAT(sums(published), ElementsAre("place North = place Amiens + place Lille",
                                           "total = place North + place South"));
  EXPECT_EQ(std::ranges::count(published.listings, Listing::unlisted), 1);
}

TEST(PublishedSystem, TakesAChainOfSingleChildrenForOneCell) {
  const HierarchyFile tree("Lille;North;FR\nNice;South;FR\n");
  const PublishedSystem published =
      right({{"t.csv", "place,n\nLille,\nNorth,3\nNice,4\nSouth,4\nFR,7\n"}},
            {.trees = {{"place", tree.path()}}});
  EXPECT_EQ(published.proper_cells, 3u);
  EXPECT_EQ(published.drawings[0].cells[0], published.drawings[0].cells[1]);
  EXPECT_THAT(published.system.ranges, Contains(sums::Range{3, 3}));
}

TEST(PublishedSystem, ReadsATreeOffThePrefixesOfCodes) {
  const PublishedSystem published =
      right({{"t.csv", "icd,n\nJ,3\nJ4,2\nJ45,1\nJ44,1\nJ1,1\nK,4\nT,7\n"}}, {.prefixes = {"icd"}});
  EXPECT_THAT(sums(published), ElementsAre("icd J = icd J1 + icd J4", "icd J4 = icd J44 + icd J45",
                                           "total = icd J + icd K"));
}

TEST(PublishedSystem, LinksTablesThroughWhatTheyShare) {
  const PublishedSystem published = right(
      {{"a.csv", "age,sex,n\na,F,1\na,M,\nb,F,4\nb,M,5\n"}, {"b.csv", "age,n\na,3\nb,9\nT,12\n"}});
  EXPECT_THAT(sums(published), testing::IsSupersetOf({"age a = age a, sex F + age a, sex M",
                                                      "total = age a + age b"}));
  EXPECT_TRUE(disagreements(published).empty());
}

TEST(PublishedSystem, LetsAHiddenCellBeToldByAnotherTable) {
  const PublishedSystem published =
      right({{"a.csv", "sex,n\nF,\nM,2\nT,\n"}, {"b.csv", "sex,n\nF,5\nT,7\n"}},
            {.absent = Absent::hidden});
  EXPECT_EQ(published.drawings[0].listings[0], Listing::hidden);
  EXPECT_EQ(published.listings[published.drawings[0].cells[0]], Listing::exact);
  EXPECT_EQ(published.where(published.drawings[0].cells[0]), "b.csv:2");
}

TEST(PublishedSystem, TakesASliceOfOneCodeForNoWhole) {
  const PublishedSystem published =
      right({{"t.csv", "year,sex,n\n2024,F,1\n2024,M,2\n2024,T,3\n"}});
  EXPECT_EQ(published.system.relations.size(), 1u);
}

TEST(PublishedSystem, AsksWhatACombinationWithoutALineIs) {
  const Tables tables = {{"t.csv", "age,sex,n\na,F,1\na,M,2\nb,F,4\n"}};
  EXPECT_THAT(wrong(tables), testing::AllOf(HasSubstr("1 combination of codes has no line"),
                                            HasSubstr("--absent")));
  EXPECT_THAT(right(tables, {.absent = Absent::zero}).system.ranges, Contains(sums::Range{0, 0}));
  EXPECT_EQ(right(tables, {.absent = Absent::hidden}).missing, 1u);
}

TEST(PublishedSystem, DoesNotMissAMarginThatNoLineLists) {
  const PublishedSystem published =
      right({{"t.csv", "age,sex,n\na,F,1\na,M,2\nb,F,4\nb,M,5\nT,T,12\n"}});
  EXPECT_EQ(published.missing, 0u);
}

TEST(PublishedSystem, BoundsTheTotalOfSeveralAnswersByItsParts) {
  const PublishedSystem published = right({{"t.csv", "drug,n\na,10\nb,7\n_ANY,12\n"}});
  EXPECT_THAT(english(published.assumed), Contains(HasSubstr("several times")));
  EXPECT_EQ(published.system.relations.size(), 3u);
  EXPECT_TRUE(disagreements(published).empty());
  EXPECT_THAT(disagreements(right({{"t.csv", "drug,n\na,10\nb,7\n_ANY,9\n"}})).at(0).sentence.en,
              HasSubstr("less than its part drug a"));
  EXPECT_THAT(disagreements(right({{"t.csv", "drug,n\na,10\nb,7\n_ANY,18\n"}})).at(0).sentence.en,
              HasSubstr("more than all its parts"));
}

TEST(PublishedSystem, SaysWhichSumDoesNotComeOut) {
  const auto found =
      disagreements(right({{"t.csv", "age,sex,n\na,F,1\na,M,2\na,T,4\nb,F,4\nb,M,5\nb,T,9\n"}},
                          {.totals = {{"sex", "T"}}}));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].where, "t.csv:4");
  EXPECT_EQ(found[0].sentence.en, "age a is 4, but its 2 parts by sex make 3");
}

TEST(PublishedSystem, SaysWhichSumCannotComeOutWhateverIsHidden) {
  const auto found = disagreements(right({{"t.csv", "sex,n\nF,<5\nM,2\nT,9\n"}},
                                         {.marks = {{"<5", 1, 4}}, .totals = {{"sex", "T"}}}));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].sentence.en, "total is 9, but its 2 parts by sex make 3 to 6");
}

TEST(PublishedSystem, SaysWhichTablesContradictEachOther) {
  const auto found = disagreements(
      right({{"a.csv", "sex,n\nF,4\nM,2\nT,6\n"}, {"b.csv", "sex,n\nF,5\nM,2\nT,7\n"}}));
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found[0].where, "b.csv:2");
  EXPECT_EQ(found[0].sentence.en, "sex F is 5 here and 4 in a.csv:2");
}

TEST(PublishedSystem, SaysWhatIsWrongAndWhere) {
  EXPECT_THAT(wrong({{"t.csv", "sex,n\nF,4\nM,2\nF,4\n"}}),
              testing::AllOf(HasSubstr("t.csv:4: a cell twice"), HasSubstr("t.csv:2")));
  EXPECT_THAT(wrong({{"t.csv", "sex,n\nF,4\n"}}, {.totals = {{"sex", "T"}}}), HasSubstr("--total"));
  EXPECT_THAT(wrong({{"t.csv", "sex,n\nF,4\n"}}, {.prefixes = {"age"}}), HasSubstr("--prefix"));
  EXPECT_THAT(wrong({{"t.csv", "sex,n\nF,4\n"}}, {.trees = {{"", "f"}}}), HasSubstr("--hierarchy"));
  EXPECT_THAT(wrong({{"t.csv", "sex,n\nF,4\n"}}, {.trees = {{"sex", "none.csv"}}}),
              HasSubstr("none.csv"));
  const HierarchyFile tree("F;all\nM;all\n");
  EXPECT_THAT(wrong({{"t.csv", "sex,n\nF,4\nX,3\n"}}, {.trees = {{"sex", tree.path()}}}),
              HasSubstr("t.csv:3"));
}

// The slow twin: our own tables know their relations.
RC_GTEST_PROP(PublishedSystem, HasTheSumsThatOurOwnTablesHave, ()) {
  tables::Table table{"t", {}, {}, {}, {}};
  for (int d = *rc::gen::inRange(1, 4); d > 0; --d) {
    tables::Dimension dimension{"d" + std::to_string(d), {}, {}, true};
    for (int c = *rc::gen::inRange(2, 4); c > 0; --c) {
      dimension.categories.push_back({"c" + std::to_string(c), {}});
    }
    table.dimensions.push_back(dimension);
  }
  for (std::size_t c = 0; c < table.cell_count(); ++c) {
    const bool hidden = *rc::gen::arbitrary<bool>();
    table.cells.push_back(
        {hidden ? tables::CellStatus::confidential : tables::CellStatus::published, 0, {}});
  }
  const PublishedSystem published = right({{"t.csv", *tables::csv(table)}});
  RC_ASSERT(published.proper_cells == table.cell_count());
  const auto in_order = [](const std::vector<tables::Relation>& relations) {
    std::set<std::set<std::pair<std::uint32_t, std::int32_t>>> all;
    for (const tables::Relation& relation : relations) {
      std::set<std::pair<std::uint32_t, std::int32_t>> terms;
      for (const tables::Relation::Term& term : relation.terms) {
        terms.emplace(term.cell, term.coefficient);
      }
      all.insert(terms);
    }
    return all;
  };
  // Cells are numbered as they lie, in both.
  RC_ASSERT(in_order(published.system.relations) == in_order(tables::relations_of(table)));
  for (std::size_t c = 0; c < table.cells.size(); ++c) {
    RC_ASSERT((published.listings[c] == Listing::hidden) ==
              (table.cells[c].status == tables::CellStatus::confidential));
  }
}

}  // namespace
}  // namespace parcours::audit
