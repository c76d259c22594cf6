#include "audit/reading.h"

#include <fmt/format.h>

#include <charconv>

namespace parcours::audit {
namespace {

// One end of a range; nothing where it is left open.
Result<std::optional<std::int64_t>> end_of_range(std::string_view text, std::string_view whole) {
  if (text.empty()) {
    return std::nullopt;
  }
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  constexpr std::int64_t largest = 1'000'000'000'000;
  if (error != std::errc() || end != text.data() + text.size() || number > largest ||
      number < -largest) {
    return bad_input(
        fmt::format("'{}' does not end in a range", whole), "--hidden",
        "write a mark and what it stands for: --hidden '<11=1..10', or the mark alone");
  }
  return number;
}

}  // namespace

Result<Mark> parse_mark(std::string_view text) {
  const std::size_t equals = text.rfind('=');
  const std::size_t dots = equals == std::string_view::npos ? equals : text.find("..", equals);
  if (dots == std::string_view::npos) {
    return Mark{std::string(text), {}, {}};
  }
  Mark mark{std::string(text.substr(0, equals)), {}, {}};
  ASSIGN_OR_RETURN(mark.low, end_of_range(text.substr(equals + 1, dots - equals - 1), text));
  ASSIGN_OR_RETURN(mark.high, end_of_range(text.substr(dots + 2), text));
  if (mark.low && mark.high && *mark.low > *mark.high) {
    return bad_input(fmt::format("the range '{}' begins above its end", text), "--hidden",
                     "write the smaller number first");
  }
  return mark;
}

OfDimension parse_of_dimension(std::string_view text) {
  const std::size_t equals = text.find('=');
  return equals == std::string_view::npos || equals == 0
             ? OfDimension{"", std::string(text)}
             : OfDimension{std::string(text.substr(0, equals)),
                           std::string(text.substr(equals + 1))};
}

Result<Decimal> parse_base(std::string_view text) {
  const std::optional<Decimal> base = parse_decimal(text, '.');
  if (!base || base->digits <= 0) {
    return bad_input(fmt::format("'{}' is not a number to round to", text), "--rounded",
                     "name a number above 0: --rounded 5, --rounded 0.1");
  }
  return *base;
}

}  // namespace parcours::audit
