// How the values of a column are written, without the values: 9 is a digit and A a letter.
//
//   "2024-13-40" has the shape 9999-99-99, "not a day" the shape AAA A AAA
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parcours::exports {

// "longer text" for a value of more than 20 bytes.
std::string shape_of(std::string_view value);

// The shapes of the first values that are added.
class ValueShapes {
 public:
  void add(std::string_view value);
  // The commonest first, three at most.
  std::vector<std::string> commonest() const;

 private:
  std::vector<std::pair<std::string, std::uint32_t>> shapes_;
  std::uint32_t added_ = 0;
};

}  // namespace parcours::exports
