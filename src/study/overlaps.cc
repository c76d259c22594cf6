#include "study/overlaps.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <numeric>
#include <set>
#include <tuple>
#include <utility>

#include "base/check.h"
#include "study/code_columns.h"

namespace parcours::study {
namespace {

using Axes = std::vector<std::uint32_t>;  // of Tied::axes, ascending

Axes united(const Axes& a, const Axes& b) {
  Axes both;
  std::ranges::set_union(a, b, std::back_inserter(both));
  return both;
}

// A trait: a number that says what two axes have to do with each other.
enum Trait : std::uint32_t { sex, place, age, practice, first_family };

// Every age and every year of birth that a record can have (where events have no dates, years are
// counted from their start), both ends included.
constexpr std::pair<int, int> numbers = {-3000, 3000};

// A category that says of a patient that there is an event with one of these codes, in this span.
struct EventCategory {
  PlanNesting::Place place;
  std::vector<vocabulary::CodeId> codes;  // ascending
  Span span;
  bool valued;  // only events that carry a value
  bool exact;   // and everyone with such an event stands in it
};

bool within(const Span& inner, const Span& outer) {
  return (outer.unbounded() || inner.relative == outer.relative) && outer.first <= inner.first &&
         inner.last <= outer.last;
}

bool nested(const EventCategory& inner, const EventCategory& outer) {
  return outer.exact && within(inner.span, outer.span) && (inner.valued || !outer.valued) &&
         std::ranges::includes(outer.codes, inner.codes);
}

constexpr std::size_t most_looked_at = std::size_t{1} << 25;

class Overlaps {
 public:
  Overlaps(const Ground& ground, const Study& study, Tied& tied)
      : ground_(ground), study_(study), tied_(tied), family_(tied.tests.size()) {
    std::iota(family_.begin(), family_.end(), 0u);
    for (const std::vector<std::uint32_t>& together : tied.groups) {
      for (const std::uint32_t test : together) {
        family_[family_of(test)] = family_of(together.front());
      }
    }
  }

  std::vector<Error> add() && {
    for (std::size_t t = 0; t < tied_.tables.size(); ++t) {
      traits_.push_back(traits_of(t));
    }
    for (std::size_t a = 0; a < traits_.size(); ++a) {
      for (std::size_t b = a + 1; b < traits_.size(); ++b) {
        add_overlap(a, b);
        if (mistakes_.empty()) {
          add_containing(a, b);
          add_containing(b, a);
        }
      }
    }
    add_nestings();
    return std::move(mistakes_);
  }

 private:
  void add_nestings() {
    std::vector<std::vector<EventCategory>> categories;  // by table
    for (std::size_t t = 0; t < tied_.tables.size(); ++t) {
      categories.push_back(event_categories(t));
    }
    const auto each = [&](std::size_t t) { return tied_.tables[t].what == StudyTable::What::each; };
    for (std::size_t a = 0; a < categories.size(); ++a) {
      for (std::size_t b = 0; b < categories.size(); ++b) {
        if (a == b || (!each(a) && !each(b))) {
          continue;
        }
        for (const EventCategory& inner : categories[a]) {
          for (const EventCategory& outer : categories[b]) {
            if (nested(inner, outer)) {
              tied_.nestings.push_back({inner.place, outer.place});
            }
          }
        }
      }
    }
  }

  std::vector<EventCategory> event_categories(std::size_t table) const {
    std::vector<EventCategory> found;
    const TiedTable& tied = tied_.tied_tables[table];
    for (std::size_t d = 0; d < tied.steps.size(); ++d) {
      const Axis& axis = tied_.axes[tied.steps[d].axis];
      if (axis.source == Axis::Source::any) {
        found.push_back({{table, d, 0},
                         tied_.codes_of(axis.test),
                         tied_.tests[axis.test].span,
                         tied_.tests[axis.test].valued,
                         true});
      } else if (axis.source == Axis::Source::code) {
        add_categories({table, d, 0}, axis.category, axis.missing, axis.test, found);
      }
    }
    const PlanTable& plan = tied_.tables[table];
    if (plan.what == StudyTable::What::mean) {
      for (EventCategory& category : found) {
        category.exact = false;  // it counts those with a value alone
      }
    }
    if (plan.what == StudyTable::What::each) {
      add_columns({table, tied.steps.size(), 0}, plan, found);
    }
    return found;
  }

  // The first or last code: whoever stands there has it, and others may have it too.
  void add_categories(PlanNesting::Place place, const std::vector<std::uint32_t>& category_of_code,
                      std::uint32_t none, std::uint32_t test,
                      std::vector<EventCategory>& found) const {
    for (std::vector<vocabulary::CodeId>& codes : codes_by_place(category_of_code, none)) {
      found.push_back(
          {place, std::move(codes), tied_.tests[test].span, tied_.tests[test].valued, false});
      ++place.category;
    }
  }

  void add_columns(PlanNesting::Place place, const PlanTable& table,
                   std::vector<EventCategory>& found) const {
    Span span;
    if (table.within) {
      span = {true, table.within->first, table.within->last};
    } else if (table.windowed) {
      span = {false, table.first.number, table.last.number};
    }
    std::vector<vocabulary::CodeId> any;
    for (std::vector<vocabulary::CodeId>& codes :
         codes_by_place(table.column_of_code, table.columns - 1)) {
      any.insert(any.end(), codes.begin(), codes.end());
      found.push_back({place, std::move(codes), span, false, true});
      ++place.category;
    }
    std::ranges::sort(any);
    found.push_back({place, std::move(any), span, false, true});
  }

  static std::vector<std::vector<vocabulary::CodeId>> codes_by_place(
      const std::vector<std::uint32_t>& place_of_code, std::size_t places) {
    std::vector<std::vector<vocabulary::CodeId>> codes(places);
    for (vocabulary::CodeId id = 0; id < place_of_code.size(); ++id) {
      if (place_of_code[id] < places) {
        codes[place_of_code[id]].push_back(id);
      }
    }
    return codes;
  }

  std::uint32_t family_of(std::uint32_t test) {
    while (family_[test] != test) {
      test = family_[test] = family_[family_[test]];
    }
    return test;
  }

  std::uint32_t trait_of(const Axis& axis) {
    switch (axis.source) {
      case Axis::Source::sex:
        return sex;
      case Axis::Source::place:
        return place;
      case Axis::Source::age:
      case Axis::Source::birth_year:
        return age;
      case Axis::Source::practice:
        return practice;
      case Axis::Source::any:
      case Axis::Source::count:
      case Axis::Source::code:
      case Axis::Source::value:
        break;
    }
    return first_family + family_of(axis.test);
  }

  // A table of means counts those with a value: that is an axis of it, of which it shows one side.
  std::map<std::uint32_t, Axes> traits_of(std::size_t table) {
    const TiedTable& tied = tied_.tied_tables[table];
    std::map<std::uint32_t, Axes> traits;
    for (const TiedTable::Step& step : tied.steps) {
      traits[trait_of(tied_.axes[step.axis])].push_back(step.axis);
    }
    if (tied.addend.source == Addend::Source::value) {
      const std::uint32_t axis = valued_axis(tied.addend.test);
      traits[trait_of(tied_.axes[axis])].push_back(axis);
    }
    for (auto& [trait, axes] : traits) {
      std::ranges::sort(axes);
      const auto [first, last] = std::ranges::unique(axes);
      axes.erase(first, last);
    }
    return traits;
  }

  std::uint32_t valued_axis(std::uint32_t test) {
    const auto [at, fresh] =
        valued_.try_emplace(test, static_cast<std::uint32_t>(tied_.axes.size()));
    if (fresh) {
      tied_.axes.push_back({.source = Axis::Source::any,
                            .test = test,
                            .bands = {},
                            .category = {},
                            .categories = std::vector<tables::Category>(2)});
    }
    return at->second;
  }

  // How one table tells the people of both apart: a trait by the axes of its parts, and by other
  // axes, whose categories are sets of these parts.
  struct Manner {
    Axes parts;
    Axes sets;  // empty: none beside the parts
    friend auto operator<=>(const Manner&, const Manner&) = default;
  };
  using Side = std::map<std::uint32_t, Manner>;  // by trait

  void add_overlap(std::size_t a, std::size_t b) {
    std::array<Side, 2> sides;
    for (const auto& [trait, axes] : traits_[a]) {
      if (const auto other = traits_[b].find(trait); other != traits_[b].end()) {
        if (combinations(united(axes, other->second)) > most_overlap_cells) {
          too_many(a, b);
          return;
        }
        std::tie(sides[0][trait], sides[1][trait]) = manners(trait, axes, other->second);
      }
    }
    for (const Side& side : sides) {
      const bool news =
          std::ranges::any_of(side, [](const auto& trait) { return !trait.second.sets.empty(); });
      if (!news) {
        continue;
      }
      const auto [at, fresh] = made_.try_emplace(side, tied_.overlaps.size());
      if (fresh) {
        make(side, a, b);
      } else if (mistakes_.empty()) {
        tied_.overlaps[at->second].of.push_back({a, b});
      }
    }
  }

  // Where one table's categories are parts of the other's (departments of regions), each table
  // tells the trait as it does, and the finer one the coarser's too. Where neither's are (a window
  // of 90 days and one of 365), both tell it as finely as the two together do.
  std::pair<Manner, Manner> manners(std::uint32_t trait, const Axes& a, const Axes& b) const {
    if (a == b) {
      return {{a, {}}, {b, {}}};
    }
    if (refines(trait, a, b)) {
      return {{a, refines(trait, b, a) ? Axes{} : b}, {b, {}}};
    }
    if (refines(trait, b, a)) {
      return {{a, {}}, {b, a}};
    }
    return {{united(a, b), a}, {united(a, b), b}};
  }

  // Whether every category of the axes `fine` lies in one of `coarse`.
  bool refines(std::uint32_t trait, const Axes& fine, const Axes& coarse) const {
    if (std::ranges::includes(fine, coarse)) {
      return true;
    }
    const Axes both = united(fine, coarse);
    const std::vector<std::uint32_t> parts = parts_of(trait, both);
    std::map<std::size_t, std::size_t> lies_in;
    for (std::size_t combination = 0; combination < parts.size(); ++combination) {
      if (parts[combination] == no_cell) {
        continue;
      }
      const std::size_t in = of_axes(combination, both, coarse);
      if (lies_in.try_emplace(of_axes(combination, both, fine), in).first->second != in) {
        return false;
      }
    }
    return true;
  }

  // The combination of the categories of `some` axes, given that of all of them.
  std::size_t of_axes(std::size_t combination, const Axes& all, const Axes& some) const {
    std::size_t found = 0;
    std::size_t scale = 1;
    for (std::size_t a = all.size(); a-- > 0;) {
      const std::size_t categories = tied_.axes[all[a]].categories.size();
      if (std::ranges::binary_search(some, all[a])) {
        found += combination % categories * scale;
        scale *= categories;
      }
      combination /= categories;
    }
    return found;
  }

  void add_containing(std::size_t outer, std::size_t inner) {
    using What = StudyTable::What;
    if (tied_.tables[outer].what == What::each || tied_.tables[inner].what == What::each) {
      return;
    }
    PlanContaining made{.outer = outer, .inner = inner, .traits = {}, .outer_alone = {}};
    for (const auto& [trait, axes] : traits_[outer]) {
      const auto other = traits_[inner].find(trait);
      const std::vector<std::size_t> dimensions = dimensions_of(outer, trait);
      if (other != traits_[inner].end()) {
        made.traits.push_back({dimensions, dimensions_of(inner, trait), {}, {}, {}});
        if (!fill_in(trait, axes, other->second, made)) {
          return;
        }
      } else if (dimensions.empty()) {
        return;  // a table of means of what the other knows nothing of
      } else {
        made.outer_alone.insert(made.outer_alone.end(), dimensions.begin(), dimensions.end());
        // It counts those with a value alone, whatever else it is by.
        if (valued_in(outer, axes)) {
          return;
        }
      }
    }
    tied_.containings.push_back(std::move(made));
  }

  std::vector<std::size_t> dimensions_of(std::size_t table, std::uint32_t trait) {
    std::vector<std::size_t> found;
    const std::vector<TiedTable::Step>& steps = tied_.tied_tables[table].steps;
    for (std::size_t d = 0; d < steps.size(); ++d) {
      if (trait_of(tied_.axes[steps[d].axis]) == trait) {
        found.push_back(d);
      }
    }
    return found;
  }

  // Whether one of the axes is that of who has a value to average in the table.
  bool valued_in(std::size_t table, const Axes& axes) const {
    const Addend& addend = tied_.tied_tables[table].addend;
    return addend.source == Addend::Source::value &&
           std::ranges::binary_search(axes, valued_.at(addend.test));
  }

  // By place of the table's dimensions of a trait: which parts of both tables' are there.
  std::vector<std::vector<bool>> parts_at_places(std::size_t table,
                                                 const std::vector<std::size_t>& dimensions,
                                                 const Axes& axes, const Axes& both,
                                                 const std::vector<std::uint32_t>& parts) const {
    const TiedTable& tied = tied_.tied_tables[table];
    const bool valued = valued_in(table, axes);
    std::size_t places = 1;
    for (const std::size_t d : dimensions) {
      places *= tied_.axes[tied.steps[d].axis].categories.size() + 1;
    }
    std::vector<std::vector<bool>> there(places, std::vector<bool>(parts.size(), false));
    for (std::size_t combination = 0; combination < parts.size(); ++combination) {
      const std::uint32_t part = parts[combination];
      if (part == no_cell ||
          (valued && of_axes(combination, both, {valued_.at(tied.addend.test)}) != 0)) {
        continue;
      }
      for (std::size_t place = 0; place < places; ++place) {
        bool in = true;
        std::size_t rest = place;
        for (std::size_t d = dimensions.size(); in && d-- > 0;) {
          const std::uint32_t axis = tied.steps[dimensions[d]].axis;
          const std::size_t total = tied_.axes[axis].categories.size();
          const std::size_t here = rest % (total + 1);
          rest /= total + 1;
          in = here == total || here == of_axes(combination, both, {axis});
        }
        there[place][part] = in;
      }
    }
    return there;
  }

  // False where there are too many parts and places to look at.
  bool fill_in(std::uint32_t trait, const Axes& outer, const Axes& inner, PlanContaining& made) {
    const Axes both = united(outer, inner);
    if (combinations(both) * (combinations(outer) + combinations(inner)) > most_looked_at) {
      return false;
    }
    const std::vector<std::uint32_t> parts = parts_of(trait, both);
    PlanContaining::Trait& filled = made.traits.back();
    filled.outer_parts = parts_at_places(made.outer, filled.outer_dimensions, outer, both, parts);
    filled.inner_parts = parts_at_places(made.inner, filled.inner_dimensions, inner, both, parts);
    for (const auto& [side, overlap] : made_) {
      const auto at = side.find(trait);
      if (at != side.end() && at->second.parts == both) {
        filled.counted_by = {overlap, static_cast<std::size_t>(std::distance(side.begin(), at))};
      }
    }
    return true;
  }

  void too_many(std::size_t a, std::size_t b) {
    mistakes_.push_back(
        bad_input(fmt::format("tables '{}' and '{}' together tell more than {} groups of people "
                              "apart, too many to protect",
                              tied_.tables[a].id, tied_.tables[b].id, most_overlap_cells),
                  fmt::format("{}:{}", study_.file.string(), study_.tables[b].line),
                  "use the same bands, levels and windows in both, or make two studies")
            .error());
  }

  void make(const Side& side, std::size_t a, std::size_t b) {
    PlanOverlap overlap{.cells = 1, .of = {{a, b}}};
    TiedOverlap tied;
    std::uint64_t cells = 1;
    for (const auto& [trait, manner] : side) {
      tied.steps.push_back(
          {manner.parts, parts_of(trait, manner.parts), static_cast<std::uint32_t>(cells)});
      overlap.traits.push_back(sets_of(trait, manner, tied.steps.back()));
      overlap.traits.back().stride = static_cast<std::uint32_t>(cells);
      cells *= overlap.traits.back().parts;
      if (cells > most_overlap_cells) {
        too_many(a, b);
        return;
      }
    }
    overlap.cells = static_cast<std::uint32_t>(cells);
    tied_.overlaps.push_back(std::move(overlap));
    tied_.tied_overlaps.push_back(std::move(tied));
  }

  std::size_t combinations(const Axes& axes) const {
    std::size_t all = 1;
    for (const std::uint32_t axis : axes) {
      all *= tied_.axes[axis].categories.size();
    }
    return all;
  }

  // By combination of the axes' categories, the last fastest: its part, or no_cell where nobody can
  // be.
  std::vector<std::uint32_t> parts_of(std::uint32_t trait, const Axes& axes) const {
    std::vector<std::uint32_t> parts(combinations(axes), no_cell);
    if (axes.size() == 1 || !numbered(trait, axes)) {
      std::iota(parts.begin(), parts.end(), 0u);
      return parts;
    }
    std::uint32_t next = 0;
    const auto meet = [&](const auto& category_of) {
      std::size_t combination = 0;
      for (const std::uint32_t number : axes) {
        const Axis& axis = tied_.axes[number];
        const std::uint32_t category = category_of(axis);
        if (category >= axis.categories.size()) {
          return;  // the population leaves them out
        }
        combination = combination * axis.categories.size() + category;
      }
      if (parts[combination] == no_cell) {
        parts[combination] = next++;
      }
    };
    if (trait == place) {
      meet([](const Axis& axis) { return axis.missing; });
      for (const vocabulary::CodeId id : places_of(ground_.codes)) {
        meet([&](const Axis& axis) { return axis.category[id]; });
      }
      return parts;
    }
    meet([](const Axis& axis) { return axis.bands.of(records::no_value); });
    for (int number = numbers.first; number <= numbers.second; ++number) {
      meet([&](const Axis& axis) { return axis.bands.of(number); });
    }
    return parts;
  }

  // Whether each value of the trait says in which category of every axis it falls.
  bool numbered(std::uint32_t trait, const Axes& axes) const {
    if (trait == place) {
      return true;
    }
    const auto same = [&](std::uint32_t axis) {
      return tied_.axes[axis].source == tied_.axes[axes.front()].source;
    };
    return trait == age && std::ranges::all_of(axes, same);
  }

  // The categories of the other axes, as sets of parts.
  PlanOverlap::Trait sets_of(std::uint32_t trait, const Manner& manner,
                             const TiedOverlap::Step& step) const {
    PlanOverlap::Trait made;
    for (const std::uint32_t part : step.part) {
      made.parts = part == no_cell ? made.parts : std::max(made.parts, part + 1);
    }
    if (manner.sets.empty()) {
      return made;
    }
    const Axes both = united(manner.parts, manner.sets);
    const std::vector<std::uint32_t> there = parts_of(trait, both);
    std::map<std::size_t, std::set<std::uint32_t>> sets;
    for (std::size_t combination = 0; combination < there.size(); ++combination) {
      const std::uint32_t part = step.part[of_axes(combination, both, manner.parts)];
      if (there[combination] != no_cell && part != no_cell) {
        sets[of_axes(combination, both, manner.sets)].insert(part);
      }
    }
    for (const auto& [category, parts] : sets) {
      made.sets.emplace_back(parts.begin(), parts.end());
    }
    return made;
  }

  const Ground& ground_;
  const Study& study_;
  Tied& tied_;
  std::vector<std::uint32_t> family_;              // by test: another of its family, at last one
  std::map<std::uint32_t, std::uint32_t> valued_;  // by test: the axis of who has a value
  std::vector<std::map<std::uint32_t, Axes>> traits_;  // by table
  std::map<Side, std::size_t> made_;                   // which overlap it is
  std::vector<Error> mistakes_;
};

}  // namespace

std::vector<Error> add_overlaps(const Ground& ground, const Study& study, Tied& tied) {
  return Overlaps(ground, study, tied).add();
}

}  // namespace parcours::study
