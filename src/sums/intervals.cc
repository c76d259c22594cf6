#include "sums/intervals.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <numeric>

#include "base/check.h"
#include "sums/bound.h"
#include "sums/cheapest_move.h"
#include "sums/linear_program.h"
#include "sums/move.h"
#include "sums/real_move.h"
#include "sums/whole.h"

namespace parcours::sums {
namespace {

constexpr std::uint32_t steps_to_begin = 2'000;   // to find a first whole solution
constexpr std::uint32_t steps_to_settle = 1'000;  // whether a cell can be one more number
constexpr std::size_t part_to_settle = 400;       // unknowns; of larger parts it is not asked
constexpr std::array<std::size_t, 2> near_sizes = {2'000, 12'000};  // unknowns of a near program
constexpr int starts_at_last = 24;                    // of a search for a move, before programs
constexpr std::uint64_t most_nearby = 4'000'000'000;  // CheapestMove::work
constexpr std::size_t small_part = 5'000;             // unknowns
constexpr std::size_t few_left = 8;                   // cells that are carried one by one
constexpr double nearly_whole = 1e-6;
constexpr std::int64_t far = std::int64_t{1} << 40;

// The narrowest range found so far for each unknown, and how far apart whole solutions carried it.
struct Ends {
  Fraction low;
  std::optional<Fraction> high;
  bool low_sharp = false;
  bool high_sharp = false;
  std::int64_t whole_low;
  std::int64_t whole_high;
  std::optional<std::int64_t> reached_low;
  std::optional<std::int64_t> reached_high;
  bool low_carried = false;
  bool high_carried = false;
  double seen_low = std::numeric_limits<double>::max();  // in the solutions of programs
  double seen_high = std::numeric_limits<double>::lowest();

  void see(double value) {
    seen_low = std::min(seen_low, value);
    seen_high = std::max(seen_high, value);
  }
  // How far apart the whole numbers are between the ends that were seen.
  std::int64_t seen_width() const {
    return seen_low > seen_high ? 0
                                : std::llround(std::floor(seen_high + nearly_whole) -
                                               std::ceil(seen_low - nearly_whole));
  }
  // In a whole solution.
  void reach(std::int64_t value) {
    see(static_cast<double>(value));
    reached_low = std::min(reached_low.value_or(value), value);
    reached_high = std::max(reached_high.value_or(value), value);
  }
  // Whether programs carried it to both ends.
  bool carried() const { return (low_carried || low_sharp) && (high_carried || high_sharp); }
  bool settled(int direction) const {
    return direction < 0 ? reached_low && *reached_low == whole_low && low_sharp
                         : reached_high && *reached_high == whole_high && high_sharp;
  }
  std::int64_t reached_width() const {
    return reached_low && reached_high ? *reached_high - *reached_low : 0;
  }
};

class Intervals {
 public:
  Intervals(const Equations& equations, const IntervalQuestion& question, Progress& progress,
            const Stop& stop, std::vector<Range> ranges)
      : equations_(equations),
        question_(question),
        progress_(progress),
        stop_(stop),
        ranges_(std::move(ranges)),
        moves_(equations, std::vector<std::int64_t>(equations.unknowns(), 0)),
        solution_(equations.unknowns(), 0),
        base_(equations.unknowns(), 0),
        even_prices_(equations.unknowns(), 1),
        enough_(equations.unknowns(), question.enough.value_or(0)),
        programs_left_(question.programs) {
    for (std::size_t i = 0; i < question.enough_of.size(); ++i) {
      if (const std::uint32_t u = equations.unknown(question.cells[i]); u != no_unknown) {
        enough_[u] = question.enough_of[i];
      }
    }
    for (const Range& range : ranges_) {
      Ends ends{{range.low, 1}, {}, false, false, range.low, range.high, {}, {}};
      if (range.high != no_limit) {
        ends.high = Fraction{range.high, 1};
      }
      ends_.push_back(ends);
    }
  }

  Result<std::vector<Interval>> run(const std::vector<std::uint32_t>& asked) {
    std::vector<bool> is_asked(equations_.unknowns(), false);
    for (const std::uint32_t u : asked) {
      is_asked[u] = true;
    }
    progress_.begin("bounding hidden cells", asked.size());
    for (const Equations::Part& part : equations_.parts()) {
      std::vector<std::uint32_t> mine;
      std::ranges::copy_if(part.unknowns, std::back_inserter(mine),
                           [&](std::uint32_t u) { return is_asked[u]; });
      if (!mine.empty()) {
        RETURN_IF_ERROR(look_at(part, mine));
      }
    }
    progress_.end();
    std::vector<Interval> result;
    for (const std::uint32_t u : asked) {
      result.push_back(interval_of(u));
    }
    return result;
  }

 private:
  // Everything about one part.
  struct Work {
    const Equations::Part& part;
    std::optional<LinearProgram> program;
    bool has_solution = false;
  };

  Status look_at(const Equations::Part& part, const std::vector<std::uint32_t>& asked) {
    Work work{part, {}, false};
    RETURN_IF_ERROR(begin(work));
    if (question_.over_reals) {
      carry(work, asked);
    }
    for (const std::uint32_t u : asked) {
      if (stop_.requested()) {
        return stopped();
      }
      if (!question_.over_reals) {
        by_moves(work, u);
      }
      for (const int direction : {1, -1}) {
        if (!enough(u)) {
          RETURN_IF_ERROR(look_at(work, u, direction));
        }
      }
      progress_.add(1);
    }
    return {};
  }

  // A first whole solution.
  Status begin(Work& work) {
    if (!question_.solution.empty()) {
      for (const std::uint32_t u : work.part.unknowns) {
        solution_[u] = question_.solution[equations_.cell(u)];
      }
      PARCOURS_CHECK(equations_.solves(work.part, solution_, 1));
      take(work);
      return {};
    }
    const WholeAnswer answer = whole_solution(equations_, work.part, ranges_, steps_to_begin);
    if (answer.outcome == WholeAnswer::Outcome::none) {
      return bad_input("no whole numbers fit these sums and ranges",
                       fmt::format("{}", equations_.relation(work.part.rows.front())));
    }
    if (answer.outcome == WholeAnswer::Outcome::solution) {
      for (const std::uint32_t u : work.part.unknowns) {
        solution_[u] = answer.solution[u];
      }
      take(work);
    }
    return {};
  }

  // solution_ is a whole one of this part.
  void take(Work& work) {
    for (const std::uint32_t u : work.part.unknowns) {
      ends_[u].reach(solution_[u]);
    }
    if (!work.has_solution) {
      work.has_solution = true;
      moves_.set_solution(work.part.unknowns, solution_);
      for (const std::uint32_t u : work.part.unknowns) {
        base_[u] = solution_[u];
      }
    }
  }

  bool enough(std::uint32_t u) const {
    const Ends& ends = ends_[u];
    return question_.enough &&
           (question_.over_reals ? ends.seen_width() : ends.reached_width()) >= enough_[u];
  }

  // Where only so much is asked, moves of the cells alone: by search, then by programs over the
  // cells nearby, which are far smaller than the whole part's.
  void by_moves(const Work& work, std::uint32_t u) {
    if (!question_.enough || !work.has_solution) {
      return;
    }
    for (const int starts : {1, starts_at_last}) {
      moves_.set_effort({.starts = starts});
      by_search(u);
    }
    moves_.set_effort({});
    for (const std::size_t near : near_sizes) {
      for (const int direction : {1, -1}) {
        if (near < work.part.unknowns.size() && !enough(u) && nearby_ < most_nearby) {
          move_nearby(u, direction, near);
        }
      }
    }
  }

  void by_search(std::uint32_t u) {
    for (const int direction : {-1, 1}) {
      if (!enough(u) && !ends_[u].settled(direction)) {
        move(u, direction);
      }
    }
  }

  // Carries the cell as far beyond its other end as is asked, or as far as it can be.
  void move_nearby(std::uint32_t u, int direction, std::size_t near) {
    const Ends& ends = ends_[u];
    const std::int64_t asked = direction < 0 ? *ends.reached_high - *question_.enough
                                             : *ends.reached_low + *question_.enough;
    const std::int64_t to = std::clamp(asked, ends.whole_low, ends.whole_high);
    if (to == base_[u]) {
      return;
    }
    const MoveWish wish{u, direction, std::abs(to - base_[u])};
    const CheapestMove found = cheapest_move(equations_, base_, even_prices_, wish, near);
    nearby_ += found.work;
    if (found.outcome == CheapestMove::Outcome::found) {
      for (const auto& [moved, by] : found.shifts) {
        ends_[moved].reach(base_[moved] + by);
      }
    }
  }

  // Carries each cell by a program over the cells near it, which are far fewer than the whole
  // part's; what else moves with it is often another one that is asked for.
  void carry_nearby(const std::vector<std::uint32_t>& asked) {
    if (!real_moves_) {
      std::vector<std::int64_t> solution;
      for (std::uint32_t u = 0; u < equations_.unknowns(); ++u) {
        solution.push_back(question_.solution[equations_.cell(u)]);
      }
      real_moves_.emplace(equations_, solution);
      for (std::uint32_t u = 0; u < equations_.unknowns(); ++u) {
        real_moves_->set_free(u, true);
      }
    }
    for (const std::uint32_t u : asked) {
      if (enough(u) || real_moves_->work() > most_nearby || stop_.requested()) {
        continue;
      }
      if (const auto apart = real_moves_->apart(u, enough_[u])) {
        see(apart->up);
        see(apart->down);
      }
    }
  }

  void see(const RealMoves::Reach& reach) {
    for (const auto& [moved, by] : reach.moved) {
      ends_[moved].see(static_cast<double>(base_[moved]) + by);
    }
  }

  // Of a small part all at once; of a large one, each by a program of its own first.
  void carry(Work& work, const std::vector<std::uint32_t>& asked) {
    for (const std::uint32_t u : asked) {
      if (work.has_solution) {
        by_search(u);
      }
    }
    if (work.part.unknowns.size() <= small_part) {
      carry_together(work, asked);
    }
    if (!question_.solution.empty()) {
      carry_nearby(asked);
    }
    carry_together(work, asked);
  }

  // One program carries many cells at once, up and then down. It is asked again of those that it
  // left behind, until it carries few of them.
  void carry_together(Work& work, std::vector<std::uint32_t> left) {
    for (const int direction : {1, -1}) {
      for (std::size_t before = 0; !stop_.requested();) {
        std::erase_if(left, [&](std::uint32_t u) { return enough(u); });
        const bool few_more = before != 0 && left.size() * 10 > before * 9;
        if (left.size() < few_left || few_more || !carry_further(work, left, direction)) {
          break;
        }
        before = left.size();
      }
    }
  }

  bool carry_further(Work& work, const std::vector<std::uint32_t>& left, int direction) {
    LinearProgram& program = program_of(work);
    if (ends_[left.front()].seen_low > ends_[left.front()].seen_high) {  // a first solution
      if (program.minimise(left.front(), 1) != LinearProgram::Outcome::solved) {
        return false;
      }
      see(work);
    }
    const auto further = static_cast<double>(*question_.enough + 1);
    std::vector<LinearProgram::End> ends;
    for (const std::uint32_t u : left) {
      ends.push_back(
          {u, direction < 0 ? ends_[u].seen_high - further : ends_[u].seen_low + further});
    }
    if (program.carry(ends, direction) != LinearProgram::Outcome::solved) {
      return false;
    }
    see(work);
    return true;
  }

  Status look_at(Work& work, std::uint32_t u, int direction) {
    mark_sharp(u);
    if (work.has_solution && !ends_[u].settled(direction)) {
      move(u, direction);
      mark_sharp(u);
    }
    if (!enough(u) && !ends_[u].settled(direction) && programs_left_ > 0) {
      --programs_left_;
      RETURN_IF_ERROR(solve(work, u, direction));
      mark_sharp(u);
    }
    if (!enough(u) && work.part.unknowns.size() <= part_to_settle) {
      settle(work, u, direction);
    }
    return {};
  }

  void move(std::uint32_t u, int direction) {
    const Ends& ends = ends_[u];
    std::int64_t want = direction < 0                 ? base_[u] - ends.whole_low
                        : ends.whole_high == no_limit ? far
                                                      : ends.whole_high - base_[u];
    if (question_.enough) {
      want = std::min(want, *question_.enough);
    }
    if (want <= 0) {
      return;
    }
    const Moves::Reach reach = moves_.reach(u, direction, want);
    for (const Shift& shift : reach.shifts) {
      ends_[shift.unknown].reach(base_[shift.unknown] + shift.by);
    }
  }

  LinearProgram& program_of(Work& work) {
    if (!work.program) {
      work.program.emplace(equations_, work.part, ranges_);
    }
    return *work.program;
  }

  Status solve(Work& work, std::uint32_t u, int direction) {
    switch (program_of(work).minimise(u, -direction)) {
      case LinearProgram::Outcome::none:
        return bad_input("no numbers fit these sums and ranges",
                         fmt::format("{}", equations_.relation(work.part.rows.front())));
      case LinearProgram::Outcome::failed:
        return {};
      case LinearProgram::Outcome::solved:
        break;
    }
    if (question_.over_reals) {
      see(work);
      (direction < 0 ? ends_[u].low_carried : ends_[u].high_carried) = true;
      if (enough(u)) {
        return {};
      }
    }
    // The least of -x bounds the most of x, and the other way round.
    const std::optional<Fraction> least_value =
        least(equations_, work.part, ranges_, u, -direction, work.program->multipliers());
    if (least_value) {
      bound(u, direction, *least_value);
    }
    read_solution(work, u, direction);
    return {};
  }

  // One program's solution is one of every cell of the part.
  void see(const Work& work) {
    const std::span<const double> values = work.program->values();
    for (std::size_t i = 0; i < values.size(); ++i) {
      ends_[work.part.unknowns[i]].see(values[i]);
    }
  }

  void bound(std::uint32_t u, int direction, const Fraction& least_value) {
    Ends& ends = ends_[u];
    if (direction < 0) {
      ends.low = ends.low < least_value ? least_value : ends.low;
      ends.whole_low = std::max(ends.whole_low, ends.low.ceil());
    } else {
      const Fraction most{-least_value.above, least_value.below};
      ends.high = !ends.high || most < *ends.high ? most : *ends.high;
      ends.whole_high = std::min(ends.whole_high, ends.high->floor());
    }
  }

  // What the program found, read as fractions of a small denominator and checked.
  void read_solution(Work& work, std::uint32_t u, int direction) {
    static constexpr std::array<std::int64_t, 6> denominators = {1, 2, 3, 4, 6, 12};
    const std::span<const double> values = work.program->values();
    for (const std::int64_t below : denominators) {
      double worst = 0;
      for (std::size_t i = 0; i < values.size(); ++i) {
        const double times = values[i] * static_cast<double>(below);
        const std::int64_t near = std::llround(times);
        worst = std::max(worst, std::abs(times - static_cast<double>(near)));
        solution_[work.part.unknowns[i]] = near;
      }
      if (worst > 1e-4 || !equations_.solves(work.part, solution_, below)) {
        continue;
      }
      Ends& ends = ends_[u];
      const Fraction value = Fraction::of(solution_[u], below);
      ends.low_sharp = ends.low_sharp || (direction < 0 && value == ends.low);
      ends.high_sharp = ends.high_sharp || (direction > 0 && ends.high && value == *ends.high);
      if (below == 1) {
        take(work);
      }
      return;
    }
  }

  // An end that a whole solution reaches is as narrow as it can be.
  void mark_sharp(std::uint32_t u) {
    Ends& ends = ends_[u];
    ends.low_sharp =
        ends.low_sharp || (ends.reached_low && ends.low == Fraction{*ends.reached_low, 1});
    ends.high_sharp = ends.high_sharp || (ends.high && ends.reached_high &&
                                          *ends.high == Fraction{*ends.reached_high, 1});
  }

  // Whether whole solutions go further than was reached, number by number from the end inwards.
  void settle(Work& work, std::uint32_t u, int direction) {
    Ends& ends = ends_[u];
    const auto end = [&] { return direction < 0 ? ends.whole_low : ends.whole_high; };
    const auto reached = [&] { return direction < 0 ? ends.reached_low : ends.reached_high; };
    if (end() == no_limit) {
      return;
    }
    while (!reached() || *reached() != end()) {
      std::vector<Range> ranges = ranges_;
      ranges[u] = {end(), end()};
      const WholeAnswer answer =
          whole_solution(equations_, work.part, std::move(ranges), steps_to_settle);
      if (answer.outcome == WholeAnswer::Outcome::gave_up) {
        return;
      }
      if (answer.outcome == WholeAnswer::Outcome::solution) {
        for (const std::uint32_t v : work.part.unknowns) {
          solution_[v] = answer.solution[v];
        }
        take(work);
      } else if (direction < 0) {
        ++ends.whole_low;
      } else {
        --ends.whole_high;
      }
      if (ends.whole_low > ends.whole_high) {
        return;  // there is no whole solution at all
      }
    }
  }

  Interval interval_of(std::uint32_t u) const {
    const Ends& ends = ends_[u];
    std::optional<std::int64_t> carried_width;
    if (question_.over_reals && (enough(u) || ends.carried())) {
      carried_width = ends.seen_width();
    }
    return {equations_.cell(u), ends.low,       ends.high,       ends.low_sharp,
            ends.high_sharp,    ends.whole_low, ends.whole_high, ends.reached_low,
            ends.reached_high,  carried_width};
  }

  const Equations& equations_;
  const IntervalQuestion& question_;
  Progress& progress_;
  const Stop& stop_;
  const std::vector<Range> ranges_;  // by unknown, narrowed
  std::vector<Ends> ends_;           // by unknown
  Moves moves_;
  std::vector<std::int64_t> solution_;  // by unknown, the last one looked at
  std::vector<std::int64_t> base_;      // by unknown, where moves start
  const std::vector<std::uint64_t> even_prices_;
  std::vector<std::int64_t> enough_;  // by unknown, where it is asked how wide it is at least
  std::uint64_t programs_left_;
  std::optional<RealMoves> real_moves_;  // from the solution given; all unknowns are free
  std::uint64_t nearby_ = 0;             // how much work programs over cells nearby took
};

}  // namespace

Result<std::vector<Interval>> intervals(const System& system, const IntervalQuestion& question,
                                        Progress& progress, const Stop& stop) {
  PARCOURS_CHECK(!question.over_reals || question.enough);
  ASSIGN_OR_RETURN(const Equations equations, Equations::of(system));
  std::vector<Range> ranges;
  for (std::uint32_t u = 0; u < equations.unknowns(); ++u) {
    ranges.push_back(equations.range(u));
  }
  std::vector<std::uint32_t> rows(equations.rows());
  std::iota(rows.begin(), rows.end(), 0);
  auto narrow = narrowed(equations, std::move(ranges), rows, Numbers::real);
  if (!narrow) {
    return bad_input("no numbers fit these sums and ranges");
  }
  std::vector<std::uint32_t> asked;
  if (question.cells.empty()) {
    asked.resize(equations.unknowns());
    std::iota(asked.begin(), asked.end(), 0);
  }
  for (const std::uint32_t cell : question.cells) {
    if (equations.unknown(cell) != no_unknown) {
      asked.push_back(equations.unknown(cell));
    }
  }
  return Intervals(equations, question, progress, stop, *std::move(narrow)).run(asked);
}

}  // namespace parcours::sums
