// Random numbers. Secrets come from the system; everything else comes from a seed, so that a run
// can be repeated.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace parcours {

// Fills `bytes` from the operating system. Aborts if the system has no randomness to give.
void fill_secret(std::span<std::byte> bytes);

// Every bit of the result depends on every bit of `x`, and no two have the same result; for hashes
// that no attacker chooses, never for secrets. The step of splitmix64 (Steele, Lea, Flood: "Fast
// splittable pseudorandom number generators", OOPSLA 2014).
constexpr std::uint64_t mixed(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15;  // 2^64 over the golden ratio
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
  x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
  return x ^ (x >> 31);
}

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
