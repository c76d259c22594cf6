// Fills a template with values. The template's language is a small part of Mustache:
//
//   {{name}}              the text, escaped for HTML; {{a.b}} looks inward
//   {{{name}}}            the text as it is
//   {{*name}}             a text in two languages, {"en": ..., "fr": ...}, as two elements of which
//                         the page shows one
//   {{#name}}...{{/name}} once for each element of an array; for anything else once, where it is
//                         not null, false or ""
//   {{^name}}...{{/name}} where {{#name}} would show nothing
//   {{.}}                 the element itself
//
// Names are looked up from the innermost section outward. A name without a value is an error, so
// that a page never has a gap.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "base/error.h"

namespace parcours::page {

Result<std::string> fill(std::string_view page, const nlohmann::json& content);

}  // namespace parcours::page
