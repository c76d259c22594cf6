#include "past/tied_means.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace parcours::past {
namespace {

// A definition without its bands (told.cc writes them between brackets); whether there is any is
// taken for a count of none or some.
std::string count_of(const std::string& definition) {
  const std::size_t from = definition.find('[');
  const std::size_t to = definition.find(']', from);
  std::string count = from == std::string::npos || to == std::string::npos
                          ? definition
                          : definition.substr(0, from) + definition.substr(to);
  return count.starts_with("any ") ? "count " + count.substr(4) : count;
}

bool of_the_count(const Told& dimension, const ToldTable& mean) {
  return count_of(dimension.definition) == count_of(mean.counts);
}

// A table of means and one that has the same count as one of its dimensions.
struct TiedTables {
  const std::vector<tables::Dimension>& mean;
  const ToldTable& mean_told;
  const std::vector<tables::Dimension>& banded;
  const ToldTable& banded_told;
  std::size_t count;  // which dimension

  // By place of a dimension of the means, the one in the other table; nothing where that has none.
  using Matched = std::vector<std::optional<std::size_t>>;
  struct Match {
    std::size_t dimension;
    Matched places;
  };

  std::optional<Match> match_of(std::size_t mean_dimension) const {
    for (std::size_t d = 0; d < banded_told.dimensions.size(); ++d) {
      if (d == count ||
          banded_told.dimensions[d].definition != mean_told.dimensions[mean_dimension].definition) {
        continue;
      }
      Match made{d, {}};
      for (const tables::Category& category : mean[mean_dimension].categories) {
        const auto at =
            std::ranges::find(banded[d].categories, category.code, &tables::Category::code);
        made.places.push_back(
            at == banded[d].categories.end()
                ? std::nullopt
                : std::optional(static_cast<std::size_t>(at - banded[d].categories.begin())));
      }
      made.places.push_back(banded[d].total());
      return made;
    }
    return std::nullopt;
  }

  // Calls visit(cell of the means, cells of the same people in each category, cell of all of them).
  template <class Visit>
  void each_row(const Visit& visit) const {
    std::vector<std::optional<Match>> matches;
    for (std::size_t d = 0; d < mean.size(); ++d) {
      matches.push_back(match_of(d));
    }
    const tables::Table means{{}, {}, mean, {}, {}};
    const tables::Table table{{}, {}, banded, {}, {}};
    for (std::size_t cell = 0; cell < means.cell_count(); ++cell) {
      const std::vector<std::size_t> places = means.places(cell);
      std::vector<std::size_t> other;
      for (const tables::Dimension& dimension : banded) {
        other.push_back(dimension.total());
      }
      bool there = true;
      for (std::size_t d = 0; d < places.size(); ++d) {
        if (!matches[d]) {
          there = there && places[d] == mean[d].total();
        } else if (const auto place = matches[d]->places[places[d]]) {
          other[matches[d]->dimension] = *place;
        } else {
          there = false;
        }
      }
      if (!there) {
        continue;
      }
      const std::size_t all = table.index(other);
      std::vector<std::size_t> parts;
      for (other[count] = 0; other[count] < banded[count].total(); ++other[count]) {
        parts.push_back(table.index(other));
      }
      visit(cell, parts, all);
    }
  }
};

template <class Use>
void each_count(const std::vector<tables::Dimension>& mean, const ToldTable& mean_told,
                const std::vector<tables::Dimension>& banded, const ToldTable& banded_told,
                const Use& use) {
  for (std::size_t d = 0; d < banded_told.dimensions.size(); ++d) {
    if (of_the_count(banded_told.dimensions[d], mean_told)) {
      use(TiedTables{mean, mean_told, banded, banded_told, d});
    }
  }
}

// Marks the cell and all that hold everybody of it: with a wider category, or the total, in some
// dimensions.
void mark_with_wider(const tables::Table& table, std::vector<std::size_t>& places,
                     std::size_t dimension, std::vector<bool>& marked) {
  if (dimension == places.size()) {
    marked[table.index(places)] = true;
    return;
  }
  const std::size_t place = places[dimension];
  const tables::Dimension& along = table.dimensions[dimension];
  while (true) {
    mark_with_wider(table, places, dimension + 1, marked);
    if (places[dimension] == along.total()) {
      break;
    }
    places[dimension] = along.parent(places[dimension]);
  }
  places[dimension] = place;
}

// The categories at every place where one is small, and at all wider places: else what is hidden
// there would follow from them.
void keep_back_counts(const tables::Table& means, const TiedTables& tied, std::uint32_t few,
                      crowds::CrowdTable& table) {
  std::vector<bool> kept(means.cells.size(), false);
  tied.each_row([&](std::size_t mean, const std::vector<std::size_t>& parts, std::size_t all) {
    const std::uint32_t people = table.cells[all].patients;
    const auto small = [&](std::size_t part) {
      const std::uint32_t here = table.cells[part].patients;
      return (here > 0 && here < few) || (people > here && people - here < few);
    };
    if (!kept[mean] && std::ranges::any_of(parts, small)) {
      std::vector<std::size_t> places = means.places(mean);
      mark_with_wider(means, places, 0, kept);
    }
  });
  tied.each_row([&](std::size_t mean, const std::vector<std::size_t>& parts, std::size_t) {
    for (const std::size_t part : parts) {
      table.moved[part] = table.moved[part] || kept[mean];
    }
  });
}

}  // namespace

void keep_back_tied(const PastTable& past, const ToldTable& told, std::uint32_t few,
                    crowds::CrowdTable& table) {
  using What = study::StudyTable::What;
  if (told.what == What::mean && past.told.what == What::of) {
    table.moved_means.resize(table.cells.size());
    each_count(table.dimensions, told, past.table.dimensions, past.told, [&](const auto& tied) {
      tied.each_row([&](std::size_t mean, const std::vector<std::size_t>& parts, std::size_t) {
        const auto hidden = [&](std::size_t part) {
          return past.table.cells[part].status != tables::CellStatus::published;
        };
        if (std::ranges::any_of(parts, hidden)) {
          table.moved_means[mean] = true;
        }
      });
    });
  } else if (told.what == What::of && past.told.what == What::mean &&
             std::ranges::any_of(past.table.cells,
                                 [](const tables::Cell& cell) { return cell.mean.has_value(); })) {
    table.moved.resize(table.cells.size());
    each_count(past.table.dimensions, past.told, table.dimensions, told,
               [&](const auto& tied) { keep_back_counts(past.table, tied, few, table); });
  }
}

}  // namespace parcours::past
