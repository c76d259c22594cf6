// Shows the progress of long work: a bar on a terminal, a line now and then elsewhere, nothing with
// --quiet. It writes to standard error, so that standard output holds only the answer.
//
//   Progress progress(Progress::manner_for_stderr(quiet));
//   progress.begin("counting", buckets);
//   ... progress.add(1);            // from any thread
//   progress.end();
//
// A part of the answer that stands long before the rest is a remark: it is shown as soon as the
// reader has waited `patience` for the rest, and never if the rest comes sooner.
//
//   progress.remark("The first part of the answer: ... The rest follows.");
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <string>

namespace parcours {

class Progress {
 public:
  enum class Manner { none, lines, bar };

  explicit Progress(Manner manner, std::chrono::milliseconds patience = std::chrono::seconds(2))
      : manner_(manner), patience_(patience) {}
  static Manner manner_for_stderr(bool quiet);

  // `total` is in any unit the caller adds in (rows, bytes, buckets); 0 when it is not known.
  void begin(std::string what, std::uint64_t total);
  void add(std::uint64_t done);
  void end();
  // Takes the place of a remark that is not shown yet.
  void remark(std::string text);

 private:
  void draw();
  void show_remark();

  const Manner manner_;
  const std::chrono::milliseconds patience_;
  std::mutex mutex_;
  std::string what_;
  std::uint64_t total_ = 0;
  std::uint64_t done_ = 0;
  std::chrono::steady_clock::time_point began_;
  std::chrono::steady_clock::time_point drawn_;
  bool shown_ = false;
  std::string remark_;  // not shown yet; else empty
  std::chrono::steady_clock::time_point remarked_;
};

}  // namespace parcours
