#include "sums/echelon.h"

#include <algorithm>
#include <array>
#include <functional>
#include <limits>
#include <map>
#include <numeric>
#include <queue>
#include <utility>

namespace parcours::sums {
namespace {

constexpr std::uint32_t no_row = std::numeric_limits<std::uint32_t>::max();

}  // namespace

// The rows that still wait for their turn.
class Echelon::Work {
 public:
  Work(std::vector<Row> rows, std::size_t unknowns)
      : rows_(std::move(rows)),
        waiting_(rows_.size(), true),
        rows_with_(unknowns),
        held_by_(unknowns) {
    for (std::uint32_t r = 0; r < rows_.size(); ++r) {
      for (const Entry& entry : rows_[r].entries) {
        note(entry.unknown, r);
      }
      queue_.emplace(rows_[r].entries.size(), r);
    }
    for (std::uint32_t u = 0; u < unknowns; ++u) {
      if (held_by_[u] == 1) {
        lone_.push_back(u);
      }
    }
  }

  void run() {
    while (take_lone() || take_shortest()) {
    }
  }

  std::vector<Row> rows() && { return std::move(done_); }
  std::uint64_t operations() const { return operations_; }

 private:
  void note(std::uint32_t unknown, std::uint32_t row) {
    rows_with_[unknown].push_back(row);
    ++held_by_[unknown];
  }

  void lose(std::uint32_t unknown) {
    if (--held_by_[unknown] == 1) {
      lone_.push_back(unknown);
    }
  }

  // An unknown that only one waiting row has is its pivot for nothing: no other row changes.
  bool take_lone() {
    while (!lone_.empty()) {
      const std::uint32_t unknown = lone_.back();
      lone_.pop_back();
      if (held_by_[unknown] != 1) {
        continue;
      }
      for (const std::uint32_t r : rows_with_[unknown]) {
        if (waiting_[r] && find(rows_[r].entries, unknown) != rows_[r].entries.end()) {
          take(r, find(rows_[r].entries, unknown));
          return true;
        }
      }
    }
    return false;
  }

  bool take_shortest() {
    while (!queue_.empty()) {
      const auto [length, r] = queue_.top();
      queue_.pop();
      std::vector<Entry>& entries = rows_[r].entries;
      if (!waiting_[r] || length != entries.size() || length == 0) {
        continue;  // it has changed since, and stands elsewhere in the queue
      }
      take(r, std::min_element(entries.begin(), entries.end(), [&](const Entry& a, const Entry& b) {
             return held_by_[a.unknown] < held_by_[b.unknown];
           }));
      return true;
    }
    return false;
  }

  static std::vector<Entry>::iterator find(std::vector<Entry>& entries, std::uint32_t unknown) {
    const auto at = std::lower_bound(entries.begin(), entries.end(), Entry{unknown, 0});
    return at != entries.end() && at->unknown == unknown ? at : entries.end();
  }

  // Makes row `r` the next pivot row, with this entry as its pivot.
  void take(std::uint32_t r, std::vector<Entry>::iterator pivot) {
    waiting_[r] = false;
    Row& row = rows_[r];
    row.pivot = pivot->unknown;
    row.scale = inverse(pivot->value);
    row.entries.erase(pivot);
    held_by_[row.pivot] = 0;
    for (Entry& entry : row.entries) {
      entry.value = times(entry.value, row.scale);
      lose(entry.unknown);
    }
    for (const std::uint32_t other : std::exchange(rows_with_[row.pivot], {})) {
      if (waiting_[other]) {
        reduce(other, row);
      }
    }
    done_.push_back(std::move(row));
  }

  // Takes as much of the pivot row from row `r` as its pivot stands there.
  void reduce(std::uint32_t r, const Row& pivot) {
    std::vector<Entry>& entries = rows_[r].entries;
    const auto at = find(entries, pivot.pivot);
    if (at == entries.end()) {
      return;
    }
    const Element factor = at->value;
    entries.erase(at);
    scratch_.clear();
    auto mine = entries.cbegin();
    for (const Entry& theirs : pivot.entries) {
      while (mine != entries.cend() && mine->unknown < theirs.unknown) {
        scratch_.push_back(*mine++);
      }
      const bool both = mine != entries.cend() && mine->unknown == theirs.unknown;
      const Element value = plus(both ? mine->value : 0, minus(times(factor, theirs.value)));
      if (!both) {
        note(theirs.unknown, r);
      } else {
        ++mine;
      }
      if (value != 0) {
        scratch_.push_back({theirs.unknown, value});
      } else {
        lose(theirs.unknown);
      }
    }
    scratch_.insert(scratch_.end(), mine, entries.cend());
    operations_ += scratch_.size() + 1;
    entries.assign(scratch_.begin(), scratch_.end());
    rows_[r].steps.push_back({static_cast<std::uint32_t>(done_.size()), factor});
    queue_.emplace(entries.size(), r);
  }

  std::vector<Row> rows_;
  std::vector<Row> done_;
  std::vector<bool> waiting_;
  std::vector<std::vector<std::uint32_t>>
      rows_with_;                       // by unknown; may name rows that lost it since
  std::vector<std::uint32_t> held_by_;  // by unknown: how many waiting rows have it
  std::uint64_t operations_ = 0;
  std::vector<std::uint32_t> lone_;  // unknowns that one waiting row had when they were put here
  std::vector<Entry> scratch_;
  using Waiting = std::pair<std::size_t, std::uint32_t>;  // length, row
  std::priority_queue<Waiting, std::vector<Waiting>, std::greater<>> queue_;
};

// In the order of their entries, each once.
std::vector<Echelon::Row> Echelon::distinct(std::vector<Row> rows) {
  std::vector<std::uint32_t> order(rows.size());
  std::iota(order.begin(), order.end(), 0U);
  const auto entries = [&](std::uint32_t r) -> const std::vector<Entry>& {
    return rows[r].entries;
  };
  std::ranges::stable_sort(order, {}, entries);
  const auto rest = std::ranges::unique(order, {}, entries);
  order.erase(rest.begin(), rest.end());
  std::vector<Row> made;
  made.reserve(order.size());
  for (const std::uint32_t r : order) {
    made.push_back(std::move(rows[r]));
  }
  return made;
}

Echelon::Echelon(std::span<const tables::Relation> relations, const std::vector<bool>& hidden) {
  std::vector<std::uint32_t> unknown_of(hidden.size(), no_row);
  for (std::uint32_t cell = 0; cell < hidden.size(); ++cell) {
    if (hidden[cell]) {
      unknown_of[cell] = static_cast<std::uint32_t>(cells_.size());
      cells_.push_back(cell);
    }
  }
  std::vector<Row> rows;
  for (std::uint32_t r = 0; r < relations.size(); ++r) {
    Row row;
    row.relation = r;
    for (const tables::Relation::Term& term : relations[r].terms) {
      if (hidden[term.cell]) {
        row.entries.push_back({unknown_of[term.cell], element_of(term.coefficient)});
      }
    }
    std::sort(row.entries.begin(), row.entries.end());
    // A cell that stands twice is added up.
    std::vector<Entry> merged;
    for (const Entry& entry : row.entries) {
      if (!merged.empty() && merged.back().unknown == entry.unknown) {
        merged.back().value = plus(merged.back().value, entry.value);
      } else {
        merged.push_back(entry);
      }
    }
    std::erase_if(merged, [](const Entry& entry) { return entry.value == 0; });
    if (!merged.empty()) {
      row.entries = std::move(merged);
      rows.push_back(std::move(row));
    }
  }
  Work work(distinct(std::move(rows)), cells_.size());
  work.run();
  work_ = work.operations();
  rows_ = std::move(work).rows();
  row_of_.assign(cells_.size(), no_row);
  for (std::uint32_t r = 0; r < rows_.size(); ++r) {
    row_of_[rows_[r].pivot] = r;
  }
}

std::vector<std::uint32_t> Echelon::parts() const {
  std::vector<std::uint32_t> part_of(cells_.size());
  std::iota(part_of.begin(), part_of.end(), 0U);
  const auto first = [&](std::uint32_t u) {
    while (part_of[u] != u) {
      u = part_of[u] = part_of[part_of[u]];
    }
    return u;
  };
  for (const Row& row : rows_) {
    for (const Entry& entry : row.entries) {
      const std::uint32_t one = first(row.pivot);
      const std::uint32_t other = first(entry.unknown);
      part_of[std::max(one, other)] = std::min(one, other);
    }
  }
  for (std::uint32_t u = 0; u < part_of.size(); ++u) {
    part_of[u] = first(u);
  }
  return part_of;
}

// Some unknowns, and all that they follow from, each with a number of its own: those that are free,
// and the rows that give the others, the last first.
class Echelon::Draws {
 public:
  Draws(const Echelon& echelon, std::span<const std::uint32_t> unknowns)
      : number_of_(echelon.cells_.size(), no_number) {
    for (const std::uint32_t u : unknowns) {
      number(u);
    }
    std::vector<const Row*> rows;
    for (const Row& row : echelon.rows_) {
      if (number_of_[row.pivot] != no_number) {
        rows.push_back(&row);
        for (const Entry& entry : row.entries) {
          number(entry.unknown);
        }
      }
    }
    for (std::uint32_t u = 0; u < number_of_.size(); ++u) {
      if (number_of_[u] != no_number && echelon.row_of_[u] == no_row) {
        free_.push_back(number_of_[u]);
      }
    }
    for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
      pivots_.push_back({number_of_[(*row)->pivot], (*row)->entries.size()});
      for (const Entry& entry : (*row)->entries) {
        entries_.push_back({number_of_[entry.unknown], entry.value});
      }
    }
  }

  // Several at once, by number: so each entry is read once for all of them.
  static constexpr std::size_t at_once = 8;
  using Values = std::array<Element, at_once>;
  std::vector<Values> draw(Random& random) const {
    std::vector<Values> values(count_);
    for (const std::uint32_t number : free_) {
      for (Element& value : values[number]) {
        do {
          value = random() >> 3;
        } while (value >= field_prime);
      }
    }
    const Entry* entry = entries_.data();
    for (const Pivot& pivot : pivots_) {
      std::array<Uint128, at_once> sums{};
      for (std::size_t i = 0; i < pivot.entries; ++i, ++entry) {
        const Values& of = values[entry->unknown];
        for (std::size_t d = 0; d < at_once; ++d) {
          sums[d] += static_cast<Uint128>(entry->value) * of[d];
        }
        if (i % most_products == most_products - 1) {
          std::ranges::transform(sums, sums.begin(), element_of_products);
        }
      }
      for (std::size_t d = 0; d < at_once; ++d) {
        values[pivot.number][d] = minus(element_of_products(sums[d]));
      }
    }
    return values;
  }

  std::uint32_t number_of(std::uint32_t unknown) const { return number_of_[unknown]; }

 private:
  static constexpr std::uint32_t no_number = std::numeric_limits<std::uint32_t>::max();
  struct Pivot {
    std::uint32_t number;
    std::size_t entries;
  };

  void number(std::uint32_t unknown) {
    if (number_of_[unknown] == no_number) {
      number_of_[unknown] = count_++;
    }
  }

  std::vector<std::uint32_t> number_of_;  // by unknown
  std::uint32_t count_ = 0;
  std::vector<std::uint32_t> free_;
  std::vector<Pivot> pivots_;
  std::vector<Entry> entries_;  // one pivot's after the other's
};

std::vector<std::vector<Element>> Echelon::draw(Random& random, std::size_t draws,
                                                std::span<const std::uint32_t> unknowns) const {
  const Draws some(*this, unknowns);
  std::vector<std::vector<Element>> made(draws);
  for (std::size_t first = 0; first < draws; first += Draws::at_once) {
    const std::vector<Draws::Values> values = some.draw(random);
    for (std::size_t d = 0; d < std::min(Draws::at_once, draws - first); ++d) {
      for (const std::uint32_t u : unknowns) {
        made[first + d].push_back(values[some.number_of(u)][d]);
      }
    }
  }
  return made;
}

std::vector<Element> Echelon::draw(Random& random) const {
  std::vector<std::uint32_t> all(cells_.size());
  std::iota(all.begin(), all.end(), 0U);
  return draw(random, 1, all).front();
}

Echelon::Expansion Echelon::expand(std::uint32_t unknown, const std::vector<bool>& known) const {
  Expansion expansion;
  std::map<std::uint32_t, Element> pivots{{row_of_[unknown], 1}};  // by row
  std::map<std::uint32_t, Element> free;
  while (!pivots.empty()) {
    const auto [r, weight] = *pivots.begin();
    pivots.erase(pivots.begin());
    if (weight == 0) {
      continue;
    }
    expansion.rows.push_back({r, weight});
    for (const Entry& entry : rows_[r].entries) {
      if (known[entry.unknown]) {
        continue;
      }
      const std::uint32_t below = row_of_[entry.unknown];
      Element& sum = below == no_row ? free[entry.unknown] : pivots[below];
      const Element share = times(weight, entry.value);
      sum = plus(sum, below == no_row ? share : minus(share));
    }
  }
  expansion.alone =
      std::all_of(free.begin(), free.end(), [](const auto& sum) { return sum.second == 0; });
  return expansion;
}

std::vector<std::uint32_t> Echelon::determined() const {
  Random random(0);  // any seed: what it points at is proved before it is said
  const std::vector<Element> solution = draw(random);
  std::vector<bool> known(cells_.size(), false);
  for (auto row = rows_.rbegin(); row != rows_.rend(); ++row) {
    const std::uint32_t unknown = row->pivot;
    known[unknown] = solution[unknown] == 0 && expand(unknown, known).alone;
  }
  std::vector<std::uint32_t> found;
  for (std::uint32_t u = 0; u < known.size(); ++u) {
    if (known[u]) {
      found.push_back(u);
    }
  }
  return found;
}

std::optional<Combination> Echelon::reason(std::uint32_t unknown) const {
  if (row_of_[unknown] == no_row) {
    return std::nullopt;
  }
  const Expansion expansion = expand(unknown, std::vector<bool>(cells_.size(), false));
  if (!expansion.alone) {
    return std::nullopt;
  }
  std::map<std::uint32_t, Element, std::greater<>> weights;  // by row, last first
  for (const Step& step : expansion.rows) {
    weights.emplace(step.row, step.times);
  }
  Combination combination;
  while (!weights.empty()) {
    const auto [r, weight] = *weights.begin();
    weights.erase(weights.begin());
    if (weight == 0) {
      continue;
    }
    const Element share = times(weight, rows_[r].scale);
    combination.push_back({rows_[r].relation, share});
    for (const Step& step : rows_[r].steps) {
      Element& sum = weights[step.row];
      sum = plus(sum, minus(times(share, step.times)));
    }
  }
  std::sort(combination.begin(), combination.end(),
            [](const Weight& a, const Weight& b) { return a.relation < b.relation; });
  return combination;
}

}  // namespace parcours::sums
