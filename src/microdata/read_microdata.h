// An export's columns as Microdata.
//
//   ASSIGN_OR_RETURN(ExportFile file, ExportFile::open("adult.csv", 2));
//   ASSIGN_OR_RETURN(const Microdata adult,
//                    read_microdata(file, {.missing = {"?"}, .threads = 2}, progress, stop));
//
// G1: the same file gives the same codes, record by record in the file's order, whatever the number
// of threads.
//
// A row that is not well-formed CSV is an error that names its line, as is a weight that is not a
// positive number (it names the column and how many there are), a column that does not exist, and a
// file without a record.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "base/progress.h"
#include "base/stop.h"
#include "exports/export_file.h"
#include "microdata/microdata.h"

namespace parcours::microdata {

struct ReadMicrodata {
  std::vector<std::string> columns;  // empty: all but the weight
  std::string weight;                // the column of sampling weights; empty: none
  std::vector<std::string> missing;  // texts beside the empty one that mean "missing": "?", "NA"
  int threads = 1;
};

Result<Microdata> read_microdata(exports::ExportFile& file, const ReadMicrodata& how,
                                 Progress& progress, const Stop& stop);

}  // namespace parcours::microdata
