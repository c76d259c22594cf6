#include "exports/first_line.h"

#include "base/csv.h"

namespace parcours::exports {

Result<FirstLine> read_names(const std::filesystem::path& path) {
  ASSIGN_OR_RETURN(CsvFile csv, CsvFile::open(path, {.judge_header = false}));
  ASSIGN_OR_RETURN(const CsvBlock more, csv.next());
  if (!more.empty()) {
    return bad_input("there is more than one line", path.string(),
                     "give the line of column names alone, as in: patient,day,code");
  }
  return FirstLine{true, csv.header().reveal()};
}

}  // namespace parcours::exports
