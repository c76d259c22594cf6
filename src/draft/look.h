// What the values of a column are, as far as a mapping must say it. Only words that many people
// share are given out: marks of missing values, words for the sexes, the form of codes.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "exports/export_file.h"
#include "records/patient.h"
#include "vocabulary/code_systems.h"

namespace parcours::draft {

// The marks of missing values ("NA", "?") that a file has, in order.
Result<std::vector<std::string>> missing_marks(exports::ExportFile& file);

struct SexWords {
  std::vector<std::string> female;
  std::vector<std::string> male;
  std::vector<std::string> unknown;
};

// Which word stands for which sex; nothing where some word stands for none that is known.
Result<std::optional<SexWords>> sex_words(exports::ExportFile& file, const std::string& column,
                                          const std::vector<std::string>& missing);

// The code system whose form nine of ten different codes have, the strictest first; nothing where
// there is none.
// `where`, in SQL, says which rows are looked at; empty: all.
Result<const vocabulary::CodeSystem*> system_of_codes(exports::ExportFile& file,
                                                      const std::string& column,
                                                      const std::string& where = {});
// The different values of a column; nothing where there are more than so many.
Result<std::optional<std::vector<std::string>>> few_values(exports::ExportFile& file,
                                                           const std::string& column, int most);

// Whether every value that is there comes once.
Result<bool> is_key(exports::ExportFile& file, const std::string& column);
// The share of the values of one file's column that are in another file's column.
Result<double> share_within(const exports::ExportFile& file, const std::string& column,
                            const exports::ExportFile& other, const std::string& key);

// Whether some number of a file has a comma: "4,5".
Result<bool> has_decimal_commas(exports::ExportFile& file);
// Whether nine of ten values are numbers, with a point or a comma.
Result<bool> is_numeric(exports::ExportFile& file, const std::string& column);
// Whether nine of ten values are dates that begin with the year: "2024-03-06".
Result<bool> has_iso_dates(exports::ExportFile& file, const std::string& column);

}  // namespace parcours::draft
