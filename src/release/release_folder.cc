#include "release/release_folder.h"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <system_error>

#include "base/files.h"
#include "protect/sha256.h"

namespace parcours::release {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::size_t largest_evidence_file = std::size_t{1} << 26;
constexpr const char* get_it_again = "get the whole release again from where it was made";

using Hashes = std::map<std::string, std::string>;  // by path in the folder

std::unexpected<Error> no_evidence(const fs::path& file, const std::string& why) {
  return bad_input("this is not the evidence of a release: " + why, file.string(), get_it_again);
}

// A path that stays inside the folder.
bool stays_inside(const std::string& path) {
  const fs::path inner(path);
  return !path.empty() && inner.is_relative() && inner == inner.lexically_normal() &&
         *inner.begin() != "..";
}

Result<Hashes> hashes_of(const json& evidence, const fs::path& file) {
  if (!evidence.is_object()) {
    return no_evidence(file, "it cannot be read as JSON");
  }
  const auto format = evidence.find("format");
  if (format == evidence.end() || !format->is_string() ||
      !format->get<std::string>().starts_with("parcours-evidence/")) {
    return no_evidence(file, "its format is not parcours-evidence");
  }
  const auto files = evidence.find("files");
  if (files == evidence.end() || !files->is_array() || files->empty()) {
    return no_evidence(file, "it names no files");
  }
  Hashes hashes;
  for (const json& one : *files) {
    const bool whole = one.is_object() && one.contains("path") && one["path"].is_string() &&
                       one.contains("sha256") && one["sha256"].is_string() &&
                       stays_inside(one["path"].get<std::string>());
    if (!whole) {
      return no_evidence(file, "one of its files has no path in the folder, or no hash");
    }
    hashes[one["path"]] = one["sha256"];
  }
  return hashes;
}

Status unchanged(const fs::path& file, std::string_view bytes, const std::string& hash,
                 std::string_view by) {
  if (protect::sha256(bytes) == hash) {
    return {};
  }
  return bad_input(fmt::format("this file was changed after the release was written: its SHA-256 "
                               "is not the one in {}",
                               by),
                   file.string(), get_it_again);
}

bool is_table(const std::string& path) {
  return path.starts_with("tables/") && path.ends_with(".csv");
}

Status check_files(const fs::path& folder, const Hashes& hashes) {
  for (const auto& [path, hash] : hashes) {
    std::error_code ignored;
    if (!fs::exists(folder / path, ignored)) {
      if (is_table(path)) {
        return bad_input("this table of the release is missing", (folder / path).string(),
                         get_it_again);
      }
      continue;
    }
    ASSIGN_OR_RETURN(const std::string bytes, read_file(folder / path));
    RETURN_IF_ERROR(unchanged(folder / path, bytes, hash, "evidence.json"));
  }
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator(folder / "tables", failed)) {
    const std::string path = "tables/" + entry.path().filename().string();
    if (is_table(path) && !hashes.contains(path)) {
      return bad_input("this table is not one of the release: evidence.json does not name it",
                       entry.path().string(), get_it_again);
    }
  }
  return {};
}

// The evidence cannot name its own hash; SHA256SUMS does.
Status check_evidence(const fs::path& folder, std::string_view evidence) {
  std::error_code ignored;
  if (!fs::exists(folder / "SHA256SUMS", ignored)) {
    return {};
  }
  ASSIGN_OR_RETURN(std::string text, read_file(folder / "SHA256SUMS", largest_evidence_file));
  std::istringstream lines(std::move(text));
  for (std::string line; std::getline(lines, line);) {
    const std::size_t gap = line.find("  ");
    if (gap != std::string::npos && line.substr(gap + 2) == "evidence.json") {
      return unchanged(folder / "evidence.json", evidence, line.substr(0, gap), "SHA256SUMS");
    }
  }
  return {};
}

}  // namespace

Status check_release_folder(const fs::path& folder) {
  const fs::path file = folder / "evidence.json";
  ASSIGN_OR_RETURN(const std::string text, read_file(file, largest_evidence_file));
  ASSIGN_OR_RETURN(const Hashes hashes, hashes_of(json::parse(text, nullptr, false), file));
  RETURN_IF_ERROR(check_evidence(folder, text));
  return check_files(folder, hashes);
}

}  // namespace parcours::release
