#include "exercise/pattern_sql.h"

#include <fmt/format.h>

#include "base/letters.h"
#include "duck/duck.h"

namespace parcours::exercise {

std::string pattern_sql(const std::string& column, const CodePattern& pattern) {
  const std::string wanted = duck::quoted(lower(pattern.text));
  return pattern.prefix ? fmt::format("starts_with(lower({}), {})", column, wanted)
                        : fmt::format("lower({}) = {}", column, wanted);
}

}  // namespace parcours::exercise
