// Imports and compactions that end in the middle: killed, or out of disk.

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>

#include "base/random.h"
#include "base/testing/sanitizer.h"
#include "vault/catalog.h"
#include "vault/compact.h"
#include "vault/forget.h"
#include "vault/staging.h"
#include "vault/testing/worlds.h"

namespace parcours::vault {
namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr int people = 40;

// Every patient of the package has as many events as `generation` says.
SmallPackage generation_of(int generation) {
  SmallPackage package{"P1", "2024", {}, {}};
  for (std::uint64_t i = 0; i < people; ++i) {
    package.patients.push_back({.id = {i, i}, .birth_year = 1980});
    for (int e = 0; e < generation; ++e) {
      package.events.push_back({.patient = {i, i}, .day = e});
    }
  }
  return package;
}

// The generation that a vault holds, wholly; 0 for an empty one; -1 where it is none.
int generation_in(const Vault& vault) {
  std::size_t patients = 0;
  std::size_t events = 0;
  BucketReader reader = *vault.reader({.day = true});
  for (int b = 0; b < vault.buckets(); ++b) {
    const Result<const Bucket*> bucket = reader.read(b);
    if (!bucket) {
      return -1;
    }
    patients += (*bucket)->patients();
    for (std::size_t i = 0; i < (*bucket)->patients(); ++i) {
      if ((*bucket)->record(i).size() != (*bucket)->record(0).size()) {
        return -1;
      }
    }
    events += (*bucket)->events();
  }
  if (patients == 0) {
    return 0;
  }
  return patients == people && events % people == 0 ? static_cast<int>(events / people) : -1;
}

std::size_t files_in(const fs::path& folder) {
  const auto regular = [](const fs::directory_entry& entry) { return entry.is_regular_file(); };
  return static_cast<std::size_t>(
      std::count_if(fs::recursive_directory_iterator(folder), {}, regular));
}

// Ends this process as kill -9 does, after a while.
void die_after(std::chrono::microseconds delay) {
  sigevent event{};
  event.sigev_notify = SIGEV_SIGNAL;
  event.sigev_signo = SIGKILL;
  timer_t timer{};
  timer_create(CLOCK_MONOTONIC, &event, &timer);
  itimerspec when{};
  when.it_value.tv_sec = delay.count() / 1'000'000;
  when.it_value.tv_nsec = delay.count() % 1'000'000 * 1000 + 1;
  timer_settime(timer, 0, &when, nullptr);
}

struct End {
  bool killed;
  int code;
  std::chrono::microseconds took;
};

// Does the work in a process of its own.
template <class Work>
End in_child(Work work) {
  const auto began = Clock::now();
  const pid_t child = ::fork();
  if (child == 0) {
    ::_exit(work() ? 0 : 1);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return {WIFSIGNALED(status), WIFEXITED(status) ? WEXITSTATUS(status) : -1,
          std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - began)};
}

// Up to a little over what the whole work takes; every other time near its end, where files move
// and the catalog commits.
std::chrono::microseconds some_delay(Random& random, std::chrono::microseconds whole, int point) {
  const double share = point % 2 == 0 ? random.unit() * 1.05 : 0.65 + random.unit() * 0.4;
  return std::chrono::microseconds(
      static_cast<std::int64_t>(share * static_cast<double>(whole.count())));
}

bool import_generation(const SmallVault& small, int generation) {
  return small.import({generation_of(generation)}).has_value();
}

bool compacts(const SmallVault& small) {
  Progress progress(Progress::Manner::none);
  const Stop stop;
  return compact(small.place(), progress, stop).has_value();
}

constexpr int enough = under_sanitizer ? 10 : 50;

class Crash : public testing::TestWithParam<AtRest> {
 protected:
  // How often work is killed.
  static int points() { return GetParam() == AtRest::plain ? enough : (enough + 1) / 2; }
};
INSTANTIATE_TEST_SUITE_P(Vault, Crash, testing::Values(AtRest::plain, AtRest::encrypted),
                         [](const auto& run) {
                           return run.param == AtRest::plain ? "plain" : "encrypted";
                         });

// G1 of import.h.
TEST_P(Crash, G1_AnImportKilledAtAnyPointLeavesTheVaultAsBeforeOrAsAfter) {
  const SmallVault small = *SmallVault::make({.buckets = 3}, GetParam());
  const End first = in_child([&] { return import_generation(small, 1); });
  ASSERT_EQ(first.code, 0);
  std::chrono::microseconds whole = first.took;
  int now = generation_in(*small.open());
  ASSERT_EQ(now, 1);

  Random random(20260123);
  int killed = 0;
  int kept = 0;
  for (int point = 0; killed < points() && point < 2000; ++point) {
    const int next = now + 1;
    const auto delay = some_delay(random, whole, point);
    const End end = in_child([&] {
      die_after(delay);
      return import_generation(small, next);
    });
    const Result<Vault> vault = small.open();
    ASSERT_TRUE(vault) << vault.error().sentence();
    const int found = generation_in(*vault);
    ASSERT_TRUE(found == now || found == next) << found << " after " << now;
    ASSERT_TRUE(end.killed || found == next);
    killed += end.killed ? 1 : 0;
    whole = end.killed ? whole : end.took;
    kept += found == now ? 1 : 0;
    now = found;
  }
  EXPECT_GE(killed, points());
  EXPECT_GT(kept, 0);

  // What the crashes left is swept by the next who writes.
  ASSERT_TRUE(compacts(small));
  for (const auto& entry : fs::recursive_directory_iterator(small.path())) {
    EXPECT_FALSE(entry.path().filename().string().starts_with("aside-")) << entry.path();
  }
}

// G1 of compact.h.
TEST_P(Crash, G1_ACompactionKilledAtAnyPointLosesNothing) {
  const SmallVault small = *SmallVault::make({.buckets = 3}, GetParam());
  ASSERT_EQ(
      in_child([&] { return import_generation(small, 1) && import_generation(small, 2); }).code, 0);
  const End whole = in_child([&] { return compacts(small); });
  ASSERT_EQ(whole.code, 0);

  Random random(7);
  for (int point = 0; point < 15; ++point) {
    ASSERT_EQ(in_child([&] { return import_generation(small, 2); }).code, 0);
    const auto delay = some_delay(random, whole.took, point);
    in_child([&] {
      die_after(delay);
      return compacts(small);
    });
    const Result<Vault> vault = small.open();
    ASSERT_TRUE(vault) << vault.error().sentence();
    ASSERT_EQ(generation_in(*vault), 2);
  }
}

// A vault whose period "2023" holds a code that nothing else has.
bool import_slip(const SmallVault& small) {
  SmallPackage package{"P1", "2023", {}, {}};
  for (std::uint64_t i = 0; i < people; ++i) {
    package.events.push_back({.patient = {i, i}, .day = 9, .code = "DUPONT-SECRET"});
  }
  return small.import({package}).has_value();
}

bool forget_slip(const SmallVault& small) {
  Progress progress(Progress::Manner::none);
  const Stop stop;
  return forget(small.place(), PeriodToForget{"2023"}, progress, stop).has_value();
}

bool holds_slip(const fs::path& vault) {
  return !files_holding(vault, "DUPONT-SECRET").empty();
}

std::size_t bucket_files_in(const fs::path& vault) {
  std::size_t files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(vault)) {
    const fs::path folder = entry.path().parent_path();
    files += folder != vault && entry.is_regular_file() ? 1 : 0;
  }
  return files;
}

// G2 of forget.h.
TEST_P(Crash, G2_AForgettingKilledAtAnyPointIsAsBeforeOrAsAfterAndTheNextOneFinishesIt) {
  const SmallVault small = *SmallVault::make({.buckets = 3}, GetParam());
  const auto fill = [&] { return import_generation(small, 1) && import_slip(small); };
  ASSERT_EQ(in_child(fill).code, 0);
  const End whole = in_child([&] { return forget_slip(small); });
  ASSERT_EQ(whole.code, 0);
  ASSERT_FALSE(holds_slip(small.path()));

  Random random(11);
  std::chrono::microseconds took = whole.took;
  int forgotten = 0;
  int kept = 0;
  for (int point = 0; point < points(); ++point) {
    ASSERT_EQ(in_child([&] { return import_slip(small); }).code, 0);
    const auto delay = some_delay(random, took, point);
    const End end = in_child([&] {
      die_after(delay);
      return forget_slip(small);
    });
    if (!end.killed) {
      took = end.took;
    } else if (forgotten == 0 && point % 4 == 3) {
      took *= 2;  // the machine has become slower
    }
    ASSERT_TRUE(small.open());
    const int generation = generation_in(*small.open());
    ASSERT_TRUE(generation == 1 || generation == 2) << generation;
    forgotten += generation == 1 ? 1 : 0;
    kept += generation == 2 ? 1 : 0;
    ASSERT_EQ(in_child([&] {
                // Where it was forgotten already it says so, and has swept what the crash left.
                return forget_slip(small) == (generation == 2);
              }).code,
              0);
    ASSERT_FALSE(holds_slip(small.path())) << "after point " << point;
    ASSERT_EQ(bucket_files_in(small.path()), small.open()->catalog().files.size());
    ASSERT_EQ(generation_in(*small.open()), 1);
  }
  EXPECT_GT(kept, 0);
  EXPECT_GT(forgotten, 0);
}

TEST_P(Crash, AFullDiskIsTheMachinesFaultAndChangesNothing) {
  const SmallVault small = *SmallVault::make({.buckets = 1}, GetParam());
  ASSERT_EQ(in_child([&] { return import_generation(small, 1); }).code, 0);
  // A limit on the size of files fails writes as a full disk does. It is tried at several sizes, so
  // that now the Parquet file and now the catalog is what does not fit.
  int failures = 0;
  for (const rlim_t most : {0, 100, 1000, 2000, 40000, 65536}) {
    const int before = generation_in(*small.open());
    const End end = in_child([&] {
      ::signal(SIGXFSZ, SIG_IGN);
      const rlimit limit{most, most};
      ::setrlimit(RLIMIT_FSIZE, &limit);
      const Result<ImportSummary> summary = small.import({generation_of(before + 1)});
      return summary || (summary.error().fault == Fault::machine && !summary.error().where.empty());
    });
    ASSERT_EQ(end.code, 0) << "at " << most << " bytes";
    const Result<Vault> vault = small.open();
    ASSERT_TRUE(vault) << vault.error().sentence();
    const int after = generation_in(*vault);
    ASSERT_TRUE(after == before || after == before + 1);
    failures += after == before ? 1 : 0;
  }
  EXPECT_GE(failures, 4);
}

TEST_P(Crash, CtrlCAfterTheLastRowChangesNothing) {
  const SmallVault small = *SmallVault::make({.buckets = 4}, GetParam());
  ASSERT_TRUE(small.import({generation_of(1)}));
  const std::size_t files = files_in(small.path());
  const Result<ImportSummary> import =
      import_packages(small.place(), small.key(), {generation_of(2)}, {.threads = 2}, true);
  ASSERT_FALSE(import);
  EXPECT_EQ(import.error().fault, Fault::stopped);
  EXPECT_EQ(generation_in(*small.open()), 1);
  EXPECT_EQ(files_in(small.path()), files);
}

TEST_P(Crash, CtrlCWhileFilesArePutInPlaceTakesThemAway) {
  const SmallVault small = *SmallVault::make({.buckets = 1}, GetParam());
  const Staging staging = *Staging::make(small.path());
  const BucketFile file{.content = Content::events, .bucket = 0, .name = "000009-00.parquet"};
  ASSERT_TRUE(write_file(staging.path_of(file), "rows"));
  Stop stop;
  stop.request();
  EXPECT_EQ(staging.place({file}, stop).error().fault, Fault::stopped);
  EXPECT_FALSE(fs::exists(file.path(small.path())));
}

}  // namespace
}  // namespace parcours::vault
