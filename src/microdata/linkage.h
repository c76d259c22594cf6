// Linkability: how many people of two exports are joined by what the exports share.
//
// Both exports have the chosen columns (by name). A record of the first is joined to one of the
// second when they are alike in all of these, and each is the only one in its file that is so. How
// many would be joined by chance is seen where the second file's columns are each put into a new
// order of their own: every value is as frequent as before, but no record is anybody's any more.
//
//   first  sex age      second  sex age     F 71 and F 71 are joined. Whether they are one
//          F   71               F   71      person, a column says (`person`); it is compared
//          M   38               M   40      afterwards, and the attacker does not know it.
//
// A number that is not known, an empty cell of a column whose other values are numbers in both
// files, says nothing: it is alike to no other, and two records are compared by the columns known
// of both. They are joined when each is the only one in its file that knows these columns and is
// so, and neither is joined to a third in this way by other columns.
//
//   first  sex age      second  sex age     F ? and F 71 are joined: by the sex alone each is the
//          F   ?                F   71      only F of its file. M ? and M ? are not: by the sex, M
//          M   38               M   ?       and M 38 are alike as well.
//          M   ?
//
// At most 64 sets of columns that are not known of both are looked at, in the order in which they
// come.
//
// Where values may differ between the exports (a weight, an age a year later) whole records do not
// join, but the nearest may still be right: for some records of the first file the second file's
// records that agree in the most columns are taken, and one of them is guessed.
//
// Two halves of one file's columns, each published apart, are joined by the columns that stand in
// both: link_halves.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "base/error.h"
#include "base/progress.h"
#include "base/share.h"
#include "base/stop.h"
#include "microdata/inference.h"
#include "microdata/microdata.h"

namespace parcours::microdata {

struct Linkage {
  std::uint64_t first_records = 0;
  std::uint64_t second_records = 0;
  // Of the first's records:
  Share alike;  // a record of the second is like them
  Share joined;
  Share joined_by_chance;
  // Where it is known who is who:
  struct Known {
    std::uint64_t in_both = 0;  // records of the first whose person is in the second
    Share joined_right;         // of them
    // Of guesses among the nearest, on drawn records of people who are in both: how many are right
    // on average, and how many would be if anybody of the second were guessed.
    Share guessed_right;
    Share guessed_right_by_chance;
  };
  std::optional<Known> known;
};

// `chosen` are columns of the first. `person`, in both files and not among them, says who it is;
// empty where it is not known. At most 255 columns.
Result<Linkage> link(const Microdata& first, std::span<const std::size_t> chosen,
                     const Microdata& second, const std::string& person, const AttackDraws& draws,
                     Progress& progress, const Stop& stop);

// The file beside itself: every record's person is its own.
Result<Linkage> link_halves(const Microdata& data, std::span<const std::size_t> shared,
                            const AttackDraws& draws, Progress& progress, const Stop& stop);

}  // namespace parcours::microdata
