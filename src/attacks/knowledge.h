// What published tables say, taken together: every margin that some table has, with its count where it is published or
// where sums of published ones give it away.
//
// A margin is a group of people by its coordinates: (age, 6-11) (sex, F). Cells of different tables with the same coordinates are
// the same margin, unless the tables contradict each other (two published counts for one place): then they are about different
// people, and are kept apart. The total of a dimension that sums is no coordinate; the total of one that does not is (drug, _ANY).
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "sums/field.h"
#include "tables/relations.h"
#include "tables/table.h"

namespace parcours {

// Dimension and code; what somebody knows of a person, too.
using Coordinates = std::vector<std::pair<std::string, std::string>>;

struct Knowledge {
  struct Margin {
    std::optional<std::int64_t> patients;  // what an outsider knows
    bool published = false;                // else, where known, worked out
  };

  std::vector<Margin> margins;
  std::vector<std::vector<std::uint32_t>> margin_of;  // by table and cell
  std::vector<std::uint32_t> people_of;  // by table: equal numbers are about the same people
  std::uint64_t hidden = 0;              // margins that are not published
  std::uint64_t worked_out = 0;          // of them
};

// With Found::that_it_is, what can be worked out is counted in `worked_out`, but its count is not (far quicker where there is
// much of it).
enum class Found { its_count, that_it_is };
Knowledge knowledge_of(std::span<const Table> tables, Found found = Found::its_count);

// What is known when one more hidden margin is: everything that can be worked out anew, by its number, in the field of
// audit/field.h (a count where it is near zero). `relations` are relations_of_margins(knowledge, tables).
struct WorkedOut {
  std::uint32_t margin;
  Element count;
};
std::vector<WorkedOut> work_out_with(const Knowledge& knowledge,
                                     const std::vector<Relation>& relations, std::uint32_t known,
                                     std::int64_t patients);

// The relations of all tables among margins.
std::vector<Relation> relations_of_margins(const Knowledge& knowledge,
                                           std::span<const Table> tables);

// The coordinates of a cell.
Coordinates coordinates_of(const Table& table, std::size_t cell);

}  // namespace parcours
