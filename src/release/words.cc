#include "release/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace parcours::release {
namespace {

bool is_number(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// Verhoeff's check over the dihedral group of a pentagon: 0 to 4 turn it, 5 to 9 also mirror it.
int in_pentagon(int a, int b) {
  const int turned = a < 5 ? a + b % 5 : a - 5 - b % 5 + 5;
  return turned % 5 + ((a < 5) == (b < 5) ? 0 : 5);
}

bool passes_verhoeff(std::string_view number) {
  constexpr std::array<int, 10> permuted = {1, 5, 7, 6, 2, 8, 3, 0, 9, 4};
  int check = 0;
  for (std::size_t i = 0; i < number.size(); ++i) {
    int digit = number[number.size() - 1 - i] - '0';
    for (std::size_t times = i % 8; times > 0; --times) {
      digit = permuted[static_cast<std::size_t>(digit)];
    }
    check = in_pentagon(check, digit);
  }
  return check == 0;
}

bool is_snomed(std::string_view number) {
  if (number.size() < 6 || number.size() > 18 || number.front() == '0') {
    return false;
  }
  const std::string_view partition = number.substr(number.size() - 3, 2);
  return (partition == "00" || partition == "10") && passes_verhoeff(number);
}

bool is_cip13(std::string_view number) {
  if (number.size() != 13 || !number.starts_with("34009")) {
    return false;
  }
  int sum = 0;
  for (std::size_t i = 0; i < number.size(); ++i) {
    sum += (number[i] - '0') * (i % 2 == 0 ? 1 : 3);
  }
  return sum % 10 == 0;
}

// A category's code without the kind or system before it: "diagnosis:73211009".
std::string_view bare_code(std::string_view code) {
  return code.substr(code.find_last_of(":/") + 1);
}

// A long number that is a code, by its label or its form.
bool is_known(const tables::Category& category) {
  const std::string_view code = bare_code(category.code);
  const bool labelled = !category.label.en.empty() && !category.label.en.ends_with(code);
  return is_number(code) && (labelled || is_code_by_form(code));
}

// Of a category: how many of its texts look like identifiers.
std::size_t identifiers_in(const tables::Category& category) {
  const bool known = is_known(category);
  std::size_t found = 0;
  for (const std::string* text : {&category.code, &category.label.en, &category.label.fr}) {
    const bool code = text->ends_with(bare_code(category.code));
    found += looks_like_identifier(*text) && !(known && code) ? 1 : 0;
  }
  return found;
}

}  // namespace

bool is_code_by_form(std::string_view number) {
  return is_number(number) && (is_snomed(number) || is_cip13(number));
}

bool looks_like_identifier(std::string_view text) {
  std::size_t hexadecimal = 0;
  std::size_t decimal = 0;
  for (const char c : text) {
    const bool digit = c >= '0' && c <= '9';
    decimal = digit ? decimal + 1 : 0;
    if (digit || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')) {
      ++hexadecimal;
    } else if (c != '-') {
      hexadecimal = 0;
    }
    if (hexadecimal >= 24 || decimal >= 10) {
      return true;
    }
  }
  return false;
}

WordCount look_at_words(const tables::Table& table) {
  WordCount count;
  const auto look = [&](std::string_view text) {
    ++count.looked_at;
    count.identifiers += looks_like_identifier(text) ? 1 : 0;
  };
  const auto look_both = [&](const tables::Label& label) {
    look(label.en);
    look(label.fr);
  };
  look(table.id);
  look_both(table.title);
  if (table.mean_of) {
    look_both(*table.mean_of);
  }
  for (const tables::Dimension& dimension : table.dimensions) {
    look(dimension.id);
    look_both(dimension.label);
    for (const tables::Category& category : dimension.categories) {
      count.looked_at += 3;
      count.identifiers += identifiers_in(category);
    }
  }
  return count;
}

Status no_identifiers(const crowds::Counted& counted, const std::filesystem::path& study) {
  for (const crowds::CrowdTable& table : counted.tables) {
    for (const tables::Dimension& dimension : table.dimensions) {
      const auto suspect = std::ranges::count_if(
          dimension.categories,
          [](const tables::Category& category) { return identifiers_in(category) > 0; });
      if (suspect == 0) {
        continue;
      }
      return refused(
          fmt::format("{} of {} categories of '{}' in table '{}' look like identifiers of people: "
                      "a number of 10 digits or more, or a pseudonym (rule 'identifiers', check "
                      "'nothing-but-tables'). They are not shown here, because they may be",
                      suspect, dimension.categories.size(), dimension.id, table.id),
          study.string(),
          "leave these codes out of the study, or import shorter ones in their place; codes that "
          "have a label, and codes of SNOMED CT and CIP, pass");
    }
  }
  return {};
}

}  // namespace parcours::release
