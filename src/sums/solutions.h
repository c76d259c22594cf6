// Solutions drawn from all that fit what is published: what somebody cannot distinguish.
//
// Let N be the solutions of the homogeneous system of the hidden sums. A sum that is determined is
// 0 in all of N, and so in every draw; one that is not is 0 in a draw with chance 2^-61. Whoever
// knows some of the sums is left with the solutions in which these are 0. Combinations of as many
// draws as they know sums, and one more, are draws of those. So one elimination serves everybody.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/random.h"
#include "sums/echelon.h"
#include "sums/field.h"

namespace parcours::sums {

class Solutions {
 public:
  // Of the hidden sums of the system, by sum: those that must not be worked out, and others that
  // are asked about. What the rest are is not kept.
  Solutions(const Echelon& echelon, const std::vector<bool>& secret, const std::vector<bool>& asked,
            std::size_t draws, Random& random);

  // With as many draws as it takes to ask of who knows so many sums, as far as memory goes: 1 GB of
  // them at most.
  static Solutions to_know(std::size_t known, const Echelon& echelon,
                           const std::vector<bool>& secret, const std::vector<bool>& asked,
                           Random& random);

  // What somebody cannot distinguish who knows these sums, ascending: the solutions of the parts
  // that have several of them in which all are 0, and all of `published` too. Nothing where no part
  // has; no `cells` where too few solutions are left to draw from.
  std::optional<Solutions> knowing(std::span<const std::uint32_t> known,
                                   std::span<const std::uint32_t> published,
                                   const std::vector<bool>& secret, std::size_t draws) const;

  // The other secrets that are known to who knows these sums, ascending: those in the parts that
  // have at least so many of them. Nothing where too few solutions were drawn to say.
  std::optional<std::vector<std::uint32_t>> secrets_known_with(std::span<const std::uint32_t> known,
                                                               std::size_t at_least) const;

  std::span<const std::uint32_t> cells() const { return cells_; }
  // The number of a sum among the cells, if it is one.
  std::optional<std::uint32_t> number(std::uint32_t sum) const;
  const std::vector<std::uint32_t>& part(std::uint32_t unknown) const {
    return members_[part_of_[unknown]];
  }

  // How many solutions are still the part's own: each sum that is published costs it one.
  std::size_t left(std::uint32_t unknown) const { return left_[part_of_[unknown]]; }

  // What is 0 in every solution is known: nothing rests on its being hidden.
  bool known(std::uint32_t unknown) const {
    return drawn_[0][unknown] == 0 && drawn_[1][unknown] == 0;
  }

  bool knows(std::uint32_t sum) const {
    const auto at = number(sum);
    return at && known(*at);
  }

  // Whether a secret is a multiple of this one on all that is left. `anew`: one that is not known
  // already.
  bool gives_away(std::uint32_t unknown, bool anew);

  const std::vector<Element>& drawn(std::size_t i) const { return drawn_[i]; }

  // Leaves the solutions in which this one is 0.
  void publish(std::uint32_t unknown);

  // Field operations since it was asked last.
  std::uint64_t work();

 private:
  Solutions() = default;
  Solutions(const Echelon& echelon, const std::vector<bool>& secret,
            const std::vector<bool>& asked);
  void draw(const Echelon& echelon, std::size_t draws, Random& random);
  void add_part(std::vector<std::uint32_t> members);
  void find_secrets(const std::vector<bool>& secret);
  // By part, which of these sums it has that are not known, as unknowns.
  std::vector<std::vector<std::uint32_t>> by_part(std::span<const std::uint32_t> sums) const;

  // Solutions that are 0 in some unknowns: each is one of those drawn and a combination of others,
  // which are the same for all.
  struct Vanishing {
    struct Made {
      std::size_t drawn;
      std::vector<Element> factors;  // by one of `along`
    };
    std::vector<std::size_t> along;
    std::vector<Made> made;
  };
  // Of the first so many draws, and one for each of the unknowns.
  Vanishing vanishing_at(std::span<const std::uint32_t> unknowns, std::size_t draws) const;
  std::vector<Element> values(const Vanishing& vanishing, const Vanishing::Made& made,
                              std::span<const std::uint32_t> unknowns) const;

  std::vector<std::uint32_t> cells_;                 // sums, ascending
  std::vector<std::uint32_t> unknowns_;              // of the system that they were drawn from
  std::vector<std::uint32_t> part_of_;               // by unknown
  std::vector<std::vector<std::uint32_t>> members_;  // by part
  std::vector<std::size_t> left_;                    // by part
  std::vector<std::vector<std::uint32_t>> secrets_;  // by part
  std::vector<std::vector<Element>> drawn_;
  std::uint64_t work_ = 0;
};

}  // namespace parcours::sums
