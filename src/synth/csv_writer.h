// Writes the panel's files. Threads give the text of practices in any order; the writer writes it
// in order of practices, so the bytes do not depend on the speed of threads.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/output_file.h"

namespace parcours::synth {

class CsvWriter {
 public:
  // One text a file, of one practice.
  using Texts = std::vector<std::string>;

  // `most_waiting`: practices that may wait for an earlier one; more make their bringer wait.
  CsvWriter(std::vector<OutputFile> files, std::size_t most_waiting);

  // Writes `texts` and all that waited for it. Gives back texts that were written, for their
  // memory. An error of any thread ends all of them.
  Result<Texts> put(std::uint32_t practice, Texts texts);

  // To be called by a thread that cannot bring what it took on; the others end.
  void fail(const Error& error);

  // After the last put: everything lies on the disk. The bytes written.
  Result<std::uint64_t> close();

 private:
  std::mutex mutex_;
  std::condition_variable turn_;
  std::vector<OutputFile> files_;
  const std::size_t most_waiting_;
  std::uint32_t next_ = 0;
  std::map<std::uint32_t, Texts> waiting_;
  std::optional<Error> error_;
};

}  // namespace parcours::synth
