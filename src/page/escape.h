// Escapes texts for the places of a page that they are written to.
#pragma once

#include <string>
#include <string_view>

namespace parcours::page {

// For element content and for attribute values in quotes: & < > " ' become entities.
std::string html_escaped(std::string_view text);

// A JavaScript program for the inside of <script>: it runs the same, and cannot end the element
// early.
std::string script_escaped(std::string_view program);

// A JSON text for the inside of <script type="application/json">: the same value, without < > &.
std::string json_escaped(std::string_view json);

}  // namespace parcours::page
