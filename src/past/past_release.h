// A release that was made before: what was published, and who stands where in its tables. Personal
// data.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "crowds/crowd_table.h"
#include "past/past_roll.h"
#include "past/ties.h"
#include "past/told.h"
#include "tables/table.h"

namespace parcours::past {

// What can be listed without knowing who was counted.
struct PastEntry {
  std::uint32_t number = 0;  // the releases of a vault are numbered from 1
  std::string day;           // when it was made: "2026-11-23"
  std::string study;         // its id
  tables::Label title;
  std::string study_sha256;
  std::string rules;  // their id
  std::string rules_sha256;
  // The state of the vault that it was made from: releases of one state saw the same records.
  std::uint64_t state = 0;
  bool population_shown = true;
  // What is asked but for its days (told.h): that of all editions of a study. Empty: it was made by
  // a program that did not note it.
  std::string question{};
  std::string period{};  // "2023-01-01/2025-12-31"; empty: none
  tables::Label period_in_words{};
  std::int32_t last_day = 0;  // of the period (Day); 0: none
  friend bool operator==(const PastEntry&, const PastEntry&) = default;
};

// Whether both are editions of one study (editions.h).
inline bool of_one_study(const PastEntry& a, const PastEntry& b) {
  return !a.question.empty() && a.question == b.question;
}

struct PastRelease {
  PastEntry entry;
  ToldStudy told;
  std::vector<tables::Table> tables;  // as published
  PastRoll roll;
  std::optional<Ties> ties{};  // nothing: they are found anew each time
  // What its own tables tell together: a later release may give one of these groups away.
  std::vector<Ties::Groups> own{};
  // What the gate found to be narrow by the releases before alone, so that it is found once.
  std::vector<crowds::NarrowBefore> narrow_before{};
  friend bool operator==(const PastRelease&, const PastRelease&) = default;
};

// As bytes, but for which people they are (people.h). Places are written in as few bytes as the
// table needs.
std::string to_bytes(const PastRelease& release);

// What to_bytes() wrote; its roll has as many people, all with the number 0. Errors: the bytes are
// of no release.
Result<PastRelease> past_release_of(std::string_view bytes);

}  // namespace parcours::past
