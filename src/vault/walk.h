// A walk over all buckets of a vault, by one worker or by several at once.
//
//   RETURN_IF_ERROR(for_buckets(vault, {.day = true}, "looking through the vault", progress, stop,
//                               [&](const Bucket& bucket) { ... bucket.record(i) ... }));
//
// G1: each bucket is read once, whoever reads it, and none after an error, an exception or Ctrl-C.
#pragma once

#include <atomic>
#include <string>
#include <type_traits>
#include <utility>

#include "base/each.h"
#include "base/progress.h"
#include "base/stop.h"
#include "vault/vault.h"

namespace parcours::vault {

// What the workers share. It adds one to `progress` for each bucket; the caller begins and ends it.
class BucketWalk {
 public:
  BucketWalk(const Vault& vault, records::EventColumns columns, Progress& progress,
             const Stop& stop)
      : vault_(vault), columns_(columns), progress_(progress), stop_(stop) {}

  // One worker's share: calls each(bucket) or each(number, bucket) on the buckets that no other
  // worker has taken, until none is left. The bucket is gone when `each` returns.
  template <class Each>
  Status share(Each each) {
    try {
      Status done = read_on(each);
      if (!done) {
        give_up();
      }
      return done;
    } catch (...) {
      give_up();
      throw;
    }
  }

  // Ends the walk of all workers, each after the bucket that it has.
  void give_up() { given_up_.store(true, std::memory_order_relaxed); }

 private:
  template <class Each>
  Status read_on(Each& each) {
    ASSIGN_OR_RETURN(BucketReader reader, vault_.reader(columns_));
    for (int next = next_++; next < vault_.buckets() && !given_up_.load(std::memory_order_relaxed);
         next = next_++) {
      if (stop_.requested()) {
        return stopped();
      }
      ASSIGN_OR_RETURN(const Bucket* bucket, reader.read(next));
      if constexpr (std::is_invocable_v<Each&, int, const Bucket&>) {
        RETURN_IF_ERROR(call_each(each, next, *bucket));
      } else {
        RETURN_IF_ERROR(call_each(each, *bucket));
      }
      progress_.add(1);
    }
    return {};
  }

  const Vault& vault_;
  records::EventColumns columns_;
  Progress& progress_;
  const Stop& stop_;
  std::atomic<int> next_{0};
  std::atomic<bool> given_up_{false};
};

// One worker alone, bucket after bucket in their order. `what` is shown while it goes on.
template <class Each>
Status for_buckets(const Vault& vault, records::EventColumns columns, std::string what,
                   Progress& progress, const Stop& stop, Each each) {
  progress.begin(std::move(what), static_cast<std::uint64_t>(vault.buckets()));
  RETURN_IF_ERROR(BucketWalk(vault, columns, progress, stop).share(std::move(each)));
  progress.end();
  return {};
}

}  // namespace parcours::vault
