// Stands between the command and the system (LD_PRELOAD): makes the nth call of a kind fail, or
// kills the process there. It is told by its environment:
//
//   ADVERSARY_CALL    write, fsync, rename, unlink, open, mkdir or ftruncate: each a family of
//                     calls
//   ADVERSARY_UNDER   only calls on files in this folder count; what goes to a terminal does not
//   ADVERSARY_NTH     which of them, from 1; 0: none, they are only counted
//   ADVERSARY_DO      kill-before, kill-after; EIO (that call alone); ENOSPC (that one and all
//                     later ones, as a disk stays full); short (a write that takes half)
//   ADVERSARY_TOLD    a file: it ends as "fired" where that happened, else as how many calls there
//                     were
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace {

const char* setting(const char* name) {
  const char* text = std::getenv(name);
  return text == nullptr ? "" : text;
}

// Read once, while the library is loaded and nobody else runs.
const char* const call = setting("ADVERSARY_CALL");
const char* const under = setting("ADVERSARY_UNDER");
const long nth = std::atol(setting("ADVERSARY_NTH"));
const char* const deed = setting("ADVERSARY_DO");
const char* const told = setting("ADVERSARY_TOLD");
std::atomic<long> seen{0};

bool is(const char* text, const char* other) {
  return std::strcmp(text, other) == 0;
}

// By the system's own calls, so that nothing here is counted.
void tell(const char* text, bool fresh) {
  const long file = ::syscall(SYS_openat, AT_FDCWD, told,
                              O_WRONLY | O_CREAT | O_CLOEXEC | (fresh ? O_EXCL : O_TRUNC), 0600);
  if (file >= 0) {
    ::syscall(SYS_write, file, text, std::strlen(text));
    ::syscall(SYS_close, file);
  }
}

struct AtEnd {
  ~AtEnd() {
    char text[32];
    std::snprintf(text, sizeof(text), "%ld", seen.load());
    tell(text, true);
  }
} at_end;

bool in_folder(const char* path) {
  return std::strncmp(path, under, std::strlen(under)) == 0;
}

bool concerns(const char* path) {
  char whole[PATH_MAX];
  if (path[0] == '/') {
    return in_folder(path);
  }
  return ::getcwd(whole, sizeof(whole)) != nullptr && in_folder(whole);
}

bool concerns(int file) {
  char link[64];
  char whole[PATH_MAX];
  std::snprintf(link, sizeof(link), "/proc/self/fd/%d", file);
  const ssize_t length = ::readlink(link, whole, sizeof(whole) - 1);
  if (length <= 0) {
    return false;
  }
  whole[length] = '\0';
  return in_folder(whole);
}

enum class Fate { pass, fail, half, die_after };

template <class Subject>
Fate fate(const char* family, Subject subject) {
  if (!is(family, call) || !concerns(subject)) {
    return Fate::pass;
  }
  const long now = ++seen;
  const bool full = is(deed, "ENOSPC");
  if (nth == 0 || (full ? now < nth : now != nth)) {
    return Fate::pass;
  }
  tell("fired", false);
  if (is(deed, "kill-before")) {
    ::kill(::getpid(), SIGKILL);
  }
  if (is(deed, "kill-after")) {
    return Fate::die_after;
  }
  errno = full ? ENOSPC : EIO;
  return is(deed, "short") ? Fate::half : Fate::fail;
}

template <class Function>
Function next(Function, const char* name) {
  return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

// Does what fate has in mind with a call; `half` is the call with half of its bytes.
template <class Subject, class Whole, class Half>
auto meet(const char* family, Subject subject, Whole whole, Half half) -> decltype(whole()) {
  switch (fate(family, subject)) {
    case Fate::fail:
      return static_cast<decltype(whole())>(-1);
    case Fate::half:
      return half();
    case Fate::die_after:
      whole();
      ::kill(::getpid(), SIGKILL);
      return {};
    case Fate::pass:
      break;
  }
  return whole();
}

template <class Subject, class Whole>
auto meet(const char* family, Subject subject, Whole whole) -> decltype(whole()) {
  return meet(family, subject, whole, whole);
}

}  // namespace

#define NEXT(name) static const auto real = next(&::name, #name)

extern "C" {

ssize_t write(int file, const void* bytes, size_t count) {
  NEXT(write);
  return meet(
      "write", file, [&] { return real(file, bytes, count); },
      [&] { return real(file, bytes, (count + 1) / 2); });
}

ssize_t pwrite(int file, const void* bytes, size_t count, off_t at) {
  NEXT(pwrite);
  return meet(
      "write", file, [&] { return real(file, bytes, count, at); },
      [&] { return real(file, bytes, (count + 1) / 2, at); });
}

ssize_t pwrite64(int file, const void* bytes, size_t count, off64_t at) {
  NEXT(pwrite64);
  return meet(
      "write", file, [&] { return real(file, bytes, count, at); },
      [&] { return real(file, bytes, (count + 1) / 2, at); });
}

ssize_t writev(int file, const struct iovec* parts, int count) {
  NEXT(writev);
  return meet(
      "write", file, [&] { return real(file, parts, count); },
      [&] { return real(file, parts, (count + 1) / 2); });
}

int fsync(int file) {
  NEXT(fsync);
  return meet("fsync", file, [&] { return real(file); });
}

int fdatasync(int file) {
  NEXT(fdatasync);
  return meet("fsync", file, [&] { return real(file); });
}

int rename(const char* from, const char* to) {
  NEXT(rename);
  return meet("rename", to, [&] { return real(from, to); });
}

int renameat(int from_folder, const char* from, int to_folder, const char* to) {
  NEXT(renameat);
  return meet("rename", to, [&] { return real(from_folder, from, to_folder, to); });
}

int unlink(const char* path) {
  NEXT(unlink);
  return meet("unlink", path, [&] { return real(path); });
}

int unlinkat(int folder, const char* path, int flags) {
  NEXT(unlinkat);
  const auto whole = [&] { return real(folder, path, flags); };
  return folder == AT_FDCWD || path[0] == '/' ? meet("unlink", path, whole)
                                              : meet("unlink", folder, whole);
}

int remove(const char* path) {
  NEXT(remove);
  return meet("unlink", path, [&] { return real(path); });
}

int rmdir(const char* path) {
  NEXT(rmdir);
  return meet("unlink", path, [&] { return real(path); });
}

int mkdir(const char* path, mode_t mode) {
  NEXT(mkdir);
  return meet("mkdir", path, [&] { return real(path, mode); });
}

char* mkdtemp(char* name) {
  NEXT(mkdtemp);
  const Fate what = fate("mkdir", static_cast<const char*>(name));
  char* made = what == Fate::fail || what == Fate::half ? nullptr : real(name);
  if (what == Fate::die_after) {
    ::kill(::getpid(), SIGKILL);
  }
  return made;
}

int mkostemp(char* name, int flags) {
  NEXT(mkostemp);
  return meet("open", static_cast<const char*>(name), [&] { return real(name, flags); });
}

int ftruncate(int file, off_t size) {
  NEXT(ftruncate);
  return meet("ftruncate", file, [&] { return real(file, size); });
}

int ftruncate64(int file, off64_t size) {
  NEXT(ftruncate64);
  return meet("ftruncate", file, [&] { return real(file, size); });
}

#define MODE_OF(last)                       \
  va_list more;                             \
  va_start(more, last);                     \
  const mode_t mode = va_arg(more, mode_t); \
  va_end(more)

int open(const char* path, int flags, ...) {
  using Open = int (*)(const char*, int, ...);
  static const auto real = reinterpret_cast<Open>(::dlsym(RTLD_NEXT, "open"));
  MODE_OF(flags);
  return meet("open", path, [&] { return real(path, flags, mode); });
}

int open64(const char* path, int flags, ...) {
  using Open = int (*)(const char*, int, ...);
  static const auto real = reinterpret_cast<Open>(::dlsym(RTLD_NEXT, "open64"));
  MODE_OF(flags);
  return meet("open", path, [&] { return real(path, flags, mode); });
}

int openat(int folder, const char* path, int flags, ...) {
  using OpenAt = int (*)(int, const char*, int, ...);
  static const auto real = reinterpret_cast<OpenAt>(::dlsym(RTLD_NEXT, "openat"));
  MODE_OF(flags);
  const auto whole = [&] { return real(folder, path, flags, mode); };
  return folder == AT_FDCWD || path[0] == '/' ? meet("open", path, whole)
                                              : meet("open", folder, whole);
}

int openat64(int folder, const char* path, int flags, ...) {
  using OpenAt = int (*)(int, const char*, int, ...);
  static const auto real = reinterpret_cast<OpenAt>(::dlsym(RTLD_NEXT, "openat64"));
  MODE_OF(flags);
  const auto whole = [&] { return real(folder, path, flags, mode); };
  return folder == AT_FDCWD || path[0] == '/' ? meet("open", path, whole)
                                              : meet("open", folder, whole);
}

}  // extern "C"
