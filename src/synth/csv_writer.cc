#include "synth/csv_writer.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace parcours::synth {
namespace {

std::unexpected<Error> cannot_write(const std::filesystem::path& path, int number) {
  return machine_fault("cannot write: " + std::generic_category().message(number), path.string());
}

}  // namespace

Result<OutputFile> OutputFile::create(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (descriptor < 0) {
    return cannot_write(path, errno);
  }
  return OutputFile(descriptor, path);
}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      path_(std::move(other.path_)),
      bytes_(other.bytes_) {}

OutputFile::~OutputFile() {
  if (descriptor_ >= 0) {
    ::close(descriptor_);
  }
}

Status OutputFile::write(std::string_view text) {
  bytes_ += text.size();
  while (!text.empty()) {
    const ssize_t put = ::write(descriptor_, text.data(), text.size());
    if (put < 0 && errno != EINTR) {
      return cannot_write(path_, errno);
    }
    text.remove_prefix(put < 0 ? 0 : static_cast<std::size_t>(put));
  }
  return {};
}

Status OutputFile::close() {
  const int descriptor = std::exchange(descriptor_, -1);
  const int flushed = ::fsync(descriptor) == 0 ? 0 : errno;
  const int closed = ::close(descriptor) == 0 ? 0 : errno;
  if (flushed != 0 || closed != 0) {
    return cannot_write(path_, flushed != 0 ? flushed : closed);
  }
  return {};
}

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
    bytes += file.bytes();
    RETURN_IF_ERROR(file.close());
  }
  return bytes;
}

}  // namespace parcours::synth
