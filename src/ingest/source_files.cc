#include "ingest/source_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "base/byte_stream.h"
#include "base/letters.h"

namespace parcours::ingest {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t head_bytes = 1 << 16;
constexpr std::size_t most_files = 5'000'000;

Result<std::vector<fs::path>> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
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
  std::ranges::sort(files, {}, [](const fs::path& path) { return path.string(); });
  return files;
}

// "condition" of "Condition.000.ndjson.gz"; more than a word where the name says more.
std::string word_of(const fs::path& name) {
  std::string word = lower(name.string());
  for (const std::string_view end :
       {".gz", ".csv", ".tsv", ".txt", ".parquet", ".ndjson", ".json", ".xml", ".duckdb"}) {
    if (word.ends_with(end)) {
      word.resize(word.size() - end.size());
    }
  }
  while (!word.empty() && std::string_view("0123456789.-_").contains(word.back())) {
    word.pop_back();
  }
  return word;
}

Status add_folder(const std::string& name, const FileWord& is_word, std::vector<NamedFile>& files) {
  ASSIGN_OR_RETURN(const std::vector<fs::path> found, files_in(name));
  const std::string folder = name.ends_with('/') ? name : name + '/';
  for (std::size_t i = 0; i < found.size(); ++i) {
    const bool plain =
        found[i] == fs::path(name) / found[i].filename() && is_word(word_of(found[i].filename()));
    files.emplace_back(found[i], plain ? found[i].string() : fmt::format("{}#{}", folder, i + 1));
  }
  return {};
}

}  // namespace

Result<std::vector<NamedFile>> files_of(const std::vector<std::string>& what,
                                        const FileWord& is_word) {
  std::vector<NamedFile> files;
  std::vector<NamedFile> found;
  for (const std::string& name : what) {
    std::error_code error;
    if (fs::is_directory(name, error)) {
      RETURN_IF_ERROR(add_folder(name, is_word, found));
    } else {
      RETURN_IF_ERROR(InputFile::open(name));
      files.emplace_back(fs::path(name));
    }
  }
  // A name that was typed comes before that of the same file in a folder.
  files.insert(files.end(), found.begin(), found.end());
  const auto path = [](const NamedFile& file) { return file.path.string(); };
  std::ranges::stable_sort(files, {}, path);
  files.erase(std::ranges::unique(files, {}, path).begin(), files.end());
  return files;
}

Result<std::string> head_of(const NamedFile& file) {
  ASSIGN_OR_RETURN(InputFile open, InputFile::open(file));
  ByteStream stream = ByteStream::of(std::move(open));
  std::string head(head_bytes, '\0');
  ASSIGN_OR_RETURN(const std::size_t got, stream.read(head));
  head.resize(got);
  return head;
}

}  // namespace parcours::ingest
