#include "exports/impossible_numbers.h"

#include <charconv>
#include <optional>

#include "base/stand_ins.h"

namespace parcours::exports {
namespace {

// "34" of "34" and "34.0"
std::optional<std::int64_t> whole_value(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const std::string_view after = text.substr(static_cast<std::size_t>(end - text.data()));
  const bool zeros = after.empty() || (after.size() > 1 && (after[0] == '.' || after[0] == ',') &&
                                       after.find_first_not_of('0', 1) == std::string_view::npos);
  return error == std::errc() && zeros ? std::optional(number) : std::nullopt;
}

}  // namespace

bool may_be(ColumnRole role, std::int64_t number) {
  constexpr std::int64_t oldest = 130;
  constexpr std::int64_t first_year = 1850;
  constexpr std::int64_t last_year = 2100;
  switch (role) {
    case ColumnRole::age:
      return number >= 0 && number <= oldest;
    case ColumnRole::birth_year:
      return number >= first_year && number <= last_year;
    default:
      return true;
  }
}

std::vector<std::uint32_t> impossible_stand_ins(ColumnRole role,
                                                std::span<const std::string_view> texts) {
  std::vector<std::uint32_t> found;
  std::size_t fit = 0;
  std::size_t others = 0;
  for (std::uint32_t place = 0; place < texts.size(); ++place) {
    const std::optional<std::int64_t> usual = usual_stand_in(texts[place]);
    if (usual && !may_be(role, *usual)) {
      found.push_back(place);
    } else if (!texts[place].empty()) {
      const std::optional<std::int64_t> number = whole_value(texts[place]);
      ++others;
      fit += number && may_be(role, *number) ? 1 : 0;
    }
  }
  return 2 * fit > others ? found : std::vector<std::uint32_t>();
}

}  // namespace parcours::exports
