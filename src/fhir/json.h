// A resource as JSON: what is missing, or of another type than asked for, is nothing.
#pragma once

#include <simdjson.h>

#include <optional>
#include <string_view>
#include <vector>

#include "ingest/fact.h"

namespace parcours::fhir {

using Json = simdjson::dom::element;
using JsonObject = simdjson::dom::object;
using JsonArray = simdjson::dom::array;

std::optional<JsonObject> as_object(const Json& json);
std::optional<JsonArray> as_array(const Json& json);
std::string_view as_text(const Json& json);  // empty where it is no text

// The first member of that name.
std::optional<Json> member(const JsonObject& object, std::string_view name);
std::optional<JsonObject> object_in(const JsonObject& object, std::string_view name);
std::optional<JsonArray> array_in(const JsonObject& object, std::string_view name);
std::string_view text_in(const JsonObject& object, std::string_view name);
// Whether it says anything but `false`, which some write as a text.
bool is_true(const Json& json);
bool is_true(const JsonObject& object, std::string_view name);
// Whether a day or time begins as FHIR writes it, with hyphens: "2024", "2024-01-02T10:30:00Z".
bool is_fhir_day(std::string_view text);

// Calls take(JsonObject) on each object of the array of that name.
template <class Take>
void each_object(const JsonObject& object, std::string_view name, Take take) {
  if (const auto array = array_in(object, name)) {
    for (const Json item : *array) {
      if (const auto inner = as_object(item)) {
        take(*inner);
      }
    }
  }
}

using Codings = std::vector<ingest::Coding>;

// Adds the codings of a CodeableConcept.
void add_codings(const JsonObject& concept_, Codings& to);
// Those of the member of that name, a CodeableConcept.
void add_codings_in(const JsonObject& object, std::string_view name, Codings& to);

// Whether a member of that name stands anywhere within.
bool has_member_within(const JsonObject& object, std::string_view name);

}  // namespace parcours::fhir
