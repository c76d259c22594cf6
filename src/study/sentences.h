// States a study in plain sentences, so that its author can check what it will count.
#pragma once

#include <vector>

#include "study/study.h"
#include "tables/table.h"

namespace parcours::study {

// One sentence an entry, in English and French: who is counted, from which day, what about them, in
// which tables.
std::vector<tables::Label> in_sentences(const Study& study,
                                        const vocabulary::Vocabulary& vocabulary,
                                        Calendar calendar);

}  // namespace parcours::study
