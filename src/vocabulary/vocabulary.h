// What codes are called, in English and French. The project carries a vocabulary of some 300 codes;
// larger nomenclatures are read from the user's files.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/error.h"

namespace parcours {

// A text that a person reads, in both languages.
struct Text {
  std::string en;
  std::string fr;
  friend bool operator==(const Text&, const Text&) = default;
};

class Vocabulary {
 public:
  // The codes that the project carries: ICD-10, ATC, labs, vitals, vaccines, French departments and
  // regions, and the headings of their levels (ICD-10 chapters, ATC groups).
  static Vocabulary built_in();

  // Adds a nomenclature: CSV, UTF-8 or Latin-1, its separator found, a code column and a label
  // column by name. Labels given so win over built-in ones. `language` is "en" or "fr"; the other
  // language falls back to it.
  Status load(const std::filesystem::path& file, std::string_view system,
              std::string_view code_column, std::string_view label_column,
              std::string_view language);

  // Nothing when the code is not known; codes at any level are found ("J45", "R03BA", "84").
  std::optional<Text> label(std::string_view system, std::string_view code) const;

  // The label, or the code itself in both languages.
  Text label_or_code(std::string_view system, std::string_view code) const;

 private:
  std::map<std::pair<std::string, std::string>, Text> labels_;
};

}  // namespace parcours
