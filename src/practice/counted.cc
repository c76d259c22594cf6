#include "practice/counted.h"

#include <fmt/format.h>

#include <array>
#include <cstddef>

namespace parcours::practice {
namespace {

// As Noun has them, without the s of the plural.
const std::array<Text, 5> nouns = {{{"event", "événement"},
                                    {"patient", "patient"},
                                    {"row", "ligne"},
                                    {"objection", "opposition"},
                                    {"package", "paquet"}}};

}  // namespace

Text counted(std::uint64_t number, Noun noun) {
  const Text& one = nouns.at(static_cast<std::size_t>(noun));
  return {fmt::format("{} {}{}", number, one.en, number == 1 ? "" : "s"),
          fmt::format("{} {}{}", number, one.fr, number < 2 ? "" : "s")};
}

}  // namespace parcours::practice
