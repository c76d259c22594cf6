#include "records/terminal.h"

#include <fcntl.h>
#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include <cerrno>

namespace parcours::records {
namespace {

constexpr std::size_t most_typed = 1024;

// The terminal without echo, as long as it lives.
class SilentTerminal {
 public:
  SilentTerminal() : terminal_(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)) {
    if (terminal_ >= 0 && ::tcgetattr(terminal_, &before_) == 0) {
      termios silent = before_;
      silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
      silent.c_lflag |= ICANON | ISIG;
      good_ = ::tcsetattr(terminal_, TCSAFLUSH, &silent) == 0;
    }
  }
  SilentTerminal(const SilentTerminal&) = delete;
  SilentTerminal& operator=(const SilentTerminal&) = delete;
  ~SilentTerminal() {
    if (good_) {
      ::tcsetattr(terminal_, TCSAFLUSH, &before_);
      say("\n");
    }
    if (terminal_ >= 0) {
      ::close(terminal_);
    }
  }

  bool good() const { return good_; }
  int get() const { return terminal_; }
  void say(const std::string& text) const {
    // What cannot be shown is not asked: the reading that follows fails.
    static_cast<void>(!::write(terminal_, text.data(), text.size()));
  }

 private:
  int terminal_;
  termios before_{};
  bool good_ = false;
};

}  // namespace

Result<Secret> ask_secret(const std::string& question) {
  const SilentTerminal terminal;
  if (!terminal.good()) {
    return bad_input("there is no terminal on which to type the passphrase", "--passphrase",
                     "give it in a file: --passphrase-file FILE");
  }
  terminal.say(question);
  Secret typed(most_typed);
  std::size_t filled = 0;
  while (filled < typed.size()) {
    pollfd ready{.fd = terminal.get(), .events = POLLIN, .revents = 0};
    if (::poll(&ready, 1, -1) < 0 && errno == EINTR) {
      return stopped();  // Ctrl-C, of which the program has taken note; a read would go on
    }
    if (::read(terminal.get(), typed.data() + filled, 1) != 1) {
      return bad_input("no passphrase was typed", "--passphrase");
    }
    if (typed.data()[filled] == '\n') {
      typed.shorten(filled);
      return typed;
    }
    ++filled;
  }
  return bad_input("the passphrase is too long to be typed", "--passphrase");
}

}  // namespace parcours::records
