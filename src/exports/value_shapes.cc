#include "exports/value_shapes.h"

#include <algorithm>
#include <functional>

#include "base/letters.h"

namespace parcours::exports {

std::string shape_of(std::string_view value) {
  constexpr std::size_t longest = 20;
  if (value.size() > longest) {
    return "longer text";
  }
  std::string shape;
  for (const char c : value) {
    const bool letter = (c >= 'a' && c <= 'z') || is_capital(c);
    const auto byte = static_cast<unsigned char>(c);
    const bool further = byte >= 0x80 && byte < 0xC0;  // of a letter that began before
    if (!further) {
      shape += is_digit(c) ? '9' : letter || byte >= 0x80 ? 'A' : byte < ' ' ? ' ' : c;
    }
  }
  return shape;
}

void ValueShapes::add(std::string_view value) {
  constexpr std::uint32_t enough = 200;  // values
  if (added_ == enough) {
    return;
  }
  ++added_;
  std::string shape = shape_of(value);
  const auto known = std::ranges::find(shapes_, shape, [](const auto& one) { return one.first; });
  if (known != shapes_.end()) {
    ++known->second;
  } else {
    shapes_.emplace_back(std::move(shape), 1);
  }
}

std::vector<std::string> ValueShapes::commonest() const {
  constexpr std::size_t shown = 3;
  auto sorted = shapes_;
  std::ranges::stable_sort(sorted, std::greater(), [](const auto& one) { return one.second; });
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::min(shown, sorted.size()); ++i) {
    names.push_back(std::move(sorted[i].first));
  }
  return names;
}

}  // namespace parcours::exports
