// The study in plain sentences, so that the one who asked can see what will be counted.
#pragma once

#include <string>
#include <vector>

#include "study/study.h"

namespace parcours {

// One sentence a line: who is counted, from which day, what about them, in which tables.
std::vector<std::string> in_sentences(const Study& study, const Vocabulary& vocabulary,
                                      Calendar calendar);

}  // namespace parcours
