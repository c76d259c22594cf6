#include "release/table_view.h"

#include <algorithm>
#include <optional>

#include "page/page.h"
#include "release/earlier.h"
#include "release/figures.h"
#include "release/picture.h"

namespace parcours::release {
namespace {

using nlohmann::json;

constexpr std::size_t most_columns = 9;  // the total included
// Of a table with more rows than a reader turns pages for, the first fill two or three sheets.
constexpr std::size_t most_on_paper = 80;
constexpr std::size_t first_on_paper = 50;

json place_name(const tables::Dimension& dimension, std::size_t place) {
  if (place == dimension.total()) {
    return dimension.additive ? page::both({"Total", "Ensemble"})
                              : page::both({"Any of them", "Patients distincts"});
  }
  const tables::Category& category = dimension.categories[place];
  return category.label.en.empty() && category.label.fr.empty()
             ? page::both({category.code, category.code})
             : page::both(category.label);
}

class View {
 public:
  View(const tables::Table& table, std::size_t most_rows,
       std::span<const past::EarlierFigure> earlier)
      : table_(table), earlier_(earlier) {
    for (std::size_t d = 0; d < table.dimensions.size(); ++d) {
      shown_.push_back(places_with_people(table, d));
      left_out_ += table.dimensions[d].total() - shown_[d].size();
      shown_[d].push_back(table.dimensions[d].total());
    }
    across_ = dimension_across();
    for (std::size_t d = 0; d < table.dimensions.size(); ++d) {
      if (d != across_) {
        down_.push_back(d);
        rows_ *= shown_[d].size();
      }
    }
    shown_rows_ = std::min(rows_, most_rows);
    on_paper_ = rows_ > most_on_paper ? std::min(shown_rows_, first_on_paper) : shown_rows_;
  }

  json build() const {
    json view;
    view["heads"] = json::array();
    for (const std::size_t d : down_) {
      view["heads"].push_back(page::both(table_.dimensions[d].label));
    }
    view["across"] = across_ ? page::both(table_.dimensions[*across_].label) : json(nullptr);
    view["columns"] = columns();
    view["column_count"] = view["columns"].size();
    view["rows"] = json::array();
    for (std::size_t r = 0; r < shown_rows_; ++r) {
      view["rows"].push_back(row(r));
    }
    view["row_count"] = page::grouped(rows_);
    view["shown_rows"] = page::grouped(shown_rows_);
    view["cut"] = shown_rows_ < rows_;
    view["on_paper"] = on_paper_ < rows_ ? json(page::grouped(on_paper_)) : json(nullptr);
    view["long"] = rows_ > 30;
    view["left_out"] = left_out_ > 0;
    view["parts_of"] = has_parts() ? page::both(table_.dimensions.back().label) : json(nullptr);
    return view;
  }

 private:
  std::optional<std::size_t> dimension_across() const {
    if (shown_.size() < 2) {
      return std::nullopt;
    }
    std::size_t best = shown_.size() - 1;
    for (std::size_t d = 0; d < shown_.size() && shown_[best].size() > most_columns; ++d) {
      if (shown_[d].size() < shown_[best].size()) {
        best = d;
      }
    }
    return shown_[best].size() <= most_columns ? std::optional(best) : std::nullopt;
  }

  json columns() const {
    json columns = json::array();
    if (!across_) {
      const tables::Label patients = {"Patients", "Patients"};
      columns.push_back(
          {{"name", page::both(table_.mean_of ? *table_.mean_of : patients)}, {"total", false}});
      return columns;
    }
    const tables::Dimension& dimension = table_.dimensions[*across_];
    for (const std::size_t place : shown_[*across_]) {
      columns.push_back(
          {{"name", place_name(dimension, place)}, {"total", place == dimension.total()}});
    }
    return columns;
  }

  json row(std::size_t r) const {
    std::vector<std::size_t> places(table_.dimensions.size(), 0);
    json shown = {{"heads", json::array()}, {"cells", json::array()}};
    bool in_total = false;
    std::size_t span = 1;  // rows that share a head
    for (std::size_t k = down_.size(); k-- > 0;) {
      const std::size_t d = down_[k];
      const tables::Dimension& dimension = table_.dimensions[d];
      places[d] = shown_[d][r / span % shown_[d].size()];
      const bool total = places[d] == dimension.total();
      if (r % span == 0) {
        json head = {{"name", place_name(dimension, places[d])},
                     {"span", std::min(span, shown_rows_ - r)},
                     {"first", k == 0},
                     {"total", total}};
        shown["heads"].insert(shown["heads"].begin(), std::move(head));
      }
      in_total = in_total || total;
      span *= shown_[d].size();
    }
    const bool on_paper = r < on_paper_;
    shown["class"] =
        in_total ? (on_paper ? "total" : "total on-screen") : (on_paper ? "" : "on-screen");
    const std::vector<std::size_t> one = {0};
    for (const std::size_t place : across_ ? shown_[*across_] : one) {
      if (across_) {
        places[*across_] = place;
      }
      shown["cells"].push_back(
          cell(places, across_ && place == table_.dimensions[*across_].total()));
    }
    return shown;
  }

  bool has_parts() const { return !table_.mean_of && !table_.dimensions.empty(); }

  // A count as a part of all that its last dimension counts together, where both are published.
  json part_of_all(std::vector<std::size_t> places) const {
    if (!has_parts()) {
      return nullptr;
    }
    const tables::Cell& cell = table_.cells[table_.index(places)];
    const tables::Dimension& last = table_.dimensions.back();
    if (places.back() == last.total()) {
      return nullptr;
    }
    places.back() = last.total();
    const tables::Cell& all = table_.cells[table_.index(places)];
    if (all.status != tables::CellStatus::published || all.patients == 0 || cell.patients == 0) {
      return nullptr;
    }
    return page::both(page::percentage(page::part_of(static_cast<std::uint64_t>(cell.patients),
                                                     static_cast<std::uint64_t>(all.patients))));
  }

  json earlier_at(std::size_t cell) const {
    const auto found = std::ranges::lower_bound(earlier_, cell, {}, &past::EarlierFigure::cell);
    if (found == earlier_.end() || found->cell != cell) {
      return nullptr;
    }
    return {
        {"number", page::grouped(static_cast<std::uint64_t>(found->figure.patients))},
        {"mean", found->figure.mean ? page::both(mean_text(*found->figure.mean)) : json(nullptr)},
        {"of_means", table_.mean_of.has_value()},
        {"letter", letter_of(found->edition)}};
  }

  json cell(const std::vector<std::size_t>& places, bool total) const {
    const tables::Cell& cell = table_.cells[table_.index(places)];
    const bool published = cell.status == tables::CellStatus::published;
    json shown = {{"hidden", !published}, {"earlier", earlier_at(table_.index(places))},
                  {"total", total},       {"mean", nullptr},
                  {"number", nullptr},    {"part", nullptr}};
    if (published) {
      // A mean of nobody is none, not a hidden one.
      shown["of_means"] = table_.mean_of && cell.patients > 0;
      shown["number"] = page::grouped(static_cast<std::uint64_t>(cell.patients));
      shown["part"] = part_of_all(places);
      if (cell.mean) {
        shown["mean"] = page::both(mean_text(*cell.mean));
      }
    }
    return shown;
  }

  const tables::Table& table_;
  std::span<const past::EarlierFigure> earlier_;
  // By dimension: the places that are shown, its total last.
  std::vector<std::vector<std::size_t>> shown_;
  std::size_t left_out_ = 0;  // categories that count nobody
  std::optional<std::size_t> across_;
  std::vector<std::size_t> down_;
  std::size_t rows_ = 1;
  std::size_t shown_rows_;
  std::size_t on_paper_;  // rows that are printed
};

}  // namespace

json table_view(const tables::Table& table, std::size_t most_rows,
                std::span<const past::EarlierFigure> earlier) {
  return View(table, most_rows, earlier).build();
}

}  // namespace parcours::release
