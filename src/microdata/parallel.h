// Work on several threads, the same result whatever their number: for this module's own use.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace parcours {

// Calls work(i) for every i below `count`, in whatever order; each i may write what is its own.
template <class Work>
void in_parallel(std::size_t count, int threads, const Work& work) {
  std::atomic<std::size_t> next{0};
  const auto take = [&] {
    for (std::size_t i = next++; i < count; i = next++) {
      work(i);
    }
  };
  std::vector<std::jthread> helpers;
  const auto wanted = std::min(static_cast<std::size_t>(std::max(threads, 1)), count);
  for (std::size_t thread = 1; thread < wanted; ++thread) {
    helpers.emplace_back(take);
  }
  take();
}

}  // namespace parcours
