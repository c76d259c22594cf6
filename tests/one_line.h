// What the command may say where it fails: one line.
#pragma once

#include <gmock/gmock.h>

#include <algorithm>

namespace parcours {

MATCHER(IsOneLine, "is one line of error") {
  return std::ranges::count(arg, '\n') == 1 && arg.starts_with("parcours: ");
}

}  // namespace parcours
