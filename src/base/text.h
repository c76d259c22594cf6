// A text that a person reads, in both languages.
#pragma once

#include <string>

namespace parcours {

struct Text {
  std::string en;
  std::string fr;
  friend bool operator==(const Text&, const Text&) = default;
};

}  // namespace parcours
