// Care paths out of an events file: one line an event, with a column for the patient, the day and
// the code.
//
// Days are whole numbers or ISO dates (2023-03-06, with or without a time after it), or whatever
// the roles' day format says (parse_day in base/day.h). Lines without a patient, a day or a code
// are left out and counted (missing.h says what lacks them, base/no_day.h which dates stand for no
// day); a day that cannot be read is an error with the line's place. Where the roles name a kind, a
// code is one of its kind: the same text under two kinds is two codes. Patients are numbered by a
// hash of their identifier, codes in order of their texts, so the order of the lines does not
// matter.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/day.h"
#include "base/error.h"
#include "base/progress.h"
#include "base/stop.h"
#include "exports/export_file.h"
#include "exports/roles.h"
#include "paths/paths.h"
#include "paths/text_numbers.h"

namespace parcours::paths {

// What a code number stands for; the kind is empty where it is not known.
struct PathCode {
  std::string kind;
  std::string code;
  friend bool operator==(const PathCode&, const PathCode&) = default;
};

// Which patient a number stands for: a text's number is ranks[numbers.find(text)]. Of a vault there
// are no texts: ranks has the patients in the order in which the vault is read. Personal data.
struct PatientNumbers {
  TextNumbers numbers;
  std::vector<std::uint32_t> ranks;
};

// What an export has beside its events.
struct LeftOut {
  std::uint64_t lines = 0;  // without a patient, a day or a code; one may lack several
  std::uint64_t without_patient = 0;
  std::uint64_t without_day = 0;
  std::uint64_t stand_ins = 0;  // of these, with a date that stands for no day (base/no_day.h)
  std::uint64_t without_code = 0;
  std::uint64_t patients = 0;  // none of whose lines is an event
};

struct PathsRead {
  Paths paths;
  std::uint64_t events = 0;  // lines taken
  LeftOut left_out;
  Calendar calendar = Calendar::dates;
  Precision precision = Precision::days;  // of a period each day is the first
  std::vector<PathCode> codes;            // by code number
  PatientNumbers patients;
};

Result<PathsRead> read_paths(exports::ExportFile& file, const exports::Roles& roles,
                             Progress& progress, const Stop& stop);

}  // namespace parcours::paths
