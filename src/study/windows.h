// The windows of a study, and where they leave the records. Whoever was there before the records
// began looks new to a window that looks back, and what comes after their end is not counted.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "study/study.h"
#include "tables/table.h"

namespace parcours::study {

// One window, and all that look through it: "'visits'", "table 'drugs'", "the condition
// 'consultation'".
struct StudyWindow {
  Window window{};
  std::vector<tables::Label> of;
};

// Each once, in the order of the study.
std::vector<StudyWindow> windows_of(const Study& study, const vocabulary::Vocabulary& vocabulary);

// By how many days a window reaches beyond some records, at its two ends; 0 where it does not.
struct Beyond {
  std::int64_t before = 0;
  std::int64_t after = 0;
};
Beyond beyond(const Window& window, Day index, std::pair<Day, Day> records);

// Which windows can reach beyond the first and last day of `records`, in sentences for a release:
// days are rounded up to tens, so that they do not tell the day of an event. Nothing where none
// does.
std::optional<tables::Label> windows_that_leave(const Study& study,
                                                const vocabulary::Vocabulary& vocabulary,
                                                Calendar calendar, std::pair<Day, Day> records);

}  // namespace parcours::study
