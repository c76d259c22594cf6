#include "vocabulary/code_systems.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

#include "base/check.h"
#include "base/letters.h"
#include "vocabulary/check_digits.h"
#include "vocabulary/text_table.h"

namespace parcours::vocabulary {

std::string_view code_systems_csv();  // code_systems.csv

namespace {

constexpr bool letter(char c) {
  return is_capital(c) || (c >= 'a' && c <= 'z');
}

bool all_digits(std::string_view text) {
  return std::ranges::all_of(text, is_digit);
}

bool of_length(std::size_t size, std::size_t least, std::size_t most) {
  return size >= least && size <= most;
}

bool of_length(std::string_view text, std::size_t least, std::size_t most) {
  return of_length(text.size(), least, most);
}

// A letter, a digit, a digit or letter; then up to four more, with or without a point.
bool icd10(std::string_view code) {
  if (code.size() < 3 || !letter(code[0]) || !is_digit(code[1]) ||
      !(is_digit(code[2]) || letter(code[2]))) {
    return false;
  }
  std::string_view rest = code.substr(3);
  if (rest.starts_with('.')) {
    rest.remove_prefix(1);
    if (rest.empty()) {
      return false;
    }
  }
  return rest.size() <= 4 &&
         std::ranges::all_of(rest, [](char c) { return is_digit(c) || letter(c); });
}

// Three digits, V and two, or E and three; then up to two more after a point. Programs that take
// codes for numbers drop the zeros before them: "8" is 008.
bool icd9(std::string_view code) {
  const bool external = code.starts_with('E');
  if (external || code.starts_with('V')) {
    code.remove_prefix(1);
  }
  const std::size_t point = std::min(code.find('.'), code.size());
  const std::string_view whole = code.substr(0, point);
  const std::string_view rest = code.substr(std::min(point + 1, code.size()));
  return of_length(whole, 1, external ? 4 : 5) && all_digits(whole) && rest.size() <= 2 &&
         all_digits(rest) && (point == code.size() || !rest.empty());
}

bool icpc2(std::string_view code) {
  return code.size() == 3 && letter(code[0]) && all_digits(code.substr(1));
}

// Any level of R03BA02.
bool atc(std::string_view code) {
  constexpr std::string_view pattern = "A99AA99";
  if (code.size() != 1 && !of_length(code, 3, 5) && code.size() != 7) {
    return false;
  }
  for (std::size_t i = 0; i < code.size(); ++i) {
    if (pattern[i] == 'A' ? !letter(code[i]) : !is_digit(code[i])) {
      return false;
    }
  }
  return true;
}

bool sctid(std::string_view code) {
  return of_length(code, 6, 18) && all_digits(code) && code[0] != '0' && verhoeff_fits(code);
}

bool loinc(std::string_view code) {
  const std::size_t hyphen = code.find('-');
  if (hyphen == std::string_view::npos || !of_length(code.substr(0, hyphen), 1, 7) ||
      code.size() != hyphen + 2) {
    return false;
  }
  std::string digits(code.substr(0, hyphen));
  digits += code.back();
  return all_digits(digits) && luhn_fits(digits);
}

bool cip13(std::string_view code) {
  return code.size() == 13 && all_digits(code) && code.starts_with("34009") && gtin_fits(code);
}

// Labelers of four digits begin with 0, and of five with another digit; the longer form puts a 0
// before four. So a phone number that begins with 0 is none.
bool ndc_labeler(std::string_view digits) {
  return digits.size() == 4 ? digits[0] == '0' : digits.starts_with("00") || digits[0] != '0';
}

// Eleven digits; or ten or eleven in groups of a labeler (4 or 5), a product (3 or 4) and a package
// (1 or 2). Ten digits without groups are ambiguous (FDA, 21 CFR 207.33), and phone numbers are so.
bool ndc(std::string_view code) {
  const std::size_t first = code.find('-');
  if (first == std::string_view::npos) {
    return code.size() == 11 && all_digits(code) && ndc_labeler(code.substr(0, 5));
  }
  const std::size_t second = std::min(code.find('-', first + 1), code.size());
  const std::string_view labeler = code.substr(0, first);
  const std::string_view product = code.substr(first + 1, second - first - 1);
  const std::string_view package = code.substr(std::min(second + 1, code.size()));
  const std::size_t digits = labeler.size() + product.size() + package.size();
  return of_length(labeler, 4, 5) && of_length(product, 3, 4) && of_length(package, 1, 2) &&
         of_length(digits, 10, 11) && all_digits(labeler) && all_digits(product) &&
         all_digits(package) && ndc_labeler(labeler);
}

// OMOP's concept identifiers are whole numbers of 32 bits (Common Data Model 5.4: integer).
bool concept_id(std::string_view code) {
  std::int32_t number = 0;
  const auto [end, error] = std::from_chars(code.data(), code.data() + code.size(), number);
  return all_digits(code) && error == std::errc() && end == code.data() + code.size() &&
         (code == "0" || !code.starts_with('0'));
}

// Four letters and three digits.
bool ccam(std::string_view code) {
  return code.size() == 7 && std::ranges::all_of(code.substr(0, 4), letter) &&
         all_digits(code.substr(4));
}

// Five digits, or four and a letter.
bool cpt(std::string_view code) {
  return code.size() == 5 && all_digits(code.substr(0, 4)) &&
         (is_digit(code[4]) || letter(code[4]));
}

bool hcpcs(std::string_view code) {
  return code.size() == 5 && letter(code[0]) && all_digits(code.substr(1));
}

// Eight digits, of which the first is 6.
bool cis(std::string_view code) {
  return code.size() == 8 && code[0] == '6' && all_digits(code);
}

// The codes of ActEncounterCode (HL7 v3), which are words.
bool act(std::string_view code) {
  constexpr std::array<std::string_view, 11> codes = {
      "AMB", "EMER", "FLD", "HH", "IMP", "ACUTE", "NONAC", "OBSENC", "PRENC", "SS", "VR"};
  return std::ranges::find(codes, code) != codes.end();
}

bool department(std::string_view code) {
  return (code.size() == 2 && is_digit(code[0]) &&
          (is_digit(code[1]) || code == "2A" || code == "2B")) ||
         (code.size() == 3 && code.starts_with("97") && is_digit(code[2]));
}

// "digits 1 8": so many digits; "letters 2 12": so many letters.
struct Run {
  std::string_view of;
  std::size_t least = 0;
  std::size_t most = 0;
};

std::optional<Run> run_of(std::string_view form) {
  const std::size_t first = form.find(' ');
  const std::size_t second = form.find(' ', first + 1);
  if (first == std::string_view::npos || second == std::string_view::npos) {
    return std::nullopt;
  }
  Run run{form.substr(0, first)};
  std::from_chars(form.data() + first + 1, form.data() + second, run.least);
  std::from_chars(form.data() + second + 1, form.data() + form.size(), run.most);
  return run;
}

struct NamedForm {
  std::string_view name;
  bool (*fits)(std::string_view code);
  bool excludes_identifiers;
};

constexpr std::array<NamedForm, 15> named_forms = {{{"icd10", icd10, true},
                                                    {"icd9", icd9, false},
                                                    {"icpc2", icpc2, true},
                                                    {"atc", atc, true},
                                                    {"sctid", sctid, true},
                                                    {"loinc", loinc, true},
                                                    {"cip13", cip13, true},
                                                    {"ndc", ndc, false},
                                                    {"concept", concept_id, false},
                                                    {"cis", cis, false},
                                                    {"act", act, true},
                                                    {"ccam", ccam, true},
                                                    {"cpt", cpt, false},
                                                    {"hcpcs", hcpcs, true},
                                                    {"department", department, false}}};

const NamedForm* named_form(std::string_view name) {
  const auto found = std::ranges::find(named_forms, name, &NamedForm::name);
  return found == named_forms.end() ? nullptr : &*found;
}

std::vector<CodeSystem> read_systems() {
  const Result<TextTable> table = parse_text_table(code_systems_csv(), "code_systems.csv");
  PARCOURS_CHECK(table);
  std::vector<CodeSystem> systems;
  for (const TextTable::Row& row : table->rows) {
    PARCOURS_CHECK(row.fields.size() == 5);
    CodeSystem system{row.fields[0], words(row.fields[1]), words(row.fields[2]), row.fields[3], {}};
    for (const std::string& name : words(row.fields[4])) {
      if (name != "place") {
        const std::optional<KindId> kind = find_kind(name);
        PARCOURS_CHECK(kind);
        system.kinds.push_back(*kind);
      }
    }
    PARCOURS_CHECK(run_of(system.form) || named_form(system.form));
    systems.push_back(std::move(system));
  }
  return systems;
}

}  // namespace

std::span<const CodeSystem> code_systems() {
  static const std::vector<CodeSystem> systems = read_systems();
  return systems;
}

const CodeSystem* find_code_system(std::string_view name) {
  const auto found = std::ranges::find(code_systems(), name, &CodeSystem::name);
  return found == code_systems().end() ? nullptr : &*found;
}

std::string_view without_oid_prefix(std::string_view text) {
  constexpr std::string_view prefix = "urn:oid:";
  return text.starts_with(prefix) ? text.substr(prefix.size()) : text;
}

const CodeSystem* code_system_called(std::string_view text) {
  const std::string_view oid = without_oid_prefix(text);
  std::string address = lower(text);
  if (address.ends_with('/')) {
    address.pop_back();
  }
  for (const CodeSystem& system : code_systems()) {
    const auto called = [&](const std::string& known) { return lower(known) == address; };
    if (system.name == text || std::ranges::find(system.oids, oid) != system.oids.end() ||
        std::ranges::any_of(system.addresses, called)) {
      return &system;
    }
  }
  return nullptr;
}

bool has_form(const CodeSystem& system, std::string_view code) {
  if (const std::optional<Run> run = run_of(system.form)) {
    return of_length(code, run->least, run->most) &&
           (run->of == "digits" ? all_digits(code) : std::ranges::all_of(code, letter));
  }
  const NamedForm* form = named_form(system.form);
  return form != nullptr && form->fits(code);
}

bool form_excludes_identifiers(const CodeSystem& system) {
  const NamedForm* form = named_form(system.form);
  return form != nullptr && form->excludes_identifiers;
}

bool keeps_persons_out(const CodeSystem& system) {
  constexpr std::size_t shortest_name = 3;
  const std::optional<Run> run = run_of(system.form);
  return !system.form.empty() && (!run || run->of == "digits" || run->most < shortest_name);
}

}  // namespace parcours::vocabulary
