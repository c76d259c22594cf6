#include "protect/solutions.h"

#include <algorithm>
#include <map>
#include <utility>

#include "sums/bonds.h"
#include "sums/echelon.h"
#include "sums/parts.h"

namespace parcours::protect {

Solutions::Solutions(const Sums& sums, const Hidden& open, const std::vector<bool>& secret,
                     std::size_t draws, Random& random) {
  const sums::Echelon echelon(sums.relations, open);
  cells_.assign(echelon.cells().begin(), echelon.cells().end());
  const sums::Parts parts(sums.relations, cells_, open);
  part_of_.resize(cells_.size());
  for (std::uint32_t u = 0; u < cells_.size(); ++u) {
    if (parts.of(u).front() == u) {
      add_part(parts.of(u), draws);
    }
  }
  find_secrets(secret);
  work_ = echelon.work();
  for (std::size_t i = 0; i < draws; ++i) {
    drawn_.push_back(echelon.draw(random));
  }
}

std::optional<Solutions> Solutions::knowing(std::span<const std::uint32_t> known,
                                            const std::vector<bool>& secret,
                                            std::size_t draws) const {
  std::map<std::uint32_t, std::vector<std::uint32_t>> by_part;  // unknowns
  for (const std::uint32_t sum : known) {
    if (const auto unknown = number(sum); unknown && !this->known(*unknown)) {
      by_part[part_of_[*unknown]].push_back(*unknown);
    }
  }
  std::erase_if(by_part, [](const auto& entry) { return entry.second.size() < 2; });
  if (by_part.empty()) {
    return std::nullopt;
  }
  Solutions made;
  std::vector<std::uint32_t> from;  // by unknown of `made`: the one of these
  for (const auto& [part, of_part] : by_part) {
    from.insert(from.end(), members_[part].begin(), members_[part].end());
    if (left_[part] < of_part.size() + 3) {
      return made;
    }
  }
  std::ranges::sort(from);
  made.part_of_.resize(from.size());
  for (const std::uint32_t u : from) {
    made.cells_.push_back(cells_[u]);
  }
  std::size_t most = 0;
  for (const auto& [part, of_part] : by_part) {
    std::vector<std::uint32_t> members;
    for (const std::uint32_t u : members_[part]) {
      members.push_back(
          static_cast<std::uint32_t>(std::ranges::lower_bound(from, u) - from.begin()));
    }
    made.add_part(std::move(members), std::min(left_[part], draws + of_part.size()));
    most = std::max(most, made.left_.back());
  }
  for (std::size_t i = 0; i < most; ++i) {
    std::vector<sums::Element>& solution = made.drawn_.emplace_back();
    solution.reserve(from.size());
    for (const std::uint32_t u : from) {
      solution.push_back(drawn_[i][u]);
    }
  }
  for (const auto& [part, of_part] : by_part) {
    for (const std::uint32_t u : of_part) {
      made.publish(static_cast<std::uint32_t>(std::ranges::lower_bound(from, u) - from.begin()));
    }
  }
  made.find_secrets(secret);
  return made;
}

std::optional<std::uint32_t> Solutions::number(std::uint32_t sum) const {
  const auto at = std::ranges::lower_bound(cells_, sum);
  return at == cells_.end() || *at != sum
             ? std::nullopt
             : std::optional(static_cast<std::uint32_t>(at - cells_.begin()));
}

std::vector<std::uint32_t> Solutions::known_beyond(const Solutions& others) const {
  std::vector<std::uint32_t> found;
  for (const std::vector<std::uint32_t>& of_part : secrets_) {
    for (const std::uint32_t u : of_part) {
      if (known(u) && !others.knows(cells_[u])) {
        found.push_back(cells_[u]);
      }
    }
  }
  return found;
}

bool Solutions::gives_away(std::uint32_t unknown, bool anew) {
  const std::vector<std::uint32_t>& secrets = secrets_[part_of_[unknown]];
  work_ += secrets.size();
  return std::ranges::any_of(secrets, [&](std::uint32_t i) {
    return sums::bonded(drawn_[0], drawn_[1], i, unknown) && !(anew && known(i));
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
  const std::vector<sums::Element>& along = drawn_[last];
  if (along[unknown] != 0) {
    const sums::Element scale = sums::minus(sums::inverse(along[unknown]));
    for (std::size_t i = 0; i < last; ++i) {
      const sums::Element factor = sums::times(drawn_[i][unknown], scale);
      for (const std::uint32_t j : part) {
        drawn_[i][j] = sums::plus(drawn_[i][j], sums::times(factor, along[j]));
      }
    }
    work_ += last * part.size();
  }
}

std::uint64_t Solutions::work() {
  return std::exchange(work_, 0);
}

// `part_of_` has room for its members.
void Solutions::add_part(std::vector<std::uint32_t> members, std::size_t draws) {
  for (const std::uint32_t u : members) {
    part_of_[u] = static_cast<std::uint32_t>(members_.size());
  }
  members_.push_back(std::move(members));
  left_.push_back(draws);
}

void Solutions::find_secrets(const std::vector<bool>& secret) {
  secrets_.resize(members_.size());
  for (std::uint32_t u = 0; u < cells_.size(); ++u) {
    if (secret[cells_[u]]) {
      secrets_[part_of_[u]].push_back(u);
    }
  }
}

}  // namespace parcours::protect
