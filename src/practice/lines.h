// A file of lines that only grows, each line flushed to the disk before it counts. If the machine
// stops while a line is written, that line was never there.
//
// G1: after append() has returned, the line is read; a line without its end is not, and is cut off
//     when the file is opened.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace parcours::practice {

// The whole lines of a file, none where there is no file. A torn last line is cut off the file.
Result<std::vector<std::string>> whole_lines(const std::filesystem::path& path);

Status append_line(const std::filesystem::path& path, std::string_view line);

}  // namespace parcours::practice
