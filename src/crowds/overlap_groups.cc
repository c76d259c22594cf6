#include "crowds/overlap_groups.h"

#include <algorithm>
#include <unordered_map>

#include "base/check.h"

namespace parcours {
namespace {

using Places = std::vector<std::uint32_t>;  // by trait

// The places of one trait: its parts, then the categories that are several parts, then all.
class TraitPlaces {
 public:
  explicit TraitPlaces(const PlanOverlap::Trait& trait) : at_part_(trait.parts) {
    for (std::uint32_t part = 0; part < trait.parts; ++part) {
      at_part_[part].push_back(part);
    }
    next_ = trait.parts;
    for (const auto& variable : trait.variables) {
      for (const std::vector<std::uint32_t>& category : variable) {
        if (category.size() > 1 && category.size() < trait.parts) {
          add(category);
        }
      }
    }
    if (trait.parts > 1) {
      Places all(trait.parts);
      for (std::uint32_t part = 0; part < trait.parts; ++part) {
        all[part] = part;
      }
      add(all);
    }
  }

  std::uint32_t count() const { return next_; }
  // Every place that a part is in, itself first.
  const Places& at(std::uint32_t part) const { return at_part_[part]; }

 private:
  void add(const std::vector<std::uint32_t>& parts) {
    for (const std::uint32_t part : parts) {
      at_part_[part].push_back(next_);
    }
    ++next_;
  }

  std::vector<Places> at_part_;
  std::uint32_t next_ = 0;
};

class Groups {
 public:
  Groups(const Counters& counted, std::size_t first, const PlanOverlap& overlap)
      : counted_(counted), first_(first), overlap_(overlap) {
    for (const PlanOverlap::Trait& trait : overlap.traits) {
      traits_.emplace_back(trait);
    }
  }

  Result<CrowdOverlap> make() {
    for (std::uint32_t cell = 0; cell < overlap_.cells; ++cell) {
      if (!counted_.empty(first_ + cell)) {
        meet(cell);
      }
    }
    CrowdOverlap made{.tables = overlap_.tables, .groups = {}, .relations = {}};
    ASSIGN_OR_RETURN(Counters merged, Counters::make(std::max<std::size_t>(places_.size(), 1),
                                                     counted_.layout().kept()));
    for (const auto& [group, cell] : members_) {
      merged.merge(group, counted_, first_ + cell);
    }
    for (std::size_t group = 0; group < places_.size(); ++group) {
      made.groups.push_back(merged.crowd(group));
    }
    made.relations = relations();
    return made;
  }

 private:
  // The cell is a member of one group for each choice of a place in each trait.
  void meet(std::uint32_t cell) {
    std::vector<std::uint32_t> parts;
    for (const PlanOverlap::Trait& trait : overlap_.traits) {
      parts.push_back(cell / trait.stride % trait.parts);
    }
    Places places(parts.size());
    std::vector<std::size_t> choice(parts.size(), 0);
    while (true) {
      for (std::size_t t = 0; t < parts.size(); ++t) {
        places[t] = traits_[t].at(parts[t])[choice[t]];
      }
      members_.emplace_back(group_at(places), cell);
      std::size_t t = 0;
      while (t < parts.size() && ++choice[t] == traits_[t].at(parts[t]).size()) {
        choice[t++] = 0;
      }
      if (t == parts.size()) {
        return;
      }
    }
  }

  std::uint64_t key_of(const Places& places) const {
    std::uint64_t key = 0;
    for (std::size_t t = places.size(); t-- > 0;) {
      key = key * traits_[t].count() + places[t];
    }
    return key;
  }

  std::uint32_t group_at(const Places& places) {
    const auto [at, fresh] =
        groups_.try_emplace(key_of(places), static_cast<std::uint32_t>(places_.size()));
    if (fresh) {
      places_.push_back(places);
    }
    return at->second;
  }

  std::vector<Relation> relations() {
    // By group and trait, where it is not at a part: the groups at its parts there.
    std::vector<Relation> relations;
    std::unordered_map<std::uint64_t, std::uint32_t> relation_of;
    for (std::uint32_t group = 0; group < places_.size(); ++group) {
      Places places = places_[group];
      for (std::size_t t = 0; t < places.size(); ++t) {
        const std::uint32_t part = places[t];
        if (part >= overlap_.traits[t].parts) {
          continue;
        }
        for (const std::uint32_t place : traits_[t].at(part)) {
          if (place == part) {
            continue;
          }
          places[t] = place;
          const std::uint32_t whole = groups_.at(key_of(places));
          const auto [at, fresh] =
              relation_of.try_emplace(std::uint64_t{whole} * places.size() + t,
                                      static_cast<std::uint32_t>(relations.size()));
          if (fresh) {
            relations.push_back({{{whole, 1}}});
          }
          relations[at->second].terms.push_back({group, -1});
        }
        places[t] = part;
      }
    }
    return relations;
  }

  const Counters& counted_;
  const std::size_t first_;
  const PlanOverlap& overlap_;
  std::vector<TraitPlaces> traits_;
  std::unordered_map<std::uint64_t, std::uint32_t> groups_;       // by places
  std::vector<Places> places_;                                    // by group
  std::vector<std::pair<std::uint32_t, std::uint32_t>> members_;  // group and cell
};

}  // namespace

Result<CrowdOverlap> overlap_groups(const Counters& counted, std::size_t first,
                                    const PlanOverlap& overlap) {
  return Groups(counted, first, overlap).make();
}

}  // namespace parcours
