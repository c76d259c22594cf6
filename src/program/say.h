// Prints a verb's answer. The program prints text to a terminal only through these functions.
//
//   say("{} lines of {}\n", lines, name);   // the name cannot move the cursor, nor begin a line
//   say_lines(assessment_text(found));      // lines that were put together elsewhere
//   say_json({{"lines", lines}});
//
// G1: the printed text holds no control character except its own line feeds (base/printable.h).
#pragma once

#include <fmt/format.h>

#include <concepts>
#include <filesystem>
#include <string>
#include <string_view>
#include <type_traits>

#include "base/printable.h"
#include "page/json_text.h"

namespace parcours::program {

// A text is shown by its printable form, everything else as it is.
template <class T>
auto said(const T& value) {
  if constexpr (std::convertible_to<const T&, std::string_view>) {
    return printable(value);
  } else if constexpr (std::same_as<T, std::filesystem::path>) {
    return printable(value.string());
  } else {
    return value;
  }
}

template <class T>
using Said = decltype(said(std::declval<const T&>()));

// To standard output. Throws std::system_error where that cannot be written; main tells it.
template <class... T>
void say(fmt::format_string<Said<T>...> format, const T&... values) {
  fmt::print(format, said(values)...);
}

inline void say_lines(std::string_view text) {
  fmt::print("{}", printable_lines(text));
}

template <class Json>
void say_json(const Json& json) {
  fmt::print("{}\n", printable_json(page::json_text(json, 2)));
}

// To standard error.
template <class... T>
void tell_aside(fmt::format_string<Said<T>...> format, const T&... values) {
  note(fmt::format(format, said(values)...));
}

}  // namespace parcours::program
