// Finds the known name that is nearest to a misspelt one, for errors such as "unknown kind
// 'diagnossis'; did you mean 'diagnosis'?"
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace parcours {

// The known name that lies within a third of its length in edits: "diagnosis" of "diagnossis".
std::optional<std::string> nearest(std::string_view name, std::span<const std::string> known);

// "did you mean 'diagnosis'?" where a name lies near; else
// "known: a, b, c" (the first dozen); empty when nothing is known.
std::string nearest_hint(std::string_view name, std::span<const std::string> known);

}  // namespace parcours
