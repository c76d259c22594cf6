#include "study/mean_ties.h"

#include <algorithm>
#include <limits>
#include <optional>

namespace parcours::study {
namespace {

constexpr double no_bound = std::numeric_limits<double>::infinity();

class MeanTies {
 public:
  explicit MeanTies(Tied& tied) : tied_(tied) {
    for (std::uint32_t test = 0; test < tied.tests.size(); ++test) {
      codes_.push_back(tied_.codes_of(test));
    }
  }

  void add() {
    for (std::size_t mean = 0; mean < tied_.tables.size(); ++mean) {
      if (tied_.tables[mean].what != StudyTable::What::mean) {
        continue;
      }
      for (std::size_t other = 0; other < tied_.tables.size(); ++other) {
        if (other != mean && tied_.tables[other].what == StudyTable::What::mean) {
          add_order(mean, other);
        }
        if (tied_.tables[other].what == StudyTable::What::of) {
          add_ties(mean, other);
        }
      }
    }
  }

 private:
  // Whether each event that the one test sees the other does too.
  bool sees(std::uint32_t outer, std::uint32_t inner) const {
    const TiedTest& a = tied_.tests[outer];
    const TiedTest& b = tied_.tests[inner];
    return (a.span.unbounded() || a.span.relative == b.span.relative) &&
           a.span.first <= b.span.first && b.span.last <= a.span.last && (b.valued || !a.valued) &&
           std::ranges::includes(codes_[outer], codes_[inner]);
  }

  bool same(std::uint32_t a, std::uint32_t b) const { return sees(a, b) && sees(b, a); }

  PlanMatch match(std::size_t a, std::size_t b) const {
    PlanMatch made{a, b, {}};
    const auto& of_a = tied_.tied_tables[a].steps;
    const auto& of_b = tied_.tied_tables[b].steps;
    for (std::size_t i = 0; i < of_a.size(); ++i) {
      for (std::size_t j = 0; j < of_b.size(); ++j) {
        if (of_a[i].axis == of_b[j].axis) {
          made.dimensions.push_back({i, j});
        }
      }
    }
    return made;
  }

  void add_order(std::size_t more, std::size_t less) {
    const Addend& a = tied_.tied_tables[more].addend;
    const Addend& b = tied_.tied_tables[less].addend;
    if (a.source == Addend::Source::count && b.source == Addend::Source::count &&
        tied_.tables[more].mean_of != tied_.tables[less].mean_of && sees(a.test, b.test)) {
      tied_.mean_orders.push_back({match(more, less), sees(b.test, a.test)});
    }
  }

  void add_ties(std::size_t mean, std::size_t other) {
    const std::vector<TiedTable::Step>& steps = tied_.tied_tables[other].steps;
    for (std::size_t d = 0; d < steps.size(); ++d) {
      const Axis& axis = tied_.axes[steps[d].axis];
      PlanMeanTie tie{match(mean, other), d, {}};
      bool any = false;
      for (std::size_t category = 0; category < axis.categories.size(); ++category) {
        tie.bounds.push_back(bounds(tied_.tied_tables[mean].addend, axis, category));
        any = any || (tie.bounds.back() && tie.bounds.back() != unbounded);
      }
      if (any) {
        std::erase_if(tie.match.dimensions, [&](const auto& pair) { return pair[1] == d; });
        tied_.mean_ties.push_back(std::move(tie));
      }
    }
  }

  using Bounds = std::optional<std::array<double, 2>>;
  static constexpr std::array<double, 2> unbounded = {-no_bound, no_bound};

  // Of whoever stands in the category: what they add to the mean.
  Bounds bounds(const Addend& addend, const Axis& axis, std::size_t category) const {
    switch (addend.source) {
      case Addend::Source::none:
        return unbounded;
      case Addend::Source::age:
        return axis.source == Axis::Source::age ? whole_ends(axis, category) : unbounded;
      case Addend::Source::birth_year:
        return axis.source == Axis::Source::birth_year ? whole_ends(axis, category) : unbounded;
      case Addend::Source::value:
        if (axis.source == Axis::Source::value && same(addend.test, axis.test) &&
            tied_.tests[addend.test].measure == tied_.tests[axis.test].measure) {
          const auto ends = axis.bands.ends(category);
          return ends ? Bounds({ends->first, ends->second}) : std::nullopt;
        }
        return unbounded;
      case Addend::Source::count:
        break;
    }
    Bounds ends = unbounded;
    if (axis.source == Axis::Source::count) {
      ends = whole_ends(axis, category);
    } else if (axis.source == Axis::Source::any) {
      ends = category == 0 ? Bounds({1, no_bound}) : Bounds({0, 0});
    } else {
      return unbounded;
    }
    if (!sees(addend.test, axis.test)) {
      (*ends)[0] = -no_bound;
    }
    if (!sees(axis.test, addend.test)) {
      (*ends)[1] = no_bound;
    }
    return ends;
  }

  static Bounds whole_ends(const Axis& axis, std::size_t category) {
    const auto ends = axis.bands.ends(category);
    return ends ? Bounds({ends->first, ends->second - 1}) : std::nullopt;
  }

  Tied& tied_;
  std::vector<std::vector<vocabulary::CodeId>> codes_;  // by test
};

}  // namespace

void add_mean_ties(Tied& tied) {
  MeanTies(tied).add();
}

}  // namespace parcours::study
