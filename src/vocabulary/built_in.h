// The vocabulary of codes.csv, which is built into the program.
#pragma once

#include <span>
#include <string>

#include "base/text.h"
#include "vocabulary/code_book.h"

namespace parcours::vocabulary {

struct BuiltInCode {
  Code code;  // without a kind: a place, or the heading of a level
  Text label;
  std::string within;  // of a department: its region
};

// In the order of codes.csv; the same ones at every call.
std::span<const BuiltInCode> built_in_codes();

}  // namespace parcours::vocabulary
