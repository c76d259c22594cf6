#include "vocabulary/levels.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <map>
#include <utility>
#include <vector>

#include "base/letters.h"
#include "vocabulary/built_in.h"
#include "vocabulary/measures.h"

namespace parcours::vocabulary {
namespace {

bool is_letter(char c) {
  return c >= 'A' && c <= 'Z';
}

// Where each chapter of the International Classification of Diseases begins, and what it is called.
// WHO, ICD-10 (2019), https://icd.who.int/browse10/2019/en
struct Chapter {
  std::string_view first;
  std::string_view name;
};

constexpr std::array<Chapter, 22> icd10_chapters = {{
    {"A00", "A00-B99"}, {"C00", "C00-D48"}, {"D50", "D50-D89"}, {"E00", "E00-E90"},
    {"F00", "F00-F99"}, {"G00", "G00-G99"}, {"H00", "H00-H59"}, {"H60", "H60-H95"},
    {"I00", "I00-I99"}, {"J00", "J00-J99"}, {"K00", "K00-K93"}, {"L00", "L00-L99"},
    {"M00", "M00-M99"}, {"N00", "N00-N99"}, {"O00", "O00-O99"}, {"P00", "P00-P96"},
    {"Q00", "Q00-Q99"}, {"R00", "R00-R99"}, {"S00", "S00-T98"}, {"U00", "U00-U99"},
    {"V00", "V01-Y98"}, {"Z00", "Z00-Z99"},
}};

// WHO, ICD-9 (1975); E and V as in its clinical modification, https://www.cdc.gov/nchs/icd/
constexpr std::array<Chapter, 19> icd9_chapters = {{
    {"000", "001-139"}, {"140", "140-239"},   {"240", "240-279"}, {"280", "280-289"},
    {"290", "290-319"}, {"320", "320-389"},   {"390", "390-459"}, {"460", "460-519"},
    {"520", "520-579"}, {"580", "580-629"},   {"630", "630-679"}, {"680", "680-709"},
    {"710", "710-739"}, {"740", "740-759"},   {"760", "760-779"}, {"780", "780-799"},
    {"800", "800-999"}, {"E00", "E000-E999"}, {"V00", "V01-V91"},
}};

template <std::size_t count>
std::string chapter_of(const std::array<Chapter, count>& chapters, std::string_view category) {
  const auto after = std::ranges::upper_bound(chapters, category, {}, &Chapter::first);
  return std::string(std::prev(after)->name);
}

// "J45.0" and "J450" alike: a category of three, and what follows it. Nothing for a chapter, or for
// what is no code of ICD-10.
std::optional<std::pair<std::string, std::string>> icd10_parts(std::string_view code) {
  if (code.size() < 3 || !is_letter(code[0]) || !is_digit(code[1]) ||
      !(is_digit(code[2]) || is_letter(code[2])) || code.find('-') != std::string_view::npos) {
    return std::nullopt;
  }
  std::string_view rest = code.substr(3);
  if (rest.starts_with('.')) {
    rest.remove_prefix(1);
  }
  return std::pair(std::string(code.substr(0, 3)), std::string(rest));
}

std::string icd10_at(std::string_view code, std::string_view level) {
  const auto parts = icd10_parts(code);
  if (!parts) {
    return std::string(code);
  }
  const auto& [category, rest] = *parts;
  if (level == "chapter") {
    return chapter_of(icd10_chapters, category);
  }
  return level == "icd3" || rest.empty() ? category : category + "." + rest.front();
}

// "250.83", "8" (008), "V57", "E909": the category. Nothing for what is no code of ICD-9.
std::optional<std::string> icd9_category(std::string_view code) {
  code = code.substr(0, code.find('.'));
  const bool lettered = code.starts_with('E') || code.starts_with('V');
  const std::string_view digits = lettered ? code.substr(1) : code;
  const std::size_t most = code.starts_with('V') ? 2 : 3;
  if (digits.empty() || digits.size() > most || !std::ranges::all_of(digits, is_digit)) {
    return std::nullopt;
  }
  std::string category(lettered ? code.substr(0, 1) : "");
  category.append(most - digits.size(), '0').append(digits);
  return category;
}

std::string icd9_at(std::string_view code, std::string_view level) {
  const std::optional<std::string> category = icd9_category(code);
  if (!category) {
    return std::string(code);
  }
  return level == "icd3" ? *category
                         : chapter_of(icd9_chapters, std::string_view(*category).substr(0, 3));
}

// The widths of the five levels: WHO Collaborating Centre for Drug Statistics Methodology,
// https://atcddd.fhi.no/atc/structure_and_principles/
std::string atc_at(std::string_view code, std::string_view level) {
  constexpr std::array<std::size_t, 5> widths = {1, 3, 4, 5, 7};
  return std::string(code.substr(0, widths.at(static_cast<std::size_t>(level.back() - '1'))));
}

std::string region_of(std::string_view department) {
  static const auto regions = [] {
    std::map<std::string, std::string, std::less<>> found;
    for (const BuiltInCode& built_in : built_in_codes()) {
      if (built_in.code.system == "fr-department") {
        found.emplace(built_in.code.code, built_in.within);
      }
    }
    return found;
  }();
  const auto found = regions.find(department);
  return found == regions.end() ? std::string(department) : found->second;
}

std::string department_at(std::string_view code, std::string_view level) {
  const std::string padded =
      code.size() == 1 && is_digit(code[0]) ? "0" + std::string(code) : std::string(code);
  return level == "region" ? region_of(padded) : padded;
}

// The panel's lab or vital; the code itself where the panel has none.
std::string loinc_at(std::string_view code, std::string_view /*level*/) {
  const Measure* measure = find_measure("loinc", code);
  return std::string(measure == nullptr || measure->name.empty() ? code : measure->name);
}

struct SystemLevels {
  std::string name;
  std::vector<std::string> levels;  // coarse to fine, "code" last
  std::string (*at)(std::string_view code, std::string_view level);
};

const std::vector<SystemLevels>& systems() {
  static const std::vector<SystemLevels> known = {
      {"icd10", {"chapter", "icd3", "icd4", "code"}, icd10_at},
      {"icd10cm", {"chapter", "icd3", "icd4", "code"}, icd10_at},
      {"icd9", {"chapter", "icd3", "code"}, icd9_at},
      {"atc", {"atc1", "atc2", "atc3", "atc4", "atc5", "code"}, atc_at},
      {"loinc", {"lab", "code"}, loinc_at},
      {"fr-department", {"region", "department", "code"}, department_at},
  };
  return known;
}

const SystemLevels* find_system(std::string_view name) {
  const auto found = std::ranges::find(systems(), name, &SystemLevels::name);
  return found == systems().end() ? nullptr : &*found;
}

}  // namespace

std::span<const std::string> levels_of(std::string_view system) {
  static const std::vector<std::string> code_alone = {"code"};
  const SystemLevels* known = find_system(system);
  return known == nullptr ? code_alone : known->levels;
}

std::span<const std::string> all_levels() {
  static const auto all = [] {
    std::vector<std::string> levels;
    for (const SystemLevels& system : systems()) {
      for (const std::string& level : system.levels) {
        if (std::ranges::find(levels, level) == levels.end()) {
          levels.push_back(level);
        }
      }
    }
    return levels;
  }();
  return all;
}

std::optional<std::string> at_level(std::string_view system, std::string_view code,
                                    std::string_view level) {
  const auto levels = levels_of(system);
  if (std::ranges::find(levels, level) == levels.end()) {
    return std::nullopt;
  }
  return level == "code" ? std::string(code) : find_system(system)->at(code, level);
}

}  // namespace parcours::vocabulary
