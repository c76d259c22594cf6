// Small tables for the tests: every one of a size, and random larger ones; the real ones where they lie.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/random.h"
#include "microdata/read_microdata.h"

namespace parcours::worlds {

using Table = std::vector<std::vector<std::uint32_t>>;  // row after row

inline Microdata data_of(const Table& table, std::size_t columns) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < columns; ++i) {
    names.push_back("c" + std::to_string(i));
  }
  std::vector<std::vector<std::string>> rows;
  for (const auto& row : table) {
    rows.emplace_back();
    for (const std::uint32_t value : row) {
      rows.back().push_back(std::to_string(value));
    }
  }
  return microdata_of(names, rows);
}

// Every table of so many rows and columns with values below `values`.
inline void each_table(std::size_t rows, std::size_t columns, std::uint32_t values,
                       const std::function<void(const Table&)>& visit) {
  Table table(rows, std::vector<std::uint32_t>(columns, 0));
  while (true) {
    visit(table);
    std::size_t i = 0;
    while (i < rows * columns && ++table[i / columns][i % columns] == values) {
      table[i / columns][i % columns] = 0;
      ++i;
    }
    if (i == rows * columns) {
      return;
    }
  }
}

// Column i has about `values` + i values, the first ones frequent.
inline Table random_table(std::size_t rows, std::size_t columns, std::uint32_t values,
                          std::uint64_t seed) {
  Random random(seed);
  Table table(rows);
  for (auto& row : table) {
    for (std::size_t i = 0; i < columns; ++i) {
      const auto most = values + static_cast<std::uint32_t>(i);
      row.push_back(random.below(random.below(most) + 1));
    }
  }
  return table;
}

inline std::filesystem::path shared_data(const std::string& file) {
  return std::filesystem::path(PARCOURS_SOURCE_DIR) / "../shared/data" / file;
}

inline Result<Microdata> read(const std::string& file, const ReadMicrodata& how = {.threads = 2}) {
  ASSIGN_OR_RETURN(ExportFile opened, ExportFile::open(shared_data(file), 2));
  Progress progress(Progress::Manner::none);
  const Stop stop;
  return read_microdata(opened, how, progress, stop);
}

// All columns of Adult but occupation.
inline ColumnChoice eight_of_adult(const Microdata& adult) {
  ColumnChoice chosen;
  for (std::size_t i = 0; i < adult.columns.size(); ++i) {
    if (adult.columns[i].name != "occupation") {
      chosen.push_back(i);
    }
  }
  return chosen;
}

}  // namespace parcours::worlds

// Skips the test where the folder of real data is not beside the checkout.
#define NEED_SHARED_DATA(file)                                                  \
  if (!std::filesystem::exists(parcours::worlds::shared_data(file))) {          \
    GTEST_SKIP() << "needs ../shared/data/" << (file) << ", which is not here"; \
  }
