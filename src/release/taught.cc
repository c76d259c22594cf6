#include "release/taught.h"

#include <algorithm>
#include <map>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "base/random.h"
#include "sums/bonds.h"
#include "sums/echelon.h"
#include "sums/elimination.h"
#include "sums/solutions.h"

namespace parcours::release {
namespace {

// Of two sums that give each other away, whether somebody alone in the one learns the other.
bool tells(const Looked& looked, std::uint32_t who, std::uint32_t learnt) {
  const bool of_one_practice =
      looked.practice[who] != 0 && looked.practice[who] == looked.practice[learnt];
  return who != learnt && looked.alone[who] && looked.exposed[learnt] &&
         (looked.counts[who] == 1 || !of_one_practice);
}

// Hidden from everybody but by the releases before, if anything: nothing of this one is shown.
std::vector<bool> not_before(const Looked& looked) {
  std::vector<bool> hidden = looked.before;
  hidden.flip();
  return hidden;
}

// Hidden from who knows the empty cells and nothing else. What a practice works out of its own
// cells and these counts its own patients alone: the sums hold for every set of patients, so one
// who is in none of its cells is not in what they add up to.
std::vector<bool> not_empty(const Looked& looked) {
  std::vector<bool> hidden(looked.hidden.size());
  for (std::size_t u = 0; u < hidden.size(); ++u) {
    hidden[u] = looked.hidden[u] || looked.counts[u] > 0;
  }
  return hidden;
}

// The system as it is seen from outside, and as it would be without this release, and without it
// but for its empty cells. Each is worked out when it is asked for, once.
class Systems {
 public:
  explicit Systems(const Looked& looked) : looked_(looked) {}

  const sums::Echelon& here() { return of(here_, looked_.hidden); }
  const sums::Echelon& before() { return of(before_, not_before(looked_)); }
  const sums::Echelon& empty_cells() { return of(empty_cells_, not_empty(looked_)); }

 private:
  const sums::Echelon& of(std::optional<sums::Echelon>& system, const std::vector<bool>& hidden) {
    if (!system) {
      system.emplace(looked_.system.relations, hidden);
    }
    return *system;
  }

  const Looked& looked_;
  std::optional<sums::Echelon> here_;
  std::optional<sums::Echelon> before_;
  std::optional<sums::Echelon> empty_cells_;
};

// By figure, the bond that it is in; no_bond: none.
constexpr std::uint32_t no_bond = ~std::uint32_t{0};
std::vector<std::uint32_t> bonds_in(const sums::Echelon& system, std::size_t figures,
                                    Random& random) {
  std::vector<std::uint32_t> bond_of(figures, no_bond);
  std::uint32_t number = 0;
  for (const sums::Bond& bond : sums::bonds(system, random)) {
    for (const std::uint32_t cell : bond.cells) {
      bond_of[cell] = number;
    }
    ++number;
  }
  return bond_of;
}

// Groups in which somebody learns something that they do not learn without this release.
std::uint64_t groups_taught(const Looked& looked, Systems& systems) {
  Random random(0);  // any seed: bonds are seen by any draw
  std::vector<sums::Bond> found = sums::bonds(systems.here(), random);
  std::vector<std::vector<std::uint32_t>> anyway;  // without this release, and by its zeros alone
  const auto teaches = [&](const sums::Bond& bond) {
    return std::ranges::any_of(bond.cells, [&](std::uint32_t who) {
      return std::ranges::any_of(bond.cells, [&](std::uint32_t learnt) {
        const auto already = [&](const std::vector<std::uint32_t>& bond_of) {
          return bond_of[who] != no_bond && bond_of[who] == bond_of[learnt];
        };
        return tells(looked, who, learnt) && std::ranges::none_of(anyway, already);
      });
    });
  };
  std::erase_if(found, [&](const sums::Bond& bond) { return !teaches(bond); });
  if (!found.empty()) {
    const std::size_t figures = looked.hidden.size();
    anyway = {bonds_in(systems.before(), figures, random),
              bonds_in(systems.empty_cells(), figures, random)};
  }
  return static_cast<std::uint64_t>(std::ranges::count_if(found, teaches));
}

// What a practice knows that is alone in several hidden figures, and what it works out from them.
struct Practice {
  std::vector<std::uint32_t> known;  // ascending
  std::vector<std::uint32_t> learnt;
};

std::vector<Practice> alone_in_several(const Looked& looked) {
  std::map<std::uint32_t, Practice> by_number;
  for (std::uint32_t u = 0; u < looked.hidden.size(); ++u) {
    if (looked.hidden[u] && looked.practice[u] != 0) {
      by_number[looked.practice[u]].known.push_back(u);
    }
  }
  std::vector<Practice> practices;
  for (auto& [number, practice] : by_number) {
    if (practice.known.size() > 1) {
      practices.push_back(std::move(practice));
    }
  }
  return practices;
}

// The secrets that a practice works out in a system, and it knows so many at least of those that
// hang together with them.
class WorkedOut {
 public:
  WorkedOut(const Looked& looked, const sums::Echelon& system, const std::vector<bool>& secret,
            std::size_t most_known)
      : relations_(looked.system.relations),
        hidden_(hidden_in(system, looked.hidden.size())),
        secret_(secret),
        random_(0),  // any seed: what is determined is 0 in any draw
        solutions_(
            sums::Solutions::to_know(most_known, system, secret, of_practices(looked), random_)) {}

  std::vector<std::uint32_t> by(const std::vector<std::uint32_t>& known,
                                std::size_t at_least) const {
    if (auto found = solutions_.secrets_known_with(known, at_least)) {
      return *std::move(found);
    }
    std::vector<bool> open = hidden_;  // it knows more than was drawn for
    for (const std::uint32_t figure : known) {
      open[figure] = false;
    }
    std::vector<std::uint32_t> found = sums::eliminate(relations_, open).determined;
    std::erase_if(found, [&](std::uint32_t figure) { return !secret_[figure]; });
    return found;
  }

 private:
  static std::vector<bool> hidden_in(const sums::Echelon& system, std::size_t figures) {
    std::vector<bool> hidden(figures, false);
    for (const std::uint32_t figure : system.cells()) {
      hidden[figure] = true;
    }
    return hidden;
  }

  static std::vector<bool> of_practices(const Looked& looked) {
    std::vector<bool> known;
    for (const std::uint32_t practice : looked.practice) {
      known.push_back(practice != 0);
    }
    return known;
  }

  const std::vector<tables::Relation>& relations_;
  const std::vector<bool> hidden_;
  const std::vector<bool>& secret_;
  Random random_;
  const sums::Solutions solutions_;
};

// How many figures practices work out that are alone in several hidden ones and know them all. What
// they know without this release is not counted: what the releases before tell them, and what is
// made of those that they know, where nothing else is but empty cells.
std::uint64_t told_to_practices(const Looked& looked, Systems& systems) {
  std::vector<Practice> practices = alone_in_several(looked);
  if (practices.empty()) {
    return 0;
  }
  const auto known_by = [](const Practice& practice) { return practice.known.size(); };
  const std::size_t most_known = known_by(std::ranges::max(practices, {}, known_by));
  std::vector<bool> secret(looked.hidden.size(), false);
  {
    const WorkedOut here(looked, systems.here(), looked.exposed, most_known);
    for (Practice& practice : practices) {
      practice.learnt = here.by(practice.known, 2);
      for (const std::uint32_t figure : practice.learnt) {
        secret[figure] = true;
      }
    }
  }
  std::uint64_t told = 0;
  using System = const sums::Echelon& (Systems::*)();
  for (const System of : {System{&Systems::before}, System{&Systems::empty_cells}}) {
    std::erase_if(practices, [](const Practice& practice) { return practice.learnt.empty(); });
    if (practices.empty()) {
      break;
    }
    const WorkedOut anyway(looked, (systems.*of)(), secret, most_known);
    for (Practice& practice : practices) {
      const std::vector<std::uint32_t> known = anyway.by(practice.known, 0);
      std::erase_if(practice.learnt, [&](std::uint32_t figure) {
        return std::ranges::binary_search(known, figure);
      });
    }
  }
  for (const Practice& practice : practices) {
    told += practice.learnt.size();
  }
  return told;
}

}  // namespace

std::uint64_t taught(const Looked& looked) {
  Systems systems(looked);
  return groups_taught(looked, systems) + told_to_practices(looked, systems);
}

}  // namespace parcours::release
