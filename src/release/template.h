// A page with holes, and what fills them. The language is a small part of Mustache:
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
// Names are looked up from the innermost section outward. A hole that nothing fills is an error, so
// that a page never leaves with a gap.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "base/error.h"

namespace parcours {

Result<std::string> fill(std::string_view page, const nlohmann::json& content);

}  // namespace parcours
