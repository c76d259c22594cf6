// Gives out files block by block to the threads that read them.
#pragma once

#include <cstddef>
#include <mutex>
#include <optional>
#include <vector>

#include "base/csv.h"
#include "base/progress.h"
#include "base/stop.h"
#include "mapping/plan.h"

namespace parcours::mapping {

// Safe to call from several threads.
class FileQueue {
 public:
  // `progress` is told of the bytes read; it may be nullptr. All must outlive the queue.
  FileQueue(const std::vector<FilePlan>& files, const Stop& stop, Progress* progress)
      : files_(files), stop_(stop), progress_(progress) {}

  struct Taken {
    const FilePlan* file = nullptr;  // nullptr: the end
    std::uint32_t number = 0;        // of the file
    CsvBlock block;
  };
  Result<Taken> take(CsvBlock spent);

  // Something went wrong: from now on there is nothing to take.
  void close();

 private:
  Result<bool> open_next();

  const std::vector<FilePlan>& files_;
  const Stop& stop_;
  Progress* progress_;
  std::mutex mutex_;
  std::size_t next_ = 0;
  std::optional<CsvFile> current_;
  bool closed_ = false;
};

}  // namespace parcours::mapping
