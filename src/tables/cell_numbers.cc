#include "tables/cell_numbers.h"

namespace parcours::tables {

std::uint32_t CellNumbers::number(std::span<const std::uint32_t> coordinates) {
  std::size_t same = 0;
  while (same < last_.size() && same < coordinates.size() &&
         last_[same].coordinate == coordinates[same]) {
    ++same;
  }
  last_.resize(same);
  std::uint32_t at = same == 0 ? 0 : last_.back().to;
  for (const std::uint32_t coordinate : coordinates.subspan(same)) {
    const auto next = static_cast<std::uint32_t>(number_at_.size());
    const std::uint64_t step = static_cast<std::uint64_t>(at) << 32 | coordinate;
    const auto [found, fresh] = steps_.try_emplace(step, next);
    if (fresh) {
      number_at_.push_back(no_number);
    }
    at = found->second;
    last_.push_back({coordinate, at});
  }
  std::uint32_t& number = number_at_[at];
  if (number == no_number) {
    number = count_++;
  }
  return number;
}

}  // namespace parcours::tables
