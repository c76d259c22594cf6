#include "attacks/near_groups.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <string>

namespace parcours::attacks {
namespace {

constexpr std::int64_t no_end = std::int64_t{1} << 40;

// The known count of a run of bands, and the table that it is from.
struct Run {
  BandRange range;
  std::int64_t patients;
  std::size_t table;
};

// By dimension and the group in which it is at its total: all runs of neighbouring bands whose
// counts are known, of all tables.
using Runs = std::map<std::pair<std::string, std::uint32_t>, std::vector<Run>>;

// By group, whether some table does not show that it has nobody.
std::vector<bool> of_somebody(std::span<const tables::Table> tables, const KnownTables& known) {
  std::vector<bool> somebody;
  for (std::size_t t = 0; t < tables.size(); ++t) {
    for (std::size_t cell = 0; cell < tables[t].cells.size(); ++cell) {
      const std::uint32_t group = known.joined.group_of[t][cell];
      somebody.resize(std::max<std::size_t>(somebody.size(), group + 1));
      somebody[group] = somebody[group] || known.count(t, cell) != 0;
    }
  }
  return somebody;
}

// Of groups of somebody alone: of nobody nothing can be told, and most cells may be empty.
void add_runs(const tables::Table& table, std::size_t number, const KnownTables& known,
              const std::vector<bool>& somebody, std::size_t d, Runs& runs) {
  const tables::Dimension& dimension = table.dimensions[d];
  std::vector<std::pair<BandRange, std::size_t>> bands;
  for (std::size_t c = 0; c < dimension.categories.size(); ++c) {
    if (const auto range = band_range(dimension.categories[c].code)) {
      bands.emplace_back(*range, c);
    }
  }
  if (!dimension.additive || bands.empty()) {
    return;
  }
  std::ranges::sort(bands);
  for (std::size_t cell = 0; cell < table.cells.size(); ++cell) {
    if (!somebody[known.joined.group_of[number][cell]]) {
      continue;
    }
    std::vector<std::size_t> places = table.places(cell);
    if (places[d] != dimension.total()) {
      continue;  // one cell for each group of the other dimensions
    }
    std::vector<Run>& of_group = runs[{dimension.id, known.joined.group_of[number][cell]}];
    for (std::size_t first = 0; first < bands.size(); ++first) {
      if (first > 0 && bands[first].first.first == bands[first - 1].first.first) {
        continue;  // bands may lie within each other: 0to2 and 0to17 begin the same runs
      }
      // By where it ends: what the bands from `first` on are known to count together.
      std::map<std::int64_t, std::int64_t> reached = {{bands[first].first.first - 1, 0}};
      for (std::size_t next = first; next < bands.size(); ++next) {
        const auto before = reached.find(bands[next].first.first - 1);
        places[d] = bands[next].second;
        const auto& count = known.count(number, table.index(places));
        if (before != reached.end() && count) {
          reached.emplace(bands[next].first.last, before->second + *count);
        }
      }
      reached.erase(bands[first].first.first - 1);
      for (const auto& [last, sum] : reached) {
        of_group.push_back({{bands[first].first.first, last}, sum, number});
      }
    }
  }
}

// Known counts by group, and within it by people.
using GroupCounts = std::map<std::uint32_t, std::map<std::uint32_t, std::int64_t>>;

GroupCounts counts_of_groups(std::span<const tables::Table> tables, const KnownTables& known) {
  GroupCounts counts;
  for (std::size_t t = 0; t < tables.size(); ++t) {
    for (std::size_t cell = 0; cell < tables[t].cells.size(); ++cell) {
      if (const auto& count = known.count(t, cell)) {
        counts[known.joined.group_of[t][cell]].emplace(known.joined.people_of[t], *count);
      }
    }
  }
  return counts;
}

// Which people may lie within which others: those of whom no group is larger. Of two tables that
// leave different people out, each has larger groups than the other, and that two of their counts
// are near is chance.
class Within {
 public:
  explicit Within(const GroupCounts& counts) {
    for (const auto& [group, by_people] : counts) {
      for (const auto& [a, count] : by_people) {
        for (const auto& [b, other] : by_people) {
          if (count > other) {
            larger_.emplace(a, b);
          }
        }
      }
    }
  }
  bool operator()(std::uint32_t inner, std::uint32_t outer) const {
    return !larger_.contains({inner, outer});
  }

 private:
  std::set<std::pair<std::uint32_t, std::uint32_t>> larger_;  // the first somewhere than the second
};

// One group's known counts in tables about different people.
std::uint64_t compare_same_groups(const GroupCounts& counts, const Within& within,
                                  std::int64_t threshold, std::uint64_t& tried) {
  std::uint64_t found = 0;
  for (const auto& [group, by_people] : counts) {
    for (const auto& [inner, count] : by_people) {
      for (const auto& [outer, other] : by_people) {
        if (inner != outer && within(inner, outer)) {
          ++tried;
          found += other - count >= 1 && other - count < threshold ? 1 : 0;
        }
      }
    }
  }
  return found;
}

}  // namespace

std::optional<BandRange> band_range(std::string_view code) {
  const auto take = [&]() -> std::optional<std::int64_t> {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(code.data(), code.data() + code.size(), number);
    if (error != std::errc() || number < 0) {
      return std::nullopt;
    }
    code.remove_prefix(static_cast<std::size_t>(end - code.data()));
    return number;
  };
  if (code.starts_with("under")) {
    code.remove_prefix(5);
    const auto end = take();
    return end && *end > 0 && code.empty() ? std::optional(BandRange{0, *end - 1}) : std::nullopt;
  }
  const auto first = take();
  if (!first) {
    return std::nullopt;
  }
  if (code == "plus") {
    return BandRange{*first, no_end};
  }
  if (code.empty()) {
    return BandRange{*first, *first};
  }
  if (!code.starts_with("to")) {
    return std::nullopt;
  }
  code.remove_prefix(2);
  const auto last = take();
  return last && code.empty() && *last >= *first ? std::optional(BandRange{*first, *last})
                                                 : std::nullopt;
}

AttackOutcome near_groups(std::span<const tables::Table> tables, const KnownTables& known,
                          std::int64_t threshold) {
  AttackOutcome outcome{
      "near-groups",
      {"Comparing nearly equal groups of two tables",
       "Comparaison de groupes presque égaux de deux tableaux"},
      {"One known group lies within another: it has narrower bands, or it leaves people out. A "
       "success is such a pair that differs by fewer people than the threshold.",
       "Un groupe connu est inclus dans un autre : ses tranches sont plus étroites, ou des "
       "personnes y sont omises. Un succès est une telle paire dont l’écart est inférieur au "
       "seuil."}};
  Runs runs;
  const std::vector<bool> somebody = of_somebody(tables, known);
  for (std::size_t t = 0; t < tables.size(); ++t) {
    for (std::size_t d = 0; d < tables[t].dimensions.size(); ++d) {
      add_runs(tables[t], t, known, somebody, d, runs);
    }
  }
  const GroupCounts counts = counts_of_groups(tables, known);
  const Within may_lie_within(counts);
  std::vector<std::vector<bool>> comparable(tables.size());  // by the inner table and the outer one
  for (std::size_t inner = 0; inner < tables.size(); ++inner) {
    for (std::size_t outer = 0; outer < tables.size(); ++outer) {
      comparable[inner].push_back(inner != outer && may_lie_within(known.joined.people_of[inner],
                                                                   known.joined.people_of[outer]));
    }
  }
  for (const auto& [group, of_group] : runs) {
    for (const Run& inner : of_group) {
      const std::vector<bool>& with = comparable[inner.table];
      for (const Run& outer : of_group) {
        const bool within = outer.range.first <= inner.range.first &&
                            inner.range.last <= outer.range.last && inner.range != outer.range;
        if (within && with[outer.table]) {
          ++outcome.tried;
          const std::int64_t rest = outer.patients - inner.patients;
          outcome.succeeded += rest >= 1 && rest < threshold ? 1 : 0;
        }
      }
    }
  }
  outcome.succeeded += compare_same_groups(counts, may_lie_within, threshold, outcome.tried);
  return outcome;
}

}  // namespace parcours::attacks
