#include "base/random.h"

#include <sys/random.h>

#include <bit>
#include <cerrno>

#include "base/check.h"
#include "base/int128.h"

namespace parcours {
namespace {

std::uint64_t split_mix(std::uint64_t& state) {
  const std::uint64_t z = mixed(state);
  state += 0x9e3779b97f4a7c15;
  return z;
}

}  // namespace

void fill_secret(std::span<std::byte> bytes) {
  while (!bytes.empty()) {
    const ssize_t got = ::getrandom(bytes.data(), bytes.size(), 0);
    if (got < 0 && errno == EINTR) {
      continue;
    }
    PARCOURS_CHECK(got > 0);
    bytes = bytes.subspan(static_cast<std::size_t>(got));
  }
}

Random::Random(std::uint64_t seed, std::uint64_t stream) {
  std::uint64_t state = seed ^ mixed(stream);
  for (std::uint64_t& word : state_) {
    word = split_mix(state);
  }
}

std::uint64_t Random::operator()() {
  const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
  const std::uint64_t shifted = state_[1] << 17;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= shifted;
  state_[3] = std::rotl(state_[3], 45);
  return result;
}

std::uint32_t Random::below(std::uint32_t below) {
  // Lemire's method, without the rejection: the bias is under below / 2^64.
  return static_cast<std::uint32_t>((static_cast<Uint128>((*this)()) * below) >> 64);
}

double Random::unit() {
  return static_cast<double>((*this)() >> 11) * 0x1.0p-53;
}

}  // namespace parcours
