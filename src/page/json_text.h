// Writes JSON as text. The program writes JSON nowhere else.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace parcours {

// Valid UTF-8, whatever bytes the name of a file or a text out of data has: what is no UTF-8 is told
// as U+FFFD. `indent`: spaces a level; negative: all on one line.
template <class Json>
std::string json_text(const Json& json, int indent = -1) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace parcours
