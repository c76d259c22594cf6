// The words of a text, for comparing with names: without accents, in small letters.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace parcours::ingest {

// A run of letters and digits.
struct Word {
  std::string folded;      // "Éloïse" is "eloise"; characters of other scripts stay
  std::string_view as_is;  // a view into the text
  bool letters = false;    // letters alone
  bool digits = false;     // digits alone
  bool capital = false;    // begins with a capital
  char before = ' ';       // the character before it; ' ' at the beginning
};

// UTF-8; other bytes count as letters.
std::vector<Word> words_in(std::string_view text);

}  // namespace parcours::ingest
