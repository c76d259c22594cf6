#include "sums/row_basis.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <numeric>
#include <queue>
#include <utility>

#include "sums/field.h"

namespace parcours::sums {
namespace {

constexpr std::uint32_t no_pivot = std::numeric_limits<std::uint32_t>::max();
// Field operations of one elimination: some 0.1 s. The system of 3,219 rows takes 2 ms.
constexpr std::uint64_t most_operations = 10'000'000;

// Takes one row after the other. What it keeps reads: its pivot + entries, without the pivots of
// the rows before it.
class RowByRow {
 public:
  explicit RowByRow(const Equations& equations)
      : equations_(equations),
        pivot_of_(equations.unknowns(), no_pivot),
        value_(equations.unknowns(), 0) {}

  std::uint64_t operations() const { return operations_; }

  // Whether the row does not follow from those before it.
  bool add(std::uint32_t row) {
    for (const Equations::Term& term : equations_.row(row)) {
      put(term.index, element_of(term.coefficient));
    }
    while (!waiting_.empty()) {
      const Pivot& pivot = pivots_[waiting_.top()];
      waiting_.pop();
      const Element factor = minus(value_[pivot.unknown]);
      if (factor == 0) {
        continue;
      }
      value_[pivot.unknown] = 0;
      for (const Entry& entry : pivot.entries) {
        put(entry.unknown, times(factor, entry.value));
      }
      operations_ += pivot.entries.size();
    }
    return keep_rest();
  }

 private:
  struct Entry {
    std::uint32_t unknown;
    Element value;
  };
  struct Pivot {
    std::uint32_t unknown;
    std::vector<Entry> entries;
  };

  void put(std::uint32_t unknown, Element value) {
    Element& here = value_[unknown];
    if (here == 0) {
      touched_.push_back(unknown);
      if (pivot_of_[unknown] != no_pivot) {
        waiting_.push(pivot_of_[unknown]);
      }
    }
    here = plus(here, value);
  }

  // What is left of the row is the next pivot row; its rarest unknown is the pivot.
  bool keep_rest() {
    Pivot pivot{no_unknown, {}};
    for (const std::uint32_t u : touched_) {
      if (value_[u] == 0) {
        continue;
      }
      pivot.entries.push_back({u, value_[u]});
      value_[u] = 0;
    }
    touched_.clear();
    if (pivot.entries.empty()) {
      return false;
    }
    const auto rarest = std::ranges::min_element(pivot.entries, {}, [&](const Entry& entry) {
      return std::pair(equations_.column(entry.unknown).size(), entry.unknown);
    });
    pivot.unknown = rarest->unknown;
    const Element scale = inverse(rarest->value);
    pivot.entries.erase(rarest);
    for (Entry& entry : pivot.entries) {
      entry.value = times(entry.value, scale);
    }
    pivot_of_[pivot.unknown] = static_cast<std::uint32_t>(pivots_.size());
    pivots_.push_back(std::move(pivot));
    return true;
  }

  const Equations& equations_;
  std::vector<Pivot> pivots_;
  std::vector<std::uint32_t> pivot_of_;  // by unknown: the number of its pivot row
  // The row in hand.
  std::vector<Element> value_;          // by unknown
  std::vector<std::uint32_t> touched_;  // may name one twice
  std::priority_queue<std::uint32_t, std::vector<std::uint32_t>, std::greater<>> waiting_;
  std::uint64_t operations_ = 0;
};

}  // namespace

std::vector<bool> row_basis(const Equations& equations) {
  std::vector<std::uint32_t> order(equations.rows());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::stable_sort(order, {}, [&](std::uint32_t r) { return equations.row(r).size(); });
  std::vector<bool> kept(equations.rows(), true);
  RowByRow elimination(equations);
  for (const std::uint32_t r : order) {
    if (elimination.operations() > most_operations) {
      break;
    }
    kept[r] = elimination.add(r);
  }
  return kept;
}

}  // namespace parcours::sums
