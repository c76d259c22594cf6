#include "program/last_resort.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>
#include <cstddef>
#include <cstdio>
#include <cstring>
#include <exception>
#include <new>
#include <stdexcept>
#include <string_view>
#include <system_error>
#include <typeinfo>

#include "base/error.h"
#include "base/memory.h"

namespace parcours::program {
namespace {

constexpr int exit_code = static_cast<int>(Fault::machine);

void write_out(std::string_view line) {
  while (!line.empty()) {
    const ssize_t written = ::write(STDERR_FILENO, line.data(), line.size());
    if (written <= 0) {
      return;
    }
    line.remove_prefix(static_cast<std::size_t>(written));
  }
}

void write_out(const char* format, const char* what) {
  std::array<char, 256> line;
  const int size = std::snprintf(line.data(), line.size(), format, what);
  write_out({line.data(), std::min(static_cast<std::size_t>(size), line.size() - 1)});
}

// "parcours: why: needs more than 200 MB of memory; ...", in one piece.
void say_of_memory(const char* why) {
  std::array<char, 512> line;
  const int size = std::snprintf(line.data(), line.size(), "parcours: %s: %s", why,
                                 out_of_memory_line().data() + std::strlen("parcours: "));
  write_out({line.data(), std::min(static_cast<std::size_t>(size), line.size() - 1)});
}

[[noreturn]] void end_at_once() noexcept {
  static std::atomic<bool> ending{false};
  if (ending.exchange(true)) {
    while (true) {
      ::pause();  // another thread has the last words
    }
  }
  ::_exit(std::current_exception() ? last_words() : exit_code);
}

// DuckDB's allocator (jemalloc) uses an arena that it could not make, and dies of it. One line and
// an exit code serve better than a signal.
[[noreturn]] void on_fault(int /*signal*/) {
  say_of_memory("a fault of the program, or no memory left");
  ::_exit(exit_code);
}

// On a stack of its own in the main thread, whose stack may be what is full.
void catch_faults() {
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  static std::array<char, std::size_t{1} << 16> words_stack;
  stack_t stack{};
  stack.ss_sp = words_stack.data();
  stack.ss_size = words_stack.size();
  ::sigaltstack(&stack, nullptr);
  struct sigaction action {};
  action.sa_handler = on_fault;
  action.sa_flags = SA_ONSTACK | static_cast<int>(SA_RESETHAND);
  ::sigaction(SIGSEGV, &action, nullptr);
  ::sigaction(SIGBUS, &action, nullptr);
  ::sigaction(SIGFPE, &action, nullptr);
  ::sigaction(SIGILL, &action, nullptr);
#endif
}

// So that the stack's first megabyte is there before memory runs out: where it then cannot grow,
// the process would die of a signal.
[[gnu::noinline]] void touch_stack() {
  constexpr std::size_t size = std::size_t{1} << 20;
  constexpr std::size_t page = 4096;
  volatile char stack[size];
  for (std::size_t at = 0; at < size; at += page) {
    stack[size - 1 - at] = 0;
    static_cast<void>(stack[size - 1 - at]);
  }
}

}  // namespace

void prepare_last_words() {
  catch_faults();
  touch_stack();
  std::set_terminate(end_at_once);
}

int last_words() noexcept {
  try {
    throw;
  } catch (const std::bad_alloc&) {
    write_out(out_of_memory_line());
  } catch (const std::length_error&) {
    write_out(out_of_memory_line());
  } catch (const std::system_error& error) {
    if (error.code() == std::errc::resource_unavailable_try_again) {
      say_of_memory("no thread could be started");  // for want of its stack, mostly
    } else {
      write_out("parcours: the machine refused: %s\n", ::strerrordesc_np(error.code().value()));
    }
  } catch (const std::exception& error) {
    write_out("parcours: a fault of the program (%s); nothing was changed\n", typeid(error).name());
  } catch (...) {
    write_out("parcours: a fault of the program; nothing was changed\n");
  }
  return exit_code;
}

}  // namespace parcours::program
