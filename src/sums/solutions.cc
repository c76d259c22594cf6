#include "sums/solutions.h"

#include <algorithm>
#include <utility>

#include "sums/bonds.h"

namespace parcours::sums {
namespace {

// Fewer leave nothing to compare.
constexpr std::size_t least_draws = 3;

}  // namespace

Solutions::Solutions(const Echelon& echelon, const std::vector<bool>& secret,
                     const std::vector<bool>& asked)
    : work_(echelon.work()) {
  const std::vector<std::uint32_t> parts = echelon.parts();
  std::vector<std::vector<std::uint32_t>> members(parts.size());  // by first one
  for (std::uint32_t u = 0; u < parts.size(); ++u) {
    const std::uint32_t sum = echelon.cells()[u];
    if (secret[sum] || asked[sum]) {
      members[parts[u]].push_back(static_cast<std::uint32_t>(cells_.size()));
      cells_.push_back(sum);
      unknowns_.push_back(u);
    }
  }
  part_of_.resize(cells_.size());
  for (std::vector<std::uint32_t>& of_part : members) {
    if (!of_part.empty()) {
      add_part(std::move(of_part));
    }
  }
  find_secrets(secret);
}

Solutions::Solutions(const Echelon& echelon, const std::vector<bool>& secret,
                     const std::vector<bool>& asked, std::size_t draws, Random& random)
    : Solutions(echelon, secret, asked) {
  draw(echelon, draws, random);
}

Solutions Solutions::to_know(std::size_t known, const Echelon& echelon,
                             const std::vector<bool>& secret, const std::vector<bool>& asked,
                             Random& random) {
  constexpr std::size_t most_drawn = std::size_t{1} << 27;
  Solutions made(echelon, secret, asked);
  const std::size_t room = most_drawn / std::max(made.cells_.size(), std::size_t{1});
  made.draw(echelon, std::max(least_draws, std::min(known + least_draws, room)), random);
  return made;
}

void Solutions::draw(const Echelon& echelon, std::size_t draws, Random& random) {
  drawn_ = echelon.draw(random, draws, unknowns_);
  left_.assign(members_.size(), draws);
}

std::vector<std::vector<std::uint32_t>> Solutions::by_part(
    std::span<const std::uint32_t> sums) const {
  std::vector<std::vector<std::uint32_t>> found(members_.size());
  for (const std::uint32_t sum : sums) {
    if (const auto unknown = number(sum); unknown && !known(*unknown)) {
      found[part_of_[*unknown]].push_back(*unknown);
    }
  }
  return found;
}

// Elimination in the values at the unknowns alone. `factors` of a draw say what of the rows that
// pivots were taken from is in it by now; those of the pivots themselves undo it in the end.
Solutions::Vanishing Solutions::vanishing_at(std::span<const std::uint32_t> unknowns,
                                             std::size_t draws) const {
  const std::size_t rows = draws + unknowns.size();
  std::vector<std::vector<Element>> values(rows);
  std::vector<std::vector<Element>> factors(rows);
  std::vector<bool> used(rows, false);
  for (std::size_t row = 0; row < rows; ++row) {
    for (const std::uint32_t u : unknowns) {
      values[row].push_back(drawn_[row][u]);
    }
  }
  Vanishing found;
  for (std::size_t at = 0; at < unknowns.size(); ++at) {
    std::size_t pivot = rows;
    while (pivot > 0 && (used[pivot - 1] || values[pivot - 1][at] == 0)) {
      --pivot;
    }
    if (pivot-- == 0) {
      continue;
    }
    used[pivot] = true;
    found.along.push_back(pivot);
    const Element scale = minus(inverse(values[pivot][at]));
    for (std::size_t row = 0; row < rows; ++row) {
      if (used[row]) {
        continue;
      }
      const Element factor = times(values[row][at], scale);
      for (std::size_t rest = at; rest < unknowns.size(); ++rest) {
        values[row][rest] = plus(values[row][rest], times(factor, values[pivot][rest]));
      }
      factors[row].push_back(factor);
    }
  }
  for (std::size_t row = 0; row < rows && found.made.size() < draws; ++row) {
    if (used[row]) {
      continue;
    }
    std::vector<Element> own = std::move(factors[row]);
    for (std::size_t c = own.size(); c-- > 0;) {
      const std::vector<Element>& of_pivot = factors[found.along[c]];
      for (std::size_t before = 0; before < c; ++before) {
        own[before] = plus(own[before], times(own[c], of_pivot[before]));
      }
    }
    found.made.push_back({row, std::move(own)});
  }
  return found;
}

std::vector<Element> Solutions::values(const Vanishing& vanishing, const Vanishing::Made& made,
                                       std::span<const std::uint32_t> unknowns) const {
  std::vector<Uint128> sums;
  for (const std::uint32_t u : unknowns) {
    sums.push_back(drawn_[made.drawn][u]);
  }
  const auto reduce = [&] { std::ranges::transform(sums, sums.begin(), element_of_products); };
  for (std::size_t c = 0; c < vanishing.along.size(); ++c) {
    const std::vector<Element>& along = drawn_[vanishing.along[c]];
    const Uint128 factor = made.factors[c];
    for (std::size_t i = 0; i < unknowns.size(); ++i) {
      sums[i] += factor * along[unknowns[i]];
    }
    if (c % most_products == most_products - 1) {
      reduce();
    }
  }
  reduce();
  return {sums.begin(), sums.end()};
}

std::optional<Solutions> Solutions::knowing(std::span<const std::uint32_t> known,
                                            std::span<const std::uint32_t> published,
                                            const std::vector<bool>& secret,
                                            std::size_t draws) const {
  std::vector<std::vector<std::uint32_t>> zero = by_part(known);
  const std::vector<std::vector<std::uint32_t>> zero_to_all = by_part(published);
  std::vector<std::size_t> concerned;  // parts
  for (std::size_t part = 0; part < zero.size(); ++part) {
    if (zero[part].size() > 1) {
      concerned.push_back(part);
      zero[part].insert(zero[part].end(), zero_to_all[part].begin(), zero_to_all[part].end());
    }
  }
  if (concerned.empty()) {
    return std::nullopt;
  }
  Solutions made;
  std::vector<std::uint32_t> from;  // by unknown of `made`: the one of these
  for (const std::size_t part : concerned) {
    from.insert(from.end(), members_[part].begin(), members_[part].end());
    if (left_[part] < zero[part].size() + least_draws) {
      return made;
    }
  }
  std::ranges::sort(from);
  made.part_of_.resize(from.size());
  for (const std::uint32_t u : from) {
    made.cells_.push_back(cells_[u]);
  }
  made.drawn_.assign(draws, std::vector<Element>(from.size()));
  for (const std::size_t part : concerned) {
    const std::size_t of_part = std::min(draws, left_[part] - zero[part].size());
    const Vanishing vanishing = vanishing_at(zero[part], of_part);
    std::vector<std::uint32_t> members;
    for (const std::uint32_t u : members_[part]) {
      members.push_back(
          static_cast<std::uint32_t>(std::ranges::lower_bound(from, u) - from.begin()));
    }
    for (std::size_t i = 0; i < of_part; ++i) {
      const std::vector<Element> of_members = values(vanishing, vanishing.made[i], members_[part]);
      for (std::size_t m = 0; m < members.size(); ++m) {
        made.drawn_[i][members[m]] = of_members[m];
      }
    }
    made.work_ += of_part * vanishing.along.size() * members.size();
    made.add_part(std::move(members));
    made.left_.push_back(of_part);
  }
  made.find_secrets(secret);
  return made;
}

std::optional<std::vector<std::uint32_t>> Solutions::secrets_known_with(
    std::span<const std::uint32_t> known, std::size_t at_least) const {
  const std::vector<std::vector<std::uint32_t>> zero = by_part(known);
  std::vector<std::uint32_t> found;
  for (std::size_t part = 0; part < zero.size(); ++part) {
    if (zero[part].size() < at_least || secrets_[part].empty()) {
      continue;
    }
    if (left_[part] < zero[part].size() + 1) {
      return std::nullopt;
    }
    const Vanishing vanishing = vanishing_at(zero[part], 1);
    const std::vector<Element> of_secrets =
        values(vanishing, vanishing.made.front(), secrets_[part]);
    for (std::size_t i = 0; i < of_secrets.size(); ++i) {
      const std::uint32_t sum = cells_[secrets_[part][i]];
      if (of_secrets[i] == 0 && !std::ranges::binary_search(known, sum)) {
        found.push_back(sum);
      }
    }
  }
  std::ranges::sort(found);
  return found;
}

std::optional<std::uint32_t> Solutions::number(std::uint32_t sum) const {
  const auto at = std::ranges::lower_bound(cells_, sum);
  return at == cells_.end() || *at != sum
             ? std::nullopt
             : std::optional(static_cast<std::uint32_t>(at - cells_.begin()));
}

bool Solutions::gives_away(std::uint32_t unknown, bool anew) {
  const std::vector<std::uint32_t>& secrets = secrets_[part_of_[unknown]];
  work_ += secrets.size();
  return std::ranges::any_of(secrets, [&](std::uint32_t i) {
    return bonded(drawn_[0], drawn_[1], i, unknown) && !(anew && known(i));
  });
}

void Solutions::publish(std::uint32_t unknown) {
  const std::vector<std::uint32_t>& part = this->part(unknown);
  const std::size_t last = --left_[part_of_[unknown]];
  for (std::size_t i = last; i-- > 0 && drawn_[last][unknown] == 0;) {
    for (const std::uint32_t j : part) {
      std::swap(drawn_[last][j], drawn_[i][j]);
    }
  }
  const std::vector<Element>& along = drawn_[last];
  if (along[unknown] != 0) {
    const Element scale = minus(inverse(along[unknown]));
    for (std::size_t i = 0; i < last; ++i) {
      const Element factor = times(drawn_[i][unknown], scale);
      for (const std::uint32_t j : part) {
        drawn_[i][j] = plus(drawn_[i][j], times(factor, along[j]));
      }
    }
    work_ += last * part.size();
  }
}

std::uint64_t Solutions::work() {
  return std::exchange(work_, 0);
}

// `part_of_` has room for its members.
void Solutions::add_part(std::vector<std::uint32_t> members) {
  for (const std::uint32_t u : members) {
    part_of_[u] = static_cast<std::uint32_t>(members_.size());
  }
  members_.push_back(std::move(members));
}

void Solutions::find_secrets(const std::vector<bool>& secret) {
  secrets_.resize(members_.size());
  for (std::uint32_t u = 0; u < cells_.size(); ++u) {
    if (secret[cells_[u]]) {
      secrets_[part_of_[u]].push_back(u);
    }
  }
}

}  // namespace parcours::sums
