// The tally's slow twin, for tests: a made-up study over made-up patients, counted in SQL.
//
//   table 0  of    row x home practice
//   table 1  each  row x code, of day 0 alone
//   table 2  each  row x code
//   table 3  mean  row: how many events of code 0; no value where there is none
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <vector>

#include "records/patient.h"

namespace parcours::crowds {

struct WorldPatient {
  std::uint32_t row;
  records::PracticeId home;
};

struct WorldEvent {
  std::uint32_t patient;
  records::PracticeId practice;
  vocabulary::CodeId code;  // from `columns` on: of no table
  std::int32_t day;
};

struct World {
  std::vector<WorldPatient> patients;
  std::vector<WorldEvent> events;
};

struct Shape {
  std::uint32_t rows;
  std::uint32_t homes;
  std::uint32_t columns;
};

// What SQL says of a cell.
struct SqlCell {
  std::int32_t patients;
  std::int32_t practices;
  std::int32_t largest_practice;
  std::int32_t sum;             // of values; 0 where there are none
  std::int32_t first_patients;  // which of patients 0 to 29 stand there, a bit each
};
using SqlPlace = std::array<std::int32_t, 3>;  // world, table, cell

// What SQL says of every place where somebody stands.
std::map<SqlPlace, SqlCell> count_by_sql(const std::vector<World>& worlds, const Shape& shape);

}  // namespace parcours::crowds
