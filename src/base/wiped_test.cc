#include "base/wiped.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>
#include <zlib.h>

#include <array>
#include <cstdint>
#include <fstream>
#include <sstream>
#include <string>

#include "base/csv.h"
#include "base/files.h"

namespace parcours {
namespace {

// The word that is looked for. It stands nowhere in memory but in what is read from the file: here
// each of its bytes has one bit turned.
constexpr std::array<char, 24> turned = {'q' ^ 1, 'z' ^ 1, 'P' ^ 1, 'l' ^ 1, 'a' ^ 1, 'n' ^ 1,
                                         't' ^ 1, 'e' ^ 1, 'd' ^ 1, '-' ^ 1, 'N' ^ 1, 'a' ^ 1,
                                         'm' ^ 1, 'e' ^ 1, '-' ^ 1, '7' ^ 1, '3' ^ 1, '1' ^ 1,
                                         '9' ^ 1, '5' ^ 1, '-' ^ 1, 'x' ^ 1, 'y' ^ 1, 'z' ^ 1};

// How often the word stands in this process's memory that can be written.
__attribute__((no_sanitize("address"))) std::size_t found_in_memory() {
  std::ifstream maps("/proc/self/maps");
  std::string line;
  std::size_t found = 0;
  while (std::getline(maps, line)) {
    std::uintptr_t from = 0;
    std::uintptr_t to = 0;
    char dash = 0;
    std::string rights;
    std::istringstream(line) >> std::hex >> from >> dash >> to >> rights;
    if (!rights.starts_with("rw")) {
      continue;
    }
    const auto* at = reinterpret_cast<const volatile char*>(from);
    const std::size_t size = to - from;
    for (std::size_t i = 0; i + turned.size() <= size; ++i) {
      std::size_t same = 0;
      while (same < turned.size() && static_cast<char>(at[i + same] ^ 1) == turned[same]) {
        ++same;
      }
      found += same == turned.size() ? 1 : 0;
    }
  }
  return found;
}

// Rows that hold the word, as CSV or packed; nothing of them stays in memory.
void write_rows(const std::filesystem::path& path, bool packed) {
  gzFile file = gzopen(path.c_str(), packed ? "wb" : "wbT");
  ASSERT_NE(file, nullptr);
  std::array<char, turned.size() + 3> row{'1', ','};
  for (std::size_t i = 0; i < turned.size(); ++i) {
    row[2 + i] = static_cast<char>(turned[i] ^ 1);
  }
  row.back() = '\n';
  gzwrite(file, "a,b\n", 4);
  for (int i = 0; i < 40'000; ++i) {
    gzwrite(file, row.data(), static_cast<unsigned>(row.size()));
  }
  gzclose(file);
  ::explicit_bzero(row.data(), row.size());
}

// What is found of the word once a file that holds it was read and closed; whole memory is walked,
// so this runs in a process of its own, which did nothing else.
[[noreturn]] void read_and_look(bool packed) {
  const std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("wiped-" + std::to_string(::getpid()));
  if (const pid_t writer = ::fork(); writer == 0) {
    write_rows(path, packed);
    std::_Exit(0);
  }
  ::wait(nullptr);
  std::size_t rows_read = 0;
  std::size_t while_reading = 0;
  {
    // Small blocks lie on the heap, where they are found again; large ones go back to the system.
    CsvFile file = *CsvFile::open(path, {.block_bytes = 4096});
    CsvRows rows(file.separator(), file.header().size());
    while (true) {
      CsvBlock block = *file.next(rows.release());
      if (block.empty()) {
        break;
      }
      rows.take(std::move(block));
      while (rows.next()) {
        ++rows_read;
      }
      while_reading = while_reading > 0 ? while_reading : found_in_memory();
    }
  }
  std::filesystem::remove(path);
  std::fprintf(stderr, "%zu rows, %s while reading, %zu left\n", rows_read,
               while_reading > 0 ? "found" : "not found", found_in_memory());
  std::_Exit(0);
}

class Wiped : public testing::Test {
 protected:
  void SetUp() override {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    GTEST_SKIP() << "a sanitizer's own memory is too large to walk";
#endif
    testing::FLAGS_gtest_death_test_style = "threadsafe";
  }
};

TEST_F(Wiped, G4NothingOfAFileIsLeftInMemory) {
  EXPECT_EXIT(read_and_look(false), testing::ExitedWithCode(0),
              "40000 rows, found while reading, 0 left");
}

TEST_F(Wiped, G4NothingOfAPackedFileIsLeftInMemory) {
  EXPECT_EXIT(read_and_look(true), testing::ExitedWithCode(0),
              "40000 rows, found while reading, 0 left");
}

}  // namespace
}  // namespace parcours
