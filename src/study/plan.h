// A study tied to a vault's codes. For each record it gives the cells that count this patient.
//
// Here every table has inner cells only, numbered row-major, the last dimension fastest; margins
// are summed afterwards. The last dimension of an `each` table has one column for each code and a
// last column "any of them".
//
//   Asker asker(plan);                               // one a worker; it keeps scratch memory
//   if (const Standing* standing = asker.ask(record)) {
//     standing->cell[t]                              // of table t; for `each` the row's first cell
//   }
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "records/record.h"
#include "study/study.h"
#include "tables/table.h"

namespace parcours::study {

inline constexpr std::uint32_t no_cell = std::numeric_limits<std::uint32_t>::max();
inline constexpr std::uint32_t no_column = std::numeric_limits<std::uint32_t>::max();

struct PlanTable {
  std::string id;
  tables::Label title;
  StudyTable::What what;
  // `by`, then `of` or the codes of `each`; `each` has additive = false.
  std::vector<tables::Dimension> dimensions;
  // A dimension: made from events (true) or from a patient's fields (false).
  std::vector<bool> sensitive;
  std::uint32_t cells;  // inner cells; for `each`, the column "any" included

  // Of an `each` table.
  std::vector<std::uint32_t> column_of_code;  // by CodeId: the column, or no_column
  std::uint32_t columns = 0;                  // codes + 1; "any" is columns - 1
  bool windowed = false;                      // whether days count at all; else all below is open
  std::optional<Window> within;               // relative to the index day; it alone bounds the days
  // The study's period, where there is no `within`.
  Day first{std::numeric_limits<std::int32_t>::min()};
  Day last{std::numeric_limits<std::int32_t>::max()};

  // Of a table of means.
  std::optional<tables::Label> mean_of;
};

// What two tables tell together (overlaps.h): cells that are counted and never published, numbered
// by the parts of each trait, the first trait fastest.
struct PlanOverlap {
  struct Trait {
    std::uint32_t parts = 0;
    std::uint32_t stride = 0;
    std::vector<std::vector<std::uint32_t>> sets;  // ascending parts: a partition, or none
  };
  std::vector<Trait> traits;
  std::uint32_t cells = 0;
  std::vector<std::array<std::size_t, 2>> of;  // the pairs of tables that tell this together
};

// Everyone whom one category counts is counted by another one of another table too: whoever has the
// code has a code of its chapter; whoever has it within 90 days has it within 365.
struct PlanNesting {
  struct Place {
    std::size_t table;
    std::size_t dimension;
    std::size_t category;
  };
  Place inner;
  Place outer;
};

// Of which cells of one table the people are known to stand in a cell of another: those whose
// places in every trait that both have lie within the other's, while the other is at its total in
// all that it has alone.
struct PlanContaining {
  struct Trait {
    std::vector<std::size_t> outer_dimensions;
    std::vector<std::size_t> inner_dimensions;
    // By place of the dimensions, the last fastest: which parts of the trait are there.
    std::vector<std::vector<bool>> outer_parts;
    std::vector<std::vector<bool>> inner_parts;
    // The overlap that has these parts, and which of its traits they are; of a part that nobody is
    // at nothing is known. Nothing: somebody may be at every part.
    std::optional<std::pair<std::size_t, std::size_t>> counted_by;
  };
  std::size_t outer = 0;  // tables
  std::size_t inner = 0;
  std::vector<Trait> traits;
  std::vector<std::size_t> outer_alone;  // dimensions
};

// Two tables of which some cells count the same people, but for what a table of means leaves out.
struct PlanMatch {
  std::size_t a = 0;  // tables
  std::size_t b = 0;
  // The dimensions that are the same; along all others the cells are at the total.
  std::vector<std::array<std::size_t, 2>> dimensions;
};

// The categories of a table's dimension bound what its people have of a value that another table
// averages (study/mean_ties.h).
struct PlanMeanTie {
  PlanMatch match;            // the table of means, and the other
  std::size_t dimension = 0;  // of the other
  // By category: the least and the most that somebody in it can have, infinite where it is open;
  // nothing where they have no value.
  std::vector<std::optional<std::array<double, 2>>> bounds;
};

// Of each patient the value that the table `a` averages is at least the one that `b` does.
struct PlanMeanOrder {
  PlanMatch match;
  bool same = false;  // it is the same value
};

// Where a patient of the population stands.
struct Standing {
  Day index;
  std::vector<std::uint32_t> cell;     // by table; no_cell when the patient has no place in it
  std::vector<std::uint32_t> overlap;  // by overlap: its cell
  // By table: what a table of means adds up; no_value when there is none. A patient without a value
  // still has a cell.
  std::vector<double> value;
};

struct Tied;

class Plan {
 public:
  // Errors: an unknown code, a level that the system has not, an empty pattern, a table of over
  // 2^31 cells; each with the study's file and line. `vault_period`: first and last day of any
  // event; a study whose period lies outside is refused.
  static Result<Plan> make(const Study& study, const vocabulary::CodeBook& codes,
                           const vocabulary::Vocabulary& vocabulary,
                           std::span<const std::string> practices, Calendar calendar,
                           std::optional<std::pair<Day, Day>> vault_period);
  // Every such error; none when make() gives a plan.
  static std::vector<Error> mistakes(const Study& study, const vocabulary::CodeBook& codes,
                                     const vocabulary::Vocabulary& vocabulary,
                                     std::span<const std::string> practices, Calendar calendar,
                                     std::optional<std::pair<Day, Day>> vault_period);
  Plan(Plan&&) noexcept;
  Plan& operator=(Plan&&) noexcept;
  ~Plan();

  const std::vector<PlanTable>& tables() const;
  const std::vector<PlanOverlap>& overlaps() const;
  const std::vector<PlanNesting>& nestings() const;        // where one of the tables is of `each`
  const std::vector<PlanContaining>& containings() const;  // where none is
  const std::vector<PlanMeanTie>& mean_ties() const;
  const std::vector<PlanMeanOrder>& mean_orders() const;
  records::EventColumns columns()
      const;  // what the question needs to see; the walk adds the practice

 private:
  friend class Asker;
  explicit Plan(std::unique_ptr<const Tied> tied);
  std::unique_ptr<const Tied> tied_;
};

class Asker {
 public:
  // The plan must live as long as its askers; it may be shared by many.
  explicit Asker(const Plan& plan);
  ~Asker();

  // Nothing when the patient is not of the population. Valid until the next call.
  const Standing* ask(const records::Record& record);

 private:
  struct Scratch;
  std::unique_ptr<Scratch> scratch_;
};

}  // namespace parcours::study
