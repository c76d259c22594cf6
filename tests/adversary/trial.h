// One try in a folder of its own, and the count of them. What failed is kept, so that it can be
// looked at and done again.
#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "adversary/world.h"
#include "base/random.h"

namespace parcours::adversary {

// Safe to use from several threads.
class Tally {
 public:
  Tally(std::string part, std::filesystem::path found)
      : part_(std::move(part)), found_(std::move(found)) {}

  const std::string& part() const { return part_; }
  const std::filesystem::path& found() const { return found_; }
  void tried() { ++trials_; }
  // A line on standard error.
  void failed(const std::string& what);
  // "kills       143 trials    0 failures"; false where something failed, or nothing was tried.
  bool tell() const;

 private:
  std::string part_;
  std::filesystem::path found_;  // where failing trials are kept
  std::atomic<std::uint64_t> trials_ = 0;
  std::atomic<std::uint64_t> failures_ = 0;
  std::mutex mutex_;
};

// The folder goes with it, unless it failed: then it moves to the tally's, with how to do it again.
class Trial {
 public:
  Trial(const World& world, const Call& call, std::uint64_t seed, Tally& tally);
  ~Trial();
  Trial(const Trial&) = delete;
  Trial& operator=(const Trial&) = delete;

  const std::filesystem::path& folder() const { return folder_; }
  // Runs the call here, with temporary files in the folder too.
  Ran run(RunOptions options = {}) const;
  // What lies in the folder, by relative path, that did not lie there at first.
  std::set<std::string> fresh_files() const;
  // Counts a failure, and keeps the folder.
  void fail(const std::string& what);
  bool failed() const { return failed_; }

 private:
  std::set<std::string> files() const;
  // Where the call finds what it uses of the world: a vault in a copy beside the folder, since a
  // release is recorded in its vault and the world stays as it is.
  std::filesystem::path used(const std::string& name) const;
  const World& world_;
  const Call& call_;
  std::uint64_t seed_;
  Tally& tally_;
  std::filesystem::path folder_;
  std::filesystem::path used_;
  std::vector<std::string> words_;
  std::set<std::string> first_;
  bool failed_ = false;
};

// What a part goes on with until its time is over.
struct Share {
  const World& world;
  std::filesystem::path found;  // what fails is kept here
  double seconds;
  std::uint64_t seed;
  int threads;
};

// Calls attempt(random, seed) again and again, on each thread, until the time is over.
template <class Attempt>
void until_over(const Share& share, Attempt attempt) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::duration<double>(share.seconds);
  std::atomic<std::uint64_t> next = share.seed;
  std::vector<std::jthread> threads;
  for (int i = 0; i < share.threads; ++i) {
    threads.emplace_back([&] {
      while (std::chrono::steady_clock::now() < end) {
        const std::uint64_t seed = next++;
        Random random(seed);
        attempt(random, seed);
      }
    });
  }
}

}  // namespace parcours::adversary
