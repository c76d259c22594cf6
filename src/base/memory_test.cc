#include "base/memory.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <new>
#include <vector>

namespace parcours {
namespace {

using testing::HasSubstr;

TEST(Memory, SizesAreRead) {
  EXPECT_EQ(*parse_memory("4GB"), std::uint64_t{4} << 30);
  EXPECT_EQ(*parse_memory("512 MB"), std::uint64_t{512} << 20);
  EXPECT_EQ(*parse_memory("1.5g"), std::uint64_t{3} << 29);
  EXPECT_EQ(*parse_memory("64kib"), std::uint64_t{64} << 10);
  EXPECT_EQ(*parse_memory("800000"), 800'000u);
  for (const char* text : {"", "GB", "-1GB", "0", "4 apples", "1e30TB", "nan", "inf MB", "4GBB"}) {
    const auto size = parse_memory(text);
    ASSERT_FALSE(size) << text;
    EXPECT_EQ(size.error().fault, Fault::input);
    EXPECT_THAT(size.error().sentence(), HasSubstr("--memory 4GB"));
  }
}

TEST(Memory, G1_TheLimitIsNeverAboveTheMachines) {
  EXPECT_GT(machine_memory(), std::uint64_t{1} << 20);
  EXPECT_LE(memory_limit(), machine_memory());
}

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
TEST(Memory, PastTheLimitAllocationsFail) {
  GTEST_SKIP() << "a sanitizer maps terabytes for itself, so that memory cannot be limited";
}
#else
// What `work` says in a child of its own, so that this process stays as it is.
template <class Work>
bool in_a_child(const Work& work) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::_exit(work() ? 0 : 1);
  }
  int status = 0;
  return ::waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

TEST(Memory, PastTheLimitAllocationsFail) {
  EXPECT_TRUE(in_a_child([] {
    limit_memory(std::uint64_t{200} << 20);
    try {
      const std::vector<char> much(std::size_t{300} << 20, 'x');
      return much[much.size() / 2] != 'x';
    } catch (const std::bad_alloc&) {
      return out_of_memory_line().find("needs more than 200 MB of memory; raise --memory") !=
                 std::string_view::npos &&
             out_of_memory().sentence().find("200 MB") != std::string::npos;
    }
  }));
}

TEST(Memory, ALimitOfTheShellIsNotRaised) {
  EXPECT_TRUE(in_a_child([] {
    const rlimit shell{std::uint64_t{1} << 30, std::uint64_t{1} << 30};
    ::setrlimit(RLIMIT_AS, &shell);
    limit_memory(std::uint64_t{4} << 30);
    return memory_limit() == std::uint64_t{1} << 30 &&
           out_of_memory_line().find("ulimit -v") != std::string_view::npos;
  }));
}
#endif

}  // namespace
}  // namespace parcours
