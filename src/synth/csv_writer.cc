#include "synth/csv_writer.h"

#include <utility>

namespace parcours::synth {

CsvWriter::CsvWriter(std::vector<OutputFile> files, std::size_t most_waiting)
    : files_(std::move(files)), most_waiting_(most_waiting) {}

Result<CsvWriter::Texts> CsvWriter::put(std::uint32_t practice, Texts texts) {
  std::unique_lock lock(mutex_);
  turn_.wait(lock, [&] { return error_ || practice == next_ || waiting_.size() < most_waiting_; });
  if (error_) {
    return std::unexpected(*error_);
  }
  waiting_.emplace(practice, std::move(texts));
  Texts spent;
  while (!waiting_.empty() && waiting_.begin()->first == next_) {
    spent = std::move(waiting_.begin()->second);
    waiting_.erase(waiting_.begin());
    ++next_;
    for (std::size_t i = 0; i < files_.size(); ++i) {
      if (Status written = files_[i].write(spent[i]); !written) {
        error_ = written.error();
        turn_.notify_all();
        return std::unexpected(*error_);
      }
    }
  }
  turn_.notify_all();
  return spent;
}

void CsvWriter::fail(const Error& error) {
  const std::lock_guard lock(mutex_);
  if (!error_) {
    error_ = error;
  }
  turn_.notify_all();
}

Result<std::uint64_t> CsvWriter::close() {
  const std::lock_guard lock(mutex_);
  if (error_) {
    return std::unexpected(*error_);
  }
  std::uint64_t bytes = 0;
  for (OutputFile& file : files_) {
    ASSIGN_OR_RETURN(const std::uint64_t size, file.close());
    bytes += size;
  }
  return bytes;
}

}  // namespace parcours::synth
