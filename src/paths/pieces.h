// Work on very many things, cut into pieces that threads take one after another.
//
// The pieces do not depend on the threads, so what is added up a piece at a time comes out the same
// to the last bit however many there are.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>

#include "base/progress.h"
#include "base/stop.h"
#include "base/threads.h"

namespace parcours::paths {

// `make_worker()` is called once in each thread; what it returns is called with the piece's first
// number and the one after its last. False when the user asked to stop.
template <class MakeWorker>
bool in_pieces(std::size_t total, std::size_t piece, int threads, Progress& progress,
               const Stop& stop, const MakeWorker& make_worker) {
  std::atomic<std::size_t> next{0};
  const auto work = [&](int) {
    try {
      auto worker = make_worker();
      for (std::size_t first; (first = next.fetch_add(piece)) < total && !stop.requested();) {
        const std::size_t end = std::min(total, first + piece);
        worker(first, end);
        progress.add(end - first);
      }
    } catch (...) {
      next = total;  // the others end too
      throw;
    }
  };
  on_threads(threads, work);
  return !stop.requested();
}

}  // namespace parcours::paths
