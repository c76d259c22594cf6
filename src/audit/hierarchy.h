// Which code of a dimension is part of which, from a file or from the codes themselves.
//
// Two forms of file, told apart by what they hold:
//
//   child,parent          a line a code: what it is part of (empty for the topmost)
//   11th;High School;Secondary education;*      ARX's: a line a leaf, then its ancestors upward
//
// In ARX's form a code may stand on several levels above itself (a chain of single children); only
// its lowest place counts. The topmost code, where there is one alone, is the dimension's total.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace parcours::audit {

struct Hierarchy {
  struct Edge {
    std::string child;
    std::string parent;  // empty: a topmost code
    friend bool operator==(const Edge&, const Edge&) = default;
  };
  std::vector<Edge> edges;  // one for each code, a parent before its children
  std::string root;         // the topmost code, where it is one alone; else empty
};

// Errors name the file and the line: a code with two parents, a code that is part of itself, a line
// with an empty code.
Result<Hierarchy> read_hierarchy(const std::filesystem::path& file);
Result<Hierarchy> parse_hierarchy(std::string_view text, const std::string& file);

// A code is part of the longest other one that it begins with: J45 of J4 of J.
Hierarchy prefix_hierarchy(std::span<const std::string> codes);

}  // namespace parcours::audit
