// Extracts as the keepers of registers write them: which column is the patient, the day, the code.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/files.h"
#include "exports/column_guess.h"

namespace parcours::exports {
namespace {

class FilesOfRegisters : public testing::Test {
 protected:
  FileGuess guess(const std::string& text) {
    EXPECT_TRUE(write_file(folder_.path() / "e.csv", text));
    ExportFile file = *ExportFile::open(folder_.path() / "e.csv", 1);
    const Stop stop;
    return *guess_columns(file, stop);
  }
  static std::string column_of(const FileGuess& guess, ColumnRole role) {
    const ColumnGuess* column = guess.of_role(role);
    return column == nullptr ? "none" : column->name;
  }
  const ScratchFolder folder_ =
      *ScratchFolder::make(std::filesystem::temp_directory_path(), "parcours-test-");
};

TEST_F(FilesOfRegisters, CprdsObservationsAreEvents) {
  std::string text = "patid\tconsid\tpracid\tobsdate\tenterdate\tmedcodeid\tvalue\n";
  for (int line = 0; line < 300; ++line) {
    text += fmt::format("{}\t{}\t{}\t{:02}/03/2020\t{:02}/04/2020\t{}\t{}\n", 1000 + line / 3,
                        900000 + line, 20 + line % 4, 1 + line % 28, 1 + line % 25,
                        587983242000 + line % 40, line % 5);
  }
  const FileGuess found = guess(text);
  EXPECT_EQ(found.form, FileForm::events);
  EXPECT_EQ(column_of(found, ColumnRole::patient), "patid");
  EXPECT_EQ(column_of(found, ColumnRole::date), "obsdate");
  EXPECT_EQ(column_of(found, ColumnRole::code), "medcodeid");
  EXPECT_EQ(column_of(found, ColumnRole::place), "pracid");
}

// An area has several patients, and its code looks like a key.
TEST_F(FilesOfRegisters, HospitalEpisodesAreTheirPatientsAndNotTheirAreas) {
  std::string text = "ENCRYPTED_HESID,EPISTART,EPIEND,STARTAGE,SEX,ETHNOS,LSOA11,DIAG_01\n";
  for (int line = 0; line < 300; ++line) {
    text += fmt::format("{:032X},2020-03-{:02},2020-04-{:02},{},{},{},E0100{},{}\n",
                        7 + line / 2 * 104729, 1 + line % 28, 1 + line % 25, 20 + line / 2 % 60,
                        1 + line / 2 % 2, "ABZ"[line / 2 % 3], 1000 + line / 2 % 90,
                        line % 3 == 0 ? "J459" : "I10X");
  }
  const FileGuess found = guess(text);
  EXPECT_EQ(found.form, FileForm::events);
  EXPECT_EQ(column_of(found, ColumnRole::patient), "ENCRYPTED_HESID");
  EXPECT_EQ(column_of(found, ColumnRole::date), "EPISTART");
  EXPECT_EQ(column_of(found, ColumnRole::place), "LSOA11");
  EXPECT_EQ(column_of(found, ColumnRole::age), "STARTAGE");
  EXPECT_EQ(column_of(found, ColumnRole::sensitive), "ETHNOS");
}

TEST_F(FilesOfRegisters, GermanClaimsAreEvents) {
  std::string text = "Versicherten_ID;Geschlecht;Geburtsjahr;PLZ3;Diagnosedatum;ICD_Code;Betrag\n";
  for (int line = 0; line < 300; ++line) {
    text += fmt::format("V{:06};{};{};{};{:02}.03.2020;{};{},50\n", line / 3,
                        line / 3 % 2 == 0 ? "m" : "w", 1940 + line / 3 % 60, 101 + line / 3 % 4,
                        1 + line % 28, line % 2 == 0 ? "J45.0" : "I10.90", 10 + line % 40);
  }
  const FileGuess found = guess(text);
  EXPECT_EQ(found.form, FileForm::events);
  EXPECT_EQ(column_of(found, ColumnRole::patient), "Versicherten_ID");
  EXPECT_EQ(column_of(found, ColumnRole::date), "Diagnosedatum");
  EXPECT_EQ(column_of(found, ColumnRole::code), "ICD_Code");
  EXPECT_EQ(column_of(found, ColumnRole::sex), "Geschlecht");
  EXPECT_EQ(column_of(found, ColumnRole::birth_year), "Geburtsjahr");
  EXPECT_EQ(column_of(found, ColumnRole::place), "PLZ3");
}

}  // namespace
}  // namespace parcours::exports
