#include "base/byte_stream.h"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <optional>

#include "base/wiped.h"

namespace parcours {
namespace {

constexpr std::size_t raw_block = std::size_t{1} << 18;
constexpr int gzip_window = 15 + 16;  // zlib: the largest window, in a gzip wrapper

bool is_gzip(std::span<const char> head) {
  return head.size() >= 2 && head[0] == '\x1f' && head[1] == '\x8b';
}

// zlib's own memory holds the last 32 KB that were unpacked. It is given back without its size,
// which therefore stands before it.
constexpr std::size_t size_field = alignof(std::max_align_t);

voidpf zip_memory(voidpf, uInt items, uInt size) {
  const std::size_t bytes = size_field + std::size_t{items} * size;
  void* at = std::malloc(bytes);
  if (at == nullptr) {
    return Z_NULL;
  }
  std::memcpy(at, &bytes, sizeof(bytes));
  return static_cast<char*>(at) + size_field;
}

void wipe_zip_memory(voidpf, voidpf memory) {
  void* at = static_cast<char*>(memory) - size_field;
  std::size_t bytes = 0;
  std::memcpy(&bytes, at, sizeof(bytes));
  ::explicit_bzero(at, bytes);
  std::free(at);
}

}  // namespace

struct ByteStream::State {
  std::string name;
  std::optional<InputFile> file;
  std::string memory;                  // the file itself, when it is not on disk
  std::unique_ptr<ByteSource> source;  // when something makes it
  std::uint64_t taken = 0;
  std::uint64_t size = 0;

  enum class Form { unknown, plain, gzip } form = Form::unknown;
  WipedBytes raw;
  std::span<const char> ahead;  // read from the file and not used yet
  z_stream zip{};
  bool inflating = false;  // within a gzip member

  ~State() {
    if (form == Form::gzip) {
      inflateEnd(&zip);
    }
    ::explicit_bzero(memory.data(), memory.size());
  }

  Result<std::size_t> take(std::span<char> to);
  Status look_ahead();
  Status find_form();
  Result<std::size_t> read_plain(std::span<char> to);
  Result<std::size_t> read_gzip(std::span<char> to);
};

// Bytes as they are in the file; fewer than asked only at its end.
Result<std::size_t> ByteStream::State::take(std::span<char> to) {
  std::size_t got = 0;
  if (file) {
    ASSIGN_OR_RETURN(got, file->read_at(taken, to));
  } else {
    got = std::min(to.size(), memory.size() - static_cast<std::size_t>(taken));
    std::memcpy(to.data(), memory.data() + taken, got);
  }
  taken += got;
  return got;
}

Status ByteStream::State::look_ahead() {
  if (!raw) {
    raw = wiped_bytes(raw_block);
  }
  ASSIGN_OR_RETURN(const std::size_t got, take({raw.get(), raw_block}));
  ahead = {raw.get(), got};
  return {};
}

Status ByteStream::State::find_form() {
  RETURN_IF_ERROR(look_ahead());
  if (!is_gzip(ahead)) {
    form = Form::plain;
    return {};
  }
  zip.zalloc = zip_memory;
  zip.zfree = wipe_zip_memory;
  if (inflateInit2(&zip, gzip_window) != Z_OK) {
    return machine_fault("cannot start zlib", name);
  }
  form = Form::gzip;
  inflating = true;
  return {};
}

Result<std::size_t> ByteStream::State::read_plain(std::span<char> to) {
  const std::size_t front = std::min(ahead.size(), to.size());
  std::memcpy(to.data(), ahead.data(), front);
  ahead = ahead.subspan(front);
  ASSIGN_OR_RETURN(const std::size_t rest, take(to.subspan(front)));
  return front + rest;
}

Result<std::size_t> ByteStream::State::read_gzip(std::span<char> to) {
  std::size_t got = 0;
  while (got < to.size()) {
    if (ahead.empty()) {
      RETURN_IF_ERROR(look_ahead());
    }
    if (ahead.empty()) {
      if (inflating) {
        return bad_input("the gzip file is cut short", name, "copy the whole file again");
      }
      break;
    }
    if (!inflating) {
      // A member has ended and there is more: another member, or padding with zeros (tape blocks).
      if (ahead.front() == '\0') {
        ahead = ahead.subspan(1);
        continue;
      }
      inflateReset(&zip);
      inflating = true;
    }
    zip.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(ahead.data()));
    zip.avail_in = static_cast<uInt>(ahead.size());
    zip.next_out = reinterpret_cast<Bytef*>(to.data() + got);
    const auto room = static_cast<uInt>(std::min<std::size_t>(to.size() - got, 1U << 30));
    zip.avail_out = room;
    const int status = inflate(&zip, Z_NO_FLUSH);
    got += room - zip.avail_out;
    ahead = ahead.last(zip.avail_in);
    if (status == Z_STREAM_END) {
      inflating = false;
    } else if (status == Z_MEM_ERROR) {
      return machine_fault("not enough memory to decompress the file", name);
    } else if (status != Z_OK && status != Z_BUF_ERROR) {
      return bad_input("the gzip file is damaged", name, "copy the whole file again");
    }
  }
  return got;
}

ByteStream::ByteStream(std::unique_ptr<State> state) : state_(std::move(state)) {}
ByteStream::ByteStream(ByteStream&&) noexcept = default;
ByteStream& ByteStream::operator=(ByteStream&&) noexcept = default;
ByteStream::~ByteStream() = default;

Result<ByteStream> ByteStream::open(const std::filesystem::path& path) {
  ASSIGN_OR_RETURN(InputFile file, InputFile::open(path));
  return of(std::move(file));
}

ByteStream ByteStream::of(InputFile file) {
  auto state = std::make_unique<State>();
  state->name = file.name();
  state->size = file.size();
  state->file = std::move(file);
  return ByteStream(std::move(state));
}

ByteStream ByteStream::of(std::string bytes, std::string name) {
  auto state = std::make_unique<State>();
  state->name = std::move(name);
  state->memory = std::move(bytes);
  state->size = state->memory.size();
  return ByteStream(std::move(state));
}

ByteStream ByteStream::of(std::unique_ptr<ByteSource> source, std::string name) {
  auto state = std::make_unique<State>();
  state->name = std::move(name);
  state->source = std::move(source);
  return ByteStream(std::move(state));
}

Result<std::size_t> ByteStream::read(std::span<char> to) {
  if (state_->source) {
    return state_->source->read(to);
  }
  if (state_->form == State::Form::unknown) {
    RETURN_IF_ERROR(state_->find_form());
  }
  return state_->form == State::Form::gzip ? state_->read_gzip(to) : state_->read_plain(to);
}

const std::string& ByteStream::name() const {
  return state_->name;
}
std::uint64_t ByteStream::position() const {
  return state_->source ? state_->source->position() : state_->taken;
}
std::uint64_t ByteStream::size() const {
  return state_->source ? state_->source->size() : state_->size;
}

}  // namespace parcours
