#include "duck/parquet_text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>

#include "base/files.h"
#include "duck/duck.h"

namespace parcours::duck {
namespace {

// Reads in pieces of so many bytes.
std::string text_of(const std::string& query, std::size_t piece) {
  const ScratchFolder folder =
      *ScratchFolder::make(std::filesystem::temp_directory_path(), "parquet-");
  Database database = *Database::open({});
  Connection connection = *database.connect();
  const std::filesystem::path path = folder.path() / "t.parquet";
  EXPECT_TRUE(write_parquet(connection, query, path));
  const auto source = *parquet_text(*InputFile::open(path));
  std::string all;
  std::string some(piece, '\0');
  while (const std::size_t got = *source->read(some)) {
    all.append(some, 0, got);
  }
  EXPECT_EQ(source->position(), source->size());
  return all;
}

TEST(ParquetText, IsCsvWithAHeader) {
  const std::string query =
      "SELECT 'P1' AS \"a \"\"b\"\"\", DATE '1970-01-03' AS day, 2.5 AS \"value\" "
      "UNION ALL SELECT 'a, \"b\"', NULL, NULL";
  const std::string text =
      "\"a \"\"b\"\"\",\"day\",\"value\"\n"
      "\"P1\",\"1970-01-03\",\"2.5\"\n"
      "\"a, \"\"b\"\"\",,\n";
  EXPECT_EQ(text_of(query, 1000), text);
  EXPECT_EQ(text_of(query, 1), text);
}

TEST(ParquetText, GoesOnBeyondAChunk) {
  const std::string text = text_of("SELECT i FROM range(5000) t(i)", 777);
  EXPECT_EQ(std::ranges::count(text, '\n'), 5001);
  EXPECT_TRUE(text.ends_with("\"4999\"\n"));
}

TEST(ParquetText, WhatIsNoParquetIsAnError) {
  const ScratchFolder folder =
      *ScratchFolder::make(std::filesystem::temp_directory_path(), "parquet-");
  ASSERT_TRUE(write_file(folder.path() / "x", "PAR1"));
  EXPECT_FALSE(parquet_text(*InputFile::open(folder.path() / "x")));
}

}  // namespace
}  // namespace parcours::duck
