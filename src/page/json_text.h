// Writes JSON as text. The program writes JSON nowhere else.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace parcours::page {

// The result is valid UTF-8: bytes of a file name or of data that are not UTF-8 become U+FFFD.
// `indent`: spaces for each level; negative: all on one line.
template <class Json>
std::string json_text(const Json& json, int indent = -1) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace parcours::page
