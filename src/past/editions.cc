#include "past/editions.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace parcours::past {
namespace {

// By place in a dimension, the same place in the one of another edition, by its code; nothing where
// that one has no such code.
std::vector<std::optional<std::size_t>> places_in(const tables::Dimension& other,
                                                  const tables::Dimension& dimension) {
  std::unordered_map<std::string_view, std::size_t> by_code;
  for (std::size_t c = 0; c < other.categories.size(); ++c) {
    by_code.emplace(other.categories[c].code, c);
  }
  std::vector<std::optional<std::size_t>> places;
  for (const tables::Category& category : dimension.categories) {
    const auto found = by_code.find(category.code);
    places.push_back(found == by_code.end() ? std::nullopt : std::optional(found->second));
  }
  places.emplace_back(other.total());
  return places;
}

// What another edition has in each cell of a table; null where it has no such cell.
std::vector<const tables::Cell*> cells_in(const tables::Table& other,
                                          const crowds::CrowdTable& table) {
  std::vector<std::vector<std::optional<std::size_t>>> places;
  for (std::size_t d = 0; d < table.dimensions.size(); ++d) {
    places.push_back(places_in(other.dimensions[d], table.dimensions[d]));
  }
  const tables::Table shape{{}, {}, table.dimensions, {}, {}};
  std::vector<const tables::Cell*> cells;
  std::vector<std::size_t> at(places.size());
  for (std::size_t c = 0; c < table.cells.size(); ++c) {
    const std::vector<std::size_t> here = shape.places(c);
    bool there = true;
    for (std::size_t d = 0; d < here.size() && there; ++d) {
      there = places[d][here[d]].has_value();
      at[d] = places[d][here[d]].value_or(0);
    }
    cells.push_back(there ? &other.cells[other.index(at)] : nullptr);
  }
  return cells;
}

bool same_dimensions(const tables::Table& other, const crowds::CrowdTable& table) {
  return other.id == table.id && std::ranges::equal(other.dimensions, table.dimensions, {},
                                                    &tables::Dimension::id, &tables::Dimension::id);
}

}  // namespace

std::size_t EarlierFigures::count() const {
  std::size_t figures = 0;
  for (const std::vector<EarlierFigure>& table : tables) {
    figures += table.size();
  }
  return figures;
}

void EarlierFigures::drop_unused_editions() {
  std::vector<std::optional<std::size_t>> number(editions.size());
  for (const std::vector<EarlierFigure>& table : tables) {
    for (const EarlierFigure& figure : table) {
      number[figure.edition] = 0;
    }
  }
  std::vector<Edition> used;
  for (std::size_t e = 0; e < editions.size(); ++e) {
    if (number[e]) {
      number[e] = used.size();
      used.push_back(std::move(editions[e]));
    }
  }
  editions = std::move(used);
  for (std::vector<EarlierFigure>& table : tables) {
    for (EarlierFigure& figure : table) {
      figure.edition = *number[figure.edition];
    }
  }
}

EditionsBefore::EditionsBefore(PastEntry study, std::span<const crowds::CrowdTable> tables)
    : study_(std::move(study)), tables_(tables), figures_(tables.size()) {}

void EditionsBefore::take(const PastRelease& release) {
  const PastEntry& entry = release.entry;
  if (!of_one_study(entry, study_) || entry.rules_sha256 != study_.rules_sha256) {
    another_of_this_name_ = another_of_this_name_ || entry.study == study_.study;
    return;
  }
  if (entry.last_day > study_.last_day) {
    return;
  }
  Edition edition{entry.day, entry.period, entry.period_in_words};
  const auto at = std::ranges::find(editions_, edition);
  const auto number = static_cast<std::size_t>(at - editions_.begin());
  if (at == editions_.end()) {
    editions_.push_back(std::move(edition));
  }
  for (std::size_t t = 0; t < std::min(tables_.size(), release.tables.size()); ++t) {
    if (!same_dimensions(release.tables[t], tables_[t])) {
      continue;
    }
    const std::vector<const tables::Cell*> cells = cells_in(release.tables[t], tables_[t]);
    for (std::size_t c = 0; c < cells.size(); ++c) {
      if (cells[c] != nullptr && cells[c]->status == tables::CellStatus::published &&
          cells[c]->patients > 0) {
        figures_[t][c] = {c, number, *cells[c]};
      }
    }
  }
}

EarlierFigures EditionsBefore::finish() && {
  EarlierFigures made{another_of_this_name_, std::move(editions_), {}};
  for (const auto& table : figures_) {
    std::vector<EarlierFigure>& figures = made.tables.emplace_back();
    for (const auto& [cell, figure] : table) {
      figures.push_back(figure);
    }
  }
  made.drop_unused_editions();
  return made;
}

}  // namespace parcours::past
