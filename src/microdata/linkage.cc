#include "microdata/linkage.h"

#include <algorithm>
#include <numeric>

#include "base/check.h"
#include "base/threads.h"
#include "microdata/draws.h"
#include "microdata/joined.h"
#include "microdata/record_joins.h"
#include "microdata/scan.h"

namespace parcours::microdata {
namespace {

// Who the records of both files are, in numbers that both share.
struct People {
  std::span<const std::uint32_t> first;
  std::span<const std::uint32_t> second;
  std::optional<std::uint32_t> missing;  // the number of those of whom it is not known
};

SharedColumns each_shuffled(const SharedColumns& shared, std::uint64_t seed) {
  SharedColumns result = shared;
  for (std::size_t i = 0; i < shared.second.size(); ++i) {
    const auto order = shuffled(shared.second[i].size(), seed, i + 1);
    for (std::size_t record = 0; record < order.size(); ++record) {
      result.second[i][record] = shared.second[i][order[record]];
    }
  }
  return result;
}

class Linker {
 public:
  Linker(const Microdata& first, std::span<const std::size_t> chosen, const SharedColumns& shared,
         const AttackDraws& draws)
      : first_(first), chosen_(chosen), shared_(shared), draws_(draws) {}

  Result<Linkage> link(const std::optional<People>& people, Progress& progress,
                       const Stop& stop) const {
    const RecordJoins joins = join_records(first_, chosen_, shared_, draws_.threads);
    Linkage result{.first_records = first_.records,
                   .second_records = shared_.second.empty() ? 0 : shared_.second.front().size()};
    result.alike = of_first(std::ranges::count(joins.alike, true));
    result.joined = of_first(count(joins.second));
    if (stop.requested()) {
      return stopped();
    }
    result.joined_by_chance = of_first(count(
        join_records(first_, chosen_, each_shuffled(shared_, draws_.seed), draws_.threads).second));
    if (people) {
      ASSIGN_OR_RETURN(result.known, judge(*people, joins.second, progress, stop));
    }
    return result;
  }

 private:
  static std::ptrdiff_t count(std::span<const std::optional<std::uint32_t>> found) {
    return std::ranges::count_if(found, [](const auto& pair) { return pair.has_value(); });
  }
  Share of_first(std::ptrdiff_t some) const {
    return Share::exact(static_cast<double>(some), static_cast<double>(first_.records));
  }

  Result<Linkage::Known> judge(const People& people,
                               std::span<const std::optional<std::uint32_t>> found,
                               Progress& progress, const Stop& stop) const {
    Linkage::Known known;
    std::vector<std::uint32_t> records_of;  // by person, in the second file
    for (const std::uint32_t person : people.second) {
      if (person == people.missing) {
        continue;  // nobody knows who that is
      }
      records_of.resize(std::max<std::size_t>(records_of.size(), person + std::size_t{1}), 0);
      ++records_of[person];
    }
    std::vector<std::uint32_t> targets;
    std::uint64_t joined_right = 0;
    for (const std::uint32_t record : shuffled(first_.records, draws_.seed, 0)) {
      const std::uint32_t person = people.first[record];
      if (person < records_of.size() && records_of[person] > 0) {
        ++known.in_both;
        if (targets.size() < draws_.attacks) {
          targets.push_back(record);
        }
      }
      joined_right +=
          person != people.missing && found[record] && people.second[*found[record]] == person ? 1
                                                                                               : 0;
    }
    std::vector<double> right(targets.size(), 0);
    const Scan scan = scan_of_second(people.second.size());
    progress.begin("linking the nearest", targets.size());
    each_on_threads(targets.size(), draws_.threads, [&](std::size_t i) {
      if (!stop.requested()) {
        right[i] = chance_of(people, scan, targets[i]);
        progress.add(1);
      }
    });
    progress.end();
    if (stop.requested()) {
      return stopped();
    }
    double by_chance = 0;
    for (const std::uint32_t target : targets) {
      by_chance += static_cast<double>(records_of[people.first[target]]) /
                   static_cast<double>(people.second.size());
    }
    const auto guesses = static_cast<double>(targets.size());
    known.joined_right =
        Share::exact(static_cast<double>(joined_right), static_cast<double>(known.in_both));
    known.guessed_right = Share::drawn(std::accumulate(right.begin(), right.end(), 0.0), guesses);
    known.guessed_right_by_chance = Share::exact(by_chance, guesses);
    return known;
  }

  Scan scan_of_second(std::size_t records) const {
    std::vector<CodeColumn> columns;
    for (std::size_t i = 0; i < shared_.second.size(); ++i) {
      columns.push_back({shared_.second[i], shared_.values[i]});
    }
    std::vector<std::uint32_t> all(records);
    std::iota(all.begin(), all.end(), 0);
    return Scan(columns, all);
  }

  // That a guess among the nearest records of the second file is the target's person.
  double chance_of(const People& people, const Scan& scan, std::uint32_t target) const {
    std::vector<std::uint32_t> codes;
    for (std::size_t i = 0; i < chosen_.size(); ++i) {
      const std::uint32_t code = first_.columns[chosen_[i]].codes[target];
      const bool unknown = i < shared_.unknown.size() && code == shared_.unknown[i];
      codes.push_back(unknown ? shared_.values[i] : code);  // like nobody's
    }
    const auto nearest = scan.nearest(codes);
    const auto right = std::ranges::count_if(nearest, [&](std::uint32_t record) {
      return people.second[record] == people.first[target];
    });
    return static_cast<double>(right) / static_cast<double>(nearest.size());
  }

  const Microdata& first_;
  std::span<const std::size_t> chosen_;
  const SharedColumns& shared_;
  const AttackDraws& draws_;
};

}  // namespace

Result<Linkage> link(const Microdata& first, std::span<const std::size_t> chosen,
                     const Microdata& second, const std::string& person, const AttackDraws& draws,
                     Progress& progress, const Stop& stop) {
  PARCOURS_CHECK(chosen.size() < 256);
  ASSIGN_OR_RETURN(const SharedColumns shared, share_columns(first, chosen, second));
  const Linker linker(first, chosen, shared, draws);
  if (person.empty()) {
    return linker.link(std::nullopt, progress, stop);
  }
  ASSIGN_OR_RETURN(const ColumnChoice who, columns_named(first, std::span(&person, 1)));
  ASSIGN_OR_RETURN(const SharedColumns whose, share_columns(first, who, second));
  return linker.link(People{first.columns[who[0]].codes, whose.second[0],
                            first.columns[who[0]].dictionary.missing()},
                     progress, stop);
}

Result<Linkage> link_halves(const Microdata& data, std::span<const std::size_t> shared,
                            const AttackDraws& draws, Progress& progress, const Stop& stop) {
  PARCOURS_CHECK(shared.size() < 256);
  SharedColumns same;
  for (const CodeColumn& column : code_columns(data, shared)) {
    same.second.emplace_back(column.codes.begin(), column.codes.end());
    same.values.push_back(column.values);
  }
  std::vector<std::uint32_t> own(data.records);
  std::iota(own.begin(), own.end(), 0);
  return Linker(data, shared, same, draws).link(People{own, own, std::nullopt}, progress, stop);
}

}  // namespace parcours::microdata
