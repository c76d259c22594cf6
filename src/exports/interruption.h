// Makes a running DuckDB statement end when the user asks to stop; while it lives.
#pragma once

#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

#include "base/stop.h"
#include "duck/duck.h"

namespace parcours::exports {

class Interruption {
 public:
  Interruption(duck::Connection& connection, const Stop& stop)
      : watcher_([this, &connection, &stop](const std::stop_token& over) {
          std::unique_lock lock(mutex_);
          while (!wake_.wait_for(lock, over, std::chrono::milliseconds(50), [] { return false; }) &&
                 !over.stop_requested()) {
            if (stop.requested()) {
              connection.interrupt();
            }
          }
        }) {}

 private:
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::jthread watcher_;
};

}  // namespace parcours::exports
