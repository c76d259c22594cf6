// A few threads on one piece of work.
#pragma once

#include <cstddef>
#include <new>
#include <thread>
#include <vector>

#include "base/error.h"

namespace parcours {

// Calls work(0), work(1), ... at the same time, waits for all, and gives the first error.
template <class Work>
Status at_once(int workers, Work work) {
  std::vector<Status> results(static_cast<std::size_t>(workers));
  const auto run = [&](int worker) {
    try {
      results[static_cast<std::size_t>(worker)] = work(worker);
    } catch (const std::bad_alloc&) {
      results[static_cast<std::size_t>(worker)] = machine_fault("out of memory");
    }
  };
  {
    std::vector<std::jthread> threads;
    for (int worker = 1; worker < workers; ++worker) {
      threads.emplace_back(run, worker);
    }
    run(0);
  }
  for (Status& result : results) {
    RETURN_IF_ERROR(result);
  }
  return {};
}

}  // namespace parcours
