// The contents of a package as bytes: what is compressed and sealed. docs/packages.md has the
// layout.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "post/contents.h"

namespace parcours::post {

// Of contents that pass check().
std::string body_of(const Contents& contents);

// What body_of() wrote. Error: the bytes are no body, or one whose contents do not pass check().
Result<Contents> contents_of(std::string_view body);

}  // namespace parcours::post
