// Groups that no table counts, and that are one subtraction away:
//
//   - A cell within a cell of another table (study/overlaps.h), of almost as many people: the few
//     whom only the wider cell counts.
//   - Nested categories of tables of `each` (study/overlaps.h): whoever stands in the outer
//   category and not in the
//     inner one, among the patients of every cell of what both tables are by. 120 with a diagnosis
//     of the chapter, 117 with the code: 3 with others of the chapter alone.
//   - The columns of one row: their sum less the patients with any of them counts everyone with
//     several codes, once for each code after the first. Of two columns these are the patients with
//     both. Where they are the patients of one cell, several times, they are no group of their own.
//   - In such a row, those with any of its codes but not this one, and those of the row who have
//     none: where they are few. A cell that leaves few of its group is hidden for that, and a later
//     release may give it away.
//   - Cells within a cell of another table because a third table publishes zeros: no man has the
//     diagnosis, so of 100 women of a department 94 with it leave 6. Each is a group as above; and
//     all such categories together with the rest are the wider cell, as none of them is negative.
//     The tables are those of `of`.
//
// Of such a group only the number and the fingerprint are known, and its practice where the wider
// cell has one alone; else its practices are not judged.
#pragma once

#include "crowds/crowd_table.h"
#include "study/plan.h"

namespace parcours::crowds {

// Adds a cell, one within it, and the people of the wider one alone.
void add_nested(CrowdOverlap& overlap, const Crowd& outer, const Crowd& inner);

// All of them, from the tables and the plan's overlaps, as they were counted. Of the first two
// those where the wider cell has fewer than `few` people more and the other one not fewer: what is
// hidden for being small is subtracted from nothing.
std::vector<CrowdOverlap> nested_groups(const Counted& counted, const study::Plan& plan,
                                        std::uint32_t few);

}  // namespace parcours::crowds
