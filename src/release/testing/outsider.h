// For tests: studies whose tables tell the same people apart in different ways, and an outsider who
// reads the study's sentences: which codes are part of which, which windows lie in which.
//
// The outsider's unknowns are all combinations of what exists of each trait (sex, age, place, what
// was prescribed when). Every cell is a sum of them, and so is every group that two cells tell
// apart. No such group of few people may be worked out. Nor may a cell, or what a cell leaves of a
// wider one, be narrowed below the width that the rules ask.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <map>
#include <set>

#include "base/random.h"
#include "crowds/count.h"
#include "past/told.h"
#include "protect/protect.h"
#include "release/closeness.h"
#include "release/recovery.h"
#include "release/testing/example.h"
#include "sums/intervals.h"
#include "vault/testing/worlds.h"

namespace parcours::outsider {

inline constexpr int index_day = 19723;  // 2024-01-01
inline constexpr const char* head = R"(
[study]
id     = "nested"
title  = { en = "Nested", fr = "Emboîtée" }
rules  = "france-2026"
permit = "2026-DR-014"
purpose = "public-health-research"
asked_by = "Observatoire des soins de ville"

[population]
index   = 2024-01-01

[variables]
sex    = { field = "sex" }
narrow = { field = "age", bands = [6, 9, 12, 15] }
wide   = { field = "age", bands = [6, 12] }
moved  = { field = "age", bands = [7, 10, 13] }
region = { field = "place", level = "region" }
place  = { field = "place" }
soon   = { any = "prescription:R03*", within = [0, 90] }
late   = { any = "prescription:R03*", within = [0, 365] }
steroid = { any = "prescription:R03BA01", within = [0, 365] }
sugar    = { last = "lab:HBA1C", within = [0, 90] }
sugar_of_year = { last = "lab:HBA1C", within = [0, 365] }
)";

struct Someone {
  records::PatientId id;
  int age = 0;
  records::Sex sex = records::Sex::female;
  std::string place;
  std::vector<vault::SmallEvent> events;

  bool took(std::string_view code, int until) const {
    return std::ranges::any_of(events, [&](const vault::SmallEvent& event) {
      return event.kind == "prescription" && event.code.starts_with(code) &&
             event.day - index_day <= until;
    });
  }
};

inline std::string band(int age, const std::vector<int>& from) {
  if (age < from.front()) {
    return fmt::format("under{}", from.front());
  }
  for (std::size_t b = 1; b < from.size(); ++b) {
    if (age < from[b]) {
      return fmt::format("{}to{}", from[b - 1], from[b] - 1);
    }
  }
  return fmt::format("{}plus", from.back());
}

// What a table's dimension says of somebody.
inline const std::map<std::string, std::function<std::string(const Someone&)>>& codes() {
  const auto yes = [](bool is) { return std::string(is ? "yes" : "no"); };
  static const std::map<std::string, std::function<std::string(const Someone&)>> made = {
      {"sex", [](const Someone& p) { return p.sex == records::Sex::female ? "female" : "male"; }},
      {"narrow",
       [](const Someone& p) {
         return band(p.age, {6, 9, 12, 15});
       }},
      {"wide",
       [](const Someone& p) {
         return band(p.age, {6, 12});
       }},
      {"moved",
       [](const Someone& p) {
         return band(p.age, {7, 10, 13});
       }},
      {"region", [](const Someone& p) { return p.place < "70" ? "84" : "11"; }},
      {"place", [](const Someone& p) { return p.place; }},
      {"soon", [yes](const Someone& p) { return yes(p.took("R03", 90)); }},
      {"late", [yes](const Someone& p) { return yes(p.took("R03", 365)); }},
      {"steroid", [yes](const Someone& p) { return yes(p.took("R03BA01", 365)); }},
      {"reliever", [yes](const Someone& p) { return yes(p.took("R03AC02", 365)); }}};
  return made;
}

inline const std::vector<std::vector<std::string>> traits = {
    {"sex"},
    {"narrow", "wide", "moved"},
    {"region", "place"},
    {"soon", "late", "steroid", "reliever"}};

inline std::vector<Someone> some_people(std::uint64_t seed) {
  Random random(seed);
  Random labs(seed, 1);
  std::vector<Someone> people;
  for (std::uint64_t i = 0; i < 700; ++i) {
    Someone person{.id = {seed * 1000 + i, i},
                   .age = 6 + static_cast<int>(random.below(12)),
                   .sex = random.below(2) == 0 ? records::Sex::female : records::Sex::male};
    const std::uint32_t at = random.below(100);
    person.place = at < 30   ? "69"
                   : at < 48 ? "01"
                   : at < 50 ? "42"
                   : at < 75 ? "75"
                   : at < 98 ? "92"
                             : "77";
    const auto prescribed = [&](const char* code, int day) {
      person.events.push_back({person.id, index_day + day, "prescription", code});
    };
    person.events.push_back({person.id, index_day, "consultation", "C"});
    if (random.below(3) != 0) {
      const bool steroid = random.below(person.sex == records::Sex::female ? 20 : 2) != 0;
      prescribed(steroid ? "R03BA01" : "R03AC02",
                 static_cast<int>(random.below(random.below(12) == 0 ? 365 : 90)));
      if (random.below(15) == 0) {
        prescribed(steroid ? "R03AC02" : "R03BA01", 40);
      }
    }
    // Most have a value in the first 90 days, one in fifty in the rest of the year, others none.
    const std::uint32_t when = labs.below(50);
    if (when < 40) {
      person.events.push_back({person.id, index_day + (when == 0 ? 200 : 30), "lab", "HBA1C",
                               5 + static_cast<double>(labs.below(40)) / 10});
    }
    people.push_back(std::move(person));
  }
  return people;
}

// Everything about one study of these people: the crowds, and who stands where.
struct Panel {
  std::vector<Someone> people;
  crowds::Counted counted{};
  crowds::Roll roll{};
  past::ToldStudy told{};
};

// `study`: the whole text of a study file. Releases whose people are compared share `fingerprints`.
inline Panel ask(std::vector<Someone> people, const std::string& study_text,
                 const records::KeyedHash& fingerprints) {
  Panel panel{.people = std::move(people)};
  std::vector<vault::SmallPackage> packages(5);
  for (std::size_t p = 0; p < packages.size(); ++p) {
    packages[p].practice = fmt::format("P{}", p);
    packages[p].period = "2024";
  }
  for (std::size_t i = 0; i < panel.people.size(); ++i) {
    const Someone& person = panel.people[i];
    vault::SmallPackage& package = packages[i % packages.size()];
    package.patients.push_back(
        {person.id, static_cast<std::int16_t>(2024 - person.age), person.sex, person.place});
    package.events.insert(package.events.end(), person.events.begin(), person.events.end());
  }
  const vault::SmallVault small = *vault::SmallVault::make({.buckets = 1});
  EXPECT_TRUE(small.import(packages));
  const vault::Vault vault = *small.open();
  const Result<study::Study> study = study::parse_study(study_text, "study.toml", Calendar::dates);
  EXPECT_TRUE(study) << study.error().sentence();
  const std::optional<vault::Period> known = vault.period();
  const Result<study::Plan> plan = study::Plan::make(
      *study, vault.codes(), vocabulary::Vocabulary::built_in(), vault.practices(), Calendar::dates,
      known ? std::optional(std::pair(known->first, known->last)) : std::nullopt);
  EXPECT_TRUE(plan) << plan.error().sentence();
  Progress progress(Progress::Manner::none);
  const crowds::CountOptions options{
      .threads = 1, .practices_exact = 3, .few = 11, .fingerprints = fingerprints};
  panel.counted = *crowds::count(vault, *plan, options, progress, Stop(), &panel.roll);
  panel.told = past::told_by(*study, vault.codes());
  return panel;
}

inline Panel ask(std::uint64_t seed, const std::string& tables) {
  return ask(some_people(seed), head + tables, records::KeyedHash::of_this_run());
}

// The outsider's system: combinations of what exists of each trait, then the cells of all tables,
// then the groups that are looked at.
class Reader {
 public:
  Reader(const Panel& panel, const std::vector<tables::Table>& tables) {
    combine(panel.people);
    count(panel.people);
    for (const tables::Table& table : tables) {
      add(table);
    }
  }

  // How many groups of few people the published cells give away or narrow below `width`.
  std::size_t finds(std::int64_t least, std::int64_t width) {
    const std::size_t cells = sets_.size();
    std::map<std::vector<std::uint32_t>, std::uint32_t> met;
    std::set<std::uint32_t> wide;  // of whom a width is asked
    std::vector<std::uint32_t> all;
    const auto look_at = [&](std::vector<std::uint32_t> set, bool asked = false) {
      const std::int64_t people = people_in(set);
      if (people > 0 && people < least) {
        const auto [at, fresh] = met.try_emplace(set, 0);
        if (fresh) {
          at->second = add(std::move(set), sums::Range{0, sums::no_limit});
          all.push_back(at->second);
        }
        if (asked) {
          wide.insert(at->second);
        }
      }
    };
    for (std::size_t a = 0; a < cells; ++a) {
      look_at(sets_[a], true);
      for (std::size_t b = 0; b < cells; ++b) {
        std::vector<std::uint32_t> rest;
        std::vector<std::uint32_t> both;
        std::ranges::set_intersection(sets_[a], sets_[b], std::back_inserter(both));
        std::ranges::set_difference(sets_[a], sets_[b], std::back_inserter(rest));
        look_at(std::move(both));
        // Of two small cells the difference is promised no width: each is hidden by its own.
        look_at(std::move(rest),
                std::ranges::includes(sets_[a], sets_[b]) && people_in(sets_[b]) >= least);
      }
    }
    looked_at_ = all.size();
    std::erase_if(all, [&](std::uint32_t cell) { return wide.contains(cell); });
    return narrow({wide.begin(), wide.end()}, width) + narrow(std::move(all), 1);
  }

  // Of the cells of few people, each set once: how many are known to less than `width`.
  std::size_t narrow_cells(std::int64_t least, std::int64_t width) const {
    const std::size_t first = combinations_.size();
    std::set<std::vector<std::uint32_t>> met;
    std::vector<std::uint32_t> few;
    for (std::size_t cell = 0; cell < sets_.size(); ++cell) {
      const std::int64_t people = people_in(sets_[cell]);
      if (people > 0 && people < least && met.insert(sets_[cell]).second) {
        few.push_back(static_cast<std::uint32_t>(first + cell));
      }
    }
    return narrow(std::move(few), width);
  }

  std::size_t looked_at() const { return looked_at_; }

  // Whether everyone in the one cell is in the other, numbered over all tables.
  bool contains(std::size_t outer, std::size_t inner) const {
    return std::ranges::includes(sets_[outer], sets_[inner]);
  }

 private:
  using Words = std::map<std::string, std::string>;  // by variable

  // How many of them are known to within less than a width.
  std::size_t narrow(std::vector<std::uint32_t> cells, std::int64_t width) const {
    if (cells.empty()) {
      return 0;
    }
    sums::IntervalQuestion question;
    question.cells = std::move(cells);
    question.enough = width;
    question.solution = counts_;
    Progress progress(Progress::Manner::none);
    const auto found = sums::intervals(system_, question, progress, Stop());
    EXPECT_TRUE(found) << found.error().sentence();
    return static_cast<std::size_t>(std::ranges::count_if(
        *found, [&](const sums::Interval& interval) { return interval.width() < width; }));
  }

  void combine(const std::vector<Someone>& people) {
    combinations_.emplace_back();
    for (const std::vector<std::string>& trait : traits) {
      std::set<Words> there;
      for (const Someone& person : people) {
        Words words;
        for (const std::string& variable : trait) {
          words[variable] = codes().at(variable)(person);
        }
        there.insert(std::move(words));
      }
      std::vector<Words> more;
      for (const Words& before : combinations_) {
        for (const Words& words : there) {
          more.push_back(before);
          more.back().insert(words.begin(), words.end());
        }
      }
      combinations_ = std::move(more);
    }
  }

  void count(const std::vector<Someone>& people) {
    std::map<Words, std::int64_t> at;
    for (const Someone& person : people) {
      Words words;
      for (const auto& [variable, code] : codes()) {
        words[variable] = code(person);
      }
      ++at[words];
    }
    for (const Words& words : combinations_) {
      counts_.push_back(at[words]);
      system_.ranges.push_back({0, sums::no_limit});
    }
  }

  void add(const tables::Table& table) {
    for (std::size_t cell = 0; cell < table.cells.size(); ++cell) {
      const std::vector<std::size_t> places = table.places(cell);
      std::vector<std::uint32_t> set;
      for (std::uint32_t c = 0; c < combinations_.size(); ++c) {
        bool in = true;
        for (std::size_t d = 0; in && d < places.size(); ++d) {
          in = stands(combinations_[c], table.dimensions[d], places[d]);
        }
        if (in) {
          set.push_back(c);
        }
      }
      const tables::Cell& shown = table.cells[cell];
      const bool published = shown.status == tables::CellStatus::published;
      sets_.push_back(set);
      add(std::move(set),
          published ? sums::Range{shown.patients, shown.patients} : sums::Range{1, sums::no_limit});
    }
  }

  // In a table of `each`, "code" is what was prescribed within the year.
  static bool stands(const Words& words, const tables::Dimension& dimension, std::size_t place) {
    if (dimension.id == "code") {
      const bool any = place == dimension.total();
      const bool steroid = !any && dimension.categories[place].code == "R03BA01";
      return words.at(any ? "late" : steroid ? "steroid" : "reliever") == "yes";
    }
    return place == dimension.total() || dimension.categories[place].code == words.at(dimension.id);
  }

  std::uint32_t add(std::vector<std::uint32_t> set, sums::Range range) {
    const auto number = static_cast<std::uint32_t>(system_.ranges.size());
    tables::Relation relation{{{number, 1}}};
    counts_.push_back(people_in(set));
    for (const std::uint32_t combination : set) {
      relation.terms.push_back({combination, -1});
    }
    system_.relations.push_back(std::move(relation));
    system_.ranges.push_back(range);
    return number;
  }

  std::int64_t people_in(const std::vector<std::uint32_t>& set) const {
    std::int64_t people = 0;
    for (const std::uint32_t combination : set) {
      people += counts_[combination];
    }
    return people;
  }

  std::vector<Words> combinations_;
  std::vector<std::int64_t> counts_;
  sums::System system_;
  std::vector<std::vector<std::uint32_t>> sets_;  // by cell of all tables: its combinations
  std::size_t looked_at_ = 0;
};

inline protect::Rules wide_rules() {
  protect::Rules rules = example::rules();
  rules.width_min = 11;
  rules.practices_min = 1;
  rules.largest_practice_share_below = 1;
  rules.hide_group_disclosure = false;
  return rules;
}

inline std::string by(const char* id, const char* variables, const char* of) {
  return fmt::format("[[table]]\nid = \"{}\"\nby = [{}]\nof = \"{}\"\n", id, variables, of);
}

inline std::string each(const char* id, const char* variables) {
  return fmt::format(
      "[[table]]\nid = \"{}\"\nby = [{}]\n"
      "each = {{ code = \"prescription:R03*\", within = [0, 365] }}\n",
      id, variables);
}

inline const std::vector<std::pair<const char*, std::string>>& studies() {
  static const std::vector<std::pair<const char*, std::string>> made = {
      {"windows", by("a", "\"sex\", \"narrow\"", "soon") + by("b", "\"sex\", \"narrow\"", "late")},
      {"codes", by("a", "\"sex\", \"place\"", "steroid") + by("b", "\"sex\", \"place\"", "late")},
      {"bands",
       by("a", "\"narrow\", \"region\"", "late") + by("b", "\"moved\", \"region\"", "late")},
      {"levels", by("a", "\"sex\", \"region\"", "late") + by("b", "\"place\"", "late")},
      {"columns and a window", each("a", "\"sex\", \"narrow\"") + by("b", "\"narrow\"", "soon")},
      {"two columns", each("a", "\"sex\", \"narrow\"")},
      {"bands and levels",
       by("a", "\"wide\", \"place\"", "late") + by("b", "\"narrow\", \"region\"", "soon")}};
  return made;
}

}  // namespace parcours::outsider
