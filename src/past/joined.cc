#include "past/joined.h"

#include <utility>

#include "tables/relations.h"

namespace parcours::past {

void Joined::add(crowds::CrowdOverlap overlap) {
  if (overlap.mean_of) {  // what its groups had of a value is its own
    all_.push_back({.overlap = std::move(overlap), .numbers = {}});
    return;
  }
  const auto [at, fresh] = place_.try_emplace(
      Kind{overlap.of, overlap.differences, overlap.peopled, overlap.with_past}, all_.size());
  if (fresh) {
    all_.push_back({.overlap = {.of = overlap.of,
                                .differences = overlap.differences,
                                .peopled = overlap.peopled,
                                .with_past = overlap.with_past,
                                .groups = {},
                                .relations = {}},
                    .numbers = {}});
  }
  join(all_[at->second], std::move(overlap));
}

void Joined::join(One& into, crowds::CrowdOverlap overlap) {
  crowds::CrowdOverlap& joined = into.overlap;
  std::vector<std::uint32_t> numbers;
  for (std::size_t g = 0; g < overlap.groups.size(); ++g) {
    crowds::Crowd& group = overlap.groups[g];
    const auto [at, fresh] = into.numbers.try_emplace(
        {group.fingerprint, group.practices, group.largest_practice, group.only_practice},
        static_cast<std::uint32_t>(joined.groups.size()));
    if (fresh) {
      group.value.reset();
      joined.groups.push_back(group);
      joined.known.push_back(false);
    }
    joined.known[at->second] = joined.known[at->second] || overlap.knows(g);
    numbers.push_back(at->second);
  }
  for (tables::Relation& relation : tables::in_numbers(std::move(overlap.relations), numbers)) {
    joined.relations.push_back(std::move(relation));
  }
  // Those that are met again are dropped when they are as many as the others.
  constexpr std::size_t some = 4096;
  if (joined.relations.size() > 2 * into.distinct + some) {
    joined.relations = tables::distinct(std::move(joined.relations));
    into.distinct = joined.relations.size();
  }
}

std::vector<crowds::CrowdOverlap> Joined::take() && {
  std::vector<crowds::CrowdOverlap> made;
  for (One& one : all_) {
    one.overlap.relations = tables::distinct(std::move(one.overlap.relations));
    made.push_back(std::move(one.overlap));
  }
  return made;
}

}  // namespace parcours::past
