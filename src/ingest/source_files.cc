#include "ingest/source_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "base/byte_stream.h"

namespace parcours::ingest {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t head_bytes = 1 << 16;
constexpr std::size_t most_files = 5'000'000;

Status add_folder(const fs::path& folder, std::vector<fs::path>& files) {
  std::error_code error;
  fs::recursive_directory_iterator each(folder, error);
  for (; !error && each != fs::recursive_directory_iterator(); each.increment(error)) {
    const bool hidden = each->path().filename().string().starts_with('.');
    std::error_code ignored;
    if (each->is_symlink(ignored) || hidden) {
      if (each->is_directory(ignored)) {
        each.disable_recursion_pending();
      }
      continue;
    }
    if (each->is_regular_file(ignored)) {
      files.push_back(each->path());
    }
    if (files.size() > most_files) {
      return bad_input(fmt::format("more than {} files", most_files), folder.string(),
                       "import the folders in it one by one");
    }
  }
  if (error) {
    return bad_input("the folder cannot be read: " + error.message(), folder.string());
  }
  return {};
}

}  // namespace

Result<std::vector<fs::path>> files_of(const std::vector<std::string>& what) {
  std::vector<fs::path> files;
  for (const std::string& name : what) {
    std::error_code error;
    if (fs::is_directory(name, error)) {
      RETURN_IF_ERROR(add_folder(name, files));
    } else {
      RETURN_IF_ERROR(InputFile::open(name));
      files.emplace_back(name);
    }
  }
  std::ranges::sort(files);
  files.erase(std::ranges::unique(files).begin(), files.end());
  return files;
}

Result<std::string> head_of(const fs::path& path) {
  ASSIGN_OR_RETURN(ByteStream stream, ByteStream::open(path));
  std::string head(head_bytes, '\0');
  ASSIGN_OR_RETURN(const std::size_t got, stream.read(head));
  head.resize(got);
  return head;
}

}  // namespace parcours::ingest
