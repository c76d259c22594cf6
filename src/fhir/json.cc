#include "fhir/json.h"

#include "base/letters.h"

namespace parcours::fhir {
namespace {

bool value_has_member(const Json& json, std::string_view name) {
  if (const auto object = as_object(json)) {
    return has_member_within(*object, name);
  }
  if (const auto array = as_array(json)) {
    for (const Json item : *array) {
      if (value_has_member(item, name)) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace

std::optional<JsonObject> as_object(const Json& json) {
  JsonObject object;
  return json.get(object) == simdjson::SUCCESS ? std::optional(object) : std::nullopt;
}

std::optional<JsonArray> as_array(const Json& json) {
  JsonArray array;
  return json.get(array) == simdjson::SUCCESS ? std::optional(array) : std::nullopt;
}

std::string_view as_text(const Json& json) {
  std::string_view text;
  return json.get(text) == simdjson::SUCCESS ? text : std::string_view();
}

std::optional<Json> member(const JsonObject& object, std::string_view name) {
  Json json;
  return object.at_key(name).get(json) == simdjson::SUCCESS ? std::optional(json) : std::nullopt;
}

std::optional<JsonObject> object_in(const JsonObject& object, std::string_view name) {
  const auto found = member(object, name);
  return found ? as_object(*found) : std::nullopt;
}

std::optional<JsonArray> array_in(const JsonObject& object, std::string_view name) {
  const auto found = member(object, name);
  return found ? as_array(*found) : std::nullopt;
}

std::string_view text_in(const JsonObject& object, std::string_view name) {
  const auto found = member(object, name);
  return found ? as_text(*found) : std::string_view();
}

bool is_true(const Json& json) {
  bool value = true;
  return json.get(value) == simdjson::SUCCESS ? value : lower(as_text(json)) != "false";
}

bool is_true(const JsonObject& object, std::string_view name) {
  const auto found = member(object, name);
  return found && is_true(*found);
}

bool is_fhir_day(std::string_view text) {
  constexpr std::size_t year_size = 4;
  constexpr std::size_t day_size = 10;
  return (text.size() <= year_size || text[year_size] == '-') &&
         (text.size() <= day_size || text[day_size] == 'T');
}

void add_codings(const JsonObject& concept_, Codings& to) {
  each_object(concept_, "coding", [&](const JsonObject& coding) {
    to.push_back({text_in(coding, "system"), text_in(coding, "code")});
  });
}

void add_codings_in(const JsonObject& object, std::string_view name, Codings& to) {
  if (const auto found = object_in(object, name)) {
    add_codings(*found, to);
  }
}

bool has_member_within(const JsonObject& object, std::string_view name) {
  for (const auto& [key, value] : object) {
    if (key == name || value_has_member(value, name)) {
      return true;
    }
  }
  return false;
}

}  // namespace parcours::fhir
