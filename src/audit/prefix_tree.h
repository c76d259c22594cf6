// Whether codes that begin with each other are a tree (FR1 and FR2 are the parts of FR), if the
// user does not say so. For axes_of()'s own use.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "audit/published_table.h"

namespace parcours::audit {

enum class PrefixTree : std::uint8_t {
  none,     // no code has two others that begin with it, or printed values contradict such a tree
  adds_up,  // what is printed of some code is the sum of the codes that begin with it, and of no
            // code another number
  unclear,  // printed values neither confirm nor contradict it: two readings are possible
};

// Of the codes of a dimension without its totals.
PrefixTree prefix_tree(std::span<const PublishedTable> tables, const std::string& dimension,
                       std::span<const std::string> codes);

}  // namespace parcours::audit
