#include "audit/grid.h"

#include <algorithm>

namespace parcours::audit {
namespace {

constexpr std::size_t most_columns = 14;
constexpr std::size_t most_rows = 120;  // of one page; then only rows with a marked cell
constexpr std::size_t most_cells_of_pages = 20'000;  // of all pages

class Maker {
 public:
  Maker(const Drawing& drawing, const std::vector<bool>& marked)
      : layout_(drawing.layout), marked_(marked) {
    for (const LayoutAxis& along : layout_.axes) {
      std::vector<std::uint32_t> shown;
      for (std::uint32_t place = 0; place < along.nodes.size(); ++place) {
        if (along.kinds[place] == PlaceKind::listed) {
          shown.push_back(place);
        }
      }
      shown_.push_back(std::move(shown));
    }
    std::size_t stride = 1;
    strides_.resize(layout_.axes.size());
    for (std::size_t d = layout_.axes.size(); d-- > 0;) {
      strides_[d] = stride;
      stride *= layout_.axes[d].nodes.size();
    }
  }

  Grid run() {
    choose();
    std::vector<std::uint32_t> at(grid_.leafed.size(), 0);
    do {
      add_page(at);
    } while (turn(at));
    std::ranges::stable_sort(grid_.pages, [](const Grid::Page& a, const Grid::Page& b) {
      return (a.marked > 0) > (b.marked > 0);
    });
    std::size_t cells = 0;
    std::size_t kept = 0;
    for (; kept < grid_.pages.size() && (kept == 0 || cells < most_cells_of_pages); ++kept) {
      cells += grid_.pages[kept].rows.size() * std::max<std::size_t>(1, grid_.columns.size());
    }
    grid_.pages_left_out += grid_.pages.size() - kept;
    grid_.pages.resize(kept);
    return std::move(grid_);
  }

 private:
  // Across goes the last dimension that is short enough, else the shortest; down the longest of the
  // others.
  void choose() {
    std::vector<std::size_t> left;
    for (std::size_t d = 0; d < shown_.size(); ++d) {
      left.push_back(d);
    }
    if (left.size() > 1) {
      std::size_t across = left.back();
      for (const std::size_t d : left) {
        if (shown_[across].size() > most_columns && shown_[d].size() < shown_[across].size()) {
          across = d;
        }
      }
      if (shown_[across].size() <= 3 * most_columns) {
        grid_.across = across;
        grid_.columns = shown_[across];
        std::erase(left, across);
      }
    }
    if (!left.empty()) {
      std::size_t down = left.front();
      for (const std::size_t d : left) {
        down = shown_[d].size() > shown_[down].size() ? d : down;
      }
      grid_.down = down;
      std::erase(left, down);
    }
    grid_.leafed = left;
  }

  bool turn(std::vector<std::uint32_t>& at) const {
    for (std::size_t k = at.size(); k-- > 0;) {
      if (++at[k] < shown_[grid_.leafed[k]].size()) {
        return true;
      }
      at[k] = 0;
    }
    return false;
  }

  void add_page(const std::vector<std::uint32_t>& leaf) {
    Grid::Page page;
    std::size_t base = 0;
    for (std::size_t k = 0; k < leaf.size(); ++k) {
      const std::uint32_t place = shown_[grid_.leafed[k]][leaf[k]];
      page.places.push_back(place);
      base += place * strides_[grid_.leafed[k]];
    }
    static const std::vector<std::uint32_t> one = {0};
    const std::vector<std::uint32_t>& down = grid_.down ? shown_[*grid_.down] : one;
    for (const std::uint32_t place : down) {
      Grid::Row row{place, {}};
      const std::size_t begin = base + (grid_.down ? place * strides_[*grid_.down] : 0);
      bool seen = false;
      for (const std::uint32_t column : grid_.across ? grid_.columns : one) {
        const std::size_t at = begin + (grid_.across ? column * strides_[*grid_.across] : 0);
        row.at.push_back(static_cast<std::uint32_t>(at));
        page.marked += marked_[at] ? 1 : 0;
        seen = seen || marked_[at];
      }
      if (down.size() > most_rows && !seen && place != down.back()) {
        ++page.rows_left_out;
      } else {
        page.rows.push_back(std::move(row));
      }
    }
    grid_.pages.push_back(std::move(page));
  }

  const Layout& layout_;
  const std::vector<bool>& marked_;
  std::vector<std::vector<std::uint32_t>> shown_;  // by dimension: the places that are drawn
  std::vector<std::size_t> strides_;
  Grid grid_;
};

}  // namespace

Grid grid_of(const Drawing& drawing, const std::vector<bool>& marked) {
  return Maker(drawing, marked).run();
}

}  // namespace parcours::audit
