#include "microdata/minimal_uniques.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <bit>
#include <mutex>
#include <numeric>

#include "base/int128.h"
#include "base/threads.h"
#include "microdata/class_cutter.h"
#include "microdata/classes.h"

namespace parcours::microdata {
namespace {

// The sets that one thread found, a list for each record, newest first. A set goes in unless one
// within it is there already.
template <class Mask>
class FoundSets {
 public:
  explicit FoundSets(std::size_t records) : newest_(records, none) {}

  bool add(std::uint32_t record, Mask set) {
    for (std::uint32_t at = newest_[record]; at != none; at = sets_[at].next) {
      if ((sets_[at].set & ~set) == 0) {
        return false;
      }
    }
    sets_.push_back({set, newest_[record]});
    newest_[record] = static_cast<std::uint32_t>(sets_.size() - 1);
    return true;
  }

  std::size_t size() const { return sets_.size(); }
  template <class Each>
  void each(std::uint32_t record, const Each& visit) const {
    for (std::uint32_t at = newest_[record]; at != none; at = sets_[at].next) {
      visit(sets_[at].set);
    }
  }

 private:
  static constexpr std::uint32_t none = ~std::uint32_t{0};
  struct Set {
    Mask set;
    std::uint32_t next;
  };
  std::vector<Set> sets_;
  std::vector<std::uint32_t> newest_;
};

// The walk over the sets of columns that begin with one or two given ones, the highest first. A
// set's proper subsets stand before it in the order of the sets as binary numbers, and that is the
// order in which one thread walks: so what it finds is minimal but for what other threads find.
template <class Mask>
class Walk {
 public:
  Walk(const DistinctRows& rows, std::size_t most_columns, const Stop& stop,
       std::atomic<std::uint64_t>& found, std::uint64_t most_found)
      : rows_(rows),
        most_columns_(most_columns),
        stop_(stop),
        all_found_(found),
        most_found_(most_found),
        cutter_(rows),
        found_(rows.unique()),
        levels_(rows.columns() + 1) {}

  // The sets of `top` alone.
  void walk(std::size_t top) {
    cutter_.cut(rows_.all(), top, ClassCutter::Keep::nothing, nullptr, emit(bit(top)));
  }

  // The sets that begin with `top` and `second`.
  void walk(std::size_t top, std::size_t second) {
    if (top != top_) {
      cutter_.cut(rows_.all(), top, ClassCutter::Keep::classes, &levels_[0], [](std::uint32_t) {});
      top_ = top;
    }
    descend(0, bit(top), 1, second);
  }

  const FoundSets<Mask>& found() const { return found_; }

 private:
  static Mask bit(std::size_t column) { return Mask{1} << column; }
  // What a thread finds may hold sets of which another thread finds a part, so the end comes well
  // after the limit.
  bool over() const { return stop_.requested() || all_found_ > 4 * most_found_; }

  auto emit(Mask set) {
    return [this, set](std::uint32_t row) {
      if (found_.add(row, set)) {
        ++fresh_;
      }
    };
  }

  // Cuts the classes of level `depth`, those of `set`, by `column`, and goes on below.
  void descend(std::size_t depth, Mask set, std::size_t size, std::size_t column) {
    if (over()) {
      return;
    }
    const bool deeper = column > 0 && size + 1 < most_columns_;
    const Mask with = set | bit(column);
    cutter_.cut(levels_[depth], column,
                deeper ? ClassCutter::Keep::classes : ClassCutter::Keep::nothing,
                &levels_[depth + 1], emit(with));
    all_found_ += std::exchange(fresh_, 0);
    if (deeper && !levels_[depth + 1].rows.empty()) {
      for (std::size_t next = 0; next < column; ++next) {
        descend(depth + 1, with, size + 1, next);
      }
    }
  }

  const DistinctRows& rows_;
  const std::size_t most_columns_;
  const Stop& stop_;
  std::atomic<std::uint64_t>& all_found_;
  const std::uint64_t most_found_;
  ClassCutter cutter_;
  FoundSets<Mask> found_;
  std::vector<RowClasses> levels_;
  std::size_t top_ = ~std::size_t{0};  // whose classes levels_[0] holds
  std::uint64_t fresh_ = 0;
};

// A piece of the walk: the sets {top}, or those that begin with top and second.
struct Task {
  std::size_t top;
  std::optional<std::size_t> second;
};

// In the order of the sets as binary numbers.
std::vector<Task> tasks_for(std::size_t columns, std::size_t most_columns) {
  std::vector<Task> tasks;
  for (std::size_t top = 0; top < columns; ++top) {
    tasks.push_back({top, std::nullopt});
    for (std::size_t second = 0; second < top && most_columns > 1; ++second) {
      tasks.push_back({top, second});
    }
  }
  return tasks;
}

// The sets that all threads found of each record, less those that hold another one.
template <class Mask>
std::vector<MinimalUnique> minimal(const std::vector<std::unique_ptr<Walk<Mask>>>& walks,
                                   const DistinctRows& rows) {
  std::vector<MinimalUnique> result;
  std::vector<Mask> sets;
  for (std::uint32_t row = 0; row < rows.unique(); ++row) {
    sets.clear();
    for (const auto& walk : walks) {
      walk->found().each(row, [&](Mask set) { sets.push_back(set); });
    }
    std::ranges::sort(sets);  // subsets first
    std::size_t kept = 0;
    for (const Mask set : sets) {
      if (std::none_of(sets.begin(), sets.begin() + static_cast<std::ptrdiff_t>(kept),
                       [&](Mask smaller) { return (smaller & ~set) == 0; })) {
        sets[kept++] = set;
      }
    }
    for (std::size_t i = 0; i < kept; ++i) {
      MinimalUnique unique{rows.record(row), {}};
      for (std::size_t column = 0; column < rows.columns(); ++column) {
        if ((sets[i] >> column & 1) != 0) {
          unique.columns.insert(rows.chosen_place(column));
        }
      }
      result.push_back(unique);
    }
  }
  std::ranges::sort(result);
  return result;
}

template <class Mask>
Result<std::vector<MinimalUnique>> search_with(const DistinctRows& rows, const UniqueSearch& search,
                                               Progress& progress, const Stop& stop) {
  const std::vector<Task> tasks = tasks_for(rows.columns(), search.most_columns);
  std::atomic<std::uint64_t> found{0};
  std::vector<std::unique_ptr<Walk<Mask>>> walks;
  for (int thread = 0; thread < std::max(1, search.threads); ++thread) {
    walks.push_back(
        std::make_unique<Walk<Mask>>(rows, search.most_columns, stop, found, search.most_found));
  }
  std::atomic<std::size_t> next{0};
  const auto work = [&](Walk<Mask>& walk) {
    for (std::size_t i = next++; i < tasks.size() && !stop.requested(); i = next++) {
      if (tasks[i].second) {
        walk.walk(tasks[i].top, *tasks[i].second);
      } else {
        walk.walk(tasks[i].top);
      }
      progress.add(1);
    }
  };
  progress.begin("searching what singles out", tasks.size());
  on_threads(static_cast<int>(walks.size()),
             [&](int thread) { work(*walks[static_cast<std::size_t>(thread)]); });
  progress.end();
  if (stop.requested()) {
    return stopped();
  }
  const auto too_many = [&] {
    return bad_input(
        fmt::format("more than {} sets of columns single records out", search.most_found), {},
        "ask for sets of fewer columns, or leave columns out");
  };
  if (found > 4 * search.most_found) {
    return too_many();
  }
  std::vector<MinimalUnique> result = minimal(walks, rows);
  if (result.size() > search.most_found) {
    return too_many();
  }
  return result;
}

}  // namespace

std::size_t ColumnSet::size() const {
  return static_cast<std::size_t>(std::popcount(words_[0])) +
         static_cast<std::size_t>(std::popcount(words_[1]));
}

Result<std::vector<MinimalUnique>> minimal_uniques(std::span<const CodeColumn> columns,
                                                   std::size_t records, const UniqueSearch& search,
                                                   Progress& progress, const Stop& stop) {
  constexpr std::size_t most = 128;
  if (columns.size() > most) {
    return bad_input(fmt::format("{} columns are more than the search for minimal uniques takes",
                                 columns.size()),
                     {}, fmt::format("choose at most {}", most));
  }
  const DistinctRows rows(columns, records, search.sample, search.seed, search.threads);
  if (columns.size() <= 64) {
    return search_with<std::uint64_t>(rows, search, progress, stop);
  }
  return search_with<Uint128>(rows, search, progress, stop);
}

}  // namespace parcours::microdata
