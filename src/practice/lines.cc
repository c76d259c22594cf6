#include "practice/lines.h"

#include <system_error>

#include "base/files.h"

namespace parcours::practice {

namespace fs = std::filesystem;

Result<std::vector<std::string>> whole_lines(const fs::path& path) {
  std::vector<std::string> lines;
  std::error_code ignored;
  if (!fs::exists(fs::symlink_status(path, ignored))) {
    return lines;
  }
  ASSIGN_OR_RETURN(const std::string text, read_file(path));
  std::size_t begin = 0;
  for (std::size_t end = 0; (end = text.find('\n', begin)) != std::string::npos; begin = end + 1) {
    lines.push_back(text.substr(begin, end - begin));
  }
  if (begin < text.size()) {
    RETURN_IF_ERROR(write_file(path, std::string_view(text).substr(0, begin), Readers::owner));
  }
  return lines;
}

Status append_line(const fs::path& path, std::string_view line) {
  return append_to_file(path, std::string(line) + '\n');
}

}  // namespace parcours::practice
