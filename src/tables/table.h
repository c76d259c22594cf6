// A table as published: dimensions, and a cell for every combination of their categories and
// totals.
//
// Cells are stored row-major, the last dimension fastest. A dimension of n categories has n + 1
// places: its categories and, at place n, its total. A table of sex (2) by age (3) has 3 x 4 = 12
// cells, 6 inner ones and 6 margins.
//
// Categories may form a tree (regions and their departments): each has a parent, another category
// or the total, and is the sum of its children where it has any. A category with children is a
// margin as a total is; inner cells are those of leaves alone.
//
// A dimension is additive if each patient belongs to exactly one of its categories: then its total
// is their sum. It is not additive if a patient may belong to several (the drugs that a patient
// took): then its total counts each patient once, and no sum holds along it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/text.h"

namespace parcours::tables {

// The same words in English and French.
using Label = Text;

struct Category {
  std::string code;
  Label label;
  friend bool operator==(const Category&, const Category&) = default;
};

struct Dimension {
  std::string id;
  Label label;
  std::vector<Category> categories;
  bool additive = true;
  std::vector<std::uint32_t>
      parents{};  // by category: its parent's place; empty: the total is every one's

  std::size_t places() const { return categories.size() + 1; }
  std::size_t total() const { return categories.size(); }
  std::size_t parent(std::size_t category) const;
  // By place: the places that it is the sum of, ascending; none for a leaf.
  std::vector<std::vector<std::uint32_t>> children() const;
  const std::string& code(std::size_t place) const;  // as files write it; of the total too
  friend bool operator==(const Dimension&, const Dimension&) = default;
};

enum class CellStatus : std::uint8_t { published, confidential };

// The words that stand for it in files.
inline constexpr const char* published_word = "published";
inline constexpr const char* confidential_word = "confidential";
constexpr const char* word_of(CellStatus status) {
  return status == CellStatus::published ? published_word : confidential_word;
}

struct Cell {
  CellStatus status = CellStatus::confidential;
  std::int64_t patients = 0;   // 0 when confidential
  std::optional<double> mean;  // of a table of means, where published
  friend bool operator==(const Cell&, const Cell&) = default;
};

// The codes of a dimension's total in files: `_T` is the sum of its categories; `_ANY`, of a
// dimension that is not additive, counts the patients in any of them. No category may have these
// codes.
inline constexpr const char* total_code = "_T";
inline constexpr const char* any_code = "_ANY";

struct Table {
  std::string id;
  Label title;
  std::vector<Dimension> dimensions;
  std::vector<Cell> cells;
  std::optional<Label> mean_of;  // what is averaged, in a table of means

  std::size_t cell_count() const;  // product of places()
  std::size_t index(std::span<const std::size_t> places) const;
  std::vector<std::size_t> places(std::size_t index) const;
  bool inner(std::size_t index) const;  // every place is a leaf
  friend bool operator==(const Table&, const Table&) = default;
};

}  // namespace parcours::tables
