// The input of secondary suppression: sums of people or of values, from any kind of table, and all
// relations among them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tables/relations.h"

namespace parcours::protect {

// Sums are numbered from 0. By sum where not said otherwise.
struct Sums {
  std::vector<tables::Relation> relations;
  std::vector<bool> unsafe;          // hidden whatever it costs
  std::vector<bool> fixed;           // published whatever happens
  std::vector<std::uint64_t> costs;  // what it costs to hide it

  // Of counts of people; empty of sums of a value, about which nothing below is asked.
  std::vector<std::int64_t> counts;
  // The least width of the interval that an outsider can derive for an unsafe sum; 0: not required.
  std::int64_t width = 0;
  // The value that a hidden sum is publicly known to have at least: 1 if empty sums are always
  // published. An unseen sum may be 0.
  std::int64_t least = 0;
  // An insider is alone in the sum and so knows it; they must not learn an `exposed` one. Empty:
  // not required.
  std::vector<bool> alone;
  std::vector<bool> exposed;
  // The practice that is alone in the sum, numbered from 1; 0: none. It knows all sums that it is
  // alone in at once. Empty: of none.
  std::vector<std::uint32_t> practice{};
  // Published if other sums can be hidden instead. Empty: none.
  std::vector<bool> needed{};
  // Never published, of no table: hidden at no cost. A safe one may be determined. Empty: none.
  std::vector<bool> unseen{};
  // An unseen one that is publicly known not to be 0. Empty: none.
  std::vector<bool> peopled{};
  // Fixed because it was published before, by others: what such sums give away by themselves,
  // nothing that is hidden here can mend, and it stays as it is. Empty: none.
  std::vector<bool> before{};
  // Whether all fixed sums were published before: then that holds for what they narrow as well.
  bool told_before = false;
  // How wide what was published before leaves a sum by itself, the width asked at most. A sum that
  // is narrower with everything hidden is refused. Empty: of none.
  std::function<std::int64_t(std::uint32_t)> left_before{};
  // Where a sum stands, for error messages. Empty: not known.
  std::function<std::string(std::uint32_t)> place{};
  // By sum: whether the width is asked, where it is unsafe. Empty: of all.
  std::vector<bool> asked{};
  // By sum: what is asked of it, where that is less than the width. Empty: of none.
  std::vector<std::int64_t> widths{};

  bool was_before(std::uint32_t sum) const { return !before.empty() && before[sum]; }
  std::int64_t width_of(std::uint32_t sum) const {
    return widths.empty() ? width : std::min(width, widths[sum]);
  }
  bool asks_width(std::uint32_t sum) const {
    return unsafe[sum] && (asked.empty() || asked[sum]) && width_of(sum) > 0;
  }
  bool is_unseen(std::uint32_t sum) const { return !unseen.empty() && unseen[sum]; }
  // The least value of a sum, as far as it is publicly known, and no more than it has.
  std::int64_t least_of(std::uint32_t sum) const {
    const bool may_be_empty = is_unseen(sum) && (peopled.empty() || !peopled[sum]);
    return may_be_empty ? 0 : std::min(least, counts[sum]);
  }
};

// By sum: hidden or published.
using Hidden = std::vector<bool>;

// By sum, the relations that contain it.
std::vector<std::vector<std::uint32_t>> relations_by_sum(const Sums& sums);

// Among bonded sums (sums/bonds.h): one that an insider is alone in, who then learns another,
// exposed one that they do not know anyway. `told`: who is told the other one whatever is hidden.
using Told = std::function<bool(std::uint32_t who, std::uint32_t learnt)>;
std::optional<std::uint32_t> who_learns(const Sums& sums, std::span<const std::uint32_t> bonded,
                                        const Told& told = {});

// What each practice that is alone in several sums knows: these sums, ascending. In the order of
// their first ones, whatever the practices' numbers.
std::vector<std::vector<std::uint32_t>> known_to_practices(const Sums& sums);

// By sum, of so many: whether it is in one of these lists.
std::vector<bool> marked(const std::vector<std::vector<std::uint32_t>>& lists, std::size_t sums);

// The hidden sums that relations link with several of `known`, less these: what whoever knows all
// of them might work out that bonds do not show. `known` ascends; `by_sum` are the sums' relations.
Hidden in_question(const Sums& sums, const std::vector<std::vector<std::uint32_t>>& by_sum,
                   const Hidden& hidden, std::span<const std::uint32_t> known);

}  // namespace parcours::protect
