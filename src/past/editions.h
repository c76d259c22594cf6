// A study that is asked again, over another time or of other records: each release of it is an
// edition.
//
// A figure that the new edition must hide, because too few came or left since an edition before
// published it, still stands: it is shown beside the new ones, with the time that it is of. It
// tells nothing new, for it was judged when it was published, and the new edition is judged with
// it.
//
// Worked example: 120 women of a department were published for the twelve months to January. For
// those to February they are 123, as five came and two left. So 123 is hidden, and 120 stands, "in
// the twelve months to January".
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "crowds/crowd_table.h"
#include "past/past_release.h"
#include "tables/table.h"

namespace parcours::past {

struct Edition {
  std::string day;     // when it was released
  std::string period;  // of which it is; empty: its study has none
  tables::Label period_in_words;
  friend bool operator==(const Edition&, const Edition&) = default;
};

struct EarlierFigure {
  std::size_t cell;
  std::size_t edition;
  tables::Cell figure;  // published; it counts somebody
};

// The latest figure of each cell that an edition before published.
struct EarlierFigures {
  // A release before has the study's id, and asked something else or was made under other rules.
  bool another_of_this_name = false;
  std::vector<Edition> editions;                   // those with a figure here, in their order
  std::vector<std::vector<EarlierFigure>> tables;  // by table, cells ascending

  std::size_t count() const;
  void drop_unused_editions();  // those without a figure
};

class EditionsBefore {
 public:
  // Of the study of this entry; its tables must outlive it.
  EditionsBefore(PastEntry study, std::span<const crowds::CrowdTable> tables);

  // Releases of the vault, in the order in which they were made. Those that are no edition of the
  // study, were made under other rules or are of a later period say nothing.
  void take(const PastRelease& release);
  EarlierFigures finish() &&;

 private:
  PastEntry study_;
  std::span<const crowds::CrowdTable> tables_;
  bool another_of_this_name_ = false;
  std::vector<Edition> editions_;
  std::vector<std::map<std::size_t, EarlierFigure>> figures_;  // by table, by cell
};

}  // namespace parcours::past
