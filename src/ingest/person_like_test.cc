#include "ingest/person_like.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <map>
#include <sstream>

#include "base/csv.h"
#include "base/files.h"
#include "ingest/entering_code.h"
#include "ingest/person_numbers.h"
#include "ingest/testing/planted_fields.h"
#include "vocabulary/value_range.h"

namespace parcours::ingest {
namespace {

struct LikeCase {
  const char* text;
  PersonLike like;

  friend void PrintTo(const LikeCase& one, std::ostream* out) { *out << one.text; }
};

class PersonLikeCases : public testing::TestWithParam<LikeCase> {};

TEST_P(PersonLikeCases, AreToldByTheirForm) {
  EXPECT_EQ(looks(person_like(GetParam().text)), looks(GetParam().like));
}

INSTANTIATE_TEST_SUITE_P(
    Numbers, PersonLikeCases,
    testing::Values(
        LikeCase{"0612345678", PersonLike::phone}, LikeCase{"06 12 34 56 78", PersonLike::phone},
        LikeCase{"tel:06.12.34.56.78", PersonLike::phone},
        LikeCase{"+33 6 12 34 56 78", PersonLike::phone},
        LikeCase{"+33 (0)6 12 34 56 78", PersonLike::phone},
        LikeCase{"0033612345678", PersonLike::phone},
        LikeCase{"+1 415 555 2671", PersonLike::phone},
        LikeCase{"(415) 555-2671", PersonLike::phone}, LikeCase{"415-555-2671", PersonLike::phone},
        LikeCase{"4155552671", PersonLike::phone}, LikeCase{"07700 900123", PersonLike::phone},
        LikeCase{"020 7946 0958", PersonLike::phone},
        // The national numbers of Insee's example, and of Corsica.
        LikeCase{"255081416802538", PersonLike::national_number},
        LikeCase{"2 55 08 14 168 025 38", PersonLike::national_number},
        LikeCase{"255081416802539", PersonLike::nothing},
        LikeCase{"180032A00100193", PersonLike::national_number},
        LikeCase{"180032B00100123", PersonLike::national_number},
        LikeCase{"1800375001001", PersonLike::national_number},
        LikeCase{"10003456786", PersonLike::professional_number},
        LikeCase{"810003456786", PersonLike::professional_number},
        LikeCase{"ADELI 751234567", PersonLike::professional_number},
        LikeCase{"10003456787", PersonLike::nothing}, LikeCase{"612345678", PersonLike::nothing},
        LikeCase{"3400930000120", PersonLike::nothing},
        LikeCase{"0069-2587-10", PersonLike::nothing}, LikeCase{"1234567", PersonLike::nothing},
        LikeCase{"1155552671", PersonLike::nothing}, LikeCase{"A0612345678", PersonLike::nothing},
        LikeCase{"", PersonLike::nothing}));

INSTANTIATE_TEST_SUITE_P(Places, PersonLikeCases,
                         testing::Values(LikeCase{"jean.dupont@exemple.fr", PersonLike::email},
                                         LikeCase{"jd@chu", PersonLike::email},
                                         LikeCase{"5 @ 10", PersonLike::nothing},
                                         LikeCase{"https://exemple.fr/p/17", PersonLike::link},
                                         LikeCase{"www.exemple", PersonLike::link},
                                         LikeCase{"exemple.fr", PersonLike::link},
                                         LikeCase{"V.fr", PersonLike::nothing},
                                         LikeCase{"12 bis rue de la Paix", PersonLike::address},
                                         LikeCase{"rue de la Paix", PersonLike::address},
                                         LikeCase{"14 Elm Street", PersonLike::address},
                                         LikeCase{"75011 Paris", PersonLike::address},
                                         LikeCase{"Springfield, IL 62704", PersonLike::address},
                                         LikeCase{"London SW1A 1AA", PersonLike::address},
                                         LikeCase{"99213 Office visit", PersonLike::nothing},
                                         LikeCase{"82947 Glucose", PersonLike::nothing},
                                         LikeCase{"CT 70450", PersonLike::nothing}));

INSTANTIATE_TEST_SUITE_P(WholeNames, PersonLikeCases,
                         testing::Values(LikeCase{"Gwendal Castaing", PersonLike::name},
                                         LikeCase{"CASTAING Gwendal", PersonLike::name},
                                         LikeCase{"gwendal.castaing", PersonLike::name},
                                         LikeCase{"Mme O'Connor", PersonLike::name},
                                         LikeCase{"Castaing Etcheverry",
                                                  PersonLike::nothing},  // as diseases are called
                                         LikeCase{"gwendal castaing", PersonLike::nothing},
                                         LikeCase{"Gwendal Castaing test", PersonLike::nothing}));

INSTANTIATE_TEST_SUITE_P(Times, PersonLikeCases,
                         testing::Values(LikeCase{"10:30", PersonLike::time},
                                         LikeCase{"14h32", PersonLike::time},
                                         LikeCase{"2024-02-29T10:30:00Z", PersonLike::time},
                                         LikeCase{"29/02/2024", PersonLike::time},
                                         LikeCase{"20240229103000", PersonLike::time},
                                         LikeCase{"24h", PersonLike::nothing},
                                         LikeCase{"1:160", PersonLike::nothing},
                                         LikeCase{"20240229", PersonLike::nothing}));

INSTANTIATE_TEST_SUITE_P(
    Names, PersonLikeCases,
    testing::Values(
        LikeCase{"Dupont", PersonLike::name}, LikeCase{"Jean Dupont", PersonLike::name},
        LikeCase{"DUPONT JEAN", PersonLike::name}, LikeCase{"Jean Berthelot", PersonLike::name},
        LikeCase{"Mme Berthelot", PersonLike::name}, LikeCase{"jean.dupont", PersonLike::name},
        LikeCase{"M. PETIT Éric", PersonLike::name}, LikeCase{"Petit", PersonLike::nothing},
        LikeCase{"Brown", PersonLike::nothing}, LikeCase{"Gilbert syndrome", PersonLike::nothing},
        LikeCase{"DR screening", PersonLike::nothing}, LikeCase{"metformin", PersonLike::nothing},
        LikeCase{"glyburide-metformin", PersonLike::nothing},
        LikeCase{"vu avec sa fille, revoir dans un mois", PersonLike::sentence},
        LikeCase{"Infection of the skin", PersonLike::nothing}));

TEST(PersonLike, ANameOfThePatientsIsOneWhereverItStands) {
  SourceNames names;
  names.note("Quéméneur");
  names.note("Jean-Marc LE BRIS");
  names.note("Ng");
  names.note("White");
  names.note("Kim Lee");
  for (const char* text :
       {"QUEMENEUR", "Quéméneur", "labo quemeneur", "quemeneur1960", "bris kim"}) {
    EXPECT_EQ(person_like(text, &names), PersonLike::name) << text;
    EXPECT_EQ(person_like(std::string(text) + " 12", &names), PersonLike::name) << text;
  }
  for (const char* text : {"White blood cells", "Kim", "Ng", "Quem", "Glucose"}) {
    EXPECT_EQ(person_like(text, &names), PersonLike::nothing) << text;
  }
}

TEST(PersonLike, ACodeWithTheFormOfItsSystemIsNone) {
  EXPECT_EQ(person_like_code("cip13", "3400930000120", {}), PersonLike::nothing);
  EXPECT_EQ(person_like_code("omop", "2125552671", {}), PersonLike::nothing);
  EXPECT_EQ(person_like_code("own", "2125552671", {}), PersonLike::phone);
  EXPECT_EQ(person_like_code("icd10", "Jean Dupont", {}), PersonLike::name);
  EXPECT_EQ(person_like_code("act-code", "DUPONT", {}), PersonLike::name);
  EXPECT_EQ(person_like_code("act-code", "AMB", {}), PersonLike::nothing);
  // A national number that has SNOMED CT's check digit as well.
  EXPECT_EQ(person_like_code("snomed", "279035121518989", {}), PersonLike::national_number);
}

TEST(PersonLike, CodesThatTheUserVouchesForMayLookLikeANameButReachNobody) {
  const std::vector<std::string> vouched = {"own"};
  EXPECT_EQ(person_like_code("own", "Dupont", vouched), PersonLike::nothing);
  EXPECT_EQ(person_like_code("own", "4155552671", vouched), PersonLike::nothing);
  EXPECT_EQ(person_like_code("other", "Dupont", vouched), PersonLike::name);
  EXPECT_EQ(person_like_code("own", "d@exemple.fr", vouched), PersonLike::email);
  EXPECT_EQ(person_like_code("own", "255081416802538", vouched), PersonLike::national_number);
}

struct Score {
  std::size_t hits = 0;
  std::size_t fields = 0;
  std::string examples;
};

// By the two doors through which fields come: that of codes and that of values.
bool is_kept_out(const PlantedField& field, const SourceNames& names) {
  if (field.system == "value") {
    return !vocabulary::value_range_without_unit().has(std::stod(field.text));
  }
  return entering_code({std::nullopt, field.system, vocabulary::find_code_system(field.system)},
                       field.text, {{}, &names})
             .fault != CodeFault::none;
}

std::map<std::string, Score> scores(std::uint64_t seed) {
  const PlantedFields planted = planted_fields(seed, 10'000);
  std::map<std::string, Score> by_sort;
  for (const PlantedField& field : planted.fields) {
    Score& score = by_sort[(field.person ? "P " : "C ") + field.sort];
    const bool hit = is_kept_out(field, planted.names);
    score.hits += hit ? 1 : 0;
    score.fields += 1;
    if (hit != field.person && score.examples.size() < 200 &&
        score.examples.find(field.text) == std::string::npos) {
      score.examples += " | " + field.text;
    }
  }
  return by_sort;
}

TEST(PersonLike, PlantedCodesOfKnownSystemsHaveTheirForm) {
  for (const PlantedField& field : planted_fields(3, 2'000).fields) {
    if (field.sort == "code of a known system") {
      EXPECT_TRUE(vocabulary::has_form(*vocabulary::find_code_system(field.system), field.text))
          << field.system << " " << field.text;
    }
  }
}

// The row of docs/formats/never-enters.md whose first cell begins with `what`, as it is written
// there.
std::string row_in_docs(const std::string& what) {
  const std::filesystem::path page =
      std::filesystem::path(PARCOURS_SOURCE_DIR) / "docs/formats/never-enters.md";
  std::istringstream lines(*read_file(page));
  for (std::string line; std::getline(lines, line);) {
    const std::string begin = "| " + what;
    if (line.starts_with(begin + " |") || line.starts_with(begin + ", ") ||
        line.starts_with(begin + " (")) {
      return line;
    }
  }
  return "no row of " + what;
}

// The same row with these figures.
std::string row_with(const std::string& row, const Score& score) {
  const auto thousands = [](std::size_t number) {
    std::string text = std::to_string(number);
    for (std::size_t at = text.size(); at > 3; at -= 3) {
      text.insert(at - 3, ",");
    }
    return text;
  };
  return row.substr(0, row.find(" | ")) + " | " + thousands(score.hits) + " | " +
         thousands(score.fields) + " |";
}

TEST(PersonLike, TheFiguresOfThePlantedFieldsAreThoseOfThePage) {
  for (const auto& [sort, score] : scores(1)) {
    const std::string row = row_in_docs(sort.substr(2));
    EXPECT_EQ(row, row_with(row, score));
  }
}

// What docs/formats/never-enters.md says of ten thousand planted fields.
TEST(PersonLike, PlantedPersonsAreFoundAndCodesAreNotTakenForThem) {
  const std::map<std::string, double> fewest_found = {
      {"P name of a patient of the source", 0.995},
      {"P name of somebody else", 0.75},
      {"P phone number", 0.99},
      {"P e-mail or web address", 0.999},
      {"P national number", 0.99},
      {"P professional's number", 0.99},
      {"P address", 0.99},
      {"P date or time", 0.99},
      {"P sentence", 0.85},
      {"P phone number in a field of drugs (NDC)", 0.65},
      {"P number of a person as a value without a unit", 1.0}};
  const std::map<std::string, double> most_taken = {{"C code of a known system", 0.0},
                                                    {"C local code", 0.005},
                                                    {"C name of an analysis or an act", 0.03},
                                                    {"C value of a measurement", 0.0}};
  for (const std::uint64_t seed : {1U, 2U}) {
    for (const auto& [sort, score] : scores(seed)) {
      const double rate = static_cast<double>(score.hits) / static_cast<double>(score.fields);
      if (std::getenv("PARCOURS_FIGURES") != nullptr) {
        std::cout << sort << ": " << score.hits << " of " << score.fields << score.examples << "\n";
      }
      if (sort.starts_with("P ")) {
        EXPECT_GE(rate, fewest_found.at(sort)) << sort << score.examples;
      } else {
        EXPECT_LE(rate, most_taken.at(sort)) << sort << score.examples;
      }
    }
  }
}

struct RealNames {
  const char* file;
  const char* column;
  const char* title;  // in the page
  double most_taken;
};

// Real names of analyses and diseases as if they were codes of a source's own.
TEST(PersonLike, FewRealNamesOfAnalysesAndDiseasesAreTakenForPersons) {
  for (const RealNames& names : {RealNames{"lab_IR_BIO_R.csv.gz", "BIO_INF_LIB",
                                           "name of an analysis in France's table of "
                                           "reimbursed biology",
                                           0.02},
                                 RealNames{"cim10_IR_CIM_V.csv.gz", "CIM_LIB",
                                           "French name of a diagnosis of ICD-10", 0.001}}) {
    const std::filesystem::path path =
        std::filesystem::path(PARCOURS_SOURCE_DIR) / "../shared/data/france" / names.file;
    if (!std::filesystem::exists(path)) {
      GTEST_SKIP() << "no ../shared/data/france here";
    }
    CsvFile file = *CsvFile::open(path);
    const std::vector<std::string>& header = file.header().reveal();
    const auto column =
        static_cast<std::size_t>(std::ranges::find(header, names.column) - header.begin());
    Score score;
    CsvRows rows(file.separator(), header.size());
    ASSERT_TRUE(for_rows(file, rows, [&] {
      const std::string text(rows.field(column));
      const PersonLike like = person_like(text);
      score.fields += 1;
      score.hits += like != PersonLike::nothing ? 1 : 0;
      if (like != PersonLike::nothing && score.examples.size() < 600) {
        score.examples += " | " + text + " = " + std::string(looks(like));
      }
    }));
    if (std::getenv("PARCOURS_FIGURES") != nullptr) {
      std::cout << names.file << ": " << score.hits << " of " << score.fields << score.examples
                << "\n";
    }
    EXPECT_GT(score.fields, 1000u);
    EXPECT_EQ(row_in_docs(names.title), row_with(row_in_docs(names.title), score));
    EXPECT_LE(static_cast<double>(score.hits), names.most_taken * static_cast<double>(score.fields))
        << score.examples;
  }
}

}  // namespace
}  // namespace parcours::ingest
