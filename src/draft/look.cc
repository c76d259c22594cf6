#include "draft/look.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "base/letters.h"

namespace parcours::draft {
namespace {

constexpr int most_codes_looked_at = 2000;
constexpr std::size_t few_codes = 5;  // too few to tell a system by their form

// The different values of a column, up to so many, in order.
Result<std::vector<std::string>> values_of(exports::ExportFile& file, const std::string& column,
                                           int most, const std::string& where = {}) {
  const std::string name = duck::quoted_name(column);
  ASSIGN_OR_RETURN(
      duck::Stream rows,
      file.query(fmt::format("SELECT DISTINCT trim(CAST({} AS VARCHAR)) AS v FROM {} "
                             "WHERE {} IS NOT NULL AND {} ORDER BY v LIMIT {}",
                             name, file.source(), name, where.empty() ? "true" : where, most)));
  std::vector<std::string> values;
  RETURN_IF_ERROR(
      duck::for_rows(rows, [&](std::size_t row) { values.emplace_back(rows.text(0, row)); }));
  return values;
}

Result<std::int64_t> whole(exports::ExportFile& file, const std::string& sql) {
  ASSIGN_OR_RETURN(duck::Stream rows, file.query(fmt::format("SELECT CAST(({}) AS VARCHAR)", sql)));
  std::int64_t number = 0;
  RETURN_IF_ERROR(duck::for_rows(rows, [&](std::size_t row) {
    number = rows.null(0, row) ? 0 : std::stoll(std::string(rows.text(0, row)));
  }));
  return number;
}

// The values of all columns as one column `v` of texts, in one reading of the file.
std::string all_values(const exports::ExportFile& file) {
  std::vector<std::string> columns;
  for (const exports::ExportColumn& column : file.columns()) {
    columns.push_back(fmt::format("trim(CAST({} AS VARCHAR))", duck::quoted_name(column.name)));
  }
  return fmt::format("(SELECT unnest([{}]) AS v FROM {})", fmt::join(columns, ", "), file.source());
}

bool among(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::ranges::find(words, text) != words.end();
}

}  // namespace

Result<std::vector<std::string>> missing_marks(exports::ExportFile& file) {
  ASSIGN_OR_RETURN(
      duck::Stream rows,
      file.query(fmt::format(
          "SELECT DISTINCT v FROM {} WHERE v IN ('NA', 'N/A', 'NULL', 'null', 'NaN', 'nan', "
          "'None', '?', '-', '.', '*') ORDER BY v",
          all_values(file))));
  std::vector<std::string> marks;
  RETURN_IF_ERROR(
      duck::for_rows(rows, [&](std::size_t row) { marks.emplace_back(rows.text(0, row)); }));
  return marks;
}

Result<std::optional<SexWords>> sex_words(exports::ExportFile& file, const std::string& column,
                                          const std::vector<std::string>& missing) {
  ASSIGN_OR_RETURN(const std::vector<std::string> values, values_of(file, column, 12));
  const std::string name = lower(column);
  // A column "male" says whether it is so.
  const bool asks_male = among(name, {"male", "homme", "is_male"});
  const bool asks_female = among(name, {"female", "femme", "is_female"});
  // 0 and 1 are either, and only the source knows which.
  const bool of_zero = std::ranges::find(values, "0") != values.end() &&
                       std::ranges::find(values, "2") == values.end();
  if (of_zero && !asks_male && !asks_female) {
    return std::optional<SexWords>();
  }
  SexWords words;
  for (const std::string& value : values) {
    const std::string word = lower(value);
    const bool yes = among(word, {"1", "true", "t", "yes", "oui", "1.0"});
    const bool no = among(word, {"0", "false", "f", "no", "non", "0.0"});
    if (value.empty() || std::ranges::find(missing, value) != missing.end()) {
      continue;
    }
    if (asks_male || asks_female) {
      if (!yes && !no) {
        return std::optional<SexWords>();
      }
      (yes == asks_male ? words.male : words.female).push_back(value);
    } else if (among(word,
                     {"f", "female", "femme", "w", "2", "féminin", "feminin", "8532", "woman"})) {
      words.female.push_back(value);
    } else if (among(word, {"m", "male", "homme", "h", "1", "masculin", "8507", "man"})) {
      words.male.push_back(value);
    } else if (among(word, {"u", "unknown", "inconnu", "i", "o", "other", "0", "9", "x",
                            "unknown/invalid", "indéterminé"})) {
      words.unknown.push_back(value);
    } else {
      return std::optional<SexWords>();
    }
  }
  return std::optional(words);
}

Result<std::optional<std::vector<std::string>>> few_values(exports::ExportFile& file,
                                                           const std::string& column, int most) {
  ASSIGN_OR_RETURN(std::vector<std::string> values, values_of(file, column, most + 1));
  return std::ssize(values) > most ? std::nullopt : std::optional(std::move(values));
}

Result<const vocabulary::CodeSystem*> system_of_codes(exports::ExportFile& file,
                                                      const std::string& column,
                                                      const std::string& where) {
  constexpr std::array<std::string_view, 9> strictest_first = {
      "loinc", "cip13", "ccam", "atc", "icd10", "snomed", "hcpcs", "icd9", "icpc2"};
  ASSIGN_OR_RETURN(const std::vector<std::string> codes,
                   values_of(file, column, most_codes_looked_at, where));
  if (codes.size() < few_codes) {
    return nullptr;
  }
  for (const std::string_view name : strictest_first) {
    const vocabulary::CodeSystem* system = vocabulary::find_code_system(name);
    const auto fit = std::ranges::count_if(
        codes, [&](const std::string& code) { return vocabulary::has_form(*system, code); });
    if (static_cast<double>(fit) >= 0.9 * static_cast<double>(codes.size())) {
      return system;
    }
  }
  return nullptr;
}

Result<bool> is_key(exports::ExportFile& file, const std::string& column) {
  const std::string name = duck::quoted_name(column);
  ASSIGN_OR_RETURN(const std::int64_t again,
                   whole(file, fmt::format("SELECT count({}) - count(DISTINCT {}) FROM {}", name,
                                           name, file.source())));
  return again == 0;
}

Result<double> share_within(const exports::ExportFile& file, const std::string& column,
                            const exports::ExportFile& other, const std::string& key) {
  const std::string sql = fmt::format(
      "SELECT CAST({0} AS VARCHAR) AS v, CAST({0} AS VARCHAR) IN (SELECT CAST({1} AS VARCHAR) FROM "
      "{2}) AS within FROM {3} WHERE {0} IS NOT NULL",
      duck::quoted_name(column), duck::quoted_name(key), other.source(), file.source());
  ASSIGN_OR_RETURN(exports::ExportFile both,
                   exports::ExportFile::of_query({&file, &other}, sql, 1));
  ASSIGN_OR_RETURN(const std::int64_t thousandths,
                   whole(both, fmt::format("SELECT CAST(1000 * coalesce(avg(CAST(within AS INTEGER)"
                                           "), 0) AS BIGINT) FROM {}",
                                           both.source())));
  return static_cast<double>(thousandths) / 1000;
}

namespace {

// How many values fit a pattern, and how many there are.
Result<std::pair<std::int64_t, std::int64_t>> fitting(exports::ExportFile& file,
                                                      const std::string& column,
                                                      const std::string& pattern) {
  const std::string text = fmt::format("trim(CAST({} AS VARCHAR))", duck::quoted_name(column));
  ASSIGN_OR_RETURN(
      const std::int64_t some,
      whole(file, fmt::format("SELECT count(*) FROM {} WHERE regexp_full_match({}, {})",
                              file.source(), text, duck::quoted(pattern))));
  ASSIGN_OR_RETURN(const std::int64_t all,
                   whole(file, fmt::format("SELECT count(*) FROM {} WHERE {} NOT IN ('', 'NA', "
                                           "'NULL', '?')",
                                           file.source(), text)));
  return std::pair(some, all);
}

Result<bool> mostly(exports::ExportFile& file, const std::string& column,
                    const std::string& pattern) {
  ASSIGN_OR_RETURN(const auto counts, fitting(file, column, pattern));
  return counts.first > 0 && counts.first * 10 >= counts.second * 9;
}

}  // namespace

Result<bool> has_decimal_commas(exports::ExportFile& file) {
  ASSIGN_OR_RETURN(
      const std::int64_t some,
      whole(file, fmt::format("SELECT count(*) FROM (SELECT 1 FROM {} WHERE regexp_full_match(v, "
                              "'-?[0-9]+,[0-9]+') LIMIT 1)",
                              all_values(file))));
  return some > 0;
}

Result<bool> is_numeric(exports::ExportFile& file, const std::string& column) {
  return mostly(file, column, "[-+]?[0-9]+([.,][0-9]+)?([eE][-+]?[0-9]+)?");
}

Result<bool> has_iso_dates(exports::ExportFile& file, const std::string& column) {
  return mostly(file, column, "[12][0-9]{3}-[0-9]{2}-[0-9]{2}([T ].*)?");
}

}  // namespace parcours::draft
