// Reads the fields of a JSON object that came from outside. What is missing or of another type
// makes the whole bad, and is empty or 0.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>

namespace parcours::post {

using Json = nlohmann::ordered_json;

class JsonFields {
 public:
  explicit JsonFields(const Json& json) : json_(json) {}

  std::string text(const char* key) {
    const Json* found = at(key);
    if (found == nullptr || !found->is_string()) {
      good_ = false;
      return {};
    }
    return found->get<std::string>();
  }
  std::uint64_t number(const char* key) {
    const Json* found = at(key);
    if (found == nullptr || !found->is_number_unsigned()) {
      good_ = false;
      return 0;
    }
    return found->get<std::uint64_t>();
  }
  bool has(const char* key) const { return json_.is_object() && json_.contains(key); }
  // An empty value where there is none.
  const Json& inside(const char* key) {
    static const Json nothing;
    const Json* found = at(key);
    return found == nullptr ? nothing : *found;
  }
  void refuse() { good_ = false; }
  bool good() const { return good_; }

 private:
  const Json* at(const char* key) {
    if (!has(key)) {
      good_ = false;
      return nullptr;
    }
    return &json_.at(key);
  }
  const Json& json_;
  bool good_ = true;
};

}  // namespace parcours::post
