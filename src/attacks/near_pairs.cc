#include "attacks/near_pairs.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace parcours::attacks {
namespace {

constexpr std::int64_t open_end = std::int64_t{1} << 40;
constexpr std::int64_t not_there = -1;

// What somebody of a cell is known by: dimension and code, not of totals that are sums.
using By = std::set<std::pair<std::string, std::string>>;

struct Ages {
  std::int64_t first;
  std::int64_t last;
};

std::optional<std::int64_t> whole(std::string_view digits) {
  const bool sound = !digits.empty() && digits.size() < 10 &&
                     std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
  return sound ? std::optional<std::int64_t>(std::stoll(std::string(digits))) : std::nullopt;
}

// "6to11", "under6", "18plus", "7".
std::optional<Ages> ages_of(std::string_view code) {
  const std::size_t to = code.find("to");
  std::optional<std::int64_t> first = 0;
  std::optional<std::int64_t> last = open_end;
  if (code.starts_with("under")) {
    last = whole(code.substr(5));
    last = last ? std::optional(*last - 1) : last;
  } else if (code.ends_with("plus")) {
    first = whole(code.substr(0, code.size() - 4));
  } else if (to != std::string_view::npos) {
    first = whole(code.substr(0, to));
    last = whole(code.substr(to + 2));
  } else {
    first = last = whole(code);
  }
  return first && last && *first <= *last ? std::optional(Ages{*first, *last}) : std::nullopt;
}

// Bands of one dimension that follow each other without a gap.
struct PairRun {
  Ages ages;
  std::vector<std::size_t> categories;
};

// Some bands that are just the ages from `first` to `last`; nothing where there are none.
std::optional<std::vector<std::size_t>> tiled(const std::map<std::size_t, Ages>& bands,
                                              std::int64_t first, std::int64_t last) {
  for (const auto& [category, ages] : bands) {
    if (ages.first != first || ages.last > last) {
      continue;
    }
    if (ages.last == last) {
      return std::vector{category};
    }
    if (auto rest = tiled(bands, ages.last + 1, last)) {
      rest->push_back(category);
      return rest;
    }
  }
  return std::nullopt;
}

std::vector<PairRun> runs_of(const tables::Dimension& dimension) {
  std::map<std::size_t, Ages> bands;
  std::set<std::int64_t> firsts;
  std::set<std::int64_t> lasts;
  for (std::size_t c = 0; c < dimension.categories.size(); ++c) {
    if (const auto ages = ages_of(dimension.categories[c].code)) {
      bands.emplace(c, *ages);
      firsts.insert(ages->first);
      lasts.insert(ages->last);
    }
  }
  std::vector<PairRun> runs;
  for (const std::int64_t first : firsts) {
    for (const std::int64_t last : lasts) {
      if (auto categories = tiled(bands, first, last)) {
        runs.push_back({{first, last}, *std::move(categories)});
      }
    }
  }
  return runs;
}

// All tables with the groups of all of them numbered, so that the loops below compare numbers.
class Groups {
 public:
  explicit Groups(std::span<const tables::Table> tables) {
    std::map<By, std::size_t> numbers;
    std::vector<std::vector<std::size_t>> of_cell(tables.size());
    for (std::size_t t = 0; t < tables.size(); ++t) {
      for (std::size_t cell = 0; cell < tables[t].cells.size(); ++cell) {
        of_cell[t].push_back(numbers.emplace(by(tables[t], cell), numbers.size()).first->second);
      }
    }
    patients.assign(tables.size(), std::vector<std::int64_t>(numbers.size(), not_there));
    for (std::size_t t = 0; t < tables.size(); ++t) {
      for (std::size_t cell = 0; cell < tables[t].cells.size(); ++cell) {
        const tables::Cell& held = tables[t].cells[cell];
        if (held.status == tables::CellStatus::published) {
          patients[t][of_cell[t][cell]] = held.patients;
        }
      }
    }
    group_of = std::move(of_cell);
  }

  // By table and group: how many it counts in it, or not_there.
  std::vector<std::vector<std::int64_t>> patients;
  std::vector<std::vector<std::size_t>> group_of;  // by table and cell

 private:
  static By by(const tables::Table& table, std::size_t cell) {
    By by;
    const std::vector<std::size_t> places = table.places(cell);
    for (std::size_t d = 0; d < places.size(); ++d) {
      const tables::Dimension& dimension = table.dimensions[d];
      if (!dimension.additive || places[d] != dimension.total()) {
        by.emplace(dimension.id, dimension.code(places[d]));
      }
    }
    return by;
  }
};

// Which tables are about the same people, as far as their counts tell: each joins the first whom it
// contradicts in nothing.
std::vector<std::vector<std::size_t>> peoples_of(const Groups& groups) {
  const auto contradict = [&](std::size_t a, std::size_t b) {
    for (std::size_t g = 0; g < groups.patients[a].size(); ++g) {
      const std::int64_t one = groups.patients[a][g];
      const std::int64_t other = groups.patients[b][g];
      if (one != not_there && other != not_there && one != other) {
        return true;
      }
    }
    return false;
  };
  std::vector<std::vector<std::size_t>> peoples;
  for (std::size_t t = 0; t < groups.patients.size(); ++t) {
    const auto joined = std::ranges::find_if(peoples, [&](const std::vector<std::size_t>& people) {
      return std::ranges::none_of(people, [&](std::size_t other) { return contradict(t, other); });
    });
    joined == peoples.end() ? peoples.push_back({t}) : joined->push_back(t);
  }
  return peoples;
}

// What some table of these people counts in the group, or not_there.
std::int64_t counted_in(const Groups& groups, const std::vector<std::size_t>& people,
                        std::size_t group) {
  std::int64_t patients = not_there;
  for (const std::size_t table : people) {
    patients = std::max(patients, groups.patients[table][group]);
  }
  return patients;
}

// How many groups count 1 to threshold - 1 fewer people here than there; nothing where some group
// has more here, so that these people cannot be a part of those.
std::optional<std::uint64_t> near_groups_within(const Groups& groups,
                                                const std::vector<std::size_t>& here,
                                                const std::vector<std::size_t>& there,
                                                std::int64_t threshold) {
  std::uint64_t near = 0;
  for (std::size_t g = 0; g < groups.patients[0].size(); ++g) {
    const std::int64_t few = counted_in(groups, here, g);
    const std::int64_t many = counted_in(groups, there, g);
    if (few == not_there || many == not_there) {
      continue;
    }
    if (few > many) {
      return std::nullopt;
    }
    near += many - few >= 1 && many - few < threshold ? 1 : 0;
  }
  return near;
}

// A table's runs of one dimension, summed in each group of all else: by the group of the cell with
// the dimension's total.
struct Sums {
  std::vector<PairRun> runs;
  std::map<std::size_t, std::vector<std::int64_t>> by_group;  // a sum a run
};

// By the dimension's id.
std::map<std::string, Sums> sums_of(const tables::Table& table,
                                    const std::vector<std::size_t>& group_of) {
  std::map<std::string, Sums> result;
  for (std::size_t d = 0; d < table.dimensions.size(); ++d) {
    const tables::Dimension& dimension = table.dimensions[d];
    if (!dimension.additive) {
      continue;
    }
    Sums& sums = result[dimension.id];
    sums.runs = runs_of(dimension);
    for (std::size_t cell = 0; cell < table.cells.size(); ++cell) {
      std::vector<std::size_t> places = table.places(cell);
      if (places[d] != dimension.total()) {
        continue;
      }
      std::vector<std::int64_t>& here = sums.by_group[group_of[cell]];
      for (const PairRun& run : sums.runs) {
        std::int64_t patients = 0;
        for (const std::size_t category : run.categories) {
          places[d] = category;
          patients += table.cells[table.index(places)].patients;
        }
        here.push_back(patients);
      }
    }
  }
  return result;
}

std::uint64_t near_runs(const Sums& parts, const Sums& wholes, std::int64_t threshold) {
  std::vector<std::pair<std::size_t, std::size_t>> within;
  for (std::size_t i = 0; i < parts.runs.size(); ++i) {
    for (std::size_t j = 0; j < wholes.runs.size(); ++j) {
      const Ages& inner = parts.runs[i].ages;
      const Ages& outer = wholes.runs[j].ages;
      if (outer.first <= inner.first && inner.last <= outer.last &&
          (outer.first != inner.first || outer.last != inner.last)) {
        within.emplace_back(i, j);
      }
    }
  }
  std::uint64_t near = 0;
  for (const auto& [group, part] : parts.by_group) {
    const auto whole = wholes.by_group.find(group);
    if (whole == wholes.by_group.end()) {
      continue;
    }
    for (const auto& [i, j] : within) {
      const std::int64_t rest = whole->second[j] - part[i];
      near += rest >= 1 && rest < threshold ? 1 : 0;
    }
  }
  return near;
}

}  // namespace

std::uint64_t count_near_pairs(std::span<const tables::Table> counted, std::int64_t threshold) {
  const Groups groups(counted);
  std::vector<std::map<std::string, Sums>> sums;
  for (std::size_t t = 0; t < counted.size(); ++t) {
    sums.push_back(sums_of(counted[t], groups.group_of[t]));
  }
  std::uint64_t near = 0;
  const std::vector<std::vector<std::size_t>> peoples = peoples_of(groups);
  for (const std::vector<std::size_t>& here : peoples) {
    for (const std::vector<std::size_t>& there : peoples) {
      const auto same_groups = near_groups_within(groups, here, there, threshold);
      if (!same_groups) {
        continue;
      }
      near += *same_groups;
      for (const std::size_t part : here) {
        for (const std::size_t whole : there) {
          for (const auto& [dimension, runs] : sums[part]) {
            const auto other = sums[whole].find(dimension);
            if (part != whole && other != sums[whole].end()) {
              near += near_runs(runs, other->second, threshold);
            }
          }
        }
      }
    }
  }
  return near;
}

}  // namespace parcours::attacks
