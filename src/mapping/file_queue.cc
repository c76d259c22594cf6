#include "mapping/file_queue.h"

namespace parcours::mapping {

// False when no file is left.
Result<bool> FileQueue::open_next() {
  if (closed_ || next_ == files_.size()) {
    return false;
  }
  const FilePlan& plan = files_[next_++];
  ASSIGN_OR_RETURN(CsvFile file, open_row_file(plan.file, plan.form));
  if (!(file.header() == plan.header)) {
    return bad_input("the file has changed since the import began", plan.file.shown);
  }
  current_.emplace(std::move(file));
  return true;
}

Result<FileQueue::Taken> FileQueue::take(CsvBlock spent) {
  const std::lock_guard lock(mutex_);
  if (stop_.requested()) {
    return stopped();
  }
  while (!closed_) {
    if (!current_) {
      ASSIGN_OR_RETURN(const bool more, open_next());
      if (!more) {
        break;
      }
    }
    ASSIGN_OR_RETURN(CsvBlock block, current_->next(std::move(spent)));
    if (progress_ != nullptr) {
      progress_->add(block.read);
    }
    if (!block.empty()) {
      return Taken{&files_[next_ - 1], static_cast<std::uint32_t>(next_ - 1), std::move(block)};
    }
    spent = std::move(block);
    current_.reset();
  }
  return Taken{};
}

void FileQueue::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
}

}  // namespace parcours::mapping
