// JSON as text. Whatever the data holds, it can be written: bytes that are no UTF-8 (a file's name may
// hold them) become U+FFFD.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace parcours {

// `indent` of -1: all on one line.
template <class Json>
std::string json_text(const Json& json, int indent) {
  return json.dump(indent, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace parcours
