#include "audit/section_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "page/page.h"

namespace parcours::audit {

using nlohmann::json;

json cell_name(const PublishedSystem& published, std::uint32_t cell) {
  return page::both(published.name_in_words(cell));
}

json place_name(const std::string& place) {
  constexpr std::string_view no_line = ", no line";
  return page::both({place, place.ends_with(no_line)
                                ? place.substr(0, place.size() - no_line.size()) + ", aucune ligne"
                                : place});
}

std::string cells_of(const Derivation& derivation) {
  std::string text;
  for (std::size_t i = 0; i < std::min<std::size_t>(200, derivation.terms.size()); ++i) {
    const Derivation::Term& term = derivation.terms[i];
    text += fmt::format("{}{}{}", i == 0 ? "" : " ", term.times < 0 ? '-' : '+', term.cell);
  }
  return text;
}

}  // namespace parcours::audit
