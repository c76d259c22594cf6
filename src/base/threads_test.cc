#include "base/threads.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <numeric>

namespace parcours {
namespace {

TEST(Threads, G1_WhatOneThrowsIsThrownWhereTheyWereStarted) {
  for (int thrower = 0; thrower < 4; ++thrower) {
    std::atomic<int> ended{0};
    const auto work = [&](int number) {
      ++ended;
      if (number == thrower) {
        throw std::bad_alloc();
      }
    };
    EXPECT_THROW(on_threads(4, work), std::bad_alloc);
    EXPECT_EQ(ended, 4);
    EXPECT_THROW(static_cast<void>(at_once(4,
                                           [&](int number) -> Status {
                                             work(number);
                                             return {};
                                           })),
                 std::bad_alloc);
  }
}

TEST(Threads, EachIsDoneOnceWhateverTheThreads) {
  for (const int threads : {-1, 1, 3, 100}) {
    std::vector<std::atomic<int>> done(50);
    each_on_threads(done.size(), threads, [&](std::size_t i) { ++done[i]; });
    EXPECT_TRUE(std::ranges::all_of(done, [](const auto& times) { return times == 1; }));
  }
  each_on_threads(0, 2, [](std::size_t) { FAIL(); });
}

TEST(Threads, NoneIsBegunAfterOneHasThrown) {
  int begun = 0;
  EXPECT_THROW(each_on_threads(1000, 1,
                               [&](std::size_t i) {
                                 ++begun;
                                 if (i == 3) {
                                   throw std::bad_alloc();
                                 }
                               }),
               std::bad_alloc);
  EXPECT_EQ(begun, 4);
}

// In a child that may map no stack for another thread.
TEST(Threads, G2_WithoutMoreThreadsTheWorkIsDoneOnThisOne) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "a sanitizer maps terabytes for itself, so that memory cannot be limited";
#else
  const pid_t child = ::fork();
  if (child == 0) {
    const rlimit none{1 << 20, 1 << 20};
    ::setrlimit(RLIMIT_AS, &none);
    std::array<std::atomic<int>, 5> done{};
    on_threads(5, [&](int number) { ++done[static_cast<std::size_t>(number)]; });
    ::_exit(std::ranges::all_of(done, [](const auto& times) { return times == 1; }) ? 0 : 1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
#endif
}

}  // namespace
}  // namespace parcours
