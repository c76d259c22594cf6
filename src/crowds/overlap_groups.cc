#include "crowds/overlap_groups.h"

#include <algorithm>
#include <unordered_map>

#include "base/check.h"

namespace parcours::crowds {
namespace {

using Places = std::vector<std::uint32_t>;  // by trait

// The places of one trait: its parts, then the sets of several parts, then all. The sets are a
// partition, so every place but the last is a part of one other at most.
class TraitPlaces {
 public:
  explicit TraitPlaces(const study::PlanOverlap::Trait& trait)
      : above_(trait.parts, tables::no_number) {
    for (const std::vector<std::uint32_t>& set : trait.sets) {
      if (set.size() > 1 && set.size() < trait.parts) {
        const auto place = static_cast<std::uint32_t>(above_.size());
        above_.push_back(tables::no_number);
        for (const std::uint32_t part : set) {
          above_[part] = place;
        }
      }
    }
    if (trait.parts > 1) {
      const auto all = static_cast<std::uint32_t>(above_.size());
      for (std::uint32_t& above : above_) {
        above = above == tables::no_number ? all : above;
      }
      above_.push_back(tables::no_number);
    }
  }

  std::size_t count() const { return above_.size(); }
  // The place that this one is summed up to, or no_number.
  std::uint32_t above(std::uint32_t place) const { return above_[place]; }
  // Every place that a part is in, itself first.
  Places at(std::uint32_t part) const {
    Places places;
    for (std::uint32_t place = part; place != tables::no_number; place = above_[place]) {
      places.push_back(place);
    }
    return places;
  }

 private:
  Places above_;
};

class Groups {
 public:
  Groups(const Counters& counted, std::size_t first, const study::PlanOverlap& overlap)
      : counted_(counted), first_(first), overlap_(overlap) {
    for (const study::PlanOverlap::Trait& trait : overlap.traits) {
      traits_.emplace_back(trait);
    }
  }

  Result<CrowdOverlap> make() {
    for (std::uint32_t cell = 0; cell < overlap_.cells; ++cell) {
      if (!counted_.empty(first_ + cell)) {
        meet(cell);
      }
    }
    std::vector<std::vector<bool>> present;
    for (const study::PlanOverlap::Trait& trait : overlap_.traits) {
      present.emplace_back(trait.parts, false);
    }
    for (const Places& places : places_) {
      for (std::size_t t = 0; t < places.size(); ++t) {
        if (places[t] < overlap_.traits[t].parts) {
          present[t][places[t]] = true;
        }
      }
    }
    CrowdOverlap made{.of = overlap_.of,
                      .differences = false,
                      .groups = {},
                      .relations = {},
                      .present = std::move(present)};
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
    std::vector<Places> at;  // by trait: where the cell is
    for (std::size_t t = 0; t < traits_.size(); ++t) {
      const study::PlanOverlap::Trait& trait = overlap_.traits[t];
      at.push_back(traits_[t].at(cell / trait.stride % trait.parts));
    }
    Places places(at.size());
    std::vector<std::size_t> choice(at.size(), 0);
    while (true) {
      for (std::size_t t = 0; t < at.size(); ++t) {
        places[t] = at[t][choice[t]];
      }
      members_.emplace_back(group_at(places), cell);
      std::size_t t = 0;
      while (t < at.size() && ++choice[t] == at[t].size()) {
        choice[t++] = 0;
      }
      if (t == at.size()) {
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

  // Along each trait, the group at a place above others is their sum.
  std::vector<tables::Relation> relations() {
    std::vector<tables::Relation> relations;
    std::unordered_map<std::uint64_t, std::size_t> relation_of;
    for (std::uint32_t group = 0; group < places_.size(); ++group) {
      Places places = places_[group];
      for (std::size_t t = 0; t < places.size(); ++t) {
        const std::uint32_t place = places[t];
        if (traits_[t].above(place) == tables::no_number) {
          continue;
        }
        places[t] = traits_[t].above(place);
        const std::uint32_t whole = groups_.at(key_of(places));
        places[t] = place;
        const auto [at, fresh] =
            relation_of.try_emplace(std::uint64_t{whole} * places.size() + t, relations.size());
        if (fresh) {
          relations.push_back({{{whole, 1}}});
        }
        relations[at->second].terms.push_back({group, -1});
      }
    }
    return relations;
  }

  const Counters& counted_;
  const std::size_t first_;
  const study::PlanOverlap& overlap_;
  std::vector<TraitPlaces> traits_;
  std::unordered_map<std::uint64_t, std::uint32_t> groups_;       // by places
  std::vector<Places> places_;                                    // by group
  std::vector<std::pair<std::uint32_t, std::uint32_t>> members_;  // group and cell
};

}  // namespace

Result<CrowdOverlap> overlap_groups(const Counters& counted, std::size_t first,
                                    const study::PlanOverlap& overlap) {
  return Groups(counted, first, overlap).make();
}

}  // namespace parcours::crowds
