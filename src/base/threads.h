// Runs several threads on one piece of work. The program starts threads nowhere else.
//
//   on_threads(4, [&](int number) { for (int i = next++; i < count; i = next++) do_one(i); });
//
// G1: an exception in a thread (mostly std::bad_alloc) does not end the process: when all threads
//     have ended, on_threads() throws it again. Of several exceptions it throws the first.
// G2: if the machine starts no more threads, the calling thread does the remaining shares one after
//     another. So a share must not wait for another one.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <new>
#include <system_error>
#include <thread>
#include <vector>

#include "base/error.h"

namespace parcours {

// The number that was asked for; 0: as many as the machine has.
inline int threads_asked(int threads) {
  return std::max(threads > 0 ? threads : static_cast<int>(std::thread::hardware_concurrency()), 1);
}

// Calls work(0), ..., work(count - 1), each on a thread of its own as far as there are any, 0 on
// this one, and waits for all.
template <class Work>
void on_threads(int count, const Work& work) {
  std::exception_ptr thrown;
  std::atomic<bool> failed{false};
  const auto share = [&](int number) noexcept {
    try {
      work(number);
    } catch (...) {
      if (!failed.exchange(true)) {
        thrown = std::current_exception();
      }
    }
  };
  {
    std::vector<std::jthread> threads;
    int begun = 1;
    try {
      threads.reserve(static_cast<std::size_t>(std::max(count - 1, 0)));
      for (; begun < count; ++begun) {
        threads.emplace_back(share, begun);
      }
    } catch (const std::system_error&) {
    } catch (const std::bad_alloc&) {
    }
    share(0);
    for (; begun < count; ++begun) {
      share(begun);
    }
  }
  if (thrown) {
    std::rethrow_exception(thrown);
  }
}

// Calls work(i) for every i below `count`, in whatever order, on so many threads. None is begun
// after one has thrown.
template <class Work>
void each_on_threads(std::size_t count, int threads, const Work& work) {
  std::atomic<std::size_t> next{0};
  const auto wanted = std::min(static_cast<std::size_t>(std::max(threads, 1)), count);
  on_threads(static_cast<int>(wanted), [&](int) {
    try {
      for (std::size_t i = next++; i < count; i = next++) {
        work(i);
      }
    } catch (...) {
      next = count;
      throw;
    }
  });
}

// The same as on_threads() for work that gives a Status: gives the first error, by number.
template <class Work>
Status at_once(int workers, const Work& work) {
  std::vector<Status> results(static_cast<std::size_t>(workers));
  on_threads(workers,
             [&](int worker) { results[static_cast<std::size_t>(worker)] = work(worker); });
  for (Status& result : results) {
    RETURN_IF_ERROR(result);
  }
  return {};
}

}  // namespace parcours
