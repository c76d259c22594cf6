// What the user decides where a standard leaves a choice: a TOML file, given with --mapping.
// docs/formats/README.md describes every key. Everything has a value that a standard's own words
// suggest, so the file is only needed for what is different.
//
//   period   = "2026"
//   practice = "maison-de-sante-3"          # all records are of this practice
//   [systems]                                # by kind: of several codes, the first of these holds;
//   diagnosis = ["icd10", "snomed"]          # codes of other systems are refused
//   [[map]]                                  # codes that become codes of a system before `from`
//   from = "cis"                             # in the order
//   to   = "atc"
//   file = "cis_atc.txt"                     # beside the choices
//   from_column = 1                          # a name, or a number where the file has no header
//   to_column   = 2
//   [[code_system]]                          # a system of the source's own
//   name    = "lab"
//   address = ["https://vendor.example/lab"]
//   kinds   = ["lab"]
#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "ingest/code_map.h"
#include "vocabulary/code_systems.h"

namespace parcours::ingest {

// Whose day a diagnosis has, where the source says both.
enum class DiagnosisDay : std::uint8_t { onset, recorded };

enum class OmopCodes : std::uint8_t { source, standard };

struct Choices {
  std::filesystem::path path;  // empty: no file
  std::string period;
  std::string practice;  // empty: as the source says
  std::optional<std::uint64_t> max_bad_rows;
  std::vector<std::string> not_identifiers;
  std::vector<std::vector<std::string>> systems;  // by kind, the first one first
  std::vector<vocabulary::CodeSystem> own_systems;
  std::vector<CodeMap> maps;
  std::vector<DiagnosisDay> diagnosis_day = {DiagnosisDay::onset, DiagnosisDay::recorded};
  std::string patient_identifier;  // a system's address or root whose numbers pseudonyms are made
                                   // of; empty: the format's own
  OmopCodes omop_codes = OmopCodes::source;
  // By kind: the system of which OMOP's source values are codes; empty: they are not read.
  std::vector<std::string> omop_source_values;

  Choices();
  // By address, object identifier or name; the user's own come first.
  const vocabulary::CodeSystem* system_called(std::string_view text) const;
};

// Reads the files of its maps as well; parse_choices opens no file.
Result<Choices> read_choices(const std::filesystem::path& path);
Result<Choices> parse_choices(std::string_view text, const std::filesystem::path& path);

}  // namespace parcours::ingest
