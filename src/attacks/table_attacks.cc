#include "attacks/table_attacks.h"

#include <algorithm>
#include <set>

#include "attacks/near_groups.h"
#include "attacks/near_pairs.h"
#include "attacks/shared_values.h"
#include "base/check.h"
#include "base/random.h"

namespace parcours::attacks {
namespace {

bool small(std::int64_t patients, std::int64_t threshold) {
  return patients >= 1 && patients < threshold;
}

// The cell with the dimensions of `subset` (one bit each) at their totals.
std::size_t with_totals(const tables::Table& table, std::vector<std::size_t> places,
                        std::uint32_t subset) {
  for (std::size_t d = 0; d < places.size(); ++d) {
    if ((subset >> d & 1u) != 0) {
      places[d] = table.dimensions[d].total();
    }
  }
  return table.index(places);
}

// Dimensions in which the cell is not a total, one bit each.
std::uint32_t inner_dimensions(const tables::Table& table, const std::vector<std::size_t>& places) {
  PARCOURS_CHECK(places.size() < 32);
  std::uint32_t inner = 0;
  for (std::size_t d = 0; d < places.size(); ++d) {
    inner |= places[d] != table.dimensions[d].total() ? 1u << d : 0u;
  }
  return inner;
}

bool smaller_than(const tables::Table& table, std::size_t cell, std::int64_t threshold) {
  return small(table.cells[cell].patients, threshold);
}

// The tables with the cells hidden that `hide` says.
template <class Hide>
std::vector<tables::Table> hiding(std::span<const tables::Table> tables, Hide hide) {
  std::vector<tables::Table> result(tables.begin(), tables.end());
  for (tables::Table& table : result) {
    for (std::size_t cell = 0; cell < table.cells.size(); ++cell) {
      if (hide(table, cell)) {
        table.cells[cell] = {};
      }
    }
  }
  return result;
}

AttackOutcome recover_control(std::span<const tables::Table> counted, std::int64_t threshold) {
  const auto naive = hiding(counted, [&](const tables::Table& table, std::size_t cell) {
    return smaller_than(table, cell, threshold);
  });
  AttackOutcome outcome = recover(hidden_cells(naive));
  if (outcome.succeeded > 0) {
    return outcome;
  }
  bool done = false;
  const auto one = hiding(counted, [&](const tables::Table& table, std::size_t cell) {
    const bool additive = std::ranges::any_of(table.dimensions, &tables::Dimension::additive);
    const bool hide = !done && additive && smaller_than(table, cell, threshold);
    done = done || hide;
    return hide;
  });
  return recover(hidden_cells(one));
}

std::uint64_t count_small(std::span<const tables::Table> counted, std::int64_t threshold) {
  std::uint64_t count = 0;
  for (const tables::Table& table : counted) {
    for (std::size_t cell = 0; cell < table.cells.size(); ++cell) {
      count += smaller_than(table, cell, threshold) ? 1 : 0;
    }
  }
  return count;
}

// Cells that can be worked out when they alone are hidden.
std::uint64_t count_small_in_sums(std::span<const tables::Table> counted, std::int64_t threshold) {
  std::uint64_t count = 0;
  for (const tables::Table& table : counted) {
    if (std::ranges::any_of(table.dimensions, &tables::Dimension::additive)) {
      count += count_small({&table, 1}, threshold);
    }
  }
  return count;
}

std::uint64_t count_small_rests(std::span<const tables::Table> counted, std::int64_t threshold) {
  std::uint64_t count = 0;
  for (const tables::Table& table : counted) {
    for (std::size_t cell = 0; cell < table.cells.size(); ++cell) {
      std::vector<std::size_t> places = table.places(cell);
      for (std::size_t d = 0; d < places.size(); ++d) {
        const std::size_t place = std::exchange(places[d], table.dimensions[d].total());
        const std::size_t total = table.index(places);
        places[d] = place;
        count += small(table.cells[total].patients - table.cells[cell].patients, threshold) ? 1 : 0;
      }
    }
  }
  return count;
}

// Groups of people who all stand in one of several categories of a sensitive dimension.
std::uint64_t count_shared(std::span<const tables::Table> counted,
                           std::span<const std::string> sensitive) {
  std::uint64_t count = 0;
  for (const tables::Table& table : counted) {
    for (std::size_t d = 0; d < table.dimensions.size(); ++d) {
      const tables::Dimension& dimension = table.dimensions[d];
      const auto parts = dimension.children();
      std::vector<std::size_t> leaves;
      for (std::size_t c = 0; c < dimension.categories.size(); ++c) {
        if (parts[c].empty()) {
          leaves.push_back(c);
        }
      }
      if (!dimension.additive || leaves.size() < 2 ||
          std::ranges::find(sensitive, dimension.id) == sensitive.end()) {
        continue;
      }
      for (std::size_t cell = 0; cell < table.cells.size(); ++cell) {
        std::vector<std::size_t> places = table.places(cell);
        if (places[d] == dimension.total()) {
          count += std::ranges::count_if(leaves,
                                         [&](std::size_t leaf) {
                                           places[d] = leaf;
                                           return table.cells[table.index(places)].patients > 0;
                                         }) == 1
                       ? 1
                       : 0;
        }
      }
    }
  }
  return count;
}

std::uint64_t count_people_in_small_cells(std::span<const tables::Table> counted,
                                          std::int64_t threshold,
                                          std::span<const tables::Coordinates> people) {
  std::set<tables::Coordinates> in_small;
  for (const tables::Table& table : counted) {
    for (std::size_t cell = 0; cell < table.cells.size(); ++cell) {
      if (smaller_than(table, cell, threshold)) {
        in_small.insert(tables::coordinates_of(table, cell));
      }
    }
  }
  return static_cast<std::uint64_t>(std::ranges::count_if(
      people, [&](const tables::Coordinates& person) { return in_small.contains(person); }));
}

}  // namespace

AttackOutcome recover(const HiddenCells& cells) {
  return {"recover",
          {"Working out hidden cells", "Reconstitution des cases masquées"},
          {"A success is a hidden count that sums and differences of published counts give "
           "exactly. All tables are used at once.",
           "Un succès est un effectif masqué que des sommes et différences d’effectifs publiés "
           "donnent exactement. Tous les tableaux sont utilisés à la fois."},
          cells.hidden,
          cells.worked_out};
}

AttackOutcome small_cells(const KnownTables& known, std::int64_t threshold) {
  AttackOutcome outcome{"small-cells",
                        {"Looking for small groups", "Recherche de petits groupes"},
                        {"A success is a count of fewer people than the threshold that is "
                         "published or can be worked out.",
                         "Un succès est un effectif publié ou reconstitué qui est inférieur au "
                         "seuil."}};
  for (const std::optional<std::int64_t>& count : known.counts) {
    if (count) {
      ++outcome.tried;
      outcome.succeeded += small(*count, threshold) ? 1 : 0;
    }
  }
  return outcome;
}

AttackOutcome differencing(std::span<const tables::Table> tables, const KnownTables& known,
                           std::int64_t threshold) {
  AttackOutcome outcome{
      "differencing",
      {"Subtracting a group from a larger one", "Différence de deux groupes emboîtés"},
      {"A known part is subtracted from a known group. A success is a difference of fewer people "
       "than the threshold.",
       "On retranche d’un groupe connu une partie connue. Un succès est une différence inférieure "
       "au seuil."}};
  std::set<std::pair<std::uint32_t, std::uint32_t>> seen;  // the same pair stands in several tables
  for (std::size_t t = 0; t < tables.size(); ++t) {
    for (std::size_t cell = 0; cell < tables[t].cells.size(); ++cell) {
      const std::uint32_t part = known.joined.cell_of[t][cell];
      if (!known.counts[part]) {
        continue;
      }
      const std::vector<std::size_t> places = tables[t].places(cell);
      const std::uint32_t inner = inner_dimensions(tables[t], places);
      for (std::uint32_t subset = inner; subset != 0; subset = (subset - 1) & inner) {
        const std::uint32_t whole = known.joined.cell_of[t][with_totals(tables[t], places, subset)];
        if (!known.counts[whole]) {
          continue;
        }
        ++outcome.tried;
        const bool leaves_few = small(*known.counts[whole] - *known.counts[part], threshold);
        outcome.succeeded += leaves_few && seen.emplace(whole, part).second ? 1 : 0;
      }
    }
  }
  return outcome;
}

std::optional<std::int64_t> smallest_group(std::span<const tables::Table> tables,
                                           const KnownTables& known,
                                           const tables::Coordinates& person) {
  std::optional<std::int64_t> smallest;
  for (std::size_t t = 0; t < tables.size(); ++t) {
    const tables::Table& table = tables[t];
    std::vector<std::size_t> places;
    for (const tables::Dimension& dimension : table.dimensions) {
      const auto fact =
          std::ranges::find(person, dimension.id, &tables::Coordinates::value_type::first);
      std::size_t place = dimension.total();
      if (fact != person.end()) {
        const auto category =
            std::ranges::find(dimension.categories, fact->second, &tables::Category::code);
        place = static_cast<std::size_t>(category - dimension.categories.begin());
      } else if (!dimension.additive) {
        places.clear();  // whether they stand in this table at all is not known
        break;
      }
      places.push_back(place);
    }
    if (places.size() != table.dimensions.size()) {
      continue;
    }
    const std::uint32_t inner = inner_dimensions(table, places);
    for (std::uint32_t subset = inner;; subset = (subset - 1) & inner) {
      const auto& count = known.count(t, with_totals(table, places, subset));
      if (count && *count > 0) {
        smallest = std::min(smallest.value_or(*count), *count);
      }
      if (subset == 0) {
        break;
      }
    }
  }
  return smallest;
}

AttackOutcome exercise(std::span<const tables::Table> tables, const KnownTables& known,
                       std::int64_t threshold, std::span<const tables::Coordinates> people) {
  AttackOutcome outcome{"exercise",
                        {"Looking for a person by what is known of them",
                         "Recherche d’une personne par ce que l’on sait d’elle"},
                        {"For each person tried, we look up the smallest known group to which "
                         "this person must belong. A success is a group of fewer people than the "
                         "threshold.",
                         "Pour chaque personne essayée, on cherche le plus petit groupe connu "
                         "dont elle fait nécessairement partie. Un succès est un groupe inférieur "
                         "au seuil."}};
  for (const tables::Coordinates& person : people) {
    ++outcome.tried;
    const auto group = smallest_group(tables, known, person);
    outcome.succeeded += group && small(*group, threshold) ? 1 : 0;
  }
  return outcome;
}

std::vector<tables::Coordinates> draw_people(std::span<const tables::Table> tables,
                                             std::size_t most, std::uint64_t seed) {
  std::vector<tables::Coordinates> people;
  Random random(seed);
  std::uint64_t met = 0;
  for (const tables::Table& table : tables) {
    for (std::size_t cell = 0; cell < table.cells.size(); ++cell) {
      if (!table.inner(cell) || table.cells[cell].patients <= 0) {
        continue;
      }
      // Every cell met has the same chance to be kept (Vitter's algorithm R, ACM TOMS 11, 1985).
      ++met;
      if (people.size() < most) {
        people.push_back(tables::coordinates_of(table, cell));
      } else if (const std::uint64_t place = random() % met; place < most) {
        people[place] = tables::coordinates_of(table, cell);
      }
    }
  }
  return people;
}

std::vector<AttackRun> attack(std::span<const tables::Table> protected_tables,
                              std::span<const tables::Table> counted,
                              const TableQuestion& question) {
  const KnownTables after = known_tables(protected_tables);
  const KnownTables before = known_tables(counted);
  const std::int64_t threshold = question.threshold;
  const auto people = draw_people(counted, question.people, question.seed);
  return {
      {recover(after.hidden), recover_control(counted, threshold),
       count_small_in_sums(counted, threshold)},
      {small_cells(after, threshold), small_cells(before, threshold),
       count_small(counted, threshold)},
      {differencing(protected_tables, after, threshold), differencing(counted, before, threshold),
       count_small_rests(counted, threshold)},
      {near_groups(protected_tables, after, threshold), near_groups(counted, before, threshold),
       count_near_pairs(counted, threshold)},
      {shared_values(protected_tables, after, question.sensitive),
       shared_values(counted, before, question.sensitive),
       count_shared(counted, question.sensitive)},
      {exercise(protected_tables, after, threshold, people),
       exercise(counted, before, threshold, people),
       count_people_in_small_cells(counted, threshold, people)},
  };
}

}  // namespace parcours::attacks
