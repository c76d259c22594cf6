// Which rows a permit covers. Made once for a permit and a code book; asked once a row.
//
//   const Cover cover(permit.covers, codes);
//   if (const Uncovered why = cover.judge(event); why != Uncovered::nothing) ...
//
// G1: whoever judges each row by the permit's own words gets the same (cover_test.cc).
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "formalities/permit.h"
#include "vocabulary/code_book.h"

namespace parcours::formalities {

// Why a permit does not cover an event.
enum class Uncovered : std::uint8_t { nothing, kind, code, day, provenance, practice };
inline constexpr std::size_t uncovered_reasons = 6;
std::string_view to_string(Uncovered why);  // "its kind", "its code", "its day", ...

class Cover {
 public:
  Cover(const Covers& covers, const vocabulary::CodeBook& codes);

  // `codes` may have grown since: codes that are new are judged now.
  void meet(const vocabulary::CodeBook& codes);
  // Covers from now on only what another one of the same codes covers too. meet() must not follow.
  void narrow(const Cover& other);
  std::size_t codes_met() const { return codes_.size(); }

  Uncovered judge(vocabulary::KindId kind, vocabulary::CodeId code, Day day,
                  records::Provenance provenance) const;
  bool code(vocabulary::CodeId code) const { return code < codes_.size() && codes_[code]; }
  const Days& days() const { return days_; }
  bool day(Day day) const { return days_.first <= day && day <= days_.last; }
  bool provenance(records::Provenance one) const {
    return provenance_[static_cast<std::size_t>(one)];
  }

  bool birth_year() const { return birth_year_; }
  bool sex() const { return sex_; }
  bool place() const { return place_; }

 private:
  Covers covers_;
  std::vector<bool> codes_;  // by CodeId: kind and pattern
  Days days_;
  std::array<bool, 4> provenance_{};
  bool birth_year_ = false;
  bool sex_ = false;
  bool place_ = false;
};

// Whether a permit covers a practice, by its name at the source.
bool covers_practice(const Covers& covers, std::string_view name);
// Whether it covers every practice that another permit covers: then nobody need know which name a
// practice has in which list.
bool covers_practices_of(const Covers& covers, const Covers& other);

}  // namespace parcours::formalities
