#include "study/names.h"

#include <fmt/format.h>

#include <array>
#include <unordered_set>

namespace parcours {
namespace {

const std::array<std::string, 2> languages = {"en", "fr"};

CodeNames one_from(Sheet sheet) {
  CodeNames names;
  names.line = sheet.line();
  sheet.need("system", "system = \"snomed\"");
  sheet.need("file", "file = \"CONCEPT.csv\"");
  names.system = sheet.text("system").value_or("");
  names.file = sheet.text("file").value_or("");
  names.vocabulary = sheet.text("vocabulary").value_or("");
  names.code = sheet.text("code").value_or("");
  names.label = sheet.text("label").value_or("");
  if (const auto language = sheet.one_of("language", languages)) {
    names.language = languages.at(*language);
  }
  if (names.code.empty() != names.label.empty() ||
      (!names.code.empty() && !names.vocabulary.empty())) {
    sheet.mistakes().add(names.line, "[[names]] does not say where the names are",
                         "write code and label, two columns of the file; or neither, where it is "
                         "Athena's CONCEPT.csv");
  }
  if (!names.code.empty()) {
    sheet.need("language", "language = \"en\"");
  }
  sheet.finish();
  return names;
}

// Every beginning of a code of the system: names of coarser levels are wanted too.
std::unordered_set<std::string> beginnings(const CodeBook& codes, const std::string& system) {
  std::unordered_set<std::string> found;
  for (CodeId id = 0; id < codes.size(); ++id) {
    const Code& code = codes.at(id);
    for (std::size_t length = 1; code.system == system && length <= code.code.size(); ++length) {
      found.insert(code.code.substr(0, length));
    }
  }
  return found;
}

}  // namespace

std::vector<CodeNames> names_from(Sheet& file) {
  std::vector<CodeNames> names;
  for (const Sheet& sheet : file.sheets("names")) {
    names.push_back(one_from(sheet.named("[[names]]")));
  }
  return names;
}

Result<Vocabulary> vocabulary_of(const Study& study, const CodeBook& codes) {
  Vocabulary vocabulary = Vocabulary::built_in();
  for (const CodeNames& names : study.names) {
    const std::filesystem::path path = study.file.parent_path() / names.file;
    Status loaded;
    if (names.code.empty()) {
      const auto wanted = beginnings(codes, names.system);
      loaded = vocabulary.load_concepts(
          path, names.system, names.vocabulary,
          [&](std::string_view code) { return wanted.contains(std::string(code)); });
    } else {
      loaded = vocabulary.load(path, names.system, names.code, names.label, names.language);
    }
    if (!loaded) {
      Error error = loaded.error();
      error.found = fmt::format("{}: {}", error.where, error.found);
      error.where = fmt::format("{}:{}", study.file.string(), names.line);
      return std::unexpected(std::move(error));
    }
  }
  return vocabulary;
}

}  // namespace parcours
