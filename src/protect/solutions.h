// Solutions drawn from all that fit what is published: what somebody cannot distinguish.
//
// Let N be the solutions of the homogeneous system of the hidden sums. A sum that is determined is
// 0 in all of N, and so in every draw; one that is not is 0 in a draw with chance 2^-61. Whoever
// knows some of the sums is left with the solutions in which these are 0: subtracting from some
// draws their part along another one gives draws of those. So one elimination serves everybody.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/random.h"
#include "protect/sums.h"
#include "sums/field.h"

namespace parcours::protect {

class Solutions {
 public:
  // Of the sums of `open`, which no relation links with another hidden one that is not known. Those
  // that `secret` says must not be worked out.
  Solutions(const Sums& sums, const Hidden& open, const std::vector<bool>& secret,
            std::size_t draws, Random& random);

  // What somebody cannot distinguish who knows these sums, ascending: the solutions of the parts
  // that have several of them in which all are 0. Nothing where no part has; no `cells` where too
  // few solutions are left to draw from.
  std::optional<Solutions> knowing(std::span<const std::uint32_t> known,
                                   const std::vector<bool>& secret, std::size_t draws) const;

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
  // The secrets that are known here and not in `others`, as sums.
  std::vector<std::uint32_t> known_beyond(const Solutions& others) const;

  // Whether a secret is a multiple of this one on all that is left. `anew`: one that is not known
  // already.
  bool gives_away(std::uint32_t unknown, bool anew);

  const std::vector<sums::Element>& drawn(std::size_t i) const { return drawn_[i]; }

  // Leaves the solutions in which this one is 0.
  void publish(std::uint32_t unknown);

  // Field operations since it was asked last.
  std::uint64_t work();

 private:
  Solutions() = default;
  void add_part(std::vector<std::uint32_t> members, std::size_t draws);
  void find_secrets(const std::vector<bool>& secret);

  std::vector<std::uint32_t> cells_;                 // sums, ascending
  std::vector<std::uint32_t> part_of_;               // by unknown
  std::vector<std::vector<std::uint32_t>> members_;  // by part
  std::vector<std::size_t> left_;                    // by part
  std::vector<std::vector<std::uint32_t>> secrets_;  // by part
  std::vector<std::vector<sums::Element>> drawn_;
  std::uint64_t work_ = 0;
};

}  // namespace parcours::protect
