// Asking takes no memory once every kind of record has been met: it runs once for each of millions
// of patients.

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "study/testing/slow_twin.h"

namespace {
std::atomic<long> allocations = 0;
}

[[gnu::noinline]] void* operator new(std::size_t size) {
  allocations.fetch_add(1, std::memory_order_relaxed);
  if (void* memory = std::malloc(size)) {
    return memory;
  }
  throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* memory) noexcept {
  std::free(memory);
}
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}

namespace parcours::study {
namespace {

TEST(AskerMemory, IsNotTakenForAnotherRecord) {
  const vocabulary::CodeBook book = small_book();
  const auto study = parse_study(R"([study]
id = "s"
title = "S"
rules = "r"
[population]
index = { first = "diagnosis:*" }
require = [{ any = "lab:*", within = [-9, 9] }]
[variables]
n = { count = "*", bands = [1, 3] }
v = { last = "lab:HBA1C", bands = [5.5] }
c = { first = "diagnosis:*", level = "icd3" }
age = { field = "age", bands = [18] }
[[table]]
id = "t"
by = ["n", "v", "age"]
of = "c"
[[table]]
id = "m"
by = ["age"]
mean = "n"
)",
                                 "s.toml", Calendar::days);
  ASSERT_TRUE(study) << study.error().sentence();
  const Plan plan = plan_of(*study, {book, {"P"}, Calendar::days, {}, {}}, {});
  Asker asker(plan);
  const records::Patient patient{
      .id = {}, .practice = 0, .birth_year = -30, .sex = records::Sex::female, .place = 1};
  const std::vector<vocabulary::CodeId> codes = {0, 3, 2, 3, 0};
  const std::vector<Day> days = {{5}, {6}, {3}, {6}, {9}};
  const std::vector<double> values = {records::no_value, 6.1, records::no_value, 5.2,
                                      records::no_value};
  const records::Record record{patient, codes, days, {}, values};
  ASSERT_NE(asker.ask(record), nullptr);
  const long before = allocations;
  for (int i = 0; i < 100; ++i) {
    ASSERT_NE(asker.ask(record), nullptr);
  }
  EXPECT_EQ(allocations, before);
}

}  // namespace
}  // namespace parcours::study
