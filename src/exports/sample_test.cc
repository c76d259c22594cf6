#include "exports/sample.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <cstdlib>
#include <filesystem>
#include <string>

namespace parcours::exports {
namespace {

namespace fs = std::filesystem;

TEST(Sample, OfManyColumnsFewerLinesAreLookedAt) {
  EXPECT_EQ(sample_lines(0), 20'000u);
  EXPECT_EQ(sample_lines(100), 20'000u);
  EXPECT_EQ(sample_lines(1'000), 5'000u);
  EXPECT_EQ(sample_lines(10'000), 1'000u);
}

// Eighty thousand bytes on the disk, eighty million unpacked.
TEST(Sample, AFileIsAsLargeAsWhatItUnpacksTo) {
  std::string folder = (fs::temp_directory_path() / "parcours-sample-XXXXXX").string();
  ASSERT_NE(::mkdtemp(folder.data()), nullptr);
  const auto zipped = [&](const char* name, int megabytes) {
    const fs::path path = fs::path(folder) / name;
    const std::string zeros(1'000'000, '0');
    gzFile file = gzopen(path.c_str(), "wb");
    for (int i = 0; i < megabytes; ++i) {
      gzwrite(file, zeros.data(), static_cast<unsigned>(zeros.size()));
    }
    gzclose(file);
    return path;
  };
  EXPECT_TRUE(is_small(zipped("small.csv.gz", 8)));
  EXPECT_FALSE(is_small(zipped("large.csv.gz", 80)));
  EXPECT_FALSE(is_small(fs::path(folder) / "none.csv"));
  fs::remove_all(folder);
}

}  // namespace
}  // namespace parcours::exports
