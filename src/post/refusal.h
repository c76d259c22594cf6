// Why a vault does not take a package. The reasons' names stand in receipts, and a practice's
// program acts on them, so a name never changes.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string_view>

#include "base/error.h"
#include "base/text.h"

namespace parcours::post {

enum class Refusal : std::uint8_t {
  not_a_package,
  future_format,
  cut_off,
  altered,
  other_key,
  other_vault,
  malformed,
  unknown_practice,
  suspended,
  left,
  number_used,
  package_missing,
  other_permit,
  not_covered,
  old_card,
};
inline constexpr std::size_t refusals = 15;

// "cut-off"
std::string_view to_string(Refusal why);
std::optional<Refusal> find_refusal(std::string_view name);

// What was wrong and what the practice does now.
const Text& sentence(Refusal why);

struct Refused {
  Refusal why;
  Error error;
};

// The same as an error of the input, where nobody asks for the reason.
template <class T>
Result<T> without_reason(std::expected<T, Refused> found) {
  if (!found) {
    return std::unexpected(std::move(found.error().error));
  }
  return *std::move(found);
}

}  // namespace parcours::post
