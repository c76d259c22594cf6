#include "past/two_tellings.h"

#include <algorithm>
#include <map>

#include "crowds/roll.h"

namespace parcours::past {

Projection::Projection(std::span<const tables::Dimension> all, std::span<const std::size_t> some) {
  std::size_t places = 1;
  for (const tables::Dimension& dimension : all) {
    places *= dimension.categories.size();
  }
  for (const std::size_t d : some) {
    values_ *= static_cast<std::uint32_t>(all[d].categories.size());
  }
  std::vector<std::uint32_t> categories;
  for (std::uint32_t place = 0; place < places; ++place) {
    crowds::categories_at(all, place, categories);
    std::uint32_t value = 0;
    for (const std::size_t d : some) {
      value = value * static_cast<std::uint32_t>(all[d].categories.size()) + categories[d];
    }
    of_place_.push_back(value);
  }
}

std::array<TwoTellings::Telling, 2> TwoTellings::sides() const {
  const auto by_past = classes([&](std::size_t kind) { return class_by_past(kind); });
  const auto by_now = classes([&](std::size_t kind) { return class_by_now(kind); });
  const bool past_is_finer = determines(true);
  const bool now_is_finer = determines(false);
  if (past_is_finer && now_is_finer) {
    return {telling(by_past, {}), telling(by_past, {})};
  }
  if (past_is_finer) {
    return {telling(by_past, by_now), telling(by_now, {})};
  }
  if (now_is_finer) {
    return {telling(by_past, {}), telling(by_now, by_past)};
  }
  const auto both = classes([](std::size_t kind) { return kind; });
  return {telling(both, by_past), telling(both, by_now)};
}

std::uint32_t TwoTellings::past_of(std::size_t kind) const {
  const auto value = static_cast<std::uint32_t>(kind / (now_ + 1));
  return value == past_ ? study::no_cell : value;
}

std::uint32_t TwoTellings::now_of(std::size_t kind) const {
  const auto value = static_cast<std::uint32_t>(kind % (now_ + 1));
  return value == now_ ? study::no_cell : value;
}

// The only value of the other table that goes with this one, no_cell where there is not one alone.
std::uint32_t TwoTellings::goes_with(bool of_past, std::uint32_t value) const {
  std::uint32_t found = study::no_cell;
  const std::uint32_t others = of_past ? now_ : past_;
  for (std::uint32_t other = 0; other < others; ++other) {
    if (met_[of_past ? kind(value, other) : kind(other, value)]) {
      if (found != study::no_cell) {
        return study::no_cell;
      }
      found = other;
    }
  }
  return found;
}

// Whether each value of the one goes with at most one of the other.
bool TwoTellings::determines(bool of_past) const {
  for (std::uint32_t value = 0; value < (of_past ? past_ : now_); ++value) {
    std::size_t with = 0;
    for (std::uint32_t other = 0; other < (of_past ? now_ : past_); ++other) {
      with += met_[of_past ? kind(value, other) : kind(other, value)] ? 1 : 0;
    }
    if (with > 1) {
      return false;
    }
  }
  return true;
}

// Who has no value in the one table has the one that goes with theirs in the other; where there is
// none, they are of a class of their own, beyond the values.
std::size_t TwoTellings::class_by_past(std::size_t kind) const {
  const std::uint32_t past = past_of(kind);
  const std::uint32_t with = past != study::no_cell ? past : goes_with(false, now_of(kind));
  return with != study::no_cell ? with : std::size_t{past_} + 1 + now_of(kind);
}

std::size_t TwoTellings::class_by_now(std::size_t kind) const {
  const std::uint32_t now = now_of(kind);
  const std::uint32_t with = now != study::no_cell ? now : goes_with(true, past_of(kind));
  return with != study::no_cell ? with : std::size_t{now_} + 1 + past_of(kind);
}

// By kind that somebody is of: the number of its class, in the order of the classes.
template <class ClassOf>
std::vector<std::uint32_t> TwoTellings::classes(ClassOf class_of) const {
  std::map<std::size_t, std::uint32_t> number;
  for (std::size_t kind = 0; kind < met_.size(); ++kind) {
    if (met_[kind]) {
      number.emplace(class_of(kind), 0);
    }
  }
  std::uint32_t next = 0;
  for (auto& [key, at] : number) {
    at = next++;
  }
  std::vector<std::uint32_t> made(met_.size(), study::no_cell);
  for (std::size_t kind = 0; kind < met_.size(); ++kind) {
    if (met_[kind]) {
      made[kind] = number.at(class_of(kind));
    }
  }
  return made;
}

TwoTellings::Telling TwoTellings::telling(const std::vector<std::uint32_t>& parts,
                                          const std::vector<std::uint32_t>& sets) {
  Telling made{parts, 0, {}};
  std::map<std::uint32_t, std::vector<std::uint32_t>> by_set;
  for (std::size_t kind = 0; kind < parts.size(); ++kind) {
    if (parts[kind] == study::no_cell) {
      continue;
    }
    made.parts = std::max(made.parts, parts[kind] + 1);
    if (!sets.empty()) {
      by_set[sets[kind]].push_back(parts[kind]);
    }
  }
  for (auto& [set, of_set] : by_set) {
    std::ranges::sort(of_set);
    const auto [first, last] = std::ranges::unique(of_set);
    of_set.erase(first, last);
    made.sets.push_back(std::move(of_set));
  }
  return made;
}

}  // namespace parcours::past
