// The files of a vendor as a mapping sees them: what each column seems to be, and which file is
// joined to which.
#pragma once

#include <filesystem>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/progress.h"
#include "base/stop.h"
#include "exports/column_guess.h"

namespace parcours::draft {

struct SeenFile {
  std::string name;
  exports::ExportFile file;
  exports::FileGuess guess;
  // Where a column that the file lacks comes from: the name of the join.
  std::string join;
  const SeenFile* joined = nullptr;
};

// How a file reaches a file that says more of its rows.
struct Link {
  std::string file, column, with, key, as;
};

struct SeenFiles {
  std::vector<SeenFile> files;
  std::vector<Link> links;
  std::vector<std::string> missing;  // marks of missing values
  bool dates = false;                // the days are dates
  bool commas = false;               // numbers as 4,5
};

// `progress` counts the files.
Result<SeenFiles> see(const std::vector<std::filesystem::path>& paths, int threads,
                      const Stop& stop, Progress& progress);

// The column that has a role, or seems to; nullptr: none.
const exports::ColumnGuess* seeming(const exports::FileGuess& guess, exports::ColumnRole role);
// The first column whose name has one of these words.
const exports::ColumnGuess* called_like(const exports::FileGuess& guess,
                                        std::initializer_list<std::string_view> any);
const exports::ColumnGuess* code_of(const SeenFile& file);
const exports::ColumnGuess* practice_of(const exports::FileGuess& guess);
bool is_date(const exports::ColumnGuess& column);
// A column that only tells rows apart, by its name: "visit_id".
bool is_id(const std::string& name);
bool any_word_of(std::string_view name, std::initializer_list<std::string_view> wanted);
// "visits" of visits.csv.gz.
std::string stem_of(const std::string& name);

// How a mapping calls a column of what is joined to the file.
std::string called(const SeenFile& file, const std::string& column);
// The column of a role, of the file or of what is joined to it, and how the mapping calls it.
struct NamedColumn {
  const exports::ColumnGuess* column = nullptr;
  std::string text;
};
NamedColumn of_role(const SeenFile& file, exports::ColumnRole role);

}  // namespace parcours::draft
