// What a study looks at: each once, in the order of the file. Variables count though no table names
// them.
#pragma once

#include <string>
#include <vector>

#include "study/study.h"

namespace parcours::study {

struct StudyUses {
  std::vector<vocabulary::Pattern> patterns;
  std::vector<std::string> fields;  // of patient_fields(); an age needs the birth_year
  std::vector<Window> windows;      // relative to the index day
  bool unlimited = false;           // events of any time: no window limits them, and no period
  bool counts = false;              // a table of counts
  bool means = false;               // a table of means
};

StudyUses uses_of(const Study& study);

}  // namespace parcours::study
