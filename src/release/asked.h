// The question of a study, in words that may leave the house: nothing about the machine, and no
// time finer than a day.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tables/table.h"

namespace parcours::release {

struct Asked {
  std::string study;         // its id
  std::string study_sha256;  // of the study file, so that the evidence names exactly this question
  tables::Label title;
  std::optional<tables::Label> period;   // "1 January 2023 to 31 December 2025"
  std::vector<tables::Label> sentences;  // the study in plain sentences
  std::string day;                       // of the release: "2026-11-23"
  std::uint64_t seed;                    // of every draw that the attacks made
  std::string software;                  // "parcours 0.1.0"
  // Dimensions made from events of care: what they say of a person is sensitive.
  std::vector<std::string> sensitive{};
  std::optional<tables::Label>
      windows_beyond{};  // which windows reach beyond the records (study/windows.h)
};

}  // namespace parcours::release
