// Two studies of one vault side by side: their patients, and the groups that their tables tell
// apart together. The one was released before; the other is being made, or was released later.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/error.h"
#include "crowds/counters.h"
#include "crowds/crowd_table.h"
#include "past/everybody.h"
#include "past/past_release.h"
#include "past/place_pairs.h"
#include "past/told.h"
#include "past/two_rolls.h"

namespace parcours::past {

// By cells of one overlap: more are refused.
inline constexpr std::uint64_t most_together = std::uint64_t{1} << 24;

struct TogetherOptions {
  std::uint32_t few;              // fewer people than this are told apart (the rules say so)
  std::uint32_t practices_exact;  // as in CountOptions
};

// A study's tables: what they tell, and who stands where.
struct RolledStudy {
  const ToldStudy& told;
  const PastRoll& roll;
  std::vector<std::span<const tables::Dimension>> dimensions;  // by table
  std::vector<Standing> standing;                              // by table

  bool each(std::size_t table) const {
    return told.tables[table].what == study::StudyTable::What::each;
  }
  std::span<const tables::Dimension> rows(std::size_t table) const {
    return dimensions[table].first(told.tables[table].dimensions.size());
  }
};

// The arguments must outlive it, but for `everybody`.
RolledStudy rolled(const PastRelease& release, const Everybody& everybody);
RolledStudy rolled(const ToldStudy& told, const PastRoll& roll, const crowds::Counted& counted,
                   const Everybody& everybody);

class TwoStudies {
 public:
  // All of them must outlive it. `everybody` is as `now` sees them.
  TwoStudies(const RolledStudy& past, const RolledStudy& now, const Everybody& everybody,
             std::uint32_t practices_exact);

  const RolledStudy& past() const { return past_; }
  const RolledStudy& now() const { return now_; }
  // In the order of their numbers; nobody where each table counts everybody in one cell and
  // averages nothing: then places() says all.
  std::span<const InTwoRolls> people() const { return people_; }

  // Everybody, by where they stand in table `p` of the one before and table `n` of the other. What
  // follows is worked out from that. Errors: no memory.
  Result<PlacePairs> places(std::size_t p, std::size_t n) const;

  // Those of both populations, of one alone, and the two; in this order. `places` is of any two
  // tables. Errors: no memory.
  enum Population : std::uint32_t { both, left, came, before, after };
  Result<crowds::CrowdOverlap> populations(const PlacePairs& places) const;

  // Of a table of the one before or of the other: everybody in each of its cells, with all margins.
  // `places` is of this table and any of the others. Errors: no memory.
  Result<std::vector<crowds::Crowd>> cells_of_past(std::size_t table,
                                                   const PlacePairs& places) const;
  Result<std::vector<crowds::Crowd>> cells_of_now(std::size_t table,
                                                  const PlacePairs& places) const;

  // Whoever stands in the one before alone (or in the other alone), by the rows of a table of it,
  // with all margins. As above.
  Result<std::vector<crowds::Crowd>> alone_by_rows(bool of_past, std::size_t table,
                                                   const PlacePairs& places) const;

  // The groups that table `p` of the one before and table `n` of the other tell apart together: by
  // each trait that both have, as the one and the other tell it apart, and by who stands in the
  // one, the other or both. `places` is of the two. Nothing where they are more than most_together;
  // other errors: no memory.
  struct Apart {
    bool too_many = false;
    std::vector<crowds::CrowdOverlap> overlaps;
  };
  Result<Apart> apart(std::size_t p, std::size_t n, const PlacePairs& places) const;

 private:
  struct Trait;
  template <class CellOf>
  Result<crowds::Counters> merged(std::size_t cells, const PlacePairs& places,
                                  CellOf cell_of) const;
  Result<std::vector<crowds::Crowd>> cells_of(const RolledStudy& study, bool of_past,
                                              std::size_t table, const PlacePairs& places) const;
  Result<crowds::Counters> cells_of_each(const RolledStudy& study, std::size_t table) const;
  bool find_traits(std::size_t p, std::size_t n, const PlacePairs& places,
                   std::vector<Trait>& traits) const;

  const RolledStudy& past_;
  const RolledStudy& now_;
  const Everybody& everybody_;
  const std::uint32_t practices_exact_;
  std::vector<HeldElsewhere> elsewhere_;  // who stands in the one before alone; ascending
  std::vector<InTwoRolls> people_;
};

// Groups of nobody add nothing to any sum.
void drop_empty(crowds::CrowdOverlap& overlap);

}  // namespace parcours::past
