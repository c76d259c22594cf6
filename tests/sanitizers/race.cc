// A race of our own, beside a DuckDB at work: the thread sanitizer must report it, or tsan.supp
// hides more than DuckDB.

#include <cstdio>
#include <thread>

#include "duck/duck.h"

int main() {
  using namespace parcours;
  duck::Connection duck = *duck::Database::open({.threads = 2})->connect();
  long sum = 0;
  const auto add = [&] {
    for (int i = 0; i < 100000; ++i) {
      ++sum;
    }
  };
  std::thread one(add);
  std::thread other(add);
  const Status asked = duck.run("SELECT max(i) FROM range(1000000) t(i)");
  one.join();
  other.join();
  std::printf("%ld %s\n", sum, asked ? "" : "and DuckDB failed");
}
