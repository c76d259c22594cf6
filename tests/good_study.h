// A study over a generated panel that succeeds, and rules that it passes.
#pragma once

#include <string>

namespace parcours {

std::string good_study();
std::string good_rules();

}  // namespace parcours
