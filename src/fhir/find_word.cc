#include "fhir/find_word.h"

#include <cstdint>
#include <cstring>

namespace parcours::fhir {
namespace {

using Sixteen = std::uint8_t __attribute__((vector_size(16)));
using Lanes = std::uint64_t __attribute__((vector_size(16)));

Sixteen load(const char* at) {
  Sixteen bytes;
  std::memcpy(&bytes, at, sizeof(bytes));
  return bytes;
}

Sixteen repeated(char c) {
  return Sixteen{} + static_cast<std::uint8_t>(c);
}

}  // namespace

// Compares two characters of the word with sixteen places at a time, and looks closer where both
// fit.
std::size_t find_word(std::string_view text, std::string_view word) {
  constexpr std::size_t step = 2 * sizeof(Sixteen);
  const std::size_t second = word.size() / 2;
  const Sixteen first_char = repeated(word[0]);
  const Sixteen second_char = repeated(word[second]);
  std::size_t at = 0;
  while (at + step + word.size() <= text.size()) {
    const char* from = text.data() + at;
    const auto fits = [&](const char* place) {
      return (load(place) == first_char) & (load(place + second) == second_char);
    };
    const Lanes any = reinterpret_cast<Lanes>(fits(from) | fits(from + sizeof(Sixteen)));
    if ((any[0] | any[1]) != 0) {
      const std::size_t found = text.substr(at, step + word.size() - 1).find(word);
      if (found != std::string_view::npos) {
        return at + found;
      }
    }
    at += step;
  }
  return text.find(word, at);
}

}  // namespace parcours::fhir
