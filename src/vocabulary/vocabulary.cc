#include "vocabulary/vocabulary.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/csv.h"
#include "base/files.h"
#include "vocabulary/built_in.h"
#include "vocabulary/levels.h"
#include "vocabulary/text_table.h"

namespace parcours::vocabulary {
namespace {

// One spelling a code: "J450" and "J45.0" are the same.
std::string spelled(std::string_view system, std::string_view code) {
  const auto dotless = [](std::string_view text) {
    std::string result(text);
    std::erase(result, '.');
    return result;
  };
  return system.starts_with("icd") ? dotless(code) : std::string(code);
}

// The systems in which a code at a level may have its name. A lab of LOINC is one of the panel's;
// chapters and categories of the clinical modification are those of ICD-10.
std::vector<std::string_view> labelled_in(std::string_view system, std::string_view level) {
  if (system == "fr-department" && level == "region") {
    return {"fr-region"};
  }
  if (system == "loinc" && level == "lab") {
    return {system, "lab", "vital"};
  }
  if (system == "icd10cm" && (level == "chapter" || level == "icd3")) {
    return {system, "icd10"};
  }
  return {system};
}

}  // namespace

Vocabulary Vocabulary::built_in() {
  Vocabulary vocabulary;
  for (const BuiltInCode& built_in : built_in_codes()) {
    const Code& code = built_in.code;
    vocabulary.labels_.emplace(std::pair(code.system, spelled(code.system, code.code)),
                               built_in.label);
  }
  return vocabulary;
}

std::vector<Code> Vocabulary::built_in_codes_of(KindId kind) {
  std::vector<Code> codes;
  for (const BuiltInCode& built_in : built_in_codes()) {
    if (built_in.code.kind == kind) {
      codes.push_back(built_in.code);
    }
  }
  return codes;
}

Status Vocabulary::load(const std::filesystem::path& file, std::string_view system,
                        std::string_view code_column, std::string_view label_column,
                        std::string_view language) {
  if (language != "en" && language != "fr") {
    return bad_input(fmt::format("unknown language '{}'", language), file.string(),
                     "known: en, fr");
  }
  ASSIGN_OR_RETURN(const std::string text, read_file(file));
  ASSIGN_OR_RETURN(const TextTable table, parse_text_table(text, file.string()));
  ASSIGN_OR_RETURN(const std::size_t codes, table.column(code_column, file.string()));
  ASSIGN_OR_RETURN(const std::size_t labels, table.column(label_column, file.string()));
  for (const TextTable::Row& row : table.rows) {
    if (row.fields.size() <= std::max(codes, labels)) {
      return bad_input(fmt::format("the row has {} fields", row.fields.size()),
                       fmt::format("{}:{}", file.string(), row.line),
                       fmt::format("the header has {}", table.header.size()));
    }
  }
  for (const TextTable::Row& row : table.rows) {
    const std::string& label = row.fields[labels];
    if (label.empty() || row.fields[codes].empty()) {
      continue;
    }
    const std::pair key(std::string(system), spelled(system, row.fields[codes]));
    const auto [entry, fresh] = labels_.try_emplace(key, Text{label, label});
    (language == "en" ? entry->second.en : entry->second.fr) = label;
  }
  return {};
}

Status Vocabulary::load_concepts(const std::filesystem::path& file, std::string_view system,
                                 std::string_view only,
                                 const std::function<bool(std::string_view)>& wanted) {
  ASSIGN_OR_RETURN(CsvFile csv, CsvFile::open(file, {.separator = '\t'}));
  const std::vector<std::string>& header = csv.header().reveal();
  const auto column = [&](std::string_view name) -> Result<std::size_t> {
    const auto found = std::ranges::find(header, name);
    if (found == header.end()) {
      return bad_input(fmt::format("no column '{}'", name), file.string(),
                       "use CONCEPT.csv as Athena gives it out, or name two columns of your file: "
                       "code and label");
    }
    return static_cast<std::size_t>(found - header.begin());
  };
  ASSIGN_OR_RETURN(const std::size_t names, column("concept_name"));
  ASSIGN_OR_RETURN(const std::size_t codes, column(only.empty() ? "concept_id" : "concept_code"));
  ASSIGN_OR_RETURN(const std::size_t vocabularies, column("vocabulary_id"));
  CsvRows rows(csv.separator(), header.size());
  return for_rows(csv, rows, [&] {
    if (rows.defect() != CsvDefect::none || (!only.empty() && rows.field(vocabularies) != only) ||
        rows.field(names).empty() || !wanted(rows.field(codes))) {
      return;
    }
    const std::string name(rows.field(names));
    labels_.insert_or_assign(std::pair(std::string(system), spelled(system, rows.field(codes))),
                             Text{name, name});
  });
}

std::optional<Text> Vocabulary::label(std::string_view system, std::string_view code,
                                      std::string_view level) const {
  for (const std::string_view labelled : labelled_in(system, level)) {
    const auto found = labels_.find(std::pair(std::string(labelled), spelled(labelled, code)));
    if (found != labels_.end()) {
      return found->second;
    }
  }
  return std::nullopt;
}

Text Vocabulary::label_or_code(std::string_view system, std::string_view code,
                               std::string_view level) const {
  const std::optional<Text> found = label(system, code, level);
  return found ? *found : Text{std::string(code), std::string(code)};
}

}  // namespace parcours::vocabulary
