// The names of codes in English and French. Some 350 codes are built in; larger nomenclatures are
// read from the user's files.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/text.h"
#include "vocabulary/code_book.h"

namespace parcours::vocabulary {

class Vocabulary {
 public:
  // The codes that the project carries: ICD-10, ATC, labs, vitals, vaccines, French departments and
  // regions, and the headings of their levels (ICD-10 chapters, ATC groups).
  static Vocabulary built_in();

  // Those of them that an event of this kind can carry, in a fixed order.
  static std::vector<Code> built_in_codes_of(KindId kind);

  // Adds a nomenclature: CSV, UTF-8 or Latin-1, its separator found, a code column and a label
  // column by name. Labels given so win over built-in ones. `language` is "en" or "fr"; the other
  // language falls back to it where the code had no label yet. Errors: a column that is not there,
  // a row that is too short (file and line); then nothing was added.
  Status load(const std::filesystem::path& file, std::string_view system,
              std::string_view code_column, std::string_view label_column,
              std::string_view language);

  // Adds names from Athena's CONCEPT.csv (OHDSI's vocabularies; columns between tabs): concept_code
  // of the rows of a vocabulary, such as "SNOMED" or "RxNorm"; if `only` is empty, concept_id of
  // all rows. Of codes that are not `wanted` nothing is kept. A row that cannot be read is passed
  // over. Errors: no such file, a column that is not there.
  Status load_concepts(const std::filesystem::path& file, std::string_view system,
                       std::string_view only, const std::function<bool(std::string_view)>& wanted);

  // Nothing when the code is not known; codes at any level are found ("J45", "R03BA"), with or
  // without their dots. `level` matters where the codes of two levels look alike: "84" is the
  // department Vaucluse, but at level "region" it is Auvergne-Rhône-Alpes.
  std::optional<Text> label(std::string_view system, std::string_view code,
                            std::string_view level = {}) const;

  // The label, or the code itself in both languages.
  Text label_or_code(std::string_view system, std::string_view code,
                     std::string_view level = {}) const;

 private:
  std::map<std::pair<std::string, std::string>, Text> labels_;
};

}  // namespace parcours::vocabulary
