// What means tell together, and beside a table of the same count, leaves the sums of a few patients
// and the hidden cells as wide as the rules ask.
#include <gtest/gtest.h>

#include "base/testing/sanitizer.h"
#include "protect/mean.h"
#include "protect/mean_sums.h"
#include "release/testing/two_releases.h"

namespace parcours::release {
namespace {

using namespace outsider;

constexpr const char* counts = R"(
[study]
id     = "visits"
title  = { en = "Visits", fr = "Consultations" }
rules  = "france-2026"
permit = "2026-DR-014"
purpose = "public-health-research"
asked_by = "Observatoire des soins de ville"

[population]
index   = 2024-01-01

[variables]
sex    = { field = "sex" }
narrow = { field = "age", bands = [6, 9, 12, 15] }
soon   = { count = "consultation:*", within = [1, 90] }
year   = { count = "consultation:*", within = [1, 365] }
banded = { count = "consultation:*", within = [1, 365], bands = [0, 1, 2, 3] }
)";

// Of each patient: how many visits in the first 90 days, and how many later.
struct Visitor {
  Someone person;
  int soon = 0;
  int later = 0;
};

std::vector<Visitor> visitors(std::uint64_t seed) {
  Random random(seed);
  std::vector<Visitor> made;
  for (std::uint64_t i = 0; i < 260; ++i) {
    Visitor visitor{
        .person = {.id = {seed * 1000 + i, i},
                   .age = 6 + static_cast<int>(random.below(random.below(4) == 0 ? 12 : 9)),
                   .sex = random.below(2) == 0 ? records::Sex::female : records::Sex::male,
                   .place = "69"}};
    visitor.soon = static_cast<int>(random.below(random.below(20) == 0 ? 4 : 3));
    visitor.later = random.below(40) == 0 ? 1 : 0;
    const auto visit = [&](int day) {
      visitor.person.events.push_back({visitor.person.id, index_day + day, "consultation", "C"});
    };
    visit(0);
    for (int v = 0; v < visitor.soon; ++v) {
      visit(10 + v);
    }
    for (int v = 0; v < visitor.later; ++v) {
      visit(200 + v);
    }
    made.push_back(std::move(visitor));
  }
  return made;
}

std::vector<Someone> persons(const std::vector<Visitor>& visitors) {
  std::vector<Someone> people;
  for (const Visitor& visitor : visitors) {
    people.push_back(visitor.person);
  }
  return people;
}

// An outsider whose unknowns are the patients of each sex, age and number of visits, of whom nobody
// is known to have more than `most`.
class MeanReader {
 public:
  MeanReader(const std::vector<Visitor>& people, const crowds::Counted& counted,
             const std::vector<tables::Table>& tables, const protect::Rules& rules) {
    std::map<Kind, std::int64_t> at;
    for (const Visitor& visitor : people) {
      ++at[{visitor.person.sex == records::Sex::female ? "female" : "male",
            codes().at("narrow")(visitor.person), visitor.soon, visitor.soon + visitor.later}];
    }
    std::set<std::string> ages;
    for (const auto& [kind, number] : at) {
      ages.insert(kind.age);
    }
    for (const char* sex : {"female", "male"}) {
      for (const std::string& age : ages) {
        for (int year = 0; year <= most; ++year) {
          for (int soon = 0; soon <= year; ++soon) {
            kinds_.push_back({sex, age, soon, year});
            add_unknown({0, sums::no_limit}, at[kinds_.back()]);
          }
        }
      }
    }
    for (std::size_t t = 0; t < tables.size(); ++t) {
      for (std::size_t c = 0; c < tables[t].cells.size(); ++c) {
        add(tables[t], c, counted.tables[t].cells[c], rules);
      }
    }
  }

  // Hidden cells of few people, and sums of which few make up what one mean has more than another,
  // that are left fewer numbers than asked.
  std::size_t narrow(std::int64_t few, std::int64_t width) {
    for (const auto& [narrower, by] : sums_) {
      for (const auto& [wider, more] : sums_) {
        Weights rest;
        std::int64_t people = 0;
        bool nested = true;
        for (std::uint32_t k = 0; nested && k < kinds_.size(); ++k) {
          const std::int64_t weight = more[k] - by[k];
          nested = weight >= 0;
          rest.push_back(weight);
          people += weight != 0 ? solution_[k] : 0;
        }
        if (nested && people > 0 && people < few) {
          asked_.push_back(add_sum(rest, {0, sums::no_limit}));
        }
      }
    }
    if (asked_.empty()) {
      return 0;
    }
    sums::IntervalQuestion question{.cells = asked_, .enough = width, .solution = solution_};
    Progress progress(Progress::Manner::none);
    const auto found = sums::intervals(system_, question, progress, Stop());
    EXPECT_TRUE(found) << found.error().sentence();
    return static_cast<std::size_t>(std::ranges::count_if(
        *found, [&](const sums::Interval& interval) { return interval.width() < width; }));
  }

 private:
  struct Kind {
    std::string sex, age;
    int soon, year;
    auto operator<=>(const Kind&) const = default;
  };
  using Weights = std::vector<std::int64_t>;  // by kind
  static constexpr int most = 9;

  std::uint32_t add_unknown(sums::Range range, std::int64_t number) {
    system_.ranges.push_back(range);
    solution_.push_back(number);
    return static_cast<std::uint32_t>(solution_.size() - 1);
  }

  std::uint32_t add_sum(const Weights& weights, sums::Range range) {
    std::int64_t number = 0;
    tables::Relation relation;
    for (std::uint32_t k = 0; k < weights.size(); ++k) {
      number += weights[k] * solution_[k];
      if (weights[k] != 0) {
        relation.terms.push_back({k, static_cast<std::int32_t>(weights[k])});
      }
    }
    const std::uint32_t sum = add_unknown(range, number);
    relation.terms.push_back({sum, -1});
    system_.relations.push_back(std::move(relation));
    return sum;
  }

  static bool stands(const Kind& kind, const tables::Dimension& dimension, std::size_t place) {
    if (place == dimension.total()) {
      return true;
    }
    const std::string& code = dimension.categories[place].code;
    return code == (dimension.id == "sex"      ? kind.sex
                    : dimension.id == "narrow" ? kind.age
                    : kind.year < 3            ? std::to_string(kind.year)
                                               : "3plus");
  }

  void add(const tables::Table& table, std::size_t cell, const crowds::Crowd& crowd,
           const protect::Rules& rules) {
    const std::vector<std::size_t> places = table.places(cell);
    Weights people;
    Weights values;
    for (const Kind& kind : kinds_) {
      bool in = true;
      for (std::size_t d = 0; in && d < places.size(); ++d) {
        in = stands(kind, table.dimensions[d], places[d]);
      }
      people.push_back(in ? 1 : 0);
      values.push_back(!in                                            ? 0
                       : table.mean_of && table.mean_of->en == "soon" ? kind.soon
                                                                      : kind.year);
    }
    const tables::Cell& shown = table.cells[cell];
    const bool published = shown.status == tables::CellStatus::published;
    const std::uint32_t number =
        add_sum(people, published ? sums::Range{shown.patients, shown.patients}
                                  : sums::Range{1, sums::no_limit});
    if (!published && crowd.patients < rules.patients_min) {
      asked_.push_back(number);
    }
    if (table.mean_of && !published && crowd.patients < rules.patients_min) {
      asked_.push_back(add_sum(values, {0, sums::no_limit}));
    }
    if (shown.mean) {
      const protect::SumRange sums = protect::sums_behind_mean(*crowd.value, rules);
      constexpr Int128 one = 1'000'000;
      add_sum(values,
              {std::max<std::int64_t>(0, static_cast<std::int64_t>((sums.low + one - 1) / one)),
               static_cast<std::int64_t>(sums.high / one)});
      sums_.emplace_back(number, std::move(values));
    }
  }

  std::vector<Kind> kinds_;
  sums::System system_;
  std::vector<std::int64_t> solution_;
  std::vector<std::uint32_t> asked_;
  std::vector<std::pair<std::uint32_t, Weights>> sums_;  // of shown means
};

std::string mean(const char* id, const char* variables, const char* of) {
  return fmt::format("[[table]]\nid = \"{}\"\nby = [{}]\nmean = \"{}\"\n", id, variables, of);
}

const std::map<std::string, std::string>& mean_studies() {
  static const std::map<std::string, std::string> made = {
      {"two windows", mean("a", "\"sex\"", "soon") + mean("b", "\"sex\"", "year")},
      {"two windows by age", mean("a", "\"narrow\"", "soon") + mean("b", "\"sex\"", "year")},
      {"a count beside its mean",
       mean("a", "\"sex\", \"narrow\"", "year") + by("b", "\"sex\", \"narrow\"", "banded")}};
  return made;
}

std::size_t means(const std::vector<tables::Table>& tables) {
  std::size_t found = 0;
  for (const tables::Table& table : tables) {
    found += static_cast<std::size_t>(std::ranges::count_if(
        table.cells, [](const tables::Cell& cell) { return cell.mean.has_value(); }));
  }
  return found;
}

std::size_t published_cells(const std::vector<tables::Table>& tables) {
  std::size_t found = 0;
  for (const tables::Table& table : tables) {
    found +=
        static_cast<std::size_t>(std::ranges::count_if(table.cells, [](const tables::Cell& cell) {
          return cell.status == tables::CellStatus::published && cell.patients > 0;
        }));
  }
  return found;
}

// The same with the mean of every published cell.
std::vector<tables::Table> with_all_means(const crowds::Counted& counted,
                                          std::vector<tables::Table> tables,
                                          const protect::Rules& rules) {
  for (std::size_t t = 0; t < tables.size(); ++t) {
    for (std::size_t c = 0; c < tables[t].cells.size(); ++c) {
      tables::Cell& cell = tables[t].cells[c];
      if (tables[t].mean_of && cell.status == tables::CellStatus::published && cell.patients > 0) {
        cell.mean = protect::published_mean(*counted.tables[t].cells[c].value, rules);
      }
    }
  }
  return tables;
}

TEST(MeansTogether, LeaveTheSumsOfAFewAndHiddenCellsAsWideAsAsked) {
  protect::Rules rules = wide_rules();
  rules.mean_rounding_patients = 2;
  protect::Rules unasked = rules;  // the rounding is of two patients alone
  unasked.width_min = 0;
  for (const auto& [name, tables] : mean_studies()) {
    std::size_t shown = 0;
    std::size_t without = 0;
    for (std::uint64_t seed = 1; seed <= (under_sanitizer ? 1 : 3); ++seed) {
      const std::vector<Visitor> visiting = visitors(seed);
      const Panel panel =
          ask(persons(visiting), counts + tables, records::KeyedHash::of_this_run());
      const Result<protect::Protected> made = protect::protect(panel.counted, rules);
      ASSERT_TRUE(made) << name << ": " << made.error().sentence();
      EXPECT_EQ(MeanReader(visiting, panel.counted, made->tables, rules).narrow(11, 11), 0)
          << name << ", seed " << seed;
      EXPECT_EQ(protect::narrowed_by_means(panel.counted, made->tables, rules)->narrow, 0);
      shown += means(made->tables);
      const std::vector<tables::Table> all = with_all_means(panel.counted, made->tables, unasked);
      without += MeanReader(visiting, panel.counted, all, unasked).narrow(11, 11);
    }
    EXPECT_GT(shown, 0) << name;
    EXPECT_GT(without, 0) << name << " tell nothing together: the test finds nothing";
  }
}

// The mean of 90 days in one release and the mean of the year in the next: where a few had visits
// in the rest of the year, the second is not shown.
TEST(MeansTogether, OfTwoReleasesDoNotDifferByWhatAFewHave) {
  protect::Rules rules = wide_rules();
  rules.mean_rounding_patients = 2;
  std::size_t shown = 0;
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    const std::vector<Visitor> visiting = visitors(seed);
    const TwoReleases two(rules, persons(visiting), counts + mean("a", "\"sex\"", "soon"),
                          persons(visiting), counts + mean("b", "\"sex\"", "year"));
    const std::vector<tables::Table> made = two.second(two.remembering());
    ASSERT_FALSE(made.empty());
    for (std::size_t cell = 0; cell < made[0].cells.size(); ++cell) {
      const auto later = std::ranges::count_if(visiting, [&](const Visitor& visitor) {
        return visitor.later > 0 &&
               (cell == 2 || (visitor.person.sex == records::Sex::female ? 0u : 1u) == cell);
      });
      const bool both = made[0].cells[cell].mean && two.first()[0].cells[cell].mean;
      EXPECT_FALSE(both && later > 0 && later < 11) << "seed " << seed << ", " << later;
      shown += made[0].cells[cell].mean ? 1 : 0;
    }
  }
  EXPECT_GT(shown, 0);
}

// The mean of the visits in one release and a table by their number in the other: who has both
// narrows no hidden cell if the mean came later, and hardly one if it came first.
TEST(MeansTogether, OfOneReleaseNarrowNoCellOfATableOfTheSameCountInTheOther) {
  protect::Rules rules = wide_rules();
  rules.mean_rounding_patients = 2;
  const std::string averaged = counts + mean("a", "\"sex\", \"narrow\"", "year");
  const std::string banded = counts + by("b", "\"sex\", \"narrow\"", "banded");
  std::map<bool, std::size_t> shown;
  std::map<bool, std::size_t> left;
  std::map<bool, std::size_t> without;
  for (const bool mean_first : {true, false}) {
    for (std::uint64_t seed = 1; seed <= (under_sanitizer ? 2 : 4); ++seed) {
      const std::vector<Visitor> visiting = visitors(seed);
      const TwoReleases two(rules, persons(visiting), mean_first ? averaged : banded,
                            persons(visiting), mean_first ? banded : averaged);
      crowds::Counted both = two.before().counted;
      both.tables.push_back(two.after().counted.tables[0]);
      const auto narrow = [&](const std::vector<tables::Table>& second) {
        return MeanReader(visiting, both, {two.first()[0], second[0]}, rules).narrow(11, 11);
      };
      const crowds::Counted counted = two.remembering();
      const std::vector<tables::Table> made = two.second(counted);
      ASSERT_FALSE(made.empty());
      // What the first release tells by itself the second cannot mend: nor would it hiding all.
      std::vector<tables::Table> nothing = made;
      for (tables::Cell& cell : nothing[0].cells) {
        cell = cell.status == tables::CellStatus::published && cell.patients == 0 ? cell
                                                                                  : tables::Cell{};
      }
      const std::size_t before = narrow(nothing);
      left[mean_first] += narrow(made) - before;
      without[mean_first] += narrow(two.second(two.after().counted)) - before;
      shown[mean_first] += mean_first ? published_cells(made) : means(made);
    }
    EXPECT_GT(without[mean_first], 0u) << "the test finds nothing, mean first: " << mean_first;
    EXPECT_GT(shown[mean_first], 0u);
  }
  EXPECT_EQ(left[false], 0u);
  EXPECT_LE(left[true] * 20, without[true]) << "docs/audit.md says how many are left";
}

}  // namespace
}  // namespace parcours::release
