#include "base/latin1.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/wiped.h"

namespace parcours {
namespace {

// https://encoding.spec.whatwg.org/index-windows-1252.txt, 0x80 to 0x9F.
constexpr std::array<std::uint16_t, 32> windows_1252 = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};

// One byte as UTF-8: one to three bytes.
std::size_t put(unsigned char byte, char* to) {
  if (byte < 0x80) {
    to[0] = static_cast<char>(byte);
    return 1;
  }
  const unsigned point = byte < 0xA0 ? windows_1252[byte - 0x80] : byte;
  if (point < 0x800) {
    to[0] = static_cast<char>(0xC0 | point >> 6);
    to[1] = static_cast<char>(0x80 | (point & 0x3F));
    return 2;
  }
  to[0] = static_cast<char>(0xE0 | point >> 12);
  to[1] = static_cast<char>(0x80 | (point >> 6 & 0x3F));
  to[2] = static_cast<char>(0x80 | (point & 0x3F));
  return 3;
}

class Latin1 : public ByteSource {
 public:
  explicit Latin1(ByteStream stream) : stream_(std::move(stream)) {}

  Result<std::size_t> read(std::span<char> to) override {
    std::size_t got = 0;
    while (got < to.size()) {
      if (at_ == end_) {
        ASSIGN_OR_RETURN(const bool more, refill());
        if (!more) {
          break;
        }
      }
      const std::size_t some = std::min(to.size() - got, end_ - at_);
      std::memcpy(to.data() + got, converted_.get() + at_, some);
      got += some;
      at_ += some;
    }
    return got;
  }

  std::uint64_t position() const override { return stream_.position(); }
  std::uint64_t size() const override { return stream_.size(); }

 private:
  static constexpr std::size_t block = 1 << 16;

  Result<bool> refill() {
    ASSIGN_OR_RETURN(const std::size_t got, stream_.read({raw_.get(), block}));
    at_ = end_ = 0;
    for (std::size_t i = 0; i < got; ++i) {
      end_ += put(static_cast<unsigned char>(raw_[i]), converted_.get() + end_);
    }
    return got > 0;
  }

  ByteStream stream_;
  WipedBytes raw_ = wiped_bytes(block);
  WipedBytes converted_ = wiped_bytes(3 * block);
  std::size_t at_ = 0;
  std::size_t end_ = 0;
};

}  // namespace

ByteStream from_latin1(ByteStream stream) {
  std::string name = stream.name();
  return ByteStream::of(std::make_unique<Latin1>(std::move(stream)), std::move(name));
}

}  // namespace parcours
