// Published tables taken together: one system of cells and sums, as an outsider sees it.
//
// A *group* is what coordinates name (tables/coordinates.h), whatever table has it. Cells of one
// group are one cell of the system, unless their tables contradict each other (two published counts
// of one group): then they are about different people, and are kept apart. Each table joins the
// first people whom it does not contradict.
//
//   by age and sex: (age, 6-11) 120        by age and region: (age, 6-11) 120     the same people
//                                          by age and job:    (age, 6-11) 97      other people
//
// A published cell is its count. A hidden one holds at least 1: empty cells are published.
//
// audit/published_system.h makes the system of tables as anybody publishes them, of which less can
// be taken for granted: codes that are part of others, lines that are missing, values that are
// rounded, totals that do not sum. Tables that contradict each other are not audited, but attacked.
// Both number cells by tables/cell_numbers.h and add up relations by tables/relations.h.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sums/system.h"
#include "tables/table.h"

namespace parcours::sums {

struct TableSystem {
  System system;
  std::vector<std::vector<std::uint32_t>> cell_of;   // by table and its cell: that of the system
  std::vector<std::vector<std::uint32_t>> group_of;  // by table and its cell
  std::vector<std::uint32_t> people_of;              // by table
};

TableSystem table_system(std::span<const tables::Table> tables);

}  // namespace parcours::sums
