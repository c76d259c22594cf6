// First names and family names that are frequent in France, the United States or England
// (frequent_names.csv).
//
// Sources: Insee, "Fichier des prénoms" (births since 1900) and "Fichier des noms de famille"
// (births 1891 to 2000), under the Licence Ouverte 2.0 of Etalab; US Census Bureau, "Frequently
// occurring surnames" and first names (1990 and 2010), and US Social Security Administration, "Top
// names over the last 100 years", in the public domain; ONS, "Baby names in England and Wales",
// under the Open Government Licence 3.0.
//
// The names whose column `alone` says yes or no were chosen by hand among the most frequent. Those
// that say `beside` were taken in order of their births: of Insee's the first 2,000 first names of
// each sex and the first 6,000 family names; of the census of 1990 the first 1,000 and 800 first
// names and the first 3,000 family names. Left out are names of several words or of less than three
// letters, and words of the French names of analyses and diagnoses (SNDS: IR_BIO_R, IR_CIM_V).
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
  // The word is a name only where a first name and a family name stand side by side.
  bool beside = false;
};

// Of a word in small letters without accents.
FrequentName frequent_name(std::string_view folded_word);

}  // namespace parcours::ingest
