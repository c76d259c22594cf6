// Classes of records, cut by one more column: the inner loop of the search for minimal uniques, and
// for its use alone.
#pragma once

#include <cstdint>
#include <span>
#include <variant>
#include <vector>

#include "microdata/code_column.h"
#include "microdata/narrow_codes.h"

namespace parcours::microdata {

// Rows in classes of at least two.
struct RowClasses {
  std::vector<std::uint32_t> rows;  // class after class
  std::vector<std::uint32_t> ends;  // where each class ends in it
};

// The distinct rows of the chosen columns, those that one record has (unique ones) before those
// that several have; where a sample is asked for, of the unique ones those drawn, and the others
// after them with the rest. The columns stand in the order of their number of values, the fewest
// first, so that the walk, which goes from the last to the first, has few records left soon;
// columns of one value, which single out nobody, are gone.
class DistinctRows {
 public:
  // `sample` unique rows at most, drawn by the seed.
  DistinctRows(std::span<const CodeColumn> columns, std::size_t records, std::size_t sample,
               std::uint64_t seed, int threads);

  std::size_t columns() const { return columns_.size(); }
  std::uint32_t unique() const { return static_cast<std::uint32_t>(records_.size()); }
  std::uint32_t record(std::uint32_t unique_row) const { return records_[unique_row]; }
  // The place of a column among those that were chosen.
  std::size_t chosen_place(std::size_t column) const { return places_[column]; }
  // One class of all rows.
  const RowClasses& all() const { return all_; }
  std::uint32_t most_values() const { return most_values_; }

  // A column's codes, by row.
  const NarrowCodes& codes(std::size_t column) const { return columns_[column]; }

 private:
  std::vector<NarrowCodes> columns_;
  std::vector<std::size_t> places_;
  std::vector<std::uint32_t> records_;  // of the unique rows
  RowClasses all_;
  std::uint32_t most_values_ = 0;
};

class ClassCutter {
 public:
  explicit ClassCutter(const DistinctRows& rows)
      : rows_(rows), counts_(rows.most_values()), met_(rows.most_values()) {}

  enum class Keep { nothing, classes };

  // Cuts `classes` by `column`. Calls alone(row) for each unique row that is now alone. Keeps in
  // `out` (not `classes`) what can still lead to a minimal unique: the new classes of at least two
  // that hold a unique row, of classes that the column did cut.
  template <class Alone>
  void cut(const RowClasses& classes, std::size_t column, Keep keep, RowClasses* out,
           const Alone& alone) {
    if (keep == Keep::classes) {
      out->rows.resize(classes.rows.size());
      out->ends.clear();
      kept_ = 0;
    }
    std::visit(
        [&](const auto& codes) {
          std::uint32_t begin = 0;
          for (const std::uint32_t end : classes.ends) {
            const auto rows = std::span(classes.rows).subspan(begin, end - begin);
            if (rows.size() == 2) {
              cut_pair(rows, codes.data(), alone);
            } else if (keep == Keep::classes) {
              cut_class<true>(rows, codes.data(), out, alone);
            } else {
              cut_class<false>(rows, codes.data(), out, alone);
            }
            begin = end;
          }
        },
        rows_.codes(column));
    if (keep == Keep::classes) {
      out->rows.resize(kept_);
    }
  }

 private:
  struct Count {
    std::uint32_t rows = 0;
    std::uint32_t unique = 0;  // of them; while rows are placed, where the next one goes
  };

  template <class Code, class Alone>
  void cut_pair(std::span<const std::uint32_t> rows, const Code* codes, const Alone& alone) {
    if (codes[rows[0]] != codes[rows[1]]) {
      for (const std::uint32_t row : rows) {
        if (row < rows_.unique()) {
          alone(row);
        }
      }
    }
  }

  template <bool Keeping, class Code, class Alone>
  void cut_class(std::span<const std::uint32_t> rows, const Code* codes, RowClasses* out,
                 const Alone& alone) {
    const std::uint32_t unique = rows_.unique();
    std::uint32_t values = 0;
    for (const std::uint32_t row : rows) {
      const Code code = codes[row];
      Count& count = counts_[code];
      if (count.rows++ == 0) {
        met_[values++] = code;
      }
      if constexpr (Keeping) {
        count.unique += row < unique ? 1 : 0;
      }
    }
    const bool whole = values == 1;
    bool any = false;  // somebody is alone, or is kept
    if (!whole) {
      for (std::uint32_t i = 0; i < values; ++i) {
        Count& count = counts_[met_[i]];
        any = any || count.rows == 1;
        if constexpr (Keeping) {
          if (count.rows > 1 && count.unique > 0) {
            count.unique = kept_;
            kept_ += count.rows;
            out->ends.push_back(kept_);
            any = true;
          } else if (count.rows > 1) {
            count.rows = 0;  // to be dropped
          }
        }
      }
    }
    if (any) {
      for (const std::uint32_t row : rows) {
        Count& count = counts_[codes[row]];
        if (count.rows == 1) {
          if (row < unique) {
            alone(row);
          }
        } else if constexpr (Keeping) {
          if (count.rows > 1) {
            out->rows[count.unique++] = row;
          }
        }
      }
    }
    for (std::uint32_t i = 0; i < values; ++i) {
      counts_[met_[i]] = {};
    }
  }

  const DistinctRows& rows_;
  std::vector<Count> counts_;       // by code; all zero between classes
  std::vector<std::uint32_t> met_;  // the codes of the class at hand
  std::uint32_t kept_ = 0;
};

}  // namespace parcours::microdata
