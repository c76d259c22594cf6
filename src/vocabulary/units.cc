#include "vocabulary/units.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/check.h"
#include "base/letters.h"
#include "vocabulary/text_table.h"

namespace parcours::vocabulary {

std::string_view units_csv();           // units.csv
std::string_view unit_spellings_csv();  // unit_spellings.csv

namespace {

// Which prefixes an atom takes. What care measures in grams, moles, litres, metres and seconds is
// small: nobody means a megagram by "Mg/dL".
enum class Prefixes : std::uint8_t { none, small, all };

struct Atom {
  Unit unit;
  Prefixes prefixes = Prefixes::none;
};

using Atoms = std::map<std::string, Atom, std::less<>>;

struct Prefix {
  std::string_view sign;
  int power;
};

// UCUM, table 1; the longest first.
constexpr std::array<Prefix, 20> prefixes = {
    {{"da", 1}, {"Y", 24},  {"Z", 21},  {"E", 18},  {"P", 15},  {"T", 12}, {"G", 9},
     {"M", 6},  {"k", 3},   {"h", 2},   {"d", -1},  {"c", -2},  {"m", -3}, {"u", -6},
     {"n", -9}, {"p", -12}, {"f", -15}, {"a", -18}, {"z", -21}, {"y", -24}}};

constexpr int most_exponent = 30;
constexpr int kilo = 3;

double power_of_ten(int power) {
  return std::pow(10.0, power);
}

// The product of units, or the first by the second; nothing where an exponent gets too large.
std::optional<Unit> times(const Unit& a, const Unit& b, int sign) {
  Unit made;
  made.factor = sign > 0 ? a.factor * b.factor : a.factor / b.factor;
  for (std::size_t i = 0; i < made.exponents.size(); ++i) {
    const int sum = a.exponents[i] + sign * b.exponents[i];
    if (std::abs(sum) > most_exponent) {
      return std::nullopt;
    }
    made.exponents[i] = static_cast<std::int8_t>(sum);
  }
  const bool sound = std::isfinite(made.factor) && made.factor > 0;
  return sound && a.offset == 0 && b.offset == 0 ? std::optional(made) : std::nullopt;
}

std::optional<Unit> to_the(const Unit& unit, int power) {
  if (power == 1) {
    return unit;
  }
  Unit made;
  made.factor = std::pow(unit.factor, power);
  for (std::size_t i = 0; i < made.exponents.size(); ++i) {
    const int product = unit.exponents[i] * power;
    if (std::abs(product) > most_exponent) {
      return std::nullopt;
    }
    made.exponents[i] = static_cast<std::int8_t>(product);
  }
  const bool sound = std::isfinite(made.factor) && made.factor > 0;
  return sound && unit.offset == 0 ? std::optional(made) : std::nullopt;
}

// UCUM, section 2.1: terms of components between '.' and '/', from left to right.
//
//   unit      = ["/"] term
//   term      = component { ("." | "/") component }
//   component = atom [exponent] {annotation} | annotation | number | "(" term ")"
class UnitParser {
 public:
  UnitParser(std::string_view text, const Atoms& atoms) : text_(text), atoms_(atoms) {}

  std::optional<Unit> whole() {
    std::optional<Unit> unit = take('/') ? divided(Unit()) : component();
    unit = unit ? rest_of_term(*unit) : std::nullopt;
    return at_ == text_.size() ? unit : std::nullopt;
  }

 private:
  bool take(char c) {
    if (at_ < text_.size() && text_[at_] == c) {
      ++at_;
      return true;
    }
    return false;
  }

  std::optional<Unit> divided(const Unit& by) {
    const std::optional<Unit> next = component();
    return next ? times(by, *next, -1) : std::nullopt;
  }

  std::optional<Unit> rest_of_term(Unit unit) {
    while (at_ < text_.size() && (text_[at_] == '.' || text_[at_] == '/')) {
      const int sign = text_[at_++] == '.' ? 1 : -1;
      const std::optional<Unit> next = component();
      const std::optional<Unit> made = next ? times(unit, *next, sign) : std::nullopt;
      if (!made) {
        return std::nullopt;
      }
      unit = *made;
    }
    return unit;
  }

  std::optional<Unit> component() {
    if (take('(')) {
      const std::optional<Unit> first = component();
      const std::optional<Unit> unit = first ? rest_of_term(*first) : std::nullopt;
      return unit && take(')') ? unit : std::nullopt;
    }
    if (at_ < text_.size() && text_[at_] == '{') {
      return annotations() ? std::optional(Unit()) : std::nullopt;
    }
    const std::string_view here = text_.substr(at_);
    const bool ten = here.starts_with("10*") || here.starts_with("10^");
    if (!ten && !here.empty() && is_digit(here[0])) {
      return number();
    }
    std::optional<Unit> unit = simple(ten);
    if (unit) {
      const std::optional<int> power = exponent();
      unit = power ? to_the(*unit, *power) : std::nullopt;
    }
    return unit && annotations() ? unit : std::nullopt;
  }

  std::optional<Unit> number() {
    std::uint32_t number = 0;
    const char* from = text_.data() + at_;
    const auto [end, error] = std::from_chars(from, text_.data() + text_.size(), number);
    if (error != std::errc() || number == 0) {
      return std::nullopt;
    }
    at_ += static_cast<std::size_t>(end - from);
    return annotations() ? std::optional(Unit{static_cast<double>(number), 0, {}}) : std::nullopt;
  }

  // Nothing for one that is too large; 1 where there is none.
  std::optional<int> exponent() {
    std::size_t end = at_;
    const bool minus = end < text_.size() && text_[end] == '-';
    end += end < text_.size() && (text_[end] == '-' || text_[end] == '+') ? 1 : 0;
    const std::size_t digits = end;
    int power = 0;
    while (end < text_.size() && is_digit(text_[end]) && power <= most_exponent) {
      power = power * 10 + (text_[end++] - '0');
    }
    if (end == digits) {
      return digits == at_ ? std::optional(1) : std::nullopt;
    }
    at_ = end;
    return power <= most_exponent ? std::optional(minus ? -power : power) : std::nullopt;
  }

  // "{beats}"; false for one that is not closed.
  bool annotations() {
    while (take('{')) {
      const std::size_t end = text_.find('}', at_);
      if (end == std::string_view::npos ||
          text_.substr(at_, end - at_).find('{') != std::string_view::npos) {
        return false;
      }
      at_ = end + 1;
    }
    return true;
  }

  std::optional<Unit> simple(bool ten) {
    std::size_t end = at_;
    if (ten) {
      end += 3;
    }
    while (!ten && end < text_.size() &&
           !(is_digit(text_[end]) || std::string_view("./(){}+-").contains(text_[end]))) {
      if (text_[end] == '[') {
        const std::size_t close = text_.find(']', end);
        if (close == std::string_view::npos) {
          return std::nullopt;
        }
        end = close;
      }
      ++end;
    }
    const std::string_view name = text_.substr(at_, end - at_);
    at_ = end;
    if (const auto found = atoms_.find(name); found != atoms_.end()) {
      return found->second.unit;
    }
    for (const Prefix& prefix : prefixes) {
      if (!name.starts_with(prefix.sign)) {
        continue;
      }
      const auto found = atoms_.find(name.substr(prefix.sign.size()));
      if (found != atoms_.end() && found->second.unit.offset == 0 &&
          (found->second.prefixes == Prefixes::all ||
           (found->second.prefixes == Prefixes::small && prefix.power <= kilo))) {
        Unit unit = found->second.unit;
        unit.factor *= power_of_ten(prefix.power);
        return unit;
      }
    }
    return std::nullopt;
  }

  std::string_view text_;
  const Atoms& atoms_;
  std::size_t at_ = 0;
};

// "µ" of either code point is "u", "²" is "2".
std::string plain(std::string_view text) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 4> spellings = {
      {{"\xC2\xB5", "u"}, {"\xCE\xBC", "u"}, {"\xC2\xB2", "2"}, {"\xC2\xB3", "3"}}};
  std::string made(text);
  for (const auto& [from, to] : spellings) {
    for (std::size_t at = made.find(from); at != std::string::npos; at = made.find(from, at)) {
      made.replace(at, from.size(), to);
    }
  }
  return made;
}

Prefixes prefixes_of(std::string_view metric) {
  PARCOURS_CHECK(metric == "yes" || metric == "small" || metric == "no");
  return metric == "yes" ? Prefixes::all : metric == "small" ? Prefixes::small : Prefixes::none;
}

// Spellings that are no UCUM, or mean by UCUM what nobody means: by the text as it stands.
std::map<std::string, Unit, std::less<>> read_spellings(const Atoms& atoms) {
  const Result<TextTable> table = parse_text_table(unit_spellings_csv(), "unit_spellings.csv");
  PARCOURS_CHECK(table);
  std::map<std::string, Unit, std::less<>> spellings;
  for (const TextTable::Row& row : table->rows) {
    PARCOURS_CHECK(row.fields.size() == 2);
    const std::optional<Unit> unit = UnitParser(row.fields[1], atoms).whole();
    PARCOURS_CHECK(unit);
    const bool fresh = spellings.emplace(plain(row.fields[0]), *unit).second;
    PARCOURS_CHECK(fresh);
  }
  return spellings;
}

Atoms read_atoms() {
  const Result<TextTable> table = parse_text_table(units_csv(), "units.csv");
  PARCOURS_CHECK(table);
  constexpr double celsius = 273.15;     // UCUM, table 6
  constexpr double fahrenheit = 459.67;  // the same
  Atoms atoms;
  std::size_t bases = 0;
  for (const TextTable::Row& row : table->rows) {
    PARCOURS_CHECK(row.fields.size() == 4);
    Atom atom{.unit = {}, .prefixes = prefixes_of(row.fields[1])};
    if (row.fields[3].empty()) {
      PARCOURS_CHECK(bases < atom.unit.exponents.size());
      atom.unit.exponents[bases++] = 1;
    } else {
      const std::optional<Unit> of = UnitParser(row.fields[3], atoms).whole();
      PARCOURS_CHECK(of);
      atom.unit = *of;
      atom.unit.factor *= std::strtod(row.fields[2].c_str(), nullptr);
      if (row.fields[0] == "Cel") {
        atom.unit.offset = celsius;
      } else if (row.fields[0] == "[degF]") {
        atom.unit.offset = fahrenheit;
      }
    }
    atoms.emplace(row.fields[0], atom);
  }
  PARCOURS_CHECK(bases == Exponents().size());
  return atoms;
}

}  // namespace

std::optional<Unit> parse_unit(std::string_view text) {
  static const Atoms atoms = read_atoms();
  static const std::map<std::string, Unit, std::less<>> spellings = read_spellings(atoms);
  constexpr std::size_t longest = 60;
  if (text.empty() || text.size() > longest) {
    return std::nullopt;
  }
  const std::string spelled = plain(text);
  if (const auto found = atoms.find(spelled); found != atoms.end()) {
    return found->second.unit;  // "cmH2O" has a digit that is no exponent
  }
  if (const auto found = spellings.find(spelled); found != spellings.end()) {
    return found->second;
  }
  return UnitParser(spelled, atoms).whole();
}

double converted(double value, const Unit& from, const Unit& to) {
  const double ratio = from.factor / to.factor;
  double exact = (value + from.offset) * ratio - to.offset;
  if (!std::isfinite(exact)) {
    return exact;
  }
  // What is left of two zeros that are hundreds of kelvins apart: 32 [degF] is 0 Cel, not 6e-14.
  constexpr double parts = 1e10;
  constexpr double few = 1000;
  if ((from.offset != 0 || to.offset != 0) && std::abs(exact) < few) {
    exact = std::round(exact * parts) / parts + 0.0;  // no -0
  }
  std::array<char, 40> digits{};
  const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), exact,
                                     std::chars_format::scientific, 11);
  double rounded = exact;
  std::from_chars(digits.data(), written.ptr, rounded);
  return rounded;
}

Unit canonical_unit(const Unit& unit) {
  static const std::vector<Unit> canonical = [] {
    std::vector<Unit> units;
    for (const char* text : {"1",      "g",   "cm",     "s",   "L",      "Cel",  "mm[Hg]", "g/L",
                             "mmol/L", "mol", "10*9/L", "U/L", "[IU]/L", "[IU]", "/min",   "L/min",
                             "kg/m2",  "m2",  "kcal",   "W",   "g/mol",  "m/s",  "g/d"}) {
      const std::optional<Unit> one = parse_unit(text);
      PARCOURS_CHECK(one);
      units.push_back(*one);
    }
    return units;
  }();
  const auto found =
      std::ranges::find_if(canonical, [&](const Unit& one) { return one.same_dimension(unit); });
  return found == canonical.end() ? Unit{1, 0, unit.exponents} : *found;
}

}  // namespace parcours::vocabulary
