// SHA-256 as sha256sum prints it.
#pragma once

#include <string>
#include <string_view>

namespace parcours::protect {

// 64 hexadecimal digits, small letters.
std::string sha256(std::string_view bytes);

}  // namespace parcours::protect
