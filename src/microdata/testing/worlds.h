// Small tables for the tests: every one of a size, and random larger ones; the real ones where they
// lie.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "base/random.h"
#include "microdata/read_microdata.h"

namespace parcours::microdata {

// Made of rows of texts, each as long as `names`.
Microdata microdata_of(const std::vector<std::string>& names,
                       const std::vector<std::vector<std::string>>& rows);

}  // namespace parcours::microdata

namespace parcours::worlds {

using Table = std::vector<std::vector<std::uint32_t>>;  // row after row

microdata::Microdata data_of(const Table& table, std::size_t columns);

// Every table of so many rows and columns with values below `values`.
void each_table(std::size_t rows, std::size_t columns, std::uint32_t values,
                const std::function<void(const Table&)>& visit);

// Column i has about `values` + i values, the first ones frequent.
Table random_table(std::size_t rows, std::size_t columns, std::uint32_t values, std::uint64_t seed);

std::filesystem::path shared_data(const std::string& file);

Result<microdata::Microdata> read(const std::string& file,
                                  const microdata::ReadMicrodata& how = {.threads = 2});

// All columns of Adult but occupation.
microdata::ColumnChoice eight_of_adult(const microdata::Microdata& adult);

}  // namespace parcours::worlds

// Skips the test where the folder of real data is not beside the checkout.
#define NEED_SHARED_DATA(file)                                                  \
  if (!std::filesystem::exists(parcours::worlds::shared_data(file))) {          \
    GTEST_SKIP() << "needs ../shared/data/" << (file) << ", which is not here"; \
  }
