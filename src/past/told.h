// What the tables of a study tell of a patient, in a form that can be compared with another
// study's: a release that was made before may have asked the same under other names.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "study/study.h"
#include "vocabulary/code_book.h"

namespace parcours::past {

enum class Trait : std::uint8_t { sex, age, place, practice, events };

// Of one dimension.
struct Told {
  Trait trait = Trait::sex;
  std::vector<vocabulary::CodeId> codes{};  // of events: those that it looks at, ascending
  std::string definition{};                 // the same for the same question
  friend bool operator==(const Told&, const Told&) = default;
};

struct ToldTable {
  study::StudyTable::What what = study::StudyTable::What::of;
  std::vector<Told> dimensions;  // the codes of `each` are not among them
  std::string counts;            // the definition of what `each` or `mean` counts
  friend bool operator==(const ToldTable&, const ToldTable&) = default;
};

struct ToldStudy {
  std::string population;  // its definition
  std::vector<ToldTable> tables;
  friend bool operator==(const ToldStudy&, const ToldStudy&) = default;
};

ToldStudy told_by(const study::Study& study, const vocabulary::CodeBook& codes);

// What a study asks but for its days, and under which id: the same text for all editions of a study
// (editions.h).
std::string question_of(const study::Study& study);

// Whether one of them says something of the other: they are of the same field, or some code is
// looked at by both.
bool of_one_trait(const Told& a, const Told& b);

}  // namespace parcours::past
