#include "base/header.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/column_names.h"
#include "base/csv.h"

namespace parcours {
namespace {

using testing::HasSubstr;
using testing::Not;

std::vector<std::string> cells(std::string_view line) {
  std::vector<std::string> result(1);
  for (const char c : line) {
    if (c == ',') {
      result.emplace_back();
    } else {
      result.back() += c;
    }
  }
  return result;
}

FirstRow judged(std::string_view first, const std::vector<std::string_view>& below) {
  std::vector<std::vector<std::string>> rows;
  for (const std::string_view row : below) {
    rows.push_back(cells(row));
  }
  return judge_first_row(cells(first), rows);
}

TEST(Header, NamesOverNumbersAndDatesAreNames) {
  EXPECT_EQ(judged("foo,bar", {"1,2023-01-02", "2,2023-01-05"}), FirstRow::names);
  EXPECT_EQ(judged("BEN_IDT_ANO,EXE_SOI_DTD", {"8e1f,2023-01-02", "77ab,2023-03-01"}),
            FirstRow::names);
  EXPECT_EQ(judged("x", {"7", "7", "9"}), FirstRow::names);
  EXPECT_EQ(judged("A1C,q1", {">7,3", "Norm,4"}), FirstRow::names);
  EXPECT_EQ(judged("NOM,VILLE", {"DUPONT,PARIS", "MARTIN,LYON"}), FirstRow::names);
}

TEST(Header, APersonIsData) {
  const std::vector<std::string_view> below = {"2850578006049,MARTIN,1990,F,asthma",
                                               "1700178006050,DURAND,1970,M,HIV positive"};
  EXPECT_EQ(judged("1850578006048,DUPONT-SECRET,1985,F,HIV positive", below), FirstRow::data);
  EXPECT_EQ(judged("1850578006048,DUPONT-SECRET,1985,F,HIV positive", {}), FirstRow::data);
  EXPECT_EQ(judged("p1,3,x", {"p1,4,y", "p2,3,x"}), FirstRow::data);
  EXPECT_EQ(judged("p1,2023-01-02,J45", {"p2,2023-01-05,I10", "p3,2024-02-01,E11.9"}),
            FirstRow::data);
  EXPECT_EQ(judged("DUPONT,Paris,asthma", {"MARTIN,Lyon,asthma", "DUBOIS,Paris,flu"}),
            FirstRow::data);
  EXPECT_EQ(judged("7", {"7", "9"}), FirstRow::data);
  EXPECT_EQ(judged("jean@example.org,a", {"anne@example.org,b"}), FirstRow::data);
  EXPECT_EQ(judged("12,6.25,NA", {"15,7.5,3", "9,1.25,NA"}), FirstRow::data);
}

// A missing value in the first row does not make it one of names.
TEST(Header, AMarkOverNumbersIsNoName) {
  EXPECT_EQ(judged("<11,1985,NA", {"12,1974,3", "15,1991,4"}), FirstRow::data);
}

TEST(Header, TablesOfYearsBandsAndNumbersHaveNames) {
  EXPECT_NE(judged("region,2019,2020,2021", {"north,14,15,2000", "south,9,2020,7"}),
            FirstRow::data);
  EXPECT_NE(judged("region,2019", {"north,14", "south,9"}), FirstRow::data);
  EXPECT_NE(judged("place,1", {"A,5", "B,7"}), FirstRow::data);
  EXPECT_NE(judged("0,1,2", {"5,6,7", "5,6,8"}), FirstRow::data);
  EXPECT_NE(judged("region,1,2", {"north,5,3", "south,7,2"}), FirstRow::data);
  EXPECT_EQ(judged("sex,0-5,6-11,12+", {"F,3,4,5", "M,7,8,9"}), FirstRow::names);
  EXPECT_EQ(judged("Province/State,Lat,1/22/20,1/23/20", {"Anhui,31.8,1,9", "Beijing,40.1,14,22"}),
            FirstRow::names);
  EXPECT_EQ(judged(",a,b", {"0,5,6", "1,7,8"}), FirstRow::names);
}

// Files put together hold the same line again.
TEST(Header, AHeaderThatComesAgainIsAHeader) {
  EXPECT_NE(judged("region,sex", {"north,F", "region,sex", "south,M"}), FirstRow::data);
}

TEST(Header, OfTextAloneNothingIsSure) {
  EXPECT_EQ(judged("foo,bar", {"north,x", "south,y"}), FirstRow::unsure);
  EXPECT_EQ(judged("foo,bar", {}), FirstRow::unsure);
  std::vector<std::string_view> few(30, "north,x");
  few[3] = few[7] = "south,y";
  EXPECT_EQ(judged("foo,bar", few), FirstRow::names);
}

Result<CsvFile> opened(const std::string& text) {
  return CsvFile::open(ByteStream::of(text, "people.csv"));
}

TEST(Header, G1_DataIsRefusedAndNotQuoted) {
  const Result<CsvFile> file = opened("\n1850578006048,DUPONT,F\n2850578006049,MARTIN,F\n");
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().fault, Fault::input);
  EXPECT_EQ(file.error().sentence(),
            "people.csv:2: the first line looks like data, not like column names; add a line of "
            "column names at the top");
}

TEST(ColumnNames, G1_OnlyWhatReadsAsANameIsShown) {
  for (const std::string name : {"1850578006048", "a@b.org", "2023-01-02", "07 12 34 56 78",
                                 "with\tcontrol", "\xff", "x12345678", "DUPONT", "DUPONT-SECRET"}) {
    EXPECT_FALSE(reads_as_name(name)) << name;
  }
  EXPECT_FALSE(reads_as_name(std::string(1000, 'x')));
  for (const std::string name :
       {"id", "Patient ID", "2019", "date_naissance", "CIM10", "BEN_IDT_ANO", "NOM"}) {
    EXPECT_TRUE(reads_as_name(name)) << name;
  }
}

TEST(ColumnNames, AreListedWhereTheRowsTellThatTheyAreNames) {
  const Result<CsvFile> sure = opened("id,weight,1850578006048\n1,2,x\n2,3,y\n");
  ASSERT_TRUE(sure) << sure.error().sentence();
  EXPECT_EQ(sure->header().hint("wieght"), "did you mean 'weight'?");
  EXPECT_EQ(sure->header().hint("nothing"), "known: id, weight");
  const Result<CsvFile> unsure = opened("Anne,Marie\nJean,Paul\n");
  ASSERT_TRUE(unsure) << unsure.error().sentence();
  EXPECT_THAT(unsure->header().hint("name"), Not(HasSubstr("Anne")));
}

TEST(Header, MoreColumnsThanTheMostAreRefused) {
  std::string line = "c0";
  for (std::size_t i = 1; i <= most_columns; ++i) {
    line += ",c" + std::to_string(i);
  }
  const Result<CsvFile> file = opened(line + "\n");
  ASSERT_FALSE(file);
  EXPECT_THAT(file.error().sentence(), HasSubstr("10001 columns, more than 10000"));
}

TEST(Header, OfOneFilledCellOfSeveralIsATitle) {
  EXPECT_TRUE(is_title(std::vector<std::string>{"Export of patients, 12/03/2024", "", "", ""}));
  EXPECT_TRUE(is_title(std::vector<std::string>{"", "Patients", ""}));
  EXPECT_FALSE(is_title(std::vector<std::string>{"", "age", "sex"}));
  EXPECT_FALSE(is_title(std::vector<std::string>{"age", ""}));
  EXPECT_FALSE(is_title(std::vector<std::string>{"age"}));
}

}  // namespace
}  // namespace parcours
