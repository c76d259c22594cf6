// The codes that the generator uses, under small numbers.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "vocabulary/code_book.h"

namespace parcours::synth {

using CodeNumber = std::uint16_t;

class Codes {
 public:
  Codes();  // those that the vocabulary carries

  // The number of a code that there is.
  CodeNumber number_of(std::string_view kind, std::string_view code) const;

  bool contains(std::string_view kind, std::string_view code) const;

  const vocabulary::Code& at(CodeNumber number) const { return codes_[number]; }
  std::size_t size() const { return codes_.size(); }

 private:
  std::vector<vocabulary::Code> codes_;
  std::map<std::pair<vocabulary::KindId, std::string>, CodeNumber> numbers_;
};

}  // namespace parcours::synth
