// Inverting the method (docs/audit.md, "Which cells are hidden"): an outsider runs this program on
// every table that fits what is published, and keeps those for which it publishes and hides the
// same cells. How often is an unsafe count then certain, or narrower than the rules ask?
//
// Everybody has the program and the rules. Small worlds show all of what this gives: every table of
// so many people is protected, and those of one release are held side by side. The figures that
// this prints stand in docs/audit.md.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <limits>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "base/random.h"
#include "base/testing/sanitizer.h"
#include "protect/protect.h"
#include "protect/testing/people.h"

namespace parcours::protect {
namespace {

using PeopleInCells = std::vector<int>;  // row-major, without margins

// Calls visit(counts) of every table of `cells` cells that holds `people`.
template <class Visit>
void each_table(PeopleInCells& counts, std::size_t cell, int people, const Visit& visit) {
  if (cell + 1 == counts.size()) {
    counts[cell] = people;
    visit(counts);
    return;
  }
  for (counts[cell] = 0; counts[cell] <= people; ++counts[cell]) {
    each_table(counts, cell + 1, people - counts[cell], visit);
  }
}

struct TwoWay {
  std::size_t rows;
  std::size_t columns;
  int people;
};

// A two-way table with its margins; each combination of places is one group of people.
crowds::Counted two_way_of(const PeopleInCells& counts, const TwoWay& shape) {
  crowds::Counted made;
  crowds::CrowdTable table{
      .id = "t",
      .dimensions = {example::dimension("r", shape.rows), example::dimension("c", shape.columns)},
      .sensitive = {false, false}};
  const auto add = [](crowds::Crowd& crowd, int patients, std::size_t mark) {
    crowd.patients += static_cast<std::uint32_t>(patients);
    crowd.fingerprint += patients == 0 ? Uint128{0} : Uint128{1} << mark;
  };
  table.cells.resize((shape.rows + 1) * (shape.columns + 1));
  for (std::size_t r = 0; r < shape.rows; ++r) {
    for (std::size_t c = 0; c < shape.columns; ++c) {
      const std::size_t cell = r * shape.columns + c;
      for (const std::size_t row : {r, shape.rows}) {
        for (const std::size_t column : {c, shape.columns}) {
          add(table.cells[row * (shape.columns + 1) + column], counts[cell], cell);
        }
      }
    }
  }
  made.population = table.cells.back();
  made.tables = {std::move(table)};
  return made;
}

// What is published, as text.
std::string published_text(const tables::Table& table) {
  std::string text;
  for (const tables::Cell& cell : table.cells) {
    text += cell.status == tables::CellStatus::published ? std::to_string(cell.patients) : "x";
    text += ' ';
  }
  return text;
}

struct SeenEnds {
  std::uint32_t low = std::numeric_limits<std::uint32_t>::max();
  std::uint32_t high = 0;

  void take(std::uint32_t patients) {
    low = std::min(low, patients);
    high = std::max(high, patients);
  }
};

// What is left of the unsafe counts, over all tables of a shape, to who knows so much.
struct LeftOpen {
  std::uint64_t certain = 0;
  std::uint64_t narrow = 0;

  void take(const SeenEnds& ends, std::uint32_t width) {
    certain += ends.low == ends.high ? 1 : 0;
    narrow += ends.high - ends.low < width ? 1 : 0;
  }
};

struct InvertedFound {
  std::uint64_t unsafe = 0;  // counts, over all tables
  LeftOpen by_sums;          // all tables that fit what is published
  LeftOpen by_rules;         // of them those in which some hidden count is unsafe
  LeftOpen by_method;        // of them those for which the program makes the same release
  // Of the tables that fit and have the same unsafe cells: those of the same release.
  std::uint64_t alike = 0;
  std::uint64_t same_release = 0;
};

struct SmallTable {
  std::vector<std::uint32_t> patients;  // with margins
  std::string release;
  std::vector<bool> hidden;
  std::vector<bool> unsafe;
};

std::vector<SmallTable> all_tables(const TwoWay& shape, const Rules& rules) {
  std::vector<SmallTable> tables;
  PeopleInCells counts(shape.rows * shape.columns);
  each_table(counts, 0, shape.people, [&](const PeopleInCells& of) {
    const crowds::Counted in = two_way_of(of, shape);
    const Result<Protected> made = protect(in, rules);
    if (!made) {
      return;
    }
    SmallTable& table = tables.emplace_back();
    table.release = published_text(made->tables[0]);
    for (std::size_t c = 0; c < in.tables[0].cells.size(); ++c) {
      const std::uint32_t patients = in.tables[0].cells[c].patients;
      table.patients.push_back(patients);
      table.hidden.push_back(made->tables[0].cells[c].status != tables::CellStatus::published);
      table.unsafe.push_back(patients > 0 && patients < rules.patients_min);
    }
  });
  return tables;
}

// Whether the other table fits what is published of the first: its published cells, and that
// nothing hidden is empty, for an empty cell is published.
bool fits(const SmallTable& published, const SmallTable& other) {
  for (std::size_t c = 0; c < published.hidden.size(); ++c) {
    if (published.hidden[c] ? other.patients[c] == 0 : other.patients[c] != published.patients[c]) {
      return false;
    }
  }
  return true;
}

InvertedFound inverted(const TwoWay& shape, const Rules& rules) {
  const std::vector<SmallTable> tables = all_tables(shape, rules);
  std::map<std::string, std::vector<const SmallTable*>> by_release;
  for (const SmallTable& table : tables) {
    by_release[table.release].push_back(&table);
  }
  InvertedFound found;
  for (const auto& [release, of_release] : by_release) {
    const std::size_t cells = of_release.front()->hidden.size();
    std::vector<SeenEnds> by_sums(cells);
    std::vector<SeenEnds> by_rules(cells);
    std::vector<SeenEnds> by_method(cells);
    std::map<std::vector<bool>, std::uint64_t> alike;
    for (const SmallTable& other : tables) {
      if (!fits(*of_release.front(), other)) {
        continue;
      }
      const bool reason = std::ranges::find(other.unsafe, true) != other.unsafe.end();
      ++alike[other.unsafe];
      for (std::size_t c = 0; c < cells; ++c) {
        by_sums[c].take(other.patients[c]);
        if (reason) {
          by_rules[c].take(other.patients[c]);
        }
        if (other.release == release) {
          by_method[c].take(other.patients[c]);
        }
      }
    }
    std::map<std::vector<bool>, std::uint64_t> same;
    for (const SmallTable* table : of_release) {
      ++same[table->unsafe];
      for (std::size_t c = 0; c < cells; ++c) {
        if (table->unsafe[c]) {
          ++found.unsafe;
          found.by_sums.take(by_sums[c], rules.width_min);
          found.by_rules.take(by_rules[c], rules.width_min);
          found.by_method.take(by_method[c], rules.width_min);
        }
      }
    }
    for (const auto& [unsafe, number] : same) {
      if (std::ranges::find(unsafe, true) != unsafe.end()) {
        found.alike += number * alike.at(unsafe);
        found.same_release += number * number;
      }
    }
  }
  return found;
}

Rules narrow_rules(std::uint32_t least) {
  Rules rules = example::rules(least, 1);
  rules.width_min = least;
  return rules;
}

double percent(std::uint64_t part, std::uint64_t whole) {
  return 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

TEST(Inverted, ReadsThatManyUnsafeCountsOfSmallTables) {
  const std::vector<std::pair<TwoWay, std::uint32_t>> worlds = {
      {{2, 3, 14}, 3}, {{1, 5, 20}, 4}, {{3, 3, 8}, 2}};
  for (const auto& [shape, least] : std::span(worlds).first(under_sanitizer ? 1 : worlds.size())) {
    const InvertedFound found = inverted(shape, narrow_rules(least));
    const auto line = [&](const char* who, const LeftOpen& open) {
      std::cout << fmt::format("  {}: certain {:.1f} %, narrower than {}: {:.1f} %\n", who,
                               percent(open.certain, found.unsafe), least,
                               percent(open.narrow, found.unsafe));
    };
    std::cout << fmt::format("{} x {} cells, {} people, {} unsafe counts\n", shape.rows,
                             shape.columns, shape.people, found.unsafe);
    EXPECT_EQ(found.by_sums.narrow, 0u);
    EXPECT_LT(percent(found.by_method.certain, found.unsafe), 5);
    EXPECT_LT(percent(found.by_method.narrow, found.unsafe), 25);
    EXPECT_GT(found.by_method.narrow, 0u) << "docs/audit.md says that some are";
    line("sums alone", found.by_sums);
    line("and that something hidden is unsafe", found.by_rules);
    line("and that the program hides these", found.by_method);
    std::cout << fmt::format(
        "  of tables that fit, with the same unsafe cells, {:.1f} % give the "
        "same release\n",
        percent(found.same_release, found.alike));
  }
}

// Larger tables cannot all be tried. So other tables that fit are drawn: walks along rectangles of
// hidden cells, which keep all margins.
PeopleInCells walked(PeopleInCells counts, const TwoWay& shape, const std::vector<bool>& hidden,
                     Random& random) {
  const auto at = [&](std::size_t row, std::size_t column) { return row * shape.columns + column; };
  const auto hides = [&](std::size_t row, std::size_t column) {
    return hidden[row * (shape.columns + 1) + column];
  };
  for (int step = 0; step < 400; ++step) {
    const std::size_t a = random.below(static_cast<std::uint32_t>(shape.rows));
    const std::size_t b = random.below(static_cast<std::uint32_t>(shape.rows));
    const std::size_t c = random.below(static_cast<std::uint32_t>(shape.columns));
    const std::size_t d = random.below(static_cast<std::uint32_t>(shape.columns));
    if (a == b || c == d || !hides(a, c) || !hides(a, d) || !hides(b, c) || !hides(b, d)) {
      continue;
    }
    const int most = std::min(counts[at(a, d)], counts[at(b, c)]) - 1;
    if (most > 0) {
      const int by = 1 + static_cast<int>(random.below(static_cast<std::uint32_t>(most)));
      counts[at(a, c)] += by;
      counts[at(b, d)] += by;
      counts[at(a, d)] -= by;
      counts[at(b, c)] -= by;
    }
  }
  return counts;
}

struct DrawnFound {
  std::uint64_t drawn = 0;
  std::uint64_t same_release = 0;
  std::uint64_t wide = 0;    // unsafe counts that differ by the width among all that were drawn
  std::uint64_t narrow = 0;  // and not among those of the same release
};

DrawnFound drawn(const TwoWay& shape, const Rules& rules, std::uint64_t seed) {
  Random random(seed);
  PeopleInCells counts;
  for (std::size_t cell = 0; cell < shape.rows * shape.columns; ++cell) {
    counts.push_back(static_cast<int>(random.below(2 + random.below(60))));
  }
  const crowds::Counted in = two_way_of(counts, shape);
  const Result<Protected> made = protect(in, rules);
  DrawnFound found;
  if (!made) {
    return found;
  }
  const std::string release = published_text(made->tables[0]);
  std::vector<bool> hidden;
  for (const tables::Cell& cell : made->tables[0].cells) {
    hidden.push_back(cell.status != tables::CellStatus::published);
  }
  std::vector<SeenEnds> all(hidden.size());
  std::vector<SeenEnds> same(hidden.size());
  for (int sample = 0; sample < 100; ++sample) {
    const crowds::Counted other = two_way_of(walked(counts, shape, hidden, random), shape);
    const Result<Protected> again = protect(other, rules);
    const bool alike = again && published_text(again->tables[0]) == release;
    ++found.drawn;
    found.same_release += alike ? 1 : 0;
    for (std::size_t c = 0; c < hidden.size(); ++c) {
      all[c].take(other.tables[0].cells[c].patients);
      if (alike) {
        same[c].take(other.tables[0].cells[c].patients);
      }
    }
  }
  for (std::size_t c = 0; c < hidden.size(); ++c) {
    const std::uint32_t patients = in.tables[0].cells[c].patients;
    if (patients > 0 && patients < rules.patients_min &&
        all[c].high - all[c].low >= rules.width_min) {
      same[c].take(patients);
      ++found.wide;
      found.narrow += same[c].high - same[c].low < rules.width_min ? 1 : 0;
    }
  }
  return found;
}

TEST(Inverted, KeepsThatManyOfTheLargerTablesThatFit) {
  DrawnFound all;
  for (std::uint64_t seed = 0; seed < (under_sanitizer ? 20 : 60); ++seed) {
    const DrawnFound found = drawn({5, 6, 0}, narrow_rules(11), seed);
    all.drawn += found.drawn;
    all.same_release += found.same_release;
    all.wide += found.wide;
    all.narrow += found.narrow;
  }
  std::cout << fmt::format(
      "5 x 6 cells: of {} drawn tables that fit {:.1f} % give the same "
      "release; of {} unsafe counts {:.1f} % are narrower than 11 among "
      "these\n",
      all.drawn, percent(all.same_release, all.drawn), all.wide, percent(all.narrow, all.wide));
  EXPECT_GT(percent(all.same_release, all.drawn), 20);
  EXPECT_LT(percent(all.narrow, all.wide), 65);
}

}  // namespace
}  // namespace parcours::protect
