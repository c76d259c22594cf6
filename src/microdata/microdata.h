// Lines about people, one a person, column by column: every value is the code of its text in the
// column's dictionary, so that comparing people is comparing numbers.
//
//   sex;age         sex: codes 0 1 0     dictionary "F" "M"
//   F;71            age: codes 0 1 1     dictionary "71" "38"
//   M;38
//   F;38
//
// Missing values. A field that is empty (or null, or one of the texts that the reader was told mean
// missing) has the empty text. That is a value like any other: two people whose value is missing
// are alike in it, and different from everybody else. It is what an attacker sees who holds the
// export.
//
// All of this is personal data.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "microdata/dictionary.h"

namespace parcours::microdata {

struct MicrodataColumn {
  std::string name;
  std::vector<std::uint32_t> codes;  // one a record
  Dictionary dictionary;
};

struct Microdata {
  std::vector<MicrodataColumn> columns;
  std::size_t records = 0;
  // How many people of the population each record stands for; empty where the file does not say.
  std::vector<double> weights;
};

// Places in Microdata::columns.
using ColumnChoice = std::vector<std::size_t>;

// All of them.
ColumnChoice every_column(const Microdata& data);

// The columns of these names; an error says the nearest name.
Result<ColumnChoice> columns_named(const Microdata& data, std::span<const std::string> names);

}  // namespace parcours::microdata
