#include "synth/csv_writer.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <thread>

#include "base/files.h"

namespace parcours::synth {
namespace {

// As on a full disk, as long as this lives.
class NoFileMayGrow {
 public:
  NoFileMayGrow() {
    std::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit none{0, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &none);
  }
  ~NoFileMayGrow() { ::setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_{};
};

class CsvWriterTest : public testing::Test {
 protected:
  CsvWriter writer(std::size_t most_waiting) {
    std::vector<OutputFile> files;
    for (const char* name : {"a", "b"}) {
      files.push_back(*OutputFile::create(folder_.path() / name, Readers::as_umask_says));
    }
    return CsvWriter(std::move(files), most_waiting);
  }
  std::string text(const char* name) { return *read_file(folder_.path() / name); }

  ScratchFolder folder_ =
      *ScratchFolder::make(std::filesystem::temp_directory_path(), "parcours-test-");
};

TEST_F(CsvWriterTest, WhatComesEarlyWaitsForItsTurn) {
  CsvWriter writer = this->writer(8);
  ASSERT_TRUE(writer.put(2, {"2", "two"}));
  ASSERT_TRUE(writer.put(1, {"1", "one"}));
  ASSERT_TRUE(writer.put(0, {"0", "nil"}));
  EXPECT_EQ(*writer.close(), 12u);
  EXPECT_EQ(text("a"), "012");
  EXPECT_EQ(text("b"), "nilonetwo");
}

TEST_F(CsvWriterTest, ThreadsThatRaceWriteInOrder) {
  CsvWriter writer = this->writer(2);
  std::atomic<std::uint32_t> next{0};
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&] {
        for (std::uint32_t i = next++; i < 500; i = next++) {
          EXPECT_TRUE(writer.put(i, {std::to_string(i) + "\n", ""}));
        }
      });
    }
  }
  ASSERT_TRUE(writer.close());
  std::string expected;
  for (int i = 0; i < 500; ++i) {
    expected += std::to_string(i) + "\n";
  }
  EXPECT_EQ(text("a"), expected);
}

TEST_F(CsvWriterTest, AThreadThatFailsEndsTheOthers) {
  CsvWriter writer = this->writer(1);
  ASSERT_TRUE(writer.put(2, {"2", ""}));
  std::jthread waits([&] { EXPECT_FALSE(writer.put(1, {"1", ""})); });
  writer.fail(stopped().error());
  waits.join();
  EXPECT_FALSE(writer.close());
}

TEST_F(CsvWriterTest, AFullDiskIsSaidToAllThreads) {
  CsvWriter writer = this->writer(1);
  const NoFileMayGrow full;
  for (const std::uint32_t practice : {0U, 1U}) {
    const auto put = writer.put(practice, {"text", "text"});
    ASSERT_FALSE(put);
    EXPECT_EQ(put.error().fault, Fault::machine);
    EXPECT_EQ(put.error().where, (folder_.path() / "a").string());
  }
}

}  // namespace
}  // namespace parcours::synth
