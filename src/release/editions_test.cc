// A study of the year to January, then of the year or the thirteen months to February: the second
// edition shows what it can, and no small group that came or left can be worked out.
#include <gtest/gtest.h>

#include <array>

#include "release/testing/two_releases.h"

namespace parcours::release {
namespace {

using namespace outsider;

using Period = std::array<int, 2>;
constexpr Period first_year = {19389, 19753};  // 2023-02-01 to 2024-01-31
constexpr Period next_year = {19417, 19782};   // 2023-03-01 to 2024-02-29
constexpr Period longer = {19389, 19782};

std::string edition(const Period& period) {
  std::string text = head;
  const std::string index = "index   = 2024-01-01";
  text.replace(text.find(index), index.size(), "index   = { first = \"diagnosis:J45*\" }");
  text.insert(text.find("[population]"),
              fmt::format("period = [{}, {}]\n", to_string(Day{period[0]}, Calendar::dates),
                          to_string(Day{period[1]}, Calendar::dates)));
  return text + by("a", "\"sex\"", "place");
}

int diagnosed(const Someone& person) {
  for (const vault::SmallEvent& event : person.events) {
    if (event.kind == "diagnosis") {
      return event.day;
    }
  }
  return 0;
}

// Of most of them asthma is diagnosed on some day of fifteen months.
std::vector<Someone> diagnosed_people(std::uint64_t seed) {
  std::vector<Someone> people = some_people(seed);
  Random random(seed, 2);
  for (Someone& person : people) {
    if (random.below(8) != 0) {
      const int day = first_year[0] + static_cast<int>(random.below(450));
      person.events.push_back({person.id, day, "diagnosis", "J45"});
    }
  }
  return people;
}

// Knows of each cell that people may have stayed in it, left it or come to it: three unknowns. From
// a period that only became longer nobody leaves.
class ReaderOfEditions {
 public:
  ReaderOfEditions(const std::vector<Someone>& people, const Period& next) {
    for (const Someone& person : people) {
      const auto in = [&](const Period& period) {
        const int day = diagnosed(person);
        return day >= period[0] && day <= period[1];
      };
      const bool was = in(first_year);
      const bool is = in(next);
      if (was || is) {
        const auto at = number(codes().at("sex")(person), codes().at("place")(person));
        ++counts_[at + (was && is ? 0 : was ? 1 : 2)];
      }
    }
    system_.ranges.assign(counts_.size(), {0, sums::no_limit});
    for (std::size_t left = 1; next[0] == first_year[0] && left < counts_.size(); left += 3) {
      system_.ranges[left] = {0, 0};
    }
  }

  // Of the edition before (kind 1: who left it) or of this one (kind 2: who came).
  void read(const tables::Table& table, std::size_t kind) {
    for (std::size_t c = 0; c < table.cells.size(); ++c) {
      const std::vector<std::uint32_t> people = in_cell(table, c, {0, kind});
      const auto sum = add(people);
      const tables::Cell& cell = table.cells[c];
      const bool shown = cell.status == tables::CellStatus::published;
      system_.ranges[sum] =
          shown ? sums::Range{cell.patients, cell.patients} : sums::Range{1, sums::no_limit};
      if (!shown && kind == 2) {
        hidden_.push_back(sum);
      }
      movers_.push_back(add(in_cell(table, c, {kind})));
    }
  }

  // Small groups who came or left that are given away.
  std::size_t given_away() { return count(movers_, 10, 1); }
  // Hidden cells that are narrower than 11, where a few came or left.
  std::size_t narrow() { return count(hidden_, 1'000'000, 11); }

 private:
  std::uint32_t number(const std::string& sex, const std::string& place) {
    const auto [at, fresh] = numbers_.try_emplace({sex, place}, counts_.size());
    if (fresh) {
      counts_.resize(counts_.size() + 3, 0);
    }
    return at->second;
  }

  std::vector<std::uint32_t> in_cell(const tables::Table& table, std::size_t cell,
                                     const std::vector<std::size_t>& kinds) const {
    const std::vector<std::size_t> places = table.places(cell);
    std::vector<std::uint32_t> found;
    for (const auto& [at, number] : numbers_) {
      const auto fits = [&](std::size_t d, const std::string& code) {
        return places[d] == table.dimensions[d].total() ||
               table.dimensions[d].categories[places[d]].code == code;
      };
      if (fits(0, at.first) && fits(1, at.second)) {
        for (const std::size_t kind : kinds) {
          found.push_back(number + static_cast<std::uint32_t>(kind));
        }
      }
    }
    return found;
  }

  std::uint32_t add(const std::vector<std::uint32_t>& parts) {
    const auto sum = static_cast<std::uint32_t>(counts_.size());
    tables::Relation relation{{{sum, 1}}};
    std::int64_t people = 0;
    for (const std::uint32_t part : parts) {
      relation.terms.push_back({part, -1});
      people += counts_[part];
    }
    counts_.push_back(people);
    system_.ranges.push_back({0, sums::no_limit});
    system_.relations.push_back(std::move(relation));
    return sum;
  }

  std::size_t count(const std::vector<std::uint32_t>& sums, std::int64_t most, std::int64_t width) {
    sums::IntervalQuestion question;
    for (const std::uint32_t sum : sums) {
      if (counts_[sum] > 0 && counts_[sum] <= most &&
          system_.ranges[sum].low != system_.ranges[sum].high) {
        question.cells.push_back(sum);
      }
    }
    if (question.cells.empty()) {
      return 0;
    }
    question.enough = width;
    question.solution = counts_;
    Progress progress(Progress::Manner::none);
    const auto found = sums::intervals(system_, question, progress, Stop());
    EXPECT_TRUE(found) << found.error().sentence();
    return static_cast<std::size_t>(std::ranges::count_if(
        *found, [&](const sums::Interval& interval) { return interval.reached_width() < width; }));
  }

  std::map<std::pair<std::string, std::string>, std::uint32_t> numbers_;
  std::vector<std::int64_t> counts_;
  sums::System system_;
  std::vector<std::uint32_t> hidden_;
  std::vector<std::uint32_t> movers_;
};

std::size_t shown_in(const tables::Table& table) {
  return static_cast<std::size_t>(std::ranges::count_if(table.cells, [](const tables::Cell& cell) {
    return cell.status == tables::CellStatus::published && cell.patients > 0;
  }));
}

TEST(Editions, TellNobodyWhoCameOrLeftAndShowTheRest) {
  std::size_t found_alone = 0;
  for (const Period& next : {next_year, longer}) {
    std::size_t shown = 0;
    std::size_t shown_alone = 0;
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
      const std::vector<Someone> people = diagnosed_people(seed);
      const TwoReleases two(wide_rules(), people, edition(first_year), people, edition(next));
      const auto finds = [&](const tables::Table& second) {
        ReaderOfEditions reader(people, next);
        reader.read(two.first()[0], 1);
        reader.read(second, 2);
        return reader.given_away() + reader.narrow();
      };
      const crowds::Counted counted = two.remembering();
      const std::vector<tables::Table> made = two.second(counted);
      ASSERT_EQ(made.size(), 1u);
      EXPECT_EQ(finds(made[0]), 0) << "seed " << seed;
      EXPECT_EQ(recovery(counted, made, wide_rules()).determined, 0);
      EXPECT_EQ(closeness(counted, made, wide_rules())->narrow, 0);
      const std::vector<tables::Table> alone = two.second(two.after().counted);
      shown += shown_in(made[0]);
      shown_alone += shown_in(alone[0]);
      found_alone += finds(alone[0]);
    }
    EXPECT_GT(5 * shown, shown_alone);
  }
  EXPECT_GT(found_alone, 0) << "the test finds nothing";
}

}  // namespace
}  // namespace parcours::release
