#include "audit/table_people.h"

#include <algorithm>
#include <map>

#include "audit/assumed.h"

namespace parcours::audit {
namespace {

// A set of people, and what the tables of releases publish of them.
struct People {
  std::map<CellCoordinates, std::int64_t> counts;
  bool some = false;  // the first table may leave people out
};

bool has_any(const Layout& layout) {
  return std::ranges::any_of(layout.axes, &LayoutAxis::any);
}

class PeopleFinder {
 public:
  PeopleFinder(std::span<const PublishedTable> tables, std::span<const Layout> layouts,
               const CoordinateNumbers& coordinates, int decimals)
      : tables_(tables), layouts_(layouts), coordinates_(coordinates), decimals_(decimals) {}

  Result<TablePeople> run() {
    made_.of.resize(tables_.size(), 0);
    if (tables_.size() == 1) {
      return std::move(made_);  // no other table to be kept apart from
    }
    people_.emplace_back();
    for (const bool some : {false, true}) {
      for (std::uint32_t t = 0; t < tables_.size(); ++t) {
        const PublishedTable& table = tables_[t];
        if (table.of_release && (table.of_means || has_any(layouts_[t])) == some) {
          ASSIGN_OR_RETURN(made_.of[t], people_of(t, some));
          say_people(t);
        }
      }
    }
    return std::move(made_);
  }

 private:
  Result<std::uint32_t> people_of(std::uint32_t t, bool some) {
    const PublishedTable& table = tables_[t];
    const Layout& layout = layouts_[t];
    const CellCoordinates without = coordinates_.without(layout);
    std::map<CellCoordinates, std::int64_t> counts;
    CellCoordinates grand_total;  // it comes last
    for (std::uint32_t at = 0; at < layout.cells(); ++at) {
      const std::size_t row = layout.lines[at];
      grand_total = coordinates_.of(layout, layout.places(at), without);
      if (row != 0 && table.listings[row - 1] == Listing::exact) {
        ASSIGN_OR_RETURN(const sums::Range range, table.range_in(decimals_, row - 1));
        counts.emplace(grand_total, range.low);
      }
    }
    const auto belongs = [&](const People& people) {
      const bool agrees = std::ranges::all_of(counts, [&](const auto& cell) {
        const auto known = people.counts.find(cell.first);
        return known == people.counts.end() || known->second == cell.second;
      });
      return agrees && ((!some && !people.some) ||
                        (counts.contains(grand_total) && people.counts.contains(grand_total)));
    };
    auto people = std::ranges::find_if(people_, belongs);
    if (people == people_.end()) {
      people = people_.insert(people_.end(), People{{}, some});
    }
    people->counts.merge(counts);
    return static_cast<std::uint32_t>(people - people_.begin());
  }

  void say_people(std::uint32_t t) {
    const PublishedTable& table = tables_[t];
    if (made_.of[t] != 0 && (table.of_means || !has_any(layouts_[t]))) {
      made_.assumed.push_back(assumed::other_people(table.text.file, table.of_means));
    }
  }

  std::span<const PublishedTable> tables_;
  std::span<const Layout> layouts_;
  const CoordinateNumbers& coordinates_;
  const int decimals_;
  std::vector<People> people_;  // the first: of all tables of other origin
  TablePeople made_;
};

}  // namespace

Result<TablePeople> people_of_tables(std::span<const PublishedTable> tables,
                                     std::span<const Layout> layouts,
                                     const CoordinateNumbers& coordinates, int decimals) {
  return PeopleFinder(tables, layouts, coordinates, decimals).run();
}

}  // namespace parcours::audit
