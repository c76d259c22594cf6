#include "protect/mean_sums.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "protect/mean.h"
#include "protect/primary.h"
#include "protect/unknowns.h"
#include "sums/intervals.h"

namespace parcours::protect {
namespace {

// Sums of more units are not looked at: so fine a unit has more values than any rule asks for.
constexpr std::int64_t most_units = std::int64_t{1} << 50;
constexpr std::int64_t most_coefficient = std::int64_t{1} << 30;

class MeanSums {
 public:
  MeanSums(const crowds::Counted& counted, const std::vector<tables::Table>& tables,
           const Rules& rules)
      : counted_(counted), tables_(tables), rules_(rules), unknowns_(counted) {}

  Result<NarrowedByMeans> find() {
    find_values();
    add_people();
    for (Value& value : values_) {
      add_sums(value);
    }
    for (const study::PlanMeanOrder& order : counted_.mean_orders) {
      add_order(order);
    }
    solve_groups();
    for (const study::PlanMeanTie& tie : counted_.mean_ties) {
      add_tie(tie);
    }
    return ask();
  }

 private:
  // One averaged value.
  struct Value {
    std::vector<std::size_t> tables;
    crowds::Micro unit = 0;
    std::map<std::uint32_t, std::uint32_t> sum_of;  // by set of people: the unknown
  };

  const crowds::Crowd& crowd(std::size_t table, std::size_t cell) const {
    return counted_.tables[table].cells[cell];
  }

  void find_values() {
    std::map<std::pair<std::string, std::string>, std::size_t> by_label;
    value_of_.assign(tables_.size(), 0);
    for (std::size_t t = 0; t < tables_.size(); ++t) {
      if (const std::optional<tables::Label>& label = tables_[t].mean_of) {
        const auto at = by_label.try_emplace({label->en, label->fr}, values_.size()).first;
        values_.resize(by_label.size());
        value_of_[t] = at->second;
        Value& value = values_[at->second];
        value.tables.push_back(t);
        for (const crowds::Crowd& crowd : counted_.tables[t].cells) {
          value.unit = crowd.value ? std::gcd(value.unit, crowd.value->unit) : value.unit;
        }
      }
    }
    // Those that are compared are counted in one unit.
    for (std::size_t pass = 0; pass < values_.size(); ++pass) {
      for (const study::PlanMeanOrder& order : counted_.mean_orders) {
        Value& a = values_[value_of_[order.match.a]];
        Value& b = values_[value_of_[order.match.b]];
        a.unit = b.unit = std::gcd(a.unit, b.unit);
      }
    }
    for (Value& value : values_) {
      value.unit = std::max<crowds::Micro>(value.unit, 1);
      too_fine_ =
          too_fine_ || std::ranges::any_of(value.tables, [&](std::size_t t) {
            return std::ranges::any_of(counted_.tables[t].cells, [&](const crowds::Crowd& crowd) {
              return crowd.value && (crowd.value->sum > Int128{value.unit} * most_units ||
                                     -crowd.value->sum > Int128{value.unit} * most_units);
            });
          });
    }
  }

  std::uint32_t add_unknown(sums::Range range, std::optional<std::int64_t> number) {
    system_.ranges.push_back(range);
    solution_.push_back(number);
    shown_.emplace_back();
    return static_cast<std::uint32_t>(system_.ranges.size() - 1);
  }

  void ask_for(std::uint32_t unknown) { asked_.insert(unknown); }

  // Sets of people are the first unknowns, as protection numbers them.
  void add_people() {
    const std::uint32_t count = unknowns_.count();
    std::vector<std::int64_t> patients(count, 0);
    std::vector<bool> shown(count, false);
    std::vector<bool> peopled(count, false);
    std::vector<bool> unsafe(count, false);
    patients_.assign(count, 0);
    for (std::size_t t = 0; t < tables_.size(); ++t) {
      const Primary broken = primary(counted_.tables[t], counted_.population, rules_);
      for (std::size_t c = 0; c < tables_[t].cells.size(); ++c) {
        if (const std::uint32_t u = unknowns_.of(t, c); u != nobody) {
          patients[u] = crowd(t, c).patients;
          peopled[u] = true;
          shown[u] = shown[u] || tables_[t].cells[c].status == tables::CellStatus::published;
          unsafe[u] = unsafe[u] || broken.cells[c].has_value();
        }
      }
    }
    for (std::size_t o = 0; o < counted_.overlaps.size(); ++o) {
      const crowds::CrowdOverlap& overlap = counted_.overlaps[o];
      for (std::size_t g = 0; g < overlap.groups.size(); ++g) {
        const std::uint32_t u = unknowns_.of_group(o, g);
        patients[u] = overlap.groups[g].patients;
        shown[u] = shown[u] || overlap.knows(g);
        peopled[u] = peopled[u] || overlap.peopled;
        unsafe[u] = unsafe[u] || (overlap.differences && unknowns_.unseen(u) &&
                                  broken_by_crowd(overlap.groups[g], rules_));
      }
    }
    if (unknowns_.population() && !counted_.population_withheld) {
      shown[*unknowns_.population()] = true;
    }
    for (std::uint32_t u = 0; u < count; ++u) {
      const std::int64_t least = peopled[u] ? 1 : 0;
      add_unknown(
          shown[u] ? sums::Range{patients[u], patients[u]} : sums::Range{least, sums::no_limit},
          patients[u]);
      if (!counted_.mean_ties.empty() && unsafe[u] && !shown[u]) {
        ask_for(u);
      }
    }
    patients_ = std::move(patients);
    if (!counted_.mean_ties.empty()) {
      std::vector<std::size_t> all(tables_.size());
      std::iota(all.begin(), all.end(), 0u);
      system_.relations = unknowns_.relations(counted_, all);
    }
  }

  sums::Range range_of(const crowds::ValueCrowd& value, crowds::Micro unit) const {
    const SumRange sums = sums_behind_mean(value, rules_);
    const Int128 low = sums.low >= 0 ? (sums.low + unit - 1) / unit : -(-sums.low / unit);
    const Int128 high = sums.high >= 0 ? sums.high / unit : -((-sums.high + unit - 1) / unit);
    return {static_cast<std::int64_t>(low), static_cast<std::int64_t>(high)};
  }

  std::uint32_t sum_of(Value& value, std::uint32_t people) {
    const auto [at, fresh] = value.sum_of.try_emplace(people, 0);
    if (fresh) {
      at->second = add_unknown({0, sums::no_limit}, std::nullopt);
      if (patients_[people] < rules_.patients_min) {
        ask_for(at->second);
      }
    }
    return at->second;
  }

  void know(std::uint32_t sum, const crowds::ValueCrowd& value, crowds::Micro unit) {
    const sums::Range known = range_of(value, unit);
    sums::Range& range = system_.ranges[sum];
    range.low = std::max(range.low, known.low);
    range.high = std::min(range.high, known.high);
    asked_.erase(sum);
  }

  void add_sums(Value& value) {
    bool negative = false;
    for (tables::Relation& relation : unknowns_.relations_of_value(counted_, value.tables)) {
      for (tables::Relation::Term& term : relation.terms) {
        term.cell = sum_of(value, term.cell);
      }
      system_.relations.push_back(std::move(relation));
    }
    for (const std::size_t t : value.tables) {
      for (std::size_t c = 0; c < tables_[t].cells.size(); ++c) {
        if (unknowns_.of(t, c) != nobody) {
          const std::uint32_t sum = sum_of(value, unknowns_.of(t, c));
          solution_[sum] = static_cast<std::int64_t>(crowd(t, c).value->sum / value.unit);
          negative = negative || crowd(t, c).value->sum < 0;
          const std::uint32_t adding = crowd(t, c).value->nonzero;
          if (adding > 0 && adding < rules_.patients_min) {
            ask_for(sum);
          }
        }
      }
    }
    for (const auto& [people, sum] : value.sum_of) {
      system_.ranges[sum].low = negative ? -most_units : 0;
    }
    for (const std::size_t t : value.tables) {
      for (std::size_t c = 0; c < tables_[t].cells.size(); ++c) {
        if (tables_[t].cells[c].mean) {
          const std::uint32_t sum = sum_of(value, unknowns_.of(t, c));
          know(sum, *crowd(t, c).value, value.unit);
          shown_[sum] = MeanPlace{t, c};
        }
      }
    }
    for (std::size_t o = 0; o < counted_.overlaps.size(); ++o) {
      const crowds::CrowdOverlap& overlap = counted_.overlaps[o];
      for (std::size_t g = 0; g < overlap.groups.size(); ++g) {
        if (overlap.knows_mean(g) && overlap.mean_of == tables_[value.tables.front()].mean_of &&
            overlap.groups[g].value) {
          const std::uint32_t sum = sum_of(value, unknowns_.of_group(o, g));
          solution_[sum] = static_cast<std::int64_t>(overlap.groups[g].value->sum / value.unit);
          know(sum, *overlap.groups[g].value, value.unit);
        }
      }
    }
  }

  // Calls visit(cell of a, cell of b) of each two cells that count the same people.
  template <class Visit>
  void each_pair(const study::PlanMatch& match, Visit visit) const {
    const std::vector<tables::Dimension>& a = tables_[match.a].dimensions;
    const std::vector<tables::Dimension>& b = tables_[match.b].dimensions;
    for (std::size_t cell = 0; cell < tables_[match.a].cells.size(); ++cell) {
      const std::vector<std::size_t> places = tables_[match.a].places(cell);
      std::vector<std::size_t> other;
      for (const tables::Dimension& dimension : b) {
        other.push_back(dimension.total());
      }
      bool alone = false;  // in a category that the other table does not have
      for (std::size_t d = 0; d < a.size(); ++d) {
        const auto same =
            std::ranges::find_if(match.dimensions, [&](const auto& pair) { return pair[0] == d; });
        if (same != match.dimensions.end()) {
          other[(*same)[1]] = places[d];
        } else {
          alone = alone || places[d] != a[d].total();
        }
      }
      if (!alone && unknowns_.of(match.a, cell) != nobody) {
        visit(cell, other);
      }
    }
  }

  Value& value_of(std::size_t table) { return values_[value_of_[table]]; }

  void add_order(const study::PlanMeanOrder& order) {
    each_pair(order.match, [&](std::size_t cell, const std::vector<std::size_t>& other) {
      const std::uint32_t b = unknowns_.of(order.match.b, tables_[order.match.b].index(other));
      if (b != unknowns_.of(order.match.a, cell)) {
        return;
      }
      const std::uint32_t more = sum_of(value_of(order.match.a), b);
      const std::uint32_t less = sum_of(value_of(order.match.b), b);
      tables::Relation relation{{{more, 1}, {less, -1}}};
      if (!order.same) {
        const std::uint32_t rest =
            add_unknown({0, sums::no_limit}, *solution_[more] - *solution_[less]);
        ask_for(rest);
        relation.terms.push_back({rest, -1});
      }
      system_.relations.push_back(std::move(relation));
    });
  }

  // lower * people + rest = sum, where the rest is not negative; and the same from above.
  void bound(std::uint32_t sum, std::uint32_t people, std::int64_t limit, bool below) {
    const std::int64_t at_limit = limit * patients_[people];
    const std::int64_t rest = below ? *solution_[sum] - at_limit : at_limit - *solution_[sum];
    tables::Relation relation{{{sum, below ? 1 : -1}}};
    if (limit != 0) {
      const auto times = static_cast<std::int32_t>(limit);
      relation.terms.push_back({people, below ? -times : times});
    }
    relation.terms.push_back({add_unknown({0, sums::no_limit}, rest), -1});
    system_.relations.push_back(std::move(relation));
  }

  // A number of units; nothing where there is no limit, or one too large to matter.
  static std::optional<std::int64_t> in_units(double limit, crowds::Micro unit, bool below) {
    const double units = limit * 1e6 / static_cast<double>(unit);
    if (!(std::abs(units) < static_cast<double>(most_coefficient))) {
      return std::nullopt;
    }
    return static_cast<std::int64_t>(below ? std::floor(units + 1e-6) : std::ceil(units - 1e-6));
  }

  struct Part {
    std::uint32_t people;
    std::optional<std::int64_t> low;
    std::optional<std::int64_t> high;
    std::uint32_t sum = 0;
  };

  void add_tie(const study::PlanMeanTie& tie) {
    Value& value = value_of(tie.match.a);
    const tables::Table& other = tables_[tie.match.b];
    each_pair(tie.match, [&](std::size_t cell, std::vector<std::size_t> places) {
      std::vector<Part> parts;
      std::int64_t patients = 0;
      for (std::size_t category = 0; category < tie.bounds.size(); ++category) {
        places[tie.dimension] = category;
        const std::uint32_t people = unknowns_.of(tie.match.b, other.index(places));
        if (people != nobody && tie.bounds[category]) {
          const auto [low, high] = *tie.bounds[category];
          parts.push_back(
              {people, in_units(low, value.unit, true), in_units(high, value.unit, false)});
          patients += patients_[people];
        }
      }
      const std::uint32_t all = unknowns_.of(tie.match.a, cell);
      if (patients == patients_[all]) {
        add_parts(value, sum_of(value, all), parts);
      }
    });
  }

  void add_parts(Value& value, std::uint32_t whole, std::vector<Part>& parts) {
    tables::Relation relation{{{whole, -1}}};
    std::int64_t left = *solution_[whole];
    for (Part& part : parts) {
      part.sum = sum_of(value, part.people);
      if (!solution_[part.sum]) {
        solution_[part.sum] = part.low.value_or(0) * patients_[part.people];
        fresh_.insert(part.sum);
      }
      left -= *solution_[part.sum];
    }
    // Any that add up will do where nobody counted them.
    for (const Part& part : parts) {
      if (fresh_.contains(part.sum)) {
        const std::int64_t room =
            part.high ? *part.high * patients_[part.people] - *solution_[part.sum] : left;
        const std::int64_t more = std::clamp<std::int64_t>(left, 0, room);
        *solution_[part.sum] += more;
        left -= more;
        fresh_.erase(part.sum);
      }
      relation.terms.push_back({part.sum, 1});
    }
    system_.relations.push_back(std::move(relation));
    for (const Part& part : parts) {
      if (part.low) {
        bound(part.sum, part.people, *part.low, true);
      }
      if (part.high) {
        bound(part.sum, part.people, *part.high, false);
      }
    }
  }

  Result<std::vector<sums::Interval>> intervals_of(const sums::System& system,
                                                   std::vector<std::uint32_t> cells) const {
    sums::IntervalQuestion question;
    question.cells = std::move(cells);
    question.enough = rules_.width_min;
    question.over_reals = true;
    if (solved()) {
      for (const std::optional<std::int64_t>& number : solution_) {
        question.solution.push_back(*number);
      }
    }
    Progress progress(Progress::Manner::none);
    return sums::intervals(system, question, progress, Stop());
  }

  // Whether the numbers of all unknowns are there, and fit.
  bool solved() const {
    for (std::size_t u = 0; u < solution_.size(); ++u) {
      const sums::Range& range = system_.ranges[u];
      if (!solution_[u] || *solution_[u] < range.low || *solution_[u] > range.high) {
        return false;
      }
    }
    return std::ranges::all_of(system_.relations, [&](const tables::Relation& relation) {
      std::int64_t sum = 0;
      for (const tables::Relation::Term& term : relation.terms) {
        sum += *solution_[term.cell] * term.coefficient;
      }
      return sum == 0;
    });
  }

  Result<NarrowedByMeans> ask() {
    NarrowedByMeans found;
    found.asked = asked_.size();
    const bool any = std::ranges::any_of(shown_, [](const auto& mean) { return mean.has_value(); });
    if (!any || asked_.empty() || too_fine_) {
      return found;
    }
    ASSIGN_OR_RETURN(const std::vector<sums::Interval> with,
                     intervals_of(system_, {asked_.begin(), asked_.end()}));
    std::map<std::uint32_t, std::int64_t> narrow;
    for (const sums::Interval& interval : with) {
      if (interval.width() < rules_.width_min) {
        narrow.emplace(interval.cell, interval.width());
      }
    }
    if (narrow.empty()) {
      return found;
    }
    sums::System without = system_;
    for (std::size_t u = 0; u < shown_.size(); ++u) {
      if (shown_[u]) {
        without.ranges[u] = {std::min<std::int64_t>(without.ranges[u].low, 0), sums::no_limit};
      }
    }
    std::vector<std::uint32_t> again;
    for (const auto& [cell, width] : narrow) {
      again.push_back(cell);
    }
    ASSIGN_OR_RETURN(const std::vector<sums::Interval> before,
                     intervals_of(without, std::move(again)));
    for (const sums::Interval& interval : before) {
      if (interval.width() > narrow.at(interval.cell)) {
        ++found.narrow;
        if (const auto near = nearest_mean(interval.cell)) {
          found.to_hide.push_back(*near);
        }
      }
    }
    return found;
  }

  // Groups of whom nobody summed the value: what is left of a sum of which all others are known.
  void solve_groups() {
    for (bool more = true; more;) {
      more = false;
      for (const tables::Relation& relation : system_.relations) {
        const tables::Relation::Term* missing = nullptr;
        std::int64_t sum = 0;
        std::size_t unknown = 0;
        for (const tables::Relation::Term& term : relation.terms) {
          if (const auto& number = solution_[term.cell]) {
            sum += *number * term.coefficient;
          } else {
            missing = &term;
            ++unknown;
          }
        }
        if (unknown == 1 && sum % missing->coefficient == 0) {
          solution_[missing->cell] = -sum / missing->coefficient;
          more = true;
        }
      }
    }
  }

  // The fewest relations away; of several, the one of the fewest patients.
  std::optional<MeanPlace> nearest_mean(std::uint32_t from) const {
    std::vector<std::vector<std::uint32_t>> by_unknown(system_.ranges.size());
    for (std::uint32_t r = 0; r < system_.relations.size(); ++r) {
      for (const tables::Relation::Term& term : system_.relations[r].terms) {
        by_unknown[term.cell].push_back(r);
      }
    }
    std::vector<bool> met(system_.ranges.size(), false);
    std::vector<std::uint32_t> here{from};
    met[from] = true;
    while (!here.empty()) {
      std::vector<std::uint32_t> next;
      std::optional<MeanPlace> best;
      for (const std::uint32_t unknown : here) {
        for (const std::uint32_t r : by_unknown[unknown]) {
          for (const tables::Relation::Term& term : system_.relations[r].terms) {
            if (met[term.cell]) {
              continue;
            }
            met[term.cell] = true;
            next.push_back(term.cell);
            const std::optional<MeanPlace>& mean = shown_[term.cell];
            if (mean && (!best || crowd(mean->table, mean->cell).patients <
                                      crowd(best->table, best->cell).patients)) {
              best = mean;
            }
          }
        }
      }
      if (best) {
        return best;
      }
      here = std::move(next);
    }
    return std::nullopt;
  }

  const crowds::Counted& counted_;
  const std::vector<tables::Table>& tables_;
  const Rules& rules_;
  const Unknowns unknowns_;
  std::vector<std::size_t> value_of_;  // by table of means
  std::vector<Value> values_;
  bool too_fine_ = false;
  std::vector<std::int64_t> patients_;  // by set of people
  sums::System system_;
  std::vector<std::optional<std::int64_t>> solution_;  // by unknown, where it is known
  std::vector<std::optional<MeanPlace>> shown_;        // by unknown: the mean of this release
  std::set<std::uint32_t> asked_;
  std::set<std::uint32_t> fresh_;
};

}  // namespace

Result<NarrowedByMeans> narrowed_by_means(const crowds::Counted& counted,
                                          const std::vector<tables::Table>& tables,
                                          const Rules& rules) {
  const bool means = std::ranges::any_of(
      tables, [](const tables::Table& table) { return table.mean_of.has_value(); });
  if (rules.width_min == 0 || !means) {
    return NarrowedByMeans{};
  }
  return MeanSums(counted, tables, rules).find();
}

}  // namespace parcours::protect
