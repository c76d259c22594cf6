#include "past/moved.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace parcours::past {
namespace {

using Categories = std::vector<std::uint32_t>;

// A dimension of the table now, the same one before, and which category is which by its code;
// no_cell where the other has no such code.
struct SameDimension {
  std::size_t past;
  std::size_t now;
  Categories to_now;   // by category before
  Categories to_past;  // by place now, the total included
};

SameDimension matched(const tables::Dimension& before, std::size_t past,
                      const tables::Dimension& after, std::size_t now) {
  SameDimension made{past, now, {}, Categories(after.places(), study::no_cell)};
  std::map<std::string_view, std::uint32_t> by_code;
  for (std::uint32_t c = 0; c < after.categories.size(); ++c) {
    by_code.emplace(after.categories[c].code, c);
  }
  for (std::uint32_t c = 0; c < before.categories.size(); ++c) {
    const auto found = by_code.find(before.categories[c].code);
    made.to_now.push_back(found == by_code.end() ? study::no_cell : found->second);
    if (found != by_code.end()) {
      made.to_past[found->second] = c;
    }
  }
  made.to_past[after.total()] = static_cast<std::uint32_t>(before.total());
  return made;
}

// How many people came to a cell and left it, and how many stayed whose value changed.
struct Moves {
  std::uint32_t came = 0;
  std::uint32_t left = 0;
  std::uint32_t changed = 0;
};

class Moved {
 public:
  Moved(const PastTable& past, const ToldTable& told, const crowds::Roll::OfTable& roll,
        const MoveRule& rule, crowds::CrowdTable& table)
      : past_(past),
        roll_(roll),
        rule_(rule),
        table_(table),
        same_value_(past.told.counts == told.counts) {
    const bool each = told.what == study::StudyTable::What::each;
    for (std::size_t now = 0; now < told.dimensions.size(); ++now) {
      for (std::size_t i = 0; i < past.told.dimensions.size(); ++i) {
        if (same(past.told.dimensions[i], told.dimensions[now])) {
          same_.push_back(matched(past.table.dimensions[i], i, table.dimensions[now], now));
          break;
        }
      }
    }
    std::size_t stride = 1;
    strides_.resize(table.dimensions.size());
    for (std::size_t d = table.dimensions.size(); d-- > 0;) {
      strides_[d] = stride;
      all_totals_ += table.dimensions[d].total() * stride;
      stride *= table.dimensions[d].places();
    }
    codes_before_ = codes(past.table.dimensions, past.told.dimensions.size(), true);
    codes_now_ = codes(table.dimensions, told.dimensions.size(), false);
    if (each) {
      columns_ = matched(past.table.dimensions.back(), past.table.dimensions.size() - 1,
                         table.dimensions.back(), table.dimensions.size() - 1);
    }
  }

  void look(std::span<const InTwoRolls> people, const PlacePairs& places) {
    if (!columns_ && roll_.values.empty()) {
      look_at_places(places);
      return;
    }
    for (const InTwoRolls& person : people) {
      const std::uint32_t before =
          person.past == study::no_cell ? study::no_cell : past_.roll.places[person.past];
      const std::uint32_t now =
          person.now == study::no_cell ? study::no_cell : roll_.places[person.now];
      const std::uint32_t had = code_before(before);
      const std::uint32_t has = code_now(now);
      if (!same_value_) {
        count_values(person, had, has);
        continue;
      }
      if (columns_) {
        look_at_columns(person, had, has);
      } else if (had != has) {
        count(had, has, all_totals_, 1);
      }
      if (!roll_.values.empty() && before != study::no_cell && now != study::no_cell &&
          past_.roll.values[person.past] != roll_.values[person.now]) {
        count_changed(had, has);
      }
    }
  }

  void mark() {
    table_.moved.resize(table_.cells.size());
    table_.moved_means.resize(table_.mean_of ? table_.cells.size() : 0);
    for (const auto& [cell, moves] : moves_) {
      const tables::Cell* const before = in_past(cell);
      if (before == nullptr || before->status != tables::CellStatus::published) {
        continue;
      }
      if (!same_value_) {
        const std::uint32_t differ = moves.came + moves.left + moves.changed;
        table_.moved_means[cell] = table_.moved_means[cell] || (before->mean && differ < rule_.few);
        continue;
      }
      const std::uint64_t stayed = table_.cells[cell].patients - std::uint64_t{moves.came};
      if (rule_.kept_back(moves.came, moves.left, stayed)) {
        table_.moved[cell] = true;
      }
      if (before->mean && moves.changed > 0 && moves.changed < rule_.few) {
        table_.moved_means[cell] = true;
      }
    }
  }

 private:
  bool same(const Told& before, const Told& now) const {
    return rule_.same_population ? before.definition == now.definition : of_one_trait(before, now);
  }

  // By place in the dimensions but `each`'s codes: the categories in the matched ones, as one
  // number; a category that the table now has not is one more.
  std::vector<std::uint32_t> codes(std::span<const tables::Dimension> dimensions, std::size_t rows,
                                   bool before) const {
    std::size_t places = 1;
    for (const tables::Dimension& dimension : dimensions.first(rows)) {
      places *= dimension.categories.size();
    }
    std::vector<std::uint32_t> made(places);
    Categories at;
    for (std::uint32_t place = 0; place < places; ++place) {
      crowds::categories_at(dimensions.first(rows), place, at);
      std::uint32_t code = 0;
      for (const SameDimension& same : same_) {
        const auto places_now = static_cast<std::uint32_t>(table_.dimensions[same.now].places());
        const std::uint32_t category = before ? same.to_now[at[same.past]] : at[same.now];
        code = code * places_now + (category == study::no_cell ? places_now - 1 : category);
      }
      made[place] = code;
    }
    return made;
  }

  // The cell of a margin, of those who have this code; nothing where the table has no such cell.
  // `margin` says along which matched dimensions it is no total.
  std::optional<std::size_t> cell_of(std::uint32_t code, std::size_t margin,
                                     std::size_t totals) const {
    if (code == study::no_cell) {
      return std::nullopt;
    }
    std::size_t cell = totals;
    for (std::size_t m = same_.size(); m-- > 0;) {
      const tables::Dimension& dimension = table_.dimensions[same_[m].now];
      const std::size_t category = code % dimension.places();
      code /= static_cast<std::uint32_t>(dimension.places());
      if ((margin >> m & 1) == 0) {
        continue;
      }
      if (category == dimension.total()) {
        return std::nullopt;
      }
      cell -= (dimension.total() - category) * strides_[same_[m].now];
    }
    return cell;
  }

  std::size_t margins() const { return std::size_t{1} << same_.size(); }

  std::uint32_t code_before(std::uint32_t place) const {
    return place == study::no_cell ? study::no_cell : codes_before_[place];
  }
  std::uint32_t code_now(std::uint32_t place) const {
    return place == study::no_cell ? study::no_cell : codes_now_[place];
  }

  void look_at_places(const PlacePairs& places) {
    for (std::size_t i = 0; i < places.size(); ++i) {
      const std::uint32_t before = code_before(places.pairs[i].past);
      const std::uint32_t now = code_now(places.pairs[i].now);
      if (before != now) {
        count(before, now, all_totals_, places.people.patients(i));
      }
    }
  }

  // So many people. `totals`: the cell that is a total along every matched dimension.
  void count(std::uint32_t before, std::uint32_t now, std::size_t totals, std::uint32_t people) {
    for (std::size_t margin = 0; margin < margins(); ++margin) {
      const std::optional<std::size_t> from = cell_of(before, margin, totals);
      const std::optional<std::size_t> to = cell_of(now, margin, totals);
      if (from == to) {
        continue;
      }
      if (from) {
        moves_[*from].left += people;
      }
      if (to) {
        moves_[*to].came += people;
      }
    }
  }

  void count_changed(std::uint32_t before, std::uint32_t now) {
    for (std::size_t margin = 0; margin < margins(); ++margin) {
      const std::optional<std::size_t> cell = cell_of(now, margin, all_totals_);
      if (cell && cell == cell_of(before, margin, all_totals_)) {
        ++moves_[*cell].changed;
      }
    }
  }

  // Whoever adds something else to the sum of a cell than to the one of before.
  void count_values(const InTwoRolls& person, std::uint32_t before, std::uint32_t now) {
    const crowds::Micro had = before == study::no_cell ? 0 : past_.roll.values[person.past];
    const crowds::Micro has = now == study::no_cell ? 0 : roll_.values[person.now];
    for (std::size_t margin = 0; margin < margins(); ++margin) {
      const std::optional<std::size_t> from = cell_of(before, margin, all_totals_);
      const std::optional<std::size_t> to = cell_of(now, margin, all_totals_);
      if (from == to) {
        if (to && had != has) {
          ++moves_[*to].changed;
        }
        continue;
      }
      if (from && had != 0) {
        ++moves_[*from].left;
      }
      if (to && has != 0) {
        ++moves_[*to].came;
      }
    }
  }

  // The columns of `each`, and the last one, any of them.
  void look_at_columns(const InTwoRolls& person, std::uint32_t before, std::uint32_t now) {
    had_.clear();
    if (before != study::no_cell) {
      for (const std::uint32_t column : past_.roll.columns_of(person.past)) {
        if (columns_->to_now[column] != study::no_cell) {
          had_.push_back(columns_->to_now[column]);
        }
      }
      std::ranges::sort(had_);
      if (!past_.roll.columns_of(person.past).empty()) {
        had_.push_back(static_cast<std::uint32_t>(table_.dimensions.back().total()));
      }
    }
    has_.clear();
    if (now != study::no_cell) {
      const auto columns = roll_.columns_of(person.now);
      has_.assign(columns.begin(), columns.end());
      if (!columns.empty()) {
        has_.push_back(static_cast<std::uint32_t>(table_.dimensions.back().total()));
      }
    }
    if (before == now && had_ == has_) {
      return;
    }
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < had_.size() || j < has_.size()) {
      const std::uint32_t column =
          j == has_.size() || (i < had_.size() && had_[i] <= has_[j]) ? had_[i] : has_[j];
      const bool had = i < had_.size() && had_[i] == column;
      const bool has = j < has_.size() && has_[j] == column;
      count(had ? before : study::no_cell, has ? now : study::no_cell,
            all_totals_ - table_.dimensions.back().total() + column, 1);
      i += had ? 1 : 0;
      j += has ? 1 : 0;
    }
  }

  // The same cell in the table before; nothing where it has none.
  const tables::Cell* in_past(std::size_t cell) const {
    std::vector<std::size_t> places;
    for (const tables::Dimension& dimension : past_.table.dimensions) {
      places.push_back(dimension.total());
    }
    const auto take = [&](const SameDimension& same) {
      const std::size_t now = cell / strides_[same.now] % table_.dimensions[same.now].places();
      places[same.past] = same.to_past[now];
      return same.to_past[now] != study::no_cell;
    };
    const bool there = std::ranges::all_of(same_, take) && (!columns_ || take(*columns_));
    return there ? &past_.table.cells[past_.table.index(places)] : nullptr;
  }

  const PastTable& past_;
  const crowds::Roll::OfTable& roll_;
  const MoveRule& rule_;
  crowds::CrowdTable& table_;
  const bool same_value_;  // or, of two tables of means, another one
  std::vector<SameDimension> same_;
  std::optional<SameDimension> columns_;  // of tables of `each`
  std::vector<std::size_t> strides_;      // of the table now
  std::size_t all_totals_ = 0;            // its last cell
  std::vector<std::uint32_t> codes_before_;
  std::vector<std::uint32_t> codes_now_;
  std::unordered_map<std::size_t, Moves> moves_;  // by cell of the table now
  Categories had_;
  Categories has_;
};

}  // namespace

bool MoveRule::kept_back(std::uint64_t came, std::uint64_t left, std::uint64_t stayed) const {
  const auto some = [&](std::uint64_t people) { return people > 0 && people < few; };
  return same_population ? some(came) || some(left)
                         : came + left > 0 && came < few && left < few && stayed >= few;
}

void mark_moved(const PastTable& past, const ToldTable& told, const crowds::Roll::OfTable& roll,
                std::span<const InTwoRolls> people, const PlacePairs& places, const MoveRule& rule,
                crowds::CrowdTable& table) {
  if (past.told.what != told.what ||
      (past.told.counts != told.counts && told.what != study::StudyTable::What::mean)) {
    return;
  }
  Moved moved(past, told, roll, rule, table);
  moved.look(people, places);
  moved.mark();
}

}  // namespace parcours::past
