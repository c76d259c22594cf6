#include "study/names.h"

#include <fmt/format.h>

#include <array>
#include <unordered_set>

#include "base/files.h"

namespace parcours::study {
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
std::unordered_set<std::string> beginnings(const vocabulary::CodeBook& codes,
                                           const std::string& system) {
  std::unordered_set<std::string> found;
  for (vocabulary::CodeId id = 0; id < codes.size(); ++id) {
    const vocabulary::Code& code = codes.at(id);
    for (std::size_t length = 1; code.system == system && length <= code.code.size(); ++length) {
      found.insert(code.code.substr(0, length));
    }
  }
  return found;
}

// `file` is where the names are said, for errors and for where their files lie.
Result<vocabulary::Vocabulary> vocabulary_with(const std::vector<CodeNames>& all,
                                               const std::filesystem::path& file,
                                               const vocabulary::CodeBook& codes) {
  vocabulary::Vocabulary vocabulary = vocabulary::Vocabulary::built_in();
  for (const CodeNames& names : all) {
    const std::filesystem::path path = file.parent_path() / names.file;
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
      error.where = fmt::format("{}:{}", file.string(), names.line);
      return std::unexpected(std::move(error));
    }
  }
  return vocabulary;
}

}  // namespace

std::vector<CodeNames> names_from(Sheet& file) {
  std::vector<CodeNames> names;
  for (const Sheet& sheet : file.sheets("names")) {
    names.push_back(one_from(sheet.named("[[names]]")));
  }
  return names;
}

Result<vocabulary::Vocabulary> vocabulary_of(const Study& study,
                                             const vocabulary::CodeBook& codes) {
  return vocabulary_with(study.names, study.file, codes);
}

Result<vocabulary::Vocabulary> vocabulary_of(const std::filesystem::path& file,
                                             const vocabulary::CodeBook& codes) {
  constexpr std::size_t most_bytes = std::size_t{1} << 22;
  ASSIGN_OR_RETURN(const std::string text, read_file(file, most_bytes));
  ASSIGN_OR_RETURN(const std::vector<CodeNames> names,
                   read_sheet(text, file, "the file", [](Sheet& sheet) {
                     std::vector<CodeNames> found = names_from(sheet);
                     for (const std::string& more : sheet.rest()) {
                       sheet.find(more);  // a study says more, which is not asked about here
                     }
                     return found;
                   }));
  return vocabulary_with(names, file, codes);
}

}  // namespace parcours::study
