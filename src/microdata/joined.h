// Two files with common codes and common equivalence classes, so that people who are alike in both
// are found. For the use of the attacks that need two files.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/error.h"
#include "microdata/classes.h"

namespace parcours::microdata {

// The second file's records in the codes of the first's chosen columns, of the same names. A text
// that the first does not have gets a code past its own, one for each text.
struct SharedColumns {
  std::vector<std::vector<std::uint32_t>> second;  // by column
  std::vector<std::uint32_t> values;               // by column, of both together
  // By column, the code of the empty text, where both files' other texts are numbers.
  std::vector<std::optional<std::uint32_t>> unknown;
};
Result<SharedColumns> share_columns(const Microdata& first, std::span<const std::size_t> chosen,
                                    const Microdata& second);

struct JoinedClasses {
  std::vector<std::uint32_t> of_first;   // the class of each record of the first file
  std::vector<std::uint32_t> of_second;  // of the second
  std::vector<std::uint64_t> in_first;   // by class, how many records of the first file
  std::vector<std::uint64_t> in_second;
};
Result<JoinedClasses> join_classes(const Microdata& first, std::span<const std::size_t> chosen,
                                   const Microdata& second, int threads);
JoinedClasses join_classes(const Microdata& first, std::span<const std::size_t> chosen,
                           const SharedColumns& shared, int threads);

}  // namespace parcours::microdata
