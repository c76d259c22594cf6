// The parts of a study's sentences, in English and in French: days, times, events, and the French
// words that change with gender and elision. The French text follows French typography: ’ for the
// apostrophe, « » with non-breaking spaces, and a non-breaking space before a semicolon.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/day.h"
#include "study/study.h"
#include "tables/table.h"
#include "vocabulary/pattern.h"
#include "vocabulary/vocabulary.h"

namespace parcours::study {

// A thing with a name, without its article.
struct Noun {
  tables::Label text;
  bool feminine = false;  // in French
};

// 'asthma', « asthma »
tables::Label in_quotes(std::string_view id);

// "2 March 2023", "le 2 mars 2023"; "day 12", "le jour 12"; "place 3 in the order".
tables::Label day_phrase(Day day, Calendar calendar);

// "from the index day to 90 days after it", "de la date index à 90 jours après"; without a window,
// the study's period or any time.
tables::Label time_phrase(std::optional<Window> within, bool has_period);

// "diagnosis J45* (Asthma)", "diagnostic J45* (Asthme)"
Noun event_noun(const vocabulary::Pattern& pattern, const vocabulary::Vocabulary& vocabulary);

tables::Label one(const Noun& noun);        // "an allergy", "une allergie"
tables::Label none_of(const Noun& noun);    // "no allergy", "aucune allergie"
tables::Label the_first(const Noun& noun);  // "the first allergy", "la première allergie"
tables::Label the_last(const Noun& noun);   // "the last allergy", "la dernière allergie"

// "le jour 3" becomes "du jour 3" and "au jour 3"; "une allergie", "d’une allergie".
std::string with_de(std::string_view french);
std::string with_a(std::string_view french);

// "6.5" as French writes it: "6,5".
tables::Label number_phrase(double number);

}  // namespace parcours::study
