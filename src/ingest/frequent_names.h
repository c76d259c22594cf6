// First names and family names that are frequent in France, the United States or England
// (frequent_names.csv).
//
// They were chosen by hand among the most frequent of: Insee, "Fichier des prénoms" (births since
// 1900) and "Fichier des noms de famille" (births 1891 to 2000); US Social Security Administration,
// "Top names over the last 100 years"; US Census Bureau, "Frequently occurring surnames" (2010);
// ONS, "Baby names in England and Wales".
#pragma once

#include <cstdint>
#include <string_view>

namespace parcours::ingest {

enum class NameUse : std::uint8_t { none, first, family, both };

struct FrequentName {
  NameUse use = NameUse::none;
  // Whether the word alone is a name. Others are common words ("petit", "brown") or stand in the
  // names of tests and diseases ("gilbert"); such a word is a name beside another name.
  bool alone = false;
};

// Of a word in small letters without accents.
FrequentName frequent_name(std::string_view folded_word);

}  // namespace parcours::ingest
