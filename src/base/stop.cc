#include "base/stop.h"

#include <csignal>

namespace parcours {
namespace {

// A signal handler can reach nothing but a global.
std::atomic<Stop*> signalled{nullptr};

void on_signal(int signal) {
  if (Stop* stop = signalled.load()) {
    stop->request();
  }
  std::signal(signal, SIG_DFL);
}

}  // namespace

void stop_on_signal(Stop& stop) {
  signalled.store(&stop);
  std::signal(SIGINT, on_signal);
  std::signal(SIGTERM, on_signal);
  if (std::signal(SIGHUP, on_signal) == SIG_IGN) {
    std::signal(SIGHUP, SIG_IGN);
  }
  std::signal(SIGPIPE, SIG_IGN);
}

}  // namespace parcours
