// Derivations made shorter. For derive()'s own use.
#pragma once

#include <vector>

#include "audit/derivation.h"

namespace parcours::audit {

// Knows the sums in which every cell is published.
class Shortener {
 public:
  explicit Shortener(const sums::System& system);

  // The same sum by as few terms as replacing one sum after another finds; cells of 0 count for
  // nothing.
  void shorten(Derivation& derivation) const;

 private:
  const sums::System& system_;
  std::vector<std::uint32_t> starts_;   // by cell: where its relations begin
  std::vector<std::uint32_t> holding_;  // relations without an unknown cell, by cell
};

}  // namespace parcours::audit
