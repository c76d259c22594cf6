#include "base/header.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "base/value_kind.h"

namespace parcours {
namespace {

constexpr double nearly_all = 0.9;

// What columns are usually called, word by word, English and French: of care and survey data and of
// published tables. Words that are values too (cancer, male, north) are none of them.
constexpr auto usual_words = std::to_array<std::string_view>({
    "act",         "acte",       "age",         "agep",        "amount",     "annee",
    "atc",         "band",       "birth",       "birthdate",   "born",       "categorie",
    "category",    "ccam",       "cell",        "cim10",       "city",       "class",
    "classe",      "code",       "col",         "column",      "commune",    "concept",
    "condition",   "conf",       "count",       "counts",      "country",    "county",
    "cp",          "date",       "datetime",    "day",         "days",       "deaths",
    "deces",       "dep",        "departement", "description", "diag",       "diagnosis",
    "diagnostic",  "dim",        "dimension",   "disease",     "district",   "dob",
    "domain",      "drug",       "dt",          "duration",    "education",  "effectif",
    "effectifs",   "email",      "end",         "event",       "field",      "first",
    "flag",        "freq",       "frequency",   "gender",      "genre",      "geo",
    "group",       "groupe",     "height",      "icd",         "icd10",      "id",
    "identifiant", "identifier", "idt",         "income",      "index",      "item",
    "jour",        "key",        "kind",        "label",       "last",       "level",
    "libelle",     "line",       "loinc",       "mean",        "measure",    "modalite",
    "mois",        "month",      "naissance",   "name",        "nature",     "nb",
    "nbr",         "nir",        "no",          "nom",         "nombre",     "num",
    "number",      "numero",     "obs",         "occupation",  "parent",     "patient",
    "patients",    "percent",    "period",      "periode",     "person",     "personne",
    "phone",       "place",      "poids",       "pop",         "population", "postcode",
    "practice",    "prenom",     "profession",  "pseudo",      "pseudonym",  "quarter",
    "race",        "rate",       "reason",      "region",      "result",     "revenu",
    "row",         "salary",     "score",       "sector",      "semaine",    "sex",
    "sexe",        "share",      "site",        "source",      "start",      "state",
    "status",      "statut",     "subject",     "sum",         "surname",    "system",
    "table",       "taux",       "time",        "timestamp",   "title",      "total",
    "type",        "unit",       "unite",       "uuid",        "valeur",     "value",
    "values",      "variable",   "visit",       "week",        "weight",     "year",
    "years",       "zip",        "child",       "obs_value",   "file",       "treatment",
    "traitement",
});

bool alphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// No column is called so.
bool no_name(ValueKind kind) {
  return kind == ValueKind::digits || kind == ValueKind::email || kind == ValueKind::pseudonym;
}

// What the column's values below the first row are.
struct Below {
  std::array<std::size_t, value_kinds> of_kind{};
  std::size_t values = 0;  // that are not missing
  std::size_t same = 0;    // as the first
  std::size_t same_key = 0;
  std::size_t same_letters = 0;
  std::unordered_set<std::string_view> distinct;

  bool nearly(std::size_t count) const {
    return values > 0 && static_cast<double>(count) >= nearly_all * static_cast<double>(values);
  }
  std::size_t count(ValueKind kind) const { return of_kind[static_cast<std::size_t>(kind)]; }
  std::size_t numbers() const {
    return count(ValueKind::number) + count(ValueKind::year) + count(ValueKind::digits) +
           count(ValueKind::decimal);
  }
  bool of_one_form() const {
    return nearly(numbers()) || nearly(count(ValueKind::date)) || nearly(count(ValueKind::email)) ||
           nearly(count(ValueKind::pseudonym)) || nearly(count(ValueKind::code));
  }
};

struct Votes {
  double names = 0;
  double data = 0;
};

// Whether a number in the first row is one like those below: a count over counts, a year over
// years.
bool like_those_below(ValueKind kind, const Below& below) {
  switch (kind) {
    case ValueKind::decimal:
      return below.nearly(below.numbers());
    case ValueKind::number:
      return below.nearly(below.count(ValueKind::number) + below.count(ValueKind::decimal) +
                          below.count(ValueKind::year));
    default:
      return below.nearly(below.count(kind));
  }
}

Votes vote_of_text(std::string_view first, const Below& below) {
  Votes votes;
  if (below.of_one_form()) {
    return {2, 0};
  }
  votes.names += has_usual_word(first) ? 1 : 0;
  votes.data += below.same > 0 ? 1.5 : 0;
  votes.data += below.nearly(below.same_key) ? 1.5 : 0;
  votes.data += below.nearly(below.same_letters) ? 0.4 : 0;
  const bool few = below.values >= 20 && below.distinct.size() * 3 <= below.values;
  votes.names += few && below.same == 0 ? 1 : 0;
  return votes;
}

Votes vote_of(std::string_view first, const Below& below) {
  const ValueKind kind = value_kind(first);
  if (kind == ValueKind::missing) {
    return {};
  }
  const double weight = no_name(kind) ? 2 : 1;
  if (below.values == 0) {
    const bool seldom = kind == ValueKind::date || kind == ValueKind::decimal;
    return {has_usual_word(first) ? 1.0 : 0.0, no_name(kind) ? 1.0 : seldom ? 0.5 : 0.0};
  }
  if (kind == ValueKind::text) {
    return vote_of_text(first, below);
  }
  if (like_those_below(kind, below)) {
    return {0, weight};
  }
  return {!is_number(kind) && below.of_one_form() ? 1.0 : 0.0, 0};
}

// The columns whose numbers go on by the same step: three and more, or two that follow each other
// and are years or begin at 0 or 1.
std::vector<bool> numbered(std::span<const std::string> first) {
  std::vector<bool> result(first.size(), false);
  std::vector<long long> numbers(first.size(), 0);
  std::vector<bool> is(first.size(), false);
  for (std::size_t i = 0; i < first.size(); ++i) {
    const ValueKind kind = value_kind(first[i]);
    if (kind == ValueKind::number || kind == ValueKind::year) {
      const std::string& text = first[i];
      is[i] = std::from_chars(text.data(), text.data() + text.size(), numbers[i]).ec == std::errc();
    }
  }
  for (std::size_t begin = 0; begin + 1 < first.size();) {
    std::size_t end = begin + 1;
    const long long step = numbers[end] - numbers[begin];
    while (end < first.size() && is[end - 1] && is[end] && step != 0 &&
           numbers[end] - numbers[end - 1] == step) {
      ++end;
    }
    const bool two = end - begin == 2 && (step == 1 || step == -1) &&
                     ((numbers[begin] >= 1800 && numbers[begin] <= 2100) ||
                      std::min(numbers[begin], numbers[begin + 1]) <= 1);
    if (end - begin >= 3 || two) {
      std::fill(result.begin() + static_cast<std::ptrdiff_t>(begin),
                result.begin() + static_cast<std::ptrdiff_t>(end), true);
    }
    begin = std::max(begin + 1, end - 1);
  }
  return result;
}

Below below_of(std::size_t column, const std::string& first,
               std::span<const std::vector<std::string>* const> rows) {
  Below below;
  const std::string key = key_form(first);
  const std::string letters = letter_form(first);
  for (const std::vector<std::string>* row : rows) {
    const std::string& value = (*row)[column];
    const ValueKind kind = value_kind(value);
    if (kind == ValueKind::missing) {
      continue;
    }
    ++below.values;
    ++below.of_kind[static_cast<std::size_t>(kind)];
    below.same += value == first ? 1 : 0;
    below.same_key += !key.empty() && key_form(value) == key ? 1 : 0;
    below.same_letters += !letters.empty() && letter_form(value) == letters ? 1 : 0;
    below.distinct.insert(value);
  }
  return below;
}

}  // namespace

bool has_usual_word(std::string_view name) {
  static const std::unordered_set<std::string_view> usual(usual_words.begin(), usual_words.end());
  std::string word;
  char before = '\0';
  const auto ends = [&] { return !word.empty() && usual.contains(word); };
  for (const char c : name) {
    const bool hump = c >= 'A' && c <= 'Z' && before >= 'a' && before <= 'z';
    if (!alphanumeric(c) || hump) {
      if (ends()) {
        return true;
      }
      word.clear();
    }
    if (alphanumeric(c)) {
      word += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    before = c;
  }
  return ends();
}

FirstRow judge_first_row(std::span<const std::string> first,
                         std::span<const std::vector<std::string>> below) {
  std::vector<const std::vector<std::string>*> rows;
  for (const std::vector<std::string>& row : below) {
    // The same row again is what files put together hold.
    if (row.size() == first.size() && !std::ranges::equal(row, first)) {
      rows.push_back(&row);
    }
  }
  const std::vector<bool> in_order = numbered(first);
  Votes all;
  for (std::size_t column = 0; column < first.size(); ++column) {
    if (!in_order[column]) {
      const Votes votes = vote_of(first[column], below_of(column, first[column], rows));
      all.names += votes.names;
      all.data += votes.data;
    }
  }
  if (all.data >= 1 && all.data > all.names) {
    return FirstRow::data;
  }
  return all.names >= 1 && all.names > all.data ? FirstRow::names : FirstRow::unsure;
}

bool is_title(std::span<const std::string> first) {
  constexpr std::size_t fewest = 3;
  return first.size() >= fewest &&
         std::ranges::count_if(first, [](const std::string& cell) { return !cell.empty(); }) == 1;
}

std::unexpected<Error> first_row_is_title(std::string where) {
  return bad_input("the first line looks like a title, as only one of its cells holds something",
                   std::move(where), "take out what stands above the line of column names");
}

std::unexpected<Error> first_row_is_data(std::string where, std::string remedy) {
  return bad_input("the first line looks like data, not like column names", std::move(where),
                   remedy.empty() ? "add a line of column names at the top" : std::move(remedy));
}

std::unexpected<Error> names_are_data(std::string file) {
  return bad_input("the column names look like data", std::move(file),
                   "write the file again from a source that has a line of column names");
}

std::unexpected<Error> too_many_columns(std::size_t columns, std::string where) {
  return bad_input(std::to_string(columns) + " columns, more than " + std::to_string(most_columns),
                   std::move(where), "leave out columns that are not needed");
}

}  // namespace parcours
