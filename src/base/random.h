// Random numbers. Secrets come from the system; everything else comes from a seed, so that a run
// can be repeated.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace parcours {

// Fills `bytes` from the operating system. Aborts if the system has no randomness to give.
void fill_secret(std::span<std::byte> bytes);

// A fast generator for simulations and draws, never for secrets: xoshiro256** (Blackman, Vigna:
// "Scrambled linear pseudorandom number generators", 2021), its state filled by splitmix64. The
// same seed and stream give the same numbers on every machine; different streams of one seed are
// independent for all practical purposes.
class Random {
 public:
  explicit Random(std::uint64_t seed, std::uint64_t stream = 0);

  using result_type = std::uint64_t;
  static constexpr std::uint64_t min() { return 0; }
  static constexpr std::uint64_t max() { return ~std::uint64_t{0}; }
  std::uint64_t operator()();

  // Uniform in [0, below); `below` is at least 1.
  std::uint32_t below(std::uint32_t below);
  // Uniform in [0, 1).
  double unit();

 private:
  std::uint64_t state_[4];
};

}  // namespace parcours
