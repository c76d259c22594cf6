// A file and what people are told it is called. A name that the user typed is theirs; one that was
// found in a folder may be a patient's ("DUPONT_Jean_1956.xml"), and whoever found it says what is
// shown instead. Every message, answer and list of a source names its files by `shown` alone.
#pragma once

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace parcours {

struct NamedFile {
  std::filesystem::path path;
  std::string shown;

  // Shown as it is.
  NamedFile(std::filesystem::path at)  // NOLINT(google-explicit-constructor): a path is a name
      : path(std::move(at)), shown(path.string()) {}
  NamedFile(std::filesystem::path at, std::string name)
      : path(std::move(at)), shown(std::move(name)) {}
};

// Each shown as it is.
inline std::vector<NamedFile> shown_as_they_are(const std::vector<std::filesystem::path>& paths) {
  return {paths.begin(), paths.end()};
}

}  // namespace parcours
