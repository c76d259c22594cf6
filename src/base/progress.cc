#include "base/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "base/printable.h"

namespace parcours {

using namespace std::chrono_literals;

Progress::Manner Progress::manner_for_stderr(bool quiet) {
  if (quiet) {
    return Manner::none;
  }
  return isatty(STDERR_FILENO) != 0 ? Manner::bar : Manner::lines;
}

void Progress::begin(std::string what, std::uint64_t total) {
  const std::lock_guard lock(mutex_);
  what_ = printable(what);
  total_ = total;
  done_ = 0;
  shown_ = false;
  began_ = drawn_ = std::chrono::steady_clock::now();
}

void Progress::add(std::uint64_t done) {
  const std::lock_guard lock(mutex_);
  done_ += done;
  const auto now = std::chrono::steady_clock::now();
  const auto pause = manner_ == Manner::bar ? 100ms : 5000ms;
  if (manner_ == Manner::none) {
    return;
  }
  if (!remark_.empty() && now - remarked_ >= patience_) {
    show_remark();
  }
  if (now - drawn_ < pause) {
    return;
  }
  drawn_ = now;
  draw();
}

void Progress::end() {
  const std::lock_guard lock(mutex_);
  if (manner_ == Manner::bar && shown_) {
    note("\r\x1b[K");
    std::fflush(stderr);
  }
}

void Progress::remark(std::string text) {
  const std::lock_guard lock(mutex_);
  remark_ = printable(text);
  remarked_ = std::chrono::steady_clock::now();
}

void Progress::show_remark() {
  note(fmt::format("{}{}\n", shown_ && manner_ == Manner::bar ? "\r\x1b[K" : "", remark_));
  std::fflush(stderr);
  remark_.clear();
}

void Progress::draw() {
  shown_ = true;
  const double share =
      total_ == 0 ? 0 : std::min(1.0, static_cast<double>(done_) / static_cast<double>(total_));
  const auto seconds =
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - began_);
  if (manner_ == Manner::lines) {
    if (total_ == 0 && done_ == 0) {
      note(fmt::format("{}: {} s\n", what_, seconds.count()));
    } else if (total_ == 0) {
      note(fmt::format("{}: {} done, {} s\n", what_, done_, seconds.count()));
    } else {
      note(fmt::format("{}: {:.0f} %, {} s\n", what_, share * 100, seconds.count()));
    }
  } else {
    constexpr int width = 30;
    const int full = static_cast<int>(share * width);
    note(fmt::format("\r\x1b[K{} [{:#<{}}{:.<{}}] {:.0f} %", what_, "", full, "", width - full,
                     share * 100));
  }
  std::fflush(stderr);
}

}  // namespace parcours
